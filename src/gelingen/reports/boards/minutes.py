"""The minutes of a meeting."""

from collections.abc import Iterable
from datetime import date

from gelingen.boards.minutes import Item, Minutes, Order
from gelingen.documents import Block, Document, Heading, KeyValues, Note, NoteKind, Paragraph, Table
from gelingen.reports.boards.parts import FULL, PUBLIC, head, numbered, paragraphs, parts_of
from gelingen.terms.boards import MinutesState, Presence
from gelingen.terms.spelling import day

_LINE = "_" * 50


def minutes_paper(read: Minutes, *, full: bool, on: date) -> Document:
    """Write the minutes of a meeting; whether they are a draft or approved stands on them.

    Args:
        read: the minutes, as `boards.minutes.minutes_of` gives them.
        full: whether the part that is not public is printed too, with who was there.
        on: the day.

    Raises:
        PermissionDenied: the full version is asked for, and whoever reads may not see it.

    """
    meeting = read.meeting
    return Document(
        title=f"Niederschrift: {meeting.body}",
        subtitle=f"Sitzung am {day(meeting.day)}, {state_of(read)}",
        author=f"{meeting.body}, {meeting.tenant}",
        date_line=f"Stand {day(on)}",
        edition=FULL if full else PUBLIC,
        cover_page=False,
        blocks=(
            *_state(read),
            *body_of(read, full=full, level=1),
            *orders_table(_orders(read, full=full)),
            *_signatures(read),
        ),
    )


def state_of(read: Minutes) -> str:
    """Say how far the minutes are: "Entwurf", "genehmigt am 19.09.2017"."""
    approved = read.meeting.approved_in
    if read.state is MinutesState.APPROVED and approved:
        return f"genehmigt in der Sitzung am {day(approved.day)}"
    return read.state.label


def _state(read: Minutes) -> Iterable[Block]:
    if read.state in (MinutesState.DRAFT, MinutesState.AMENDED):
        yield Note(
            "Das Gremium hat sie noch nicht genehmigt; sie kann sich ändern.",
            NoteKind.CAUTION,
            title=f"Niederschrift: {read.state.label}",
            own_text=True,
        )
    elif read.state is MinutesState.NONE:
        yield Note("Zu dieser Sitzung ist noch keine Niederschrift begonnen.", NoteKind.MISSING)


def body_of(read: Minutes, *, full: bool, level: int) -> Iterable[Block]:
    """Give head, attendance and items of a meeting below headings of a level."""
    parts = parts_of(read, full=full)
    facts = head(read.meeting)
    if read.meeting.secretary:
        facts.append(("Protokoll", read.meeting.secretary))
    facts.append(("Beschlussfähigkeit", read.quorum.sentence))
    if full and read.guests:
        facts.append(("Gäste", ", ".join(read.guests)))
    yield KeyValues(tuple(facts), own_text=True)
    if full:
        yield from _attendance(read, level)
    for title, items in parts:
        if title:
            yield Heading(title, level, number="")
        for item in items:
            yield from _item(item, level + 1 if title else level)


def _attendance(read: Minutes, level: int) -> Iterable[Block]:
    if not read.places:
        return
    yield Heading("Anwesenheit", level, number="")
    rows = [
        (
            one.label,
            one.function or "nicht besetzt",
            one.office if one.votes else f"{one.office}, beratend",
            _presence(one.presence, vacant=one.vacant),
        )
        for one in read.places
    ]
    yield Table(
        "Anwesenheit nach Sitzen",
        ("Sitz", "Funktion", "Amt", "Anwesenheit"),
        tuple(rows),
        widths=(4, 4, 3, 2.4),
        own_text=True,
    )


def _presence(presence: Presence | None, *, vacant: bool) -> str:
    if presence is None:
        return "–" if vacant else "nicht eingetragen"
    return presence.label


def _item(item: Item, level: int) -> Iterable[Block]:
    yield Heading(numbered(item), level, number="")
    if item.carries_on:
        yield from paragraphs("Fortgeführt aus einer früheren Sitzung.")
    yield from paragraphs(item.course, label="Verlauf")
    result = item.result.label if item.result else "nichts vermerkt"
    yield from paragraphs(result[:1].upper() + result[1:], label="Ergebnis")
    yield from paragraphs(item.resolution, label="Beschluss")
    if votes := votes_of(item):
        yield from paragraphs(votes, label="Abstimmung")
    yield from paragraphs(item.dissent, label="Abweichende Meinungen")
    for order in item.orders:
        yield from paragraphs(_told(order), label="Auftrag")


def votes_of(item: Item) -> str:
    """Spell the votes of an item; "" where none were counted."""
    counts = (("Ja", item.yes), ("Nein", item.no), ("Enthaltung", item.abstain))
    return ", ".join(f"{name} {count}" for name, count in counts if count is not None)


def _told(order: Order) -> str:
    until = f"bis {day(order.last)}" if order.last else ""
    more = ", ".join(one for one in (order.who, until) if one)
    return f"{order.text} ({more})" if more else order.text


def _orders(read: Minutes, *, full: bool) -> list[tuple[Item, Order]]:
    items = read.items if full else read.public
    return [(item, order) for item in items for order in item.orders]


def orders_table(found: list[tuple[Item, Order]]) -> Iterable[Block]:
    """List action points: what, by whom, until when, and how far they are."""
    if not found:
        return
    yield Heading("Aufträge", 1, number="")
    yield Table(
        "Aufträge aus dieser Niederschrift",
        ("Auftrag", "TOP", "Wer", "Bis", "Stand"),
        tuple(
            (
                one.text,
                str(item.number),
                one.who or "–",
                day(one.last) if one.last else "–",
                order_state(one),
            )
            for item, one in found
        ),
        align="lrlll",
        widths=(6, 1, 3, 2, 2.4),
        own_text=True,
    )


def order_state(order: Order) -> str:
    """Say how far an action point is."""
    if order.confirmed:
        return f"bestätigt am {day(order.confirmed)}"
    return f"getan am {day(order.done)}" if order.done else "offen"


def _signatures(read: Minutes) -> Iterable[Block]:
    yield Heading("Unterschriften", 1, number="")
    for role, who in (("Leitung", read.meeting.chair), ("Protokoll", read.meeting.secretary)):
        # Room to sign above the line.
        yield Paragraph("\u00a0", frame=True)
        yield Paragraph(_LINE, frame=True)
        yield Paragraph(f"Ort, Tag, {role}{f' ({who})' if who else ''}", frame=True)
