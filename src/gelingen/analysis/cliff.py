"""Cliff: when structures end or lose their money, and whom that hits."""

import polars as pl

from gelingen.analysis.cells import CELL, joined, matching
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import FundingTimeline
from gelingen.analysis.ranges import bounds
from gelingen.analysis.tables import Column, Table

__all__ = ["Cliff", "CliffCapacities", "CliffCells", "CliffMonths", "find_cliff", "sum_by_month"]

CARRIED = ["secured", "standing", "volunteer"]
NOTHING = 1e-9


class Cliff(Table):
    """Auslaufen: one row per structure and day on which it loses something."""

    day = Column(pl.Date, "Erster Tag danach")
    month = Column(pl.Date, "Erster Tag des Monats, in dem der letzte Tag liegt")
    structure = Column(pl.String, "Kennung der Struktur")
    kind = Column(
        pl.String,
        "ends (die Struktur endet), money_ends (das letzte Geld endet) oder "
        "reduced (ein Teil des Geldes endet)",
    )
    fte = Column(pl.Float64, "Personal, das wegfällt", "VZÄ", nullable=True)
    eur_per_year = Column(pl.Float64, "Geld je Jahr, das wegfällt", "EUR", nullable=True)
    capacity = Column(pl.Float64, "Kapazität, die wegfällt", "je measure", nullable=True)
    measure = Column(pl.String, "Maß der Kapazität", nullable=True)
    cells = Column(pl.Int64, "Felder aus Thema, Zielgruppe und Ort, die es trifft")
    bare = Column(pl.Int64, "Davon ohne eine andere getragene Struktur gleicher Funktion")
    topics = Column(pl.String, "Betroffene Themenfelder, mit Semikolon")
    target_groups = Column(pl.String, "Betroffene Zielgruppen, mit Semikolon")
    places = Column(pl.String, "Betroffene Orte, mit Semikolon")
    resumes = Column(
        pl.Date, "Tag, an dem sie wieder getragen wird; leer: nicht im Zeitraum", nullable=True
    )
    fundings = Column(pl.String, "Kennungen der Finanzierungen, die enden, mit Semikolon")


class CliffCells(Table):
    """Betroffene Felder: one row per loss and cell it touches."""

    day = Column(pl.Date, "Erster Tag danach")
    structure = Column(pl.String, "Kennung der Struktur")
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Schlüssel")
    bare = Column(pl.Boolean, "Bleibt danach keine andere getragene Struktur gleicher Funktion?")


class CliffMonths(Table):
    """Auslaufen nach Monaten: one row per month in which something is lost."""

    month = Column(pl.Date, "Erster Tag des Monats")
    structures = Column(pl.Int64, "Strukturen, die etwas verlieren")
    ending = Column(pl.Int64, "Davon Strukturen, die enden oder ihr letztes Geld verlieren")
    fte = Column(pl.Float64, "Personal, das wegfällt, soweit angegeben", "VZÄ")
    eur_per_year = Column(pl.Float64, "Geld je Jahr, das wegfällt, soweit angegeben", "EUR")
    cells = Column(pl.Int64, "Felder, die es trifft")
    bare = Column(pl.Int64, "Davon ohne eine andere getragene Struktur gleicher Funktion")
    target_groups = Column(pl.String, "Betroffene Zielgruppen, mit Semikolon")
    places = Column(pl.String, "Betroffene Orte, mit Semikolon")
    records = Column(pl.String, "Kennungen der Strukturen, mit Semikolon")


class CliffCapacities(Table):
    """Kapazität, die wegfällt: one row per month and measure."""

    month = Column(pl.Date, "Erster Tag des Monats")
    measure = Column(pl.String, "Maß der Kapazität")
    capacity = Column(pl.Float64, "Kapazität, die wegfällt", "je measure")


def find_cliff(inventory: Inventory, timeline: FundingTimeline) -> tuple[Cliff, CliffCells]:
    """Find every loss inside a timeline.

    A structure loses when it ends, when its last money ends, or when the part of it that is paid
    for, or the known amount, shrinks. Money that is renewed without a break is no loss; where it
    resumes after a break, the day is told.

    Args:
        inventory: structures, reach, tranches and topics.
        timeline: how the structures are carried.

    Returns:
        The losses ordered by day and structure, and the cells they touch ordered likewise.

    """
    losses = _losses(timeline)
    structures = inventory.structures.frame.select(
        "structure", "function", "fte", "capacity", "capacity_low", "capacity_high", "measure"
    )
    lost = pl.col("lost")
    frame = losses.join(structures, on="structure").with_columns(
        fte=pl.col("fte") * lost,
        capacity=bounds("capacity")["mid"] * lost,
        month=pl.col("day").dt.offset_by("-1d").dt.truncate("1mo"),
    )
    hit = _hit(frame, inventory, timeline)
    sums = hit.group_by("structure", "day").agg(
        cells=pl.len(),
        bare=pl.col("bare").sum(),
        topics=joined("topic"),
        target_groups=joined("target_group"),
        places=joined("place"),
    )
    rows = (
        frame.join(sums, on=["structure", "day"], how="left")
        .join(_endings(frame, inventory), on=["structure", "day"], how="left")
        .with_columns(
            pl.col("cells", "bare").fill_null(0),
            pl.col("topics", "target_groups", "places", "fundings").fill_null(""),
        )
    )
    order = ["day", "structure"]
    return Cliff(rows.sort(order)), CliffCells(hit.sort(*order, *CELL))


def _losses(timeline: FundingTimeline) -> pl.DataFrame:
    """Compare each span with the next: structure, day, kind, lost part, lost money, resumes."""
    spans = timeline.frame.sort("structure", "starts").with_columns(
        carried=pl.col("band").is_in(CARRIED)
    )
    after = ["exists", "carried", "share", "eur_per_year"]
    spans = spans.with_columns(
        pl.col(after).shift(-1).over("structure").name.suffix("_next"), day=pl.col("ends")
    )
    less_share = pl.col("share") - pl.col("share_next").fill_null(0.0)
    less_money = pl.col("eur_per_year") - pl.col("eur_per_year_next")
    shrinks = (less_share > NOTHING) | (less_money > NOTHING).fill_null(value=False)
    reduced = pl.col("kind") == "reduced"
    losses = spans.with_columns(kind=_kind(shrinks)).filter(
        pl.col("exists_next").is_not_null() & pl.col("kind").is_not_null()
    )
    losses = losses.select(
        "structure",
        "day",
        "kind",
        lost=pl.when(reduced)
        .then(pl.max_horizontal(less_share, 0.0))
        .otherwise(pl.col("share").fill_null(1.0)),
        eur_per_year=pl.when(reduced)
        .then(pl.when(less_money > 0).then(less_money))
        .otherwise(pl.col("eur_per_year")),
    )
    resumes = _resumptions(losses.filter(~reduced), spans)
    return losses.join(resumes, on=["structure", "day"], how="left")


def _kind(shrinks: pl.Expr) -> pl.Expr:
    """Name the loss between a span and the next; null where nothing is lost."""
    return (
        pl.when(~pl.col("exists_next") & (pl.col("band") != "none"))
        .then(pl.lit("ends"))
        .when(pl.col("carried") & ~pl.col("carried_next"))
        .then(pl.lit("money_ends"))
        .when(pl.col("carried") & shrinks)
        .then(pl.lit("reduced"))
    )


def _resumptions(losses: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Find the first day after a loss on which the structure is carried again."""
    again = spans.filter("carried").select("structure", back=pl.col("starts"))
    return (
        losses.join(again, on="structure")
        .filter(pl.col("back") > pl.col("day"))
        .group_by("structure", "day")
        .agg(resumes=pl.col("back").min())
    )


def _hit(frame: pl.DataFrame, inventory: Inventory, timeline: FundingTimeline) -> pl.DataFrame:
    """List the cells each loss touches, and whether nobody else of this function is left."""
    reach = inventory.reach.frame
    cells = frame.select("structure", "day", "kind", "function").join(reach, on="structure")
    others = reach.join(
        inventory.structures.frame.select("structure", "function"), on="structure"
    ).rename({"structure": "other", "function": "other_function"})
    spans = timeline.frame.filter(pl.col("band").is_in(CARRIED)).select(
        other="structure", begun="starts", over="ends"
    )
    left = (
        matching(cells, others, topics=inventory.topics)
        .filter(
            (pl.col("other") != pl.col("structure"))
            & (pl.col("other_function") == pl.col("function"))
        )
        .join(spans, on="other")
        .filter((pl.col("begun") <= pl.col("day")) & (pl.col("over") > pl.col("day")))
        .select("structure", "day", *CELL, served=pl.lit(value=True))
        .unique()
    )
    alone = pl.col("served").is_null() & (pl.col("kind") != "reduced")
    cells = cells.select("structure", "day", "kind", *CELL).unique()
    return cells.join(left, on=["structure", "day", *CELL], how="left").with_columns(bare=alone)


def _endings(frame: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    """List the fundings that end on the day of the loss."""
    return (
        frame.select("structure", "day")
        .join(
            inventory.tranches.frame, left_on=["structure", "day"], right_on=["structure", "ends"]
        )
        .group_by("structure", "day")
        .agg(fundings=joined("funding"))
    )


def sum_by_month(cliff: Cliff, cells: CliffCells) -> tuple[CliffMonths, CliffCapacities]:
    """Sum up losses by the month of their last day, ordered by month (and measure).

    Cells are counted once a month even if several structures leave them.
    """
    frame = cliff.frame
    hit = frame.select("day", "structure", "month").join(cells.frame, on=["day", "structure"])
    cell = pl.struct(CELL)
    touched = hit.group_by("month").agg(
        cells=cell.n_unique(),
        bare=cell.filter("bare").n_unique(),
        target_groups=joined("target_group"),
        places=joined("place"),
    )
    months = (
        frame.group_by("month")
        .agg(
            structures=pl.col("structure").n_unique(),
            ending=pl.col("structure").filter(pl.col("kind") != "reduced").n_unique(),
            fte=pl.col("fte").sum(),
            eur_per_year=pl.col("eur_per_year").sum(),
            records=joined("structure"),
        )
        .join(touched, on="month", how="left")
        .with_columns(
            pl.col("cells", "bare").fill_null(0), pl.col("target_groups", "places").fill_null("")
        )
    )
    capacities = (
        frame.filter(pl.col("capacity").is_not_null() & pl.col("measure").is_not_null())
        .group_by("month", "measure")
        .agg(pl.col("capacity").sum())
        .filter(pl.col("capacity") > 0)
    )
    return (
        CliffMonths(months.sort("month")),
        CliffCapacities(capacities.sort("month", "measure")),
    )
