"""The plan: its outline, and needs, goals and measures one by one."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.editing import may_change
from gelingen.findings.current import current
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.papers.queries import about_measure
from gelingen.plan.hints import SaidGoal, goal_hints
from gelingen.plan.outline import find
from gelingen.proposals.queries import about
from gelingen.terms.spelling import day, last_day, period
from gelingen.web.editing.saving import part_of
from gelingen.web.needs.sheet import need_sheet
from gelingen.web.pages import StaffRequest, address, page, staff, tell
from gelingen.web.plan import sheets
from gelingen.web.plan.lines import (
    TOPIC,
    head,
    known_outline,
    on_page,
    outline_rows,
    summary,
)
from gelingen.web.plan.questions import hints_of
from gelingen.web.plan.sections import section_kind, sections
from gelingen.web.plan.tabs import tabs
from gelingen.web.records import findings_on
from gelingen.web.register.sheets import provenance, stated

if TYPE_CHECKING:
    from gelingen.access.record import Record


@staff
def plan(request: StaffRequest) -> HttpResponse:
    """Show the plan as outline: needs, goals and measures by topic."""
    known = known_outline(request, current(request.user, request.tenant))
    hint, cross = request.GET.get("nur", ""), request.GET.get("querschnitt", "")
    blocks = outline_rows(request, known, on=today(), cross=cross)
    found = [block for block in (one.only(hint) for one in blocks) if block.lines]
    return page(
        request,
        "plan/plan.html",
        outline=known,
        periods=[f"{one.name} ({period(one.starts, one.ends)})" for one in known.periods],
        topics=found,
        blocks=on_page(found, request.GET.get(TOPIC, "")),
        answer=summary(known),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
        tabs=tabs(request, "plan"),
        nur=hint,
        cross_key=cross,
        ticks=any(line.ticked for block in found for line in block.lines),
        cross=next((one.name for one in known.topics if one.key == cross), ""),
        **head(blocks),
    )


def _about(request: StaffRequest, one: "Record", may: May) -> dict[str, object]:
    """Give what the page of every record shows: its changes, and whether they may be undone."""
    may_edit = allowed_in(request.user, may, request.tenant) or may_change(request.user, one)
    history = events_of(request.tenant.pk, [subject_of(one)])
    return {"may_edit": may_edit, "may_undo": may_edit, "history": history}


@staff
def need(request: StaffRequest, record: str) -> HttpResponse:
    """Show one need with who voiced it, and what answers it."""
    analysed = current(request.user, request.tenant)
    known = known_outline(request, analysed)
    one = find(known.needs, record, otherwise="Diesen Bedarf gibt es nicht.")
    answering = known.answering(one)
    return page(
        request,
        "plan/need.html",
        need=one,
        view=sheets.need_view(one),
        evidence=sheets.need_evidence(one),
        coverage=sheets.coverage_of_need(analysed, one, on=today()),
        goals=known.goals_of(one),
        measures=list(dict.fromkeys([*known.measures_of(one), *answering])),
        findings=findings_on(request, analysed, f"need:{record}"),
        proposals=about(request.user, request.tenant, need__key=record),
        **need_sheet(request, one, known.needs, planned=len(answering), on=today()),
        **_about(request, one, May.EDIT_NEEDS),
    )


@staff
def goal(request: StaffRequest, record: str) -> HttpResponse:
    """Show one impact goal with the needs it answers and the measures that serve it."""
    known = known_outline(request, current(request.user, request.tenant))
    one = find(known.goals, record, otherwise="Dieses Wirkungsziel gibt es nicht.")
    needs, measures = known.named(one, "needs"), known.measures_of(one)
    said = SaidGoal(one.title, one.stair, one.indicator, len(needs), len(measures))
    return page(
        request,
        "plan/goal.html",
        goal=one,
        needs=needs,
        measures=measures,
        view=sheets.goal_view(one),
        hints=goal_hints(said),
        **_about(request, one, May.EDIT_PLAN),
    )


@staff
def measure(request: StaffRequest, record: str) -> HttpResponse:
    """Show one measure, section by section."""
    return page(request, "plan/measure.html", **_measure(request, record))


def _measure(request: StaffRequest, record: str) -> dict[str, object]:
    """Gather what the page of a measure shows."""
    analysed = current(request.user, request.tenant)
    known = known_outline(request, analysed)
    one = find(known.measures, record, otherwise="Diese Maßnahme gibt es nicht.")
    hints = hints_of(one, known, known.leads(today()))
    parts = sections(request, one, known, hints)
    return {
        "measure": one,
        "milestones": [
            (step, day(last_day(step.due)) if step.due else "")
            for step in known.milestones.get(one.pk, ())
        ],
        "sections": parts,
        "full": sum(part.full for part in parts),
        "hints": hints,
        "origin": stated(provenance(one)),
        "findings": findings_on(request, analysed, f"measure:{record}"),
        "proposals": about(request.user, request.tenant, measure__key=record),
        "papers": about_measure(request.user, request.tenant, record),
        **_about(request, one, May.EDIT_PLAN),
    }


@staff
def section(request: StaffRequest, record: str, part: str) -> HttpResponse:
    """Change one section of a measure, in its place or on a page of its own."""
    kind = section_kind(part)
    sent = request.POST if request.method == "POST" else None
    edited = part_of(request, "measure", record, kind.fields, sent=sent)
    home = f"{address(request, 'measure', record=record)}#teil-{part}"
    if request.method == "POST":
        if batch := edited.saved():
            tell(request, f"Gespeichert: {kind.title}.", undo=batch)
            if not request.htmx:
                return HttpResponseRedirect(home)
            shown = _measure(request, record)
            return page(request, "plan/section_saved.html", saved=kind, **shown)
        if edited.stale and not request.htmx:
            return edited.versions(home)
    elif asked := request.GET.get("feld", ""):
        edited.attend(asked)
    return page(
        request,
        "plan/section_page.html#teil",
        form=edited.form,
        edited=edited,
        kind=kind,
        back=home,
        action=address(request, "measure-section", record=record, part=part),
    )
