"""What people said about the heads of a list, kept for the next time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.transfer.models import HeadMapping
from gelingen.workbook.sources import Source


def sources_of(tenant: Tenant) -> list[Source]:
    """Read the lists that people of a tenant have mapped, the latest first. One query."""
    return [
        Source(kept.title, frozenset(kept.heads), kept.sheet, kept.columns)
        for kept in HeadMapping.objects.filter(tenant=tenant.pk)
    ]


def remember(actor: Actor, tenant: Tenant, sources: Iterable[Source], *, at: datetime) -> None:
    """Keep what people said about lists; what they said of the same list before is replaced.

    Args:
        actor: who said it.
        tenant: in which tenant it holds.
        sources: the lists.
        at: when.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, tenant)
    with transaction.atomic():
        for source in sources:
            heads = sorted(source.heads)
            same = HeadMapping.objects.filter(tenant=tenant, title=source.title, heads=heads)
            same.delete()
            HeadMapping.objects.create(
                tenant=tenant,
                title=source.title[:300],
                heads=heads,
                sheet=source.sheet,
                columns=dict(source.columns),
                at=at,
            )
