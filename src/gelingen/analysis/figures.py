"""The figures of each cell, and their sums."""

import numpy as np
import numpy.typing as npt
import polars as pl

from gelingen.analysis.allocation import Allocation, proportional
from gelingen.analysis.gaptypes import SIZE, GapTypes
from gelingen.analysis.state import Flags, Floats, State, highest_severity
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import GapType

__all__ = ["Cells", "Totals", "cell_figures", "sums"]

LOW, MID, HIGH = range(3)
DIGITS = 10  # of unmet demand: what lies beyond is rounding
Values = npt.NDArray[np.float64] | npt.NDArray[np.str_]


class Cells(Table):
    """Zellen: one row per topic, target group, place, kind and measure in which needs exist."""

    cell = Column(pl.String, "Kennung der Zelle")
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Schlüssel")
    kind = Column(pl.String, "strategic oder operational")
    measure = Column(pl.String, "Maß; leer: Mengen nicht bekannt", nullable=True)
    type = Column(pl.String, "Art der Lücke")
    reason = Column(pl.String, "Bei unklar: not_asked oder size", nullable=True)
    severity = Column(pl.Int64, "Höchste Schwere der Bedarfe des Tages, 1 bis 5", nullable=True)
    demand_low = Column(pl.Float64, "Bedarf, mindestens", "je measure", nullable=True)
    demand = Column(pl.Float64, "Bedarf, mittlerer Wert", "je measure", nullable=True)
    demand_high = Column(
        pl.Float64, "Bedarf, höchstens; leer: nach oben offen", "je measure", nullable=True
    )
    capacity = Column(pl.Float64, "Kapazität, die für die Zelle da ist", "je measure")
    volunteer = Column(pl.Float64, "Davon ohne Geld, ehrenamtlich", "je measure")
    unclear = Column(pl.Float64, "Kapazität mit unbekannter Finanzierung", "je measure")
    proportional = Column(pl.Float64, "Anteil gedeckt, anteilig verteilt", nullable=True)
    fair_low = Column(pl.Float64, "Anteil gedeckt, gerecht verteilt, mindestens", nullable=True)
    fair = Column(pl.Float64, "Anteil gedeckt, gerecht verteilt", nullable=True)
    fair_high = Column(pl.Float64, "Anteil gedeckt, gerecht verteilt, höchstens", nullable=True)
    unmet_low = Column(pl.Float64, "Ungedeckt, mindestens", "je measure", nullable=True)
    unmet = Column(pl.Float64, "Ungedeckt; leer: nicht bekannt", "je measure", nullable=True)
    unmet_high = Column(pl.Float64, "Ungedeckt, höchstens", "je measure", nullable=True)
    ended = Column(pl.Date, "Erster Tag ohne jedes Angebot, wenn es endete", nullable=True)
    until = Column(pl.Date, "Erster Tag, an dem nicht mehr gedeckt ist", nullable=True)
    begins = Column(pl.Date, "Tag, an dem ein Angebot beginnt oder wiederkehrt", nullable=True)


class Totals(Table):
    """Summen: one row per measure."""

    measure = Column(pl.String, "Maß")
    demand = Column(pl.Float64, "Bedarf, soweit etwas über das Angebot bekannt ist", "je measure")
    not_known = Column(pl.Float64, "Weiterer Bedarf in unklaren Zellen", "je measure")
    unavoidable_low = Column(pl.Float64, "Auch umverteilt ungedeckt, mindestens", "je measure")
    unavoidable = Column(pl.Float64, "Auch umverteilt ungedeckt", "je measure")
    unavoidable_high = Column(
        pl.Float64, "Auch umverteilt ungedeckt, höchstens", "je measure", nullable=True
    )


def cell_figures(state: State, shared: Allocation, types: GapTypes) -> pl.DataFrame:
    """Compute the figures of all cells, in the order of the cells.

    The least unmet demand takes the low demand, the high capacity and counts money of unknown
    state; the most takes the high demand and the low capacity. Where somebody works whose size is
    not known, the least is 0 and the middle is not known. Where a need is open upward, nobody knows
    the most that is unmet, there and wherever the same structures serve; where a capacity is, the
    least is 0.
    """
    no_most = state.touching(state.boundless)
    no_least = state.touching(_served_by(state, state.sizeless))
    best = state.shared(state.capacity[HIGH] + state.unclear_capacity[HIGH], level=LOW).ratios
    worst = state.shared(state.capacity[LOW], level=HIGH).ratios
    sized = types.reasons != SIZE
    known = types.types != GapType.NOT_KNOWN
    unmet = [
        np.where(sized & ~no_least, _unmet(state.demand[LOW], best), 0.0),
        _unmet(state.demand[MID], shared.ratios),
        _unmet(state.demand[HIGH], worst),
    ]
    asked_for = state.quantified & (known | ~sized)
    return state.matches.cells.with_columns(
        _column("type", types.types, np.ones_like(known), pl.String),
        _column("reason", types.reasons, ~known, pl.String),
        highest_severity(state.matches, on=state.on),
        _column("demand_low", state.demand[LOW], state.quantified),
        _column("demand", state.demand[MID], state.quantified),
        _column("demand_high", state.demand[HIGH], state.quantified & ~state.boundless),
        pl.Series("capacity", _reachable(state, state.capacity[MID])),
        pl.Series("volunteer", _reachable(state, _of_band(state, "volunteer"))),
        pl.Series("unclear", _reachable(state, state.unclear_capacity[MID])),
        _column("proportional", _in_proportion(state), state.quantified & known),
        _column("fair_low", worst, state.quantified & known & ~no_most),
        _column("fair", shared.ratios, state.quantified & known),
        _column("fair_high", best, state.quantified & known & ~no_least),
        _column("unmet_low", unmet[LOW], asked_for),
        _column("unmet", unmet[MID], state.quantified & known),
        _column("unmet_high", unmet[HIGH], asked_for & ~no_most),
    )


def sums(cells: pl.DataFrame) -> Totals:
    """Sum demand and unmet demand by measure, ordered by measure.

    Fair shares reach the maximum flow, so their unmet sum is what no redistribution can meet.
    """
    known = pl.col("type") != GapType.NOT_KNOWN
    most = pl.col("unmet_high").filter(known)
    return Totals(
        cells.filter(pl.col("measure").is_not_null())
        .group_by("measure")
        .agg(
            demand=pl.col("demand").filter(known).sum(),
            not_known=pl.col("demand").filter(~known).sum(),
            unavoidable_low=pl.col("unmet_low").filter(known).sum(),
            unavoidable=pl.col("unmet").filter(known).sum(),
            unavoidable_high=pl.when(most.is_not_null().all()).then(most.sum()),
        )
        .sort("measure")
    )


def _unmet(demand: Floats, ratios: Floats) -> Floats:
    unmet = np.where(demand > 0, demand * (1.0 - np.nan_to_num(ratios)), 0.0)
    return unmet.round(DIGITS)


def _served_by(state: State, units: Flags) -> Flags:
    links = state.links()
    return np.bincount(links.cells, units[links.units], len(state.needed)) > 0


def _in_proportion(state: State) -> Floats:
    return proportional(state.capacity[MID], state.demand[MID], state.links()).ratios


def _reachable(state: State, capacity: Floats) -> Floats:
    """Sum the capacity of all structures that could serve a cell; others may share it."""
    links = state.links()
    return np.bincount(links.cells, capacity[links.units], len(state.needed)).astype(np.float64)


def _of_band(state: State, band: str) -> Floats:
    inside = (state.capacities.frame["band"] == band).to_numpy()
    return np.where(inside, state.capacity[MID], 0.0)


def _column(
    name: str, values: Values, known: Flags, dtype: type[pl.DataType] = pl.Float64
) -> pl.Series:
    """Make a column that is empty where nothing is known; a missing ratio is empty, too."""
    shown = known & ~np.isnan(values) if dtype == pl.Float64 else known
    return pl.Series(
        name,
        [value if show else None for value, show in zip(values.tolist(), shown, strict=True)],
        dtype=dtype,
    )
