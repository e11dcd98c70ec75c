"""Plans, goals and measures, and what the analyses need of them."""

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import MeasureStructures, PlanMeasures
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
from gelingen.terms.measures import middle
from gelingen.terms.vocabulary import Maturity


def plans(actor: Actor, tenant: Tenant) -> QuerySet[Plan]:
    """Plans, the one with the latest horizon first."""
    return within(actor, May.VIEW, Plan.objects.filter(tenant=tenant)).order_by("-horizon", "key")


def measures(actor: Actor, tenant: Tenant) -> QuerySet[Measure]:
    """Measures in the order of the plan, equal ones by key."""
    return within(actor, May.VIEW, Measure.objects.filter(tenant=tenant))


def goals(actor: Actor, tenant: Tenant) -> QuerySet[ImpactGoal]:
    """Impact goals in the order of the plan, equal ones by key."""
    return within(actor, May.VIEW, ImpactGoal.objects.filter(tenant=tenant))


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """Titles of measures and impact goals by key. Two queries."""
    return dict(goals(actor, tenant).values_list("key", "title")) | dict(
        measures(actor, tenant).values_list("key", "title")
    )


def measure_table(actor: Actor, tenant: Tenant) -> PlanMeasures:
    """Hand the measures to the analyses, by key. One query."""
    found = measures(actor, tenant).order_by("key")
    rows = found.values_list(
        "key", "lead__key", "cost_year_low", "cost_year_high", "funding_ends", "starts", "ends"
    )
    return PlanMeasures.from_rows(
        (key, lead, middle(low, high), *days) for key, lead, low, high, *days in rows
    )


def crossing(actor: Actor, tenant: Tenant) -> list[tuple[str, str, str, str]]:
    """Topic, title, key and cross-cutting topic of measures, in the order of the plan. One query.

    A measure comes once for each cross-cutting topic, with "" if it has none; topics are keys.
    """
    found = measures(actor, tenant).order_by("order", "key", "cross_topics__key")
    rows = found.values_list("topic__key", "title", "key", "cross_topics__key")
    return [(topic, title, key, cross or "") for topic, title, key, cross in rows]


def measure_structure_table(actor: Actor, tenant: Tenant) -> MeasureStructures:
    """Hand over which structures the measures need, by key. One query."""
    found = measures(actor, tenant).filter(structures__isnull=False)
    return MeasureStructures.from_rows(
        found.order_by("key", "structures__key").values_list("key", "structures__key")
    )


def periods(actor: Actor, tenant: Tenant, *, plan: Plan) -> list[PlanningPeriod]:
    """Planning periods of a plan by first day. One query."""
    found = PlanningPeriod.objects.filter(tenant=tenant, plan=plan)
    return list(within(actor, May.VIEW, found))


def chapter_texts(actor: Actor, tenant: Tenant, *, plan: Plan) -> list[ChapterText]:
    """Texts of a plan by chapter and key. One query."""
    return list(within(actor, May.VIEW, ChapterText.objects.filter(tenant=tenant, plan=plan)))


def guiding_goals(actor: Actor, tenant: Tenant, *, plan: Plan) -> list[GuidingGoal]:
    """Guiding goals of a plan in their order, each with its topic. One query."""
    found = GuidingGoal.objects.filter(tenant=tenant, plan=plan)
    return list(within(actor, May.VIEW, found).select_related("topic"))


def planned_needs(actor: Actor, tenant: Tenant) -> set[str]:
    """Keys of the needs for which a measure is planned that nobody gave up. One query."""
    answers = needs_answered(measures(actor, tenant).exclude(maturity=Maturity.DROPPED))
    return set().union(*answers.values())


def needs_answered(found: QuerySet[Measure]) -> dict[int, set[str]]:
    """Keys of the needs that each of some measures answers, by its number. One query.

    A measure answers the needs that it names and those of its goals.
    """
    rows = found.order_by().values_list("pk", "needs__key", "goals__needs__key").distinct()
    answers: dict[int, set[str]] = {}
    for measure, *keys in rows:
        answers.setdefault(measure, set()).update(key for key in keys if key is not None)
    return answers


def goals_with_needs(actor: Actor, tenant: Tenant, *, plan: Plan) -> list[ImpactGoal]:
    """Impact goals of a plan in order, each with topic, target group and needs. Two queries."""
    found = goals(actor, tenant).filter(plan=plan)
    return list(
        found.select_related("topic", "target_group", "guiding_goal").prefetch_related("needs")
    )


def measures_in_full(actor: Actor, tenant: Tenant) -> list[Measure]:
    """Measures in their order, with everything they name. Ten queries, whatever their number."""
    return list(
        measures(actor, tenant)
        .select_related("topic", "lead")
        .prefetch_related(
            "cross_topics", "needs", "goals", "target_groups", "territories", "partners",
            "structures", "depends_on", "milestones",
        )
    )  # fmt: skip


def chances(actor: Actor, tenant: Tenant) -> list[Chance]:
    """Opportunities, then risks, by key, with the goals that answer them. Two queries."""
    found = within(actor, May.VIEW, Chance.objects.filter(tenant=tenant))
    return list(found.select_related("topic", "territory").prefetch_related("goals"))


def other_plans(actor: Actor, tenant: Tenant) -> list[OtherPlan]:
    """Other plans by key, with their topics and measures. Three queries."""
    found = within(actor, May.VIEW, OtherPlan.objects.filter(tenant=tenant))
    return list(found.select_related("organisation").prefetch_related("topics", "measures"))
