"""Elections of participatory budgets against the answers of a published implementation.

Compared: Equal Shares without completion, Phragmén's rule, the choice by points per cost and the
largest sum of benefit. Benefit is points, or for approvals their number ("card") or their cost
("cost"); ranked ballots give the points of Borda.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from gelingen.analysis.selection.ballots import Ballots
from gelingen.analysis.selection.optimum import optimum
from gelingen.analysis.selection.pool import Candidate, Pool
from gelingen.analysis.selection.shares import equal_shares, greedy, phragmen

APPROVALS = {"approval", "choose-1"}
MONEY = "money"


@dataclass(frozen=True)
class Election:
    """One file: the ballots, the budget, and whether ballots only say what is wanted."""

    ballots: Ballots
    budget: Fraction
    approvals: bool

    @property
    def order(self) -> list[str]:
        """How the published answers break ties: by name."""
        return sorted(self.ballots.costs)


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every election and rule of every file of answers in the folder."""
    for path in sorted(folder.glob("*.json")):
        for name, answers in json.loads(path.read_text(encoding="utf-8")).items():
            rules = {rule: each for rule, each in answers.items() if isinstance(each, dict)}
            election = read(folder / name) if (folder / name).is_file() else None
            for rule, expected in rules.items():
                yield _compared(f"{name} {rule}", election, rule, expected)


def read(path: Path) -> Election:
    """Read an election; an empty or missing vote counts as a voter who wants nothing."""
    sections: dict[str, list[list[str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sections.setdefault("", [])
        for row in csv.reader(file, delimiter=";"):
            if row and row[0].strip().lower() in ("meta", "projects", "votes"):
                rows = sections.setdefault(row[0].strip().lower(), [])
            elif any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
    meta = {row[0]: row[1] for row in sections["meta"][1:]}
    costs = {row["project_id"]: _amount(row["cost"]) for row in _named(sections["projects"])}
    kind = meta["vote_type"]
    points = {
        f"{number} {row['voter_id']}": _points(row, kind)
        for number, row in enumerate(_named(sections["votes"]))
    }
    return Election(Ballots(costs, points), Fraction(_amount(meta["budget"])), kind in APPROVALS)


def _named(rows: list[list[str]]) -> Iterable[dict[str, str]]:
    return (dict(zip(rows[0], row, strict=False)) for row in rows[1:])


def _amount(text: str) -> Fraction | int:
    exact = Fraction(text.strip().replace(",", "."))
    return int(exact) if exact.denominator == 1 else exact


def _points(row: Mapping[str, str], kind: str) -> dict[str, Fraction | int]:
    wanted = [name for name in row.get("vote", "").split(",") if name and name.lower() != "none"]
    if kind in APPROVALS:
        return dict.fromkeys(wanted, 1)
    if kind == "ordinal":
        given: list[Fraction | int] = [len(wanted) - at - 1 for at in range(len(wanted))]
    else:
        given = [_amount(each) for each in row.get("points", "").split(",") if each]
    return {name: each for name, each in zip(wanted, given, strict=False) if each}


def _compared(
    name: str, election: Election | None, rule: str, expected: Mapping[str, Any]
) -> tuple[str, bool, float]:
    """Compare the set chosen; what differs is told as a share of what is expected.

    Of a largest sum only the sum is compared, as several sets may have it.
    """
    if election is None:
        return f"{name}: Datei fehlt", False, float("inf")
    wanted = set(expected["selected"])
    if rule.startswith("max_"):
        pool = _pool(election, by_cost="cost" in rule)
        most, theirs = optimum(pool).value, pool.value(wanted)
        fits = pool.used(wanted)[MONEY] <= election.budget
        return name, most == theirs and fits, float(abs(most - theirs) / max(theirs, Fraction(1)))
    found = _answer(election, rule)
    if found is None:
        return f"{name}: unbekannte Regel", False, float("inf")
    return name, found == wanted, len(found ^ wanted) / max(len(wanted), 1)


def _pool(election: Election, *, by_cost: bool) -> Pool:
    """Make the same question for the largest sum of benefit."""
    benefit = dict.fromkeys(election.ballots.costs, Fraction(0))
    for points in election.ballots.points.values():
        for name, each in points.items():
            benefit[name] += Fraction(each)
    costs = {name: Fraction(cost) for name, cost in election.ballots.costs.items()}
    candidates = tuple(
        Candidate(name, each * (costs[name] if by_cost else 1), {MONEY: costs[name]})
        for name, each in benefit.items()
    )
    return Pool(candidates, {MONEY: election.budget})


def _answer(election: Election, rule: str) -> set[str] | None:
    """Choose by a rule; None if we do not know it."""
    method, _, benefit = rule.partition("_")
    by_cost = election.approvals and benefit == "cost"
    ballots, budget, order = election.ballots, election.budget, election.order
    if method == "mes":
        return set(equal_shares(ballots, budget, by_cost=by_cost, order=order).chosen)
    if method == "greedy":
        per_cost = not by_cost
        rounds = greedy(ballots, budget, per_cost=per_cost, unwanted=True, order=order)
        return {each.candidate for each in rounds}
    if method == "phragmen":
        rounds = phragmen(ballots, budget, order=order)
        return _with_unwanted(election, {each.candidate for each in rounds})
    return None


def _with_unwanted(election: Election, chosen: set[str]) -> set[str]:
    """Go on with what nobody wants, as the published answers do and we do not.

    It would be paid never, all at the same time; so it follows if nothing else is left, by name,
    and the end comes as soon as anything of it does not fit.
    """
    ballots = election.ballots
    wanted = {name for points in ballots.points.values() for name in points}
    small = {name for name, cost in ballots.costs.items() if cost <= election.budget}
    if small & wanted - chosen:
        return chosen
    left = election.budget - sum(Fraction(ballots.costs[name]) for name in chosen)
    rest = sorted(small - wanted)
    while rest and all(ballots.costs[name] <= left for name in rest):
        left -= Fraction(ballots.costs[rest[0]])
        chosen = chosen | {rest.pop(0)}
    return chosen
