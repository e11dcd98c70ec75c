"""Counts over declared dimensions, with every margin and every sum that holds among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import polars as pl

from gelingen.analysis.tables import Column, Table, TableError

__all__ = ["CountTable", "Counts", "Dimension", "Sums", "cross_table"]

ALL = ""  # the key of the cell that counts everything
BETWEEN = ";"


class Counts(Table):
    """Zählung: one row per cell, margins too."""

    cell = Column(pl.String, "Kennung der Zelle, etwa place=09473112;topic=sprache; leer: alle")
    count = Column(pl.Int64, "Anzahl, mindestens 0")


class Sums(Table):
    """Summen: one row per part of a sum; a cell may be the total of several sums."""

    sum = Column(pl.Int64, "Nummer der Summe")
    total = Column(pl.String, "Kennung der Zelle mit der Summe")
    part = Column(pl.String, "Kennung der Zelle, die in sie eingeht")


@dataclass(frozen=True)
class Dimension:
    """One side of a table.

    Attributes:
        name: column of the records, such as place.
        values: all values a record may have; none lies inside another.
        inside: the group in which a value or a group lies, where there is one.

    """

    name: str
    values: tuple[str, ...]
    inside: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> dict[str, list[str]]:
        """List what each group consists of, inner groups first; ALL is the last."""
        found: dict[str, list[str]] = {ALL: []}
        waiting = list(self.values)
        for value in waiting:
            group = self.inside.get(value, ALL)
            if group not in found:
                found[group] = []
                waiting.append(group)
            found[group].append(value)
        return dict(sorted(found.items(), key=lambda item: -self._depth(item[0])))

    def _depth(self, value: str) -> int:
        return 0 if value == ALL else 1 + self._depth(self.inside.get(value, ALL))

    def all_values(self) -> list[str]:
        """List values, groups and ALL."""
        return [*self.values, *self.parts()]


@dataclass(frozen=True)
class CountTable:
    """Counts and the sums that hold among them.

    Attributes:
        counts: every cell that may be published.
        sums: how cells add up.
        universe: whom or what was counted and when, such as "Befragung 2019, 1. Quartal"; tables
            with the same words share their cells.
        contains: universes published earlier whose members are all among these.
        inside: universes published earlier that contain all of these.

    Raises:
        TableError: a cell stands twice, is below 0 or is missing, or a sum does not hold.

    """

    counts: Counts
    sums: Sums
    universe: str = "alle"
    contains: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that the table adds up."""
        cells = self.counts.frame
        for problem, bad in (
            ("Diese Zelle steht zweimal.", cells["cell"].is_duplicated()),
            ("Eine Anzahl ist mindestens 0.", cells["count"] < 0),
        ):
            if bad.any():
                raise TableError(problem, table=Counts.title(), row=bad.arg_max())
        values = self.values()
        for total, parts in self.equations():
            if missing := [cell for cell in (total, *parts) if cell not in values]:
                raise TableError(f"Die Zelle {missing[0]} fehlt.", table=Counts.title())
            if values[total] != sum(values[part] for part in parts):
                raise TableError(
                    f"Die Teile von „{total or 'alle'}“ ergeben nicht die Summe.",
                    table=Sums.title(),
                )

    def values(self) -> dict[str, int]:
        """Give the count of each cell."""
        return dict(self.counts.frame.rows())

    def equations(self) -> list[tuple[str, tuple[str, ...]]]:
        """Give each sum as its total and its parts."""
        grouped = self.sums.frame.group_by("sum", "total", maintain_order=True).agg("part")
        return [(total, tuple(parts)) for _, total, parts in grouped.rows()]


def cross_table(
    records: pl.DataFrame,
    dimensions: Sequence[Dimension],
    *,
    universe: str = "alle",
    contains: tuple[str, ...] = (),
    inside: tuple[str, ...] = (),
) -> CountTable:
    """Count records over dimensions, with all groups and margins.

    Args:
        records: one row per counted thing with a column per dimension; a column `count` says how
            many a row stands for.
        dimensions: the sides of the table; none means the number of all records.
        universe: see `CountTable`.
        contains: see `CountTable`.
        inside: see `CountTable`.

    Returns:
        Every combination of values, groups and margins, also those with count 0. The key of a cell
        names its dimensions in alphabetical order and leaves out those that are summed over, so
        tables of the same universe have the same margins.

    Raises:
        TableError: a record has a value that the dimension does not know.

    """
    names = [dimension.name for dimension in dimensions]
    for dimension in dimensions:
        _check(records, dimension)
    weight = pl.col("count").sum() if "count" in records.columns else pl.len()
    grouped = records.group_by(names).agg(weight) if names else records.select(weight)
    values: dict[tuple[str, ...], int] = {tuple(row[:-1]): int(row[-1]) for row in grouped.rows()}
    sums = []
    for at, dimension in enumerate(dimensions):
        # Later sides are summed over last, so their groups do not exist yet.
        sides = [d.all_values() for d in dimensions[:at]], [d.values for d in dimensions[at + 1 :]]
        for before, after in product(product(*sides[0]), product(*sides[1])):
            for group, parts in dimension.parts().items():
                values[*before, group, *after] = sum(
                    values.setdefault((*before, part, *after), 0) for part in parts
                )
    for number, total, cells in _sums(dimensions):
        sums += [(number, _key(names, total), _key(names, cell)) for cell in cells]
    rows = sorted((_key(names, cell), count) for cell, count in values.items())
    return CountTable(Counts.from_rows(rows), Sums.from_rows(sums), universe, contains, inside)


def _check(records: pl.DataFrame, dimension: Dimension) -> None:
    strange = ~records[dimension.name].is_in(dimension.values).fill_null(value=False)
    if strange.any():
        stands = records[dimension.name][strange.arg_max() or 0]
        raise TableError(
            f"„{stands or ''}“ gehört nicht zu den Werten dieser Seite der Tabelle.",
            column=dimension.name,
            row=strange.arg_max(),
        )


def _sums(
    dimensions: Sequence[Dimension],
) -> Iterator[tuple[int, tuple[str, ...], list[tuple[str, ...]]]]:
    """List all sums with a number; each leads along one side of the table."""
    number = 0
    for at, dimension in enumerate(dimensions):
        others = [d.all_values() for d in (*dimensions[:at], *dimensions[at + 1 :])]
        for rest in product(*others):
            before, after = rest[:at], rest[at:]
            for group, parts in dimension.parts().items():
                cells = [(*before, part, *after) for part in parts]
                yield number, (*before, group, *after), cells
                number += 1


def _key(names: Sequence[str], cell: tuple[str, ...]) -> str:
    pairs = sorted(zip(names, cell, strict=True))
    return BETWEEN.join(f"{name}={value}" for name, value in pairs if value != ALL)
