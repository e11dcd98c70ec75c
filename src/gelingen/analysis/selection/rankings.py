"""One ranking out of many: Borda, Kemeny, Schulze; and what direct comparisons say.

Borda counts how many stand below (half for equals). Kemeny takes the order that agrees with the
most direct comparisons, exactly. Schulze (Social Choice and Welfare 36, 2011) compares by the
strongest paths, with the votes of the winning side. Who is not named in an opinion stands behind
all that are, equal to the others not named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gelingen.analysis.selection.pool import Ints
from gelingen.errors import UserError

__all__ = ["Borda", "Opinion", "Schulze", "Tally", "borda", "schulze", "tally"]

Places = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Opinion:
    """What one group or person ranks.

    Attributes:
        places: keys from first to last; several on one place are equal.
        weight: how often the opinion counts, at least 0.

    """

    places: Places
    weight: int = 1


@dataclass(frozen=True)
class Tally:
    """All direct comparisons.

    Attributes:
        keys: the candidates, in their order.
        prefer: (n, n) how much weight ranks the candidate of the row above that of the column.
        total: the weight of all opinions.
        incomplete: positions of the opinions that do not name everybody.

    """

    keys: tuple[str, ...]
    prefer: Ints
    total: int
    incomplete: tuple[int, ...]

    @property
    def winner(self) -> str | None:
        """Name who wins every direct comparison; None if nobody does."""
        wins = (self.prefer > self.prefer.T).sum(axis=1)
        best = np.flatnonzero(wins == len(self.keys) - 1)
        return self.keys[best[0]] if len(best) else None

    @property
    def balance(self) -> Mapping[str, int]:
        """Count direct comparisons won less those lost (Copeland)."""
        won = (self.prefer > self.prefer.T).astype(np.int64)
        return dict(zip(self.keys, (won - won.T).sum(axis=1).tolist(), strict=True))


@dataclass(frozen=True)
class Borda:
    """Points by the number below.

    Attributes:
        points: by key.
        places: keys from most points to fewest; equals share a place.

    """

    points: Mapping[str, Fraction]
    places: Places


@dataclass(frozen=True)
class Schulze:
    """The order by strongest paths.

    Attributes:
        strengths: (n, n) the strongest path from the row to the column.
        places: keys from first to last. On the first place are all whom nobody beats, on the next
            all whom nobody beats among the others, and so on; within a place nobody beats another.

    """

    strengths: Ints
    places: Places


def tally(keys: Sequence[str], opinions: Sequence[Opinion]) -> Tally:
    """Count all direct comparisons.

    Args:
        keys: all candidates.
        opinions: what groups or persons rank.

    Returns:
        The comparisons of all pairs, by key.

    Raises:
        UserError: an opinion names somebody twice or somebody unknown, or its weight is negative.

    """
    ordered = tuple(sorted(keys))
    at = {key: position for position, key in enumerate(ordered)}
    prefer = np.zeros((len(ordered), len(ordered)), dtype=np.int64)
    incomplete = []
    for number, opinion in enumerate(opinions):
        named = [key for place in opinion.places for key in place]
        _check(opinion, named, at)
        if len(named) < len(ordered):
            incomplete.append(number)
        rank = np.full(len(ordered), len(opinion.places))
        for place, some in enumerate(opinion.places):
            rank[[at[key] for key in some]] = place
        prefer += opinion.weight * (rank[:, None] < rank[None, :])
    return Tally(ordered, prefer, sum(one.weight for one in opinions), tuple(incomplete))


def _check(opinion: Opinion, named: Sequence[str], known: Mapping[str, int]) -> None:
    if opinion.weight < 0:
        raise UserError("Das Gewicht einer Reihung ist mindestens 0.")
    if len(set(named)) < len(named):
        twice = next(key for key in named if named.count(key) > 1)
        raise UserError(f"„{twice}“ steht zweimal in einer Reihung.")
    if strangers := [key for key in named if key not in known]:
        raise UserError(f"„{strangers[0]}“ steht nicht zur Wahl.")


def borda(counted: Tally) -> Borda:
    """Rank by points: one for everybody below, half for each equal."""
    below, above = counted.prefer.sum(axis=1), counted.prefer.sum(axis=0)
    equal = counted.total * (len(counted.keys) - 1) - below - above
    numbers = zip(counted.keys, (2 * below + equal).tolist(), strict=True)
    points = {key: Fraction(twice, 2) for key, twice in numbers}
    levels = sorted(set(points.values()), reverse=True)
    places = tuple(tuple(key for key in counted.keys if points[key] == level) for level in levels)
    return Borda(points, places)


def schulze(counted: Tally) -> Schulze:
    """Rank by strongest paths; who has the stronger path to the other stands above."""
    prefer = counted.prefer
    strengths = np.where(prefer > prefer.T, prefer, 0)
    for middle in range(len(prefer)):
        through = np.minimum(strengths[:, [middle]], strengths[[middle], :])
        strengths = np.maximum(strengths, through)
    np.fill_diagonal(strengths, 0)
    beats = strengths > strengths.T
    left = np.ones(len(prefer), dtype=bool)
    places = []
    while left.any():
        unbeaten = left & ~beats[left].any(axis=0)
        places.append(tuple(counted.keys[at] for at in np.flatnonzero(unbeaten)))
        left &= ~unbeaten
    return Schulze(strengths, tuple(places))
