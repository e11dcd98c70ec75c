"""From a need over a goal to a measure, for what the measure stands on."""

from dataclasses import dataclass

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.plan.queries import measures

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chain:
    """One measure, the goals it serves, and the needs behind both; each as key and name."""

    measure: Named
    goals: tuple[Named, ...]
    needs: tuple[Named, ...]


def chains_by_structure(actor: Actor, tenant: Tenant) -> dict[str, tuple[Chain, ...]]:
    """Give the chains that end in each structure, by its key, ordered by measure. Five queries."""
    found: dict[str, list[Chain]] = {}
    linked = measures(actor, tenant).prefetch_related("structures", "goals__needs", "needs")
    for measure in linked.order_by("key"):
        goals = sorted(measure.goals.all(), key=lambda one: one.key)
        needs = {one.key: str(one) for one in measure.needs.all()}
        needs |= {one.key: str(one) for goal in goals for one in goal.needs.all()}
        made = Chain(
            (measure.key, str(measure)),
            tuple((one.key, str(one)) for one in goals),
            tuple(sorted(needs.items())),
        )
        for structure in measure.structures.all():
            found.setdefault(structure.key, []).append(made)
    return {key: tuple(chains) for key, chains in found.items()}
