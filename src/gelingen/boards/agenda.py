"""What a body deals with: its backlog, and the agenda of a meeting in its order.

new_item(...) -> AgendaItem, new_items(...), change_item(...), move_item(...), put_in(...),
remove_item(...)

All of it takes the right to lead the body (`May.EDIT_BOARDS`) and can be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import Max, QuerySet

from gelingen.access.policy import Actor, May, require
from gelingen.boards.meetings import MeetingError, refuse_approved_since, require_open
from gelingen.boards.models import ActionPoint, AgendaItem, Body, Meeting
from gelingen.boards.seen import items
from gelingen.history.arranging import move
from gelingen.history.recording import change, new_batch, remove
from gelingen.register.attachments import detach_all
from gelingen.terms.boards import ItemKind, MeetingState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines


@dataclass(frozen=True, slots=True)
class Given:
    """What is told about an item before it is dealt with; `minutes` are how long it takes."""

    title: str
    kind: str = ItemKind.DISCUSSION.value
    public: bool = True
    minutes: int | None = None
    responsible: str = ""
    about: str = ""


def backlog(actor: Actor, body: Body) -> QuerySet[AgendaItem]:
    """Give the items of a body that wait for a meeting and that the actor may see, in order."""
    found = items(actor, body.tenant).filter(body=body, meeting=None)
    return found.order_by("order", "key")


def new_item(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    body: Body,
    meeting: Meeting | None,
    given: Given,
    origin: str = "",
    batch: str = "",
) -> AgendaItem:
    """Add an item behind the others of a meeting, or of the backlog.

    Args:
        actor: who does it.
        body: whose item.
        meeting: a meeting of that body; None for the backlog.
        given: what is told about it.
        origin: the record it comes from, as "measure:m01".
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the meeting is of another body or cancelled, or its minutes are approved.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, body)
    require_takes(meeting, body.pk)
    # The key says nothing: more people read it than may read what an item is about.
    made = AgendaItem(
        tenant_id=body.tenant_id, body=body, meeting=meeting, key=uuid4().hex, origin=origin
    )
    with transaction.atomic():
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.order = next_order(body, meeting)
            _assign(made, given)
        refuse_approved_since(meeting)
    return made


def new_items(
    *,
    actor: Actor,
    body: Body,
    meeting: Meeting | None,
    given: Iterable[tuple[str, Given]],
    batch: str = "",
) -> None:
    """Add items behind the others, each with the record it comes from: all of them or none.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the meeting is of another body or cancelled, or its minutes are approved.
        ValidationError: a value is broken.

    """
    batch = batch or new_batch()
    with transaction.atomic():
        for origin, one in given:
            new_item(actor=actor, body=body, meeting=meeting, given=one, origin=origin, batch=batch)


def require_takes(meeting: Meeting | None, body: int) -> None:
    """Refuse items of a body on a meeting that does not take them; the backlog takes all.

    Args:
        meeting: where they are to stand; None for the backlog.
        body: number of the body whose items they are. Who leads it may not lead others.

    Raises:
        MeetingError: the meeting is of another body or cancelled, or its minutes are approved.

    """
    if meeting is None:
        return
    if meeting.body_id != body:
        raise MeetingError("Diese Sitzung ist die eines anderen Gremiums.")
    require_open(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingError("Die Sitzung ist abgesagt.")


def next_order(body: Body, meeting: Meeting | None) -> int:
    """Give the place behind the last item of a meeting, or of the backlog. One query."""
    there = AgendaItem.objects.filter(body=body, meeting=meeting)
    return (there.aggregate(last=Max("order"))["last"] or 0) + 1


def change_item(
    *, actor: Actor, item: AgendaItem, given: Given, version: int | None = None, batch: str = ""
) -> str:
    """Change what is told about an item; what follows from it is public or not as it is.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes of the meeting are approved.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, item)
    if item.meeting:
        require_open(item.meeting)
    batch = batch or new_batch()
    item.version = item.version if version is None else version
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=item, batch=batch):
            _assign(item, given)
        for one in ActionPoint.objects.filter(item=item).exclude(public=given.public):
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                one.public = given.public
        refuse_approved_since(item.meeting)
    return batch


def _assign(item: AgendaItem, given: Given) -> None:
    item.title, item.kind, item.public = clean(given.title), given.kind, given.public
    item.duration, item.responsible = given.minutes, clean(given.responsible)
    item.about = clean_lines(given.about)


def move_item(*, actor: Actor, item: AgendaItem, by: int, batch: str = "") -> str:
    """Move an item within its part of the agenda, or within the backlog.

    Args:
        actor: who does it.
        item: read before.
        by: so many places down; negative: up. It stops at the first and the last place.
        batch: number of the undertaking.

    Returns:
        The number of the undertaking; "" if it stands there already.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes of the meeting are approved.
        LostUpdateError: somebody else changed one of the items at the same moment.

    """
    require(actor, May.EDIT_BOARDS, item)
    if item.meeting:
        require_open(item.meeting)
    there = AgendaItem.objects.filter(body=item.body_id, meeting=item.meeting_id)
    # In the agenda the two parts are ordered by themselves; the backlog is one list.
    mine = there.filter(public=item.public) if item.meeting_id else there
    with transaction.atomic():
        moved = move(list(mine.order_by("order", "key")), item, by=by, actor=actor, batch=batch)
        refuse_approved_since(item.meeting)
    return moved


def put_in(*, actor: Actor, item: AgendaItem, meeting: Meeting | None, batch: str = "") -> None:
    """Put an item on the agenda of a meeting of its body, at the end, or back into the backlog.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the meeting is of another body, cancelled, or one of the two is approved; or
            the item was dealt with.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, item)
    require_takes(meeting, item.body_id)
    if item.meeting:
        require_open(item.meeting)
    if item.result:
        raise MeetingError("Dieser Punkt ist schon behandelt und bleibt bei seiner Sitzung.")
    left = item.meeting
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=item, batch=batch):
            item.meeting, item.order = meeting, next_order(item.body, meeting)
        refuse_approved_since(left, meeting)


def remove_item(*, actor: Actor, item: AgendaItem, batch: str = "") -> None:
    """Delete an item with its files; action points that follow from it stay.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes of its meeting are approved.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, item)
    if item.meeting:
        require_open(item.meeting)
    batch = batch or new_batch()
    with transaction.atomic():
        for action in item.actions.all():
            with change(by=actor, verb=Verb.CHANGED, of=action, batch=batch):
                action.item, action.public = None, action.public and item.public
        detach_all(actor=actor, thing=item, batch=batch)
        remove(by=actor, of=item, batch=batch)
        refuse_approved_since(item.meeting)
