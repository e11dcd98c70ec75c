"""The timeline: what runs when, with which money, and what is open until the horizon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gelingen.documents import numbers
from gelingen.documents.fonts import text_width
from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    BAND,
    FAINT,
    HAIR,
    INK,
    MISSING,
    MONEY,
    MUTED,
    PAPER,
    SMALL,
    Drawing,
    cut,
)

LINES = 34  # rows and group lines in one picture: what fits on a page
_LABELS, _TOP, _ROW = 232.0, 72.0, 22.0


class Money(StrEnum):
    """How sure money is, with the word that people read."""

    SECURED = "gesichert"
    APPLIED = "beantragt"
    PLANNED = "geplant"
    UNKNOWN = "unbekannt"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open time with one kind of money; an open end reaches beyond the picture."""

    starts: date | None
    ends: date | None
    money: Money


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A structure or measure with its times, in order."""

    label: str
    group: str
    spans: tuple[Span, ...]
    record: str = ""


def timeline(
    rows: Sequence[TimelineRow],
    *,
    title: str,
    on: date,
    horizon: date,
    sources: tuple[str, ...] = (),
) -> tuple[Picture, ...]:
    """Draw the rows as bars by year, in their order, as many pictures as they need.

    Args:
        rows: rows of a group stand together; a new group gets a line of its own.
        title: what the caption says.
        on: the day of the data, a solid line.
        horizon: the last day of the planning time, a dashed line.
        sources: what the data rest on.

    Returns:
        Pictures of at most 34 lines, each with its table twin; none without rows.

    """
    years = _years(rows, on, horizon)
    pages = _pages(rows)
    return tuple(
        _picture(page, _title(title, at, len(pages)), (on, horizon), years, sources)
        for at, page in enumerate(pages, start=1)
    )


def _title(title: str, at: int, of: int) -> str:
    return title if of == 1 else f"{title} ({at} von {of})"


def _pages(rows: Sequence[TimelineRow]) -> list[list[TimelineRow]]:
    pages: list[list[TimelineRow]] = []
    used, group = LINES, None
    for row in rows:
        needed = 2 if row.group and row.group != group else 1
        if used + needed > LINES:
            pages.append([])
            used, needed = 0, 2 if row.group else 1
        pages[-1].append(row)
        used, group = used + needed, row.group
    return pages


def _years(rows: Sequence[TimelineRow], on: date, horizon: date) -> tuple[int, int]:
    """Show from the year before the day, or the first start up to four years back."""
    starts = [span.starts.year for row in rows for span in row.spans if span.starts]
    first = max(min([*starts, on.year - 1]), on.year - 4)
    return first, max(horizon.year, on.year) + 1


class _Scale:
    def __init__(self, years: tuple[int, int], room: float) -> None:
        self.first, self.last = years
        self.left, self.room = _LABELS, room
        self.begin = date(self.first, 1, 1).toordinal()
        self.days = date(self.last + 1, 1, 1).toordinal() - self.begin

    def x(self, day: date) -> float:
        share = (day.toordinal() - self.begin) / self.days
        return self.left + self.room * min(max(share, 0.0), 1.0)


def _picture(
    rows: list[TimelineRow],
    title: str,
    days: tuple[date, date],
    years: tuple[int, int],
    sources: tuple[str, ...],
) -> Picture:
    on, horizon = days
    groups = sum(bool(row.group) and row.group != before for row, before in _with_before(rows))
    height = _TOP + _ROW * (len(rows) + groups) + 4
    drawing = Drawing(height)
    scale = _Scale(years, drawing.width - _LABELS - 6)
    _legend(drawing)
    _frame(drawing, scale, height)
    y = _TOP
    for row, before in _with_before(rows):
        if row.group and row.group != before:
            drawing.rect(0, y, drawing.width, _ROW, fill=BAND)
            drawing.text(6, y + 15, cut(row.group, 640, bold=True), bold=True)
            y += _ROW
        _row(drawing, scale, row, y, horizon)
        y += _ROW
    _days(drawing, scale, days, height)
    open_ = sum(_open_from(row, horizon) is not None for row in rows)
    alt = (
        f"Zeitstrahl mit {len(rows)} Zeilen von {years[0]} bis {years[1]}. Stand "
        f"{numbers.day(on)}, Horizont {numbers.day(horizon)}. Bei {open_} Zeilen ist bis zum "
        "Horizont kein Geld eingetragen. Die Werte stehen in der zugehörigen Tabelle."
    )
    records = tuple(row.record for row in rows if row.record)
    return Picture(drawing.svg(), title, alt, _twin(rows, title), records=records, sources=sources)


def _with_before(rows: list[TimelineRow]) -> list[tuple[TimelineRow, str]]:
    return list(zip(rows, ["", *(row.group for row in rows)], strict=False))


def _legend(drawing: Drawing) -> None:
    x = 6.0
    for money in Money:
        _bar(drawing, x, 6, 16, money)
        drawing.text(x + 21, 16, money, size=SMALL)
        x += 37 + text_width(money, SMALL)
    drawing.rect(x, 6, 3, 12, fill=MISSING)
    drawing.line(x + 5, 12, x + 18, 12, line=MISSING, thick=2, dashed="2 4")
    drawing.text(x + 23, 16, "offen: kein Geld eingetragen", size=SMALL)


def _frame(drawing: Drawing, scale: _Scale, height: float) -> None:
    for year in range(scale.first, scale.last + 1):
        x = scale.x(date(year, 1, 1))
        drawing.line(x, 48, x, height, line=FAINT)
        drawing.line(scale.x(date(year, 7, 1)), _TOP - 4, scale.x(date(year, 7, 1)), height, line=HAIR)
        drawing.text(x + 4, 64, str(year), bold=True)
    drawing.line(0, _TOP - 3, drawing.width, _TOP - 3, line=MUTED)


def _row(drawing: Drawing, scale: _Scale, row: TimelineRow, y: float, horizon: date) -> None:
    drawing.line(0, y + _ROW, drawing.width, y + _ROW, line=HAIR)
    drawing.text(6, y + 15, cut(row.label, _LABELS - 12))
    for span in row.spans:
        left = scale.x(span.starts) if span.starts else scale.left
        right = scale.x(span.ends) if span.ends else scale.left + scale.room
        if right > left:
            _bar(drawing, left, y + 5, right - left, span.money)
    opens = _open_from(row, horizon)
    if opens is not None:
        x, end = scale.x(opens), scale.x(horizon)
        drawing.rect(x, y + 2, 3, 18, fill=MISSING)
        drawing.line(x + 6, y + 11, end - 3, y + 11, line=MISSING, thick=2, dashed="2 4")
        words = f"offen ab {opens:%m/%Y}"
        if end - x > text_width(words, SMALL) + 14:
            drawing.text(x + 8, y + 15, words, size=SMALL, colour=MISSING, halo=True)
    if not row.spans:
        drawing.text(scale.left + 4, y + 15, "keine Laufzeit eingetragen", size=SMALL, colour=MUTED)


def _open_from(row: TimelineRow, horizon: date) -> date | None:
    """Give the day from which nothing is entered, if that is before the horizon."""
    ends = [span.ends for span in row.spans]
    last = None if None in ends else max((end for end in ends if end), default=None)
    return last if last and last <= horizon else None


def _bar(drawing: Drawing, x: float, y: float, width: float, money: Money) -> None:
    match money:
        case Money.SECURED:
            drawing.rect(x, y, width, 12, fill=MONEY)
        case Money.APPLIED:
            drawing.rect(x, y, width, 12, fill=drawing.pattern("stripes", MONEY), line=MONEY)
        case Money.PLANNED:
            drawing.rect(x, y, width, 12, fill=drawing.pattern("dots", MONEY), line=MONEY)
        case Money.UNKNOWN:
            drawing.rect(x, y, width, 12, fill=PAPER, line=MUTED, thick=1.4, dashed="5 3")
            drawing.text(x + width / 2, y + 10, "?", size=SMALL, colour=MUTED, anchor="middle")


def _days(drawing: Drawing, scale: _Scale, days: tuple[date, date], height: float) -> None:
    on, horizon = days
    for day, word, colour, dashed in (
        (on, "Stand", INK, ""),
        (horizon, "Horizont", MISSING, "6 3"),
    ):
        x = scale.x(day)
        words = f"{word} {numbers.day(day)}"
        wide = text_width(words, SMALL, bold=True) + 10
        left = min(max(x - wide / 2, scale.left), drawing.width - wide - 1)
        drawing.line(x, 46, x, height, line=colour, thick=2, dashed=dashed)
        drawing.rect(left, 28, wide, 18, fill=colour)
        middle = left + wide / 2
        drawing.text(middle, 41, words, size=SMALL, colour=PAPER, bold=True, anchor="middle")


def _twin(rows: list[TimelineRow], title: str) -> Table:
    return Table(
        title,
        ("Struktur", "Gruppe", "Geld"),
        tuple((row.label, row.group, _spans(row)) for row in rows),
        widths=(4, 3, 5),
        row_records=tuple((row.record,) if row.record else () for row in rows),
    )


def _spans(row: TimelineRow) -> str:
    words = [f"{span.money} {numbers.period(span.starts, span.ends)}" for span in row.spans]
    return "; ".join(words) or "keine Laufzeit eingetragen"
