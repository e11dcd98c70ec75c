"""Items: the backlog of a body, the agenda of a meeting, and what can be put on it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.boards import agenda, meetings, seen
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.terms.boards import MeetingState, MinutesState
from gelingen.terms.spelling import day
from gelingen.web.boards.meetings.forms import BothVersions, ItemForm, item_values
from gelingen.web.boards.meetings.origins import KINDS, closed_ones, named, offered, short
from gelingen.web.boards.meetings.views import require_leads, shown, with_origins
from gelingen.web.lists import chosen_page
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body, Meeting

MEETING = "sitzung"
_STEPS = {"hoch": -1, "runter": 1, "anfang": -10_000, "ende": 10_000}


def home(request: StaffRequest, body: "Body", meeting: "Meeting | None") -> str:
    """Address of the page on which an item stands: its meeting, or the backlog."""
    if meeting is not None:
        return address(request, "meeting", record=meeting.key)
    return address(request, "backlog", record=body.key)


def _body(request: StaffRequest, key: str) -> "Body":
    return meetings.get_led(request.user, request.tenant, key)


@staff
def backlog(request: StaffRequest, record: str) -> HttpResponse:
    """Show what waits for a meeting of a body, and add to it."""
    body = _body(request, record)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            agenda.new_item(
                actor=request.user, body=body, meeting=None, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Im Themenspeicher.", undo=batch)
            return HttpResponseRedirect(request.path)
    waiting = list(agenda.backlog(request.user, body))
    return page(
        request,
        "meetings/backlog.html",
        body=body,
        form=form,
        items=with_origins(request, waiting),
        meetings=_takers(request, body),
        answer=f"{counted(len(waiting), 'Punkt wartet', 'Punkte warten')} auf eine Sitzung."
        if waiting
        else "",
    )


def _takers(request: StaffRequest, body: "Body") -> "list[Meeting]":
    """List meetings of a body that still take items, the next one first."""
    found = seen.meetings(request.user, request.tenant).filter(
        body=body, state__in=(MeetingState.PLANNED, MeetingState.INVITED)
    )
    return list(found.exclude(minutes=MinutesState.APPROVED).order_by(*seen.BY_TIME))


@staff
@require_POST
def add(request: StaffRequest, record: str) -> HttpResponse:
    """Add an item to the agenda of a meeting."""
    meeting = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, meeting.body)
    form = ItemForm(request.POST)
    if form.is_valid():
        batch = new_batch()
        try:
            agenda.new_item(
                actor=request.user, body=meeting.body, meeting=meeting, given=form.given(),
                batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Auf der Tagesordnung.", undo=batch)
            there = address(request, "meeting", record=record)
            return HttpResponseRedirect(f"{there}#neu")
    return shown(request, meeting, adding=form)


@staff
def pick(request: StaffRequest, record: str) -> HttpResponse:
    """Choose records that a body is to deal with, and put them on an agenda or in the backlog."""
    body = _body(request, record)
    wanted = request.GET.get(MEETING, "")
    meeting = seen.get_meeting(request.user, request.tenant, wanted) if wanted else None
    agenda.require_takes(meeting, body.pk)
    kind = request.GET.get("woher", "measure")
    kind = kind if kind in KINDS else "measure"
    every = offered(request, body, kind)
    if request.method == "POST":
        ticked = set(request.POST.getlist("wahl"))
        chosen = [(origin, name) for origin, name in every if origin in ticked]
        if chosen:
            return _put(request, body, meeting, chosen)
    word = request.GET.get("suche", "").strip()
    fitting = [one for one in every if word.casefold() in one[1].casefold()]
    ways = [(label, one == kind, _query(woher=one, sitzung=wanted)) for one, label in KINDS.items()]
    return page(
        request,
        "meetings/pick.html",
        body=body,
        meeting=meeting,
        back=home(request, body, meeting),
        ways=ways,
        kind=kind,
        label=KINDS[kind],
        word=word,
        leaf=chosen_page(request, fitting),
        nothing=request.method == "POST",
    )


def _query(**asked: str) -> str:
    return f"?{urlencode({name: one for name, one in asked.items() if one})}"


def _put(
    request: StaffRequest, body: "Body", meeting: "Meeting | None", chosen: list[tuple[str, str]]
) -> HttpResponse:
    batch = new_batch()
    closed = closed_ones(request, (origin for origin, _ in chosen))
    given = [
        (origin, agenda.Given(short(name), public=origin not in closed)) for origin, name in chosen
    ]
    agenda.new_items(actor=request.user, body=body, meeting=meeting, given=given, batch=batch)
    where = "auf der Tagesordnung" if meeting else "im Themenspeicher"
    many = counted(len(chosen), "Punkt", "Punkte")
    tell(request, f"{many[:1].upper()}{many[1:]} {where}.", undo=batch)
    return HttpResponseRedirect(home(request, body, meeting))


@staff
def item(request: StaffRequest, record: str) -> HttpResponse:
    """Change what is told about an item."""
    found = seen.get_item(request.user, request.tenant, record)
    require_leads(request, found.body)
    back = came_from(request, home(request, found.body, found.meeting))
    edited = BothVersions(
        request, item_values(found), stand=str(found.version), at=lambda stand: _at(found, stand)
    )
    form = ItemForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=found.title, back=back)
    if request.method == "POST" and form.is_valid():
        try:
            batch = agenda.change_item(actor=request.user, item=found, given=form.given())
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        "meetings/item.html",
        item=found,
        form=form,
        draft=edited.draft,
        back=back,
        origin=named(request, [found.origin]).get(found.origin),
    )


def _at(found: "AgendaItem", stand: str) -> dict[str, list[str]] | None:
    before = seen.earlier(found, stand)
    return item_values(before) if before else None


@staff
@require_POST
def move(request: StaffRequest, record: str) -> HttpResponse:
    """Move an item up or down, to the beginning or the end."""
    found = seen.get_item(request.user, request.tenant, record)
    require_leads(request, found.body)
    there = home(request, found.body, found.meeting)
    try:
        batch = agenda.move_item(
            actor=request.user, item=found, by=_STEPS.get(request.POST.get("wohin", ""), 0)
        )
    except LostUpdateError as error:
        tell(request, sentence_of(error))
    else:
        if batch:
            tell(request, "Verschoben.", undo=batch)
    return HttpResponseRedirect(f"{there}#punkt-{found.key}")


@staff
@require_POST
def put(request: StaffRequest, record: str) -> HttpResponse:
    """Put an item on the agenda of a meeting, or back into the backlog."""
    found = seen.get_item(request.user, request.tenant, record)
    require_leads(request, found.body)
    back = came_from(request, home(request, found.body, found.meeting))
    wanted = request.POST.get(MEETING, "")
    meeting = seen.get_meeting(request.user, request.tenant, wanted) if wanted else None
    batch = new_batch()
    agenda.put_in(actor=request.user, item=found, meeting=meeting, batch=batch)
    where = f"Auf der Tagesordnung am {day(meeting.day)}." if meeting else "Im Themenspeicher."
    tell(request, where, undo=batch)
    return HttpResponseRedirect(back)


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Delete an item; it can be brought back."""
    found = seen.get_item(request.user, request.tenant, record)
    require_leads(request, found.body)
    back = home(request, found.body, found.meeting)
    batch = new_batch()
    agenda.remove_item(actor=request.user, item=found, batch=batch)
    tell(request, "Punkt gelöscht.", undo=batch)
    return HttpResponseRedirect(back)
