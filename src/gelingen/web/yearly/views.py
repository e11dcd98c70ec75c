"""Reports on the plan: the list, one with what it still lacks, its preview."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from gelingen.access.policy import May, allowed_in
from gelingen.boards.meetings import led
from gelingen.config.day import today
from gelingen.documents import Heading, html_fragment
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.places.queries import municipalities
from gelingen.plan.queries import plans
from gelingen.reports.yearly import chapters_of, programmes, read_told, year_report
from gelingen.reports.yearly.saying import span
from gelingen.terms.spelling import day
from gelingen.terms.yearly import ReportState
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.progress.tabs import tabs
from gelingen.web.shell import Link
from gelingen.web.yearly.showing import where_out
from gelingen.yearly import queries
from gelingen.yearly.subjects import Year, missing

if TYPE_CHECKING:
    from gelingen.reports.yearly import Told
    from gelingen.yearly.models import YearReport

_LIST = (Column("Bericht", wide=True), Column("Zeitraum"), Column("Art"), Column("Stand"))
_CHAPTERS = (Column("Kapitel", wide=True), Column("Eigene Worte"))


@staff
def reports(request: StaffRequest) -> HttpResponse:
    """List the reports that the person may see, the latest period first."""
    found = list(queries.reports(request.user, request.tenant))
    rows = [_row(request, one) for one in found]
    may = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    return page(
        request,
        "yearly/reports.html",
        tabs=tabs(request, "year-reports"),
        listing=Listing("Berichte", _LIST, rows),
        any=bool(found),
        may_write=may,
        plan=plans(request.user, request.tenant).first() if may else None,
        answer=_list_answer(found),
    )


def _list_answer(found: "list[YearReport]") -> str:
    released = [one for one in found if one.released]
    if not released:
        return "Noch ist kein Bericht freigegeben." if found else ""
    return f"Zuletzt freigegeben: {released[0].title}, am {day(released[0].released)}."


def _row(request: StaffRequest, one: "YearReport") -> Row:
    when = f"am {day(one.released)}" if one.released else ""
    return (
        Cell(one.title, url=address(request, "year-report", record=one.key)),
        span(one),
        one.get_kind_display(),
        Cell(one.get_state_display(), below=when),
    )


@staff
def report(request: StaffRequest, record: str) -> HttpResponse:
    """Show one report: what it still lacks, its chapters, its files."""
    found = queries.get_report(request.user, request.tenant, record)
    draft = found.state == ReportState.DRAFT
    may = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    told = read_told(request.user, found, on=today())
    lacks = missing(told.year) if draft else []
    parts = [found, *queries.texts_of(found).values(), *queries.conclusions_of(found).values()]
    return page(
        request,
        "yearly/report.html",
        report=found,
        title=found.title,
        draft=draft,
        may_edit=may and draft,
        may_see=may,
        answer=_answer(found, told.year, lacks),
        lacks=lacks,
        counts=_counts(told.year),
        chapters=_chapters(request, told, may_write=may and draft),
        files=queries.files_of(found),
        places=list(municipalities(request.user, request.tenant)),
        programmes=programmes(told),
        may_paper=may and not draft and bool(led(request.user, request.tenant)),
        out="" if draft else where_out(found),
        facts=_facts(found),
        part_of=subject_of(found),
        history=events_of(request.tenant.pk, [subject_of(one) for one in parts]) if may else [],
        may_undo=may and draft,
    )


def _answer(report: "YearReport", year: Year, lacks: list[str]) -> str:
    if report.released:
        return f"Freigegeben am {day(report.released)}; er ändert sich nicht mehr."
    if not lacks:
        return "Entwurf. Alle Folgerungen stehen; er kann freigegeben werden."
    done = sum(one.settled for one in year.subjects)
    return f"Entwurf. {done} von {len(year.subjects)} Folgerungen stehen."


def _counts(year: Year) -> list[tuple[str, str]]:
    """Say how many conclusions stand, goals and measures apart."""
    found = []
    for goal, label in ((True, "Wirkungsziele"), (False, "Maßnahmen")):
        own = [one for one in year.subjects if one.goal is goal]
        if own:
            found.append((label, f"{sum(one.settled for one in own)} von {len(own)}"))
    return found


def _chapters(request: StaffRequest, told: "Told", *, may_write: bool) -> Listing:
    key = told.report.key
    rows: list[Row] = []
    for one in chapters_of(told.report.kind):
        words = len(told.texts.get(one.value, "").split())
        said = f"{words} Wörter" if words else "keine"
        url = f"{address(request, 'report-text', record=key)}?kapitel={one.value}"
        rows.append((Cell(one.label, url=url if may_write else ""), said))
    return Listing("Kapitel in der Reihenfolge des Berichts", _CHAPTERS, rows)


def _facts(report: "YearReport") -> list[tuple[str, str]]:
    told = [
        ("Art", str(report.get_kind_display())),
        ("Zeitraum", span(report)),
        ("Plan", str(report.plan)),
        ("Freigegeben", f"{day(report.released)}, {report.released_by}" if report.released else ""),
    ]
    return [(name, value) for name, value in told if value]


@staff
def preview(request: StaffRequest, record: str) -> HttpResponse:
    """Show a draft as it would be written now; what is released is had as its file."""
    found = queries.get_report(request.user, request.tenant, record)
    if found.state == ReportState.RELEASED:
        return HttpResponseRedirect(address(request, "year-report", record=record))
    paper = year_report(read_told(request.user, found, on=today()))
    return page(
        request,
        "yearly/preview.html",
        report=found,
        paper=paper,
        body=mark_safe(html_fragment(paper)),  # noqa: S308 - our own writer, which escapes all text
        contents=[
            Link(block.text, f"#k-{block.key}")
            for block in paper.blocks
            if isinstance(block, Heading) and block.level == 1 and block.key
        ],
        answer=f"So würde er heute geschrieben: Stand {day(today())}.",
    )
