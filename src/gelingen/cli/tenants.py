"""Which tenant a command speaks about, and tables that are up to date."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator, tenants
from gelingen.errors import UserError


class UnknownTenantError(UserError):
    """The tenant does not exist, or it is not clear which one is meant."""


class Refused(click.ClickException):
    """What the person asked for cannot be done; exit status 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence, without a prefix in another language."""
        del file
        click.echo(self.format_message(), err=True)


@contextmanager
def records() -> Iterator[Operator]:
    """Open the records, bringing the tables up to date; errors of the domain become answers."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    try:
        yield Operator()
    except UserError as error:
        raise Refused(str(error)) from error


def chosen_tenant(key: str) -> Tenant:
    """Find a tenant by its official key, or the only one; raises UnknownTenantError."""
    everyone = list(tenants(Operator()))
    found = [tenant for tenant in everyone if not key or tenant.pk == key]
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
