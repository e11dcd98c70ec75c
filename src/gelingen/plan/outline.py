"""The plan of a tenant in one piece: needs, goals and measures with everything they name.

`read_outline` reads it once; the pages of the plan and of single needs, goals and measures take
their part from it, as long as it is kept (`findings.current.Current.keep`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl
from django.db.models import F, QuerySet, Value

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.money import running
from gelingen.analysis.schema import Responsibilities
from gelingen.errors import NotFoundError
from gelingen.needs.queries import needs_in_words
from gelingen.places.queries import territories
from gelingen.plan.models import ImpactGoal, Measure, Milestone, Plan, PlanningPeriod
from gelingen.plan.queries import goals, measures, periods, plans
from gelingen.register.queries import organisations, responsibility_table, structures
from gelingen.terms.vocabulary import Maturity, ResponsibilityKind
from gelingen.topics.queries import target_groups, topics

if TYPE_CHECKING:
    from gelingen.access.record import Record
    from gelingen.needs.models import Need
    from gelingen.topics.models import Topic

R = TypeVar("R", bound="Record")
# What goals and measures name, by field.
_LINKS: dict[str, tuple[str, ...]] = {
    "goal": ("needs",),
    "measure": (
        "cross_topics", "needs", "goals", "target_groups", "territories", "partners",
        "structures", "depends_on",
    ),
}  # fmt: skip


class UnknownPartError(NotFoundError):
    """There is no such need, goal or measure, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record of which only the name is known."""

    pk: int
    key: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan, as far as an actor may see it.

    Attributes:
        plan: the plan with the latest horizon; None if there is none.
        periods: its planning periods by first day.
        topics: in the order of the plan.
        needs: by key, with topic, target group and territory.
        goals: in their order, with topic, target group, guiding goal and plan.
        measures: in their order, with topic and lead.
        milestones: by primary key of the measure, by day.
        links: what is named, in its own order, by "goal.needs" or "measure.partners" and the
            key of the goal or measure.
        responsibilities: who answers for what, of all days.

    """

    plan: Plan | None
    periods: tuple[PlanningPeriod, ...]
    topics: "tuple[Topic, ...]"
    needs: "tuple[Need, ...]"
    goals: tuple[ImpactGoal, ...]
    measures: tuple[Measure, ...]
    milestones: Mapping[int, Sequence[Milestone]]
    links: Mapping[str, Mapping[str, Sequence[Any]]]
    responsibilities: Responsibilities

    def named(self, of: "ImpactGoal | Measure", field: str) -> Sequence[Any]:
        """List what a goal or measure names in a field, in its own order."""
        kind = "measure" if isinstance(of, Measure) else "goal"
        return self.links[f"{kind}.{field}"].get(of.key, ())

    def goals_of(self, need: "Need") -> list[ImpactGoal]:
        """Goals that answer a need, in their order."""
        return [one for one in self.goals if need in self.named(one, "needs")]

    def measures_of(self, of: "Need | ImpactGoal | Measure") -> list[Measure]:
        """Measures that meet a need, serve a goal or depend on a measure, in their order."""
        field = {"need": "needs", "impactgoal": "goals", "measure": "depends_on"}
        name = field[str(of._meta.model_name)]
        return [one for one in self.measures if of in self.named(one, name)]

    def answering(self, need: "Need") -> list[Measure]:
        """Measures that nobody gave up and that meet a need, its goals, or what it goes on from."""
        rounds = [need]
        while earlier := [one for one in self.needs if one.pk == rounds[-1].previous_id]:
            if earlier[0] in rounds:
                break
            rounds.append(earlier[0])
        meant = {*rounds, *(goal for one in rounds for goal in self.goals_of(one))}
        return [
            one
            for one in self.measures
            if one.maturity != Maturity.DROPPED
            and meant & {*self.named(one, "needs"), *self.named(one, "goals")}
        ]

    def leads(self, on: date) -> frozenset[tuple[str, str]]:
        """Organisation and topic, by key, of every lead recorded for a day."""
        recorded = self.responsibilities.frame.filter(
            running(on) & (pl.col("kind") == ResponsibilityKind.LEAD)
        )
        return frozenset(recorded.select("organisation", "topic").iter_rows())


def find(records: Sequence[R], key: str, *, otherwise: str) -> R:
    """Find a need, goal or measure by its key.

    Raises:
        UnknownPartError: there is none; `otherwise` is the sentence that says so.

    """
    for one in records:
        if one.key == key:
            return one
    raise UnknownPartError(otherwise)


def read_outline(actor: Actor, tenant: Tenant) -> Outline:
    """Read the plan. Ten queries, whatever the number of records."""
    plan = plans(actor, tenant).first()
    wanted = goals(actor, tenant).select_related("topic", "target_group", "guiding_goal", "plan")
    known: dict[str, tuple[Any, ...]] = {
        "topics": tuple(topics(actor, tenant)),
        "needs": tuple(needs_in_words(actor, tenant)),
        "goals": tuple(wanted),
        "measures": tuple(measures(actor, tenant).select_related("topic", "lead")),
    }
    steps = within(actor, May.VIEW, Milestone.objects.filter(tenant=tenant)).order_by("due", "key")
    milestones = defaultdict(list)
    for step in steps:
        milestones[step.measure_id].append(step)
    return Outline(
        plan=plan,
        periods=tuple(periods(actor, tenant, plan=plan)) if plan else (),
        milestones=milestones,
        links=_links(actor, tenant, known),
        responsibilities=responsibility_table(actor, tenant),
        **known,
    )


def _links(
    actor: Actor, tenant: Tenant, known: Mapping[str, tuple[Any, ...]]
) -> dict[str, dict[str, list[Any]]]:
    """Gather what goals and measures name, by link and key."""
    targets: dict[str, Sequence[Any]] = {
        "needs": known["needs"],
        "goals": known["goals"],
        "cross_topics": known["topics"],
        "depends_on": known["measures"],
        **_others(actor, tenant),
    }
    places = {
        field: {one.pk: place for place, one in enumerate(found)}
        for field, found in targets.items()
    }
    links: dict[str, dict[str, list[Any]]] = {
        f"{kind}.{field}": {} for kind, fields in _LINKS.items() for field in fields
    }
    found = (
        (kind, field, key, places[field][other])
        for kind, field, key, other in _pairs(actor, tenant)
    )
    for kind, field, key, place in sorted(found, key=itemgetter(3)):
        links[f"{kind}.{field}"].setdefault(key, []).append(targets[field][place])
    return links


def _others(actor: Actor, tenant: Tenant) -> dict[str, list[Named]]:
    """Name what measures name beside the plan itself, by field and in its order. One query."""
    read: dict[str, QuerySet[Any]] = {
        "target_groups": target_groups(actor, tenant).annotate(place=F("order")),
        "territories": territories(actor, tenant).annotate(place=Value(0)),
        "partners": organisations(actor, tenant).annotate(place=Value(0)),
        "structures": structures(actor, tenant).annotate(place=Value(0)),
    }
    first, *rest = (
        found.order_by().annotate(field=Value(field)).values_list(
            "field", "place", "key", "pk", "name"
        )
        for field, found in read.items()
    )  # fmt: skip
    named: dict[str, list[Named]] = {field: [] for field in read}
    for field, _, key, pk, name in first.union(*rest, all=True).order_by("place", "key"):
        named[field].append(Named(pk, key, name))
    return named


def _pairs(actor: Actor, tenant: Tenant) -> QuerySet[Any, tuple[str, str, str, int]]:
    """Read which goals and measures name what: kind, field, key, number of it. One query."""
    read: dict[str, QuerySet[Any]] = {
        "goal": goals(actor, tenant), "measure": measures(actor, tenant)
    }  # fmt: skip
    first, *rest = (
        read[kind]
        .order_by()
        .filter(**{f"{field}__isnull": False})
        .values_list(Value(kind), Value(field), "key", field)
        for kind, fields in _LINKS.items()
        for field in fields
    )
    return first.union(*rest, all=True)
