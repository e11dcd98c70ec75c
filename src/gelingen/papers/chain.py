"""The chain of deliberation: which bodies deal with a paper in which order, and what came of it.

lay_chain(...), add_station(...), change_station(...), move_station(...), remove_station(...)
put_on_agenda(...), note_result(...), outcome_of(item) -> Outcome
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.boards import agenda
from gelingen.boards.queries import bodies
from gelingen.boards.seen import items
from gelingen.history.arranging import move
from gelingen.history.recording import change, new_batch, remove
from gelingen.papers.models import Deliberation, Paper
from gelingen.papers.queries import OUT, chain_of
from gelingen.papers.releasing import keep_version
from gelingen.papers.writing import PaperError
from gelingen.register.standing import standing
from gelingen.terms.boards import BodyKind, ItemKind, Result
from gelingen.terms.papers import DeliberationRole, PaperKind, PaperState, VersionOccasion
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body, Meeting

# The usual way of a proposal; whichever of these bodies there are, in this order.
USUAL = (
    (BodyKind.ADVISORY, DeliberationRole.ADVICE),
    (BodyKind.COMMITTEE, DeliberationRole.ADVICE),
    (BodyKind.COUNCIL, DeliberationRole.DECISION),
)
ADOPTED = frozenset({Result.UNCHANGED, Result.CHANGED, Result.MAJORITY})
_WHY = {
    DeliberationRole.ADVICE: ItemKind.DISCUSSION,
    DeliberationRole.DECISION: ItemKind.VOTE,
    DeliberationRole.NOTICE: ItemKind.INFORMATION,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deliberation."""

    result: str
    on: date
    adopted: str = ""
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None


def origin_of(paper: Paper) -> str:
    """Name a paper as the items of agendas do."""
    return f"paper:{paper.key}"


def usual(
    actor: Actor, tenant: Tenant, kind: str, *, on: date
) -> "list[tuple[Body, DeliberationRole]]":
    """List the bodies of the usual way on a day; of several of a kind the first by name.

    A notice is only taken note of. One query.
    """
    found: dict[str, Body] = {}
    for one in bodies(actor, tenant).filter(standing(on)).order_by("name", "key"):
        found.setdefault(one.kind, one)
    notice = kind == PaperKind.NOTICE
    return [
        (found[of], DeliberationRole.NOTICE if notice else role)
        for of, role in USUAL
        if of in found
    ]


def lay_chain(*, actor: Actor, paper: Paper, on: date, batch: str = "") -> int:
    """Give a paper without a chain the usual one; gives the number of stations.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it has a chain, or is no longer dealt with.

    """
    _require_open(actor, paper)
    if paper.deliberations.exists():
        raise PaperError("Diese Vorlage hat schon eine Beratungsfolge.")
    batch = batch or new_batch()
    stations = usual(actor, paper.tenant, paper.kind, on=on)
    with transaction.atomic():
        for order, (body, role) in enumerate(stations, 1):
            _new(actor, paper, body, role, None, order, batch)
    return len(stations)


def _require_open(actor: Actor, paper: Paper) -> None:
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state in (PaperState.DONE, PaperState.WITHDRAWN):
        raise PaperError(f"Die Vorlage ist {paper.get_state_display()}; ihr Weg ist zu Ende.")


def _new(  # noqa: PLR0913, PLR0917 - what a station consists of
    actor: Actor,
    paper: Paper,
    body: "Body",
    role: str,
    planned: date | None,
    order: int,
    batch: str,
) -> Deliberation:
    made = Deliberation(tenant=paper.tenant, key=uuid4().hex, paper=paper, order=order)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.body, made.role, made.planned = body, role, planned
    return made


def add_station(  # noqa: PLR0913 - what a station consists of
    *,
    actor: Actor,
    paper: Paper,
    body: "Body",
    role: str,
    planned: date | None = None,
    batch: str = "",
) -> Deliberation:
    """Add a body at the end of the chain.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: it is no longer dealt with.
        ValidationError: a value is broken.

    """
    _require_open(actor, paper)
    last = max((one.order for one in paper.deliberations.all()), default=0)
    return _new(actor, paper, body, role, planned, last + 1, batch)


def change_station(  # noqa: PLR0913 - what a station consists of
    *,
    actor: Actor,
    station: Deliberation,
    role: str,
    planned: date | None,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change what a body is to do with a paper, and when.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: the body has dealt with it.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    _require_open(actor, station.paper)
    _refuse_over(station)
    station.version = station.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=station, batch=batch):
        station.role, station.planned = role, planned


def _refuse_over(station: Deliberation) -> None:
    if station.result:
        raise PaperError(f"{station.body} hat schon beraten; das bleibt, wie es ist.")


def move_station(*, actor: Actor, station: Deliberation, by: int, batch: str = "") -> str:
    """Move a station within those that are to come.

    Args:
        actor: who does it.
        station: read before; without a result.
        by: so many places down; negative: up. It stops behind what is over and at the end.
        batch: number of the undertaking.

    Returns:
        The number of the undertaking; "" if it stands there already.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: the body has dealt with it.
        LostUpdateError: somebody else changed one of them at the same moment.

    """
    _require_open(actor, station.paper)
    _refuse_over(station)
    line = chain_of(station.paper)
    over = sum(bool(one.result) for one in line)
    return move(line, station, by=by, least=over, actor=actor, batch=batch)


def remove_station(*, actor: Actor, station: Deliberation, batch: str = "") -> None:
    """Take a body out of the chain.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: the body has dealt with it.
        LostUpdateError: somebody else changed it since it was read.

    """
    _require_open(actor, station.paper)
    _refuse_over(station)
    remove(by=actor, of=station, batch=batch)


def put_on_agenda(
    *, actor: Actor, station: Deliberation, meeting: "Meeting | None", batch: str = ""
) -> "AgendaItem":
    """Put a paper on the agenda of a meeting of the body, or in its backlog.

    The item is public as the paper is.

    Raises:
        PermissionDenied: the actor may not write the paper, or does not lead the body.
        PaperError: it is not released, or the body has dealt with it.
        MeetingError: the meeting does not take it.

    """
    paper = station.paper
    _require_open(actor, paper)
    _refuse_over(station)
    if paper.state not in OUT:
        raise PaperError("Auf eine Tagesordnung kommt, was freigegeben ist.")
    batch = batch or new_batch()
    kind = _WHY[DeliberationRole.of(station.role)]
    about = f"Beschlussvorschlag:\n{paper.proposal}" if paper.proposal else ""
    given = agenda.Given(
        paper.subject, kind=kind.value, public=paper.public, responsible=paper.clerk, about=about
    )
    with transaction.atomic():
        item = agenda.new_item(
            actor=actor, body=station.body, meeting=meeting, given=given, origin=origin_of(paper),
            batch=batch,
        )  # fmt: skip
        with change(by=actor, verb=Verb.CHANGED, of=station, batch=batch):
            station.item = item
            station.planned = meeting.day if meeting else station.planned
    return item


def dealt_with(actor: Actor, station: Deliberation) -> "AgendaItem | None":
    """Find the item in which the body dealt with the paper, if its result is not taken over.

    The last one by its meeting. One query.
    """
    if station.result:
        return None
    found = items(actor, station.paper.tenant).filter(
        body=station.body_id, origin=origin_of(station.paper), meeting__isnull=False
    )
    used = station.paper.deliberations.exclude(item=None).exclude(pk=station.pk).values("item")
    found = found.exclude(result="").exclude(pk__in=used).select_related("meeting")
    return found.order_by("-meeting__day", "-pk").first()


def outcome_of(item: "AgendaItem", paper: Paper) -> Outcome:
    """Read what came of a paper from the item that dealt with it.

    Of an item that is not public a public paper gets only the result and the day.

    Raises:
        PaperError: it belongs to no meeting.

    """
    if item.meeting is None:
        raise PaperError("Dieser Punkt gehört zu keiner Sitzung.")
    if paper.public and not item.public:
        return Outcome(item.result, item.meeting.day)
    return Outcome(item.result, item.meeting.day, item.resolution, item.yes, item.no, item.abstain)


def note_result(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    station: Deliberation,
    outcome: Outcome,
    item: "AgendaItem | None" = None,
    version: int | None = None,
    batch: str = "",
) -> str:
    """Note what a body made of a paper; the next station opens.

    What was postponed comes before the same body again. A text that was adopted is kept as a
    version of the paper; the last result ends its way, and so does a decision against it.

    Args:
        actor: who notes it.
        station: the first one without a result, or the last one that has one.
        outcome: what came of it.
        item: the item of the meeting, if there is one.
        version: the version that the person saw.
        batch: number of the undertaking.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: it is not released, or it is another body's turn.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    paper = station.paper
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state not in (PaperState.RELEASED, PaperState.DONE):
        raise PaperError("Beraten wird, was freigegeben ist.")
    line = chain_of(paper)
    _refuse_turn(line, station)
    batch = batch or new_batch()
    station.version = station.version if version is None else version
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=station, batch=batch):
            station.result, station.noted = outcome.result, outcome.on
            station.adopted = clean_lines(outcome.adopted)
            station.yes, station.no, station.abstain = outcome.yes, outcome.no, outcome.abstain
            station.item = item or station.item
        _go_on(actor, paper, line, station, batch)
        if decides(station):
            keep_version(
                actor=actor, paper=paper, occasion=VersionOccasion.ADOPTION, on=outcome.on,
                text=station.adopted, batch=batch,
            )  # fmt: skip
    return batch


def decides(station: Deliberation) -> bool:
    """Tell whether with this station the paper is adopted."""
    return station.role == DeliberationRole.DECISION and station.result in ADOPTED


def _refuse_turn(line: list[Deliberation], station: Deliberation) -> None:
    """Refuse a result out of turn: before an earlier station, or after a later one."""
    place = [one.key for one in line].index(station.key)
    if waiting := [one for one in line[:place] if not one.result]:
        raise PaperError(
            f"Zuerst ist {waiting[0].body} an der Reihe; die Reihenfolge lässt sich ändern."
        )
    if any(one.result for one in line[place + 1 :]):
        raise PaperError("Danach hat schon ein anderes Gremium beraten; das Ergebnis bleibt.")


def _go_on(
    actor: Actor, paper: Paper, line: list[Deliberation], station: Deliberation, batch: str
) -> None:
    """Open what comes next, or end the way of the paper."""
    following = [one for one in line if one.order > station.order]
    again = station.result == Result.POSTPONED and not any(
        one.body_id == station.body_id and one.role == station.role for one in following
    )
    if again:
        for one in reversed(following):
            with change(by=actor, verb=Verb.ARRANGED, of=one, batch=batch):
                one.order += 1
        _new(actor, paper, station.body, station.role, None, station.order + 1, batch)
    refused = station.role == DeliberationRole.DECISION and station.result == Result.REJECTED
    over = refused or (not following and not again)
    state = PaperState.DONE if over else PaperState.RELEASED
    if paper.state != state:
        with change(by=actor, verb=Verb.CHANGED, of=paper, batch=batch):
            paper.state = state
