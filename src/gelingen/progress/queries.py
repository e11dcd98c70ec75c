"""How measures stand on a day, and what was reported of them.

states(whose, measures, on=...) -> {pk: State}      for lists, papers, editions: few queries
lines(actor, tenant, on=...) -> [Line]              every measure with its state
sheet(actor, tenant, key, on=...) -> Sheet          one measure with its years
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q, QuerySet, prefetch_related_objects

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed, allowed_in, within
from gelingen.access.record import UnknownRecordError
from gelingen.analysis.progress import Aim, Facts, Step, Told, compute, how_fresh
from gelingen.plan.queries import measures as measures_of
from gelingen.progress.aims import aims_of
from gelingen.progress.models import ProgressReport, StateOverride
from gelingen.terms.progress import STATE_OF_LIGHT, MeasureState, Timeliness
from gelingen.terms.vocabulary import Light, Maturity
from gelingen.wording.progress import say_fresh, say_state

if TYPE_CHECKING:
    from gelingen.plan.models import Measure, Milestone


R = TypeVar("R", ProgressReport, StateOverride)


@dataclass(frozen=True, slots=True)
class State:
    """How a measure stands on a day.

    Attributes:
        state: how it stands: what was set by hand, or else what follows from the records.
        reason: why, in one German sentence.
        day: since when it is set by hand, or when it was last reported; None if neither.
        overridden: whether it is set by hand.
        computed: what follows from the records, also where something else is set.
        computed_reason: why that follows, in one German sentence.
        fresh: how fresh what is known is; says nothing about how the measure stands.
        told_on: when it was last reported; None if never.

    """

    state: MeasureState
    reason: str
    day: date | None
    overridden: bool
    computed: MeasureState
    computed_reason: str
    fresh: Timeliness
    told_on: date | None

    @property
    def fresh_said(self) -> str:
        """When it was last reported, in words."""
        return say_fresh(self.fresh, self.told_on)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in the list of all: with topic and lead, its state and its last report."""

    measure: "Measure"
    state: State
    last: ProgressReport | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about the progress of one measure.

    Attributes:
        measure: with topic and lead.
        state: how it stands.
        reports: the newest year first.
        overrides: states set by hand, the newest first.
        steps: milestones by day.
        may_report: whether the actor may report on it.
        may_override: whether the actor may set its state.

    """

    measure: "Measure"
    state: State
    reports: tuple[ProgressReport, ...]
    overrides: tuple[StateOverride, ...]
    steps: tuple["Milestone", ...]
    may_report: bool
    may_override: bool


def states(whose: Actor | Tenant, measures: Iterable["Measure"], *, on: date) -> dict[int, State]:
    """Say how measures stand on a day, by their number.

    Args:
        whose: who reads, with the rights to see reports; or the tenant, for what it publishes.
        measures: as they are read; their milestones are read unless they are there already.
        on: the day; reports and states of later days do not count.

    Four queries, whatever the number of measures; three where the milestones are there; two more
    where a measure has a figure with a target.

    """
    return {one.measure.pk: one.state for one in standing(whose, measures, on=on)}


def standing(whose: Actor | Tenant, measures: Iterable["Measure"], *, on: date) -> list[Line]:
    """Say how measures stand on a day, in their order, with the report of their latest year.

    Arguments and queries are those of `states`.
    """
    found = list(measures)
    prefetch_related_objects(found, "milestones")
    last = _last_reports(_seen(whose, ProgressReport.objects.all()), found, on)
    set_ = _set_by_hand(_seen(whose, StateOverride.objects.all()), found, on)
    aims = aims_of(whose, found, on=on)
    lines_ = []
    for one in found:
        facts = _facts(one, last.get(one.pk), aims.get(one.pk, ()), on)
        lines_.append(Line(one, _state(facts, set_.get(one.pk), on), last.get(one.pk)))
    return lines_


def _seen(whose: Actor | Tenant, every: QuerySet[R]) -> QuerySet[R]:
    if isinstance(whose, Tenant):
        return every.filter(tenant=whose)
    return within(whose, May.VIEW, every)


def _last_reports(
    every: QuerySet[ProgressReport], measures: Sequence["Measure"], on: date
) -> Mapping[int, ProgressReport]:
    """Find the report of the latest year for each measure. One query."""
    found = every.filter(measure__in=measures, day__lte=on).order_by("starts", "pk")
    return {one.measure_id: one for one in found}


def _set_by_hand(
    every: QuerySet[StateOverride], measures: Sequence["Measure"], on: date
) -> Mapping[int, StateOverride]:
    """Find what is set by hand for each measure. One query."""
    counts = Q(ends=None) | Q(ends__gt=on)
    found = every.filter(counts, measure__in=measures, day__lte=on).order_by("day", "pk")
    return {one.measure_id: one for one in found}


def _state(facts: Facts, set_: StateOverride | None, on: date) -> State:
    found = compute(facts, on=on)
    said = say_state(found)
    return State(
        state=MeasureState.of(set_.state) if set_ else found.state,
        reason=set_.reason if set_ else said,
        day=set_.day if set_ else facts.told_on,
        overridden=set_ is not None,
        computed=found.state,
        computed_reason=said,
        fresh=how_fresh(facts, found.state, on=on),
        told_on=facts.told_on,
    )


def _facts(
    measure: "Measure", last: ProgressReport | None, aims: tuple[Aim, ...], on: date
) -> Facts:
    steps = [Step(one.title, one.due, one.done) for one in measure.milestones.all()]
    days = [day for day in (measure.progress_day, last and last.day) if day and day <= on]
    return Facts(
        starts=measure.starts,
        ends=measure.ends,
        maturity=Maturity.of(measure.maturity),
        told=_told(measure, last, on),
        told_on=max(days, default=None),
        steps=tuple(steps),
        aims=aims,
    )


def _told(measure: "Measure", last: ProgressReport | None, on: date) -> Told | None:
    """Read what was said last until a day: the light of the plan, which each report sets too.

    A light of a later day does not count; then the report counts that was there.
    """
    told_on = measure.progress_day
    if measure.light and (told_on is None or told_on <= on):
        begun = measure.light != Light.NOT_STARTED
        state = STATE_OF_LIGHT[Light.of(measure.light)] if begun else MeasureState.ON_COURSE
        return Told(state, told_on, measure.light_reason, begun=begun)
    if last is None:
        return None
    return Told(MeasureState.of(last.assessment), last.day, last.obstacles)


def reports(actor: Actor, tenant: Tenant) -> QuerySet[ProgressReport]:
    """List reports that the actor may see, the latest year first, each with its measure."""
    found = within(actor, May.VIEW, ProgressReport.objects.filter(tenant=tenant))
    return found.select_related("measure").order_by("-starts", "measure__order", "key")


def reports_of(actor: Actor, tenant: Tenant, *, year: int) -> dict[int, ProgressReport]:
    """Give the reports of one year by the number of their measure. One query."""
    return {one.measure_id: one for one in reports(actor, tenant).filter(starts__year=year)}


def lines(actor: Actor, tenant: Tenant, *, on: date) -> list[Line]:
    """List every measure in the order of the plan with its state. Five queries, or seven."""
    return standing(actor, measures_of(actor, tenant).select_related("topic", "lead"), on=on)


def get_measure(actor: Actor, tenant: Tenant, key: str) -> "Measure":
    """Find a measure with topic, lead and tenant. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    every = measures_of(actor, tenant).select_related("topic", "lead", "tenant")
    found = every.filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Maßnahme gibt es nicht.")
    return found


def sheet(actor: Actor, tenant: Tenant, key: str, *, on: date) -> Sheet:
    """Read everything about the progress of one measure. Eleven queries at most.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    measure = get_measure(actor, tenant, key)
    own = reports(actor, tenant).filter(measure=measure)
    set_ = _seen(actor, StateOverride.objects.filter(measure=measure))
    return Sheet(
        measure,
        states(actor, [measure], on=on)[measure.pk],
        tuple(own),
        tuple(set_.order_by("-day", "-pk")),
        tuple(sorted(measure.milestones.all(), key=lambda one: (one.due or date.max, one.key))),
        allowed(actor, May.EDIT_PLAN, measure),
        allowed_in(actor, May.EDIT_PLAN, tenant),
    )


def get_override(actor: Actor, tenant: Tenant, key: str) -> StateOverride:
    """Find a state set by hand with its measure. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    every = within(actor, May.VIEW, StateOverride.objects.filter(tenant=tenant))
    found: StateOverride | None = every.select_related("measure", "tenant").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen festgelegten Stand gibt es nicht.")
    return found


def report_for(actor: Actor, measure: "Measure", *, year: int) -> ProgressReport | None:
    """Find the report of a measure for a year. One query."""
    every = within(actor, May.VIEW, ProgressReport.objects.filter(measure=measure))
    return every.filter(starts=date(year, 1, 1)).first()
