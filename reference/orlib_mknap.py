"""Knapsacks with several limits (OR-Library) against their published and proved optima."""

import json
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from gelingen.analysis.selection.optimum import optimum
from gelingen.analysis.selection.pool import Candidate, Pool


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every problem of every file; those without a known optimum are not counted."""
    proved = _proved(folder)
    for path in sorted(folder.glob("*.txt")):
        if path.name == "SOURCE.txt":
            continue
        for number, (pool, published) in enumerate(_problems(path), 1):
            wanted = [published] if published else []
            wanted += [value for key, value in proved.items() if key == (path.stem, number)]
            if wanted:
                yield from _compared(f"{path.stem} {number}", pool, wanted)


def _compared(name: str, pool: Pool, wanted: list[Fraction]) -> Iterable[tuple[str, bool, float]]:
    found = optimum(pool)
    off = max(abs(float(found.value - value)) for value in wanted)
    # The proofs were written with floating-point numbers.
    yield f"{name} optimum", off <= 1e-9 * max(1.0, float(found.value)), off
    kept = all(left >= 0 for left in found.left.values())
    yield f"{name} limits", kept, 0.0 if kept else math.inf


def _problems(path: Path) -> Iterator[tuple[Pool, Fraction]]:
    """Read problems: how many; then of each n, m, optimum (0: unknown), values, rows, limits."""
    numbers = iter([Fraction(word) for word in path.read_text(encoding="ascii").split()])
    for _ in range(int(next(numbers))):
        size, limits = int(next(numbers)), int(next(numbers))
        published = next(numbers)
        values = [next(numbers) for _ in range(size)]
        rows = [[next(numbers) for _ in range(size)] for _ in range(limits)]
        most = {f"r{row:03}": next(numbers) for row in range(limits)}
        candidates = [
            Candidate(f"c{at:04}", value, {name: rows[row][at] for row, name in enumerate(most)})
            for at, value in enumerate(values)
        ]
        yield Pool(tuple(candidates), most), published


def _proved(folder: Path) -> dict[tuple[str, int], Fraction]:
    """Read proved optima: number of the problem, sizes, published and proved optimum."""
    found = {}
    names = [path.stem for path in sorted(folder.glob("*.txt")) if path.name != "SOURCE.txt"]
    for path in sorted(folder.glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            if isinstance(entry, list) and len(names) == 1:
                found[names[0], int(entry[0])] = Fraction(entry[-1])
    return found
