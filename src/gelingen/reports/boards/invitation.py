"""The invitation to a meeting with its agenda."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

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
    columns = [one for one in _COLUMNS if one.needed(items)]
    yield Table(
        name,
        tuple(one.name for one in columns),
        tuple(tuple(one.value(item) for one in columns) for item in items),
        align="".join(one.align for one in columns),
        widths=tuple(one.width for one in columns),
        own_text=True,
    )
    for one in items:
        yield from paragraphs(one.about, label=numbered(one))


class _Column(NamedTuple):
    """A column of the agenda, which stands there only if it tells something."""

    name: str
    width: float
    align: str
    value: Callable[[Item], str]
    needed: Callable[[Sequence[Item]], bool] = bool


_COLUMNS = (
    _Column("TOP", 1, "r", lambda one: str(one.number)),
    _Column("Gegenstand", 6, "l", lambda one: one.title),
    _Column("Wozu", 2, "l", lambda one: one.kind.label),
    _Column("Wer führt ein", 3, "l", lambda one: one.responsible or "–",
            lambda items: any(one.responsible for one in items)),
    _Column("Minuten", 1.5, "r", lambda one: "–" if one.minutes is None else str(one.minutes)),
    _Column("Beginn", 1.5, "r", lambda one: f"{one.begins:%H:%M}" if one.begins else "–",
            lambda items: any(one.begins for one in items)),
)  # fmt: skip


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
