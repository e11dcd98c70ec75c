"""Stock: what stands on a day or throughout a period, in number, staff, money and reach."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from gelingen.analysis.cells import CELL, joined
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import funding_timeline, running, weight
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = [
    "CapacityStock",
    "Standing",
    "Stock",
    "count_stock",
    "find_standing",
]

CARRIED = ["secured", "standing", "volunteer"]
BOUNDS = ("capacity_low", "capacity", "capacity_high")
UNNAMED = "unknown"


class Standing(Table):
    """Bestand: one row per structure that exists on the day."""

    structure = Column(pl.String, "Kennung der Struktur")
    organisation = Column(pl.String, "Kennung des Trägers")
    state = Column(
        pl.String,
        "stands (getragen), unknown (Finanzierung unbekannt) oder unfunded (kein Geld belegt)",
    )
    band = Column(pl.String, "secured, standing, volunteer, unknown oder none")
    share = Column(pl.Float64, "Finanzierter Anteil, 0 bis 1; leer: nicht bekannt", nullable=True)
    function = Column(pl.String, "Funktion")
    permanence = Column(pl.String, "Dauerhaftigkeit; unknown: nicht angegeben")
    level = Column(pl.String, "Ebene; unknown: nicht angegeben")
    fte = Column(pl.Float64, "Finanziertes Personal", "VZÄ", nullable=True)
    eur_per_year = Column(pl.Float64, "Geld je Jahr", "EUR", nullable=True)
    capacity_low = Column(pl.Float64, "Finanzierte Kapazität, mindestens", nullable=True)
    capacity = Column(pl.Float64, "Finanzierte Kapazität, mittlerer Wert", nullable=True)
    capacity_high = Column(pl.Float64, "Finanzierte Kapazität, höchstens", nullable=True)
    measure = Column(pl.String, "Maß der Kapazität", nullable=True)
    fundings = Column(pl.String, "Kennungen der laufenden Finanzierungen, mit Semikolon")


class Stock(Table):
    """Bestand in Summe: one row per day and part of the structures."""

    day = Column(pl.Date, "Tag")
    part = Column(pl.String, "all, permanence, function, level oder band")
    value = Column(pl.String, "Der Wert, nach dem geteilt ist; bei all: all")
    structures = Column(pl.Int64, "Strukturen, die bestehen und getragen werden")
    unknown = Column(pl.Int64, "Strukturen, deren Finanzierung unbekannt ist")
    unfunded = Column(pl.Int64, "Strukturen, für die kein Geld belegt ist")
    fte = Column(pl.Float64, "Personal der getragenen, soweit angegeben", "VZÄ")
    fte_missing = Column(pl.Int64, "Getragene ohne Angabe zum Personal")
    eur_per_year = Column(pl.Float64, "Geld der getragenen je Jahr, soweit angegeben", "EUR")
    eur_missing = Column(pl.Int64, "Getragene ohne Angabe zum Geld")
    cells = Column(pl.Int64, "Felder aus Thema, Zielgruppe und Ort der getragenen")


class CapacityStock(Table):
    """Kapazität in Summe: one row per day and measure."""

    day = Column(pl.Date, "Tag")
    measure = Column(pl.String, "Maß der Kapazität")
    structures = Column(pl.Int64, "Getragene Strukturen mit diesem Maß")
    capacity_low = Column(pl.Float64, "Mindestens", "je measure", nullable=True)
    capacity = Column(pl.Float64, "Mittlerer Wert", "je measure", nullable=True)
    capacity_high = Column(pl.Float64, "Höchstens", "je measure", nullable=True)


def find_standing(
    inventory: Inventory,
    *,
    on: date,
    scenario: Scenario,
    levels: Mapping[str, str] | None = None,
) -> Standing:
    """Tell for each structure that exists on a day what carries it, ordered by structure.

    Staff and capacity count by the part that is paid for; where that is not known, neither are
    they.
    """
    judged = funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=on,
        ends=on.fromordinal(on.toordinal() + 1),
        scenario=scenario,
    ).frame.drop("starts", "ends")
    counting = inventory.tranches.frame.filter(running(on) & (weight(scenario) > 0))
    fundings = counting.group_by("structure").agg(fundings=joined("funding"))
    frame = (
        judged.filter("exists")
        .join(inventory.structures.frame, on="structure")
        .join(fundings, on="structure", how="left")
        .with_columns(
            pl.col("fundings", "permanence").fill_null(""),
            *(pl.col(name) * pl.col("share") for name in ("fte", *BOUNDS)),
            state=_state(),
            level=pl.col("structure").replace_strict(
                levels or {}, default=UNNAMED, return_dtype=pl.String
            ),
        )
        .with_columns(pl.col("permanence").replace("", UNNAMED))
    )
    return Standing(frame.sort("structure"))


def _state() -> pl.Expr:
    return (
        pl.when(pl.col("band").is_in(CARRIED))
        .then(pl.lit("stands"))
        .when(pl.col("band") == "unknown")
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("unfunded"))
    )


def count_stock(days: Mapping[date, Standing], inventory: Inventory) -> tuple[Stock, CapacityStock]:
    """Sum up what stands on each of these days.

    Returns:
        The sums by day and part (all, band, function, level, permanence) and value; and the
        capacity by day and measure. A bound that is missing once is missing in the sum.

    """
    sums, capacities = [Stock.empty().frame], [CapacityStock.empty().frame]
    for day, standing in sorted(days.items()):
        frame = standing.frame
        reach = _reach(frame, inventory)
        for part in ("all", "band", "function", "level", "permanence"):
            rows = _sums(frame, reach, part).with_columns(day=pl.lit(day), part=pl.lit(part))
            sums.append(Stock(rows.sort("value")).frame)
        rows = _capacities(frame).with_columns(day=pl.lit(day))
        capacities.append(CapacityStock(rows.sort("measure")).frame)
    return Stock(pl.concat(sums)), CapacityStock(pl.concat(capacities))


def total(standing: Standing, inventory: Inventory) -> dict[str, object]:
    """Sum up one day in total: the columns of `Stock` that hold figures, by name."""
    sums = _sums(standing.frame, _reach(standing.frame, inventory), "all")
    return sums.drop("value").row(0, named=True)


def _reach(frame: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    return frame.filter(pl.col("state") == "stands").join(inventory.reach.frame, on="structure")


def _sums(frame: pl.DataFrame, reach: pl.DataFrame, part: str) -> pl.DataFrame:
    """Sum up by one part; the whole has one row even if nothing stands."""
    stands = pl.col("state") == "stands"
    sums = [
        stands.sum().alias("structures"),
        (pl.col("state") == "unknown").sum().alias("unknown"),
        (pl.col("state") == "unfunded").sum().alias("unfunded"),
        pl.col("fte").filter(stands).sum().alias("fte"),
        (stands & pl.col("fte").is_null()).sum().alias("fte_missing"),
        pl.col("eur_per_year").filter(stands).sum().alias("eur_per_year"),
        (stands & pl.col("eur_per_year").is_null()).sum().alias("eur_missing"),
    ]
    cells = pl.struct(CELL).n_unique().alias("cells")
    if part == "all":
        whole = pl.concat([frame.select(sums), reach.select(cells)], how="horizontal")
        return whole.with_columns(value=pl.lit("all"))
    by = pl.col(part).alias("value")
    counted = reach.group_by(by).agg(cells)
    return (
        frame.group_by(by)
        .agg(sums)
        .join(counted, on="value", how="left")
        .with_columns(pl.col("cells").fill_null(0))
    )


def _capacities(frame: pl.DataFrame) -> pl.DataFrame:
    counted = frame.filter((pl.col("state") == "stands") & pl.col("measure").is_not_null())
    known = pl.any_horizontal(pl.col(name).is_not_null() for name in BOUNDS)
    sums = [
        pl.when(~pl.col(name).is_null().any()).then(pl.col(name).sum()).alias(name)
        for name in BOUNDS
    ]
    return counted.filter(known).group_by("measure").agg(pl.len().alias("structures"), *sums)
