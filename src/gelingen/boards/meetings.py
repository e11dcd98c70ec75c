"""Plan the meetings of a body: one, or a series by its cycle; move them.

new_meeting(...) -> Meeting, change_meeting(...)
proposed(body, on) -> Given, days_of(...) -> [date], plan_series(...) -> Plan

All of it takes the right to lead the body (`May.EDIT_BOARDS`) and can be taken back.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.access.record import UnknownRecordError
from gelingen.boards.fixed import FIXED
from gelingen.boards.models import Body, Meeting
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.boards import Cycle, MeetingState, MinutesState
from gelingen.terms.spelling import day as spell_day
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

# Months from one meeting to the next.
_MONTHS = {
    Cycle.MONTHLY: 1,
    Cycle.QUARTERLY: 3,
    Cycle.THIRD: 4,
    Cycle.HALF: 6,
    Cycle.YEARLY: 12,
}
_WEEK = 7
MOST = 60  # meetings of one series


class MeetingError(UserError):
    """A meeting cannot be planned, moved or cancelled like that."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is told about a meeting; people in it by function."""

    day: date
    begins: time | None = None
    until: time | None = None
    place: str = ""
    title: str = ""
    chair: str = ""
    secretary: str = ""
    guests: str = ""


def led(actor: Actor, tenant: Tenant) -> list[Body]:
    """List the bodies that the actor leads, by name. One query."""
    return list(within(actor, May.EDIT_BOARDS, Body.objects.filter(tenant=tenant)))


def get_led(actor: Actor, tenant: Tenant, key: str) -> Body:
    """Find a body that the actor leads. One query.

    Raises:
        UnknownRecordError: there is none, or it is led by others.

    """
    every = Body.objects.filter(tenant=tenant, key=key)
    found: Body | None = within(actor, May.EDIT_BOARDS, every).first()
    if found is None:
        raise UnknownRecordError("Dieses Gremium gibt es nicht, oder es wird von anderen geleitet.")
    return found


def proposed(body: Body, *, on: date) -> Given:
    """Propose the next meeting of a body: as the last one was, a cycle later. One query.

    Without an earlier one, or where the cycle names no distance, it is the day asked for.
    """
    last = Meeting.objects.filter(body=body).exclude(state=MeetingState.CANCELLED).first()
    if last is None:
        return Given(on)
    later = next(_days(last.day, Cycle.of(body.cycle)), on) if body.cycle else on
    return Given(
        max(later, on), last.begins, last.until, last.place, last.title, last.chair, last.secretary
    )


def _days(first: date, cycle: Cycle) -> Iterator[date]:
    """Go on from a day by a cycle: the same weekday at the same place of the month."""
    months, place = _MONTHS.get(cycle), (first.day - 1) // _WEEK
    at = first.replace(day=1)
    while months is not None:
        years, month = divmod(at.month - 1 + months, 12)
        at = date(at.year + years, month + 1, 1)
        start = at + timedelta(days=(first.weekday() - at.weekday()) % _WEEK)
        longest = monthrange(at.year, at.month)[1]
        # Where there is no fifth Tuesday, the last one is meant.
        fits = start.day + _WEEK * place <= longest
        yield start + timedelta(days=_WEEK * (place if fits else place - 1))


def days_of(first: date, cycle: Cycle, *, last: date) -> list[date]:
    """Give the days of a series, the first one included.

    Args:
        first: day of its first meeting.
        cycle: how often; one with a distance.
        last: last day on which one may be.

    Raises:
        MeetingError: the cycle has no distance, the days are in the wrong order, or too many.

    """
    if cycle not in _MONTHS:
        raise MeetingError("Eine Reihe braucht einen festen Abstand, zum Beispiel vierteljährlich.")
    if last < first:
        raise MeetingError("Der letzte Tag liegt vor der ersten Sitzung.")
    found = [first]
    for following in _days(first, cycle):
        if following > last:
            return found
        found.append(following)
        if len(found) > MOST:
            break
    raise MeetingError(f"Das sind mehr als {MOST} Sitzungen; bitte einen früheren Tag wählen.")


def plan_series(body: Body, given: Given, cycle: Cycle, *, last: date) -> Plan:
    """Say which meetings a series would make; where the body meets already, nothing is made.

    Two queries.

    Raises:
        MeetingError: as `days_of`.

    """
    days = days_of(given.day, cycle, last=last)
    there = set(
        Meeting.objects.filter(body=body, day__in=days)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("day", flat=True)
    )
    new = [one for one in days if one not in there]
    keys = free_keys(Meeting, body.tenant_id, [_wished(body, one) for one in new])
    steps = tuple(
        Step(
            Meeting(tenant_id=body.tenant_id, key=key),
            f"{body}, Sitzung am {spell_day(one)}",
            {"body": body, **_values(replace(given, day=one))},
            new=True,
        )
        for one, key in zip(new, keys, strict=True)
    )
    stays = tuple(f"Am {spell_day(one)} tagt es schon." for one in days if one in there)
    said = f"{len(steps)} Sitzungen, {cycle.label}."
    return Plan(Verb.CREATED, said, steps, stays, given.day)


def new_meeting(*, actor: Actor, body: Body, given: Given, batch: str = "") -> Meeting:
    """Plan a meeting.

    Raises:
        PermissionDenied: the actor does not lead the body.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, body)
    (key,) = free_keys(Meeting, body.tenant_id, [_wished(body, given.day)])
    made = Meeting(tenant_id=body.tenant_id, body=body, key=key)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        _assign(made, given)
    return made


def change_meeting(
    *, actor: Actor, meeting: Meeting, given: Given, version: int | None = None, batch: str = ""
) -> None:
    """Change or move a meeting; `version` is the one that the person saw.

    Raises:
        PermissionDenied: the actor does not lead the body.
        LostUpdateError: somebody else changed it since.
        MeetingError: its minutes are approved.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, meeting)
    require_open(meeting)
    meeting.version = meeting.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=meeting, batch=batch):
        _assign(meeting, given)


def require_open(meeting: Meeting) -> None:
    """Refuse what would change approved minutes; raises MeetingError."""
    if meeting.minutes == MinutesState.APPROVED:
        raise MeetingError(FIXED)


def refuse_approved_since(*meetings: Meeting | None) -> None:
    """Refuse what changes minutes that somebody approved after they were read; locks the meetings.

    Called last in the transaction of the change: whoever approves waits for its end, and what was
    changed after an approval is undone as a whole. Items are always locked before their meeting.

    Raises:
        MeetingError: the minutes of one of the meetings are approved.

    """
    numbers = {one.pk for one in meetings if one is not None}
    for one in Meeting.objects.select_for_update().filter(pk__in=numbers).order_by("pk"):
        require_open(one)


def _wished(body: Body, on: date) -> str:
    return key_of(body.key, f"{on}")


def _values(given: Given) -> dict[str, object]:
    return {
        "day": given.day,
        "begins": given.begins,
        "until": given.until,
        "place": clean(given.place),
        "title": clean(given.title),
        "chair": clean(given.chair),
        "secretary": clean(given.secretary),
        "guests": clean_lines(given.guests),
    }


def _assign(meeting: Meeting, given: Given) -> None:
    for name, value in _values(given).items():
        setattr(meeting, name, value)
