"""The command for gaps."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import click
import polars as pl

from gelingen.analysis.coverage import Cells, CoverageResult, coverage
from gelingen.analysis.schema import Needs
from gelingen.cli.answers import (
    HORIZON,
    Part,
    Row,
    answers,
    chosen_day,
    common,
    print_result,
    read_inputs,
)
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.wording.gaps import gap_sentence


@click.command()
@common
@HORIZON
def gaps(  # noqa: PLR0913, PLR0917  # one parameter an option
    data: Path | None,
    key: str,
    on: date | None,
    scenario: Scenario,
    form: str,
    horizon: date | None,
) -> None:
    """Lücken: Bedarfe, die am Stichtag niemand deckt."""
    inputs = read_inputs(data, key, Needs)
    with answers():
        found = coverage(inputs.inventory, on=chosen_day(on, inputs), scenario=scenario)
    say = _sayer(found, inputs.names)
    parts = [Part("Zellen", found.cells, say)]
    if form == "table":
        unclear = Cells(found.cells.frame.filter(pl.col("type") == GapType.NOT_KNOWN.value))
        parts = [Part("Lücken", found.gaps(), say), Part("Nicht erhoben oder unklar", unclear, say)]
    if horizon:
        with answers():
            later = coverage(inputs.inventory, on=horizon, scenario=scenario)
        new = later.gaps().frame.join(found.gaps().frame, on="cell", how="anti")
        title = f"Neue Lücken am {horizon:%d.%m.%Y}"
        parts.append(Part(title, Cells(new), _sayer(later, inputs.names), key="new_at_horizon"))
    print_result(parts, found.basis, form)


def _sayer(found: CoverageResult, names: Mapping[str, str]) -> Callable[[Row], str]:
    return lambda row: gap_sentence(row, names, found.explain(row["cell"]).records)
