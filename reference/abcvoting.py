"""Committees elected by approval, with every outcome that ties allow.

A committee is a selection in which everything costs 1. Compared are the rules that Gelingen has:
Equal Shares with each of its completions, Phragmén's sequential rule, and the choice by points
("av"). Not implemented, as nobody here selects by them, and so not compared: the Thiele rules (pav,
slav, cc, lexcc, geom2, their sequential and reverse forms), sav, minimaxav, lexminimaxav, the other
rules of Phragmén (minimax, leximax, Eneström), maximin-support, Monroe, greedy-monroe, consensus,
eph, rsd and trivial.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from gelingen.analysis.selection.ballots import Ballots, Table
from gelingen.analysis.selection.greedy import Greedy
from gelingen.analysis.selection.phragmen import Loads
from gelingen.analysis.selection.purses import Purses
from gelingen.analysis.selection.shares import equal_shares
from gelingen.terms.selection import Completion

State = TypeVar("State", Purses, Loads, Greedy)
Committees = set[frozenset[int]]
# As the files write it: a name, a colon, and what follows until the next name at the same place.
FIELD = re.compile(r"^(\w+):(.*?)(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(
    r"^- rule_id: (\S+)\s+result:(.*?)\s+resolute: (true|false)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Case:
    """One file: who approves of whom, and how many are elected."""

    ballots: Ballots
    size: int

    @property
    def table(self) -> Table:
        """The ballots as whole numbers."""
        return self.ballots.table


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every rule that we have in every file of the folder."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        case = _case(dict(FIELD.findall(text)))
        found: dict[str, Committees] = {}
        for rule, result, resolute in ANSWER.findall(text):
            if rule in RULES and result.strip() not in ("", "null"):
                if rule not in found:
                    found[rule] = RULES[rule](case)
                wanted = {frozenset(each) for each in json.loads(result)}
                single = resolute == "true"
                yield _compared(
                    f"{path.name} {rule} {resolute}", found[rule], wanted, single=single
                )


def _case(fields: dict[str, str]) -> Case:
    costs = {str(number): 1 for number in range(int(fields["num_cand"]))}
    points = {
        str(voter): {str(candidate): 1 for candidate in approved}
        for voter, approved in enumerate(json.loads(fields["profile"]))
    }
    return Case(Ballots(costs, points), int(fields["committeesize"]))


def _compared(
    name: str, found: Committees, wanted: Committees, *, single: bool
) -> tuple[str, bool, float]:
    """Compare all outcomes; where one is asked for, any of those listed will do."""
    exact = found <= wanted if single else found == wanted
    return f"{name}", bool(found) and exact, len(found ^ wanted) / max(len(wanted), 1)


def _ends(
    rule: State, taken: frozenset[int], state: Callable[[State], object]
) -> Iterator[tuple[State, frozenset[int]]]:
    """Go every way that ties allow; gives each end once, by what `state` tells apart."""
    waiting, seen = [(rule, taken)], set()
    while waiting:
        here, chosen = waiting.pop()
        key = (chosen, state(here))
        if key in seen:
            continue
        seen.add(key)
        if (offer := here.offer()) is None:
            yield here, chosen
            continue
        for column in offer.tied:
            other = deepcopy(here, {id(here.table): here.table})
            other.take(column, offer.rate)
            waiting.append((other, chosen | {column}))


def _by_points(case: Case, taken: frozenset[int] = frozenset()) -> Committees:
    rule = Greedy(case.table, Fraction(case.size), taken=taken, unwanted=True)
    return {chosen for _, chosen in _ends(rule, taken, lambda _: None)}


def _by_loads(
    case: Case, taken: frozenset[int] = frozenset(), start: list[Fraction] | None = None
) -> Committees:
    """Elect by Phragmén; seats that approvals leave go to any others, as the answers have it."""
    rule = Loads(case.table, Fraction(case.size), start=start, taken=taken, skip=True)
    columns = set(range(len(case.table.candidates)))
    return {
        chosen | set(rest)
        for _, chosen in _ends(rule, taken, lambda here: tuple(here.each()))
        for rest in combinations(columns - chosen, case.size - len(chosen))
    }


def _by_shares(case: Case, then: Callable[[Purses, frozenset[int]], Committees]) -> Committees:
    rule = Purses(case.table, Fraction(case.size), Fraction(case.size))
    ends = _ends(rule, frozenset(), lambda here: tuple(here.each()))
    return {committee for purses, chosen in ends for committee in then(purses, chosen)}


def _saving_on(case: Case) -> Committees:
    def then(purses: Purses, chosen: frozenset[int]) -> Committees:
        return _by_loads(case, chosen, [-each for each in purses.each()])

    return _by_shares(case, then)


def _increased(case: Case) -> Committees:
    """Elect one committee; seats that approvals leave go by number, as the answers have it."""
    completion = Completion.INCREASE
    shares = equal_shares(case.ballots, case.size, completion=completion, step=1)
    chosen = {int(each) for each in shares.chosen}
    rest = [each for each in range(len(case.table.candidates)) if each not in chosen]
    return {frozenset([*chosen, *rest[: case.size - len(chosen)]])}


RULES: dict[str, Callable[[Case], Committees]] = {
    "av": _by_points,
    "seqphragmen": _by_loads,
    "equal-shares": _saving_on,
    "equal-shares-with-av-completion": lambda case: _by_shares(
        case, lambda _, chosen: _by_points(case, chosen)
    ),
    "equal-shares-with-increment-completion": _increased,
}
