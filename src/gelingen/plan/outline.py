"""The plan as an outline, and one measure or goal as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Prefetch

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.money import running
from gelingen.errors import NotFoundError
from gelingen.history.queries import Change, history_of
from gelingen.history.trace import subject_of
from gelingen.needs.queries import needs_in_words
from gelingen.plan.models import ImpactGoal, Measure, Milestone, Plan, PlanningPeriod
from gelingen.plan.queries import goals, measures, periods, plans
from gelingen.register.queries import responsibility_table
from gelingen.terms.vocabulary import ResponsibilityKind
from gelingen.topics.queries import topics

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.topics.models import Topic


class UnknownPartError(NotFoundError):
    """There is no such goal or measure, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything an outline of the plan is made from; links are loaded.

    Attributes:
        plan: the plan with the latest horizon; None if there is none.
        periods: its planning periods by first day.
        topics: in the order of the plan.
        needs: by key, with topic, target group and territory.
        goals: in their order, with topic and needs.
        measures: in their order, with topic, lead, and everything of the plan they name.
        leads: organisation and topic, by key, of every lead that is recorded for the day.

    """

    plan: Plan | None
    periods: tuple[PlanningPeriod, ...]
    topics: "tuple[Topic, ...]"
    needs: "tuple[Need, ...]"
    goals: tuple[ImpactGoal, ...]
    measures: tuple[Measure, ...]
    leads: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """One measure with everything it names, and its changes, the latest first."""

    measure: Measure
    enables: tuple[Measure, ...]
    history: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """One impact goal with its needs and measures, and its changes, the latest first."""

    goal: ImpactGoal
    measures: tuple[Measure, ...]
    history: tuple[Change, ...]


def outline(actor: Actor, tenant: Tenant, *, on: date) -> Outline:
    """Read the outline of the plan as of a day. Twelve queries, whatever the number of records."""
    plan = plans(actor, tenant).first()
    linked = measures(actor, tenant).select_related("topic", "lead")
    return Outline(
        plan=plan,
        periods=tuple(periods(actor, tenant, plan=plan)) if plan else (),
        topics=tuple(topics(actor, tenant)),
        needs=tuple(needs_in_words(actor, tenant)),
        goals=tuple(goals(actor, tenant).select_related("topic").prefetch_related("needs")),
        measures=tuple(linked.prefetch_related("partners", "needs", "goals", "cross_topics")),
        leads=leads(actor, tenant, on=on),
    )


def leads(actor: Actor, tenant: Tenant, *, on: date) -> frozenset[tuple[str, str]]:
    """Organisation and topic, by key, of every lead recorded for a day. One query."""
    recorded = responsibility_table(actor, tenant).frame.filter(
        running(on) & (pl.col("kind") == ResponsibilityKind.LEAD)
    )
    return frozenset(recorded.select("organisation", "topic").iter_rows())


def measure_sheet(actor: Actor, tenant: Tenant, key: str) -> MeasureSheet:
    """Gather everything recorded about a measure. Thirteen queries.

    Raises:
        UnknownPartError: there is none, or the actor may not see it.

    """
    steps = Milestone.objects.order_by("due", "key")
    found = measures(actor, tenant).filter(key=key).select_related("topic", "lead")
    measure = found.prefetch_related(
        "cross_topics", "needs", "goals", "target_groups", "territories", "partners", "structures",
        "depends_on", Prefetch("milestones", steps),
    ).first()  # fmt: skip
    if measure is None:
        raise UnknownPartError("Diese Maßnahme gibt es nicht.")
    enabled = within(actor, May.VIEW, Measure.objects.filter(depends_on=measure))
    return MeasureSheet(
        measure, tuple(enabled), tuple(history_of(tenant.pk, [subject_of(measure)]))
    )


def goal_sheet(actor: Actor, tenant: Tenant, key: str) -> GoalSheet:
    """Gather everything recorded about an impact goal. Four queries.

    Raises:
        UnknownPartError: there is none, or the actor may not see it.

    """
    found = goals(actor, tenant).filter(key=key)
    goal = (
        found.select_related("topic", "target_group", "guiding_goal", "plan")
        .prefetch_related("needs")
        .first()
    )
    if goal is None:
        raise UnknownPartError("Dieses Wirkungsziel gibt es nicht.")
    serving = measures(actor, tenant).filter(goals=goal).select_related("lead")
    return GoalSheet(goal, tuple(serving), tuple(history_of(tenant.pk, [subject_of(goal)])))


def linked_to_need(
    actor: Actor, tenant: Tenant, need: "Need"
) -> tuple[tuple[ImpactGoal, ...], tuple[Measure, ...]]:
    """Goals and measures that name a need, each by key. Two queries."""
    return (
        tuple(goals(actor, tenant).filter(needs=need)),
        tuple(measures(actor, tenant).filter(needs=need).select_related("lead")),
    )


def measures_with_structure(actor: Actor, tenant: Tenant, structure: str) -> tuple[Measure, ...]:
    """Measures that need a structure, given by key, ordered by key. One query."""
    return tuple(measures(actor, tenant).filter(structures__key=structure))
