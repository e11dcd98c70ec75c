"""Commands for the county's workbook: template, check, import, export."""

from pathlib import Path

import click

from gelingen.cli.tenants import Refused, chosen_tenant, records, say_tenant
from gelingen.transfer import exports
from gelingen.transfer.imports import Preview, apply_import, preview_import, tenant_of
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook import describe, write_template
from gelingen.workbook.declare import Book

FILE = click.Path(exists=True, path_type=Path)
TARGET = click.Path(path_type=Path)
TENANT = click.option("--tenant", "key", default="", help="Amtlicher Schlüssel des Mandanten.")
_SHOWN = 12


@click.command()
@click.argument("file", type=TARGET)
def template(file: Path) -> None:
    """Leere Arbeitsmappe schreiben."""
    write_template(file, SHEETS)
    click.echo(f"Arbeitsmappe geschrieben: {file}. Beginnen Sie mit dem Blatt „Anleitung“.")


@click.command()
@click.argument("file", type=FILE)
@TENANT
def check(file: Path, key: str) -> None:
    """Arbeitsmappe prüfen, ohne etwas zu schreiben."""
    with records() as actor:
        tenant = tenant_of(file, key=key)
        preview = preview_import(actor, file, tenant=tenant)
    _report(preview.book)
    if not preview.book.sound:
        raise click.exceptions.Exit(1)
    click.echo(f"{say_tenant(tenant)}: Die Arbeitsmappe kann übernommen werden.")


@click.command(name="import")
@click.argument("file", type=FILE)
@TENANT
@click.option("--yes", is_flag=True, help="Ohne Rückfrage übernehmen.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def import_(file: Path, key: str, *, yes: bool, dry_run: bool) -> None:
    """Arbeitsmappe übernehmen: ganz oder gar nicht."""
    with records() as actor:
        preview = preview_import(actor, file, tenant=tenant_of(file, key=key))
        _report(preview.book)
        if not preview.book.sound:
            raise Refused("Nichts wurde geschrieben. Bitte die genannten Stellen berichtigen.")
        _announce(preview)
        if dry_run or preview.empty:
            return
        if not yes and not click.confirm("Jetzt übernehmen?", default=False):
            raise Refused("Nichts wurde geschrieben.")
        apply_import(actor, preview)
    click.echo("Übernommen.")


@click.command()
@click.argument("file", type=TARGET)
@TENANT
def export(file: Path, key: str) -> None:
    """Alle Einträge als Arbeitsmappe (….xlsx) oder als Ordner mit CSV ausgeben."""
    with records() as actor:
        tenant = chosen_tenant(key)
        count = exports.export(actor, file, tenant=tenant)
    click.echo(f"{say_tenant(tenant)}: {count} Zeilen ausgegeben nach {file}.")


def _report(book: Book) -> None:
    if text := describe(book.problems):
        click.echo(text)
    for sheet, head in book.extra:
        click.echo(f"Hinweis: Die Spalte „{head}“ im Blatt „{sheet}“ wird nicht übernommen.")


def _announce(preview: Preview) -> None:
    """Print what an import would do, by sheet, with the first changes in full."""
    click.echo(say_tenant(preview.tenant))
    for part in preview.sheets:
        click.echo(
            f"  {part.sheet.title}: {len(part.new)} neu, {len(part.changed)} geändert, "
            f"{part.untouched} unverändert, {len(part.missing)} nicht in der Datei (bleiben)"
        )
        for name in list(part.differences)[:_SHOWN]:
            for head, before, after in part.differences[name]:
                click.echo(f"    {name}, {head}: {_shown(before)} → {_shown(after)}")
        if len(part.differences) > _SHOWN:
            click.echo(f"    … und {len(part.differences) - _SHOWN} weitere geänderte Zeilen")
    if preview.empty:
        click.echo("Es ändert sich nichts.")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "leer"
    return "leer" if value in (None, "") else str(value)
