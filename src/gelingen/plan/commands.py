"""Change the order of a plan, and which measures carry a cross-cutting topic."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.history.recording import change
from gelingen.plan.models import ImpactGoal, Measure
from gelingen.plan.ordering import numbers_for
from gelingen.terms.vocabulary import Verb

if TYPE_CHECKING:
    from gelingen.topics.models import Topic

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


def carry_cross_topic(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenant: Tenant,
    topic: "Topic",
    measures: Collection[str],
    before: Collection[str],
    batch: str = "",
) -> int:
    """Say which measures carry a cross-cutting topic; what others said meanwhile stays.

    Args:
        actor: who does it.
        tenant: whose plan.
        topic: the cross-cutting topic.
        measures: keys of the measures that are to carry it; keys that are no more are passed over.
        before: keys of those that carried it when the person looked; only what differs is changed.
        batch: number of the undertaking to which the change belongs.

    Returns:
        How many measures were changed.

    Raises:
        PermissionDenied: the actor may not change one of the measures.

    """
    changed = 0
    wanted, turned = set(measures), set(measures) ^ set(before)
    found = Measure.objects.filter(tenant=tenant, key__in=turned).prefetch_related("cross_topics")
    with transaction.atomic():
        for one in found:
            carried = list(one.cross_topics.all())
            if (one.key in wanted) == (topic in carried):
                continue
            require(actor, May.EDIT_PLAN, one)
            rest = [other for other in carried if other != topic]
            links = {"cross_topics": [*rest, topic] if one.key in wanted else rest}
            with change(by=actor, verb=Verb.CHANGED, of=one, links=links, batch=batch):
                pass
            changed += 1
    return changed
