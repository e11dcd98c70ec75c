"""Ranges in columns: at least, middle, at most.

A single middle value is exact. With only a least value a range is open upward, so it has no most
value; with only a most value it begins at 0, because quantities are never less.
"""

import polars as pl

__all__ = ["BOUNDS", "bounds"]

BOUNDS = ("low", "mid", "high")


def bounds(name: str) -> dict[str, pl.Expr]:
    """Read a range from the columns `name`_low, `name` and `name`_high.

    The middle is the one stated, else as `terms.measures.middle` has it. The ends never exclude the
    middle.

    Returns:
        Expressions by low, mid and high; null where nothing is known, high also where the range is
        open upward.

    """
    low, stated, high = pl.col(f"{name}_low"), pl.col(name), pl.col(f"{name}_high")
    mid = pl.coalesce(stated, (low + high) / 2, low, high)
    least = pl.when(low.is_null() & high.is_not_null()).then(0.0).otherwise(pl.coalesce(low, mid))
    most = pl.when(low.is_not_null() & high.is_null()).then(None).otherwise(pl.coalesce(high, mid))
    return {
        "low": pl.min_horizontal(least, mid),
        "mid": mid,
        "high": pl.when(most.is_not_null()).then(pl.max_horizontal(most, mid)),
    }
