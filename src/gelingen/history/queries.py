"""What is read about changes: the history of records, and where the records stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Subquery

from gelingen.history.models import ChangeEvent
from gelingen.terms.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Change:
    """One change as people read it.

    Attributes:
        at: when.
        by: who.
        what: German word of what was done.
        label: what it was done to.
        reason: why; may be empty.
        fields: names of the fields that differ, with their values before and after.

    """

    at: datetime
    by: str
    what: str
    label: str
    reason: str
    fields: tuple[tuple[str, object, object], ...]


def history_of(tenant: str, subjects: Iterable[str], *, most: int = 50) -> list[Change]:
    """List changes of records, the latest first. One query.

    Args:
        tenant: key of the tenant; who may see the records is asked before.
        subjects: the records as "app.Model:key".
        most: how many changes at most.

    """
    found = ChangeEvent.objects.filter(tenant=tenant, subject__in=list(subjects))
    return [
        Change(
            event.at,
            event.by,
            Verb.of(event.verb).label,
            event.label,
            event.reason,
            tuple((name, pair[0], pair[1]) for name, pair in sorted(event.changed.items())),
        )
        for event in found.order_by("-pk")[:most]
    ]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the records of a tenant stand: another mark means that something has changed."""

    latest: int
    at: datetime | None
    changes: int


def mark_of(tenant: str) -> Mark:
    """Find where the records of a tenant stand. One query.

    The number of changes is part of it because changes of two writers may become visible in
    another order than they were numbered.
    """
    events = ChangeEvent.objects.filter(tenant=tenant)
    total = events.order_by().values("tenant").annotate(number=Count("pk")).values("number")
    row = (
        events.order_by("-pk")
        .annotate(total=Subquery(total))
        .values_list("pk", "at", "total")
        .first()
    )
    return Mark(*row) if row else Mark(0, None, 0)
