"""Seats that nobody takes, and terms of office that end soon, body by body."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards.queries import SeatLine, holds, seat_lines
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.boards.models import Body


@dataclass(frozen=True, slots=True)
class Open:
    """Seats of one body that want somebody.

    Attributes:
        key: of the body.
        body: name of the body.
        ends: first day after the terms of office that end; None for seats that are vacant now.
        seats: a few words about each seat, in their order.

    """

    key: str
    body: str
    ends: date | None
    seats: tuple[str, ...]


def open_seats(actor: Actor, tenant: Tenant, *, on: date, until: date) -> list[Open]:
    """List vacant seats by body, and by body and day the terms that end before a day.

    Vacant is a seat that nobody takes on the day although it is there, in a body that is there.
    What ends is told only where nobody is entered who comes after. By name of the body, vacant
    seats first, then by day. Three queries.
    """
    found: dict[tuple[str, date], list[SeatLine]] = {}
    bodies: dict[str, Body] = {}
    for line in seat_lines(actor, tenant, on=on):
        seat = line.seat
        ends = _ends(line, on, until)
        if ends is not None and holds(seat, on) and holds(seat.body, on):
            bodies[seat.body.key] = seat.body
            found.setdefault((seat.body.key, ends), []).append(line)
    ranked = sorted(found, key=lambda one: (bodies[one[0]].name, one))
    return [
        Open(
            key,
            bodies[key].name,
            None if ends == on else ends,
            tuple(_said(line) for line in found[key, ends]),
        )
        for key, ends in ranked
    ]


def _ends(line: SeatLine, on: date, until: date) -> date | None:
    """Give the first day without anybody: the day itself, a day soon, or none."""
    if line.vacant:
        return on
    last = max(one.ends or date.max for one in line.now)
    followed = any(one.starts is not None and one.starts <= last for one in line.coming)
    seat_ends = line.seat.ends is not None and line.seat.ends <= last
    return None if last > until or followed or seat_ends else last


def _said(line: SeatLine) -> str:
    seat = line.seat
    who = ", ".join(one.function for one in line.now)
    about = who or str(seat.organisation or seat.sender or "")
    said = f"Sitz {seat.order} ({seat.get_kind_display()}{f', {about}' if about else ''})"
    coming = line.coming[0] if line.vacant and line.coming else None
    return f"{said}, ab {day(coming.starts)} „{coming.function}“" if coming else said
