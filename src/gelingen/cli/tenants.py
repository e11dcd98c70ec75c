"""Which tenant a command speaks about, and tables that are up to date."""

from collections.abc import Iterator
from contextlib import contextmanager

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator, tenants
from gelingen.cli.database import database
from gelingen.cli.speech import Refused
from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.tables import bring_up_to_date
from gelingen.workbook.raw import official_key

__all__ = ["Refused", "UnknownTenantError", "chosen_tenant", "records", "say_tenant"]


class UnknownTenantError(UserError):
    """The tenant does not exist, or it is not clear which one is meant."""


@contextmanager
def records() -> Iterator[Operator]:
    """Open the records, bringing the tables up to date; errors of the domain become answers."""
    try:
        with database():
            bring_up_to_date()
            yield Operator(day=today())
    except UserError as error:
        raise Refused(str(error)) from error


def chosen_tenant(key: str) -> Tenant:
    """Find a tenant by its official key, or the only one; raises UnknownTenantError."""
    everyone = list(tenants(Operator()))
    wanted = official_key(key)
    found = [tenant for tenant in everyone if not wanted or tenant.pk == wanted]
    if len(found) == 1:
        return found[0]
    if not everyone:
        raise UnknownTenantError(
            "Es gibt noch keinen Mandanten. Bitte zuerst eine Arbeitsmappe übernehmen: "
            "gelingen import DATEI."
        )
    names = ", ".join(f"{tenant.pk} ({tenant})" for tenant in everyone)
    raise UnknownTenantError(f"Bitte mit --tenant einen dieser Mandanten angeben: {names}.")


def say_tenant(tenant: Tenant) -> str:
    """Name a tenant with its official key."""
    return f"{tenant.name} ({tenant.pk})"
