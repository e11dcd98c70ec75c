"""Names that mean the same although no dictionary says so, learned from contacts they share.

If "Unterstützerkreis" and "Helferkreis" have one telephone number in Coburg, in Kronach and in
Hof, they are two words for one thing; if "Kindergarten" has several in most towns, the name alone
does not say which one is meant. Both are counted by place, so a long list of one town proves
nothing.
"""

import polars as pl

from gelingen.analysis.matching import weights

__all__ = ["with_learned"]

_FROM_PLACES = 2  # in which two names share a contact before that is called learned


def with_learned(both: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Correct what the names of pairs say by what contacts at all places say of such names.

    Args:
        both: pairs with identity, identity_b, name, conflict and said.
        rows: all records.

    """
    seen = _observed(rows)
    low, high = (
        pl.min_horizontal("identity", "identity_b"),
        pl.max_horizontal("identity", "identity_b"),
    )
    told = both.with_columns(low=low, high=high).join(
        seen, on=["low", "high"], how="left", maintain_order="left"
    )
    before = 1 / (1 + (-pl.col("name")).exp())
    agree, total = pl.col("agree").fill_null(0), pl.col("agree", "differ").fill_null(0)
    alike = pl.col("low") == pl.col("high")
    worth = pl.when(alike).then(weights.SAME_BEFORE).otherwise(weights.LEARNED_BEFORE)
    after = (agree + worth * before) / (pl.sum_horizontal(total) + worth)
    odds = (after / (1 - after)).log().clip(weights.LEAST_NAME, weights.SAME_CORE)
    known = pl.col("agree").is_not_null() & ~pl.col("conflict")
    taught = known & (pl.col("agree") >= _FROM_PLACES) & (pl.col("name") < odds)
    return told.with_columns(
        name=pl.when(known).then(odds).otherwise(pl.col("name")),
        said=pl.when(taught & (pl.col("name") < 0)).then(pl.lit("learned")).otherwise("said"),
    )


def _observed(rows: pl.DataFrame) -> pl.DataFrame:
    """Count the places at which two names share a contact, and where theirs differ."""
    told = pl.concat(
        rows.drop_nulls(["place", kind]).select("place", "identity", kind=pl.lit(kind), said=kind)
        for kind in ("phone", "mailbox")
    ).unique()
    shared = (
        told.join(told, on=["place", "kind", "said"], suffix="_b")
        .filter(pl.col("identity") < pl.col("identity_b"))
        .select(low="identity", high="identity_b")
        .unique()
    )
    own = told.select(low="identity", high="identity").unique()
    kinds = pl.concat([shared, own])
    sides = kinds.join(told, left_on="low", right_on="identity").join(
        told,
        left_on=["high", "place", "kind"],
        right_on=["identity", "place", "kind"],
        suffix="_b",
    )
    differ = (pl.col("said") != pl.col("said_b")).any()
    agree = (pl.col("said") == pl.col("said_b")).any()
    here = sides.group_by("low", "high", "place").agg(
        differ=differ, agree=agree & (~differ | (pl.col("low").first() != pl.col("high").first()))
    )
    return here.group_by("low", "high").agg(pl.col("agree", "differ").cast(pl.Int64).sum())
