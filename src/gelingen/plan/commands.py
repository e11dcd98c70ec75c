"""Change the order of a plan."""

from collections.abc import Sequence
from typing import Literal

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.history.recording import change
from gelingen.plan.models import ImpactGoal, Measure
from gelingen.plan.ordering import numbers_for
from gelingen.terms.vocabulary import Verb

Ordered = Literal["impact_goal", "measure"]
_MODELS: dict[str, type[ImpactGoal | Measure]] = {"impact_goal": ImpactGoal, "measure": Measure}


def arrange(
    *, actor: Actor, tenant: Tenant, kind: Ordered, wished: Sequence[str], batch: str = ""
) -> int:
    """Bring goals or measures that stand below the same thing into an order.

    Args:
        actor: who does it.
        tenant: whose plan.
        kind: which kind of record.
        wished: their keys in the wished order; keys that are no more are passed over.
        batch: number of the undertaking to which the change belongs.

    Returns:
        How many records got a new number.

    Raises:
        PermissionDenied: the actor may not change one of the records.

    """
    model = _MODELS[kind]
    with transaction.atomic():
        found = {
            one.key: one for one in model._default_manager.filter(tenant=tenant, key__in=wished)
        }
        for one in found.values():
            require(actor, May.EDIT_PLAN, one)
        there = [key for key in dict.fromkeys(wished) if key in found]
        numbers = numbers_for(there, {key: found[key].order for key in there})
        for key, number in numbers.items():
            with change(by=actor, verb=Verb.ARRANGED, of=found[key], batch=batch):
                found[key].order = number
    return len(numbers)
