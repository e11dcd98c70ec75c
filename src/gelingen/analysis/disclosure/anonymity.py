"""Rows given away one by one: nobody may be singled out by what others can know of them.

k-anonymity (Sweeney, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems
10, 2002): each combination of the columns that others can know stands for at least k rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gelingen.analysis.tables import Column, Table, TableError

__all__ = ["AnonymousRows", "RowStates", "make_anonymous"]

METHOD = "anonymity 1"
FEWEST = 3


class RowStates(Table):
    """Zeilen einer offenen Ausgabe: one row per row, in the same order."""

    row = Column(pl.Int64, "Nummer der Zeile, ab 0")
    state = Column(pl.String, "kept, coarser (vergröbert) oder left_out (ausgelassen)")
    coarsened = Column(pl.String, "Vergröberte Spalten, mit Semikolon")
    like = Column(pl.Int64, "Zeilen mit denselben Werten, diese mitgezählt; vor dem Auslassen")


@dataclass(frozen=True)
class AnonymousRows:
    """Rows that may be given away.

    Attributes:
        rows: what may be given away, all columns, in the given order.
        states: what became of each row.
        fewest: how many rows share each combination, at least.
        version: name and version of the method.

    """

    rows: pl.DataFrame
    states: RowStates
    fewest: int
    version: str = METHOD


def make_anonymous(
    rows: pl.DataFrame,
    columns: Sequence[str],
    *,
    fewest: int = FEWEST,
    coarser: Mapping[str, Mapping[str, str]] | None = None,
) -> AnonymousRows:
    """Make rare rows coarser, and leave out those that are rare even so.

    Only rare rows are changed, column by column in the order of `coarser`. A row that has become
    coarser is told apart from one that is not by its value alone, so it needs its own k rows.

    Args:
        rows: one row per thing given away.
        columns: what others can know of a thing; empty values count as a value.
        fewest: k, how many rows must share each combination.
        coarser: by column, the wider value of each value, such as the county of a municipality;
            a value without one stays.

    Returns:
        What may be given away. No combination of the columns stands for fewer than k rows in it.

    Raises:
        TableError: a column is missing.

    """
    wider = coarser or {}
    if missing := [name for name in (*columns, *wider) if name not in rows.columns]:
        raise TableError("Diese Spalte fehlt.", column=missing[0])
    frame = rows.with_row_index("_row").with_columns(_columns=pl.lit("", pl.String))
    for name, values in wider.items():
        rare = pl.len().over(columns) < fewest
        known = pl.col(name).replace_strict(values, default=None, return_dtype=pl.String)
        change = rare & known.is_not_null() & (known != pl.col(name))
        frame = frame.with_columns(
            pl.when(change).then(known).otherwise(name).alias(name),
            _columns=pl.when(change)
            .then(pl.concat_str("_columns", pl.lit(f";{name}")))
            .otherwise("_columns"),
        )
    frame = frame.with_columns(_like=pl.len().over(columns))
    enough = pl.col("_like") >= fewest
    changed = pl.col("_columns") != ""
    states = frame.select(
        row="_row",
        state=pl.when(~enough)
        .then(pl.lit("left_out"))
        .when(changed)
        .then(pl.lit("coarser"))
        .otherwise(pl.lit("kept")),
        coarsened=pl.col("_columns").str.strip_chars_start(";"),
        like="_like",
    )
    kept = frame.filter(enough).select(rows.columns)
    return AnonymousRows(kept, RowStates(states), fewest)
