"""Where groups put measures into an order instead of scoring them: their points, and one order."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gelingen.analysis.selection.kemeny import kemeny
from gelingen.analysis.selection.rankings import borda, schulze, tally
from gelingen.analysis.selection.scores import FULL, rounded
from gelingen.programme.models import Said
from gelingen.programme.places import opinion_of, places_of
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


def points_of(whole: Whole, ballot: Said) -> dict[str, Fraction]:
    """Make points of one group's order, by key: 100 if above all others, 0 if below all.

    What a group puts on no place stands behind all that it does. Nothing for an empty ballot.
    """
    keys = [one.key for one in whole.candidates]
    opinion = opinion_of(ballot, keys)
    if not opinion.places or len(keys) <= 1:
        return {}
    found = borda(tally(keys, [opinion])).points
    return {key: rounded(FULL * number / (len(keys) - 1)) for key, number in found.items()}


def orders_of(whole: Whole) -> Orders:
    """Make one order of all that count."""
    keys = [one.key for one in whole.candidates]
    counted = tally(keys, [opinion_of(one, keys) for _, one in whole.voices])
    best = kemeny(counted)
    return Orders(
        places_of(borda(counted).places),
        places_of([(key,) for key in best.rankings[0]]),
        None if best.count is None else best.count - 1,
        places_of(schulze(counted).places),
        counted.winner,
    )
