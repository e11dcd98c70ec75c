"""Das Paket, das man ohne den Quelltext installiert, hat alles bei sich."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gelingen"
PARTS = ("pyproject.toml", "README.md", "LICENSE", "requirements")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the package in a copy of what it is made of."""
    copy, out = tmp_path_factory.mktemp("quelltext"), tmp_path_factory.mktemp("paket")
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    for part in PARTS:
        take = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
        take(ROOT / part, copy / part)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(out), str(copy)]
    subprocess.run(command, check=True)  # noqa: S603 - our own package
    (built,) = out.glob("*.whl")
    with zipfile.ZipFile(built) as package:
        return set(package.namelist())


def files(folder):
    """Name what lies below a folder of the package, as the wheel names it."""
    return {
        f"gelingen/{path.relative_to(SOURCE).as_posix()}"
        for path in (SOURCE / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(
    ("folder", "endings"),
    [
        ("", {".py", ".html", ".txt", ".css", ".js", ".svg", ".woff2", ".typ", ".toml"}),
        ("examples/coburg/landkreis", {".csv"}),
        ("examples/coburg/stadt", {".csv"}),
    ],
)
def test_das_paket_enthaelt_jede_datei_der_quelle(wheel, folder, endings):
    of_source = {name for name in files(folder) if not name.endswith("/SHA256SUMS")}
    assert {Path(name).suffix for name in of_source} >= endings
    assert of_source - wheel == set()


def test_das_beispiel_im_paket_ist_das_des_quelltexts():
    assert (SOURCE / "examples").resolve() == ROOT / "examples"
