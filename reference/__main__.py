"""Check the analyses against published and computed answers: python -m reference.

Each module of this folder is named like the set of reference data it covers and has

    run(folder: Path) -> Iterable[tuple[str, bool, float]]

which checks every file and case found in the folder and gives the name of each case, whether it is
exact, and the deviation.
"""

import importlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VARIABLE = "REFERENCE_DATA"
NOT_SET = f"""{VARIABLE} ist nicht gesetzt. Gemeint ist der Ordner mit den Vergleichsdaten: darin je
Datensatz ein Unterordner mit Eingaben und bekannten Antworten (etwa gap_oracle). Aufruf:

    make reference {VARIABLE}=ORDNER
"""


def main() -> int:
    """Print a line per set; 0 if all are met, 1 if one is not, 2 without data."""
    folder = os.environ.get(VARIABLE, "")
    if not folder or not Path(folder).is_dir():
        sys.stderr.write(NOT_SET if not folder else f"{folder}: Diesen Ordner gibt es nicht.\n")
        return 2
    covered = {path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_")}
    found = sorted(path for path in Path(folder).iterdir() if path.is_dir())
    met = [check(path) for path in found if path.name in covered]
    for path in found:
        if path.name not in covered:
            write(f"{path.name:24} nicht abgedeckt")
    if not met:
        sys.stderr.write(f"{folder}: Hier liegt kein Datensatz, den die Prüfung kennt.\n")
        return 1
    return 0 if all(met) else 1


def check(folder: Path) -> bool:
    """Check one set and print its line; a set without cases is not met."""
    cases = list(importlib.import_module(f"reference.{folder.name}").run(folder))
    wrong = [name for name, exact, _ in cases if not exact]
    worst = max((deviation for *_, deviation in cases), default=0.0)
    exact = len(cases) - len(wrong)
    word = "erfüllt" if cases and not wrong else "NICHT ERFÜLLT"
    counts = f"{len(cases):5} Fälle, {exact:5} genau"
    write(f"{folder.name:24}{counts}, größte Abweichung {worst:.1e}: {word}")
    for name in wrong:
        write(f"    {name}")
    return bool(cases) and not wrong


def write(line: str) -> None:
    """Write a line at once, as some sets take a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
