"""Where groups put measures into an order instead of scoring them: their points, and one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gelingen.analysis.selection.kemeny import kemeny
from gelingen.analysis.selection.rankings import Opinion, borda, schulze, tally
from gelingen.analysis.selection.scores import FULL, rounded
from gelingen.programme.models import Ballot
from gelingen.programme.queries import Whole


@dataclass(frozen=True, slots=True)
class Orders:
    """One order out of those of the groups, by three methods; places from 1, by key.

    Attributes:
        borda: by the number of those below.
        kemeny: by the order that agrees with the most direct comparisons; the first by key where
            several are as good.
        others: how many other orders agree with as many; None: not known.
        schulze: by the strongest paths of direct comparisons.
        winner: who wins every direct comparison; None if nobody does.

    """

    borda: Mapping[str, int]
    kemeny: Mapping[str, int]
    others: int | None
    schulze: Mapping[str, int]
    winner: str | None


def points_of(whole: Whole, ballot: Ballot) -> dict[str, Fraction]:
    """Make points of one group's order, by key: 100 if above all others, 0 if below all.

    What a group puts on no place stands behind all that it does. Nothing for an empty ballot.
    """
    keys = [one.key for one in whole.candidates]
    opinion = _opinion(ballot, keys)
    if not opinion.places or len(keys) <= 1:
        return {}
    found = borda(tally(keys, [opinion])).points
    return {key: rounded(FULL * number / (len(keys) - 1)) for key, number in found.items()}


def orders_of(whole: Whole) -> Orders:
    """Make one order of all that count."""
    keys = [one.key for one in whole.candidates]
    counted = tally(keys, [_opinion(one, keys) for one in whole.counting])
    best = kemeny(counted)
    return Orders(
        _places(borda(counted).places),
        _places([(key,) for key in best.rankings[0]]),
        None if best.count is None else best.count - 1,
        _places(schulze(counted).places),
        counted.winner,
    )


def _opinion(ballot: Ballot, keys: Sequence[str]) -> Opinion:
    placed = {key: place for key, place in ballot.ranking.items() if key in keys}
    return Opinion(
        tuple(
            tuple(sorted(key for key, place in placed.items() if place == each))
            for each in sorted(set(placed.values()))
        )
    )


def _places(places: Sequence[Sequence[str]]) -> dict[str, int]:
    """Give each its place, as in sport: two firsts are followed by a third."""
    found: dict[str, int] = {}
    for some in places:
        number = len(found) + 1
        found |= dict.fromkeys(some, number)
    return found
