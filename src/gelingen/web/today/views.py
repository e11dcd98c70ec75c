"""The first page: what ends, what is open, what is new."""

from calendar import monthrange
from collections import Counter
from datetime import date

import polars as pl
from django.http import HttpRequest, HttpResponse

from gelingen.config.day import today as the_day
from gelingen.findings import queries
from gelingen.findings.current import Current, current
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import FindingKind
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.records import record_url
from gelingen.web.shell import Link
from gelingen.web.words import spelled
from gelingen.wording.continuity import say_loss

MONTHS_AHEAD = 18
ENDING, OPEN, NEW = 10, 8, 8


def ahead(on: date, months: int) -> date:
    """Go so many months ahead; the last day of the month where the day does not exist."""
    years, month = divmod(on.month - 1 + months, 12)
    longest = monthrange(on.year + years, month + 1)[1]
    return date(on.year + years, month + 1, min(on.day, longest))


@staff
def today(request: StaffRequest) -> HttpResponse:
    """Show what waits for the person."""
    on = the_day()
    ends = ahead(on, MONTHS_AHEAD)
    known = current(request.user, request.tenant)
    ending = known.losses(on, ends=ends).frame
    newest = queries.newest_lines(request.user, request.tenant)
    counts = queries.counts(request.user, request.tenant)
    empty = not known.inputs.inventory.structures.frame.height
    last_run = queries.last_run(request.user, request.tenant)
    return page(
        request,
        "today/today.html",
        answer="" if empty else _answer(ending.height, counts.open, ends),
        empty=empty,
        losses=_losses(request, known, ending.head(ENDING)),
        more_losses=max(ending.height - ENDING, 0),
        until=last_day(ends),
        counts=counts,
        open=queries.finding_lines(request.user, request.tenant)[:OPEN],
        newest=newest[:NEW],
        kinds=_kinds(newest) if len(newest) > NEW else [],
        last_run=last_run,
    )


def _kinds(lines: list[queries.FindingLine]) -> list[tuple[FindingKind, int]]:
    """Count findings by kind, the most frequent first."""
    return Counter(line.kind for line in lines).most_common()


def _losses(
    request: HttpRequest, known: Current, ending: pl.DataFrame
) -> list[tuple[Link, str, date]]:
    """Give what ends or loses money: the way to it, the sentence, the last day."""
    return [
        (
            Link(known.name(row["structure"]), record_url(request, "structure", row["structure"])),
            say_loss(row, known.inputs.names),
            last_day(row["day"]),
        )
        for row in ending.iter_rows(named=True)
    ]


def _answer(losses: int, open_: int, ends: date) -> str:
    found = "Befund ist" if open_ == 1 else "Befunde sind"
    verb = "endet" if losses == 1 else "enden"
    what = "Struktur oder Finanzierung" if losses == 1 else "Strukturen oder Finanzierungen"
    return (
        f"{spelled(losses).capitalize()} {what} {verb} bis zum {day(last_day(ends))}, "
        f"{spelled(open_)} {found} offen."
    )
