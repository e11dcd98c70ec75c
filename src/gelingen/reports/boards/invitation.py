"""The invitation to a meeting with its agenda."""

from collections.abc import Iterable
from datetime import date

from gelingen.boards.minutes import Agenda, Item
from gelingen.documents import Block, Document, Heading, KeyValues, Note, NoteKind, Table
from gelingen.reports.boards.parts import FULL, PUBLIC, head, numbered, paragraphs, parts_of
from gelingen.terms.boards import MeetingState
from gelingen.terms.spelling import day
from gelingen.wording.words import counted


def invitation(read: Agenda, *, full: bool, on: date) -> Document:
    """Write the invitation to a meeting.

    Args:
        read: the agenda, as `boards.minutes.agenda_of` gives it.
        full: whether the part that is not public is printed too.
        on: the day.

    Raises:
        PermissionDenied: the full version is asked for, and whoever reads may not see it.

    """
    meeting, parts = read.meeting, parts_of(read, full=full)
    return Document(
        title=f"Einladung: {meeting.body}",
        subtitle=f"Sitzung am {day(meeting.day)}",
        author=f"{meeting.body}, {meeting.tenant}",
        date_line=f"Stand {day(on)}",
        edition=FULL if full else PUBLIC,
        cover_page=False,
        blocks=(
            *_called_off(read),
            KeyValues(tuple(head(meeting)), own_text=True),
            *(block for title, items in parts for block in _part(title, items)),
            *_missing(parts),
            *_sum(read, full=full),
            *_contact(read),
        ),
    )


def _called_off(read: Agenda) -> Iterable[Block]:
    if read.meeting.state == MeetingState.CANCELLED:
        yield Note("Diese Sitzung ist abgesagt.", NoteKind.CAUTION, own_text=True)


def _part(title: str, items: tuple[Item, ...]) -> Iterable[Block]:
    name = f"Tagesordnung: {title}" if title else "Tagesordnung"
    yield Heading(name, 1, number="")
    clocks = any(one.begins for one in items)
    header = ("TOP", "Gegenstand", "Wozu", "Wer führt ein", "Minuten")
    yield Table(
        name,
        (*header, "Beginn") if clocks else header,
        tuple((*_row(one), *([_clock(one)] if clocks else [])) for one in items),
        align="rlllrr" if clocks else "rlllr",
        widths=(1, 6, 2, 3, 1.5, 1.5) if clocks else (1, 6, 2, 3, 1.5),
        own_text=True,
    )
    for one in items:
        yield from paragraphs(one.about, label=numbered(one))


def _row(item: Item) -> tuple[str, ...]:
    minutes = str(item.minutes) if item.minutes is not None else "–"
    return (str(item.number), item.title, item.kind.label, item.responsible or "–", minutes)


def _clock(item: Item) -> str:
    return f"{item.begins:%H:%M}" if item.begins else "–"


def _missing(parts: object) -> Iterable[Block]:
    if not parts:
        yield Note("Eine Tagesordnung ist noch nicht eingetragen.", NoteKind.MISSING)


def _sum(read: Agenda, *, full: bool) -> Iterable[Block]:
    """Say how long it takes, of what is printed: else the sum would tell what is not."""
    items = read.items if full else read.public
    told = [one.minutes for one in items if one.minutes is not None]
    if told and len(told) == len(items):
        yield from paragraphs(f"Vorgesehen sind {counted(sum(told), 'Minute', 'Minuten')}.")


def _contact(read: Agenda) -> Iterable[Block]:
    if mailbox := read.meeting.body.mailbox:
        yield from paragraphs(mailbox, label="Rückfragen und Rückmeldung")
