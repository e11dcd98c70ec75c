"""Belonging: what lies above an organisation, and that nothing outlives the organisation it has."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import polars as pl

from gelingen.analysis.schema import Actors
from gelingen.analysis.tables import Table, TableError

__all__ = ["end_with", "ends_of", "kin", "lines"]

T = TypeVar("T", bound=Table)


def lines(actors: Actors) -> dict[str, tuple[str, ...]]:
    """Give for each organisation itself and all that lie above it, the nearest first.

    Raises:
        TableError: an organisation lies above itself.

    """
    above = dict(actors.frame.select("organisation", "above").rows())
    found: dict[str, tuple[str, ...]] = {}
    for organisation in above:
        line = [organisation]
        while (parent := above.get(line[-1])) is not None:
            if parent in line:
                raise TableError(f"„{parent}“ gehört zu sich selbst.", table=actors.title())
            line.append(parent)
        found[organisation] = tuple(line)
    return found


def kin(actors: Actors) -> pl.DataFrame:
    """List the pairs of a unit and an organisation above it, as low and high in the alphabet."""
    pairs = {
        (min(line[0], member), max(line[0], member))
        for line in lines(actors).values()
        for member in line[1:]
    }
    schema = {"low": pl.String, "high": pl.String}
    return pl.DataFrame(sorted(pairs), schema=schema, orient="row")


def ends_of(actors: Actors) -> dict[str, date]:
    """Give the first day without each organisation of which an end is known.

    A unit ends at the latest with the organisation it belongs to.

    Raises:
        TableError: an organisation lies above itself.

    """
    own = dict(actors.frame.select("organisation", "ends").rows())
    known = {
        organisation: [end for member in line if (end := own.get(member)) is not None]
        for organisation, line in lines(actors).items()
    }
    return {organisation: min(ends) for organisation, ends in known.items() if ends}


def end_with(table: T, ends: Mapping[str, date], *, by: Sequence[str]) -> T:
    """End each row at the latest with what it hangs on; one that begins later never holds.

    Args:
        table: a table with starts and ends.
        ends: the first day without each thing that ends, by key.
        by: the columns with the keys of the things each row hangs on.

    Returns:
        The same rows in the same order.

    """
    if not ends:
        return table
    over = pl.min_horizontal(
        pl.col(name).replace_strict(ends, default=None, return_dtype=pl.Date) for name in by
    )
    sooner = over < pl.col("ends").fill_null(date.max)
    last = pl.when(sooner).then(pl.max_horizontal(over, "starts")).otherwise("ends")
    return type(table)(table.frame.with_columns(ends=last))
