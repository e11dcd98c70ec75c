"""Accounts of the installation."""

import click

from gelingen.access.commands import set_account
from gelingen.access.policy import ROLES
from gelingen.cli.answers import Choice
from gelingen.cli.speech import Command, asked, asked_in_secret
from gelingen.cli.tenants import chosen_tenant, records


@click.command(cls=Command)
@click.option("--name", help="Name für die Anmeldung; ohne Angabe wird gefragt.")
@click.option("--email", default="", help="Dienstliche Adresse; mit ihr geht die Anmeldung auch.")
@click.option("--tenant", default="", help="Amtlicher Schlüssel; nötig, wenn es mehrere gibt.")
@click.option(
    "--role",
    type=Choice("rolle", {key: key for key in ROLES}),
    default="officer",
    show_default=True,
    help="; ".join(f"{key}: {role.label}" for key, role in ROLES.items()) + ".",
)
@click.option("--password", help="Passwort; ohne Angabe wird gefragt, unsichtbar.")
@click.option("--caretaker", is_flag=True, help="Die Person betreut die Installation.")
def user(**given: str) -> None:
    """Konto anlegen, oder einem Konto Passwort und Rolle neu geben."""
    with records() as operator:
        tenant = chosen_tenant(given["tenant"])
        made = set_account(
            actor=operator,
            username=given["name"] or asked("Benutzername"),
            password=given["password"] or asked_in_secret("Passwort"),
            role=given["role"],
            tenant=tenant,
            email=given["email"],
            caretaker=bool(given["caretaker"]),
        )
    what = "angelegt" if made.created else "geändert"
    click.echo(f"Konto {made.user.username} {what}: {made.role} in {made.tenant}.")
