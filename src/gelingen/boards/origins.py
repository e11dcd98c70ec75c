"""Items of agendas by the record they come from, for the rooms above that put records there."""

from collections.abc import Iterable

from django.db.models import F

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards.models import AgendaItem, Body
from gelingen.boards.seen import items


def items_from(
    actor: Actor, tenant: Tenant, origins: Iterable[str], *, body: Body | None = None
) -> list[AgendaItem]:
    """List items that come from records and that the actor may see. One query.

    Args:
        actor: who asks.
        tenant: whose items.
        origins: the records, as "measure:m01".
        body: only items of this body.

    Returns:
        Items with body and meeting, the latest meeting first; what waits for a meeting is last.

    """
    found = items(actor, tenant).filter(origin__in=list(origins))
    if body is not None:
        found = found.filter(body=body)
    dated = found.select_related("body", "meeting")
    return list(dated.order_by(F("meeting__day").desc(nulls_last=True), "-pk"))
