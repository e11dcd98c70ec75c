"""The minutes of the meetings of a body in a period, in one volume."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.boards.minutes import Item, Minutes
from gelingen.documents import Block, Document, Heading, Note, NoteKind, PageBreak, Table
from gelingen.reports.boards.minutes import body_of, order_state, state_of, votes_of
from gelingen.reports.boards.parts import FULL, PUBLIC, parts_of
from gelingen.terms.spelling import day, period
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import Body


def series_paper(  # noqa: PLR0913 - what a volume consists of
    body: "Body",
    read: Sequence[Minutes],
    *,
    starts: date | None,
    ends: date | None,
    full: bool,
    on: date,
) -> Document:
    """Bind the minutes of a body in one volume, the first meeting first.

    Args:
        body: the body, with its tenant.
        read: minutes of its meetings, by day.
        starts: first day of the period; None for all.
        ends: first day after it; None if it goes on.
        full: whether the parts that are not public are printed too.
        on: the day.

    Raises:
        PermissionDenied: the full version is asked for, and whoever reads may not see it.

    """
    when = period(starts, ends) if starts or ends else "alle Sitzungen"
    return Document(
        title=f"Niederschriften: {body}",
        subtitle=f"{when}, {counted(len(read), 'Sitzung', 'Sitzungen')}",
        author=f"{body}, {body.tenant}",
        date_line=f"Stand {day(on)}",
        edition=FULL if full else PUBLIC,
        cover=(("Gremium", str(body)), ("Herausgeber", str(body.tenant))),
        blocks=(
            *_resolutions(read, full=full),
            *_orders(read, full=full),
            *(block for one in read for block in _meeting(one, full=full)),
        ),
    )


def _items(one: Minutes, *, full: bool) -> list[Item]:
    return [item for _, items in parts_of(one, full=full) for item in items]


def _resolutions(read: Sequence[Minutes], *, full: bool) -> Iterable[Block]:
    yield Heading("Beschlüsse", 1, number="")
    rows = [
        (
            day(one.meeting.day),
            item.title,
            item.resolution,
            item.result.label if item.result else "–",
            votes_of(item) or "–",
        )
        for one in read
        for item in _items(one, full=full)
        if item.resolution
    ]
    if not rows:
        yield Note("In diesem Zeitraum ist kein Beschluss eingetragen.", NoteKind.MISSING)
        return
    yield Table(
        "Beschlüsse nach Sitzung",
        ("Sitzung", "Gegenstand", "Beschluss", "Ergebnis", "Stimmen"),
        tuple(rows),
        widths=(2, 3, 5, 2.4, 2.4),
        own_text=True,
    )


def _orders(read: Sequence[Minutes], *, full: bool) -> Iterable[Block]:
    rows = [
        (
            order.text,
            day(one.meeting.day),
            order.who or "–",
            day(order.last) if order.last else "–",
            order_state(order),
        )
        for one in read
        for item in _items(one, full=full)
        for order in item.orders
    ]
    if rows:
        yield Heading("Aufträge", 1, number="")
        yield Table(
            "Aufträge nach Sitzung",
            ("Auftrag", "Sitzung", "Wer", "Bis", "Stand"),
            tuple(rows),
            widths=(5, 2, 3, 2, 2.4),
            own_text=True,
        )


def _meeting(one: Minutes, *, full: bool) -> Iterable[Block]:
    yield PageBreak()
    yield Heading(f"Sitzung am {day(one.meeting.day)} ({state_of(one)})", 1, number="")
    yield from body_of(one, full=full, level=2)
