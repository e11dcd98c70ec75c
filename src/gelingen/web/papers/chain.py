"""The chain of deliberation on pages: stations, their meeting, and what came of them."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.boards import meetings
from gelingen.boards.queries import bodies
from gelingen.boards.seen import earlier, get_meeting
from gelingen.boards.seen import meetings as meetings_of
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.papers import chain
from gelingen.papers.queries import chain_of, get_station
from gelingen.terms.boards import MeetingState, MinutesState
from gelingen.terms.spelling import day
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.papers.editing import to_write
from gelingen.web.papers.forms import (
    BothVersions,
    NewStationForm,
    ResultForm,
    StationForm,
    Texts,
    result_values,
    station_result,
    station_values,
)

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem
    from gelingen.papers.models import Deliberation, Paper

_STEPS = {"hoch": -1, "runter": 1}


def _back(request: StaffRequest, paper: "Paper") -> str:
    return f"{address(request, 'council-paper', record=paper.key)}#beratungsfolge"


def _here(request: StaffRequest, record: str, station: str) -> "tuple[Paper, Deliberation]":
    paper = to_write(request, record)
    return paper, get_station(paper, station)


@staff
def add(request: StaffRequest, record: str) -> HttpResponse:
    """Add a body to the chain, or the usual chain where there is none."""
    paper, batch = to_write(request, record), new_batch()
    if request.method == "POST" and "ueblich" in request.POST:
        number = chain.lay_chain(actor=request.user, paper=paper, on=today(), batch=batch)
        said = "Beratungsfolge eingetragen." if number else "Dafür fehlt ein Beirat oder Ausschuss."
        tell(request, said, undo=batch if number else "")
        return HttpResponseRedirect(_back(request, paper))
    form = NewStationForm(
        request.POST or None, bodies=bodies(request.user, request.tenant).order_by("name", "key")
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            chain.add_station(
                actor=request.user, paper=paper, body=form.bodies[told["body"]], role=told["role"],
                planned=told["planned"], batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Gremium hinzugefügt.", undo=batch)
            return HttpResponseRedirect(_back(request, paper))
    return page(
        request, "papers/form.html", form=form, paper=paper, title="Gremium hinzufügen",
        back=_back(request, paper), draft=None, write="Hinzufügen",
    )  # fmt: skip


@staff
def station(request: StaffRequest, record: str, station: str) -> HttpResponse:
    """Change what a body is to do with a paper, and when."""
    paper, found = _here(request, record, station)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return station_values(before) if before else None

    edited = BothVersions(request, station_values(found), stand=str(found.version), at=at)
    form = StationForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=found.body, back=_back(request, paper))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        told = form.cleaned_data
        try:
            chain.change_station(
                actor=request.user, station=found, role=told["role"], planned=told["planned"],
                batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, f"Gespeichert: {found.body}.", undo=batch)
            return HttpResponseRedirect(_back(request, paper))
    return page(
        request, "papers/form.html", form=form, paper=paper, title=str(found.body),
        back=_back(request, paper), draft=edited.draft, write="Speichern",
    )  # fmt: skip


@staff
@require_POST
def move(request: StaffRequest, record: str, station: str) -> HttpResponse:
    """Move a station up or down."""
    paper, found = _here(request, record, station)
    by = _STEPS.get(request.POST.get("wohin", ""), 0)
    if batch := chain.move_station(actor=request.user, station=found, by=by):
        tell(request, "Neu geordnet.", undo=batch)
    return HttpResponseRedirect(_back(request, paper))


@staff
@require_POST
def remove(request: StaffRequest, record: str, station: str) -> HttpResponse:
    """Take a body out of the chain."""
    paper, found = _here(request, record, station)
    batch, body = new_batch(), str(found.body)
    chain.remove_station(actor=request.user, station=found, batch=batch)
    tell(request, f"Nicht mehr in der Beratungsfolge: {body}.", undo=batch)
    return HttpResponseRedirect(_back(request, paper))


@staff
def agenda(request: StaffRequest, record: str, station: str) -> HttpResponse:
    """Choose the meeting in which the body deals with the paper, or its backlog."""
    paper, found = _here(request, record, station)
    wrong = ""
    if request.method == "POST":
        asked, batch = request.POST.get("sitzung", ""), new_batch()
        meeting = get_meeting(request.user, request.tenant, asked) if asked else None
        try:
            chain.put_on_agenda(actor=request.user, station=found, meeting=meeting, batch=batch)
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            where = "im Themenspeicher"
            if meeting:
                where = f"auf der Tagesordnung am {day(meeting.day)}"
            tell(request, f"{found.body}: {where}.", undo=batch)
            return HttpResponseRedirect(_back(request, paper))
    coming = meetings_of(request.user, request.tenant).filter(
        body=found.body_id, state__in=(MeetingState.PLANNED, MeetingState.INVITED)
    )
    answer = page(
        request,
        "papers/agenda.html",
        paper=paper,
        station=found,
        title="Auf die Tagesordnung",
        meetings=coming.exclude(minutes=MinutesState.APPROVED).order_by("day", "begins", "key"),
        may=found.body in meetings.led(request.user, request.tenant),
        back=_back(request, paper),
        wrong=wrong,
    )
    if wrong:
        answer.status_code = 422
    return answer


def _noted_today(station: "Deliberation") -> Texts:
    """Give the result of a station; what nobody minuted is mostly noted on the day itself."""
    found = station_result(station)
    return {**found, "on": found["on"] or [day(today())]}


@staff
def result(request: StaffRequest, record: str, station: str) -> HttpResponse:
    """Note what a body made of a paper; what the minutes say is filled in."""
    paper, found = _here(request, record, station)
    item = chain.dealt_with(request.user, found)
    stored = result_values(chain.outcome_of(item, paper)) if item else _noted_today(found)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return _noted_today(before) if before else None

    edited = BothVersions(request, stored, stand=str(found.version), at=at)
    form = ResultForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=found.body, back=_back(request, paper))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            chain.note_result(
                actor=request.user, station=found, outcome=form.outcome(), item=item, batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, _noted(found), undo=batch)
            return HttpResponseRedirect(_back(request, paper))
    return page(
        request, "papers/form.html", form=form, paper=paper, title=f"Ergebnis: {found.body}",
        back=_back(request, paper), draft=edited.draft, write="Ergebnis übernehmen",
        answer=_minuted(paper, item) if item else "",
    )  # fmt: skip


def _minuted(paper: "Paper", item: "AgendaItem") -> str:
    """Say what comes from the minutes, and what does not because more people read the paper."""
    if paper.public and not item.public:
        return "Nichtöffentlich beraten: Wortlaut und Stimmen stehen nur in der Niederschrift."
    return "Aus der Niederschrift übernommen; bitte prüfen."


def _noted(station: "Deliberation") -> str:
    """Say what was noted, and whose turn it is now."""
    following = next((one for one in chain_of(station.paper) if not one.result), None)
    said = f"{station.body}: {station.get_result_display()}."
    if chain.decides(station):
        said += " Daraus können jetzt Folgen entstehen."
    return f"{said} Als Nächstes: {following.body}." if following else said
