"""Write the minutes: who was there, what came of each item; close, cancel, approve, open again.

note_attendance(...), write_item(...), close_meeting(...), cancel_meeting(...), approve(...),
reopen(...)

Minutes are a draft from the first word. Who changes them after the meeting is closed amends them.
A later meeting approves them; from then on they are fixed until somebody opens them with a reason.
All of it takes the right to lead the body (`May.EDIT_BOARDS`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from uuid import uuid4

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.boards.agenda import next_order
from gelingen.boards.meetings import MeetingError, require_open
from gelingen.boards.minutes import Place, rule_of, seats_of
from gelingen.boards.models import AgendaItem, Attendance, Meeting, Seat
from gelingen.boards.seen import BY_TIME
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change, new_batch, remove
from gelingen.register.keys import free_keys
from gelingen.terms.boards import MeetingState, MinutesState, Result
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines

_TAKES_PLACE = (MeetingState.PLANNED, MeetingState.INVITED)


@dataclass(frozen=True, slots=True)
class Said:
    """What came of an item; votes are None where none were counted."""

    course: str = ""
    result: str = ""
    resolution: str = ""
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    dissent: str = ""


def says(item: AgendaItem, said: Said) -> bool:
    """Whether what came of an item is stored as it is said."""
    return said_of(item) == _cleaned(said)


def said_of(item: AgendaItem) -> Said:
    """Give what came of an item as it is stored."""
    return Said(**{one.name: getattr(item, one.name) for one in fields(Said)})


def _cleaned(said: Said) -> Said:
    return replace(
        said,
        course=clean_lines(said.course),
        resolution=clean_lines(said.resolution),
        dissent=clean_lines(said.dissent),
    )


def vote_hint(places: Iterable[Place], *votes: int | None) -> str:
    """Say whether more or fewer votes were counted than people with a vote were there.

    Args:
        places: seats of the meeting.
        votes: yes, no and abstentions; None where not counted.

    Returns:
        A German sentence; "" where nothing is wrong or nothing can be said.

    """
    told = [one for one in votes if one is not None]
    there = sum(one.there for one in places if one.votes)
    if not told or not there or sum(told) == there:
        return ""
    word = "mehr" if sum(told) > there else "weniger"
    return (
        f"{sum(told)} Stimmen gezählt, {word} als die {there} Stimmberechtigten, die als anwesend "
        "oder vertreten eingetragen sind."
    )


def write_item(
    *, actor: Actor, item: AgendaItem, said: Said, version: int | None = None, batch: str = ""
) -> str:
    """Write what came of an item; the meeting gets minutes by the first one.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the item waits for a meeting, or the minutes are approved, or the meeting is
            cancelled.
        LostUpdateError: somebody else changed the item since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, item)
    if item.meeting is None:
        raise MeetingError("Dieser Punkt steht noch auf keiner Tagesordnung.")
    _require_writable(item.meeting)
    batch = batch or new_batch()
    item.version = item.version if version is None else version
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=item, batch=batch):
            for name, value in asdict(_cleaned(said)).items():
                setattr(item, name, value)
        _touch(actor, item.meeting)
    return batch


def written_only_in(batch: str, item: AgendaItem, *, since: int) -> bool:
    """Whether everything that changed an item since a version belongs to one undertaking.

    Each version has its event, so it is read from as many of the last ones. One query.
    """
    told = ChangeEvent.objects.filter(
        tenant=item.tenant_id, subject=f"{item._meta.label}:{item.key}"[:250]
    )
    last = told.order_by("-pk").values_list("batch", flat=True)[: max(item.version - since, 0)]
    return bool(batch) and set(last) == {batch}


def _require_writable(meeting: Meeting) -> None:
    require_open(meeting)
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingError("Die Sitzung ist abgesagt.")


def _touch(actor: Actor, meeting: Meeting) -> None:
    """Say that there are minutes, or that they were changed after the meeting.

    It stands alone: whoever takes back the first word leaves the minutes that others went on with.
    """
    # Somebody may have begun or approved them since the page was read.
    meeting = Meeting.objects.select_for_update().order_by("pk").get(pk=meeting.pk)
    _require_writable(meeting)
    amends = meeting.state == MeetingState.HELD and meeting.minutes != MinutesState.NONE
    fits = MinutesState.AMENDED if amends else MinutesState.DRAFT
    if meeting.minutes not in (fits, MinutesState.AMENDED):
        with change(by=actor, verb=Verb.CHANGED, of=meeting):
            meeting.minutes = fits


def note_attendance(
    *,
    actor: Actor,
    meeting: Meeting,
    noted: Mapping[str, tuple[str, str]],
    batch: str = "",
) -> str:
    """Note for each seat whether it was represented, and by which function.

    Args:
        actor: who does it.
        meeting: read before.
        noted: by key of the seat the presence, "" to say nothing, and the function, "" for who
            takes the seat.
        batch: number of the undertaking.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes are approved, or the meeting is cancelled.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    _require_writable(meeting)
    batch = batch or new_batch()
    there = {one.seat.key: one for one in meeting.attendances.select_related("seat")}
    seats = {one.key: one for one in Seat.objects.filter(body=meeting.body_id, key__in=noted)}
    with transaction.atomic():
        for key, (presence, function) in noted.items():
            if key in seats:
                _note(actor, meeting, seats[key], there.get(key), (presence, function), batch)
        _touch(actor, meeting)
    return batch


def _note(  # noqa: PLR0913, PLR0917 - what a recorded change consists of
    actor: Actor,
    meeting: Meeting,
    seat: Seat,
    known: Attendance | None,
    said: tuple[str, str],
    batch: str,
) -> None:
    presence, function = said
    if known is not None and not presence:
        remove(by=actor, of=known, batch=batch)
        return
    if not presence or (known and (known.presence, known.function) == said):
        return
    if known is None:
        wished = f"{meeting.key}|{seat.key}"
        (key,) = free_keys(Attendance, meeting.tenant_id, [wished])
        known = Attendance(tenant_id=meeting.tenant_id, key=key, meeting=meeting, seat=seat)
    verb = Verb.CREATED if known._state.adding else Verb.CHANGED
    with change(by=actor, verb=verb, of=known, batch=batch):
        known.presence, known.function = presence, function


def unfinished(meeting: Meeting) -> list[AgendaItem]:
    """Give the items of a meeting without result, or postponed, in their order. One query."""
    found = AgendaItem.objects.filter(meeting=meeting, result__in=("", Result.POSTPONED))
    return list(found.order_by("-public", "order", "key"))


def next_meeting(meeting: Meeting) -> Meeting | None:
    """Find the next meeting of the same body that is still to come. One query."""
    later = Meeting.objects.filter(
        body=meeting.body_id, day__gt=meeting.day, state__in=_TAKES_PLACE
    ).exclude(minutes=MinutesState.APPROVED)
    return later.order_by(*BY_TIME).first()


def close_meeting(*, actor: Actor, meeting: Meeting, batch: str = "") -> tuple[int, Meeting | None]:
    """Say that a meeting took place; what is unfinished goes on in the next one, or waits.

    An unfinished item stays in the minutes of this meeting, and another one that carries it on
    (`previous`) takes its place on the agenda of the next meeting, or in the backlog.

    Returns:
        How many items go on, and the meeting in which; None for the backlog.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: it is closed or cancelled already, or its minutes are approved.
        LostUpdateError: somebody else changed the meeting since it was read.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    require_open(meeting)
    if meeting.state not in _TAKES_PLACE:
        raise MeetingError(f"Die Sitzung ist schon: {meeting.get_state_display()}.")
    batch = batch or new_batch()
    rest, target = unfinished(meeting), next_meeting(meeting)
    with transaction.atomic():
        with change(by=actor, verb=Verb.ENDED, of=meeting, batch=batch):
            meeting.state, meeting.kept = MeetingState.HELD, rule_of(meeting)
            if meeting.minutes == MinutesState.NONE:
                meeting.minutes = MinutesState.DRAFT
        order = next_order(meeting.body, target)
        for place, item in enumerate(rest):
            following = _carried(item, target)
            with change(by=actor, verb=Verb.CREATED, of=following, batch=batch):
                following.order = order + place
    return len(rest), target


def cancel_meeting(*, actor: Actor, meeting: Meeting, batch: str = "") -> str:
    """Cancel a meeting; what was not dealt with waits in the backlog of the body, at its end.

    Where minutes were begun, what was written stays at this meeting: an item with a result is
    done, and one without is carried on by another, as when a meeting is closed.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: it took place, or is cancelled already.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    if meeting.state not in _TAKES_PLACE:
        raise MeetingError(f"Die Sitzung ist schon: {meeting.get_state_display()}.")
    batch = batch or new_batch()
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=meeting, batch=batch):
            meeting.state = MeetingState.CANCELLED
        order = next_order(meeting.body, None)
        for place, item in enumerate(unfinished(meeting)):
            written = said_of(item) != Said()
            waits = _carried(item, None) if written else item
            verb = Verb.CREATED if written else Verb.CHANGED
            with change(by=actor, verb=verb, of=waits, batch=batch):
                waits.meeting, waits.order = None, order + place
    return batch


def _carried(item: AgendaItem, target: Meeting | None) -> AgendaItem:
    names = (
        "tenant_id", "body_id", "title", "kind", "public", "duration", "responsible", "about",
        "origin",
    )  # fmt: skip
    same = {name: getattr(item, name) for name in names}
    return AgendaItem(key=uuid4().hex, meeting=target, previous=item, **same)


def to_approve(meeting: Meeting) -> list[Meeting]:
    """Give earlier meetings of the body whose minutes wait to be approved, the first first."""
    waiting = Meeting.objects.filter(
        body=meeting.body_id,
        day__lt=meeting.day,
        state=MeetingState.HELD,
        minutes__in=(MinutesState.DRAFT, MinutesState.AMENDED),
    )
    return list(waiting.select_related("body", "tenant").order_by("day", "key"))


def approve(*, actor: Actor, meeting: Meeting, at: Meeting, on: date, batch: str = "") -> None:
    """Approve the minutes of a meeting in a later one of the same body; from then they are fixed.

    With them is kept who took and represented each seat: that stays, whatever is changed there.

    Args:
        actor: who does it.
        meeting: whose minutes, read before.
        at: the meeting that approves them.
        on: the present day.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: there is nothing to approve, or the other meeting is not a later one, or it
            is still to come.
        LostUpdateError: somebody else changed the minutes since they were read.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    require_open(meeting)
    if meeting.state != MeetingState.HELD or meeting.minutes == MinutesState.NONE:
        raise MeetingError("Genehmigt wird, wenn die Sitzung abgeschlossen ist.")
    if at.body_id != meeting.body_id or at.day <= meeting.day:
        raise MeetingError("Genehmigt wird in einer späteren Sitzung desselben Gremiums.")
    if at.state == MeetingState.CANCELLED:
        raise MeetingError("Die Sitzung, die genehmigen soll, ist abgesagt.")
    if at.day > on:
        raise MeetingError(f"Die Sitzung, die genehmigen soll, ist erst am {day(at.day)}.")
    with change(by=actor, verb=Verb.CONFIRMED, of=meeting, batch=batch):
        meeting.kept = {**rule_of(meeting), **meeting.kept, **seats_of(meeting)}
        meeting.minutes, meeting.approved_in = MinutesState.APPROVED, at


def reopen(*, actor: Actor, meeting: Meeting, reason: str, batch: str = "") -> None:
    """Open approved minutes again to correct them; the reason stays in the history.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: they are not approved, or no reason is given.
        LostUpdateError: somebody else changed them since they were read.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    if meeting.minutes != MinutesState.APPROVED:
        raise MeetingError("Die Niederschrift ist nicht genehmigt, also schon offen.")
    if not reason.strip():
        raise MeetingError("Bitte sagen, warum die genehmigte Niederschrift geändert wird.")
    with change(by=actor, verb=Verb.CHANGED, of=meeting, reason=reason.strip(), batch=batch):
        meeting.minutes, meeting.approved_in = MinutesState.AMENDED, None
        # The rule by which it could decide stays; who took the seats can be corrected.
        meeting.kept = {name: one for name, one in meeting.kept.items() if name in rule_of(meeting)}
