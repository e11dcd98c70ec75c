"""From when until when a structure works and is paid for."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import STANDING, VOLUNTEER, weight
from gelingen.terms.vocabulary import Scenario

__all__ = ["breakpoints", "first_day_without", "periods"]

Period = tuple[date | None, date | None]


def periods(inventory: Inventory, *, scenario: Scenario) -> dict[str, list[Period]]:
    """Give the half-open periods in which each structure works and something carries it.

    Money of unknown state carries nothing. Standing tasks and volunteers without recorded money
    carry themselves.

    Returns:
        The periods of every structure, ordered by beginning; they may overlap.

    """
    structures = inventory.structures.frame.select("structure", "permanence", "starts", "ends")
    tranches = inventory.tranches.frame
    bare = structures.join(tranches, on="structure", how="anti").filter(
        pl.col("permanence").is_in([STANDING, VOLUNTEER])
    )
    counting = tranches.filter((weight(scenario) > 0) & (pl.col("share").fill_null(1.0) > 0))
    paid = counting.join(structures, on="structure", suffix="_own").select(
        "structure",
        starts=pl.max_horizontal("starts", "starts_own"),
        ends=pl.min_horizontal("ends", "ends_own"),
    )
    rows = pl.concat([paid, bare.select("structure", "starts", "ends")])
    real = rows.filter((pl.col("starts") < pl.col("ends")).fill_null(value=True))
    found: dict[str, list[Period]] = {key: [] for key in structures["structure"].sort()}
    for structure, starts, ends in real.sort(
        "structure", "starts", "ends", nulls_last=False
    ).rows():
        found[structure].append((starts, ends))
    return found


def first_day_without(runs: Iterable[Period], *, on: date) -> date | None:
    """Find the first day from `on` that no period holds; None if that never comes.

    One period may take over from another; `on` itself, if nothing holds it.
    """
    reached = on
    waiting = list(runs)
    while True:
        holding = [
            ends
            for starts, ends in waiting
            if (starts is None or starts <= reached) and (ends is None or ends > reached)
        ]
        if None in holding:
            return None
        if not holding:
            return reached
        reached = max(ends for ends in holding if ends is not None)


def breakpoints(inventory: Inventory, *, starts: date, ends: date) -> list[date]:
    """List the days in [starts, ends) on which a result can change, `starts` itself first.

    Between two of them every analysis of coverage gives the same answer.
    """
    tables = (inventory.structures, inventory.tranches, inventory.needs)
    days = {
        day
        for table in tables
        for name in ("starts", "ends")
        for day in table.frame[name].drop_nulls()
    }
    days.update(inventory.inquiries.frame["since"].drop_nulls())
    return [starts, *sorted(day for day in days if starts < day < ends)]
