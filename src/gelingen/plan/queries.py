"""Plans, goals and measures, and what the analyses need of them."""

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import MeasureStructures, PlanMeasures
from gelingen.plan.models import ImpactGoal, Measure, Plan
from gelingen.register.queries import middle


def plans(actor: Actor, tenant: Tenant) -> QuerySet[Plan]:
    """Plans, the one with the latest horizon first."""
    return within(actor, May.VIEW, Plan.objects.filter(tenant=tenant)).order_by("-horizon", "key")


def measures(actor: Actor, tenant: Tenant) -> QuerySet[Measure]:
    """Measures by key."""
    return within(actor, May.VIEW, Measure.objects.filter(tenant=tenant))


def goals(actor: Actor, tenant: Tenant) -> QuerySet[ImpactGoal]:
    """Impact goals by key."""
    return within(actor, May.VIEW, ImpactGoal.objects.filter(tenant=tenant))


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """Titles of measures and impact goals by key. Two queries."""
    return dict(goals(actor, tenant).values_list("key", "title")) | dict(
        measures(actor, tenant).values_list("key", "title")
    )


def measure_table(actor: Actor, tenant: Tenant) -> PlanMeasures:
    """Hand the measures to the analyses, by key. One query."""
    rows = measures(actor, tenant).values_list(
        "key", "lead__key", "cost_year_low", "cost_year_high", "funding_ends", "starts", "ends"
    )
    return PlanMeasures.from_rows(
        (key, lead, middle(low, high), *days) for key, lead, low, high, *days in rows
    )


def measure_structure_table(actor: Actor, tenant: Tenant) -> MeasureStructures:
    """Hand over which structures the measures need, by key. One query."""
    found = measures(actor, tenant).filter(structures__isnull=False)
    return MeasureStructures.from_rows(
        found.order_by("key", "structures__key").values_list("key", "structures__key")
    )
