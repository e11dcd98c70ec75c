"""What waits for one person in the bodies: something to do, to confirm, minutes to write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, within
from gelingen.boards.models import ActionPoint, Meeting
from gelingen.boards.seen import BY_TIME, actions
from gelingen.terms.boards import MeetingState, MinutesState

# So long after a meeting somebody still remembers what was said.
DRAFTED = timedelta(days=7)
# So long before its day somebody is asked after what nobody with an account has to do.
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Task:
    """An action point that waits for the person.

    Attributes:
        key: of the record.
        text: what is to be done.
        body: name of the body that wants it.
        due: first day after the last one; None without a day.
        confirm: whether it is done and waits to be confirmed.
        mine: whether the person has it to do; else, unless it is to be confirmed, nobody with an
            account has, and whoever leads the body looks after it.
        who: function that does it; "" where nobody is named.

    """

    key: str
    text: str
    body: str
    due: date | None
    confirm: bool
    mine: bool
    who: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A meeting whose minutes wait for who leads the body.

    Attributes:
        key: of the meeting.
        body: name of the body.
        day: when it met.
        approves: key of the next meeting, which can approve them; "" while there are none to
            approve because nothing is written.
        until: day of that meeting, or the day by which there should be a draft.

    """

    key: str
    body: str
    day: date
    approves: str
    until: date


def tasks(person: User, tenant: Tenant, *, on: date) -> list[Task]:
    """List what the person has to do, may confirm, or has to look after. One query.

    Looked after is what nobody with an account has to do, in bodies that the person leads, from
    `AHEAD` before its day on, and at once what has no day: nothing else would ever remind of it.
    """
    led = within(person, May.EDIT_BOARDS, ActionPoint.objects.filter(tenant=tenant))
    mine = Q(done=None, person=person.pk)
    leads = Q(pk__in=led.order_by().values("pk"))
    others = Q(done__isnull=False, confirmed=None) & leads & ~Q(done_by=str(person))
    near = Q(due=None) | Q(due__lte=on + AHEAD)
    nobodys = Q(done=None, person=None) & near & leads
    found = actions(person, tenant).filter(mine | others | nobodys)
    return [
        Task(
            one.key,
            one.text,
            one.body.name,
            one.due,
            confirm=one.done is not None,
            mine=one.person_id == person.pk,
            who=one.who,
        )
        for one in found
    ]


def unwritten(person: User, tenant: Tenant, *, on: date) -> list[Unwritten]:
    """List meetings without minutes a week later, and minutes to be approved next. One query.

    Of the bodies that the person leads, the oldest first.
    """
    later = Meeting.objects.filter(body=OuterRef("body"), day__gt=OuterRef("day")).exclude(
        state=MeetingState.CANCELLED
    )
    following = later.order_by(*BY_TIME)
    met = within(person, May.EDIT_BOARDS, Meeting.objects.filter(tenant=tenant, day__lt=on))
    open_ones = met.exclude(state=MeetingState.CANCELLED).exclude(minutes=MinutesState.APPROVED)
    found = open_ones.annotate(
        then=Subquery(following.values("key")[:1]), then_day=Subquery(following.values("day")[:1])
    )
    rows = found.order_by("day", "key").values_list(
        "key", "body__name", "day", "minutes", "state", "then", "then_day"
    )
    return list(_waiting(rows, on))


def _waiting(rows: Iterable[tuple[Any, ...]], on: date) -> Iterator[Unwritten]:
    for key, body, met, minutes, state, then, then_day in rows:
        if minutes == MinutesState.NONE:
            if met + DRAFTED <= on:
                yield Unwritten(key, body, met, "", met + DRAFTED)
        elif then and state == MeetingState.HELD:
            yield Unwritten(key, body, met, then, then_day)
