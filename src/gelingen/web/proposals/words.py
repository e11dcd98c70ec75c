"""What pages say of proposals and their stations, in German words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.proposals.forwarding import answer_from
from gelingen.proposals.queries import Stop, Way
from gelingen.terms.proposals import Standing
from gelingen.terms.spelling import day, last_day
from gelingen.web.pages import StaffRequest, address
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem

_PRIORITIES = {1: "hoch", 2: "mittel", 3: "gering"}


@dataclass(frozen=True, slots=True)
class Line:
    """A station as its page shows it.

    Attributes:
        stop: the station.
        said: when it came, from whom and what for.
        until: until when an answer is wanted; "" without a day or once it came.
        late: whether that day is over.
        priority: how urgent the sender finds it.
        answered: what was answered and when; "" while an answer is still to come.
        where: address of the meeting in which it was.
        item: the item of an agenda by which the body deals with it now.
        ready: whether its result can be taken over.
        may_answer: whether the person can answer, or correct the answer.
        may_put: whether it can be put on the agenda.

    """

    stop: Stop
    said: str
    until: str
    late: bool
    priority: str
    answered: str
    where: str
    item: "AgendaItem | None"
    ready: bool
    may_answer: bool
    may_put: bool


def lies(way: Way, on: date) -> str:
    """Say in a sentence where a proposal lies and since when."""
    one = way.proposal
    if way.standing is Standing.WITHDRAWN:
        why = f": {one.withdrawn_why}" if one.withdrawn_why else ""
        return f"Zurückgezogen am {day(one.withdrawn or on)}{why}."
    if way.standing is Standing.MERGED:
        return f"Aufgegangen in „{one.merged_into}“; dort geht es weiter."
    number = max((on - way.since).days, 0)
    long = f"seit {day(way.since)} ({counted(number, 'Tag', 'Tage')})"
    late = " Die Frist ist vorbei." if way.overdue(on) else ""
    return f"Liegt bei: {way.lies_with}, {long}; {way.standing.label}.{late}"


def line_of(
    request: StaffRequest, way: Way, stop: Stop, on: date, found: "AgendaItem | None"
) -> Line:
    """Put one station into words; `found` is the item by which the body deals with it."""
    one, told = stop.station, not stop.withheld
    since = f"Seit {day(one.since)}, von {one.sender}: {one.get_task_display()}"
    answered = f"{one.get_answer_display()} am {day(one.answered)}" if one.answered else ""
    correct = not stop.waits and way.stops[-1] is stop
    may = stop.leads and not way.over
    return Line(
        stop=stop,
        said=since,
        until=day(last_day(one.due)) if told and stop.waits and one.due else "",
        late=stop in way.waiting and stop.overdue(on),
        priority=_PRIORITIES.get(one.priority or 0, "") if told else "",
        answered=answered if told else "",
        where=_meeting(request, stop),
        item=found if may and stop.waits else None,
        ready=found is not None and answer_from(one, found) is not None,
        may_answer=may and (stop.waits or correct),
        may_put=may and stop.waits and found is None,
    )


def _meeting(request: StaffRequest, stop: Stop) -> str:
    item = None if stop.withheld else stop.item
    if item is None or item.meeting is None:
        return ""
    return address(request, "meeting", record=item.meeting.key)
