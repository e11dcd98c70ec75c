"""Findings: the list, and one of them with its verdict."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.template.backends.utils import csrf_input
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gelingen.access.policy import May, allowed_in, ever_allowed
from gelingen.config.day import today
from gelingen.findings import queries
from gelingen.findings.commands import judge
from gelingen.findings.current import Current, current
from gelingen.history.recording import new_batch
from gelingen.plan.queries import measures
from gelingen.register.received import is_cited
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Decision, FindingKind
from gelingen.topics.queries import topics
from gelingen.web.findings.forms import BY_CAUSE, FindingsForm, VerdictForm, own_function
from gelingen.web.findings.lines import Section, one_list, sections_by_cause
from gelingen.web.findings.running import run_of
from gelingen.web.findings.tabs import tabs
from gelingen.web.lists import chosen_page
from gelingen.web.pages import StaffRequest, address, attempt, came_from, page, staff, tell
from gelingen.web.records import evidence

if TYPE_CHECKING:
    from gelingen.findings.models import Finding

PAGE_SIZE = 50
LONGEST = 90


@staff
def findings(request: StaffRequest) -> HttpResponse:
    """List findings, the most weighty first or by cause; each is judged where it stands."""
    form = FindingsForm(request, zustand=queries.OPEN, gruppe="einzeln")
    known = current(request.user, request.tenant)
    asked = (request.user, request.tenant)
    named = known.keep("topics", lambda: [(one.key, one.name) for one in topics(*asked)])
    form.offer("thema", named)
    found = _found(request, known, form)
    last_run = known.keep("last run", lambda: queries.last_run(*asked))
    leaf = chosen_page(request, found, size=PAGE_SIZE)
    sections: list[Section] = []
    if form.text("gruppe") == BY_CAUSE:
        sections = sections_by_cause(request, known, found)
    elif leaf:
        sections = one_list(request, list(leaf))
    return page(
        request,
        "findings/findings.html#liste",
        filters=form,
        tabs=tabs(request, "findings"),
        sections=sections,
        leaf=leaf if form.text("gruppe") != BY_CAUSE else None,
        run=run_of(request),
        may_judge=allowed_in(request.user, May.JUDGE, request.tenant),
        last_run=last_run,
        here=request.get_full_path(),
        options=_options(),
        token=csrf_input(request),
        by_function=own_function(request),
        answer=_answer(known.keep("counts", lambda: queries.counts(*asked)), last_run),
    )


def _found(request: StaffRequest, known: Current, form: FindingsForm) -> list[queries.FindingLine]:
    """List the findings that the form asks for; those of all kinds and topics are kept."""
    state, kind, topic = form.text("zustand"), form.text("art"), form.text("thema")
    read = partial(queries.finding_lines, request.user, request.tenant, state=state)
    if kind or topic:
        return read(kind=kind, topic=topic)
    return known.keep(f"findings {state}", read)


def _options() -> SafeString:
    """Write once what every row of the list offers; solving has its own page."""
    return format_html_join(
        "",
        '<option value="{}">{}</option>',
        [
            ("", "bitte wählen"),
            *((one.value, one.label) for one in Decision if one is not Decision.TO_SOLVE),
        ],
    )


def _answer(counts: queries.Counts, last_run: date | None) -> str:
    if last_run is None:
        return "Noch wurde nichts ausgewertet."
    return (
        f"{counts.open} warten auf eine Bewertung, {counts.judged} sind bewertet, "
        f"{counts.resolved} erledigt. Ausgewertet am {day(last_run)}."
    )


@staff
def finding(request: StaffRequest, record: int) -> HttpResponse:
    """Show one finding with what it rests on, and take a verdict."""
    found = queries.get_finding(request.user, request.tenant, record)
    form = VerdictForm(
        request.POST or None,
        measures=list(measures(request.user, request.tenant)),
        initial={"by_function": own_function(request)},
    )
    here = address(request, "finding", record=record)
    batch = new_batch()
    if request.method == "POST" and attempt(
        form, judge, actor=request.user, finding=found, on=today(), batch=batch
    ):
        tell(request, f"Bewertung gespeichert: {_short(found.sentence)}", undo=batch)
        return HttpResponseRedirect(came_from(request, here))
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
        merge=_merge(request, found),
        may_judge=allowed_in(request.user, May.JUDGE, request.tenant),
        url=here,
        back=came_from(request, ""),
    )


def _short(sentence: str) -> str:
    return sentence if len(sentence) < LONGEST else f"{sentence[: LONGEST - 2]}…"


def _merge(request: StaffRequest, found: "Finding") -> str:
    """Address where two structures that do the same become one; empty for other findings."""
    alike = found.kind in (FindingKind.OVERLAP, FindingKind.DUPLICATE)
    keys = [one.partition(":")[2] for one in found.evidence if one.startswith("structure:")]
    may = ever_allowed(request.user, May.EDIT_REGISTER, request.tenant)
    if not alike or not may or found.resolved or len(keys) != 2:  # noqa: PLR2004 - of two, one
        return ""
    if any(map(is_cited, keys)):  # what another tenant keeps stays there
        return ""
    return f"{address(request, 'merge-pair')}?{urlencode({'a': keys[0], 'b': keys[1]})}"


def _field(request: StaffRequest, found: "Finding") -> str:
    """Address of the field of the matrix that a gap lies in; empty for other findings."""
    row, column = found.values.get("target_group"), found.values.get("topic")
    if found.kind != FindingKind.GAP or not row or not column:
        return ""
    return f"{address(request, 'matrix')}?{urlencode({'zeile': row, 'spalte': column})}"
