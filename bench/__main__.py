"""Measure everything that bench/*.py measures; print a table and write build/bench.json.

A module of this folder that measures has `run() -> list[dict[str, object]]`, one entry a case:

    case     what is measured, in a few German words
    seconds  median run time of the functions that pages and commands call
    ratios   {"polars": 0.8, "duckdb": 0.5}: own time by that of the plain solution
    goal     the goal in words, or ""
    met      True, False, or None without a goal
    peak_mb  peak memory, where the case has measured it itself

Anything else in an entry is kept in build/bench.json. A module runs in a process of its own. If it
has `alone(number: int) -> None`, which does our own part of its n-th case without the solutions it
is compared with, that runs in one more process, and its peak memory counts. Arguments name the
modules to run; without any, all run.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "build" / "bench.json"
MET = {True: "erreicht", False: "VERFEHLT", None: ""}
HEADS = ("Fall", "Sekunden", "Verhältnis", "Speicher", "Ziel", "")


def measure(module: str, path: Path) -> None:
    """Run one module in this process and leave its entries in a file."""
    measuring = importlib.import_module(f"bench.{module}")
    entries: list[dict[str, Any]] = measuring.run()
    here = peak()
    for number, entry in enumerate(entries):
        entry["module"] = module
        if "peak_mb" not in entry:
            entry["peak_mb"] = peak_alone(module, number) if hasattr(measuring, "alone") else here
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def peak() -> float:
    """Peak memory of this process so far, in MB.

    Not from getrusage: there a process begins with the peak of the one that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024, 1)


def peak_alone(module: str, number: int) -> float:
    """Peak memory of our own part of one case, in MB."""
    command = [sys.executable, "-m", "bench", "--alone", module, str(number)]
    done = subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.split()[-1])


def measured(module: str) -> list[dict[str, Any]]:
    """Run one module in a process of its own; a module that fails counts as a goal missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.json"
        command = [sys.executable, "-m", "bench", "--into", str(path), module]
        environment = {**os.environ, "GELINGEN_HOME": str(Path(folder) / "home")}
        status = subprocess.run(command, cwd=HERE.parent, env=environment, check=False).returncode
        if status:
            return [{"case": module, "module": module, "goal": "läuft durch", "met": False}]
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return entries


def cells(entry: dict[str, Any]) -> tuple[str, ...]:
    """Words of one line of the table."""
    seconds = entry.get("seconds")
    peak = entry.get("peak_mb")
    ratios = entry.get("ratios") or {}
    return (
        str(entry.get("case", entry["module"])),
        "" if seconds is None else f"{seconds:.3f}",
        ", ".join(f"{value:.2f} × {name}" for name, value in ratios.items()),
        "" if peak is None else f"{peak:.0f} MB",
        str(entry.get("goal", "")),
        MET[entry.get("met")],
    )


def print_table(lines: list[tuple[str, ...]]) -> None:
    """Print columns as wide as their widest cell."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADS))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def main(names: list[str]) -> int:
    """Measure the modules named, or all; return 1 if a goal is missed."""
    modules = names or sorted(p.stem for p in HERE.glob("*.py") if "\ndef run(" in p.read_text())
    begun = time.monotonic()
    entries = [entry for module in modules for entry in measured(module)]
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(
        json.dumps({"cases": entries}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    print_table([HEADS, *(cells(entry) for entry in entries)])
    missed = sum(entry.get("met") is False for entry in entries)
    print(f"{len(entries)} Fälle, {missed} Ziele verfehlt, {time.monotonic() - begun:.0f} s")
    print(f"Geschrieben: {OUTPUT.relative_to(HERE.parent)}")
    return 1 if missed else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--into", path, module]:
            measure(module, Path(path))
        case ["--alone", module, number]:
            importlib.import_module(f"bench.{module}").alone(int(number))
            print(peak())
        case names:
            sys.exit(main(names))
