"""What waits in the process for whoever leads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.process.models import Step
from gelingen.process.queries import ENDING, Course, PhaseLine, course_of
from gelingen.terms.boards import PhaseState
from gelingen.terms.spelling import day, last_day

STEP_AHEAD, EVENT_AHEAD, RESTS = timedelta(days=14), timedelta(days=30), timedelta(days=182)

# Of a phase that has not begun, or rests, nobody needs to know the days of its steps yet.
_ON_THE_WAY = (PhaseState.RUNNING, PhaseState.LATE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something in the process that wants somebody.

    Attributes:
        record: what it is about, as "kind:key".
        home: whose page shows it, as "phase:key".
        title: what it is about.
        why: one sentence that says why it waits.
        due: day from which it is late; None if it has none.

    """

    record: str
    home: str
    title: str
    why: str
    due: date | None


def waiting(actor: Actor, tenant: Tenant, *, on: date) -> list[Waiting]:
    """List what waits: by phase what is late, rests long or is to be done, then events, contracts.

    Late phases; phases that rest for half a year; steps due in two weeks, and those without a day
    of phases on the way; events planned for the next thirty days or not told since; contracts that
    end within ninety days. Four queries.
    """
    course = course_of(actor, tenant, on=on)
    found = [one for line in course.phases for one in _of_phase(line, on)]
    apart = [_step(one, on, asked=True) for one in course.apart if one.done is None]
    return [
        *found,
        *(one for one in apart if one is not None),
        *_events(course, on),
        *_supports(course, on),
    ]


def _of_phase(line: PhaseLine, on: date) -> Iterator[Waiting]:
    phase, days = line.phase, line.days
    record = f"phase:{phase.key}"
    if line.state is PhaseState.LATE:
        due = days.planned_ends if days.starts else days.planned_starts or days.planned_ends
        yield Waiting(record, record, phase.name, f"Die Phase {line.said}.", due)
    if line.state is PhaseState.RESTING and days.resting and days.resting + RESTS <= on:
        why = f"Die Phase ruht seit {day(days.resting)}, länger als ein halbes Jahr"
        why += f": {phase.resting_why}." if phase.resting_why else "."
        yield Waiting(record, record, phase.name, why, None)
    for one in line.open:
        step = _step(one, on, asked=line.state in _ON_THE_WAY)
        if step is not None:
            yield step


def _step(one: Step, on: date, *, asked: bool) -> Waiting | None:
    """Say that a step is due, or, where it is asked for, that it has no day."""
    who = f", {one.who}" if one.who else ""
    belongs = f"des Ereignisses „{one.event}“" if one.event else f"der Phase „{one.phase}“"
    said = f"Schritt {belongs}{who}"
    kind, above = ("event", one.event) if one.event else ("phase", one.phase)
    home = f"{kind}:{above.key}" if above else ""
    if one.due is not None and one.due <= on + STEP_AHEAD:
        why = f"{said}: bis zum {day(last_day(one.due))} zu tun."
    elif one.due is None and asked:
        why = f"{said}, noch ohne Tag; bitte einen eintragen."
    else:
        return None
    return Waiting(f"step:{one.key}", home, one.title, why, one.due)


def _events(course: Course, on: date) -> Iterator[Waiting]:
    for one in course.events:
        last = one.planned_until
        if one.day is not None or last is None or last > on + EVENT_AHEAD:
            continue
        place = f", {one.place}" if one.place else ""
        said = f"{one.get_kind_display()}, geplant: {one.planned_said}{place}."
        told = " Ob es so war, ist nicht eingetragen." if last < on else ""
        record = f"event:{one.key}"
        yield Waiting(record, record, one.title, said + told, last)


def _supports(course: Course, on: date) -> Iterator[Waiting]:
    for one in course.supports:
        if one.ends is not None and on < one.ends <= on + ENDING:
            why = f"Die Begleitung durch {one.organisation} endet am {day(last_day(one.ends))}."
            record = f"support:{one.key}"
            yield Waiting(record, record, one.task, why, one.ends)
