"""Accounts of the installation."""

import click

from gelingen.access.commands import set_account
from gelingen.access.policy import ROLES
from gelingen.cli.tenants import chosen_tenant, records


@click.command()
@click.option("--name", prompt="Benutzername", help="Name für die Anmeldung.")
@click.option("--email", default="", help="Dienstliche Adresse; mit ihr geht die Anmeldung auch.")
@click.option("--tenant", default="", help="Amtlicher Schlüssel; nötig, wenn es mehrere gibt.")
@click.option(
    "--role",
    type=click.Choice(list(ROLES)),
    default="officer",
    show_default=True,
    help="; ".join(f"{key}: {role.label}" for key, role in ROLES.items()) + ".",
)
@click.option(
    "--password",
    prompt="Passwort",
    hide_input=True,
    confirmation_prompt="Passwort, noch einmal",
    help="Passwort; ohne Angabe wird gefragt.",
)
@click.option("--caretaker", is_flag=True, help="Die Person betreut die Installation.")
def user(**given: str) -> None:
    """Konto anlegen, oder einem Konto Passwort und Rolle neu geben."""
    with records() as operator:
        made = set_account(
            actor=operator,
            username=given["name"],
            password=given["password"],
            role=given["role"],
            tenant=chosen_tenant(given["tenant"]),
            email=given["email"],
            caretaker=bool(given["caretaker"]),
        )
    what = "angelegt" if made.created else "geändert"
    click.echo(f"Konto {made.user.username} {what}: {made.role} in {made.tenant}.")
