"""Seats and places shared out by key figures, and key figures that do not add up to 100 %."""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from pathlib import Path
from typing import Any

from gelingen.analysis.apportionment import apportion
from gelingen.terms.selection import SeatMethod


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every apportionment of every file in the folder."""
    for path in sorted(folder.glob("*.json")):
        # Decimal keeps 12.96662 what it is; as a binary number it would be another.
        known = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case, by_method in known.get("expected_apportionment", {}).items():
            for method, expected in by_method.items():
                weights = _weights(known, case, set(expected))
                name = f"{path.stem} {case} {method}"
                yield _compared(name, weights, int(case.rsplit("=", 1)[1]), method, expected)


def _tables(known: Mapping[str, Any], where: str = "") -> Iterable[tuple[str, dict[str, Decimal]]]:
    """Find all tables of weights in a file, each with the names that lead to it."""
    for key, value in known.items():
        if isinstance(value, Mapping) and key != "expected_apportionment":
            numbers = [type(each) in (int, Decimal) for each in value.values()]
            if numbers and all(numbers):
                yield f"{where} {key}", {party: Decimal(each) for party, each in value.items()}
            else:
                yield from _tables(value, f"{where} {key}")


def _weights(
    known: Mapping[str, Any], case: str, parties: AbstractSet[str]
) -> Mapping[str, Decimal] | None:
    """Find the table with just these parties; of several, the one whose key the case names."""
    fitting = [(where, table) for where, table in _tables(known) if set(table) == parties]
    named = [table for where, table in fitting if where.split()[-1] in case]
    tables = named or [table for _, table in fitting]
    return tables[0] if len(tables) == 1 else None


def _compared(
    name: str,
    weights: Mapping[str, Decimal] | None,
    seats: int,
    method: str,
    expected: Mapping[str, int],
) -> tuple[str, bool, float]:
    """Compare seats; with a tie, each party has what is certain or, if tied, one more."""
    if weights is None or method not in {known.value for known in SeatMethod}:
        return f"{name}: unbekannt", False, float("inf")
    found = apportion(weights, seats, SeatMethod.of(method))
    off = {party: expected.get(party, 0) - certain for party, certain in found.certain.items()}
    right = set(expected) <= set(off) and sum(off.values()) == found.open
    exact = right and all(extra in (0, party in found.tied) for party, extra in off.items())
    return name, exact, float(max((abs(extra) for extra in off.values()), default=0))
