"""Figures of measures beside what their path asks for, as the state of a measure counts them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, Operator
from gelingen.analysis.progress import Aim
from gelingen.indicators.queries import indicators
from gelingen.indicators.values import points_of

if TYPE_CHECKING:
    from decimal import Decimal

    from gelingen.indicators.models import Indicator, IndicatorTarget
    from gelingen.indicators.series import Point
    from gelingen.plan.models import Measure


def aims_of(
    whose: Actor | Tenant, measures: Sequence["Measure"], *, on: date
) -> Mapping[int, tuple[Aim, ...]]:
    """Give the figures of measures that have a path, by the number of the measure.

    The newest value of the tenant's own territory counts, or of the largest, beside the last
    target that was due when it was measured. One query, or three where a measure has an indicator
    with a target.
    """
    if not measures:
        return {}
    actor = Operator(day=on) if isinstance(whose, Tenant) else whose
    tenant = Tenant(pk=measures[0].tenant_id)  # all are of one; its name is not asked for
    tied = indicators(actor, tenant).filter(measure__in=measures, targets__isnull=False)
    sheets = list(tied.distinct().prefetch_related("targets"))
    if not sheets:
        return {}
    points = points_of(whose, tenant, sheets, on=on)
    found: dict[int, list[Aim]] = defaultdict(list)
    for one in sheets:
        aim = _aim(one, _newest(points.get(one.pk, {}), tenant.pk), one.targets.all())
        if aim is not None and one.measure_id is not None:
            found[one.measure_id].append(aim)
    return {number: tuple(aims) for number, aims in found.items()}


def _newest(places: Mapping[tuple[str, str], Sequence["Point"]], own: str) -> "Point | None":
    """Find the newest value of the own territory, else of that with the shortest official key."""
    if not places:
        return None
    largest = min(places, key=lambda place: (place[0] != own, len(place[0]), place[0]))
    return max(places[largest], key=lambda point: point.reference)


def _aim(
    one: "Indicator", value: "Point | None", targets: Iterable["IndicatorTarget"]
) -> Aim | None:
    """Compare a value with its path; of a range counts the end that is farther from the target."""
    if value is None:
        return None
    due = [target for target in targets if target.due <= value.reference]
    if not due:
        return None
    last = max(due, key=lambda target: target.due)
    low: Decimal | None = last.value_low
    high: Decimal | None = last.value_high
    if low is not None and value.low < low:
        return Aim(one.name, float(value.low), float(low), value.reference)
    if high is not None and value.high > high:
        return Aim(one.name, float(value.high), float(high), value.reference, higher=False)
    return None
