"""Bodies, their seats and who takes them, as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, within
from gelingen.access.record import UnknownRecordError
from gelingen.boards.models import Body, Meeting, Seat, Tenure
from gelingen.register.standing import standing
from gelingen.terms.boards import BodyKind, MeetingState

_COMING = (MeetingState.PLANNED, MeetingState.INVITED)
_KINDS = [kind.value for kind in BodyKind]


def holds(thing: Body | Seat | Tenure, on: date) -> bool:
    """Tell whether something with a period holds on a day."""
    begun = thing.starts is None or thing.starts <= on
    return begun and (thing.ends is None or thing.ends > on)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat with who takes it.

    Attributes:
        seat: the seat, with the organisation that sends.
        now: who takes it on the day; more than one only where records contradict each other.
        coming: who takes it later, the first first.
        earlier: who took it before, the last first.

    """

    seat: Seat
    now: tuple[Tenure, ...]
    coming: tuple[Tenure, ...]
    earlier: tuple[Tenure, ...]

    @property
    def vacant(self) -> bool:
        """Whether nobody takes it on the day."""
        return not self.now


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the list of all.

    Attributes:
        body: the body, with the one it belongs to.
        seats: how many seats it has on the day.
        vacant: how many of them nobody takes.
        meets: day of its next meeting that is not cancelled; None if none is planned.

    """

    body: Body
    seats: int
    vacant: int
    meets: date | None


@dataclass(frozen=True, slots=True)
class BodySheet:
    """Everything about a body itself.

    Attributes:
        body: the body, with its structure, topics and the one it belongs to.
        seats: seats of the day and later ones, in their order.
        past: seats that are over.
        children: bodies that belong to it, by name.
        meets: day of its next meeting; None if none is planned.
        may_edit: whether the actor may change what is said about the body.
        may_seat: whether the actor may change its seats and who takes them.

    """

    body: Body
    seats: tuple[SeatLine, ...]
    past: tuple[SeatLine, ...]
    children: tuple[Body, ...]
    meets: date | None
    may_edit: bool
    may_seat: bool


def bodies(actor: Actor, tenant: Tenant) -> QuerySet[Body]:
    """Bodies by name."""
    return within(actor, May.VIEW, Body.objects.filter(tenant=tenant))


def seats(actor: Actor, tenant: Tenant) -> QuerySet[Seat]:
    """Seats by body and order."""
    return within(actor, May.VIEW, Seat.objects.filter(tenant=tenant))


def tenures(actor: Actor, tenant: Tenant) -> QuerySet[Tenure]:
    """List who takes which seat, by seat and beginning."""
    return within(actor, May.VIEW, Tenure.objects.filter(tenant=tenant))


def voters_of(bodies: QuerySet[Any], *, on: date) -> set[tuple[int, int]]:
    """Pair bodies with the accounts that take a voting seat there on a day, by number. One query.

    Args:
        bodies: the bodies, whoever asks.
        on: the day.

    """
    taken = Tenure.objects.filter(seat__body__in=bodies, seat__advising=False)
    return {
        (one.seat.body_id, one.person_id)
        for one in taken.exclude(person=None).select_related("seat")
        if one.person_id and holds(one, on) and holds(one.seat, on)
    }


def get_body(actor: Actor, tenant: Tenant, key: str) -> Body:
    """Find a body with its structure and the one it belongs to. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = bodies(actor, tenant).select_related("parent", "structure").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Dieses Gremium gibt es nicht.")
    return found


def get_seat(actor: Actor, tenant: Tenant, key: str) -> Seat:
    """Find a seat with its body and who sends. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = seats(actor, tenant).select_related("body", "organisation").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Sitz gibt es nicht.")
    return found


def get_tenure(actor: Actor, tenant: Tenant, key: str) -> Tenure:
    """Find a tenure with its seat, its body and the account. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = tenures(actor, tenant).select_related("seat__body", "person").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Besetzung gibt es nicht.")
    return found


def seat_lines(
    actor: Actor, tenant: Tenant, *, on: date, body: Body | None = None
) -> list[SeatLine]:
    """List seats with who takes them, by body and order; those that are over too. Three queries."""
    found = seats(actor, tenant).select_related("body", "organisation")
    held = tenures(actor, tenant).select_related("person")
    if body is not None:
        found, held = found.filter(body=body), held.filter(seat__body=body)
    by_seat: dict[int, list[Tenure]] = {}
    for one in held:
        by_seat.setdefault(one.seat_id, []).append(one)
    listed = found.prefetch_related("speaks_for").order_by("body__name", "order", "key")
    return [_line(one, by_seat.get(one.pk, ()), on) for one in listed]


def seat_line(actor: Actor, tenant: Tenant, key: str, *, on: date) -> SeatLine:
    """Find a seat with who takes it. Two queries, one more for whom it speaks.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    seat = get_seat(actor, tenant, key)
    return _line(seat, tenures(actor, tenant).filter(seat=seat).select_related("person"), on)


def _line(seat: Seat, held: Iterable[Tenure], on: date) -> SeatLine:
    by_begin = sorted(held, key=lambda one: (one.starts or date.min, one.key))
    now = tuple(one for one in by_begin if holds(one, on))
    coming = tuple(one for one in by_begin if one.starts is not None and one.starts > on)
    earlier = [one for one in by_begin if one not in now and one not in coming]
    return SeatLine(seat, now, coming, tuple(reversed(earlier)))


def next_meetings(actor: Actor, tenant: Tenant, *, on: date) -> dict[int, date]:
    """Day of the next meeting of each body, by its number. One query."""
    found = within(actor, May.VIEW, Meeting.objects.filter(tenant=tenant, day__gte=on))
    rows = found.filter(state__in=_COMING).order_by().values("body").annotate(first=Min("day"))
    return {row["body"]: row["first"] for row in rows}


def body_lines(actor: Actor, tenant: Tenant, *, on: date, every: bool = False) -> list[BodyLine]:
    """List the bodies that are there on a day or later, or with `every` all of them.

    By kind, from who steers to who meets once, then by name. Four queries.
    """
    found = bodies(actor, tenant).select_related("parent")
    if not every:
        found = found.filter(Q(ends=None) | Q(ends__gt=on))
    seated = seats(actor, tenant).filter(standing(on))
    taken = set(
        tenures(actor, tenant).filter(standing(on)).order_by().values_list("seat", flat=True)
    )
    filled: dict[int, list[bool]] = {}
    for pk, body in seated.order_by().values_list("pk", "body"):
        filled.setdefault(body, []).append(pk in taken)
    meets = next_meetings(actor, tenant, on=on)
    lines = [
        BodyLine(
            one,
            len(filled.get(one.pk, ())),
            filled.get(one.pk, []).count(False),
            meets.get(one.pk),
        )
        for one in found
    ]
    return sorted(
        lines, key=lambda line: (_KINDS.index(line.body.kind), line.body.name, line.body.key)
    )


def body_sheet(actor: Actor, tenant: Tenant, key: str, *, on: date) -> BodySheet:
    """Gather everything about a body. Eight queries.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    body = get_body(actor, tenant, key)
    lines = seat_lines(actor, tenant, on=on, body=body)
    over = [one for one in lines if one.seat.ends is not None and one.seat.ends <= on]
    return BodySheet(
        body=body,
        seats=tuple(one for one in lines if one not in over),
        past=tuple(over),
        children=tuple(bodies(actor, tenant).filter(parent=body)),
        meets=next_meetings(actor, tenant, on=on).get(body.pk),
        may_edit=within(actor, May.EDIT_BOARDS, Body.objects.filter(pk=body.pk)).exists(),
        may_seat=allowed_in(actor, May.EDIT_BOARDS, tenant),
    )


def numbers(lines: Sequence[SeatLine], on: date) -> tuple[int, int]:
    """Count the seats of the day, and those of them that nobody takes."""
    there = [one for one in lines if holds(one.seat, on)]
    return len(there), sum(one.vacant for one in there)
