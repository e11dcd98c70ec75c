"""What was written about a meeting, which letter is due, and who gets it.

due(meeting) -> Due, addressees(actor, meeting, due, on=...) -> Addressees

Who must not be told by mail what is not public reads it on the page of the meeting: a mailbox is
read by whom nobody here knows, so the rest goes only to the mailbox of an account that may see it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models.functions import Lower

from gelingen.access.policy import Actor, May, require
from gelingen.access.rights import who_may
from gelingen.boards.models import Meeting, Notice, Tenure
from gelingen.boards.queries import bodies
from gelingen.register.queries import organisations
from gelingen.register.standing import standing
from gelingen.terms.boards import MeetingState, NoticeKind
from gelingen.terms.spelling import day


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who takes a seat on the day of a meeting.

    Attributes:
        function: by which they take it.
        seat: who sends them, or where the seat comes from.
        mailbox: where the letter goes; "" if nobody knows one.
        own: whether it is theirs, and not that of the organisation that sends them.
        sees: whether what is not public may go there: it is the mailbox of their account, the
            account may see that today, and no organisation or body shares the mailbox.

    """

    function: str
    seat: str
    mailbox: str
    own: bool
    sees: bool


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who gets a letter, and who has to be told otherwise; both by seat.

    Attributes:
        reached: those with a mailbox; several may share one.
        silent: those without.
        gone: mailboxes that were written to and to which no seat belongs on the day of the meeting
            any more, in order; the meeting has to leave their calendars.

    """

    reached: tuple[Recipient, ...]
    silent: tuple[Recipient, ...]
    gone: tuple[str, ...]

    @property
    def mailboxes(self) -> dict[str, bool]:
        """Each mailbox once, with whether all who share it may see what is not public."""
        found: dict[str, bool] = {}
        for one in self.reached:
            key = one.mailbox.lower()
            found[key] = found.get(key, True) and one.sees
        return found

    @property
    def number(self) -> int:
        """How many letters there are to write."""
        return len(self.mailboxes) + len(self.gone)


@dataclass(frozen=True, slots=True)
class Due:
    """What may be written about a meeting now.

    Attributes:
        kind: which letter it would be; None if there is none to write.
        why_not: then, why; "" otherwise.
        last: the last letter about it; None for none.
        moved: whether day, time or place are others than that letter said.

    """

    kind: NoticeKind | None
    why_not: str
    last: Notice | None
    moved: bool

    @property
    def known(self) -> bool:
        """Whether those who were written to have the meeting in their calendars."""
        return self.last is not None and self.last.kind != NoticeKind.CANCELLATION


def told(meeting: Meeting) -> str:
    """Spell day, time and place of a meeting, as letters tell them."""
    until = f" bis {meeting.until:%H:%M}" if meeting.until else ""
    clock = f"{meeting.begins:%H:%M}{until} Uhr" if meeting.begins else ""
    return ", ".join(one for one in (day(meeting.day), clock, meeting.place) if one)


def due(meeting: Meeting) -> Due:
    """Tell which letter about a meeting comes next. One query."""
    last = Notice.objects.filter(meeting=meeting).order_by("sequence").last()
    moved = last is not None and last.told != told(meeting)
    now = Due(None, "", last, moved)
    if meeting.state == MeetingState.HELD:
        return replace(now, why_not="Die Sitzung hat schon stattgefunden.")
    if meeting.state == MeetingState.CANCELLED:
        if now.known:
            return replace(now, kind=NoticeKind.CANCELLATION)
        why = "Die Absage ist geschrieben." if last else "Zu dieser Sitzung war nicht eingeladen."
        return replace(now, why_not=why)
    return replace(now, kind=NoticeKind.UPDATE if now.known else NoticeKind.INVITATION)


def addressees(actor: Actor, meeting: Meeting, now: Due, *, on: date) -> Addressees:
    """List who takes a seat on the day of a meeting, by seat, and who was written to before.

    Args:
        actor: who leads the body.
        meeting: the meeting.
        now: what is due, as `due` tells it.
        on: the present day; on it the rights of accounts are asked for. Eight queries at most.

    Raises:
        PermissionDenied: the actor does not lead the body.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    held = Tenure.objects.filter(
        standing(meeting.day), standing(meeting.day, "seat__"), seat__body=meeting.body
    )
    rows = held.select_related("seat__organisation", "person").order_by(
        "seat__order", "seat__key", "key"
    )
    private = _private(actor, meeting, list(rows), on)
    found = [_recipient(one, private) for one in rows]
    reached = tuple(one for one in found if one.mailbox)
    written = now.last.mailboxes.split() if now.known and now.last else []
    present = {one.mailbox.lower() for one in reached}
    gone = tuple(one for one in written if one not in present)
    return Addressees(reached, tuple(one for one in found if not one.mailbox), gone)


def _private(actor: Actor, meeting: Meeting, rows: Iterable[Tenure], on: date) -> set[int]:
    """Give the tenures whose mailbox is that of an account that may see what is not public."""
    entitled = {one.user.pk for one in who_may(actor, May.VIEW_CLOSED, meeting, on=on)}
    found = {
        one.pk: one.mailbox.lower()
        for one in rows
        if one.person is not None
        and one.person.pk in entitled
        and one.mailbox.lower() == one.person.email.lower()
    }
    shared = set[str]()
    for named in (organisations(actor, meeting.tenant), bodies(actor, meeting.tenant)):
        same = named.annotate(said=Lower("mailbox")).filter(said__in=found.values())
        shared |= set(same.values_list("said", flat=True))
    return {pk for pk, mailbox in found.items() if mailbox and mailbox not in shared}


def _recipient(tenure: Tenure, private: set[int]) -> Recipient:
    seat = tenure.seat
    sends = seat.organisation
    label = seat.sender or (sends.name if sends else seat.get_kind_display())
    other = sends.mailbox if sends else ""
    return Recipient(
        tenure.function,
        label,
        tenure.mailbox or other,
        own=bool(tenure.mailbox),
        sees=tenure.pk in private,
    )
