"""Write to all who take a seat about a meeting: the invitation, a change, a cancellation.

proposed(meeting, due) -> Words, letter(agenda, words, kind, ...) -> Letter, send(...) -> int

What is sent is sent: taking it back in the history changes the state of the meeting and nothing in
anybody's mailbox, so each letter is kept as a `Notice` and counts one further.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.boards.calendar import MEDIA_TYPE, Method, entry_of, meeting_file, uid_of
from gelingen.boards.enclosed import LARGEST_LETTER, Extra
from gelingen.boards.feeds import agenda_text
from gelingen.boards.minutes import Agenda, Item
from gelingen.boards.models import Meeting, Notice
from gelingen.boards.notices import Addressees, Due, addressees, due, told
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch
from gelingen.post.commands import post
from gelingen.post.letters import Enclosure, Letter
from gelingen.terms.boards import MeetingState, NoticeKind
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb

_VERBS = {
    NoticeKind.INVITATION: "lade ich Sie herzlich ein",
    NoticeKind.UPDATE: "hat sich etwas geändert",
    NoticeKind.CANCELLATION: "sage ich ab",
}


_ONLY_PUBLIC = (
    "Diese Nachricht nennt nur öffentliche Punkte. Alles, was Mitglieder lesen dürfen, steht nach "
    "der Anmeldung hier:"
)


class NotNowError(UserError):
    """There is nothing to write about the meeting, or nobody to write to."""


class TooMuchError(UserError):
    """The files together are larger than a mail may be."""


class Words(NamedTuple):
    """What may be changed of a letter: its subject and the paragraphs before the facts."""

    subject: str
    text: str


class Papers(NamedTuple):
    """The invitation as a paper: the public one, and the one with what is not public."""

    public: bytes
    full: bytes | None = None


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


def letter(  # noqa: PLR0913 - what a letter says
    agenda: Agenda,
    words: Words,
    kind: NoticeKind,
    *,
    closed: bool,
    page: str,
    along: Sequence[str] = (),
) -> Letter:
    """Write the letter: the words, then when and where, the agenda, and what is enclosed.

    Args:
        agenda: of the meeting, as whoever writes may see it.
        words: as `proposed`, perhaps changed.
        kind: which letter it is.
        closed: whether it names what is not public.
        page: address of the meeting, where those who may read the rest.
        along: titles of files that go along.

    """
    meeting = agenda.meeting
    parts = [one.strip() for one in words.text.replace("\r\n", "\n").split("\n\n") if one.strip()]
    facts = [("Gremium", str(meeting.body)), ("Sitzung", meeting.title), ("Wann", _when(meeting)),
             ("Wo", meeting.place), ("Leitung", meeting.chair)]  # fmt: skip
    parts.append("\n".join(f"{name}: {value}" for name, value in facts if value))
    if kind is not NoticeKind.CANCELLATION:
        parts += _agenda(agenda, closed=closed)
        if not closed:
            # Always, or the sentence itself would tell that there is something.
            parts.append(f"{_ONLY_PUBLIC} {page}")
        parts.append("Im Anhang: die Einladung mit Tagesordnung und der Termin für den Kalender.")
        if along:
            parts.append("\n".join(["Außerdem im Anhang:", *along]))
    else:
        parts.append("Im Anhang: die Absage für den Kalender.")
    return _signed(words.subject, parts, meeting)


def farewell(meeting: Meeting, said: str) -> Letter:
    """Write to a mailbox to which no seat belongs any more that the invitation is void.

    Args:
        meeting: the meeting.
        said: day, time and place as the last letter told them; those of now are not theirs.

    """
    name = f" „{meeting.title}“" if meeting.title else ""
    what = (
        f"die Einladung zur Sitzung{name} ({meeting.body}), {said}, gilt für dieses Postfach nicht "
        "mehr: Wer es nutzt, hat am Tag der Sitzung keinen Sitz im Gremium."
    )
    kind = NoticeKind.CANCELLATION.label
    parts = ["Guten Tag,", what, "Im Anhang: die Absage für den Kalender."]
    return _signed(f"{kind}: {meeting.body}", parts, meeting)


def _signed(subject: str, parts: list[str], meeting: Meeting) -> Letter:
    mailbox = meeting.body.mailbox
    contact = [f"Rückfragen und Rückmeldung: {mailbox}"] if mailbox else []
    return Letter(subject, [*parts, *contact], sender=f"{meeting.body}, {meeting.tenant}")


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
    page: str,
    version: int,
    on: date,
    at: datetime,
    extras: Sequence[Extra] = (),
) -> int:
    """Write the letter that is due to everybody who takes a seat; it waits in the outbox.

    Who was written to and takes none on the day of the meeting any more gets the cancellation.

    Args:
        actor: who leads the body.
        agenda: of the meeting.
        words: as `proposed`, perhaps changed.
        papers: the invitation as a paper; None for a cancellation.
        closed: whether those who may see it (`Recipient.sees`) also get what is not public.
        page: address of the meeting.
        version: of the meeting, as the person saw it.
        on: the day.
        at: the moment.
        extras: files to go along; what is not public goes to whoever may see it, and only with
            `closed`.

    Returns:
        How many letters were written.

    Raises:
        PermissionDenied: the actor does not lead the body.
        NotNowError: no letter is due, or nobody takes a seat on the day.
        TooMuchError: the files together are larger than a mail may be.
        LostUpdateError: somebody else changed the meeting or wrote since.

    """
    meeting = agenda.meeting
    require(actor, May.EDIT_BOARDS, meeting)
    paper = max((len(one) for one in papers or () if one), default=0)
    refuse_too_much(paper + sum(len(one.enclosure.content) for one in extras))
    with transaction.atomic():
        # Two who send at the same time wait for each other: everybody gets one letter.
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        now = due(meeting)
        whom = addressees(actor, meeting, now, on=on)
        if now.kind is None:
            raise NotNowError(now.why_not)
        if not (whom.reached or whom.silent or whom.gone):
            raise NotNowError("An diesem Tag ist kein Sitz besetzt: Es gibt niemanden, der kommt.")
        sequence = max(meeting.sequence, now.last.sequence if now.last else 0) + 1
        _mark(actor, meeting, now.kind, sequence=sequence, version=version, on=on)
        _write(
            agenda, words, now, whom, papers=papers, closed=closed, page=page, at=at, extras=extras
        )
        Notice.objects.create(
            meeting=meeting, kind=now.kind, sequence=sequence, sent=on, told=told(meeting),
            letters=whom.number, mailboxes="\n".join(whom.mailboxes),
        )  # fmt: skip
    return whom.number


def refuse_too_much(size: int) -> None:
    """Refuse files that together are larger than a mail may be.

    Args:
        size: of all files, in bytes.

    Raises:
        TooMuchError: they are.

    """
    if size > LARGEST_LETTER:
        raise TooMuchError(
            f"Alles zusammen sind {size / 1024 / 1024:.0f} MB; viele Postfächer nehmen nicht mehr "
            f"als {LARGEST_LETTER // 1024 // 1024} MB an. Bitte weniger Dateien mitschicken: Auf "
            "der Seite der Sitzung liegen sie trotzdem."
        )


def _write(  # noqa: PLR0913 - what a letter to all consists of
    agenda: Agenda,
    words: Words,
    now: Due,
    whom: Addressees,
    *,
    papers: Papers | None,
    closed: bool,
    page: str,
    at: datetime,
    extras: Sequence[Extra],
) -> None:
    meeting, kind = agenda.meeting, now.kind or NoticeKind.INVITATION
    called_off = kind is NoticeKind.CANCELLATION
    for mailbox, sees in whom.mailboxes.items():
        full = closed and sees
        along = [one for one in extras if one.public or full]
        titles = [one.title for one in along]
        said = letter(agenda, words, kind, closed=full, page=page, along=titles)
        files = [
            *_enclosed(agenda, papers, mailbox, full=full, stamp=at),
            *(one.enclosure for one in along),
        ]
        _post(meeting, mailbox, said, kind, files, at)
    for mailbox in whom.gone:
        void = now.last.told if now.last else ""
        said = (
            letter(agenda, words, kind, closed=False, page=page)
            if called_off
            else farewell(meeting, void)
        )
        files = [_appointment(agenda, mailbox, called_off=True, stamp=at)]
        _post(meeting, mailbox, said, NoticeKind.CANCELLATION, files, at)


def _post(  # noqa: PLR0913, PLR0917 - one argument a part of a mail
    meeting: Meeting,
    mailbox: str,
    said: Letter,
    kind: NoticeKind,
    files: Sequence[Enclosure],
    at: datetime,
) -> None:
    why = f"{kind.label}: {meeting.body}, {day(meeting.day)}"
    post(tenant=meeting.tenant, to=mailbox, letter=said, why=why, at=at, enclosed=files)


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
    found = [_appointment(agenda, mailbox, called_off=called_off, stamp=stamp)]
    if papers is not None:
        paper = papers.full if full and papers.full else papers.public
        found.insert(0, Enclosure(f"einladung-{meeting.day}.pdf", "application/pdf", paper))
    return found


def _appointment(agenda: Agenda, mailbox: str, *, called_off: bool, stamp: datetime) -> Enclosure:
    """Write the meeting for the calendar of one mailbox, or that it is none of theirs any more."""
    meeting = agenda.meeting
    method = Method.CANCEL if called_off else Method.REQUEST
    text = "" if called_off else agenda_text(one.title for one in agenda.public)
    entry = entry_of(meeting, description=text, sequence=meeting.sequence, stamp=stamp)
    organizer = meeting.body.mailbox or settings.DEFAULT_FROM_EMAIL
    file = meeting_file(
        replace(entry, cancelled=called_off), method=method, organizer=organizer, attendee=mailbox
    )
    return Enclosure("termin.ics", f"{MEDIA_TYPE}; method={method}", file)
