"""What is read about people and the roles they hold."""

from django.db.models import Prefetch, prefetch_related_objects

from gelingen.access.models import Membership, Tenant, User


def tenants_of(person: User) -> list[Tenant]:
    """Tenants in which a person holds a role, by name. One query.

    Afterwards the person carries the roles along, and `policy` asks the database no more for them.
    """
    held = Membership.objects.select_related("tenant").order_by("pk")
    prefetch_related_objects([person], Prefetch("memberships", held))
    found = {one.tenant_id: one.tenant for one in person.memberships.all()}
    return sorted(found.values(), key=lambda tenant: tenant.name)
