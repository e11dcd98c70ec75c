"""Send a proposal on, answer it, put it on an agenda, stand behind it."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import MEANINGS, May, require
from gelingen.boards.meetings import get_led, led
from gelingen.boards.queries import bodies, get_body
from gelingen.boards.seen import get_item
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.proposals import forwarding, making
from gelingen.proposals.queries import Way, get_proposal, get_station, get_supporter, way
from gelingen.terms.proposals import StationTask
from gelingen.terms.spelling import day, last_day
from gelingen.topics.queries import topics
from gelingen.web.boards.meetings.items import home
from gelingen.web.pages import StaffRequest, address, staff, tell
from gelingen.web.proposals.editing import asked
from gelingen.web.proposals.forms import AnswerForm, ForwardForm, SupportForm, offer
from gelingen.web.proposals.words import lies

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body
    from gelingen.proposals.models import Station

ITEM = "punkt"


@staff
def forward(request: StaffRequest, record: str) -> HttpResponse:
    """Ask where a proposal goes, what for and with which recommendation, and send it on."""
    seen = way(request.user, request.tenant, record)
    require(request.user, May.EDIT_BOARDS, seen.owner)
    form = ForwardForm(request.POST or None, initial={"stand": len(seen.stops)})
    offer(form, "to", [("", "bitte wählen"), *_others(request, seen)])
    if seen.held:
        offer(form, "task", [(StationTask.ADVISE.value, StationTask.ADVISE.label)])

    def save(batch: str) -> None:
        forwarding.forward(
            actor=request.user,
            proposal=seen.proposal,
            to=get_body(request.user, request.tenant, form.cleaned_data["to"]),
            sent=form.given(),
            on=today(),
            after=form.cleaned_data["stand"],
            batch=batch,
        )

    return asked(
        request, seen.proposal, form, save,
        title="Stellungnahme erbitten" if seen.held else "Vorschlag weiterleiten",
        said="Weitergeleitet.", answer=f"{seen.proposal.title}. {lies(seen, today())}",
    )  # fmt: skip


def _others(request: StaffRequest, seen: Way) -> list[tuple[str, str]]:
    """List the bodies to which a proposal can go: those there are today, but not its owner."""
    found = bodies(request.user, request.tenant).exclude(pk=seen.owner.pk)
    standing = found.exclude(ends__lte=today()).order_by("name", "key")
    return list(standing.values_list("key", "name"))


@staff
def answer(request: StaffRequest, record: str) -> HttpResponse:
    """Ask what a body answers, and write it; the result of an item fills the form."""
    station = get_station(request.user, request.tenant, record)
    require(request.user, May.EDIT_BOARDS, station)
    wanted = request.GET.get(ITEM, "")
    item = get_item(request.user, request.tenant, wanted) if wanted else None
    form = AnswerForm(request.POST or None, station=station, initial=_beginning(station, item))

    def save(batch: str) -> None:
        forwarding.answer(
            actor=request.user,
            station=station,
            said=form.given(),
            on=form.cleaned_data["on"],
            item=item or station.item,
            version=form.cleaned_data["stand"],
            batch=batch,
        )

    title = "Antwort aus der Sitzung übernehmen" if item else "Antwort eintragen"
    return asked(
        request, station.proposal, form, save, title=title, said="Antwort eingetragen.",
        answer=f"{station.proposal.title}. {station.body}: {station.get_task_display()}.",
        stand=station.version,
    )  # fmt: skip


def _beginning(station: "Station", item: "AgendaItem | None") -> dict[str, object]:
    """Give what the form begins with: what came of an item, else what is stored."""
    said = forwarding.answer_from(station, item) if item else None
    start: dict[str, object] = {"stand": station.version, "on": day(station.answered or today())}
    if said is None:
        start |= {"answer": station.answer, "text": station.answer_text}
        return {**start, "closed": not station.public, "due": _last(station)}
    held = item.meeting.day if item and item.meeting else today()
    return start | {
        "answer": said.answer, "text": said.text, "on": day(held), "closed": not said.public,
    }  # fmt: skip


def _last(station: "Station") -> str:
    return day(last_day(station.due)) if station.due and station.answer else ""


@staff
@require_POST
def put_on_agenda(request: StaffRequest, record: str) -> HttpResponse:
    """Let a proposal wait for the next meeting of the body that has it."""
    station = get_station(request.user, request.tenant, record)
    batch = new_batch()
    made = forwarding.put_on_agenda(actor=request.user, station=station, batch=batch)
    tell(request, f"Im Themenspeicher: {station.body}.", undo=batch)
    return HttpResponseRedirect(home(request, station.body, made.meeting))


@staff
def support(request: StaffRequest, record: str) -> HttpResponse:
    """Ask which body stands behind a proposal, with which topics, and write it."""
    found = get_proposal(request.user, request.tenant, record)
    there = {found.body_id, *found.supporters.values_list("body", flat=True)}
    mine = [one for one in led(request.user, request.tenant) if one.pk not in there]
    if not mine:
        raise PermissionDenied(MEANINGS[May.EDIT_BOARDS])
    form = SupportForm(request.POST or None, initial={"topics": _topics_of(mine)})
    offer(form, "body", [(one.key, one.name) for one in mine])
    known = topics(request.user, request.tenant)
    offer(form, "topics", known.values_list("key", "name"))

    def save(batch: str) -> None:
        making.support(
            actor=request.user,
            proposal=found,
            body=get_led(request.user, request.tenant, form.cleaned_data["body"]),
            topics=form.cleaned_data.get("topics", ()),
            reason=form.cleaned_data["reason"],
            on=today(),
            batch=batch,
        )

    return asked(
        request, found, form, save, title="Vorschlag unterstützen", said="Unterstützt.",
        answer=f"{found.title}, vorgeschlagen von {found.body}",
    )  # fmt: skip


def _topics_of(mine: "list[Body]") -> list[str]:
    """Give the topics of the only body that one leads; of several nobody knows which is meant."""
    return list(mine[0].topics.values_list("key", flat=True)) if len(mine) == 1 else []


@staff
@require_POST
def stop(request: StaffRequest, record: str) -> HttpResponse:
    """Say that a body no longer stands behind a proposal."""
    supporter = get_supporter(request.user, request.tenant, record)
    key, body, batch = supporter.proposal.key, supporter.body, new_batch()
    making.stop_supporting(actor=request.user, supporter=supporter, batch=batch)
    tell(request, f"{body} unterstützt den Vorschlag nicht mehr.", undo=batch)
    return HttpResponseRedirect(address(request, "proposal", record=key))
