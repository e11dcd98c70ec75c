"""Packages of npm that tests need: installed on first use, by one process at a time."""

import fcntl
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def package(name):
    """Give the folder of a package of package.json; all of them are installed if it is missing."""
    folder = ROOT / "node_modules" / name
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            npm = shutil.which("npm")
            assert npm, "npm fehlt: scripts/need test"
            subprocess.run([npm, "ci", "--silent"], cwd=ROOT, check=True)  # noqa: S603
    return folder
