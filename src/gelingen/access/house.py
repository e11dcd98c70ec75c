"""Roles that the groups of the house's login give."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date

from django.db import transaction

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import ROLES
from gelingen.access.roles import LastAdministratorError, end_given_role, store_role

BY = "Anmeldung des Hauses"


def take_house_roles(person: User, granted: Collection[tuple[str, str]], *, on: date) -> None:
    """Give a person the roles of their groups, and end those that no group gives any more.

    Roles given by hand stay as they are, whatever the groups say. The last person who can manage
    the people of a tenant keeps that role.

    Args:
        person: who signs in.
        granted: keys of tenant and role; what does not exist is left out.
        on: the day.

    """
    tenants = Tenant.objects.in_bulk({tenant for tenant, _ in granted})
    wanted = {
        (tenant, role)
        for tenant, role in granted
        if tenant in tenants and role in ROLES and not ROLES[role].organisation
    }
    with transaction.atomic():
        rows = Membership.objects.filter(user=person, organisation=None).select_related("tenant")
        running = [one for one in rows.exclude(role="").order_by("pk") if one.holds(on)]
        for tenant, role in sorted(wanted - {(one.tenant_id, one.role) for one in running}):
            new = Membership(user=person, tenant=tenants[tenant], role=role, by_house=True)
            store_role(new, by=BY)
        for one in running:
            if one.by_house and (one.tenant_id, one.role) not in wanted:
                with suppress(LastAdministratorError):
                    end_given_role(one, by=BY, on=on)
