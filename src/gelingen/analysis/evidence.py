"""The records behind each statement about a cell."""

import polars as pl

from gelingen.analysis.money import running, weight
from gelingen.analysis.state import State
from gelingen.analysis.tables import Column, Table

__all__ = ["Evidence", "find_evidence"]


class Evidence(Table):
    """Belege: one row per cell and record that the statement rests on."""

    cell = Column(pl.String, "Kennung der Zelle")
    record = Column(pl.String, "need, structure, funding oder inquiry")
    key = Column(pl.String, "Kennung des Datensatzes")
    role = Column(
        pl.String,
        "need: now, other_time; structure: serves, unclear, unfunded, ended, later, far, part; "
        "funding: pays, hoped, unclear, ended, later; inquiry: asked",
    )


def find_evidence(state: State) -> Evidence:
    """List what each cell rests on, ordered by cell, record and key."""
    matches, on = state.matches, state.on
    structures = _structures(state)
    fundings = structures.filter(pl.col("role") != "part").join(
        _fundings(state), left_on="key", right_on="structure"
    )
    held = pl.when(running(on)).then(pl.lit("now")).otherwise(pl.lit("other_time"))
    asked = pl.col("since").is_null() | (pl.col("since") <= on)
    parts = [
        matches.needs.select("cell", record=pl.lit("need"), key="need", role=held),
        structures,
        fundings.select("cell", record=pl.lit("funding"), key="funding", role="state"),
        matches.asked.filter(asked).select(
            "cell", record=pl.lit("inquiry"), key="inquiry", role=pl.lit("asked")
        ),
    ]
    return Evidence(pl.concat(parts).sort("cell", "record", "key", "role"))


def _structures(state: State) -> pl.DataFrame:
    """Say of each matching structure what it does for the cell on the day."""
    on, bands = state.on, state.capacities.frame.select("structure", "band", "share")
    periods = state.matches.suppliers.select("structure", "starts", "ends")
    role = (
        pl.when((pl.col("starts") > on).fill_null(value=False))
        .then(pl.lit("later"))
        .when((pl.col("ends") <= on).fill_null(value=False))
        .then(pl.lit("ended"))
        .when(pl.col("far"))
        .then(pl.lit("far"))
        .when(pl.col("band") == "unknown")
        .then(pl.lit("unclear"))
        .when(pl.col("share") > 0)
        .then(pl.lit("serves"))
        .otherwise(pl.lit("unfunded"))
    )
    pairs = state.matches.pairs.join(bands, on="structure").join(periods, on="structure")
    whole = pairs.select("cell", record=pl.lit("structure"), key="structure", role=role)
    part = state.matches.parts.join(pairs, on=["cell", "structure"], how="anti").select(
        "cell", record=pl.lit("structure"), key="structure", role=pl.lit("part")
    )
    return pl.concat([whole, part])


def _fundings(state: State) -> pl.DataFrame:
    """Say of each tranche what it does on the day."""
    on = state.on
    does = (
        pl.when((pl.col("starts") > on).fill_null(value=False))
        .then(pl.lit("later"))
        .when((pl.col("ends") <= on).fill_null(value=False))
        .then(pl.lit("ended"))
        .when(pl.col("state") == "unknown")
        .then(pl.lit("unclear"))
        .when(weight(state.scenario) > 0)
        .then(pl.lit("pays"))
        .otherwise(pl.lit("hoped"))
    )
    return state.inventory.tranches.frame.select("structure", "funding", state=does)
