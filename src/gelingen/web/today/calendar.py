"""The deadlines of a person as a calendar: its link, which is shown once."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.web.pages import StaffRequest, done, page, staff, whole_address
from gelingen.worklist import dates


@staff
def link(request: StaffRequest) -> HttpResponse:
    """Say whether the person has a link; give a new one and show that once."""
    shown = ""
    if request.method == "POST":
        token = dates.renew_link(request.user, request.tenant, on=today())
        shown = whole_address(request, reverse("calendar-feed", kwargs={"token": token}))
    found = dates.link_of(request.user, request.tenant)
    answer = page(request, "today/calendar.html", link=found, shown=shown)
    answer["Cache-Control"] = "no-store"
    return answer


@staff
@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """Let the link open nothing any more."""
    dates.end_link(request.user, request.tenant)
    said = "Der Kalenderverweis ist beendet; wer ihn abonniert hat, bekommt nichts Neues mehr."
    return done(request, said, to="today-calendar")
