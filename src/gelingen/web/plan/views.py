"""The plan: its outline, and needs, goals and measures one by one."""

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.findings.current import current
from gelingen.findings.queries import findings_with
from gelingen.needs.need_page import need_sheet
from gelingen.plan import outline as queries
from gelingen.terms.spelling import period
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.plan import sheets
from gelingen.web.plan.lines import head, outline_rows, summary
from gelingen.web.plan.tabs import tabs


@staff
def plan(request: StaffRequest) -> HttpResponse:
    """Show the plan as outline: needs, goals and measures by topic."""
    known = queries.outline(request.user, request.tenant, on=today())
    hint, cross = request.GET.get("nur", ""), request.GET.get("querschnitt", "")
    blocks = outline_rows(request, known, cross=cross)
    shown = [block.only(hint) for block in blocks]
    return page(
        request,
        "plan/plan.html",
        outline=known,
        periods=[f"{one.name} ({period(one.starts, one.ends)})" for one in known.periods],
        blocks=[block for block in shown if block.lines],
        answer=summary(known),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
        tabs=tabs(request, "plan"),
        nur=hint,
        cross=next((one.name for one in known.topics if one.key == cross), ""),
        **head(blocks),
    )


@staff
def need(request: StaffRequest, record: str) -> HttpResponse:
    """Show one need with who voiced it, and what answers it."""
    sheet = need_sheet(request.user, request.tenant, record)
    goals, measures = queries.linked_to_need(request.user, request.tenant, sheet.need)
    known = current(request.user, request.tenant)
    return page(
        request,
        "plan/need.html",
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
    return page(request, "plan/goal.html", sheet=sheet, view=sheets.goal_view(sheet.goal))


@staff
def measure(request: StaffRequest, record: str) -> HttpResponse:
    """Show one measure with all its fields."""
    sheet = queries.measure_sheet(request.user, request.tenant, record)
    return page(
        request,
        "plan/measure.html",
        sheet=sheet,
        view=sheets.measure_view(request, sheet),
        findings=findings_with(request.user, request.tenant, f"measure:{record}"),
    )
