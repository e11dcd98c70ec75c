"""Years: how much money each calendar year brings under each assumption."""

from datetime import date

import polars as pl

from gelingen.analysis.money import weight
from gelingen.analysis.schema import Structures, Tranches
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = ["YearMoney", "amounts", "money_by_year"]


class YearMoney(Table):
    """Geld nach Jahren: one row per calendar year."""

    year = Column(pl.Int64, "Kalenderjahr")
    secured = Column(pl.Float64, "Bewilligtes Geld", "EUR")
    expected = Column(pl.Float64, "Dazu Anträge, mit ihrer Aussicht gewichtet", "EUR")
    optimistic = Column(pl.Float64, "Dazu alle Anträge und alles Geplante in voller Höhe", "EUR")
    missing = Column(pl.Int64, "Finanzierungen dieses Jahres ohne Jahresbetrag")
    fundings = Column(pl.Int64, "Finanzierungen dieses Jahres")


def amounts(
    tranches: Tranches,
    structures: Structures,
    *,
    starts: date,
    ends: date,
    scenario: Scenario,
) -> pl.DataFrame:
    """Spread the yearly amounts over the days on which both the money and its structure run.

    Args:
        tranches: m rows.
        structures: n rows; money counts only while its structure exists.
        starts: first day counted.
        ends: first day not counted any more.
        scenario: which money counts.

    Returns:
        Rows with funding, structure, year, part (of the year, 0 to 1) and eur (null if the amount
        is not known), ordered by funding and year; only years in which the money runs.

    """
    years = pl.DataFrame({"year": range(starts.year, ends.year + 1)}).with_columns(
        opens=pl.date("year", 1, 1), closes=pl.date(pl.col("year") + 1, 1, 1)
    )
    own = structures.frame.select("structure", begun="starts", over="ends")
    first = pl.max_horizontal("starts", "begun", "opens", pl.lit(starts))
    until = pl.min_horizontal("ends", "over", "closes", pl.lit(ends))
    part = (until - first).dt.total_days() / (pl.col("closes") - pl.col("opens")).dt.total_days()
    return (
        tranches.frame.join(own, on="structure")
        .join(years, how="cross")
        .with_columns(part=part)
        .filter(pl.col("part") > 0)
        .with_columns(eur=pl.col("eur_per_year") * weight(scenario) * pl.col("part"))
        .select("funding", "structure", "year", "part", "eur")
        .sort("funding", "year")
    )


def money_by_year(
    tranches: Tranches, structures: Structures, *, starts: date, ends: date
) -> YearMoney:
    """Sum up the money of each calendar year touched by [starts, ends), ordered by year."""
    frames = {
        scenario: amounts(tranches, structures, starts=starts, ends=ends, scenario=scenario)
        for scenario in Scenario
    }
    any_scenario = frames[Scenario.SECURED]
    rows = []
    for year in range(starts.year, ends.fromordinal(ends.toordinal() - 1).year + 1):
        own = any_scenario.filter(pl.col("year") == year)
        sums = [
            frames[scenario].filter(pl.col("year") == year)["eur"].sum() for scenario in Scenario
        ]
        rows.append((year, *sums, own["eur"].null_count(), own.height))
    return YearMoney.from_rows(rows)
