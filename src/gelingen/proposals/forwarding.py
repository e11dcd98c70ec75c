"""Send a proposal on to another body, and say what a body answers.

forward(...) -> Station, answer(...), put_on_agenda(...) -> AgendaItem, answer_from(...)

All of it can be taken back.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.boards.agenda import Given, new_item
from gelingen.history.recording import change
from gelingen.proposals.making import ProposalError, refuse_over
from gelingen.proposals.models import Proposal, Station
from gelingen.proposals.queries import origin_of, owner_of, waits
from gelingen.register.keys import free_keys
from gelingen.terms.boards import ItemKind, Result
from gelingen.terms.proposals import ADOPTED, Answer, StationTask, answers_to
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body

_YES = (Result.UNCHANGED, Result.MAJORITY)
_DECIDED = {
    **dict.fromkeys(_YES, Answer.ADOPTED),
    Result.CHANGED: Answer.ADOPTED_CHANGED,
    Result.REJECTED: Answer.REJECTED,
    Result.POSTPONED: Answer.POSTPONED,
    Result.NOTED: Answer.NOTED,
}
_RECOMMENDED = {
    **_DECIDED,
    **dict.fromkeys(_YES, Answer.RECOMMENDED),
    Result.CHANGED: Answer.RECOMMENDED_CHANGED,
    Result.REJECTED: Answer.NOT_RECOMMENDED,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """With what a proposal is sent on; `due` is the first day after the last one in time."""

    task: str
    due: date | None = None
    recommendation: str = ""
    priority: int | None = None
    public: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """What a body answers; `due` says until when it is put off, where it is."""

    answer: str
    text: str = ""
    public: bool = True
    due: date | None = None


def forward(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    proposal: Proposal,
    to: "Body",
    sent: Sent,
    on: date,
    after: int | None = None,
    batch: str = "",
) -> Station:
    """Send a proposal on to another body.

    Whoever is asked to recommend or to decide answers first and sends it on then; an opinion can
    be asked for meanwhile, and goes back to whom asked for it.

    Args:
        actor: who does it.
        proposal: what is sent on.
        to: who gets it.
        sent: what for, until when, and what the sender recommends.
        on: the day on which it is sent.
        after: how many stations there were when the person saw it; None: as many as there are.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body that sends it on (`queries.owner_of`).
        ProposalError: it is over, decided, was sent on meanwhile, has no answer yet, or would go
            to the body that has it.
        ValidationError: a value is broken.

    """
    refuse_over(proposal)
    with transaction.atomic():
        # Two people may send it on at the same moment; the second one waits here.
        Proposal.objects.select_for_update().order_by("pk").get(pk=proposal.pk)
        there = list(
            Station.objects.filter(proposal=proposal)
            .select_related("body", "sender")
            .order_by("order", "key")
        )
        owner, last = owner_of(proposal, there)
        require(actor, May.EDIT_BOARDS, owner)
        if after is not None and after != len(there):
            raise ProposalError("Inzwischen hat jemand den Vorschlag weitergeleitet.")
        _refuse(owner, to, last, sent.task)
        order = max((one.order for one in there), default=0) + 1
        (key,) = free_keys(Station, proposal.tenant_id, [f"{proposal.key}|{order}"])
        made = Station(tenant=proposal.tenant, key=key, proposal=proposal, order=order, since=on)
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.sender, made.body, made.task, made.due = owner, to, sent.task, sent.due
            made.recommendation = clean_lines(sent.recommendation)
            made.priority, made.public = sent.priority, sent.public
    return made


def _refuse(owner: "Body", to: "Body", last: Station | None, task: str) -> None:
    if to.pk == owner.pk:
        raise ProposalError(f"{owner} hat den Vorschlag schon.")
    if last is None:
        return
    if waits(last) and task != StationTask.ADVISE:
        raise ProposalError(
            f"{owner} hat noch nicht geantwortet. Bitte erst die Antwort eintragen; eine "
            "Stellungnahme lässt sich auch vorher erbitten."
        )
    if last.task == StationTask.DECIDE and last.answer in {*ADOPTED, Answer.REJECTED}:
        raise ProposalError("Über den Vorschlag ist entschieden.")


def answer(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    station: Station,
    said: Answered,
    on: date,
    item: "AgendaItem | None" = None,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say what a body answers. As long as it was not sent on, the answer can be corrected.

    Args:
        actor: who does it.
        station: with its proposal and body.
        said: the answer.
        on: the day on which it was given.
        item: the item of the agenda in which it was.
        version: the version of the station that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body that is asked.
        ProposalError: the proposal is over, was sent on since, the answer does not fit what was
            asked, lies before the day on which it came, or the item is that of another body.
        LostUpdateError: somebody else answered since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, station)
    refuse_over(station.proposal)
    if said.answer not in answers_to(station.task):
        raise ProposalError(
            f"Gefragt ist: {station.get_task_display()}. Diese Antwort passt nicht."
        )
    if item is not None and item.body_id != station.body_id:
        raise ProposalError("Dieser Tagesordnungspunkt ist der eines anderen Gremiums.")
    if on < station.since:
        raise ProposalError(f"Das Gremium hat den Vorschlag erst seit {day(station.since)}.")
    if station.answered and _sent_on(station):
        raise ProposalError("Der Vorschlag ist mit dieser Antwort schon weitergeleitet.")
    station.version = station.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=station, batch=batch):
        station.answer, station.answer_text = said.answer, clean_lines(said.text)
        # What a body said behind closed doors is not made public from here.
        station.answered, station.public = on, said.public and (item is None or item.public)
        station.item = item
        if said.answer == Answer.POSTPONED:
            station.due = said.due


def _sent_on(station: Station) -> bool:
    """Whether somebody was asked afterwards to recommend or to decide, knowing the answer."""
    later = Station.objects.filter(proposal=station.proposal_id, order__gt=station.order)
    return later.exclude(task=StationTask.ADVISE).exists()


def put_on_agenda(*, actor: Actor, station: Station, batch: str = "") -> "AgendaItem":
    """Let a proposal wait for the next meeting of the body that has it.

    Raises:
        PermissionDenied: the actor does not lead that body.
        ProposalError: the proposal is over.

    """
    refuse_over(station.proposal)
    deciding = station.task == StationTask.DECIDE
    given = Given(
        title=station.proposal.title,
        kind=ItemKind.VOTE if deciding else ItemKind.DISCUSSION,
        public=station.public,
        about=station.recommendation,
    )
    return new_item(
        actor=actor,
        body=station.body,
        meeting=None,
        given=given,
        origin=origin_of(station.proposal.key),
        batch=batch,
    )


def answer_from(station: Station, item: "AgendaItem") -> Answered | None:
    """Read the answer of a body from what came of an item; None if that says nothing yet."""
    table = _DECIDED if station.task == StationTask.DECIDE else _RECOMMENDED
    found = table.get(Result.of(item.result)) if item.result else None
    if found is None:
        return None
    return Answered(found, item.resolution, public=item.public and station.public)
