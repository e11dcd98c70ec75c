"""Meetings of the bodies: the list, a new one, a series, one with its agenda."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from gelingen.access.policy import MEANINGS, May
from gelingen.boards import agenda, meetings, minuting, notices, seen
from gelingen.boards.minutes import Agenda, Item, agenda_of
from gelingen.boards.queries import bodies
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.register.steps import carry_out
from gelingen.terms.boards import Cycle, MeetingState, MinutesState
from gelingen.terms.spelling import day
from gelingen.web.boards.meetings.file_form import FileForm, file_lines
from gelingen.web.boards.meetings.forms import (
    BodyChoice,
    BothVersions,
    ItemForm,
    MeetingForm,
    SeriesForm,
    meeting_values,
)
from gelingen.web.boards.meetings.origins import named
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff, tell
from gelingen.web.shell import Link
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body, Meeting

COLUMNS = (
    Column("Sitzung"),
    Column("Gremium", cut=True),
    Column("Ort", cut=True),
    Column("Stand"),
    Column("Niederschrift"),
)
BODY = "gremium"
T = TypeVar("T", Item, "AgendaItem")


@staff
def meetings_list(request: StaffRequest) -> HttpResponse:
    """List the meetings, those to come first; of one body if the address says so."""
    on, asked = today(), request.GET.get(BODY, "")
    found = seen.meetings(request.user, request.tenant)
    if asked:
        found = found.filter(body__key=asked)
    coming = found.filter(day__gte=on).order_by(*seen.BY_TIME)
    leaf = chosen_page(request, list(found.filter(day__lt=on)))
    every = list(bodies(request.user, request.tenant))
    led = meetings.led(request.user, request.tenant)
    first = [_row(request, one) for one in coming]
    return page(
        request,
        "meetings/meetings.html",
        tabs=tabs(request, "meetings"),
        coming=Listing("Kommende Sitzungen", COLUMNS, first),
        past=Listing("Vergangene Sitzungen", COLUMNS, [_row(request, one) for one in leaf]),
        leaf=leaf,
        bodies=every,
        asked=asked,
        led=led,
        chosen=next((one for one in every if one.key == asked), None),
        answer=_list_answer(len(first), leaf.paginator.count),
    )


def _list_answer(coming: int, past: int) -> str:
    if not coming and not past:
        return ""
    return f"{counted(coming, 'kommende Sitzung', 'kommende Sitzungen')}, {past} vergangene."


def _row(request: StaffRequest, one: "Meeting") -> list[Cell | str]:
    clock = f", {one.begins:%H:%M} Uhr" if one.begins else ""
    return [
        Cell(f"{day(one.day)}{clock}", url=address(request, "meeting", record=one.key),
             below=one.title, heard=str(one.body)),
        Cell(one.body.name, url=address(request, "body", record=one.body.key)),
        one.place,
        one.get_state_display(),
        "–" if one.minutes == MinutesState.NONE else one.get_minutes_display(),
    ]  # fmt: skip


def _chosen_body(request: StaffRequest) -> "Body | HttpResponse":
    """Find the body that the address names; without one, ask for which."""
    led = meetings.led(request.user, request.tenant)
    if not led:
        raise PermissionDenied(MEANINGS[May.EDIT_BOARDS])
    if asked := request.GET.get(BODY):
        return meetings.get_led(request.user, request.tenant, asked)
    if len(led) == 1:
        return led[0]
    return page(
        request,
        "meetings/choose.html",
        title="Neue Reihe" if request.path.endswith("/reihe/") else "Neue Sitzung",
        form=BodyChoice(bodies=led),
    )


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Plan a meeting; it begins with what the last one of the body was like."""
    body = _chosen_body(request)
    if isinstance(body, HttpResponse):
        return body
    start = {name: one[-1] for name, one in _begin(request, body).items() if one}
    form = MeetingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = meetings.new_meeting(
                actor=request.user, body=body, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            said = f"Geplant: {body}, {day(made.day)}."
            return done(request, said, to="meeting", undo=batch, record=made.key)
    return page(request, "meetings/new.html", form=form, body=body, series=_series(request, body))


def _begin(request: StaffRequest, body: "Body") -> dict[str, list[str]]:
    begin = meetings.proposed(body, on=today())
    given = meeting_values(begin)
    return given | ({"day": [request.GET["tag"]]} if "tag" in request.GET else {})


def _series(request: StaffRequest, body: "Body") -> str:
    return f"{address(request, 'meeting-series')}?{urlencode({BODY: body.key})}"


@staff
def series(request: StaffRequest) -> HttpResponse:
    """Plan several meetings by the cycle of a body: first what would be, then all or nothing."""
    body = _chosen_body(request)
    if isinstance(body, HttpResponse):
        return body
    start = {name: one[-1] for name, one in _begin(request, body).items() if one}
    distance = body.cycle if body.cycle != Cycle.NEEDED else ""
    start |= {"cycle": distance, "last": f"31.12.{today().year}"}
    form = SeriesForm(request.POST or None, initial=start)
    plan = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            plan = meetings.plan_series(
                body, form.given(), Cycle.of(values["cycle"]), last=values["last"]
            )
            if values["gesehen"] == plan.stamp and "planen" in request.POST:
                batch = carry_out(actor=request.user, plan=plan)
                tell(request, f"Geplant: {body}, {plan.sentence}", undo=batch)
                query = urlencode({BODY: body.key})
                return HttpResponseRedirect(f"{address(request, 'meetings')}?{query}")
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    return page(request, "meetings/series.html", form=form, body=body, plan=plan)


@staff
def meeting(request: StaffRequest, record: str) -> HttpResponse:
    """Show a meeting: its agenda in two parts, what waits for it, what is to be done next."""
    return shown(request, seen.get_meeting(request.user, request.tenant, record))


def shown(
    request: StaffRequest,
    found: "Meeting",
    *,
    adding: ItemForm | None = None,
    attaching: FileForm | None = None,
) -> HttpResponse:
    """Show a meeting, perhaps with an item or a file that was refused."""
    user = request.user
    read = agenda_of(user, found)
    leads = seen.leads(user, found.body)
    open_ = leads and found.minutes != MinutesState.APPROVED
    there = open_ and found.state != MeetingState.CANCELLED
    answer = page(
        request,
        "meetings/meeting.html",
        meeting=found,
        title=f"{found.body}, {day(found.day)}",
        answer=_answer(found, read),
        public=with_origins(request, read.public),
        closed=with_origins(request, read.closed or ()),
        sees_closed=read.closed is not None,
        sums=sums(read),
        facts=_facts(found),
        leads=leads,
        may_plan=there,
        may_close=there and found.state != MeetingState.HELD,
        begun=found.minutes != MinutesState.NONE,
        letter=notices.due(found) if leads else None,
        backlog=with_origins(request, list(agenda.backlog(user, found.body)) if there else []),
        approving=minuting.to_approve(found) if there else [],
        may_approve=found.day <= today(),
        adding=adding or ItemForm(),
        files=file_lines(request, read),
        attaching=attaching or FileForm(read),
    )
    if adding is not None or attaching is not None:
        answer.status_code = 422
    return answer


def with_origins(request: StaffRequest, items: Sequence[T]) -> list[tuple[T, Link | None]]:
    """Put beside each item the way to what it comes from; None for none."""
    known = named(request, (one.origin for one in items))
    return [(one, known.get(one.origin)) for one in items]


def _answer(found: "Meeting", read: Agenda) -> str:
    clock = f"{found.begins:%H:%M} Uhr" if found.begins else ""
    where = ", ".join(one for one in (clock, found.place) if one)
    state = found.get_state_display()
    items = counted(len(read.items), "Tagesordnungspunkt", "Tagesordnungspunkte")
    return f"{state[:1].upper()}{state[1:]}{f': {where}' if where else ''}. {items}."


def sums(read: Agenda) -> str:
    """Say how long all of it takes, and until when."""
    if not read.items or not read.minutes:
        return ""
    said = f"Zusammen {counted(read.minutes, 'Minute', 'Minuten')}"
    if read.without_time:
        return f"{said}; bei {counted(read.without_time, 'Punkt', 'Punkten')} fehlt die Zeit."
    return f"{said}, bis {read.ends:%H:%M} Uhr." if read.ends else f"{said}."


def _facts(found: "Meeting") -> list[tuple[str, object]]:
    until = f" bis {found.until:%H:%M}" if found.until else ""
    clock = f", {found.begins:%H:%M}{until} Uhr" if found.begins else ""
    return [
        ("Tag", f"{day(found.day)}{clock}"),
        ("Ort", found.place),
        ("Titel", found.title),
        ("Leitung", found.chair),
        ("Protokoll", found.secretary),
        ("Stand", found.get_state_display()),
        ("Eingeladen am", day(found.invited) if found.invited else ""),
        ("Niederschrift", found.get_minutes_display()),
        ("Genehmigt in", f"Sitzung am {day(found.approved_in.day)}" if found.approved_in else ""),
    ]


def require_leads(request: StaffRequest, body: "Body") -> None:
    """Refuse whoever does not lead a body; raises PermissionDenied."""
    if not seen.leads(request.user, body):
        raise PermissionDenied(MEANINGS[May.EDIT_BOARDS])


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change or move a meeting."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    back = address(request, "meeting", record=record)
    edited = BothVersions(
        request, meeting_values(found), stand=str(found.version), at=lambda stand: _at(found, stand)
    )
    form = MeetingForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=f"{found.body}, {found}", back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        before = found.day
        try:
            meetings.change_meeting(
                actor=request.user, meeting=found, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            return _moved(request, found, before, batch)
    return page(
        request, "meetings/edit.html", form=form, draft=edited.draft, back=back,
        meeting=found, title=f"{found.body}, {day(found.day)}: Angaben",
    )  # fmt: skip


def _at(found: "Meeting", stand: str) -> dict[str, list[str]] | None:
    before = seen.earlier(found, stand)
    return meeting_values(before) if before else None


def _moved(request: StaffRequest, found: "Meeting", before: date, batch: str) -> HttpResponse:
    said = f"Verschoben auf den {day(found.day)}." if found.day != before else "Gespeichert."
    if found.invited and found.state == MeetingState.INVITED:
        said = f"{said} Wer eingeladen ist, weiß noch nichts davon."
    return done(request, said, to="meeting", undo=batch, record=found.key)


def _left_of(found: "Meeting") -> str:
    """Say what becomes of the agenda of a meeting that is cancelled."""
    if found.minutes == MinutesState.NONE:
        return "Die Punkte der Tagesordnung warten danach wieder im Themenspeicher."
    return (
        "Was schon in der Niederschrift steht, bleibt dort; was noch kein Ergebnis hat, wartet "
        "danach wieder im Themenspeicher."
    )


@staff
def cancel(request: StaffRequest, record: str) -> HttpResponse:
    """Ask whether a meeting is to be cancelled, and cancel it."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    refused = ""
    if request.method == "POST":
        try:
            batch = minuting.cancel_meeting(actor=request.user, meeting=found)
        except (*REFUSALS, LostUpdateError) as error:
            refused = sentence_of(error)
        else:
            said = f"Abgesagt: {found.body}, {day(found.day)}."
            return done(request, said, to="meeting", undo=batch, record=record)
    return page(
        request, "meetings/ask.html", title="Sitzung absagen", refused=refused, label="Absagen",
        sentence=f"{found.body}, {day(found.day)}: {_left_of(found)}",
        meeting=found,
        back=address(request, "meeting", record=record),
    )  # fmt: skip
