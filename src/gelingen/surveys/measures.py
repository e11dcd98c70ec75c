"""Means of ratings and ranges of numbers, and when they may be shown.

Whoever knows how many answered and their mean must not be able to tell a small count of one step,
see `mean_is_safe`. A mean beside its own distribution is shown only if the whole distribution is,
and a range only of many. A median says of single answers more than a mean, so it stays inside. Once
something is out, the difference to it would tell of the answers between: then only those means and
ranges are shown that are out already.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean, median, quantiles

from gelingen.surveys.columns import ALL, Columns
from gelingen.surveys.protecting import Earlier, Measured
from gelingen.surveys.tallies import Tally
from gelingen.terms.surveys import QuestionKind

# A range of numbers needs twice the threshold: its ends are answers of single organisations.
_FOR_SPREAD = 2
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean and median of ratings, and of how many; outside there is no median."""

    number: int
    mean: float
    median: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Between which numbers the middle half of the answers lies, and how many there are."""

    number: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Guard:
    """What decides whether a mean or a range is shown.

    Attributes:
        threshold: counts from 1 up to below it are small.
        only: what alone may be shown; None: nothing is out, so anything that is safe.

    """

    threshold: int
    only: frozenset[Measured] | None = None

    def lets(self, question: str, line: str, column: str, told: tuple[float, ...]) -> bool:
        """Whether this may be shown beside what is out."""
        return self.only is None or (question, line, column, told) in self.only


def guard_of(threshold: int, earlier: Earlier) -> Guard:
    """Say what decides after earlier publications."""
    return Guard(threshold, earlier.measured if earlier.universes() else None)


def told(found: Mean | Spread) -> tuple[float, ...]:
    """Write what is told outside of a mean or a range."""
    if isinstance(found, Mean):
        return (found.number, found.mean)
    return (found.number, found.low, found.high)


def topic_means(
    one: Tally, columns: Columns, code: str, hidden: Collection[str], guard: Guard | None
) -> dict[str, Mean | None]:
    """Give the means of a topic; of groups only all together, for one could be told from all.

    Args:
        one: what was answered.
        columns: of the same answers.
        code: the topic.
        hidden: columns in which it is not shown how many rated it.
        guard: how means are protected; None: not at all.

    """
    if one.asked.kind is not QuestionKind.TOPICS:
        return {}
    rated = _ratings(one, columns, code)
    if guard is None:
        return {name: _mean(steps) for name, steps in rated.items()}
    safe = {
        name: name not in hidden
        and (not steps or len(steps) >= guard.threshold)
        and mean_is_safe(Counter(steps), one.steps or 0, guard.threshold)
        for name, steps in rated.items()
    }
    groups = all(safe.values())
    shown = {name for name, fine in safe.items() if fine and (groups or name == ALL)}
    return _guarded(one, code, rated, shown, guard)


def scale_means(
    one: Tally, columns: Columns, hidden: Collection[str], guard: Guard | None
) -> dict[str, Mean | None]:
    """Give the means of a scale; a mean beside hidden steps would tell them.

    Args:
        one: what was answered.
        columns: of the same answers.
        hidden: columns in which a step is not shown.
        guard: how means are protected; None: not at all.

    """
    if one.asked.kind is not QuestionKind.SCALE:
        return {}
    rated = _ratings(one, columns, "")
    if guard is None:
        return {name: _mean(steps) for name, steps in rated.items()}
    return _guarded(one, "", rated, rated.keys() - set(hidden), guard)


def _guarded(
    one: Tally,
    code: str,
    rated: Mapping[str, Sequence[int]],
    shown: Collection[str],
    guard: Guard,
) -> dict[str, Mean | None]:
    found: dict[str, Mean | None] = {}
    for name, steps in rated.items():
        made = Mean(len(steps), mean(steps), None) if steps and name in shown else None
        fine = made is not None and guard.lets(one.asked.key, code, name, told(made))
        found[name] = made if fine else None
    return found


def _ratings(one: Tally, columns: Columns, code: str) -> dict[str, list[int]]:
    """Collect ratings by column; under "" those of a scale."""
    found: dict[str, list[int]] = {name: [] for name in columns.names}
    for column, rated in zip(columns.of, one.ratings, strict=False):
        if code in rated:
            for name in {ALL, column}:
                found[name].append(rated[code])
    return found


def _mean(steps: Sequence[int]) -> Mean | None:
    return Mean(len(steps), mean(steps), float(median(steps))) if steps else None


def spreads(
    one: Tally, columns: Columns, hidden: Collection[str], guard: Guard | None
) -> dict[str, Spread | None]:
    """Say between which numbers the middle half lies; of few, nothing is said outside.

    Args:
        one: what was answered.
        columns: of the same answers.
        hidden: columns in which it is not shown how many answered.
        guard: how ranges are protected; None: not at all.

    """
    if one.asked.kind is not QuestionKind.NUMBER:
        return {}
    found: dict[str, Spread | None] = dict.fromkeys(columns.names)
    for name in columns.names:
        there = [
            given
            for column, given in zip(columns.of, one.ranges, strict=True)
            if given is not None and name in (ALL, column)
        ]
        few = guard is not None and len(there) < _FOR_SPREAD * guard.threshold
        if not there or few or name in hidden:
            continue
        low = _quarter([given.low for given in there], 0)
        high = _quarter([given.high for given in there], 2)
        if guard is None:
            found[name] = Spread(len(there), low, high)
            continue
        made = Spread(len(there), coarse(low, up=False), coarse(high, up=True))
        if guard.lets(one.asked.key, "", name, told(made)):
            found[name] = made
    return found


def _quarter(values: Sequence[float], place: int) -> float:
    return values[0] if len(values) == 1 else quantiles(values, n=4, method="inclusive")[place]


def coarse(value: float, *, up: bool) -> float:
    """Go to the next of … 1, 2, 5, 10, 20, 50 …, so that no single answer is read off."""
    if value < 0:
        return -coarse(-value, up=not up)
    if not value:
        return 0.0
    ten = math.floor(math.log10(value))
    steps = [float(f"{step}e{power}") for power in (ten - 1, ten, ten + 1) for step in _STEPS]
    if up:
        return next(step for step in steps if step >= value)
    return next(step for step in reversed(steps) if step <= value)


def mean_is_safe(counts: Mapping[int, int], steps: int, threshold: int) -> bool:
    """Tell whether mean and number of answers leave every small count of a step open.

    The outsider is given the exact sum of all steps, which is more than a rounded mean says. Each
    count from 1 to below the threshold must have room for more values than there are small ones.

    Args:
        counts: how many chose each step.
        steps: 1 to this many.
        threshold: counts below it are small.

    """
    number = sum(counts.values())
    total = sum(step * many for step, many in counts.items())
    for step, many in counts.items():
        if 1 <= many < threshold:
            reach = _sums_of(tuple(one for one in range(1, steps + 1) if one != step), number)
            # Values can lie apart: what counts is how many there are, not how far they reach.
            fits = [_is_in(reach[number - k], total - k * step) for k in range(number + 1)]
            if sum(fits) < threshold:
                return False
    return True


@lru_cache(maxsize=64)
def _sums_of(steps: tuple[int, ...], number: int) -> list[int]:
    """Give for 0, 1, … answers all sums they can have, as bits of a number."""
    found = [1]
    for _ in range(number):
        found.append(0)
        for step in steps:
            found[-1] |= found[-2] << step
    return found


def _is_in(bits: int, total: int) -> bool:
    return total >= 0 and bool(bits >> total & 1)
