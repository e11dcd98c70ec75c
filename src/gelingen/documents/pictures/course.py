"""A process over time: planned thin, as it was full, resting hatched, events as marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    INFO,
    INK,
    LINE,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    drawing,
    line,
    shortened,
    words,
)
from gelingen.terms.spelling import day

_TOP, _ROW, _NAMES = 44, 24, 228
_RIGHT = WIDTH - 8
Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Track:
    """A phase: half-open periods, and events with whether they are only planned.

    `rests` lies at the end of `actual`.
    """

    name: str
    planned: Period | None
    actual: Period | None
    rests: Period | None
    marks: tuple[tuple[date, bool], ...]


def course_picture(
    tracks: Sequence[Track], span: Period, *, on: date, title: str, table: Table
) -> Picture:
    """Draw a process.

    Args:
        tracks: phases from top to bottom.
        span: whole years that the picture shows, half-open.
        on: today, a solid line.
        title: what the caption says.
        table: the same as a table.

    """
    height = _TOP + _ROW * len(tracks) + 8
    shapes = ""
    for year in range(span[0].year, span[1].year):
        x = _x(date(year, 1, 1), span)
        shapes += line(x, _TOP - 6, x, height - 6, color=LINE)
        shapes += words(x + 3, _TOP - 10, str(year), size=SMALL, color=MUTED)
    for number, track in enumerate(tracks):
        shapes += _track(track, span, _TOP + _ROW * number)
    x = _x(on, span)
    anchor = "end" if x > WIDTH * 0.75 else "start"
    shapes += line(x, 17, x, height - 6, color=INK, width=2)
    shapes += words(x, 13, f"Stand {day(on)}", size=SMALL, anchor=anchor, bold=True)
    return Picture(
        drawing(height, shapes),
        title,
        f"{len(tracks)} Zeilen von {span[0].year} bis {span[1].year - 1}: schmal geplant, voll wie "
        f"es war, in Streifen ruhend; Rauten sind Ereignisse, leere geplant. Stand {day(on)}.",
        table=table,
        records=tuple(key for keys in table.row_records for key in keys),
    )


def _x(at: date, span: Period) -> float:
    inside = min(max(at, span[0]), span[1])
    return _NAMES + (inside - span[0]).days / (span[1] - span[0]).days * (_RIGHT - _NAMES)


def _track(track: Track, span: Period, y: int) -> str:
    shapes = words(4, y + 15, shortened(track.name, _NAMES - 10, SMALL), size=SMALL)
    if track.planned:
        shapes += _bar(track.planned, span, (y + 3, 4), PAPER)
    if track.actual:
        shapes += _bar(track.actual, span, (y + 9, 11), INFO)
    if track.rests:
        shapes += _bar(track.rests, span, (y + 9, 11), PAPER)
        left, right = (_x(at, span) for at in track.rests)
        at = left + 3
        while at < right:
            shapes += line(at, y + 9, at, y + 20, color=MUTED, width=1.4)
            at += 4
    for at_day, planned in track.marks:
        x = _x(at_day, span)
        fill = PAPER if planned else INK
        shapes += (
            f'<path d="M{x:.1f} {y + 9}l5.5 5.5-5.5 5.5-5.5-5.5z" fill="{fill}" '
            f'stroke="{INK}" stroke-width="1"/>'
        )
    return shapes


def _bar(days: Period, span: Period, place: tuple[int, int], fill: str) -> str:
    left, right = (_x(at, span) for at in days)
    return (
        f'<rect x="{left:.1f}" y="{place[0]}" width="{max(right - left, 1):.1f}" '
        f'height="{place[1]}" fill="{fill}" stroke="{MUTED}" stroke-width="1"/>'
    )
