"""The process as of a day: its phases, what took place, what is to be done, who accompanies it.

course_of(actor, tenant, on=...) -> Course
phase_sheet(actor, tenant, key, on=...) -> PhaseSheet
public_course(tenant, on=...) -> PublicCourse: only what may be shown to everybody
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.process.models import Event, Phase, Step, Support
from gelingen.process.standing import Days
from gelingen.terms.boards import PhaseState

ENDING = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase with how it stands.

    Attributes:
        phase: the phase with its plan.
        days: its days.
        state: how it stands on the day.
        said: the same in words with its days, as the end of a sentence.
        steps: its steps, open ones first, then by day.
        events: its events in the order of time.

    """

    phase: Phase
    days: Days
    state: PhaseState
    said: str
    steps: tuple[Step, ...]
    events: tuple[Event, ...]

    @property
    def open(self) -> tuple[Step, ...]:
        """Steps that are not done, by day."""
        return tuple(one for one in self.steps if one.done is None)


@dataclass(frozen=True, slots=True)
class Course:
    """The whole process.

    Attributes:
        phases: phases in their order.
        loose: events that belong to no phase, in the order of time.
        apart: steps of such events, open ones first, then by day.
        supports: who accompanies it from outside, by beginning.

    """

    phases: tuple[PhaseLine, ...]
    loose: tuple[Event, ...]
    apart: tuple[Step, ...]
    supports: tuple[Support, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """All events in the order of time."""
        every = [*self.loose, *(event for line in self.phases for event in line.events)]
        return tuple(sorted(every, key=when))

    @property
    def open(self) -> tuple[Step, ...]:
        """All steps that are not done: phase by phase, then those of events without a phase."""
        of_phases = [step for line in self.phases for step in line.open]
        return (*of_phases, *(one for one in self.apart if one.done is None))

    @property
    def now(self) -> tuple[PhaseLine, ...]:
        """Phases that have begun and are not done."""
        going = (PhaseState.RUNNING, PhaseState.LATE, PhaseState.RESTING)
        return tuple(
            one for one in self.phases if one.state in going and one.phase.starts is not None
        )

    @property
    def following(self) -> PhaseLine | None:
        """First phase that has not begun."""
        waiting = [one for one in self.phases if one.phase.starts is None]
        return next((one for one in waiting if one.state is not PhaseState.DONE), None)


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """An event as everybody may see it; `phase` is the name of its phase, or "".

    `planned_said` and `day_said` are the days as far as they are known.
    """

    title: str
    kind: str
    phase: str
    planned: date | None
    day: date | None
    planned_said: str
    day_said: str
    place: str
    result: str


@dataclass(frozen=True, slots=True)
class PublicPhase:
    """A phase as everybody may see it.

    Without who is responsible, without its steps and files, and without why it rests; `events` are
    those of it that everybody may see, in the order of time.
    """

    name: str
    kind: str
    days: Days
    state: PhaseState
    aim: str
    result: str
    events: tuple[PublicEvent, ...]


@dataclass(frozen=True, slots=True)
class PublicCourse:
    """What of the process may be shown to everybody.

    Attributes:
        phases: phases in their order.
        loose: events that belong to no phase.
        events: all events; both in the order of time.

    """

    phases: tuple[PublicPhase, ...]
    loose: tuple[PublicEvent, ...]
    events: tuple[PublicEvent, ...]


def when(event: Event) -> tuple[date, str]:
    """Order events by the day on which they were or are planned; those without one come last."""
    return event.day or event.planned or date.max, event.key


def phases(actor: Actor, tenant: Tenant) -> QuerySet[Phase]:
    """Phases in their order, with their plan."""
    found = within(actor, May.VIEW, Phase.objects.filter(tenant=tenant))
    return found.select_related("plan", "tenant").order_by("order", "planned_starts", "key")


def events(actor: Actor, tenant: Tenant) -> QuerySet[Event]:
    """Events with their phase."""
    found = within(actor, May.VIEW, Event.objects.filter(tenant=tenant))
    return found.select_related("phase")


def steps(actor: Actor, tenant: Tenant) -> QuerySet[Step]:
    """List steps with their phase and event, by day."""
    found = within(actor, May.VIEW, Step.objects.filter(tenant=tenant))
    return found.select_related("phase", "event").order_by("due", "key")


def supports(actor: Actor, tenant: Tenant) -> QuerySet[Support]:
    """Who accompanies the process from outside, by beginning, with the organisation."""
    found = within(actor, May.VIEW, Support.objects.filter(tenant=tenant))
    return found.select_related("organisation").order_by("starts", "key")


def get_phase(actor: Actor, tenant: Tenant, key: str) -> Phase:
    """Find a phase with its plan. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = phases(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Phase gibt es nicht.")
    return found


def get_event(actor: Actor, tenant: Tenant, key: str) -> Event:
    """Find an event with its phase. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = events(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Dieses Ereignis gibt es nicht.")
    return found


def steps_of(actor: Actor, event: Event) -> list[Step]:
    """List the steps of an event, open ones first, then by day. One query."""
    return sorted(steps(actor, event.tenant).filter(event=event), key=_open_first)


def get_support(actor: Actor, tenant: Tenant, key: str) -> Support:
    """Find who accompanies the process, with the organisation. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = supports(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Begleitung gibt es nicht.")
    return found


def get_step(actor: Actor, tenant: Tenant, key: str) -> Step:
    """Find a step with its phase and event. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = steps(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Schritt gibt es nicht.")
    return found


def course_of(actor: Actor, tenant: Tenant, *, on: date) -> Course:
    """Read the whole process as of a day. Four queries."""
    every, happened = list(steps(actor, tenant)), list(events(actor, tenant))
    found = tuple(_lines(list(phases(actor, tenant)), every, happened, on))
    loose = tuple(sorted((one for one in happened if one.phase_id is None), key=when))
    apart = tuple(sorted((one for one in every if _phase_of(one) is None), key=_open_first))
    return Course(found, loose, apart, tuple(supports(actor, tenant)))


def _open_first(step: Step) -> tuple[bool, date, str]:
    return step.done is not None, step.due or date.max, step.key


def _phase_of(step: Step) -> int | None:
    """Give the phase to which a step belongs: its own, or that of its event."""
    return step.phase_id or (step.event.phase_id if step.event else None)


def phase_line(actor: Actor, tenant: Tenant, key: str, *, on: date) -> PhaseLine:
    """Read one phase as of a day. Three queries.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    phase = get_phase(actor, tenant, key)
    belongs = Q(phase=phase) | Q(phase=None, event__phase=phase)
    own, took = steps(actor, tenant).filter(belongs), events(actor, tenant).filter(phase=phase)
    (line,) = _lines([phase], list(own), list(took), on)
    return line


def _lines(
    found: Sequence[Phase], every: Sequence[Step], happened: Sequence[Event], on: date
) -> list[PhaseLine]:
    lines = []
    for phase in found:
        days = Days.of(phase)
        own = sorted((one for one in every if _phase_of(one) == phase.pk), key=_open_first)
        took = sorted((one for one in happened if one.phase_id == phase.pk), key=when)
        state = days.state(on)
        lines.append(PhaseLine(phase, days, state, days.said(on), tuple(own), tuple(took)))
    return lines


def public_course(tenant: Tenant, *, on: date) -> PublicCourse:
    """Give what of the process may be shown to everybody. Two queries."""
    every = Phase.objects.filter(tenant=tenant).order_by("order", "planned_starts", "key")
    shown = Event.objects.filter(tenant=tenant, public=True).select_related("phase")
    told = [(one.phase_id, _public(one)) for one in sorted(shown, key=when)]
    return PublicCourse(
        tuple(
            PublicPhase(
                one.name,
                one.get_kind_display(),
                Days.of(one),
                Days.of(one).state(on),
                one.aim,
                one.result,
                tuple(event for phase, event in told if phase == one.pk),
            )
            for one in every
        ),
        tuple(event for phase, event in told if phase is None),
        tuple(event for _, event in told),
    )


def _public(event: Event) -> PublicEvent:
    return PublicEvent(
        event.title,
        event.get_kind_display(),
        event.phase.name if event.phase else "",
        event.planned,
        event.day,
        event.planned_said,
        event.day_said,
        event.place,
        event.result,
    )
