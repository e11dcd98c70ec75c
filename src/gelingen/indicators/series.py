"""Values of an indicator over time: what may be joined, breaks, trend, distance to a target.

A stretch holds values of one count, definition and unit between two breaks; a line is drawn inside
a stretch and never from one to the next. What is counted in two ways at the same time makes two
stretches side by side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from gelingen.analysis.trend import FEWEST, Trend, trend
from gelingen.terms.indicators import BreakReason
from gelingen.terms.spelling import iso_day, rough_day, rough_end

FEW = 20  # a share of fewer says nothing
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A value, or a range, on a day.

    Attributes:
        key: key of the figure.
        reference: the day.
        low: the value, of a range the smaller one.
        high: the same as low, or of a range the larger one.
        base: how it was counted: census, register.
        definition: what was counted.
        unit: of the value.
        source: where it is from.
        note: what is to be said about it.
        approximate: whether it is only about right.
        denominator: what it is a share of, where that is known.
        least: what it is a share of at least, if that is known of other times only.
        precision: how exactly the day is known.
        published: whether official statistics published it, after protecting it themselves.

    """

    key: str
    reference: date
    low: Decimal
    high: Decimal
    base: str = ""
    definition: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    approximate: bool = False
    denominator: Decimal | None = None
    least: Decimal | None = None
    precision: str = ""
    published: bool = False

    @property
    def middle(self) -> float:
        """Where a line runs."""
        return float(self.low + self.high) / 2

    @property
    def day_said(self) -> str:
        """Write the day, or the month or the year where no more is known."""
        return rough_day(self.reference, self.precision)

    @property
    def reference_told(self) -> str:
        """Give the day, the month or the year for programs: "2022-12-31", "2022-12", "2022"."""
        return iso_day(self.reference, self.precision)

    @property
    def until(self) -> date:
        """Give the last day it may be of: of a value of a year the last of the year."""
        return rough_end(self.reference, self.precision)

    @property
    def interpretable(self) -> bool:
        """Whether it is a share of enough; a share of fewer than 20 jumps with every single one."""
        return self.denominator is None or self.denominator >= FEW

    @property
    def strand(self) -> tuple[str, str, str]:
        """What values must share to be compared."""
        return (self.definition, self.base, self.unit)


@dataclass(frozen=True, slots=True)
class Break:
    """From `day` on values are not compared with those before, and why."""

    day: date
    reason: BreakReason
    why: str


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one indicator in one territory.

    Attributes:
        territory: official key.
        name: of the territory.
        stretches: values that may be joined, by their first day; in each by day.
        breaks: by day.

    """

    territory: str
    name: str
    stretches: tuple[tuple[Point, ...], ...]
    breaks: tuple[Break, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All values by day."""
        every = (one for stretch in self.stretches for one in stretch)
        return tuple(sorted(every, key=_when))

    @property
    def last(self) -> Point | None:
        """The newest value."""
        return self.points[-1] if self.stretches else None

    @property
    def trend(self) -> Trend | None:
        """Where the longest stretch goes; None if it holds fewer than 8 values at equal steps."""
        longest = max(self.stretches, key=len, default=())
        months = _step(longest)
        if len(longest) < FEWEST or months is None:
            return None
        return trend([one.middle for one in longest], years=months / _MONTHS)


def _when(one: Point) -> tuple[date, str]:
    return one.reference, one.key


def _step(points: Sequence[Point]) -> int | None:
    """Give the months from value to value; None if they differ, or one is a share of too few."""
    months = [one.reference.year * _MONTHS + one.reference.month for one in points]
    steps = {later - one for one, later in pairwise(months)}
    even = len(steps) == 1 and 0 not in steps and all(one.interpretable for one in points)
    return steps.pop() if even else None


def series_of(
    territory: str, name: str, points: Iterable[Point], declared: Sequence[Break]
) -> Series:
    """Part the values of a territory into stretches.

    Args:
        territory: official key.
        name: of the territory.
        points: in any order.
        declared: breaks that somebody set, and days on which the rule for the denominator changed.

    """
    ordered = sorted(points, key=_when)
    strands: dict[tuple[str, str, str], list[Point]] = {}
    for one in ordered:
        strands.setdefault(one.strand, []).append(one)
    stretches = [part for strand in strands.values() for part in _cut(strand, declared)]
    stretches.sort(key=lambda part: _when(part[0]))
    inside = [
        one for one in declared
        if ordered and ordered[0].reference < one.day <= ordered[-1].reference
    ]  # fmt: skip
    found = [*inside, *_changes(ordered)]
    return Series(
        territory, name, tuple(stretches), tuple(sorted(found, key=lambda one: (one.day, one.why)))
    )


def _cut(points: Sequence[Point], declared: Sequence[Break]) -> list[tuple[Point, ...]]:
    parts: list[list[Point]] = [[]]
    for one in points:
        before = parts[-1][-1].reference if parts[-1] else None
        if before and any(before < found.day <= one.reference for found in declared):
            parts.append([])
        parts[-1].append(one)
    return [tuple(part) for part in parts]


def _changes(points: Sequence[Point]) -> Iterable[Break]:
    """Find where one way of counting follows another; what goes on beside it is no break."""
    ways: dict[tuple[str, str, str], list[Point]] = {}
    for each in points:
        ways.setdefault(each.strand, []).append(each)
    for own in ways.values():
        later = own[0]
        over = [of[-1] for of in ways.values() if of[-1].until < later.reference]
        if not over or any(
            of[0].reference < later.reference <= of[-1].until for of in ways.values()
        ):
            continue
        one = max(over, key=_when)
        if one.base != later.base:
            said = f"Zählung: {one.base or 'nicht genannt'}, danach {later.base or 'nicht genannt'}"
            yield Break(later.reference, BreakReason.BASE, said)
        elif one.definition != later.definition:
            said = f"Definition: {later.definition or 'nicht genannt'}"
            yield Break(later.reference, BreakReason.DEFINITION, said)
        else:
            yield Break(later.reference, BreakReason.UNIT, f"Einheit: {later.unit}")


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the newest value is from a target.

    Attributes:
        due: day of the target.
        low: the least that is aimed at, or None.
        high: the most that is aimed at, or None.
        missing: by how much the value lies outside; 0 if it is reached.
        over: whether it lies above what is aimed at at most.

    """

    due: date
    low: Decimal | None
    high: Decimal | None
    missing: Decimal
    over: bool = False


def distance(
    value: Point, targets: Mapping[date, tuple[Decimal | None, Decimal | None]]
) -> Distance | None:
    """Compare a value with the next target of the path, or with the last if all are over.

    Of a range counts the end that is farther from the target, so nothing is called reached that
    may not be.
    """
    if not targets:
        return None
    due = min((day for day in targets if day >= value.reference), default=max(targets))
    low, high = targets[due]
    under = max(low - value.low, Decimal(0)) if low is not None else Decimal(0)
    over = max(value.high - high, Decimal(0)) if high is not None else Decimal(0)
    return Distance(due, low, high, max(under, over), over > under)
