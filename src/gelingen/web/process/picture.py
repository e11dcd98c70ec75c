"""The process as SVG over years: planned thin, as it was full, resting hatched, events as marks."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gelingen.documents.pictures.drawing import shortened
from gelingen.process.course import Mark, Row, Whole
from gelingen.terms.spelling import day, last_day
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest
from gelingen.web.pictures.bars import NAMES, ROW, TOP, WIDTH, Span, flags, years
from gelingen.web.process.sheet import NONE, when
from gelingen.web.records import record_url

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "Der Prozess über die Zeit"
TWIN = (Column("Was", wide=True), Column("Geplant"), Column("Wirklich"), Column("Ruht seit"))
_HATCH = (
    '<pattern id="muster-ruht" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="p-grund" width="6" height="6"/>'
    '<line class="v-strich" x1="1.5" y1="0" x2="1.5" y2="6"/></pattern>'
)
_TOLD = (
    "Für jede Phase oben ein schmaler Balken für die geplante Zeit, darunter ein voller für die "
    "wirkliche; wo sie ruht, ist er schraffiert. Rauten sind Ereignisse, leere sind geplant. "
    "Dieselben Angaben stehen in der Tabelle darunter."
)


def picture(request: StaffRequest, whole: Whole, on: date) -> SafeString:
    """Draw the process; every name leads to its phase."""
    span = Span(whole.starts, whole.ends)
    height = TOP + ROW * len(whole.rows) + 6
    shapes = years(span, height)
    for number, row in enumerate(whole.rows):
        shapes += _row(request, row, span, TOP + ROW * number)
    shapes += flags(span, on, None, height)
    # Every word is escaped where it is put in.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="group" aria-labelledby="pz-t pz-d">'
        f'<title id="pz-t">{TITLE}</title><desc id="pz-d">{_TOLD}</desc>'
        f"<defs>{_HATCH}</defs>{shapes}</svg>"
    )


def _row(request: StaffRequest, row: Row, span: Span, y: int) -> str:
    name = f'<text x="8" y="{y + 17}">{escape(shortened(row.name, NAMES - 28, 13))}</text>'
    if row.key:
        url = escape(record_url(request, "phase", row.key))
        name = f'<a href="{url}"><title>{escape(row.name)}</title>{name}</a>'
    shapes = f'<line class="gitter" x1="0" x2="{WIDTH}" y1="{y + ROW}" y2="{y + ROW}"/>{name}'
    if row.planned:
        shapes += _bar('class="v-plan"', row.planned, span, (y + 3, 4), "geplant")
    if row.actual:
        shapes += _bar('class="v-ist"', row.actual, span, (y + 10, 11), "wirklich")
    if row.rests:
        shapes += _bar(
            'class="v-ruht" fill="url(#muster-ruht)"', row.rests, span, (y + 10, 11), "ruht"
        )
    return shapes + "".join(_mark(one, span, y + 15) for one in row.marks)


def _bar(look: str, days: tuple[date, date], span: Span, place: tuple[int, int], word: str) -> str:
    left, right = span.x(days[0]), span.x(days[1])
    said = f"{word} {day(days[0])} bis {day(last_day(days[1]))}"
    top, high = place
    wide = max(round(right - left, 1), 1)
    return (
        f'<g><title>{escape(said)}</title><rect {look} x="{left}" y="{top}" '
        f'width="{wide}" height="{high}"/></g>'
    )


def _mark(one: Mark, span: Span, y: int) -> str:
    x = span.x(one.day)
    said = f"{one.title}, {'geplant: ' if one.planned else ''}{one.said}"
    look = "v-marke v-offen" if one.planned else "v-marke"
    return (
        f'<g><title>{escape(said)}</title><path class="{look}" d="M{x} {y - 6}l6 6-6 6-6-6z"/></g>'
    )


def twin(request: StaffRequest, whole: Whole) -> Listing:
    """Give the same as a table: phases, each with its events."""
    rows: list[Sequence[Cell | str]] = []
    for row in whole.rows:
        if row.key:
            rests = day(row.rests[0]) if row.rests else NONE
            url = record_url(request, "phase", row.key)
            planned, actual = (when(*days) for days in (row.meant, row.told))
            rows.append((Cell(row.name, url=url), planned, actual, rests))
        rows += [
            (
                Cell(one.title, below=row.name),
                one.said if one.planned else NONE,
                NONE if one.planned else one.said,
                NONE,
            )
            for one in row.marks
        ]
    return Listing("Zeitstrahl als Tabelle", TWIN, rows)
