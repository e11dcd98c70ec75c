"""What an action in the register would do to the coverage of needs, before it is written."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.coverage import coverage
from gelingen.findings.current import current
from gelingen.findings.inputs import read_inputs
from gelingen.register.steps import Plan, carry_out
from gelingen.terms.vocabulary import GapType, Scenario

_CELL = ("topic", "target_group", "place")


@dataclass(frozen=True, slots=True)
class Shift:
    """A field in which the need is met differently than without the action."""

    topic: str
    target_group: str
    place: str
    before: GapType
    after: GapType


@dataclass(frozen=True, slots=True)
class Foresight:
    """What changes on a day, and in how many fields with a need everything stays."""

    on: date
    shifts: tuple[Shift, ...]
    same: int


def foresee(*, actor: Actor, tenant: Tenant, plan: Plan, on: date) -> Foresight:
    """Find what a plan changes in the coverage with secured money on a day; nothing is written.

    The plan is carried out and taken back at once, so that what is foreseen is what would happen.
    The records of the plan are spent by that.

    Args:
        actor: who would do it.
        tenant: whose records.
        plan: what would be done.
        on: the day compared.

    Returns:
        The changed fields by topic, target group and place, in German names.

    Raises:
        PermissionDenied, LostUpdateError, ValidationError: the plan cannot be carried out.

    """
    known = current(actor, tenant)
    before = known.coverage(on, scenario=Scenario.SECURED, horizon=None).cells.frame
    with transaction.atomic():
        carry_out(actor=actor, plan=plan)
        inputs = read_inputs(actor, tenant)
        transaction.set_rollback(True)
    after = coverage(inputs.served, on=on, scenario=Scenario.SECURED).cells.frame
    both = before.join(after.select("cell", then="type"), on="cell").sort(*_CELL, "cell")
    moved = both.filter(pl.col("type") != pl.col("then"))
    shifts = tuple(
        Shift(known.name(topic), known.name(group), known.name(place), *map(GapType.of, types))
        for topic, group, place, *types in moved.select(*_CELL, "type", "then").rows()
    )
    wanted = both.filter(pl.col("type") != GapType.NO_DEMAND.value)
    return Foresight(on, tuple(dict.fromkeys(shifts)), max(wanted.height - moved.height, 0))
