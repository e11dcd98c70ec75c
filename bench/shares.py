"""Equal Shares with exact payments, beside pabutools in the same run: same choice, then time.

Our time counts making the table of ballots; that of pabutools begins with its finished profile.
Both are times of the processor, so that what else runs beside does not count.
"""

import os
import random
import statistics
import time
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from pathlib import Path

from pabutools.election import ApprovalBallot, ApprovalProfile, Instance, Project
from pabutools.election.pabulib import parse_pabulib
from pabutools.election.satisfaction import Additive_Cardinal_Sat, Cost_Sat
from pabutools.rules import method_of_equal_shares
from reference.pabulib import Election, read

from gelingen.analysis.selection.ballots import Ballots
from gelingen.analysis.selection.shares import Shares, equal_shares

PROJECTS, VOTERS = 132, 8172  # as many as the largest election measured so far
BUDGET = 3_000_000
TIMES, FASTER = 5, 10


@cache
def made() -> Election:
    """Make an election like those of large cities: few favourites, many small wishes."""
    chance = random.Random(1)
    costs = {
        f"p{at:03}": 250 * chance.choice([20, 40, 80, 140, 400, 1600]) for at in range(PROJECTS)
    }
    costs = {name: cost + 250 * chance.randrange(6) for name, cost in costs.items()}
    favour = [1 / (3 + place) for place in range(PROJECTS)]
    names = chance.sample(sorted(costs), PROJECTS)
    points = {}
    for voter in range(VOTERS):
        wanted = set(chance.choices(names, favour, k=chance.randint(1, 15)))
        points[str(voter)] = dict.fromkeys(sorted(wanted), 1)
    return Election(Ballots(costs, points), Fraction(BUDGET), approvals=True)


def largest() -> Path | None:
    """Find the largest election among the reference data, if there are any."""
    folder = os.environ.get("REFERENCE_DATA", "")
    files = Path(folder).glob("pabulib/*.pb") if folder else ()
    return max(files, key=lambda path: (_size(read(path)), path.name), default=None)


def _size(election: Election) -> int:
    return len(election.ballots.costs) * len(election.ballots.points)


def chosen(election: Election) -> Shares:
    """Do what the page does, from the plain ballots on."""
    plain = election.ballots
    ballots = Ballots(plain.costs, plain.points, plain.weights)
    by_cost = election.approvals
    return equal_shares(ballots, election.budget, by_cost=by_cost, order=election.order)


def run() -> list[dict[str, object]]:
    """Measure all cases of this module."""
    entries = [_case("erzeugt", made(), *_for_pabutools(made()))]
    if path := largest():
        entries.append(_case(path.stem, read(path), *parse_pabulib(str(path))))
    return entries


def _for_pabutools(election: Election) -> tuple[Instance, ApprovalProfile]:
    projects = {name: Project(name, cost) for name, cost in election.ballots.costs.items()}
    ballots = [ApprovalBallot(map(projects.get, each)) for each in election.ballots.points.values()]
    instance = Instance(projects.values(), budget_limit=election.budget)
    return instance, ApprovalProfile(ballots, instance=instance)


def _case(
    name: str, election: Election, instance: Instance, profile: ApprovalProfile
) -> dict[str, object]:
    benefit = Cost_Sat if election.approvals else Additive_Cardinal_Sat
    start = time.process_time()
    theirs = {each.name for each in method_of_equal_shares(instance, profile, sat_class=benefit)}
    their_time = time.process_time() - start
    seconds, found = _median(election)
    same = set(found.chosen) == theirs and all(_paid(found, election))
    size = f"{len(election.ballots.costs)} Vorhaben, {len(election.ballots.points)} Stimmen"
    return {
        "case": f"Gleiche Anteile: {size} ({name}), {len(theirs)} gewählt",
        "seconds": round(seconds, 4),
        "ratios": {"pabutools": round(seconds / their_time, 3)},
        "same": same,
        "goal": f"dieselbe Auswahl wie pabutools, mindestens {FASTER}-mal so schnell",
        "met": same and seconds * FASTER <= their_time,
    }


def _median(election: Election) -> tuple[float, Shares]:
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        found = chosen(election)
        taken.append(time.process_time() - start)
    return statistics.median(taken), found


def _paid(found: Shares, election: Election) -> Iterable[bool]:
    """Check that what is paid for each project is its cost, to the last fraction."""
    for name, paid in found.payments.items():
        yield sum(paid.values()) == election.ballots.costs[name]


def alone(number: int) -> None:
    """Do our own part of a case."""
    path = largest()
    chosen(read(path) if number and path else made())
