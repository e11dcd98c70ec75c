"""Imports that were done: who, when, how much."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.queries import taken_back
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
        )
        .order_by("-last")[:most]
    )
    batches = [row["batch"] for row in found]
    kept = Upload.objects.filter(tenant=tenant, batch__in=batches)
    files = dict(kept.values_list("batch", "name"))
    undone = taken_back(tenant.pk)
    return [
        PastImport(
            row["batch"],
            row["first"],
            row["who"],
            files.get(row["batch"], ""),
            row["new"],
            row["changed"],
            undone.get(row["batch"]),
        )
        for row in found
    ]


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
