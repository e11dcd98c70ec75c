"""Run the project's checks one after the other; say how long each took and what failed.

python scripts/suite.py all     everything that a submission must pass
python scripts/suite.py quick   the checks that take seconds: style, types, layers, documentation
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
GOAL = 40 * 60  # seconds for the whole; missing it is said and fails nothing
LIMIT = 55 * 60  # what takes longer hangs, and is stopped
GRACE = 20  # seconds to clean up after a stop
PYTHON = sys.executable
BIN = Path(PYTHON).parent


@dataclass(frozen=True, slots=True)
class Part:
    """One check: its German name, its command and what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    counts: Path | None = None  # JUnit file with the numbers of tests


def _tests(database: str, *options: str) -> Part:
    counts = BUILD / f"tests-{database}.xml"
    return Part(
        f"Prüfungen auf {'SQLite' if database == 'sqlite' else 'PostgreSQL'}",
        (
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            f"--junit-xml={counts}",
            *options,
        ),
        {"GELINGEN_TEST_DATABASE": database},
        counts,
    )


QUICK = (
    Part("Stil", (str(BIN / "ruff"), "check", ".")),
    Part("Satz", (str(BIN / "ruff"), "format", "--check", ".")),
    Part("Typen", (str(BIN / "mypy"),)),
    Part("Schichten", (str(BIN / "lint-imports"),)),
    Part("Abhängigkeiten", (str(BIN / "deptry"), "src")),
    Part("Dokumentation", (PYTHON, "docs/build.py", "--check")),
)
# A browser that has not answered within its time is asked once more, and the test is named at the
# end; what is wrong fails twice. Nothing else is repeated.
SLOW_BROWSER = ("--reruns", "1", "--only-rerun", "TimeoutError", "-rR")
ALL = (
    *QUICK,
    _tests("sqlite", *SLOW_BROWSER),
    _tests("postgresql", "-m", "not browser"),
)


def run(part: Part, seconds: float) -> bool:
    """Run one check with all processes it starts ended at the limit; say whether it passed."""
    print(f"\n── {part.name} ──", flush=True)
    with subprocess.Popen(
        part.command, cwd=ROOT, env={**os.environ, **part.environment}, start_new_session=True
    ) as process:
        try:
            return process.wait(timeout=max(seconds, 1)) == 0
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            print(f"{part.name}: abgebrochen.", flush=True)
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
            return False


def counted(parts: tuple[Part, ...]) -> dict[str, int]:
    """Add up the tests of all runs: passed, failed, skipped."""
    total = {"tests": 0, "failed": 0, "skipped": 0}
    for path in (part.counts for part in parts if part.counts and part.counts.exists()):
        for suite in ET.parse(path).getroot().iter("testsuite"):  # noqa: S314 - our own file
            total["tests"] += int(suite.get("tests", 0))
            total["failed"] += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            total["skipped"] += int(suite.get("skipped", 0))
    return total


def main(which: str) -> int:
    """Run the parts, all of them even if one fails; return the exit status."""
    parts = ALL if which == "all" else QUICK
    BUILD.mkdir(exist_ok=True)
    for part in parts:
        if part.counts:
            part.counts.unlink(missing_ok=True)
    begun = time.monotonic()
    lines, failed = [], 0
    for part in parts:
        start = time.monotonic()
        passed = run(part, begun + LIMIT - start)
        failed += not passed
        state = "in Ordnung" if passed else "NICHT IN ORDNUNG"
        lines.append(f"{part.name:28}{time.monotonic() - start:7.1f} s  {state}")
    print("\n" + "\n".join(lines))
    whole = time.monotonic() - begun
    print(f"{'Zusammen':28}{whole:7.1f} s  {failed} von {len(parts)} verfehlt")
    if whole > GOAL:
        print(f"Das Ziel von {GOAL // 60} Minuten ist verfehlt.")
    total = counted(parts)
    if total["tests"]:
        passed_tests = total["tests"] - total["failed"] - total["skipped"]
        print(f"{passed_tests} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
