"""Write to all who take a seat about a meeting: the invitation, a change, a cancellation.

addressees(actor, meeting) -> Addressees
due(meeting) -> Due, proposed(meeting, due) -> Words, letter(agenda, words, kind) -> Letter
send(...) -> int

What is sent is sent: taking it back in the history changes the state of the meeting and nothing in
anybody's mailbox, so each letter is kept as a `Notice` and counts one further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.boards.calendar import MEDIA_TYPE, Method, entry_of, meeting_file, uid_of
from gelingen.boards.feeds import agenda_text
from gelingen.boards.minutes import Agenda, Item
from gelingen.boards.models import Meeting, Notice, Tenure
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch
from gelingen.post.commands import post
from gelingen.post.letters import Enclosure, Letter
from gelingen.register.standing import standing
from gelingen.terms.boards import MeetingState, NoticeKind
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb

_VERBS = {
    NoticeKind.INVITATION: "lade ich Sie herzlich ein",
    NoticeKind.UPDATE: "hat sich etwas geändert",
    NoticeKind.CANCELLATION: "sage ich ab",
}


class NotNowError(UserError):
    """There is nothing to write about the meeting, or nobody to write to."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who takes a seat on the day of a meeting.

    Attributes:
        function: by which they take it.
        seat: who sends them, or where the seat comes from.
        mailbox: where the letter goes; "" if nobody knows one.
        own: whether it is theirs, and not that of the organisation that sends them.

    """

    function: str
    seat: str
    mailbox: str
    own: bool


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who gets a letter, and who has to be told otherwise; both by seat.

    Attributes:
        reached: those with a mailbox; several may share one.
        silent: those without.

    """

    reached: tuple[Recipient, ...]
    silent: tuple[Recipient, ...]

    @property
    def mailboxes(self) -> dict[str, bool]:
        """Each mailbox once, with whether all who share it have it for themselves."""
        found: dict[str, bool] = {}
        for one in self.reached:
            key = one.mailbox.lower()
            found[key] = found.get(key, True) and one.own
        return found


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


class Words(NamedTuple):
    """What may be changed of a letter: its subject and the paragraphs before the facts."""

    subject: str
    text: str


class Papers(NamedTuple):
    """The invitation as a paper: the public one, and the one with what is not public."""

    public: bytes
    full: bytes | None = None


def addressees(actor: Actor, meeting: Meeting) -> Addressees:
    """List who takes a seat on the day of a meeting, by seat. Two queries.

    Raises:
        PermissionDenied: the actor does not lead the body.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    held = Tenure.objects.filter(
        standing(meeting.day), standing(meeting.day, "seat__"), seat__body=meeting.body
    )
    rows = held.select_related("seat__organisation").order_by("seat__order", "seat__key", "key")
    found = [_recipient(one) for one in rows]
    return Addressees(
        tuple(one for one in found if one.mailbox), tuple(one for one in found if not one.mailbox)
    )


def _recipient(tenure: Tenure) -> Recipient:
    seat = tenure.seat
    sends = seat.organisation
    label = seat.sender or (sends.name if sends else seat.get_kind_display())
    other = sends.mailbox if sends else ""
    return Recipient(tenure.function, label, tenure.mailbox or other, own=bool(tenure.mailbox))


def told(meeting: Meeting) -> str:
    """Spell day, time and place of a meeting, as letters tell them."""
    until = f" bis {meeting.until:%H:%M}" if meeting.until else ""
    clock = f"{meeting.begins:%H:%M}{until} Uhr" if meeting.begins else ""
    return ", ".join(one for one in (day(meeting.day), clock, meeting.place) if one)


def due(meeting: Meeting) -> Due:
    """Tell which letter about a meeting comes next. One query."""
    last = Notice.objects.filter(meeting=meeting).order_by("sequence").last()
    known = last is not None and last.kind != NoticeKind.CANCELLATION
    moved = last is not None and last.told != told(meeting)
    if meeting.state == MeetingState.HELD:
        return Due(None, "Die Sitzung hat schon stattgefunden.", last, moved)
    if meeting.state == MeetingState.CANCELLED:
        if known:
            return Due(NoticeKind.CANCELLATION, "", last, moved)
        why = "Die Absage ist geschrieben." if last else "Zu dieser Sitzung war nicht eingeladen."
        return Due(None, why, last, moved)
    return Due(NoticeKind.UPDATE if known else NoticeKind.INVITATION, "", last, moved)


def proposed(meeting: Meeting, now: Due) -> Words:
    """Propose the words of the letter that is due."""
    kind = now.kind or NoticeKind.INVITATION
    subject = f"{kind.label}: {meeting.body}, {day(meeting.day)}"
    name = f" „{meeting.title}“" if meeting.title else ""
    what = f"zur Sitzung{name} ({meeting.body}) am {day(meeting.day)} {_VERBS[kind]}."
    if kind is NoticeKind.CANCELLATION:
        what = f"die Sitzung{name} ({meeting.body}) am {day(meeting.day)} {_VERBS[kind]}."
    if kind is NoticeKind.UPDATE:
        what = f"an der Sitzung{name} ({meeting.body}) am {day(meeting.day)} {_VERBS[kind]}."
        if now.last and now.moved:
            what = f"{what} Bisher hieß es: {now.last.told}. Es gilt, was unten steht."
    return Words(subject, f"Guten Tag,\n\n{what}")


def letter(agenda: Agenda, words: Words, kind: NoticeKind, *, closed: bool) -> Letter:
    """Write the letter: the words, then when and where, the agenda, and what is enclosed.

    Args:
        agenda: of the meeting, as whoever writes may see it.
        words: as `proposed`, perhaps changed.
        kind: which letter it is.
        closed: whether it names what is not public.

    """
    meeting = agenda.meeting
    parts = [one.strip() for one in words.text.replace("\r\n", "\n").split("\n\n") if one.strip()]
    facts = [("Gremium", str(meeting.body)), ("Sitzung", meeting.title), ("Wann", _when(meeting)),
             ("Wo", meeting.place), ("Leitung", meeting.chair)]  # fmt: skip
    parts.append("\n".join(f"{name}: {value}" for name, value in facts if value))
    if kind is not NoticeKind.CANCELLATION:
        parts += _agenda(agenda, closed=closed)
        parts.append("Im Anhang: die Einladung mit Tagesordnung und der Termin für den Kalender.")
    else:
        parts.append("Im Anhang: die Absage für den Kalender.")
    if meeting.body.mailbox:
        parts.append(f"Rückfragen und Rückmeldung: {meeting.body.mailbox}")
    return Letter(words.subject, parts, sender=f"{meeting.body}, {meeting.tenant}")


def _when(meeting: Meeting) -> str:
    return told(meeting).removesuffix(meeting.place).rstrip(", ")


def _agenda(agenda: Agenda, *, closed: bool) -> list[str]:
    """List the items, each part a paragraph."""
    hidden = agenda.closed if closed else ()
    parts = [("Tagesordnung", agenda.public), ("Nichtöffentlicher Teil", hidden or ())]
    if hidden:
        parts[0] = ("Tagesordnung, öffentlicher Teil", agenda.public)
    return [
        "\n".join([f"{title}:", *(_line(one) for one in items)]) for title, items in parts if items
    ]


def _line(item: Item) -> str:
    clock = f"{item.begins:%H:%M} Uhr" if item.begins else ""
    told = ", ".join(one for one in (item.kind.label, item.responsible, clock) if one)
    return f"{item.number}. {item.title} ({told})"


def send(  # noqa: PLR0913 - what a letter to all consists of
    *,
    actor: Actor,
    agenda: Agenda,
    words: Words,
    papers: Papers | None,
    closed: bool,
    version: int,
    on: date,
    at: datetime,
) -> int:
    """Write the letter that is due to everybody who takes a seat; it waits in the outbox.

    Args:
        actor: who leads the body.
        agenda: of the meeting.
        words: as `proposed`, perhaps changed.
        papers: the invitation as a paper; None for a cancellation.
        closed: whether those with a mailbox of their own also get what is not public. A mailbox
            of an organisation is read by others and never gets it.
        version: of the meeting, as the person saw it.
        on: the day.
        at: the moment.

    Returns:
        How many letters were written.

    Raises:
        PermissionDenied: the actor does not lead the body.
        NotNowError: no letter is due, or nobody takes a seat on the day.
        LostUpdateError: somebody else changed the meeting or wrote since.

    """
    meeting = agenda.meeting
    require(actor, May.EDIT_BOARDS, meeting)
    with transaction.atomic():
        # Two who send at the same time wait for each other: everybody gets one letter.
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        now, whom = due(meeting), addressees(actor, meeting)
        if now.kind is None:
            raise NotNowError(now.why_not)
        if not whom.reached and not whom.silent:
            raise NotNowError("An diesem Tag ist kein Sitz besetzt: Es gibt niemanden, der kommt.")
        sequence = max(meeting.sequence, now.last.sequence if now.last else 0) + 1
        _mark(actor, meeting, now.kind, sequence=sequence, version=version, on=on)
        for mailbox, own in whom.mailboxes.items():
            full = closed and own
            post(
                tenant=meeting.tenant,
                to=mailbox,
                letter=letter(agenda, words, now.kind, closed=full),
                why=f"{now.kind.label}: {meeting.body}, {day(meeting.day)}",
                at=at,
                enclosed=_enclosed(agenda, papers, mailbox, full=full, stamp=at),
            )
        Notice.objects.create(
            meeting=meeting, kind=now.kind, sequence=sequence, sent=on,
            letters=len(whom.mailboxes), told=told(meeting),
        )  # fmt: skip
    return len(whom.mailboxes)


def _mark(  # noqa: PLR0913 - one argument a thing to know
    actor: Actor, meeting: Meeting, kind: NoticeKind, *, sequence: int, version: int, on: date
) -> None:
    """Note at the meeting that everybody was told."""
    meeting.version = version
    reason = f"{kind.label} geschrieben."
    with change(by=actor, verb=Verb.CHANGED, of=meeting, reason=reason, batch=new_batch()):
        meeting.uid, meeting.sequence = uid_of(meeting), sequence
        if kind is NoticeKind.INVITATION:
            meeting.invited = on
        if meeting.state == MeetingState.PLANNED:
            meeting.state = MeetingState.INVITED


def _enclosed(
    agenda: Agenda, papers: Papers | None, mailbox: str, *, full: bool, stamp: datetime
) -> Sequence[Enclosure]:
    """Give the files of one letter: the paper, and the meeting for the calendar."""
    meeting = agenda.meeting
    called_off = meeting.state == MeetingState.CANCELLED
    method = Method.CANCEL if called_off else Method.REQUEST
    text = "" if called_off else agenda_text(one.title for one in agenda.public)
    entry = entry_of(meeting, description=text, sequence=meeting.sequence, stamp=stamp)
    organizer = meeting.body.mailbox or settings.DEFAULT_FROM_EMAIL
    calendar = meeting_file(entry, method=method, organizer=organizer, attendee=mailbox)
    found = [Enclosure("termin.ics", f"{MEDIA_TYPE}; method={method}", calendar)]
    if papers is not None:
        paper = papers.full if full and papers.full else papers.public
        found.insert(0, Enclosure(f"einladung-{meeting.day}.pdf", "application/pdf", paper))
    return found
