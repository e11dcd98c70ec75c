"""Imports that were done: who, when, how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent, Effect
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.models import Upload


class UnknownImportError(NotFoundError):
    """There is no such import in this tenant."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import.

    Attributes:
        batch: number of the undertaking.
        at: when it was written.
        by: who imported.
        file: name of the file; "" if it came by the command line or has been deleted by now.
        new: number of new records.
        changed: number of changed records.
        taken_back: when it was taken back; None if it stands.

    """

    batch: str
    at: datetime
    by: str
    file: str
    new: int
    changed: int
    taken_back: datetime | None = None

    @property
    def records(self) -> int:
        """Number of records that it wrote."""
        return self.new + self.changed


def past_imports(
    actor: Actor, tenant: Tenant, *, batch: str = "", most: int = 50
) -> list[PastImport]:
    """List the imports of a tenant, the latest first. Three queries.

    Args:
        actor: who asks.
        tenant: whose imports.
        batch: only this one; empty: all.
        most: how many at most.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, tenant)
    events = ChangeEvent.objects.filter(tenant=tenant.pk, verb=Verb.IMPORTED)
    events = events.filter(batch=batch) if batch else events.exclude(batch="")
    found = list(
        events.order_by()
        .values("batch")
        .annotate(
            first=Min("at"),
            last=Max("pk"),
            who=Max("by"),
            new=Count("pk", filter=Q(effect=Effect.ADDED)),
            changed=Count("pk", filter=Q(effect=Effect.CHANGED)),
            low=Min("subject"),
            high=Max("subject"),
        )
        .order_by("-last")[:most]
    )
    batches = [row["batch"] for row in found]
    kept = Upload.objects.filter(tenant=tenant, batch__in=batches)
    files = dict(kept.values_list("batch", "name"))
    undone = _undone(tenant, found)
    return [
        PastImport(
            row["batch"],
            row["first"],
            row["who"],
            files.get(row["batch"], ""),
            row["new"],
            row["changed"],
            _taken_back(row, undone),
        )
        for row in found
    ]


def _undone(tenant: Tenant, found: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, datetime]]:
    """Find the undertakings that took something back: by subject, by number, in order."""
    ends = {row[name] for row in found for name in ("low", "high")}
    events = ChangeEvent.objects.filter(tenant=tenant.pk, verb=Verb.UNDONE, subject__in=ends)
    undone: dict[str, dict[str, datetime]] = {}
    rows = events.order_by("pk").values_list("subject", "batch", "at", "pk")
    for subject, batch, at, _ in rows:
        undone.setdefault(subject, {})[batch] = at
    return undone


def _taken_back(row: Mapping[str, Any], undone: dict[str, dict[str, datetime]]) -> datetime | None:
    """Tell since when an import is taken back, from the first and the last of its subjects.

    An import is taken back as a whole, and so is the taking back itself.
    """
    both = undone.get(row["low"], {}).keys() & undone.get(row["high"], {}).keys()
    after = sorted(at for batch in both if (at := undone[row["low"]][batch]) > row["first"])
    return after[-1] if len(after) % 2 else None


def get_import(actor: Actor, tenant: Tenant, batch: str) -> PastImport:
    """Find an import.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        UnknownImportError: there is none.

    """
    found = past_imports(actor, tenant, batch=batch) if batch else []
    if not found:
        raise UnknownImportError("Diesen Import gibt es nicht.")
    return found[0]
