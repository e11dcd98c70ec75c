"""Everything a paper is made from, read once: records in words, tables for the analyses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.findings.inputs import Inputs, read_inputs
from gelingen.findings.queries import Judgement, judgements
from gelingen.needs import queries as needs
from gelingen.needs.voices import Said, said_of
from gelingen.places import queries as places
from gelingen.plan import queries as plans
from gelingen.register import queries as register
from gelingen.terms.vocabulary import DatePrecision
from gelingen.topics import queries as topics

if TYPE_CHECKING:
    from gelingen.needs.models import Inquiry, Need
    from gelingen.places.models import Figure, Territory
    from gelingen.plan.models import (
        Chance,
        ChapterText,
        GuidingGoal,
        ImpactGoal,
        Measure,
        OtherPlan,
        Plan,
        PlanningPeriod,
    )
    from gelingen.register.models import (
        Funding,
        Organisation,
        Post,
        Reach,
        Responsibility,
        Structure,
    )
    from gelingen.topics.models import TargetGroup, Topic

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class Material:
    """The records of one tenant as of a day, each list in its own stable order.

    Attributes:
        tenant: whose paper it is.
        on: the day the paper speaks about.
        horizon: first day after the planning horizon.
        said: what the voices of each need come to, by its key.
        judgements: what was decided about findings by the day, by stored key.
        inputs: the declared tables for the analyses, and all German names by key.

    """

    tenant: Tenant
    on: date
    horizon: date
    plan: "Plan | None"
    periods: "list[PlanningPeriod]"
    texts: "list[ChapterText]"
    guiding_goals: "list[GuidingGoal]"
    goals: "list[ImpactGoal]"
    measures: "list[Measure]"
    chances: "list[Chance]"
    other_plans: "list[OtherPlan]"
    topics: "list[Topic]"
    groups: "list[TargetGroup]"
    territories: "list[Territory]"
    figures: "list[Figure]"
    structure_figures: "list[Figure]"
    organisations: "list[Organisation]"
    structures: "list[Structure]"
    posts: "list[Post]"
    reach: "list[Reach]"
    fundings: "list[Funding]"
    responsibilities: "list[Responsibility]"
    needs: "list[Need]"
    inquiries: "list[Inquiry]"
    said: Mapping[str, Said]
    tie_sources: Mapping[str, str]
    judgements: Mapping[str, Judgement]
    inputs: Inputs

    @property
    def last_day(self) -> date:
        """Last day of the planning horizon, as people write it."""
        return self.horizon - timedelta(days=1)

    def name(self, key: str) -> str:
        """German name of a record; the key itself where none is known."""
        return self.inputs.names.get(key, key)

    @cached_property
    def reach_of(self) -> "Mapping[str, list[Reach]]":
        """Reach by key of the structure."""
        return grouped((line.structure.key, line) for line in self.reach)

    @cached_property
    def fundings_of(self) -> "Mapping[str, list[Funding]]":
        """Fundings by key of the structure."""
        return grouped((line.structure.key, line) for line in self.fundings)

    @cached_property
    def structure_of(self) -> "Mapping[str, Structure]":
        """Structures by key."""
        return {structure.key: structure for structure in self.structures}

    @cached_property
    def cross_topics_of(self) -> "Mapping[str, frozenset[str]]":
        """Keys of the cross-cutting topics of each measure, by its key."""
        return {
            measure.key: frozenset(topic.key for topic in measure.cross_topics.all())
            for measure in self.measures
        }

    @cached_property
    def current_needs(self) -> "list[Need]":
        """Needs that exist on the day."""
        return [need for need in self.needs if holds(need.starts, need.over, self.on)]

    @cached_property
    def later_needs(self) -> "list[Need]":
        """Needs that begin after the day and before the horizon."""
        return [
            need
            for need in self.needs
            if need.starts
            and self.on < need.starts < self.horizon
            and holds(need.starts, need.over, need.starts)
        ]

    @cached_property
    def open_measures(self) -> "list[Measure]":
        """Measures that are neither finished, handed over nor dropped, and not over by the day."""
        over = {"finished", "handed_over", "dropped"}
        return [
            measure
            for measure in self.measures
            if measure.maturity not in over and (measure.ends is None or measure.ends > self.on)
        ]

    @cached_property
    def own_territories(self) -> "list[Territory]":
        """Territories that the tenant itself consists of, by official key."""
        return [place for place in self.territories if place.key.startswith(self.tenant.key)]


def holds(starts: date | None, ends: date | None, on: date) -> bool:
    """Tell whether a half-open period holds a day; an open side has no limit."""
    return (starts is None or starts <= on) and (ends is None or ends > on)


def meets(starts: date | None, ends: date | None, period: tuple[date, date]) -> bool:
    """Tell whether a half-open period shares a day with another; an open side has no limit."""
    return (starts is None or starts < period[1]) and (ends is None or ends > period[0])


def _over(figure: "Figure", on: date) -> bool:
    """Tell whether the day, month or year that a figure speaks about is over by a day."""
    day = figure.reference
    if day is None or figure.reference_precision in ("", DatePrecision.DAY):
        return True
    months = 12 if figure.reference_precision == DatePrecision.YEAR else day.month
    last = date(day.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)
    return last <= on


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Gather values by key, both in the order they come."""
    found: dict[K, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def read_material(actor: Actor, tenant: Tenant, *, on: date, horizon: date) -> Material:
    """Read everything a paper needs, as far as the actor may see it.

    The number of queries does not depend on the number of records.
    """
    plan = plans.plans(actor, tenant).first()
    return Material(
        tenant=tenant,
        on=on,
        horizon=horizon,
        plan=plan,
        periods=plans.periods(actor, tenant, plan=plan) if plan else [],
        texts=plans.chapter_texts(actor, tenant, plan=plan) if plan else [],
        guiding_goals=plans.guiding_goals(actor, tenant, plan=plan) if plan else [],
        goals=plans.goals_with_needs(actor, tenant, plan=plan) if plan else [],
        measures=plans.measures_in_full(actor, tenant),
        chances=plans.chances(actor, tenant),
        other_plans=plans.other_plans(actor, tenant),
        topics=list(topics.topics(actor, tenant)),
        groups=list(topics.target_groups(actor, tenant)),
        territories=list(places.territories(actor, tenant)),
        figures=[f for f in places.figures(actor, tenant, on=on) if _over(f, on)],
        structure_figures=[
            f for f in places.structure_figures(actor, tenant, on=on) if _over(f, on)
        ],
        organisations=register.organisations_with_units(actor, tenant),
        structures=register.structures_with_organisations(actor, tenant),
        posts=register.posts(actor, tenant),
        reach=register.reach_in_words(actor, tenant),
        fundings=register.fundings_with_funders(actor, tenant),
        responsibilities=register.responsibilities_in_words(actor, tenant),
        needs=needs.needs_in_words(actor, tenant),
        inquiries=needs.inquiries_in_words(actor, tenant),
        said=said_of(actor, tenant),
        tie_sources=register.tie_sources(actor, tenant),
        judgements=judgements(actor, tenant, on=on),
        inputs=read_inputs(actor, tenant),
    )
