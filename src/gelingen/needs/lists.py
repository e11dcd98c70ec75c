"""The needs as a list, one line for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in
from gelingen.needs.queries import needs


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in words; `ends` is the first day after."""

    key: str
    statement: str
    topic_key: str
    topic: str
    target_group_key: str
    target_group: str
    territory_key: str
    territory: str
    level: str
    kind: str
    quantity_low: float | None
    quantity_high: float | None
    unit: str
    severity: int | None
    starts: date | None
    ends: date | None


def need_lines(actor: Actor, tenant: Tenant, *, on: date, every: bool = False) -> list[NeedLine]:
    """Needs that exist on a day or are to come, by key; with `every` also those over. One query."""
    found = needs(actor, tenant)
    if not every:
        found = found.filter(Q(ends=None) | Q(ends__gt=on))
    rows = found.order_by("key").values_list(
        "key", "statement", "topic__key", "topic__name", "target_group__key",
        "target_group__name", "territory__key", "territory__name", "level", "kind",
        "quantity_low", "quantity_high", "unit", "severity", "starts", "ends",
    )  # fmt: skip
    return [NeedLine(*(*row[:10], _float(row[10]), _float(row[11]), *row[12:])) for row in rows]


def changeable(actor: Actor, tenant: Tenant, keys: Iterable[str]) -> set[str]:
    """Which of these needs the actor may change: all of them or none. No query."""
    return set(keys) if allowed_in(actor, May.EDIT_NEEDS, tenant) else set()


def _float(value: Any) -> float | None:  # noqa: ANN401 - a number of the database
    return None if value is None else float(value)
