"""The command that reads tables of official statistics in as figures."""

from dataclasses import replace
from pathlib import Path

import click
from django.utils import timezone

from gelingen.cli.exchange import PATH, TENANT
from gelingen.cli.speech import Command, Refused, agreed
from gelingen.cli.tenants import chosen_tenant, records, say_tenant
from gelingen.official import OfficialTable, read_official
from gelingen.transfer.figures.mapping import ADDED, Answers, Asked, ask, remember
from gelingen.transfer.figures.planning import FigurePlan, plan_figures
from gelingen.transfer.figures.writing import write_figures
from gelingen.wording.words import counted

_SHOWN = 12  # of each kind
_NOTHING = "Nichts wurde geschrieben."


@click.command(cls=Command)
@click.argument("file", metavar="DATEI", type=PATH)
@TENANT
@click.option("--source", default="", help="Quelle, wenn die Tabelle selbst keine nennt.")
@click.option("--add-territories", is_flag=True, help="Unbekannte Gebiete der Tabelle anlegen.")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage übernehmen.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def figures(  # noqa: PLR0913 - one argument an option
    file: Path, key: str, *, source: str, add_territories: bool, yes: bool, dry_run: bool
) -> None:
    """Amtliche Tabelle oder eigene Liste als Kennzahlen übernehmen: ganz oder gar nicht.

    DATEI ist eine Tabelle aus GENESIS, der Regionaldatenbank, dem Zensus 2022 oder INKAR, oder eine
    eigene Liste mit Gebiet, Jahr und Wert (CSV, XLSX, ODS, ZIP).
    """
    with records() as actor:
        tenant = chosen_tenant(key)
        table = read_official(file)
        asked = ask(actor, tenant, table)
        answers = _answers(asked, source, add=add_territories)
        plan = plan_figures(actor, tenant, table, answers)
        click.echo(f"{say_tenant(tenant)}\n  {table.shape.label}: {file.name}")
        _announce(table, answers, plan)
        if plan.problems:
            raise Refused(f"{_NOTHING} Bitte die genannten Stellen berichtigen.")
        if plan.empty:
            click.echo("Es ändert sich nichts.")
            return
        if dry_run:
            click.echo(f"Nur gezeigt. {_NOTHING}")
            return
        if not yes and not agreed("Jetzt übernehmen?"):
            raise Refused(_NOTHING)
        write_figures(actor, plan, file=file.name)
        remember(actor, tenant, table, answers, at=timezone.now())
    click.echo("Übernommen.")


def _answers(asked: Asked, source: str, *, add: bool) -> Answers:
    """Take what was said before or is proposed, with the options of the command."""
    answers = asked.answers if not source else replace(asked.answers, source=source)
    if not add:
        return answers
    wanted = {one: ADDED for one, key in answers.places.items() if not key and one.isdigit()}
    return replace(answers, places={**answers.places, **wanted})


def _announce(table: OfficialTable, answers: Answers, plan: FigurePlan) -> None:
    """Print how the table is understood, and what writing it would do."""
    named = [(one, answers.series[one.id]) for one in table.series]
    for one, (indicator, unit) in named[:_SHOWN]:
        ours = f"{indicator} ({unit})" if unit else indicator
        click.echo(f"  {one.name} → {ours if indicator else 'nicht zugeordnet'}")
    _rest(len(named), "Merkmale")
    for place in plan.territories:
        click.echo(f"  neues Gebiet: {place.name} ({place.key}), {place.kind.label}")
    click.echo(f"  {_counts(plan)}")
    for change in plan.changed[:_SHOWN]:
        told = f"{change.name}, {change.indicator} ({change.place})"
        click.echo(f"    {told}: {change.before} → {change.after}")
    _rest(len(plan.changed), "Änderungen")
    for skipped in plan.skipped[:_SHOWN]:
        kind = "Fehler" if skipped.serious else "ausgelassen"
        click.echo(f"  {kind}: {skipped.place}, „{skipped.found}“: {skipped.why}")
    _rest(len(plan.skipped), "Stellen")


def _rest(count: int, what: str) -> None:
    if count > _SHOWN:
        click.echo(f"    … und {count - _SHOWN} weitere {what}")


def _counts(plan: FigurePlan) -> str:
    told = [
        (len(plan.new), "neu"),
        (len(plan.changed), "geändert"),
        (plan.untouched, "unverändert"),
        (plan.unmapped, "nicht zugeordnet"),
        (plan.elsewhere, "aus Gebieten, die hier nicht geführt werden"),
    ]
    parts = [f"{number} {word}" for number, word in told if number]
    return f"{counted(sum(n for n, _ in told), 'Wert', 'Werte')}: {', '.join(parts)}"
