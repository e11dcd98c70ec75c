"""Findings: the list, and one of them with its verdict."""

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.findings import queries
from gelingen.findings.commands import judge
from gelingen.findings.current import current
from gelingen.plan.queries import measures
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import FindingKind
from gelingen.topics.queries import topics
from gelingen.web.analysis.tabs import tabs
from gelingen.web.findings.forms import FindingsForm, VerdictForm
from gelingen.web.lists import Cell, Column, Listing, Row, chosen_order, chosen_page, in_order
from gelingen.web.pages import StaffRequest, address, attempt, done, page, staff
from gelingen.web.records import evidence

if TYPE_CHECKING:
    from gelingen.findings.models import Finding

PAGE_SIZE = 50
COLUMNS = (
    Column("Befund"),
    Column("Art", order="art"),
    Column("Themenfeld", order="thema", wide=True),
    Column("Seit", order="seit"),
    Column("Bewertung", order="bewertung"),
)


@staff
def findings(request: StaffRequest) -> HttpResponse:
    """List findings, the most weighty first."""
    form = FindingsForm(request, zustand=queries.OPEN)
    form.offer("thema", [(one.key, one.name) for one in topics(request.user, request.tenant)])
    state = form.text("zustand")
    found = queries.finding_lines(
        request.user,
        request.tenant,
        state=state,
        kind=form.text("art"),
        topic=form.text("thema"),
    )
    order = chosen_order(request, COLUMNS, default="")
    if order.name:
        found = in_order(
            found,
            order,
            {
                "art": lambda line: line.kind.label,
                "thema": lambda line: line.topic or "~",
                "seit": lambda line: line.first_seen,
                "bewertung": lambda line: line.decision.label if line.decision else "",
            },
        )
    leaf = chosen_page(request, found, size=PAGE_SIZE)
    last_run = queries.last_run(request.user, request.tenant)
    return page(
        request,
        "findings/findings.html#liste",
        filters=form,
        tabs=tabs(request, "findings"),
        listing=Listing("Die gewichtigsten zuerst", COLUMNS, [_row(request, one) for one in leaf]),
        order=order,
        leaf=leaf,
        last_run=last_run,
        answer=_answer(queries.counts(request.user, request.tenant), last_run),
    )


def _answer(counts: queries.Counts, last_run: date | None) -> str:
    if last_run is None:
        return "Noch wurde nichts ausgewertet."
    return (
        f"{counts.open} warten auf eine Bewertung, {counts.judged} sind bewertet, "
        f"{counts.resolved} erledigt. Ausgewertet am {day(last_run)}."
    )


def _row(request: StaffRequest, line: queries.FindingLine) -> Row:
    since = f"wieder seit {day(line.reappeared)}" if line.reappeared else day(line.first_seen)
    gone = f"bis {day(line.resolved)}" if line.resolved else ""
    return (
        Cell(line.sentence, url=address(request, "finding", record=line.pk)),
        line.kind.label,
        line.topic or "–",
        Cell(since, below=gone),
        line.decision.label if line.decision else "offen",
    )


@staff
def finding(request: StaffRequest, record: int) -> HttpResponse:
    """Show one finding with what it rests on, and take a verdict."""
    found = queries.get_finding(request.user, request.tenant, record)
    offered = list(measures(request.user, request.tenant))
    form = VerdictForm(request.POST or None, measures=offered)
    if request.method == "POST" and attempt(
        form, judge, actor=request.user, finding=found, on=today()
    ):
        name = found.sentence if len(found.sentence) < 90 else f"{found.sentence[:88]}…"  # noqa: PLR2004
        return done(request, f"Bewertung gespeichert: {name}", to="finding", record=record)
    known = current(request.user, request.tenant)
    return page(
        request,
        "findings/finding.html",
        form=form,
        finding=found,
        kind=FindingKind.of(found.kind),
        sheet=queries.finding_sheet(request.user, found),
        evidence=evidence(request, known, found.evidence),
        field=_field(request, found),
        may_judge=allowed_in(request.user, May.JUDGE, request.tenant),
        url=address(request, "finding", record=record),
    )


def _field(request: StaffRequest, found: "Finding") -> str:
    """Address of the field of the matrix that a gap lies in; empty for other findings."""
    row, topic = found.values.get("target_group"), found.values.get("topic")
    if found.kind != FindingKind.GAP or not row or not topic:
        return ""
    return f"{address(request, 'matrix')}?{urlencode({'zeile': row, 'thema': topic})}"
