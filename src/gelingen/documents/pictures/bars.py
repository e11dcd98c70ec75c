"""Bars by year or month: stacked by how sure the money is, or in panels below each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from gelingen.documents.fonts import text_width
from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    INK,
    LINE,
    MISSING,
    MUTED,
    SMALL,
    WIDTH,
    WORDS,
    box,
    drawing,
    legend,
    line,
    words,
)
from gelingen.terms.spelling import number

_LEFT, _RIGHT, _PANEL = 78, WIDTH - 8, 150
_LINES = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One part of the stacked bars: a state of money and a value for each label."""

    state: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one kind: what they count, in which unit, a value for each label."""

    name: str
    unit: str
    values: tuple[float, ...]
    digits: int = 0


def stacked(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    unit: str,
    records: tuple[str, ...] = (),
) -> Picture:
    """Draw bars whose parts stand upon each other.

    Args:
        labels: below the bars, for example years.
        series: from bottom to top.
        title: what the caption says.
        unit: what is counted.
        records: keys of the records behind it.

    """
    totals = [sum(part.values[at] for part in series) for at in range(len(labels))]
    high = 190
    scale = _Scale(max(totals, default=0), 30, high)
    shapes = scale.grid(unit, 0) + _labels(labels, 30 + high + 15)
    for at in range(len(labels)):
        base = 0.0
        for part in series:
            if value := part.values[at]:
                top = scale.y(base + value)
                shapes += box(_x(at, labels), top, _wide(labels), scale.y(base) - top, part.state)
            base += value
    shapes += legend(_LEFT, 30 + high + 42, [part.state for part in series])
    rows = tuple(
        (label, *(number(part.values[at]) for part in series), number(totals[at]))
        for at, label in enumerate(labels)
    )
    heads = ("", *(WORDS[part.state] for part in series), "zusammen")
    return Picture(
        drawing(30 + high + 54, shapes),
        title,
        f"Säulen von {labels[0] if labels else ''} bis {labels[-1] if labels else ''} in {unit}, "
        "geteilt danach, wie sicher das Geld ist.",
        table=Table(f"{title}, in {unit}", heads, rows, align="l" + "r" * (len(series) + 1),
                    records=records, frame=not records),
        records=records,
    )  # fmt: skip


def panels(
    labels: Sequence[str],
    shown: Sequence[Panel],
    *,
    title: str,
    records: tuple[str, ...] = (),
) -> Picture:
    """Draw one row of bars for each panel, below each other with the same labels.

    Args:
        labels: below the bars, for example years.
        shown: the panels from top to bottom.
        title: what the caption says.
        records: keys of the records behind it.

    """
    shapes = ""
    for place, panel in enumerate(shown):
        top = 30 + place * (_PANEL + 44)
        scale = _Scale(max(panel.values, default=0), top, _PANEL - 30)
        shapes += scale.grid(f"{panel.name} ({panel.unit})", panel.digits)
        for at, value in enumerate(panel.values):
            if value:
                x, y = _x(at, labels), scale.y(value)
                shapes += box(x, y, _wide(labels), scale.y(0) - y, "open")
                shapes += words(
                    x + _wide(labels) / 2, y - 4, number(value, panel.digits), size=SMALL,
                    color=MISSING, anchor="middle",
                )  # fmt: skip
        shapes += _labels(labels, top + _PANEL - 30 + 15)
    rows = tuple(
        (label, *(number(panel.values[at], panel.digits) for panel in shown))
        for at, label in enumerate(labels)
    )
    heads = ("", *(f"{panel.name} ({panel.unit})" for panel in shown))
    return Picture(
        drawing(30 + len(shown) * (_PANEL + 44) - 20, shapes),
        title,
        "Säulen je Zeitabschnitt: " + ", ".join(f"{p.name} in {p.unit}" for p in shown) + ".",
        table=Table(title, heads, rows, align="l" + "r" * len(shown), records=records,
                    frame=not records),
        records=records,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    largest: float
    top: float
    high: float

    @property
    def step(self) -> float:
        """A round step that divides the height into about four."""
        rough = (self.largest or 1) / _LINES
        power = 10.0 ** floor(log10(rough))
        return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)

    @property
    def end(self) -> float:
        """The value at the top: a whole number of steps."""
        return self.step * max(ceil((self.largest or 1) / self.step), 1)

    def y(self, value: float) -> float:
        """Place a value."""
        return self.top + self.high * (1 - value / self.end)

    def grid(self, name: str, digits: int) -> str:
        """Draw the lines with their values, and the name above."""
        fine = digits if self.step >= 1 else max(digits, 2)
        shapes = words(4, self.top - 16, name, size=SMALL, bold=True)
        for at in range(round(self.end / self.step) + 1):
            value = at * self.step
            y = self.y(value)
            shapes += line(_LEFT, y, _RIGHT, y, color=INK if at == 0 else LINE)
            shapes += words(
                _LEFT - 6, y + 4, number(value, fine), size=SMALL, color=MUTED, anchor="end"
            )
        return shapes


def _slot(labels: Sequence[str]) -> float:
    return (_RIGHT - _LEFT) / max(len(labels), 1)


def _wide(labels: Sequence[str]) -> float:
    return min(_slot(labels) * 0.68, 64)


def _x(at: int, labels: Sequence[str]) -> float:
    return _LEFT + at * _slot(labels) + (_slot(labels) - _wide(labels)) / 2


def _labels(labels: Sequence[str], y: float) -> str:
    """Write the labels; where they would touch each other, only every second, third and so on."""
    middle = _wide(labels) / 2
    widest = max((text_width(label, SMALL) for label in labels), default=0)
    step = ceil((widest + 4) / _slot(labels))
    return "".join(
        words(_x(at, labels) + middle, y, label, size=SMALL, anchor="middle")
        for at, label in enumerate(labels)
        if at % step == 0
    )
