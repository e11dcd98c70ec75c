"""Everything the analyses need of one tenant, read once."""

from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis import schema
from gelingen.analysis.inventory import Inventory
from gelingen.needs import queries as needs
from gelingen.places import queries as places
from gelingen.plan import queries as plan
from gelingen.register import queries as register
from gelingen.topics import queries as topics


@dataclass(frozen=True, slots=True)
class Inputs:
    """The declared tables of one tenant, and the German names behind their keys."""

    inventory: Inventory
    responsibilities: schema.Responsibilities
    ties: schema.Ties
    actors: schema.Actors
    measures: schema.PlanMeasures
    measure_structures: schema.MeasureStructures
    names: dict[str, str]


def read_inputs(actor: Actor, tenant: Tenant) -> Inputs:
    """Read everything the analyses need, as far as the actor may see it.

    The number of queries does not depend on the number of records.
    """
    asked = needs.asked_organisations(actor, tenant)
    return Inputs(
        inventory=Inventory(
            structures=register.structure_table(actor, tenant),
            reach=register.reach_table(actor, tenant),
            tranches=register.tranche_table(actor, tenant),
            needs=needs.need_table(actor, tenant),
            inquiries=needs.inquiry_table(actor, tenant),
            groups=topics.group_links(actor, tenant),
            topics=topics.topic_tree(actor, tenant),
        ),
        responsibilities=register.responsibility_table(actor, tenant),
        ties=register.tie_table(actor, tenant),
        actors=register.actor_table(actor, tenant, asked=asked),
        measures=plan.measure_table(actor, tenant),
        measure_structures=plan.measure_structure_table(actor, tenant),
        names={
            **needs.names(actor, tenant),
            **plan.names(actor, tenant),
            **places.names(actor, tenant),
            **topics.names(actor, tenant),
            **register.names(actor, tenant),
        },
    )


def horizon_of(actor: Actor, tenant: Tenant) -> date | None:
    """First day after the planning horizon of the tenant's plan; None if there is no plan."""
    return plan.plans(actor, tenant).values_list("horizon", flat=True).first()
