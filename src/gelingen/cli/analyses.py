"""Commands for the analyses that need no needs: overlaps, isolation, continuity."""

from datetime import date
from pathlib import Path

import click
import polars as pl

from gelingen.analysis.continuity import find_continuity
from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.leads import find_leads
from gelingen.analysis.overlaps import find_overlaps
from gelingen.analysis.schema import Actors, Structures
from gelingen.cli.answers import (
    HORIZON,
    SCENARIO,
    BadInputError,
    Part,
    Share,
    answers,
    chosen_day,
    common,
    print_result,
    read_inputs,
)
from gelingen.cli.speech import Command
from gelingen.cli.tables import last_day_to_end
from gelingen.terms.vocabulary import Scenario
from gelingen.wording.continuity import say_loss, say_outlook
from gelingen.wording.isolation import (
    say_actor,
    say_bridge,
    say_network,
    say_one_sided,
    say_parallel,
)
from gelingen.wording.overlaps import say_lead, say_pair

LIKE_ENOUGH = 0.8


@click.command(cls=Command)
@common
@SCENARIO
@click.option(
    "--threshold",
    type=Share(),
    default=LIKE_ENOUGH,
    show_default=True,
    help="Ab welcher Ähnlichkeit ein Paar gezeigt wird, 0 bis 1.",
)
def overlaps(  # noqa: PLR0913, PLR0917  # one parameter an option
    data: Path | None, key: str, on: date | None, scenario: Scenario, form: str, threshold: float
) -> None:
    """Überschneidungen: mehrere Federführungen und Strukturen, die dasselbe tun."""
    inputs = read_inputs(data, key, Structures)
    names, day = inputs.names, chosen_day(on, inputs)
    with answers():
        pairs = find_overlaps(
            inputs.inventory,
            on=day,
            scenario=scenario,
            threshold=threshold,
            ties=inputs.ties,
            actors=inputs.actors,
            groups=inputs.groups,
            places=inputs.places,
        )
        leads = find_leads(inputs.responsibilities, inputs.inventory, on=day)
    parts = [
        Part("Strukturen, die dasselbe tun", pairs.pairs, lambda row: say_pair(row, names)),
        Part("Federführung", leads.cells, lambda row: say_lead(row, names)),
    ]
    print_result(parts, pairs.basis, form)


@click.command(cls=Command)
@common
def isolation(data: Path | None, key: str, on: date | None, form: str) -> None:
    """Zusammenarbeit: wer allein arbeitet und wer das Netz zusammenhält."""
    inputs = read_inputs(data, key, Actors)
    names = inputs.names
    with answers():
        found = find_isolation(
            inputs.actors,
            inputs.ties,
            inputs.inventory,
            on=chosen_day(on, inputs),
            responsibilities=inputs.responsibilities,
            groups=inputs.groups,
            places=inputs.places,
        )
    bridges = type(found.actors)(found.actors.frame.filter("bridge"))
    actors = found.actors
    if form == "table":
        actors = type(actors)(actors.frame.filter(pl.col("state") != "connected"))
    parts = [
        Part("Organisationen", actors, lambda row: say_actor(row, names)),
        Part("Einseitig genannt", found.one_sided, lambda row: say_one_sided(row, names)),
        Part("Nebeneinander", found.parallel, lambda row: say_parallel(row, names)),
        Part("Netz im Ganzen", found.figures, say_network),
    ]
    if form == "table":
        parts.insert(1, Part("Brücken", bridges, lambda row: say_bridge(row, names)))
    print_result(parts, found.basis, form)


@click.command(cls=Command)
@common
@SCENARIO
@HORIZON
def continuity(  # noqa: PLR0913, PLR0917  # one parameter an option
    data: Path | None,
    key: str,
    on: date | None,
    scenario: Scenario,
    form: str,
    horizon: date | None,
) -> None:
    """Bestand im Zeitverlauf: was wegfällt und was am Horizont noch steht."""
    inputs = read_inputs(data, key, Structures)
    names = inputs.names
    ends = last_day_to_end(horizon) if horizon else inputs.ends
    if ends is None:
        raise BadInputError(
            "Es fehlt der Planungshorizont. Nennen Sie bitte seinen letzten Tag, etwa mit "
            "--horizon 2025-12-31."
        )
    with answers():
        found = find_continuity(
            inputs.inventory, on=chosen_day(on, inputs), ends=ends, scenario=scenario
        )
    parts = [
        Part("Was wegfällt", found.cliff, lambda row: say_loss(row, names)),
        Part("Was steht", found.outlook, say_outlook),
    ]
    print_result(parts, found.basis, form)
