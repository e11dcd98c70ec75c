"""Coverage against exact fractions: capacity, ratios, unavoidable unmet need and type of gap."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from gelingen.analysis.coverage import CoverageResult, coverage
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import Inquiries, Needs, Reach, Structures, Tranches
from gelingen.terms.vocabulary import Scenario

EXACT = 1e-9
SCENARIOS = {
    "secure": Scenario.SECURED,
    "expected": Scenario.EXPECTED,
    "optimistic": Scenario.OPTIMISTIC,
}
MEASURE = "Plätze"


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every instance, date and scenario of every file in the folder."""
    for path in sorted(folder.glob("*.json")):
        for number, instance in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            yield from _check(f"{path.stem} {instance.get('seed', number)}", instance)


def _check(name: str, instance: Mapping[str, Any]) -> Iterable[tuple[str, bool, float]]:
    inventory = _inventory(instance)
    for expected in instance["expected"]:
        for key, scenario in SCENARIOS.items():
            if key not in expected:
                continue
            on = date.fromisoformat(expected["date"])
            result = coverage(inventory, on=on, scenario=scenario)
            off = _deviation(expected, expected[key], result)
            types = _types(instance, result)
            right = scenario is not Scenario.SECURED or types == expected["gap_type"]
            yield f"{name} {expected['date']} {key}", right and off <= EXACT, off


def _inventory(instance: Mapping[str, Any]) -> Inventory:
    cells = instance["cells"]
    needs = []
    for cell, steps in instance["demand"].items():
        where = cells[cell]
        for step, after in pairwise([*steps, None]):
            amount = float(step["value"])
            ends = after and date.fromisoformat(after["from"])
            # Each cell of the set stands for itself, so its name serves as target group.
            row = (f"{cell} {step['from']}", where["topic"], cell, where["place"], "operational")
            holds = (date.fromisoformat(step["from"]), ends)
            needs.append((*row, amount, amount, amount, MEASURE, None, *holds))
    structures, reach, tranches = [], [], []
    for service in instance["services"]:
        size, period = float(service["capacity"]), _period(service, "valid_from", "valid_to")
        structures.append(
            (service["id"], "-", "delivers", "project", size, size, size, MEASURE, None, *period)
        )
        reach += [
            (service["id"], cells[c]["topic"], c, cells[c]["place"]) for c in service["cells"]
        ]
        for number, money in enumerate(service["funding"]):
            tranches.append(
                (
                    f"{service['id']} {number}",
                    service["id"],
                    money["source"],
                    money["status"],
                    money["share_pct"] / 100,
                    money["prob_pct"] / 100,
                    None,
                    *_period(money, "from", "to"),
                )
            )
    return Inventory(
        structures=Structures.from_rows(structures),
        reach=Reach.from_rows(reach),
        tranches=Tranches.from_rows(tranches),
        needs=Needs.from_rows(needs),
        inquiries=Inquiries.from_rows([("i", None, None, "", "none_exists", None)]),
    )


def _period(row: Mapping[str, Any], starts: str, ends: str) -> tuple[date | None, date | None]:
    first, last = row.get(starts), row.get(ends)
    return first and date.fromisoformat(first), last and date.fromisoformat(last)


def _deviation(
    expected: Mapping[str, Any],
    answer: Mapping[str, Any],
    result: CoverageResult,
) -> float:
    cells = {row["target_group"]: row for row in result.cells.frame.rows(named=True)}
    capacity = dict(result.capacities.frame.select("structure", "mid").rows())
    off = [abs(capacity[key] - float(Fraction(want))) for key, want in answer["capacity"].items()]
    for column, key in (("proportional", "ratio_proportional"), ("fair", "ratio_fair")):
        for cell, want in answer[key].items():
            have = cells[cell][column] if cell in cells else None
            if (want is None) != (have is None):
                off.append(1.0)
            elif have is not None:
                off.append(abs(have - float(Fraction(want))))
    off += [abs((cells[c]["demand"] or 0) - v) for c, v in expected["demand"].items() if c in cells]
    unmet = sum(result.totals.frame["unavoidable"].to_list())
    return max([*off, abs(unmet - float(Fraction(answer["unmet_unavoidable"])))], default=0.0)


def _types(instance: Mapping[str, Any], result: CoverageResult) -> dict[str, str]:
    found = dict(result.cells.frame.select("target_group", "type").rows())
    return {cell: found.get(cell, "no_demand") for cell in instance["cells"]}
