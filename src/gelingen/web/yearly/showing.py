"""A released report on the public site: what of it goes out, put it there, take it down."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.documents import html_fragment
from gelingen.history.recording import new_batch
from gelingen.reports.yearly import public_report, read_told, written_for_everybody
from gelingen.site.public import reports_of
from gelingen.site.queries import settings_of
from gelingen.site.reports import show_report, take_down_report
from gelingen.terms.spelling import day
from gelingen.terms.yearly import ReportState
from gelingen.web.pages import StaffRequest, done, page, staff
from gelingen.yearly.queries import get_report
from gelingen.yearly.writing import ReportError

if TYPE_CHECKING:
    from gelingen.yearly.models import YearReport


@staff
def show(request: StaffRequest, record: str) -> HttpResponse:
    """Show what everybody would read of a report; put it on the site when it is sent."""
    found = _released(request, record)
    told = read_told(request.user, found, on=today())
    if request.method == "POST":
        batch = new_batch()
        show_report(
            actor=request.user, report=found, files=written_for_everybody(told), on=today(),
            batch=batch,
        )  # fmt: skip
        return done(request, f"Auf der Webseite: {found.title}.", to="year-report",
                    record=record, undo=batch)  # fmt: skip
    paper = public_report(told)
    out = where_out(found)
    settings = settings_of(request.user, request.tenant)
    return page(
        request,
        "yearly/show.html",
        report=found,
        paper=paper,
        body=mark_safe(html_fragment(paper)),  # noqa: S308 - our own writer, which escapes all text
        answer=f"{out} Heute neu geschrieben, sähe sie so aus:"
        if out
        else "So lesen es alle, sobald es draußen ist.",
        out=out,
        site_on=settings.switched_on,
        hidden=sum(not one.measure.public for one in told.lines),
    )


def _released(request: StaffRequest, record: str) -> "YearReport":
    require(request.user, May.EDIT_PLAN, request.tenant)
    found = get_report(request.user, request.tenant, record)
    if found.state != ReportState.RELEASED:
        raise ReportError("Dieser Bericht ist noch ein Entwurf. Bitte zuerst freigeben.")
    return found


def where_out(report: "YearReport") -> str:
    """Say since when a report is on the site; "" if it is not. One query."""
    days = [one.day for one in reports_of(report.tenant) if one.report_id == report.pk]
    return f"Auf der Webseite seit {day(days[0])}." if days else ""


@staff
@require_POST
def take_down(request: StaffRequest, record: str) -> HttpResponse:
    """Take a report from the site."""
    found, batch = get_report(request.user, request.tenant, record), new_batch()
    take_down_report(actor=request.user, report=found, batch=batch)
    return done(request, f"Nicht mehr auf der Webseite: {found.title}.", to="year-report",
                record=record, undo=batch)  # fmt: skip
