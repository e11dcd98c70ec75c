"""Charts of the public site as SVG without style and script: values over time, values side by side.

They stand on white paper in every colour scheme. Breaks in a series are breaks in its line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil, floor, log10

from gelingen.documents.pictures.drawing import (
    CAUTION,
    GOOD,
    INK,
    LINE,
    MONEY,
    MUTED,
    drawing,
    shortened,
    words,
)
from gelingen.documents.pictures.drawing import line as stroke
from gelingen.terms.spelling import number

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 680.0, 260.0, 64.0, 24.0, 24.0, 36.0
_SMALL_WIDE, _SMALL_HIGH = 216.0, 96.0
_BAR, _NAMES = 24.0, 190.0
_GRID = 5  # lines over the lowest, at most
_STEPS = (1, 2, 2.5, 5, 10)
_HAIR = 1e-9  # by which decimal numbers may be off


@dataclass(frozen=True, slots=True)
class Point:
    """A value, or a range, on a day."""

    day: date
    low: float
    high: float
    said: str = ""  # the day as it is known: perhaps only its year
    note: str = ""  # what has to be known to read it
    way: str = ""  # how it was counted; only what was counted alike is joined

    @property
    def middle(self) -> float:
        """Where the line runs."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Scale:
    """How values and days become places on the drawing."""

    days: tuple[date, date]
    values: tuple[float, float]
    box: tuple[float, float, float, float]  # left, top, width, height

    def x(self, on: date) -> float:
        """Place of a day."""
        first, last = self.days
        whole = max((last - first).days, 1)
        return self.box[0] + (on - first).days / whole * self.box[2]

    def y(self, value: float) -> float:
        """Place of a value."""
        low, high = self.values
        return self.box[1] + (1 - (value - low) / ((high - low) or 1)) * self.box[3]


def digits_of(values: Sequence[float]) -> int:
    """Give how many digits tell these values apart: one where any has a part behind the comma."""
    return 0 if all(value == round(value) for value in values) else 1


def span_of(points: Sequence[Point], extra: Sequence[float] = ()) -> tuple[float, float]:
    """Give the bounds of an axis, round numbers.

    Zero belongs to it, so that differences are not magnified.
    """
    every = [0.0, *(value for one in points for value in (one.low, one.high)), *extra]
    wanted = (min(every), max(every))
    if wanted == (0.0, 0.0):
        return (0.0, 1.0)
    while (wider := _rounded(wanted)) != wanted:  # wider bounds may need a longer step
        wanted = wider
    return wanted


def _rounded(bounds: tuple[float, float]) -> tuple[float, float]:
    step = step_of(bounds)
    # What divides to a hair is a whole number.
    return (
        floor(bounds[0] / step + _HAIR) * step,
        ceil(bounds[1] / step - _HAIR) * step,
    )


def step_of(bounds: tuple[float, float]) -> float:
    """Give the step from line to line of a grid: 1, 2, 2.5 or 5 with zeros before or behind."""
    least = (bounds[1] - bounds[0]) / _GRID
    size = 10.0 ** floor(log10(least))
    return size * next(one for one in _STEPS if one + _HAIR >= least / size)


def over_time(
    points: Sequence[Point],
    *,
    unit: str,
    breaks: Sequence[date] = (),
    targets: Sequence[Point] = (),
    name: str,
) -> str:
    """Draw values over time.

    Args:
        points: in the order of time, at least one.
        unit: of the values.
        breaks: days from which values are counted in another way.
        targets: what is aimed at, each a value on a day.
        name: what the chart shows, for those who do not see it.

    """
    every = [*points, *targets]
    days = (min(one.day for one in every), max(one.day for one in every))
    box = (_LEFT, _TOP, _WIDE - _LEFT - _RIGHT, _HIGH - _TOP - _BOTTOM)
    scale = Scale(days, span_of(every), box)
    digits = digits_of([value for one in every for value in (one.low, one.high)])
    shapes = _grid(scale, unit) + _years(scale, points)
    shapes += "".join(_break(scale, on) for on in breaks if days[0] < on <= days[1])
    shapes += _line(scale, points, breaks)
    shapes += "".join(_target(scale, one, digits) for one in targets)
    last = points[-1]
    shapes += words(
        scale.x(last.day), scale.y(last.high) - 8, number(last.middle, digits), color=MONEY,
        anchor="end", bold=True,
    )  # fmt: skip
    return _named(drawing(_HIGH, shapes, width=_WIDE), name)


def _grid(scale: Scale, unit: str) -> str:
    low, high = scale.values
    left, top, width, _ = scale.box
    shapes = words(left - 6, top - 10, unit, size=11, color=MUTED, anchor="start")
    step = step_of(scale.values)
    digits = next(one for one in range(9) if abs(round(step, one) - step) < step / 100)
    for at in range(round((high - low) / step) + 1):
        value = low + at * step
        y = scale.y(value)
        shapes += stroke(left, y, left + width, y, color=LINE)
        shapes += words(
            left - 6, y + 4, number(value, digits), size=11, color=MUTED, anchor="end"
        )  # fmt: skip
    return shapes


def _years(scale: Scale, points: Sequence[Point]) -> str:
    """Write the days below, as many as there is room for, the last one always."""
    y = scale.box[1] + scale.box[3] + 18
    shapes, free = "", float("inf")
    for one in reversed(points):
        x = scale.x(one.day)
        if x + 22 <= free:
            shapes += words(x, y, str(one.day.year), size=11, color=MUTED, anchor="middle")
            free = x - 22
    return shapes


def _break(scale: Scale, on: date) -> str:
    x, (_, top, _, height) = scale.x(on), scale.box
    mark = stroke(x, top, x, top + height, color=CAUTION, dash="4 3")
    return mark + words(x + 4, top + 10, "Bruch", size=11, color=CAUTION)


def _line(scale: Scale, points: Sequence[Point], breaks: Sequence[date]) -> str:
    """Draw the line in parts: what is counted in another way is not joined."""
    open_parts: dict[str, list[Point]] = {}
    parts: list[list[Point]] = []
    for one in points:
        part = open_parts.get(one.way)
        if part is None or any(part[-1].day < on <= one.day for on in breaks):
            part = open_parts[one.way] = []
            parts.append(part)
        part.append(one)
    shapes = ""
    for part in parts:
        way = " ".join(f"{scale.x(one.day):.1f},{scale.y(one.middle):.1f}" for one in part)
        if len(part) > 1:
            shapes += f'<polyline points="{way}" fill="none" stroke="{MONEY}" stroke-width="2"/>'
    for one in points:
        x = scale.x(one.day)
        if one.low != one.high:
            shapes += stroke(x, scale.y(one.low), x, scale.y(one.high), color=MONEY, width=4)
        shapes += f'<circle cx="{x:.1f}" cy="{scale.y(one.middle):.1f}" r="3" fill="{MONEY}"/>'
    return shapes


def _target(scale: Scale, one: Point, digits: int) -> str:
    x, y = scale.x(one.day), scale.y(one.middle)
    way = f"M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z"
    sign = f'<path d="{way}" fill="none" stroke="{GOOD}" stroke-width="2"/>'
    return sign + words(
        x - 10, y + 4, f"Ziel {number(one.middle, digits)}", size=11, color=GOOD, anchor="end"
    )


def small(
    points: Sequence[Point],
    bounds: tuple[float, float],
    days: tuple[date, date],
    *,
    breaks: Sequence[date],
    title: str,
) -> str:
    """Draw one of many small charts with the same bounds, so that they can be compared."""
    scale = Scale(days, bounds, (6, 26, _SMALL_WIDE - 12, _SMALL_HIGH - 36))
    digits = digits_of([one.middle for one in points])
    last = points[-1]
    shapes = words(6, 14, shortened(title, _SMALL_WIDE - 60), color=INK)
    shapes += words(
        _SMALL_WIDE - 6, 14, number(last.middle, digits), color=MONEY, anchor="end", bold=True
    )
    base = scale.y(bounds[0])
    shapes += stroke(6, base, _SMALL_WIDE - 6, base, color=LINE)
    shapes += _line(scale, points, breaks)
    shown = drawing(_SMALL_HIGH, shapes, width=_SMALL_WIDE)
    return _named(shown, f"{title}: {number(last.middle, digits)}")


def side_by_side(rows: Sequence[tuple[str, float]], *, unit: str, name: str) -> str:
    """Draw a bar for each name, in the order given."""
    high = max((value for _, value in rows), default=0) or 1
    digits = digits_of([value for _, value in rows])
    room = _WIDE - _NAMES - 70
    shapes = words(_NAMES, 14, unit, size=11, color=MUTED)
    for at, (title, value) in enumerate(rows):
        y = 24 + at * _BAR
        wide = max(value, 0) / high * room
        shapes += words(_NAMES - 8, y + 13, shortened(title, _NAMES - 12), anchor="end")
        shapes += f'<rect x="{_NAMES:g}" y="{y:g}" width="{wide:.1f}" height="16" fill="{MONEY}"/>'
        shapes += words(_NAMES + wide + 6, y + 13, number(value, digits), color=INK)
    return _named(drawing(30 + len(rows) * _BAR, shapes, width=_WIDE), name)


def _named(svg: str, name: str) -> str:
    """Give a drawing its name, and let it shrink with the page."""
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
