"""Everything that is read about territories and figures."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.places.models import Figure, Territory
from gelingen.terms.vocabulary import TerritoryKind

_MUNICIPAL = (
    TerritoryKind.CITY,
    TerritoryKind.TOWN,
    TerritoryKind.MARKET,
    TerritoryKind.MUNICIPALITY,
)


def territories(actor: Actor, tenant: Tenant) -> QuerySet[Territory]:
    """Territories by official key."""
    return within(actor, May.VIEW, Territory.objects.filter(tenant=tenant))


def municipalities(actor: Actor, tenant: Tenant) -> QuerySet[Territory]:
    """Municipalities inside the tenant's own territory, by official key."""
    return territories(actor, tenant).filter(kind__in=_MUNICIPAL, key__startswith=tenant.key)


def own_places(actor: Actor, tenant: Tenant) -> QuerySet[Territory]:
    """Give the tenant's own territory and its municipalities, by official key: it stands first."""
    own = Q(key=tenant.key) | Q(kind__in=_MUNICIPAL, key__startswith=tenant.key)
    return territories(actor, tenant).filter(own)


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """German names of territories by key. One query."""
    return dict(territories(actor, tenant).values_list("key", "name"))


def figures(
    actor: Actor,
    tenant: Tenant,
    *,
    on: date | None = None,
    places: Iterable[str] | None = None,
) -> QuerySet[Figure]:
    """Figures about territories, by indicator, territory and day.

    Args:
        actor: who asks.
        tenant: whose figures.
        on: only figures whose reference day is not later; figures without a day are left out.
        places: only figures about these official keys.

    """
    found = within(actor, May.VIEW, Figure.objects.filter(tenant=tenant, territory__isnull=False))
    if on is not None:
        found = found.filter(Q(reference__lte=on))
    if places is not None:
        found = found.filter(territory__key__in=list(places))
    return found.select_related("territory").order_by(
        "indicator", "territory__key", "reference", "key"
    )


def structure_figures(actor: Actor, tenant: Tenant, *, on: date | None = None) -> QuerySet[Figure]:
    """Figures about structures, by indicator, structure and day.

    Args:
        actor: who asks.
        tenant: whose figures.
        on: only figures whose reference day is not later; figures without a day are left out.

    """
    found = within(actor, May.VIEW, Figure.objects.filter(tenant=tenant, structure__isnull=False))
    if on is not None:
        found = found.filter(reference__lte=on)
    return found.select_related("structure").order_by(
        "indicator", "structure__key", "reference", "key"
    )
