"""Structures and their money over time, one bar each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

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
    wrapped,
)
from gelingen.terms.spelling import day, last_day, period

HIGHEST = 320  # pixels of rows in one picture: two pictures fit a page
_LINE, _GAP, _TOP, _NAMES = 13, 6, 44, 228
_RIGHT = WIDTH - 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a structure works; `state` says how sure its money is then.

    Attributes:
        starts: first day; None: before the picture begins.
        ends: first day after; None: beyond its end.
        state: secured, applied, planned, unknown, open or standing.

    """

    starts: date | None
    ends: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A structure on the timeline; `ends` marks its known last day, if it has one."""

    name: str
    stretches: tuple[Stretch, ...]
    ends: date | None = None
    records: tuple[str, ...] = ()


def timeline(  # noqa: PLR0913  (what a timeline shows)
    bars: Sequence[Bar], *, starts: date, ends: date, on: date, horizon: date, title: str
) -> tuple[Picture, ...]:
    """Draw bars over time; more than fill half a page are split evenly.

    Args:
        bars: from top to bottom.
        starts: first day of the picture.
        ends: first day after it.
        on: today, a solid line.
        horizon: first day after the planning horizon, a dashed line at its last day.
        title: what the caption says.

    """
    parts = _parts(bars)
    return tuple(
        _picture(
            part,
            _Scale(starts, ends),
            on,
            horizon,
            f"{title} (Teil {number} von {len(parts)})" if len(parts) > 1 else title,
        )
        for number, part in enumerate(parts, start=1)
    )


def _parts(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Share the bars out to as few pictures as hold them, all about equally high."""
    whole = sum(_high(bar) for bar in bars)
    share = whole / ceil(whole / HIGHEST) if bars else 1
    parts: list[list[Bar]] = []
    above = 0
    for bar in bars:
        if above >= share * len(parts):
            parts.append([])
        parts[-1].append(bar)
        above += _high(bar)
    return parts


def _name(bar: Bar) -> list[str]:
    return wrapped(bar.name, _NAMES - 10, SMALL, most=3)


def _high(bar: Bar) -> int:
    return _LINE * max(len(_name(bar)), 1) + _GAP


@dataclass(frozen=True, slots=True)
class _Scale:
    starts: date
    ends: date

    def x(self, value: date | None, otherwise: date) -> float:
        """Place a day; days outside stand at the edge."""
        at = min(max(value or otherwise, self.starts), self.ends)
        share = (at - self.starts).days / (self.ends - self.starts).days
        return _NAMES + share * (_RIGHT - _NAMES)


def _picture(bars: Sequence[Bar], scale: _Scale, on: date, horizon: date, title: str) -> Picture:
    height = _TOP + sum(_high(bar) for bar in bars) + 34
    shapes = _years(scale, height - 30)
    y = _TOP
    for bar in bars:
        shapes += _row(bar, scale, y)
        y += _high(bar)
    shapes += _mark(scale.x(on, on), height, f"Stand {day(on)}", INK, "")
    shapes += _mark(
        scale.x(horizon, horizon), height, f"Horizont {day(last_day(horizon))}", MISSING, "6 3"
    )
    states = [
        state for state in WORDS if any(s.state == state for bar in bars for s in bar.stretches)
    ]
    shapes += legend(8, height - 8, states)
    return Picture(
        drawing(height, shapes),
        title,
        f"{len(bars)} Strukturen als Balken von {scale.starts.year} "
        f"bis {last_day(scale.ends).year}; "
        f"die Füllung zeigt, wie sicher das Geld ist. Stand {day(on)}.",
        table=_table(bars, title),
        records=tuple(dict.fromkeys(key for bar in bars for key in bar.records)),
    )


def _years(scale: _Scale, bottom: float) -> str:
    shapes = ""
    for year in range(scale.starts.year, scale.ends.year + 1):
        first = date(year, 1, 1)
        if scale.starts <= first < scale.ends:
            x = scale.x(first, first)
            shapes += line(x, _TOP - 6, x, bottom, color=LINE)
            shapes += words(x + 3, _TOP - 10, str(year), size=SMALL, color=MUTED)
    return shapes


def _row(bar: Bar, scale: _Scale, y: float) -> str:
    shapes = "".join(
        words(4, y + 11 + _LINE * at, text, size=SMALL) for at, text in enumerate(_name(bar))
    )
    middle = y + 7 + (_high(bar) - _LINE - _GAP) / 2
    for stretch in bar.stretches:
        left = scale.x(stretch.starts, scale.starts)
        right = scale.x(stretch.ends, scale.ends)
        if right > left:
            shapes += box(left, middle - 6, right - left, 12, stretch.state)
    if bar.ends and scale.starts < bar.ends <= scale.ends:
        x = scale.x(bar.ends, bar.ends)
        shapes += line(x, middle - 8, x, middle + 8, color=MISSING, width=3)
    return shapes


def _mark(x: float, height: float, text: str, color: str, dash: str) -> str:
    """Draw a line for a day, with a gap where the years stand."""
    anchor = "end" if x > WIDTH * 0.75 else "start"
    return (
        line(x, 17, x, 22, color=color, width=2)
        + line(x, _TOP - 6, x, height - 30, color=color, width=2, dash=dash)
        + words(x, 13, text, size=SMALL, color=color, anchor=anchor, bold=True)
    )


def _table(bars: Sequence[Bar], title: str) -> Table:
    rows = tuple(
        (bar.name, period(stretch.starts, stretch.ends), WORDS[stretch.state])
        for bar in bars
        for stretch in bar.stretches or (Stretch(None, None, "unknown"),)
    )
    records = tuple(bar.records for bar in bars for _ in bar.stretches or (None,))
    return Table(
        title, ("Struktur", "Zeitraum", "Geld"), rows, widths=(5, 3, 2), row_records=records
    )


def whole_years(first: date, last: date) -> tuple[date, date]:
    """Widen a time to whole years: a picture begins and ends with a year."""
    end = last - timedelta(days=1)
    return date(first.year, 1, 1), date(end.year + 1, 1, 1)
