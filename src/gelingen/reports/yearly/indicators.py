"""Indicators in a report: context and measures apart, breaks as breaks, trend, distance to targets.

Small counts are left out as they are outside of the house: a report goes to bodies that are public.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.documents import Block, Bullets, Item, Table
from gelingen.indicators.protecting import hidden_values, without
from gelingen.indicators.queries import indicators, proven_stair
from gelingen.indicators.series import Distance, Point, Series, distance
from gelingen.indicators.values import every_series
from gelingen.terms.indicators import IndicatorKind, MigrationDefinition, Register
from gelingen.terms.spelling import day, number_range
from gelingen.wording.statistics import say_trend

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its values.

    Attributes:
        sheet: with what is declared about it.
        own: series of the tenant's own territory, or of the largest that has values.
        distance: from its newest value to the target; None without a target.

    """

    sheet: "Indicator"
    own: Series
    distance: Distance | None

    @property
    def last(self) -> Point:
        """The newest value."""
        return self.own.points[-1]

    @property
    def before(self) -> Point | None:
        """Give the value before the newest one, if no break lies between them."""
        run = next(one for one in self.own.stretches if self.last in one)
        place = run.index(self.last)
        return run[place - 1] if place else None


def read_measured(
    actor: Actor, tenant: Tenant, *, on: date
) -> tuple[tuple[Measured, ...], frozenset[str]]:
    """Read the indicators that have values, by register and code. Five queries.

    Args:
        actor: who reads.
        tenant: whose indicators.
        on: values of later days are left out.

    Returns:
        The indicators, and the keys of the figures that must not get out.

    """
    sheets = list(indicators(actor, tenant).prefetch_related("breaks", "rules", "targets"))
    if not sheets:
        return (), frozenset()
    every = list(zip(sheets, every_series(actor, tenant, sheets, on=on), strict=True))
    hidden = hidden_values(every)
    measured = tuple(
        Measured(sheet, own, _distance(sheet, own))
        for sheet, parts in every
        if (own := _first(parts, hidden)) is not None
    )
    return measured, hidden


def _first(parts: Iterable[Series], hidden: frozenset[str]) -> Series | None:
    shown = (without(one, hidden) for one in parts)
    return next((one for one in shown if one.stretches), None)


def _distance(sheet: "Indicator", own: Series) -> Distance | None:
    path = {one.due: (one.value_low, one.value_high) for one in sheet.targets.all()}
    return distance(own.points[-1], path)


def stair_of_goal(found: Iterable[Measured], goal: int) -> int:
    """Give the highest stair that indicators of a goal prove; 0: none."""
    return proven_stair(one.sheet for one in found if one.sheet.goal_id == goal) or 0


def of_context(found: Iterable[Measured]) -> list[Measured]:
    """Keep what describes the situation."""
    return [one for one in found if one.sheet.register == Register.CONTEXT]


def context_tables(found: Sequence[Measured]) -> Iterator[Block]:
    """Show the situation: one table for each way of counting migration, never two in one."""
    ways = dict.fromkeys(one.sheet.migration_definition for one in found)
    for way in ways:
        own = [one for one in found if one.sheet.migration_definition == way]
        said = MigrationDefinition.of(way)
        about = "" if said is MigrationDefinition.NONE else f" ({said.label})"
        yield Table(
            f"Lage{about}",
            ("Kennzahl", "Gebiet", "Stichtag", "Wert", "davor", "Richtung", "Quelle"),
            tuple(
                (
                    f"{one.sheet.code} {one.sheet.name}",
                    one.own.name,
                    one.last.day_said,
                    _value(one.last, one.sheet.unit),
                    _earlier(one),
                    _direction(one.own),
                    one.last.source or "ohne Quelle",
                )
                for one in own
            ),
            align="lllrrll",
            widths=(3.4, 1.8, 1.6, 1.6, 2, 2.6, 2.6),
            row_records=tuple((one.sheet.key, one.last.key) for one in own),
            notes="Über einen Bruch hinweg wird nicht verglichen; eine Richtung steht nur, wo es "
            "genug Werte in gleichen Abständen gibt.",
        )
    yield from _breaks(found)


def _breaks(found: Sequence[Measured]) -> Iterator[Block]:
    told = [
        Item(f"{one.sheet.name}, {day(each.day)}: {each.why}", records=(one.sheet.key,))
        for one in found
        for each in one.own.breaks
    ]
    if told:
        yield Bullets(tuple(told))


def measure_tables(found: Sequence[Measured], things: Iterable[int | None]) -> Iterator[Block]:
    """Show indicators of some measures and goals by the numbers of their sheets."""
    wanted = set(things)
    own = [one for one in found if one.sheet.pk in wanted]
    if own:
        yield Table(
            "Kennzahlen der Umsetzung",
            ("Kennzahl", "Art, Stufe", "Stichtag", "Wert", "davor", "Ziel", "Quelle"),
            tuple(
                (
                    f"{one.sheet.code} {one.sheet.name}",
                    _kind(one.sheet),
                    one.last.day_said,
                    _value(one.last, one.sheet.unit),
                    _earlier(one),
                    _target(one),
                    one.last.source or "ohne Quelle",
                )
                for one in own
            ),
            align="lllrrll",
            widths=(3.4, 2.2, 1.6, 1.6, 1.8, 2.4, 2.6),
            row_records=tuple((one.sheet.key, one.last.key) for one in own),
        )


def sheets_of(found: Sequence[Measured], *, goals: set[int], measures: set[int]) -> list[int]:
    """Give the numbers of the indicators that belong to goals or measures."""
    return [
        one.sheet.pk
        for one in found
        if one.sheet.goal_id in goals or one.sheet.measure_id in measures
    ]


def _kind(sheet: "Indicator") -> str:
    kind = IndicatorKind.of(sheet.kind).label if sheet.kind else ""
    return kind if sheet.stair is None else f"{kind}, {sheet.stair}"


def _value(point: Point, unit: str) -> str:
    low, high = float(point.low), float(point.high)
    whole = low.is_integer() and high.is_integer()
    about = "etwa " if point.approximate and point.low == point.high else ""
    return f"{about}{number_range(low, high, 0 if whole else 1)} {unit}".strip()


def _earlier(one: Measured) -> str:
    if one.before is None:
        return "Bruch" if len(one.own.points) > 1 else "–"
    return f"{_value(one.before, '')} ({one.before.day_said})"


def _direction(own: Series) -> str:
    return say_trend(own.trend) if own.trend else "nicht bestimmbar"


def _target(one: Measured) -> str:
    goal = one.distance
    if goal is None:
        return "ohne Ziel"
    much = _range(goal.missing, goal.missing)
    missed = f"um {much} überschritten" if goal.over else f"es fehlen {much}"
    reached = missed if goal.missing else "erreicht"
    return f"{_range(goal.low, goal.high)} am {day(goal.due)}: {reached}"


def _range(low: Decimal | None, high: Decimal | None) -> str:
    known = [one for one in (low, high) if one is not None]
    digits = 0 if all(one == one.to_integral_value() for one in known) else 1
    return number_range(
        None if low is None else float(low), None if high is None else float(high), digits
    )
