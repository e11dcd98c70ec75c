"""The plan: its outline, and needs, goals and measures one by one."""

from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.editing import may_change
from gelingen.findings.current import current
from gelingen.findings.queries import findings_with
from gelingen.needs.need_page import need_sheet
from gelingen.plan import outline as queries
from gelingen.plan.hints import SaidGoal, goal_hints, measure_hints
from gelingen.plan.queries import plans
from gelingen.terms.spelling import period
from gelingen.web.editing.saving import part_of
from gelingen.web.pages import StaffRequest, address, page, staff, tell
from gelingen.web.plan import sheets
from gelingen.web.plan.lines import TOPIC, head, on_page, outline_rows, said_of, summary
from gelingen.web.plan.sections import origin, section_kind, sections
from gelingen.web.plan.tabs import tabs


@staff
def plan(request: StaffRequest) -> HttpResponse:
    """Show the plan as outline: needs, goals and measures by topic."""
    known = queries.outline(request.user, request.tenant, on=today())
    hint, cross = request.GET.get("nur", ""), request.GET.get("querschnitt", "")
    blocks = outline_rows(request, known, cross=cross)
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
        cross=next((one.name for one in known.topics if one.key == cross), ""),
        **head(blocks),
    )


@staff
def need(request: StaffRequest, record: str) -> HttpResponse:
    """Show one need with who voiced it, and what answers it."""
    sheet = need_sheet(request.user, request.tenant, record)
    goals, measures = queries.linked_to_need(request.user, request.tenant, sheet.need)
    known = current(request.user, request.tenant)
    may_edit = may_change(request.user, sheet.need)
    return page(
        request,
        "plan/need.html",
        may_edit=may_edit,
        may_undo=may_edit,
        sheet=sheet,
        view=sheets.need_view(sheet.need),
        evidence=sheets.need_evidence(sheet.need),
        coverage=sheets.coverage_of_need(known, sheet.need, on=today()),
        goals=goals,
        measures=measures,
        findings=findings_with(request.user, request.tenant, f"need:{record}"),
    )


@staff
def goal(request: StaffRequest, record: str) -> HttpResponse:
    """Show one impact goal with the needs it answers and the measures that serve it."""
    sheet = queries.goal_sheet(request.user, request.tenant, record)
    one = sheet.goal
    said = SaidGoal(one.title, one.stair, one.indicator, len(one.needs.all()), len(sheet.measures))
    may_edit = may_change(request.user, one)
    return page(
        request,
        "plan/goal.html",
        sheet=sheet,
        view=sheets.goal_view(one),
        hints=goal_hints(said),
        may_edit=may_edit,
        may_undo=may_edit,
    )


@staff
def measure(request: StaffRequest, record: str) -> HttpResponse:
    """Show one measure, section by section."""
    return page(request, "plan/measure.html", **_measure(request, record))


def _measure(request: StaffRequest, record: str) -> dict[str, object]:
    """Gather what the page of a measure shows."""
    sheet = queries.measure_sheet(request.user, request.tenant, record)
    said = said_of(sheet.measure, queries.leads(request.user, request.tenant, on=today()))
    plan = plans(request.user, request.tenant).first()
    hints = measure_hints(said, horizon=plan.horizon if plan else None)
    parts = sections(request, sheet, hints)
    may_edit = may_change(request.user, sheet.measure)
    return {
        "sheet": sheet,
        "sections": parts,
        "full": sum(part.full for part in parts),
        "hints": hints,
        "origin": origin(sheet),
        "findings": findings_with(request.user, request.tenant, f"measure:{record}"),
        "may_edit": may_edit,
        "may_undo": may_edit,
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
