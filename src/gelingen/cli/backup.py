"""A whole installation into one file, and back."""

import os
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils import timezone

from gelingen.backup import BackupError, Manifest, links_of, write_backup
from gelingen.backup import restore as play_back
from gelingen.cli.database import database
from gelingen.cli.exchange import PATH
from gelingen.cli.speech import Command, Refused, reason
from gelingen.cli.tenants import records
from gelingen.config.day import today
from gelingen.terms.spelling import number
from gelingen.wording.words import counted

_BYTES = 1_000_000


@click.command(cls=Command)
@click.argument("path", metavar="DATEI", type=PATH)
def backup(path: Path) -> None:
    """Alles sichern: Einträge, Verlauf, Konten und Dateien, in eine Datei."""
    with records():
        try:
            told = write_backup(
                path,
                home=settings.HOME,
                on=today(),
                at=timezone.localtime(),
                variables=os.environ,
            )
            size = path.stat().st_size
        except OSError as error:
            raise Refused(f"{path} kann nicht geschrieben werden: {reason(error)}.") from error
    click.echo(f"Gesichert in {path} ({number(size / _BYTES, 1)} MB): {_said(told)}.")
    click.echo(
        "Darin stehen auch Angaben zu Personen, die Prüfwerte der Passwörter und der Schlüssel der "
        "Anmeldungen. Bitte so aufbewahren wie die Installation selbst."
    )
    if links := links_of(settings.HOME):
        click.echo(f"Nicht enthalten, weil es Verweise auf andere Orte sind: {', '.join(links)}.")
    if told.secrets:
        click.echo(f"Nicht enthalten, bitte getrennt aufbewahren: {', '.join(told.secrets)}.")


@click.command(cls=Command)
@click.argument("path", metavar="DATEI", type=PATH)
def restore(path: Path) -> None:
    """Eine Sicherung in eine leere Installation zurückspielen: ganz oder gar nicht."""
    if not path.is_file():
        raise Refused(f"{path} gibt es nicht.")
    with database():
        try:
            told = play_back(path, home=settings.HOME)
        except BackupError as error:
            raise Refused(str(error)) from error
        except OSError as error:
            raise Refused(
                f"Die Sicherung kann nicht zurückgespielt werden: {reason(error)}."
            ) from error
    click.echo(f"Zurückgespielt nach {settings.HOME} ({_named(connection.vendor)}): {_said(told)}.")
    click.echo(f"Stand der Sicherung: {told.written}. Alle melden sich neu an.")
    for name, text in told.settings.items():
        click.echo(f"Damals galt: {name}={text}")
    if told.secrets:
        click.echo(f"Bitte wieder setzen: {', '.join(told.secrets)}.")


def _said(told: Manifest) -> str:
    """Say how much it is."""
    rows = counted(told.rows, "Zeile", "Zeilen")
    files = counted(len(told.files), "Datei", "Dateien")
    return f"{rows} in {len(told.tables)} Tabellen und {files}"


def _named(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)
