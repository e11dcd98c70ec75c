"""Plant faults into a copy of the source, one at a time, and see the tests notice: make faults.

Each module of this folder with a tuple FAULTS takes part. Prints a line per fault and the sum;
ends with 1 if one escapes, does not apply exactly once, or the tests fail without any fault.
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from faults.fault import Fault

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
PATIENCE = 180  # seconds
# Without plug-ins and without shrinking: that a test fails is enough.
SETTINGS = """[pytest]
addopts = --import-mode=importlib -p no:cacheprovider -p no:django -p no:playwright -p quick -x -q
filterwarnings = error
"""
QUICK = """
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "quick",
    phases=[Phase.explicit, Phase.generate],
    database=None,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("quick")
"""


def planted() -> list[Fault]:
    """Gather the faults of all modules, by module and place."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    modules = [importlib.import_module(f"faults.{name}") for name in names if name[0] != "_"]
    return [fault for module in modules for fault in getattr(module, "FAULTS", ())]


def passes(tests: Iterable[str], fault: Fault | None) -> bool:
    """Run tests against a copy of the source with one fault or none."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "src" / "gelingen", copy / "gelingen")
        if fault is not None:
            path = copy / "gelingen" / fault.module
            path.write_text(path.read_text(encoding="utf-8").replace(fault.old, fault.new), "utf-8")
        (copy / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
        (copy / "quick.py").write_text(QUICK, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-c", str(copy / "pytest.ini")]
        command += ["--rootdir", str(ROOT), *(str(ROOT / "tests" / test) for test in tests)]
        path_list = os.pathsep.join([str(copy), str(ROOT)])
        environment = {**os.environ, "PYTHONPATH": path_list, "POLARS_MAX_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own tests
            command,
            cwd=copy,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return process.wait(PATIENCE) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            # With a fault, never ending is a way of being noticed; without, it is a failure.
            return False


def applies(fault: Fault) -> bool:
    """Tell whether the text to replace stands in the source exactly once."""
    text = (ROOT / "src" / "gelingen" / fault.module).read_text(encoding="utf-8")
    return text.count(fault.old) == 1


def outcome(fault: Fault) -> str:
    """Plant one fault and say what came of it."""
    if not applies(fault):
        return "PASST NICHT"
    return "ENTKOMMEN" if passes(fault.tests, fault) else "entdeckt"


def main() -> int:
    """Plant all faults; arguments limit them to those whose file contains one of the words."""
    started = time.monotonic()
    words = sys.argv[1:]
    chosen = [f for f in planted() if not words or any(word in f.module for word in words)]
    tests = sorted({test for fault in chosen for test in fault.tests})
    with ThreadPoolExecutor(WORKERS) as pool:
        clean = list(pool.map(lambda test: passes([test], None), tests))
        for test, passed in zip(tests, clean, strict=True):
            if not passed:
                sys.stdout.write(f"Ohne Fehler scheitert schon: {test}\n")
        if not all(clean):
            return 1
        caught = 0
        for fault, word in zip(chosen, pool.map(outcome, chosen), strict=True):
            caught += word == "entdeckt"
            old, new = fault.old.strip()[:44], fault.new.strip()[:44]
            sys.stdout.write(f"{word:12} {fault.module}: {old!r} → {new!r}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{caught}/{len(chosen)} entdeckt in {time.monotonic() - started:.0f} s\n")
    return 0 if chosen and caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
