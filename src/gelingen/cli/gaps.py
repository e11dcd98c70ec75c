"""The command for gaps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

import click
import polars as pl

from gelingen.analysis.coverage import Cells, CoverageResult, coverage, coverage_over
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import Needs
from gelingen.analysis.systematic import find_lasting
from gelingen.analysis.tables import Column, Table
from gelingen.cli.answers import (
    HORIZON,
    SCENARIO,
    Part,
    Row,
    answers,
    chosen_day,
    common,
    print_result,
    read_inputs,
)
from gelingen.cli.ranges import UNTIL, range_end
from gelingen.cli.speech import Command
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.wording.gaps import gap_sentence, lasting_sentence

GapsOverTime: type[Table] = type(
    "GapsOverTime",
    (Table,),
    {
        "__doc__": "Lücken im Zeitraum: one row per day on which something changes, and gap.",
        "day": Column(pl.Date, "Tag, an dem sich etwas ändert"),
        "since": Column(pl.Date, "Erster Tag im Zeitraum, seit dem diese Art von Lücke besteht"),
        **Cells.columns,
    },
)


class _Asked(TypedDict):
    """What is asked besides the day."""

    scenario: Scenario
    severity_first: bool


@click.command(cls=Command)
@common
@SCENARIO
@HORIZON
@UNTIL
@click.option(
    "--severity-first",
    is_flag=True,
    help="Plätze zuerst den Feldern mit der höchsten Schwere zurechnen.",
)
def gaps(  # noqa: PLR0913, PLR0917  # one parameter an option
    data: Path | None,
    key: str,
    on: date | None,
    scenario: Scenario,
    form: str,
    horizon: date | None,
    until: date | None,
    severity_first: bool,  # noqa: FBT001  # click hands every option over by name
) -> None:
    """Lücken: Bedarfe, die am Stichtag niemand deckt.

    Mit --until auch für jeden Tag bis dahin, an dem sich etwas ändert.
    """
    inputs = read_inputs(data, key, Needs)
    names, day = inputs.names, chosen_day(on, inputs)
    end = range_end(until, on=day) if until else None
    with answers():
        asked: _Asked = {"scenario": scenario, "severity_first": severity_first}
        over = _results(inputs.inventory, starts=day, ends=end, asked=asked)
        later = coverage(inputs.inventory, on=horizon, **asked) if horizon else None
    found = over[0]
    parts = _of_a_day(found, names, form)
    if end:
        dated, lasting = _over_time(over, names), _lasting(over, end, names)
        steps = _steps(over, dated, names)
        parts = [*parts, *steps, lasting] if form == "table" else [dated, lasting, *parts]
    if later:
        parts.append(_new_at_horizon(found, later, names))
    print_result(parts, found.basis, form)


def _results(
    inventory: Inventory, *, starts: date, ends: date | None, asked: _Asked
) -> list[CoverageResult]:
    """Give the result of a day, or of each day of a range on which something changes."""
    if ends is None:
        return [coverage(inventory, on=starts, **asked)]
    return coverage_over(inventory, starts=starts, ends=ends, **asked)


def _of_a_day(found: CoverageResult, names: Mapping[str, str], form: str) -> list[Part]:
    say = _sayer(found, names)
    if form != "table":
        return [Part("Zellen", found.cells, say)]
    unclear = Cells(found.cells.frame.filter(pl.col("type") == GapType.NOT_KNOWN.value))
    return [Part("Lücken", found.gaps(), say), Part("Nicht erhoben oder unklar", unclear, say)]


def _new_at_horizon(found: CoverageResult, later: CoverageResult, names: Mapping[str, str]) -> Part:
    new = later.gaps().frame.join(found.gaps().frame, on="cell", how="anti")
    title = f"Neue Lücken am {later.basis.as_of:%d.%m.%Y}"
    return Part(title, Cells(new), _sayer(later, names), key="new_at_horizon")


def _over_time(results: Sequence[CoverageResult], names: Mapping[str, str]) -> Part:
    """Give the gaps of each day, with the day from which each has kept its type."""
    since: dict[tuple[str, str], date] = {}
    frames = []
    for result in results:
        day, frame = result.basis.as_of, result.gaps().frame
        gaps = frame.select("cell", "type").rows()
        since = {gap: since.get(gap, day) for gap in gaps}
        begins = pl.Series([since[gap] for gap in gaps], dtype=pl.Date)
        frames.append(frame.select(pl.lit(day).alias("day"), begins.alias("since"), pl.all()))
    say = {result.basis.as_of: _sayer(result, names) for result in results}
    table = GapsOverTime(pl.concat(frames))
    return Part("Lücken im Zeitraum", table, lambda row: say[row["day"]](row), key="gaps")


def _steps(
    results: Sequence[CoverageResult], dated: Part, names: Mapping[str, str]
) -> Iterator[Part]:
    """Give for each later day the gaps that hold from it."""
    for result in results[1:]:
        day = result.basis.as_of
        of_day = dated.table.frame.filter(pl.col("day") == day)
        new = of_day.filter(pl.col("since") == day).select(*Cells.columns)
        title = f"Ab {day:%d.%m.%Y} (Lücken insgesamt: {of_day.height}), neu"
        yield Part(title, Cells(new), _sayer(result, names))


def _lasting(results: Sequence[CoverageResult], ends: date, names: Mapping[str, str]) -> Part:
    cells = {row["cell"]: row for row in results[0].cells.frame.to_dicts()}
    return Part(
        "Lücken, die ein Jahr und länger bleiben",
        find_lasting(results, ends=ends),
        lambda row: lasting_sentence(row, cells[row["cell"]], names),
    )


def _sayer(found: CoverageResult, names: Mapping[str, str]) -> Callable[[Row], str]:
    return lambda row: gap_sentence(row, names, found.explain(row["cell"]).records)
