"""Hidden cells of small tables against the exact minimum; and that nothing can be recomputed.

At most one cell more than needed, and no more and no larger ones in nine of ten tables.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule, audit, protect

OFTEN = 0.9
MORE = 1
TABLES = 1_000
Cell = tuple[int, int]


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every table of every file in the folder, then tables made at random."""
    equal = []
    for path in sorted(folder.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            name = f"{path.stem} {case.get('seed', number)}"
            found = protect(_table(case["table"]), _rule(case))
            yield f"{name} safe", found.audit.safe, 0.0
            if not case.get("feasible", True):
                yield f"{name} withheld", found.method == "withheld", 0.0
                continue
            count, total = _secondary(found)
            more = count - case["min_secondary"]
            equal.append((more, total) == (0, case["min_sum"]))
            yield f"{name} cells", 0 <= more <= MORE, float(more)
            yield f"{name} intervals", *_intervals(case)
    if equal:
        part = sum(equal) / len(equal)
        yield f"equal to the optimum in {part:.0%}", part >= OFTEN, 1 - part
    yield from _random_tables()


def _table(inner: Sequence[Sequence[int]]) -> CountTable:
    """Make a table with margins, without the number of all."""
    counts, sums = [], []
    for side, lines in (("r", inner), ("c", list(zip(*inner, strict=True)))):
        for at, line in enumerate(lines):
            counts.append((f"{side}={at}", sum(line)))
            cells = [(at, other) if side == "r" else (other, at) for other in range(len(line))]
            sums += [(len(counts), f"{side}={at}", _key(cell)) for cell in cells]
    for row, line in enumerate(inner):
        counts += [(_key((row, column)), count) for column, count in enumerate(line)]
    return CountTable(Counts.from_rows(counts), Sums.from_rows(sums))


def _key(cell: Sequence[int]) -> str:
    return f"c={cell[1]};r={cell[0]}"


def _rule(case: Mapping[str, Any]) -> Rule:
    """Write the rule of the set: margins are known, and nobody counts on the rule."""
    largest = max((case["table"][row][column] for row, column in case["primary"]), default=0)
    return Rule(largest + 1, case["width"], knowing=False, totals_known=True)


def _secondary(found: ProtectedTable) -> tuple[int, int]:
    values = found.table.values()
    cells = found.cells.frame
    hidden = cells.filter(cells["state"] == "secondary")["cell"].to_list()
    return len(hidden), sum(values[cell] for cell in hidden)


def _intervals(case: Mapping[str, Any]) -> tuple[bool, float]:
    """Compare what an outsider can compute if the first of the best sets is hidden."""
    best = case["optimal_sets"][0]
    hidden = {_key(cell) for cell in [*case["primary"], *best]}
    proof = audit(_table(case["table"]), hidden, _rule(case)).findings.frame
    ends = {cell: (low, high) for cell, low, high in proof.select("cell", "low", "high").rows()}
    off = [
        abs(have - want)
        for text, wanted in case["intervals"].items()
        for have, want in zip(ends[_key(json.loads(f"[{text[1:-1]}]"))], wanted, strict=True)
    ]
    return max(off, default=0) == 0, float(max(off, default=0))


def _random_tables() -> Iterable[tuple[str, bool, float]]:
    """Protect many small tables; what is published must be safe in a second, separate audit."""
    random = np.random.default_rng(1)
    withheld = 0
    for number in range(TABLES):
        rows, columns = random.integers(2, 6, 2)
        table = _table((random.geometric(0.12, (rows, columns)) - 1).tolist())
        rule = Rule(width=int(random.integers(1, 4)), totals_known=bool(number % 2))
        found = protect(table, rule, search=number % 3 > 0)
        outside = found.outside()
        hidden = outside.filter(outside["count"].is_null())["cell"].to_list()
        if found.method == "withheld":
            withheld += 1
            fine = rule.totals_known and len(hidden) == len(outside)
        else:
            fine = found.audit.safe and audit(table, hidden, rule).safe
        if not fine:
            yield f"random {number}", False, 0.0
    yield f"{TABLES} random tables, {withheld} of them withheld", True, 0.0
