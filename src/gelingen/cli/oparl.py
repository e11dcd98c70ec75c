"""The command that reads stored answers of a council information system."""

from pathlib import Path

import click

from gelingen.cli.exchange import PATH, TENANT
from gelingen.cli.speech import Command, Refused, agreed, reason
from gelingen.cli.tenants import chosen_tenant, records, say_tenant
from gelingen.config.day import today
from gelingen.oparl.importing import REASON, plan_import
from gelingen.oparl.reading import read_answers, unpacked
from gelingen.register.steps import Plan, carry_out

_STEPS = 40  # shown in full
_NOTHING = "Nichts wurde geschrieben."


@click.command(cls=Command)
@click.argument("files", metavar="DATEI...", nargs=-1, required=True, type=PATH)
@TENANT
@click.option("--yes", is_flag=True, help="Ohne Rückfrage übernehmen.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def oparl(files: tuple[Path, ...], key: str, *, yes: bool, dry_run: bool) -> None:
    """Gremien und Sitzungen aus gespeicherten OParl-Antworten übernehmen: ganz oder gar nicht.

    DATEI ist eine Antwort (….json), eine gepackte Datei (….zip) oder ein Ordner mit beiden.
    """
    with records() as actor:
        tenant = chosen_tenant(key)
        plan = plan_import(actor, tenant, read_answers(_read(files)), on=today())
        click.echo(say_tenant(tenant))
        _announce(plan)
        if not plan.steps:
            click.echo("Es ändert sich nichts.")
            return
        if dry_run:
            click.echo(f"Nur gezeigt. {_NOTHING}")
            return
        if not yes and not agreed("Jetzt übernehmen?"):
            raise Refused(_NOTHING)
        carry_out(actor=actor, plan=plan, reason=REASON)
    click.echo("Übernommen.")


def _read(paths: tuple[Path, ...]) -> list[tuple[str, bytes]]:
    """Read files, and those of folders by name, and take apart what is packed."""
    found = []
    for path in paths:
        inside = [path]
        if path.is_dir():
            every = path.rglob("*")
            inside = sorted(one for one in every if one.suffix.lower() in {".json", ".zip"})
        for one in inside:
            name = str(one.relative_to(path)) if one != path else one.name
            try:
                found += unpacked(name, one.read_bytes())
            except OSError as error:
                raise Refused(f"{one} kann nicht gelesen werden: {reason(error)}.") from error
    return found


def _announce(plan: Plan) -> None:
    click.echo(f"  {plan.sentence}")
    for step in plan.steps[:_STEPS]:
        click.echo(f"    {step.effect}: {step.said}")
    if len(plan.steps) > _STEPS:
        click.echo(f"    … und {len(plan.steps) - _STEPS} mehr")
    for said in plan.stays:
        click.echo(f"  Bleibt: {said}")
