"""Where the process stands, for whoever takes it over: as a page and as a paper."""

from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.utils.text import slugify

from gelingen.config.day import today
from gelingen.reports import public_process
from gelingen.reports.process import TITLE, Coming, Standing, standing_of, standing_paper
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import PaperFormat
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.editing.homes import home_of
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.process.sheet import (
    NONE,
    answer,
    event_listing,
    phase_listing,
    support_listing,
)
from gelingen.web.records import record_url
from gelingen.web.shell import Link

# Which version of the paper: "oeffentlich" for what everybody may read.
EDITION, PUBLIC = "fassung", "oeffentlich"
DECIDED = (Column("Gegenstand", wide=True), Column("Gremium"), Column("Tag"), Column("Ergebnis"))
OPEN = (Column("Was", wide=True), Column("Wer"), Column("Bis"), Column("Woher", wide=True))
DATES = (Column("Was", wide=True), Column("Tag"))


@staff
def standing(request: StaffRequest) -> HttpResponse:
    """Show where the process stands today."""
    on = today()
    found = standing_of(request.user, request.tenant, on=on)
    return page(
        request,
        "process/standing.html",
        title=TITLE,
        answer=f"Stand {day(on)}. {answer(found.course, on)}",
        found=found,
        phases=phase_listing(request, found.course.phases),
        decided=_decided(request, found),
        happened=event_listing(request, found.happened, may=False),
        rested=replace(
            event_listing(request, found.rested, may=False),
            caption="Unterbrechungen, die vorbei sind",
        ),
        open=_open(request, found),
        supports=support_listing(request, found.supports, may=False),
        undated=replace(
            support_listing(request, found.undated, may=False), caption="Ohne eingetragene Zeit"
        ),
        coming=Listing("Termine", DATES, [_coming(request, one) for one in found.coming]),
        papers=_papers(request, ""),
        public_papers=_papers(request, f"?{EDITION}={PUBLIC}"),
    )


def _papers(request: StaffRequest, query: str) -> list[Link]:
    return [
        Link(kind.label, address(request, "standing-paper", fmt=kind.value) + query)
        for kind in PaperFormat
    ]


@staff
def paper(request: StaffRequest, fmt: str) -> HttpResponse:
    """Hand out the same as a file, or the version that everybody may read."""
    require_format(fmt)
    if request.GET.get(EDITION) == PUBLIC:
        public = public_process.public_process_paper(request.tenant, on=today())
        name = f"prozess-oeffentlich-{today()}"
        return hand_out_paper(public, fmt, name=name)
    document = standing_paper(request.user, request.tenant, on=today())
    return hand_out_paper(document, fmt, name=f"{slugify(TITLE)}-{today()}")


def _decided(request: StaffRequest, found: Standing) -> Listing:
    rows: list[Row] = []
    for one in found.decided:
        met = one.meeting
        url = f"{address(request, 'minutes', record=met.key)}#punkt-{one.key}" if met else ""
        rows.append(
            (
                Cell(one.resolution or one.title, url=url),
                str(one.body),
                day(met.day) if met else NONE,
                one.get_result_display(),
            )
        )
    return Listing("Beschlüsse der letzten Sitzungen", DECIDED, rows)


def _open(request: StaffRequest, found: Standing) -> Listing:
    """List steps of phases and what meetings gave somebody to do, by day."""
    rows: list[tuple[date | None, str, Row]] = []
    for step in found.steps:
        row = (
            Cell(step.title, url=home_of(request, "step", step)),
            step.who or NONE,
            _until(step.due),
            step.where,
        )
        rows.append((step.due, step.key, row))
    for one in found.actions:
        home = f"{address(request, 'actions')}#auftrag-{one.key}"
        given = (Cell(one.text, url=home), one.who or NONE, _until(one.due), str(one.body))
        rows.append((one.due, one.key, given))
    rows.sort(key=lambda one: (one[0] or date.max, one[1]))
    return Listing("Was offen ist", OPEN, [row for _, _, row in rows])


def _until(due: date | None) -> str:
    return day(last_day(due)) if due else NONE


def _coming(request: StaffRequest, one: Coming) -> Row:
    kind, _, key = one.record.partition(":")
    return Cell(one.what, url=record_url(request, kind, key)), one.said
