"""Excess: whether two structures together offer more than the needs that both serve."""

from datetime import date

import polars as pl

from gelingen.analysis.cells import joined, matching
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.matches import SERVES
from gelingen.analysis.money import effective_share, running
from gelingen.analysis.ranges import BOUNDS, bounds
from gelingen.terms.vocabulary import Scenario

__all__ = ["add_excess"]

PAIR = ["a", "b"]
NOTHING = 1e-9


def add_excess(
    pairs: pl.DataFrame, inventory: Inventory, *, on: date, scenario: Scenario
) -> pl.DataFrame:
    """Add to pairs of structures what both offer beyond the needs that both serve.

    Each capacity is divided among all needs the structure serves, by their quantities; what falls
    on the shared needs is summed and their quantities are taken off. Nothing is said (not_known)
    unless every capacity, its money and every quantity that takes part is known in one measure.
    With ranges, `duplicate` needs an excess even at least capacity and most need; where a need is
    open upward nobody knows the most, so there it is at best `possible`.

    Args:
        pairs: rows with `a` and `b`, keys of structures; unique.
        inventory: structures, reach, tranches, needs, groups and topics.
        on: the day asked about.
        scenario: which money counts.

    Returns:
        The same rows with verdict, excess_low, excess, excess_high, measure and needs.

    """
    offers = _offers(inventory, on, scenario)
    served = _served(pairs, inventory, on)
    both = pairs.select(PAIR).join(_side(pairs, served, offers, "a", "b"), on=PAIR, how="left")
    both = both.join(_side(pairs, served, offers, "b", "a"), on=PAIR, how="left", suffix="_b")
    shared = _shared(pairs, served)
    known = pl.col("known") & pl.col("known_b") & (pl.col("measure") == pl.col("measure_b"))
    excess = {
        f"excess_{bound}": pl.when(known).then(
            pl.col(f"falls_{bound}")
            + pl.col(f"falls_{bound}_b")
            - pl.col(f"wanted_{BOUNDS[2 - BOUNDS.index(bound)]}")
        )
        for bound in BOUNDS
    }
    said = (
        both.join(shared, on=PAIR, how="left")
        .with_columns(**excess)
        .select(
            *PAIR,
            verdict=_verdict(),
            excess_low="excess_low",
            excess="excess_mid",
            excess_high="excess_high",
            measure=pl.when(pl.col("excess_mid").is_not_null()).then(pl.col("measure")),
            needs=pl.col("needs").fill_null(""),
        )
    )
    return pairs.join(said, on=PAIR, how="left", maintain_order="left")


def _verdict() -> pl.Expr:
    """Judge a pair by what both offer beyond their shared needs."""
    runs = (pl.col("capacity_mid") > 0) & (pl.col("capacity_mid_b") > 0)
    return (
        pl.when(pl.col("excess_mid").is_null())
        .then(pl.lit("not_known"))
        .when(runs & (pl.col("excess_low") > NOTHING))
        .then(pl.lit("duplicate"))
        .when(runs & (pl.col("excess_mid") > NOTHING))
        .then(pl.lit("possible"))
        .otherwise(pl.lit("needed"))
    )


def _named(name: str) -> dict[str, pl.Expr]:
    return {f"{name}_{bound}": value for bound, value in bounds(name).items()}


def _sum(values: pl.Expr) -> pl.Expr:
    """Sum up; null if one is not known."""
    return pl.when(values.is_not_null().all()).then(values.sum())


def _offers(inventory: Inventory, on: date, scenario: Scenario) -> pl.DataFrame:
    """Give what each structure offers on the day with the money it has; null if not known."""
    paid = effective_share(inventory.tranches, inventory.structures, on=on, scenario=scenario)
    return (
        inventory.structures.frame.select("structure", "measure", **_named("capacity"))
        .join(paid.frame, on="structure")
        .select(
            "structure",
            "measure",
            *(pl.col(f"capacity_{bound}") * pl.col("share") for bound in BOUNDS),
        )
    )


def _served(pairs: pl.DataFrame, inventory: Inventory, on: date) -> pl.DataFrame:
    """List the needs that each structure of a pair serves on the day."""
    members = pl.concat([pairs["a"], pairs["b"]]).unique()
    kinds = inventory.structures.frame.select(
        "structure",
        serves=pl.col("function").replace_strict(SERVES, default=None, return_dtype=pl.String),
    )
    reach = inventory.reach.frame.filter(pl.col("structure").is_in(members.implode()))
    needs = inventory.needs.frame.filter(running(on)).rename({"measure": "counted_in"})
    return (
        matching(needs, reach, topics=inventory.topics, links=inventory.groups)
        .join(kinds, on="structure")
        .filter(pl.col("kind") == pl.col("serves"))
        .select("structure", "need", "counted_in", **_named("quantity"))
    )


def _shared(pairs: pl.DataFrame, served: pl.DataFrame) -> pl.DataFrame:
    """Sum up the needs that both serve."""
    return (
        pairs.select(PAIR)
        .join(served, left_on="a", right_on="structure")
        .join(
            served.select("structure", "need"),
            left_on=["b", "need"],
            right_on=["structure", "need"],
        )
        .group_by(PAIR)
        .agg(
            *(_sum(pl.col(f"quantity_{bound}")).alias(f"wanted_{bound}") for bound in BOUNDS),
            needs=joined("need"),
        )
    )


def _side(
    pairs: pl.DataFrame, served: pl.DataFrame, offers: pl.DataFrame, own: str, other: str
) -> pl.DataFrame:
    """Give what of one structure's capacity falls on the needs it shares with the other."""
    theirs = served.select("structure", "need", shared=pl.lit(value=True))
    rows = (
        pairs.select(PAIR)
        .join(served, left_on=own, right_on="structure")
        .join(theirs, left_on=[other, "need"], right_on=["structure", "need"], how="left")
        .join(offers, left_on=own, right_on="structure")
        .with_columns(pl.col("shared").fill_null(value=False))
    )
    shared = {b: _sum(pl.col(f"quantity_{b}").filter("shared")) for b in BOUNDS}
    rest = {b: _sum(pl.col(f"quantity_{b}").filter(~pl.col("shared"))) for b in BOUNDS}
    falls = {}
    for bound, against in zip(BOUNDS, reversed(BOUNDS), strict=True):
        total = shared[bound] + rest[against]
        part = (
            pl.when(shared[bound].is_null() | (total == 0))
            .then(1.0)  # without an upper end, all may fall on the shared needs
            .when(rest[against].is_null())
            .then(0.0)  # or nothing
            .otherwise(shared[bound] / total)
        )
        falls[f"falls_{bound}"] = pl.col(f"capacity_{bound}").first() * part
    quantity, capacity = pl.col("quantity_mid"), pl.col("capacity_mid")
    comparable = (pl.col("counted_in") == pl.col("measure")).fill_null(value=False)
    return rows.group_by(PAIR).agg(
        **falls,
        measure=pl.col("measure").first(),
        capacity_mid=pl.col("capacity_mid").first(),
        known=(quantity.is_not_null() & comparable & capacity.is_not_null()).all()
        & pl.col("shared").any(),
    )
