"""The needs behind the measures that stand for choice: how severe, and who speaks for them."""

from collections.abc import Mapping
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.needs.lists import NeedLine, need_lines
from gelingen.plan.queries import measures
from gelingen.programme.queries import Whole


def needs_behind(
    actor: Actor, tenant: Tenant, seen: Whole, *, on: date
) -> Mapping[str, tuple[NeedLine, ...]]:
    """Give for each candidate the needs that ask for something, the most severe first.

    A measure answers the needs that it names and those of its goals. Four queries.

    Args:
        actor: who asks.
        tenant: whose selection it is.
        seen: the selection.
        on: the day.

    Returns:
        By key of the candidate; needs nobody judged come last, among equals those with more voices
        first, then by their words.

    """
    asking = sorted(need_lines(actor, tenant, on=on, planned=()), key=_urgency)
    rows = (
        measures(actor, tenant)
        .filter(pk__in=[one.measure_id for one in seen.candidates])
        .order_by()
        .values_list("pk", "needs__key", "goals__needs__key")
        .distinct()
    )
    answers: dict[int, set[str]] = {}
    for measure, *keys in rows:
        answers.setdefault(measure, set()).update(key for key in keys if key is not None)
    return {
        one.key: tuple(line for line in asking if line.key in answers.get(one.measure_id, ()))
        for one in seen.candidates
    }


def _urgency(line: NeedLine) -> tuple[int, int, str]:
    severest = line.severities[1] if line.severities else 0
    return -severest, -line.said.number, line.statement
