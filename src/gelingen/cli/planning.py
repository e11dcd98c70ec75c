"""Commands that run the analyses on the records and write the plan."""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator, tenants
from gelingen.cli.answers import Day
from gelingen.cli.speech import Command, Misused, Refused, prepared
from gelingen.cli.tables import last_day_to_end
from gelingen.cli.tenants import chosen_tenant, records, say_tenant
from gelingen.config.day import today
from gelingen.findings.inputs import horizon_of
from gelingen.findings.queries import OPEN, finding_lines
from gelingen.findings.run import run_analyses
from gelingen.reports import shelf
from gelingen.reports.masterplan import masterplan as build
from gelingen.reports.trace import trace as trace_document
from gelingen.terms.vocabulary import FindingKind, PaperFormat

TENANT = click.option("--tenant", "key", default="", help="Amtlicher Schlüssel des Mandanten.")
ON = click.option("--on", type=Day(), help="Stichtag; sonst der Tag der Installation.")
HORIZON = click.option(
    "--horizon", type=Day(), help="Letzter Tag der Planung; sonst der des Plans."
)
_SHOWN = 15


def first_day_after(actor: Operator, tenant: Tenant, horizon: date | None) -> date:
    """Choose the first day after the horizon: the one given, or that of the plan."""
    ends = last_day_to_end(horizon) if horizon else horizon_of(actor, tenant)
    if ends is None:
        raise Refused(
            f"Für {tenant} ist kein Planungshorizont eingetragen. Bitte das Blatt „Plan“ der "
            "Arbeitsmappe ausfüllen oder --horizon angeben."
        )
    return ends


@click.command(cls=Command)
@TENANT
@ON
@HORIZON
def findings(key: str, on: date | None, horizon: date | None) -> None:
    """Auswertungen rechnen und Befunde festhalten."""
    with records() as actor:
        tenant = chosen_tenant(key)
        say_findings(
            actor,
            tenant,
            on=on or today(),
            ends=first_day_after(actor, tenant, horizon),
        )
        for line in finding_lines(actor, tenant)[:_SHOWN]:
            click.echo(f"  {line.sentence}")


def say_findings(actor: Operator, tenant: Tenant, *, on: date, ends: date) -> None:
    """Run the analyses on a tenant and print what is new, gone and open, by kind."""
    told = run_analyses(actor=actor, tenant=tenant, on=on, ends=ends)
    lines = finding_lines(actor, tenant, state=OPEN)
    click.echo(
        f"{say_tenant(tenant)}: {len(lines)} offene Befunde, davon {len(told.new)} neu, "
        f"{len(told.reappeared)} erneut, {len(told.resolved)} nicht mehr festgestellt."
    )
    counts = Counter(line.kind for line in lines)
    for kind in FindingKind:
        if counts[kind]:
            click.echo(f"  {counts[kind]:3} {kind.label}")


@click.command(cls=Command)
@TENANT
@ON
@HORIZON
@click.option("--format", "formats", default="pdf,docx,html", show_default=True, help="Dateiarten.")
@click.option("--out", type=click.Path(path_type=Path), help="Ordner.")
@click.option("--extracts", is_flag=True, help="Dazu für jede Gemeinde einen Auszug als PDF.")
def masterplan(  # noqa: PLR0913  one option each
    *,
    key: str,
    on: date | None,
    horizon: date | None,
    formats: str,
    out: Path | None,
    extracts: bool,
) -> None:
    """Masterplan schreiben, auf Wunsch mit einem Auszug je Gemeinde."""
    kinds = _formats(formats)
    with records() as actor:
        tenant = chosen_tenant(key)
        day = on or today()
        ends = first_day_after(actor, tenant, horizon)
        prepared(out or shelf.folder_of(tenant))
        paths = shelf.write_masterplan(
            actor, tenant, on=day, horizon=ends, formats=kinds, folder=out
        )
        if extracts:
            paths += shelf.write_extracts(actor, tenant, on=day, horizon=ends, folder=out)
    for path in paths:
        click.echo(str(path))


def _formats(text: str) -> tuple[PaperFormat, ...]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    if unknown := [word for word in words if word not in set(PaperFormat)]:
        known = ", ".join(PaperFormat)
        raise Misused(f"Die Dateiart „{unknown[0]}“ gibt es nicht; möglich sind {known}.")
    if not words:
        raise Misused("Es fehlt die Dateiart. Bitte zum Beispiel --format pdf angeben.")
    return tuple(PaperFormat.of(word) for word in words)


@click.command(cls=Command)
@ON
def trace(on: date | None) -> None:
    """Prüfen, dass jede Aussage der Masterpläne Datensatz oder Quelle nennt."""
    missing = 0
    with records() as actor:
        everyone = list(tenants(actor))
        if not everyone:
            raise Refused("Es gibt noch keine Einträge. Das Beispiel lädt: gelingen demo.")
        for tenant in everyone:
            day = on or today()
            ends = first_day_after(actor, tenant, None)
            found = trace_document(build(actor, tenant, on=day, horizon=ends))
            click.echo(f"{say_tenant(tenant)}: {found}")
            for said in found.untraced[:_SHOWN]:
                click.echo(f"  {said.chapter}, {said.kind}: {said.text[:120]}")
            missing += len(found.untraced)
    if missing:
        raise click.exceptions.Exit(1)
