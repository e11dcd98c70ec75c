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

    Each side of a decision names a record, or a name that holds for all records that are written
    so, but for case, umlauts, punctuation and remarks. Records and names that are not there are
    passed over.

    Returns:
        Pairs that belong together, and pairs that do not, each ordered.

    Raises:
        TableError: decisions contradict each other.

    """
    rows = prepared.rows.select("row", "record", "written")
    told = decisions.frame.with_row_index("decision")
    one, other = (_rows_of(told, side, rows) for side in ("a", "b"))
    pairs = (
        told.select("decision", "same")
        .join(one, on="decision")
        .join(other, on="decision", suffix="_b")
        .filter(pl.col("row") != pl.col("row_b"))
        .select(
            "same", one=pl.min_horizontal("row", "row_b"), other=pl.max_horizontal("row", "row_b")
        )
        .unique()
        .sort("one", "other")
    )
    together = pairs.filter("same").select("one", "other").rows()
    apart = pairs.filter(~pl.col("same")).select("one", "other").rows()
    _check(together, apart, rows["record"].to_list())
    return together, apart


def _rows_of(told: pl.DataFrame, side: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Find the rows that one side of the decisions speaks about."""
    by_key = told.drop_nulls(side).join(rows, left_on=side, right_on="record")
    named = told.filter(pl.col(side).is_null()).drop_nulls(f"name_{side}")
    spelt = named[f"name_{side}"].map_elements(
        lambda name: " ".join(words(name)), return_dtype=pl.String
    )
    by_name = named.with_columns(written=spelt).join(rows, on="written")
    return pl.concat([found.select("decision", "row") for found in (by_key, by_name)])


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
