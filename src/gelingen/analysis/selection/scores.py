"""Points out of score sheets: what each criterion and each candidate gets, exactly.

Who abstains from a criterion counts neither for nor against. The points of a candidate are between
0 and 100: each criterion's middle on its scale, weighted. Parts and sums are rounded to two places
before anything is computed from them, so that all can be computed again from what is printed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, sqrt
from statistics import median
from typing import Literal

from gelingen.errors import UserError

__all__ = ["Criterion", "Mark", "Middle", "Points", "Summary", "points", "rounded", "summarise"]

Middle = Literal["median", "mean"]
FULL = 100
PLACES = 2


@dataclass(frozen=True)
class Criterion:
    """What is judged.

    Attributes:
        key: its key.
        weight: how much it counts beside the others, at least 0.
        lowest: the lower end of the scale.
        highest: its upper end, above the lower.
        falling: whether less is better, as with effort.

    """

    key: str
    weight: Fraction
    lowest: Fraction
    highest: Fraction
    falling: bool = False


@dataclass(frozen=True)
class Mark:
    """What one group or person gives.

    Attributes:
        voter: who.
        candidate: to whom.
        criterion: for what.
        value: how much, on the scale; None: abstains.

    """

    voter: str
    candidate: str
    criterion: str
    value: Fraction | None


@dataclass(frozen=True)
class Summary:
    """What a candidate got for one criterion.

    Attributes:
        candidate: its key.
        criterion: its key.
        number: how many gave a value.
        abstained: how many abstained.
        median: the middle value; None if nobody gave one, as all that follow.
        mean: the average.
        lowest: the lowest value given.
        highest: the highest.
        variance: the average squared distance from the average.

    """

    candidate: str
    criterion: str
    number: int
    abstained: int
    median: Fraction | None
    mean: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    variance: Fraction | None

    @property
    def spread(self) -> float | None:
        """Give the standard deviation."""
        return None if self.variance is None else sqrt(self.variance)


@dataclass(frozen=True)
class Points:
    """What a candidate got in all.

    Attributes:
        candidate: its key.
        total: 0 to 100, exactly from the parts; None if nobody gave it a value.
        rounded: the total to two places, halves upward; what choices are made by.
        parts: 0 to 100 to two places for each criterion that has a value.
        missing: criteria without a value; the weights of the others count for them.

    """

    candidate: str
    total: Fraction | None
    rounded: Fraction | None
    parts: Mapping[str, Fraction]
    missing: tuple[str, ...]


def summarise(criteria: Sequence[Criterion], marks: Iterable[Mark]) -> list[Summary]:
    """Summarise all sheets.

    Args:
        criteria: what is judged.
        marks: what everyone gave, in any order.

    Returns:
        One summary for each candidate with a mark and each criterion, by candidate, then in the
        order of the criteria.

    Raises:
        UserError: a value is not on its scale, a criterion is not known, or somebody gave two.

    """
    known = {one.key: one for one in criteria}
    given: dict[tuple[str, str], dict[str, Fraction | None]] = defaultdict(dict)
    for mark in marks:
        _check(mark, known, given[mark.candidate, mark.criterion])
        given[mark.candidate, mark.criterion][mark.voter] = mark.value
    candidates = sorted({candidate for candidate, _ in given})
    return [
        _summary(candidate, one.key, given.get((candidate, one.key), {}).values())
        for candidate in candidates
        for one in criteria
    ]


def _check(mark: Mark, known: Mapping[str, Criterion], before: Mapping[str, object]) -> None:
    about = known.get(mark.criterion)
    if about is None:
        raise UserError(f"„{mark.criterion}“ ist kein Kriterium.")
    if mark.voter in before:
        raise UserError(
            f"„{mark.voter}“ hat „{mark.candidate}“ für „{mark.criterion}“ zweimal bewertet."
        )
    if mark.value is not None and not about.lowest <= mark.value <= about.highest:
        raise UserError(
            f"„{mark.criterion}“ reicht von {about.lowest} bis {about.highest}; "
            f"{mark.value} liegt nicht darin."
        )


def _summary(candidate: str, criterion: str, given: Iterable[Fraction | None]) -> Summary:
    everyone = list(given)
    values = [Fraction(value) for value in everyone if value is not None]
    number, abstained = len(values), len(everyone) - len(values)
    if not values:
        return Summary(candidate, criterion, 0, abstained, None, None, None, None, None)
    mean = sum(values, Fraction(0)) / number
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / number
    ends = min(values), max(values)
    return Summary(candidate, criterion, number, abstained, median(values), mean, *ends, variance)


def points(
    criteria: Sequence[Criterion], summaries: Iterable[Summary], *, by: Middle = "median"
) -> list[Points]:
    """Add up what candidates got.

    Args:
        criteria: what is judged.
        summaries: what each candidate got for each criterion.
        by: which middle counts.

    Returns:
        The points of each candidate, by key.

    """
    known = {one.key: one for one in criteria}
    of: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for one in summaries:
        middle = one.median if by == "median" else one.mean
        parts = of[one.candidate]
        if middle is not None:
            parts[one.criterion] = rounded(_on_scale(known[one.criterion], middle))
    return [_points(candidate, criteria, of[candidate]) for candidate in sorted(of)]


def _on_scale(criterion: Criterion, value: Fraction) -> Fraction:
    """Write a value as part of the scale, 0 to 100, more is better."""
    part = FULL * (value - criterion.lowest) / Fraction(criterion.highest - criterion.lowest)
    return FULL - part if criterion.falling else part


def _points(candidate: str, criteria: Sequence[Criterion], parts: Mapping[str, Fraction]) -> Points:
    missing = tuple(one.key for one in criteria if one.key not in parts)
    weights = {one.key: Fraction(one.weight) for one in criteria if one.key in parts}
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return Points(candidate, None, None, parts, missing)
    total = sum((weight * parts[key] for key, weight in weights.items()), Fraction(0)) / whole
    return Points(candidate, total, rounded(total), parts, missing)


def rounded(value: Fraction) -> Fraction:
    """Round to the places that points have, halves upward."""
    scale = 10**PLACES
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)
