"""What people decided, as pairs of records."""

import polars as pl

from gelingen.analysis.matching.letters import words
from gelingen.analysis.matching.preparing import Prepared
from gelingen.analysis.matching.tables import Decisions
from gelingen.analysis.tables import TableError

__all__ = ["Decided", "decided_rows"]

Decided = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def decided_rows(prepared: Prepared, decisions: Decisions) -> Decided:
    """Say which rows must be together and which must not; raises TableError.

    A decision names two records or two names. One about names holds for all records that are
    written so, but for case, umlauts, punctuation and remarks. Records and names that are not there
    are passed over.

    Returns:
        Pairs that belong together, and pairs that do not, each ordered.

    Raises:
        TableError: decisions contradict each other.

    """
    rows = prepared.rows.select("row", "record", "written")
    told = decisions.frame.with_columns(
        pl.col("name_a", "name_b").map_elements(
            lambda name: " ".join(words(name)), return_dtype=pl.String
        )
    )
    by_key = _rows_of(told.drop_nulls(["a", "b"]), rows, ("a", "b"), "record")
    by_name = _rows_of(told.drop_nulls(["name_a", "name_b"]), rows, ("name_a", "name_b"), "written")
    pairs = pl.concat([by_key, by_name]).unique().sort("one", "other")
    together = pairs.filter("same").select("one", "other").rows()
    apart = pairs.filter(~pl.col("same")).select("one", "other").rows()
    _check(together, apart, rows["record"].to_list())
    return together, apart


def _rows_of(
    told: pl.DataFrame, rows: pl.DataFrame, sides: tuple[str, str], by: str
) -> pl.DataFrame:
    """Find the rows two columns of decisions speak about."""
    found = told.select("same", *sides)
    for side, name in zip(sides, ("one", "other"), strict=True):
        found = found.join(rows.select(pl.col("row").alias(name), pl.col(by).alias(side)), on=side)
    return found.filter((pl.col("one") != pl.col("other")) | ~pl.col("same")).select(
        "same", one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other")
    )


def _check(
    together: list[tuple[int, int]], apart: list[tuple[int, int]], records: list[str]
) -> None:
    """Stop at records that are to be apart although decisions tie them together."""
    group: dict[int, int] = {}

    def first(row: int) -> int:
        while group.setdefault(row, row) != row:
            row = group[row]
        return row

    for one, other in together:
        group[max(first(one), first(other))] = min(first(one), first(other))
    for one, other in apart:
        if first(one) == first(other):
            raise TableError(
                f"{records[one]} und {records[other]} sollen nicht dasselbe sein; andere "
                "Entscheidungen verbinden sie. Eine davon gehört zurückgenommen.",
                table=Decisions.title(),
            )
