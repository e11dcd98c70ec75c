"""The calendar of a body: its link for who leads, and what the link opens for everybody."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_POST, require_safe

from gelingen.access.tokens import UnknownLinkError
from gelingen.boards import feeds
from gelingen.boards.calendar import MEDIA_TYPE
from gelingen.boards.queries import get_body
from gelingen.config.day import today
from gelingen.web import outside
from gelingen.web.boards.meetings.views import require_leads
from gelingen.web.pages import StaffRequest, done, page, staff, whole_address
from gelingen.worklist import dates


@staff
def link(request: StaffRequest, record: str) -> HttpResponse:
    """Say whether a body's calendar has a link; give it a new one and show that once."""
    body = get_body(request.user, request.tenant, record)
    require_leads(request, body)
    shown = ""
    if request.method == "POST":
        token = feeds.renew_link(actor=request.user, body=body, on=today())
        shown = whole_address(request, reverse("calendar-feed", kwargs={"token": token}))
    answer = page(
        request,
        "meetings/papers/calendar.html",
        body=body,
        link=feeds.link_of(request.user, body),
        shown=shown,
    )
    answer["Cache-Control"] = "no-store"
    return answer


@staff
@require_POST
def end(request: StaffRequest, record: str) -> HttpResponse:
    """Let the link open nothing any more."""
    body = get_body(request.user, request.tenant, record)
    feeds.end_link(actor=request.user, body=body)
    said = "Der Kalenderverweis ist beendet; wer ihn abonniert hat, bekommt nichts Neues mehr."
    return done(request, said, to="body-calendar", record=record)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar to whoever knows its link; what has not changed is not sent again.

    It is that of a body, or of the deadlines of one person.
    """
    try:
        content = _content(token)
    except UnknownLinkError:
        return outside.lost(request, _lost)
    mark = quote_etag(sha256(content).hexdigest())
    known = parse_etags(request.headers.get("If-None-Match", ""))
    same = mark in {one.removeprefix("W/") for one in known}
    answer = HttpResponseNotModified() if same else HttpResponse(content, content_type=MEDIA_TYPE)
    answer["ETag"] = mark
    # Whoever fetches it keeps it, and asks each time whether it has changed.
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _content(token: str) -> bytes:
    try:
        return feeds.feed_of(token, on=today())
    except UnknownLinkError:
        return dates.feed_of(token, on=today())


def _lost(request: HttpRequest, why: str, status: int) -> HttpResponse:
    """Say that a link opens nothing; a calendar shows it, so it is bare text."""
    del request
    often = "Zu viele Versuche. Bitte in einer Stunde noch einmal."
    gone = "Diesen Kalender gibt es nicht, oder sein Verweis ist beendet."
    return HttpResponse(
        often if why == "often" else gone,
        content_type="text/plain; charset=utf-8",
        status=status,
    )
