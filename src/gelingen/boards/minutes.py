"""A meeting as pages and papers show it: its agenda, and its minutes.

agenda_of(actor, meeting) -> Agenda
minutes_of(actor, meeting) -> Minutes
open_agenda(meeting), open_minutes(meeting): the same as everybody may read it, without an account

Both have the public part and the closed one strictly apart; the closed one is None for whoever may
not see it, and then nothing tells how long it is or that there is one. Papers of the public version
take `public` alone, whoever orders them.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from gelingen.access.policy import Actor
from gelingen.boards import quorum, seen
from gelingen.boards.models import Attendance, Meeting, Seat, Tenure
from gelingen.boards.published import shown_items
from gelingen.register.standing import standing
from gelingen.terms.boards import ItemKind, MeetingState, MinutesState, Presence, Result
from gelingen.terms.spelling import last_day

if TYPE_CHECKING:
    from gelingen.boards.models import ActionPoint, AgendaItem

_THERE = (Presence.PRESENT, Presence.DEPUTY)
# What a meeting keeps, in `Meeting.kept`.
_RULE, _SEATS = "rule", "seats"


@dataclass(frozen=True, slots=True)
class Order:
    """An action point.

    Attributes:
        key: of the record.
        text: what is to be done.
        who: the function that does it; "" where nobody is named.
        due: first day after the last one; None without a day.
        done: when it was said to be done; None while it is not.
        confirmed: when somebody else confirmed that.

    """

    key: str
    text: str
    who: str
    due: date | None
    done: date | None
    confirmed: date | None

    @property
    def last(self) -> date | None:
        """Last day on which it is to be done."""
        return last_day(self.due) if self.due else None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda, and what came of it.

    Attributes:
        key: of the record.
        number: 1, 2, 3 …, through the public part first.
        title, about, responsible, course, resolution, dissent: texts; "" for none.
        kind: what it is there for.
        public: to which part it belongs.
        minutes: how long it is to take; None where nobody said.
        begins: by the clock, as far as it follows from the times before; None if it does not.
        result: what came of it; None while there is nothing.
        yes, no, abstain: votes; None where none were counted.
        origin: the record it comes from, as "measure:m01"; "" for none.
        carries_on: whether it goes on from an earlier meeting.
        orders: action points that follow from it, by day.
        version: of the record, for forms.

    """

    key: str
    number: int
    title: str
    kind: ItemKind
    public: bool
    about: str
    responsible: str
    minutes: int | None
    begins: time | None
    result: Result | None
    course: str
    resolution: str
    dissent: str
    yes: int | None
    no: int | None
    abstain: int | None
    origin: str
    carries_on: bool
    version: int
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a meeting.

    Attributes:
        meeting: the meeting with its body.
        public: items of the public part.
        closed: items of the other part; None for whoever may not see it.
        minutes: sum of all times that are shown, and how many items lack one.
        without_time: so many items.
        ends: when it would be over; None where the beginning or a time is not known.

    """

    meeting: Meeting
    public: tuple[Item, ...]
    closed: tuple[Item, ...] | None
    minutes: int
    without_time: int
    ends: time | None

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that may be seen, in order."""
        return (*self.public, *(self.closed or ()))


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in a meeting.

    Attributes:
        seat: key of the seat.
        label: where it comes from, as the seat is named.
        function: who was there for it, or takes it on the day; "" for a vacant seat.
        stand_in: function noted in the minutes instead of that of who takes it; "" for none.
        presence: whether it was represented; None where nobody noted it.
        votes: whether it has a vote.
        office: the word for chair, deputy, secretary or member.

    """

    seat: str
    label: str
    function: str
    office: str
    presence: Presence | None
    votes: bool
    stand_in: str = ""

    @property
    def vacant(self) -> bool:
        """Whether nobody takes it."""
        return not self.function

    @property
    def there(self) -> bool:
        """Whether somebody was there for it."""
        return self.presence in _THERE


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting.

    Attributes:
        meeting: the meeting with its body and, once approved, the meeting that did so.
        state: whether there are minutes, a draft, approved ones.
        public: items of the public part with all that came of them.
        closed: items of the other part; None for whoever may not see it.
        quorum: whether the body could decide.
        places: every seat of the day in its order; None for whoever may not see what is not public.
        guests: functions of guests, one a line; () for whoever may not see the places.

    """

    meeting: Meeting
    state: MinutesState
    public: tuple[Item, ...]
    closed: tuple[Item, ...] | None
    quorum: quorum.Check
    places: tuple[Place, ...] | None
    guests: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that may be seen, in order."""
        return (*self.public, *(self.closed or ()))

    @property
    def held(self) -> bool:
        """Whether the meeting took place."""
        return self.meeting.state == MeetingState.HELD


def agenda_of(actor: Actor, meeting: Meeting) -> Agenda:
    """Read the agenda of a meeting. Three queries."""
    return _agenda(meeting, *_parts(actor, meeting))


def _agenda(meeting: Meeting, found: list[Item], closed: list[Item] | None) -> Agenda:
    every = [*found, *(closed or ())]
    told = [one.minutes for one in every if one.minutes is not None]
    whole = len(told) == len(every) and bool(every)
    ends = _later(meeting, sum(told)) if whole else None
    parts = (tuple(found), None if closed is None else tuple(closed))
    return Agenda(meeting, *parts, sum(told), len(every) - len(told), ends)


def minutes_of(actor: Actor, meeting: Meeting) -> Minutes:
    """Read the minutes of a meeting. Six queries, three once they are approved."""
    found, closed = _parts(actor, meeting)
    places = places_of(meeting)
    sees = closed is not None
    guests = tuple(line.strip() for line in meeting.guests.splitlines() if line.strip())
    return Minutes(
        meeting,
        MinutesState.of(meeting.minutes),
        tuple(found),
        None if closed is None else tuple(closed),
        quorum_of(meeting, places),
        places if sees else None,
        guests if sees else (),
    )


def open_agenda(meeting: Meeting) -> Agenda:
    """Read the agenda of a meeting of a public body as everybody may: no functions. One query."""
    stored = list(shown_items(meeting.tenant).filter(meeting=meeting))
    found = [replace(one, responsible="") for one in _items(meeting, stored, {})]
    # Who leads it and who writes the minutes are people, though named by their function.
    unnamed = copy(meeting)
    unnamed.chair = unnamed.secretary = ""
    return _agenda(unnamed, found, None)


def open_minutes(meeting: Meeting) -> Minutes:
    """Read what came of the public items, as everybody may: results, resolutions, votes.

    What was said, by whom, and who was to do what is left out. Four queries, one once approved.
    """
    read = open_agenda(meeting)
    results = tuple(replace(one, course="", dissent="") for one in read.public)
    state, check = MinutesState.of(meeting.minutes), quorum_of(meeting, places_of(meeting))
    return Minutes(read.meeting, state, results, None, check, None, ())


def _parts(actor: Actor, meeting: Meeting) -> "tuple[list[Item], list[Item] | None]":
    """Read both parts; the second is None for whoever may not see it."""
    stored = list(seen.items(actor, meeting.tenant).filter(meeting=meeting))
    following: dict[int, list[ActionPoint]] = {}
    for one in seen.actions(actor, meeting.tenant).filter(item__in=stored):
        following.setdefault(one.item_id or 0, []).append(one)
    found = list(_items(meeting, stored, following))
    public = [one for one in found if one.public]
    if not seen.sees_closed(actor, meeting.body):
        return public, None
    return public, [one for one in found if not one.public]


def _items(
    meeting: Meeting,
    stored: "Sequence[AgendaItem]",
    following: "dict[int, list[ActionPoint]]",
) -> Iterable[Item]:
    passed: int | None = 0
    for number, one in enumerate(stored, 1):
        yield _item(one, number, _later(meeting, passed), following.get(one.pk, ()))
        known = passed is not None and one.duration is not None
        passed = (passed or 0) + (one.duration or 0) if known else None


def _item(
    one: "AgendaItem", number: int, begins: time | None, orders: "Iterable[ActionPoint]"
) -> Item:
    return Item(
        key=one.key,
        number=number,
        title=one.title,
        kind=ItemKind.of(one.kind),
        public=one.public,
        about=one.about,
        responsible=one.responsible,
        minutes=one.duration,
        begins=begins,
        result=Result.of(one.result) if one.result else None,
        course=one.course,
        resolution=one.resolution,
        dissent=one.dissent,
        yes=one.yes,
        no=one.no,
        abstain=one.abstain,
        origin=one.origin,
        carries_on=one.previous_id is not None,
        version=one.version,
        orders=tuple(
            Order(order.key, order.text, order.who, order.due, order.done, order.confirmed)
            for order in orders
        ),
    )


def _later(meeting: Meeting, minutes: int | None) -> time | None:
    """Tell the time so many minutes after the beginning."""
    if meeting.begins is None or minutes is None:
        return None
    return (datetime.combine(meeting.day, meeting.begins) + timedelta(minutes=minutes)).time()


def places_of(meeting: Meeting) -> tuple[Place, ...]:
    """Read the seats of the body that hold on the day, in order, with who was there. Three queries.

    Approved minutes go on telling what was approved, whatever is changed of seats since; no query.
    Only for whoever may see what is not public, or to count.
    """
    if meeting.minutes == MinutesState.APPROVED and _SEATS in meeting.kept:
        return tuple(
            Place(**{**one, "presence": Presence.of(one["presence"]) if one["presence"] else None})
            for one in meeting.kept[_SEATS]
        )
    seats = Seat.objects.filter(standing(meeting.day), body=meeting.body)
    holders: dict[int, list[str]] = {}
    taken = Tenure.objects.filter(standing(meeting.day), seat__in=seats)
    by_begin = taken.order_by(F("starts").asc(nulls_first=True), "key")
    for seat, function in by_begin.values_list("seat", "function"):
        holders.setdefault(seat, []).append(function)
    noted = {one.seat_id: one for one in Attendance.objects.filter(meeting=meeting)}
    found = seats.select_related("organisation").order_by("order", "key")
    return tuple(
        _place(one, ", ".join(holders.get(one.pk, ())), noted.get(one.pk)) for one in found
    )


def _place(seat: Seat, holder: str, noted: Attendance | None) -> Place:
    sender = seat.sender or (seat.organisation.name if seat.organisation else "")
    return Place(
        seat.key,
        sender or seat.get_kind_display(),
        (noted.function if noted else "") or holder,
        seat.get_office_display(),
        Presence.of(noted.presence) if noted else None,
        votes=not seat.advising,
        stand_in=noted.function if noted else "",
    )


def quorum_of(meeting: Meeting, places: Iterable[Place]) -> quorum.Check:
    """Tell whether the body could decide; a vacant seat has no vote.

    Once the meeting is closed, it goes by the rule that held then.
    """
    voting = [one for one in places if one.votes and not one.vacant]
    there = sum(one.there for one in voting)
    rule, number = meeting.kept.get(_RULE) or rule_of(meeting)[_RULE]
    return quorum.check(rule, number, voters=len(voting), there=there)


def rule_of(meeting: Meeting) -> dict[str, list[Any]]:
    """Give what a meeting keeps when it is closed: the rule of its body, as `Meeting.kept`."""
    return {_RULE: [meeting.body.quorum, meeting.body.quorum_number]}


def seats_of(meeting: Meeting) -> dict[str, list[Any]]:
    """Give what a meeting keeps when it is approved: its seats, as `Meeting.kept`.

    Three queries.
    """
    return {_SEATS: [asdict(one) for one in places_of(meeting)]}
