"""Commands for the county's workbook: template, check, import, export."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator, tenants
from gelingen.cli.speech import Command, Refused, agreed, reason
from gelingen.cli.tenants import chosen_tenant, records, say_tenant
from gelingen.transfer import exports
from gelingen.transfer.imports import (
    NoTenantError,
    Preview,
    SheetChange,
    apply_import,
    preview_import,
    tenant_of,
)
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook import describe, write_template
from gelingen.workbook.template import UnwritableFileError

Written = TypeVar("Written")
PATH = click.Path(path_type=Path)
TENANT = click.option("--tenant", "key", default="", help="Amtlicher Schlüssel des Mandanten.")
_ROWS, _NAMES = 12, 5  # shown of each sheet: changed rows in full, names of new and missing ones
_NOTHING = "Nichts wurde geschrieben."


@click.command(cls=Command)
@click.argument("file", metavar="DATEI", type=PATH)
def template(file: Path) -> None:
    """Leere Arbeitsmappe schreiben."""
    if file.exists():
        raise Refused(f"{file} gibt es schon und bleibt, wie es ist. Bitte anders benennen.")
    _written(file, lambda: write_template(file, SHEETS))
    click.echo(f"Arbeitsmappe geschrieben: {file}. Beginnen Sie mit dem Blatt „Anleitung“.")


@click.command(cls=Command)
@click.argument("file", metavar="DATEI", type=PATH)
@TENANT
def check(file: Path, key: str) -> None:
    """Arbeitsmappe prüfen, ohne etwas zu schreiben."""
    with records() as actor:
        tenant, open_question = _tenant_for_check(actor, file, key)
        preview = preview_import(actor, file, tenant=tenant)
        click.echo(describe(preview.book.problems))
        if open_question:
            raise open_question
    if not preview.book.sound:
        raise click.exceptions.Exit(1)
    click.echo(f"{say_tenant(tenant)}: Die Arbeitsmappe kann übernommen werden.")


def _tenant_for_check(actor: Operator, file: Path, key: str) -> tuple[Tenant, NoTenantError | None]:
    """Find the tenant; where nothing is recorded yet, the rest can be checked without one."""
    try:
        return tenant_of(file, key=key), None
    except NoTenantError as error:
        if tenants(actor).exists():
            raise
        return Tenant(), error


@click.command(name="import", cls=Command)
@click.argument("file", metavar="DATEI", type=PATH)
@TENANT
@click.option("--yes", is_flag=True, help="Ohne Rückfrage übernehmen.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def import_(file: Path, key: str, *, yes: bool, dry_run: bool) -> None:
    """Arbeitsmappe übernehmen: ganz oder gar nicht."""
    with records() as actor:
        preview = preview_import(actor, file, tenant=tenant_of(file, key=key))
        click.echo(describe(preview.book.problems))
        if not preview.book.sound:
            raise Refused(f"{_NOTHING} Bitte die genannten Stellen berichtigen.")
        _announce(preview)
        if preview.empty:
            click.echo("Es ändert sich nichts.")
            return
        if dry_run:
            click.echo(f"Nur gezeigt. {_NOTHING}")
            return
        if not yes and not agreed("Jetzt übernehmen?"):
            raise Refused(_NOTHING)
        apply_import(actor, preview)
    click.echo("Übernommen.")


@click.command(cls=Command)
@click.argument("file", metavar="DATEI", type=PATH)
@TENANT
def export(file: Path, key: str) -> None:
    """Alle Einträge als Arbeitsmappe (….xlsx) oder als Ordner mit CSV ausgeben."""
    with records() as actor:
        tenant = chosen_tenant(key)
        count = _written(file, lambda: exports.export(actor, file, tenant=tenant))
    what = "1 Zeile" if count == 1 else f"{count} Zeilen"
    click.echo(f"{say_tenant(tenant)}: {what} ausgegeben nach {file}.")


def _written(file: Path, write: Callable[[], Written]) -> Written:
    """Write a file; says in German why the machine refuses."""
    try:
        return write()
    except UnwritableFileError as error:
        if not isinstance(error.__cause__, OSError):
            raise Refused(str(error)) from error
        raise Refused(
            f"{file} kann nicht geschrieben werden: {reason(error.__cause__)}."
        ) from error


def _announce(preview: Preview) -> None:
    """Print what an import would do, by sheet, with the first changes in full."""
    click.echo(say_tenant(preview.tenant))
    if preview.name_before not in ("", preview.tenant.name):
        click.echo(f"  Name des Mandanten: {preview.name_before} → {preview.tenant.name}")
    for part in preview.sheets:
        if not (part.new or part.changed or part.missing or part.untouched):
            continue
        click.echo(f"  {part.sheet.title}: {_counts(part)}")
        if part.new:
            click.echo(f"    neu: {_listed(part, list(part.new))}")
        for key in list(part.differences)[:_ROWS]:
            for head, before, after in part.differences[key]:
                click.echo(f"    {part.labels[key]}, {head}: {_cell(before)} → {_cell(after)}")
        if len(part.differences) > _ROWS:
            click.echo(f"    … und {_entries(len(part.differences) - _ROWS)} mehr mit Änderungen")
        if part.missing:
            click.echo(f"    nicht in der Datei: {_listed(part, part.missing)}")


def _counts(part: SheetChange) -> str:
    """Count the rows of a sheet by what happens to them, leaving out what there is none of."""
    counts = (
        (len(part.new), "neu"),
        (len(part.changed), "geändert"),
        (part.untouched, "unverändert"),
    )
    told = [f"{number} {word}" for number, word in counts if number]
    if part.missing:
        stay = "bleibt" if len(part.missing) == 1 else "bleiben"
        told.append(f"{_entries(len(part.missing))} nicht in der Datei, {stay} bestehen")
    return ", ".join(told)


def _entries(number: int) -> str:
    return "1 Eintrag" if number == 1 else f"{number} Einträge"


def _listed(part: SheetChange, keys: Sequence[str]) -> str:
    names = "; ".join(part.labels[key] for key in keys[:_NAMES])
    rest = len(keys) - _NAMES
    return f"{names} und {rest} weitere" if rest > 0 else names


def _cell(text: str) -> str:
    return text or "leer"
