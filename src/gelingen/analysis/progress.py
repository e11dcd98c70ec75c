"""State of a measure from its dates, milestones, figures and what was told last, for one day.

    compute(facts, on=day) -> Computed      how the measure stands, and what makes it so
    how_fresh(facts, state, on=day) -> Timeliness    how old what is known of it is

The two are kept apart: a measure can be on course with an old record, or late with a fresh one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from gelingen.terms.progress import MeasureState, Timeliness
from gelingen.terms.vocabulary import Maturity

__all__ = ["Aim", "Cause", "Computed", "Facts", "Step", "Told", "compute", "how_fresh"]

# A milestone that is overdue for so long stops a measure, whatever was told of it.
STUCK = timedelta(days=365)
# What was told is asked for once a year; a month is left for answering.
FRESH = timedelta(days=395)

_FINISHED = (Maturity.FINISHED, Maturity.HANDED_OVER)
OVER = (MeasureState.DONE, MeasureState.DROPPED)


class Cause(StrEnum):
    """What makes a state so."""

    PLAN = "plan"
    TOLD = "told"
    REACHED = "reached"
    STUCK = "stuck"
    ENDED = "ended"
    OVERDUE = "overdue"
    NOT_BEGUN = "not-begun"
    BEHIND = "behind"
    SILENT = "silent"
    NOTHING = "nothing"
    AHEAD = "ahead"
    NEXT = "next"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: `due` is its day, `done` the day on which it was reached."""

    title: str
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure of the measure beside what its path asks for on `day`; `higher` is better or not."""

    name: str
    value: float
    expected: float
    day: date
    higher: bool = True

    @property
    def behind(self) -> bool:
        """Whether the figure is worse than its path."""
        return self.value < self.expected if self.higher else self.value > self.expected


@dataclass(frozen=True, slots=True)
class Told:
    """What was said last of a measure: the state, when, and why in the words of who said it.

    `begun` is False where it was said that the measure has not begun.
    """

    state: MeasureState
    day: date | None = None
    reason: str = ""
    begun: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a measure; its period is half-open.

    Attributes:
        starts: first day; None if not known.
        ends: first day after; None if not known.
        maturity: how far the plan says it is.
        told: what was said last; None if nobody has said anything.
        told_on: when anybody last reported; None if nobody ever did.
        steps: its milestones.
        aims: its figures that have a path.

    """

    starts: date | None = None
    ends: date | None = None
    maturity: Maturity = Maturity.UNKNOWN
    told: Told | None = None
    told_on: date | None = None
    steps: tuple[Step, ...] = field(default=())
    aims: tuple[Aim, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Computed:
    """State of a measure.

    Attributes:
        state: how it stands.
        cause: what makes it so.
        day: the day that goes with the cause; None if it has none.
        name: the milestone or figure that it is about; "" if none.
        said: the words of who told it; "" if nobody did.

    """

    state: MeasureState
    cause: Cause
    day: date | None = None
    name: str = ""
    said: str = ""


def compute(facts: Facts, *, on: date) -> Computed:
    """Tell how a measure stands on a day; of several reasons the gravest counts.

    Given up or done comes before everything; then what stops it, what delays it, and what speaks
    for its course. A milestone or an end counts as missed on the first day after it.
    """
    return next(
        found for rule in (_over, _stopped, _delayed, _silent, _going) for found in rule(facts, on)
    )


def _over(facts: Facts, on: date) -> Iterator[Computed]:
    if facts.maturity is Maturity.DROPPED:
        yield Computed(MeasureState.DROPPED, Cause.PLAN)
    if facts.maturity in _FINISHED:
        yield Computed(MeasureState.DONE, Cause.PLAN)
    if facts.told is not None and facts.told.state in OVER:
        yield _told(facts.told)
    days = [step.done for step in facts.steps if step.done is not None and _done(step, on)]
    ended = facts.ends is not None and facts.ends <= on
    if ended and facts.steps and len(days) == len(facts.steps):
        yield Computed(MeasureState.DONE, Cause.REACHED, max(days))


def _stopped(facts: Facts, on: date) -> Iterator[Computed]:
    if facts.told is not None and facts.told.state is MeasureState.BLOCKED:
        yield _told(facts.told)
    for step in _missed(facts, on):
        if step.due is not None and step.due + STUCK <= on:
            yield Computed(MeasureState.BLOCKED, Cause.STUCK, step.due, step.title)


def _delayed(facts: Facts, on: date) -> Iterator[Computed]:
    late, told = MeasureState.LATE, facts.told
    if facts.ends is not None and facts.ends <= on:
        yield Computed(late, Cause.ENDED, facts.ends)
    if told is not None and told.state is MeasureState.LATE:
        yield _told(told)
    for step in _missed(facts, on):
        yield Computed(late, Cause.OVERDUE, step.due, step.title)
    begun = told is None or told.begun
    if not begun and facts.starts is not None and facts.starts <= on:
        yield Computed(late, Cause.NOT_BEGUN, facts.starts)
    for aim in facts.aims:
        if aim.behind:
            yield Computed(late, Cause.BEHIND, aim.day, aim.name)


def _silent(facts: Facts, on: date) -> Iterator[Computed]:
    reached = any(_done(step, on) for step in facts.steps)
    if facts.told is not None or reached:
        return
    coming = [one for one in facts.steps if one.due is not None]
    if facts.starts is None and facts.ends is None and not coming:
        yield Computed(MeasureState.UNKNOWN, Cause.NOTHING)
    if facts.starts is None or facts.starts <= on:
        yield Computed(MeasureState.UNKNOWN, Cause.SILENT, facts.starts)


def _going(facts: Facts, on: date) -> Iterator[Computed]:
    good = MeasureState.ON_COURSE
    if facts.starts is not None and facts.starts > on:
        yield Computed(good, Cause.AHEAD, facts.starts)
    if facts.told is not None and facts.told.begun and facts.told.day is not None:
        yield _told(facts.told)
    coming = [(step.due, step.title) for step in facts.steps if step.due and not _done(step, on)]
    if coming:
        due, title = min(coming)
        yield Computed(good, Cause.NEXT, due, title)
    if facts.told is not None and facts.told.begun:
        yield _told(facts.told)
    yield Computed(good, Cause.UNTIL, facts.ends)


def _missed(facts: Facts, on: date) -> list[Step]:
    """Milestones that should have been reached, the oldest first."""
    found = [
        one for one in facts.steps if one.due is not None and one.due <= on and not _done(one, on)
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.title))


def _done(step: Step, on: date) -> bool:
    """Whether a milestone was reached until a day."""
    return step.done is not None and step.done <= on


def _told(told: Told) -> Computed:
    return Computed(told.state, Cause.TOLD, told.day, said=told.reason)


def how_fresh(facts: Facts, state: MeasureState, *, on: date) -> Timeliness:
    """Tell how fresh is what is known of a measure in a state.

    Of what is over, or has not begun, nobody has to report.
    """
    if state in OVER or (facts.starts is not None and facts.starts > on):
        return Timeliness.FRESH
    if facts.told_on is None:
        return Timeliness.NEVER
    return Timeliness.FRESH if facts.told_on + FRESH > on else Timeliness.OVERDUE
