"""Everything the analyses need of one tenant, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis import schema
from gelingen.analysis.belonging import end_with, ends_of
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes
from gelingen.findings.weights import group_sizes, place_sizes
from gelingen.needs import queries as needs
from gelingen.places import queries as places
from gelingen.plan import queries as plan
from gelingen.register import queries as register
from gelingen.register.received import Received, received_structures, received_tables
from gelingen.topics import queries as topics


@dataclass(frozen=True, slots=True)
class Inputs:
    """The declared tables of one tenant, and the German names behind their keys.

    Attributes:
        inventory: what the tenant itself has recorded.
        served: that, and the structures that other tenants show to it: who lives here is served by
            them too. Same as `inventory` if there are none.
        received: those structures, by key.

    """

    inventory: Inventory
    served: Inventory
    received: Sequence[Received]
    responsibilities: schema.Responsibilities
    ties: schema.Ties
    actors: schema.Actors
    group_sizes: GroupSizes
    place_sizes: PlaceSizes
    measures: schema.PlanMeasures
    measure_structures: schema.MeasureStructures
    names: dict[str, str]

    def discreet(self) -> "Inputs":
        """Give the same with other names for received structures: only where they are from."""
        hidden = {one.key: f"eine Struktur aus {one.source}" for one in self.received}
        return replace(self, names=self.names | hidden) if hidden else self


def read_inputs(actor: Actor, tenant: Tenant) -> Inputs:
    """Read everything the analyses need, as far as the actor may see it.

    What an organisation carries ends at the latest with it. The number of queries does not depend
    on the number of records.
    """
    asked = needs.asked_organisations(actor, tenant)
    actors = register.actor_table(actor, tenant, asked=asked)
    over = ends_of(actors)
    wanted = needs.need_table(actor, tenant)
    inventory = Inventory(
        structures=end_with(register.structure_table(actor, tenant), over, by=("organisation",)),
        reach=register.reach_table(actor, tenant),
        tranches=register.tranche_table(actor, tenant),
        needs=wanted,
        inquiries=needs.inquiry_table(actor, tenant),
        groups=topics.group_links(actor, tenant),
        topics=topics.topic_tree(actor, tenant),
    )
    received = received_structures(actor, tenant)
    return Inputs(
        inventory=inventory,
        served=_with(inventory, received),
        received=received,
        responsibilities=end_with(
            register.responsibility_table(actor, tenant), over, by=("organisation",)
        ),
        ties=register.tie_table(actor, tenant),
        actors=actors,
        group_sizes=group_sizes(wanted),
        place_sizes=place_sizes(actor, tenant),
        measures=_with_lead_ends(plan.measure_table(actor, tenant), over),
        measure_structures=plan.measure_structure_table(actor, tenant),
        names={
            **needs.names(actor, tenant),
            **plan.names(actor, tenant),
            **places.names(actor, tenant),
            **topics.names(actor, tenant),
            **register.names(actor, tenant),
            **{one.keeper: one.source for one in received},
            **{one.key: one.title for one in received},
        },
    )


def _with(own: Inventory, received: Sequence[Received]) -> Inventory:
    """Add what other tenants show to the records of this one."""
    if not received:
        return own
    more = received_tables(received)
    return replace(
        own,
        structures=schema.Structures(pl.concat([own.structures.frame, more.structures.frame])),
        reach=schema.Reach(pl.concat([own.reach.frame, more.reach.frame])),
        tranches=schema.Tranches(pl.concat([own.tranches.frame, more.tranches.frame])),
    )


def _with_lead_ends(measures: schema.PlanMeasures, over: Mapping[str, date]) -> schema.PlanMeasures:
    ends = pl.col("lead").replace_strict(over, default=None, return_dtype=pl.Date)
    return schema.PlanMeasures(measures.frame.with_columns(lead_ends=ends)) if over else measures


def horizon_of(actor: Actor, tenant: Tenant) -> date | None:
    """First day after the planning horizon of the tenant's plan; None if there is no plan."""
    return plan.plans(actor, tenant).values_list("horizon", flat=True).first()
