"""Demand and secured supply of very many cells, on one day or a series of days.

For a whole state: every supply belongs to one cell, nothing is shared among cells. For a county,
where structures serve many cells, see `coverage`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from gelingen.analysis.money import running
from gelingen.analysis.tables import Column, Table

__all__ = ["Balance", "CellBalances", "CellDemands", "CellSupplies", "balance"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
EPOCH = date(1970, 1, 1)
KEYS = ("topic", "target_group", "place")
BEGINNING, NEVER = -(2**31), 2**31 - 1
ROUNDING = 1e-9
# Codes lie close together if they span at most twice as many as a sample of the rows shows.
CLOSE, SAMPLE = 2, 20_000


class CellDemands(Table):
    """Bedarf je Zelle: one row per need, with one cell and one period."""

    need = Column(pl.String, "Kennung des Bedarfs")
    topic = Column(pl.Categorical, "Kennung des Themenfelds")
    target_group = Column(pl.Categorical, "Kennung der Zielgruppe")
    place = Column(pl.Categorical, "Amtlicher Schlüssel")
    quantity = Column(pl.Float64, "Menge", "Personen", bounds=(0, float("inf")))
    starts = Column(pl.Date, "Besteht ab; leer: schon immer", nullable=True)
    ends = Column(pl.Date, "Erster Tag ohne den Bedarf; leer: auf Dauer", nullable=True)


class CellSupplies(Table):
    """Angebot je Zelle: one row per structure, cell and period of secured money."""

    structure = Column(pl.String, "Kennung der Struktur")
    topic = Column(pl.Categorical, "Kennung des Themenfelds")
    target_group = Column(pl.Categorical, "Kennung der Zielgruppe")
    place = Column(pl.Categorical, "Amtlicher Schlüssel")
    capacity = Column(pl.Float64, "Gesicherte Kapazität", "Personen", bounds=(0, float("inf")))
    starts = Column(pl.Date, "Erster gesicherter Tag; leer: schon immer", nullable=True)
    ends = Column(pl.Date, "Erster Tag danach; leer: auf Dauer", nullable=True)


class CellBalances(Table):
    """Bilanz je Zelle: one row per cell with demand or supply."""

    topic = Column(pl.Categorical, "Kennung des Themenfelds")
    target_group = Column(pl.Categorical, "Kennung der Zielgruppe")
    place = Column(pl.Categorical, "Amtlicher Schlüssel")
    demand = Column(pl.Float64, "Bedarf", "Personen")
    supply = Column(pl.Float64, "Gesicherte Kapazität", "Personen")
    unmet = Column(pl.Float64, "Ungedeckt", "Personen")


@dataclass(frozen=True)
class Balance:
    """Demand and supply by day and cell.

    Attributes:
        days: the days asked about, in order.
        cells: topic, target_group, place of each cell.
        demand: (days, cells).
        supply: (days, cells).

    """

    days: tuple[date, ...]
    cells: pl.DataFrame
    demand: Floats
    supply: Floats

    @cached_property
    def unmet(self) -> Floats:
        """Give what supply leaves of demand, (days, cells); surplus elsewhere does not help."""
        return np.maximum(self.demand - self.supply, 0.0)

    def on(self, day: date) -> CellBalances:
        """Give the cells with demand or supply on one of the days, in the order of the cells."""
        row = self.days.index(day)
        demand, supply = self.demand[row], self.supply[row]
        figures = self.cells.with_columns(
            demand=demand, supply=supply, unmet=np.maximum(demand - supply, 0.0)
        )
        return CellBalances(figures.filter((demand > 0) | (supply > 0)))


def balance(demands: CellDemands, supplies: CellSupplies, *, days: Sequence[date]) -> Balance:
    """Sum demand and supply by cell on each of some days.

    Args:
        demands: n rows.
        supplies: m rows.
        days: at least one.

    Returns:
        Days in ascending order; cells ordered by topic, target group, place as these first entered
        the data, which is stable for the same input.

    """
    ordered = tuple(sorted(set(days)))
    codes = [_Codes.of(demands.frame[key], supplies.frame[key]) for key in KEYS]
    sizes = [len(code.values) for code in codes]
    sides = []
    for frame, amount in ((demands.frame, "quantity"), (supplies.frame, "capacity")):
        rows = frame if len(ordered) > 1 else frame.filter(running(ordered[0]))
        place = _positions(
            [code.apply(rows[key]) for code, key in zip(codes, KEYS, strict=True)], sizes
        )
        sides.append(_summed(rows, place, rows[amount].to_numpy(), ordered, int(np.prod(sizes))))
    return Balance(ordered, _cells(codes, sizes), *sides)


@dataclass(frozen=True)
class _Codes:
    """The values of a key on both sides, numbered from 0 in the order of their internal codes.

    Codes that lie close together are only shifted; only those with wide holes are numbered anew,
    which costs two more passes over all rows.
    """

    values: pl.Series
    first: int
    numbers: Ints | None

    @classmethod
    def of(cls, *columns: pl.Series) -> "_Codes":
        """Give the values of a key their numbers."""
        physical = [codes for c in columns if len(codes := c.to_physical().to_numpy())]
        first = min((int(codes.min()) for codes in physical), default=0)
        end = max((int(codes.max()) + 1 for codes in physical), default=0)
        kept, numbers = np.arange(first, end), None
        some = {int(code) for codes in physical for code in codes[:SAMPLE]}
        if end - first > CLOSE * len(some):
            present = np.zeros(end - first, dtype=bool)
            for codes in physical:
                present[codes - first] = True
            kept, numbers = np.flatnonzero(present) + first, np.cumsum(present) - 1
        values = pl.Series(kept, dtype=pl.UInt32).cat.to(pl.Categorical)
        return cls(values.alias(columns[0].name), first, numbers)

    def apply(self, column: pl.Series) -> Ints:
        """Give the number of each row's value."""
        shifted: Ints = column.to_physical().to_numpy().astype(np.int64) - self.first
        return shifted if self.numbers is None else self.numbers[shifted]


def _positions(columns: Sequence[Ints], sizes: Sequence[int]) -> Ints:
    """Give each row the number of its cell; the first key changes slowest."""
    position = columns[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        position = position * size + column
    return position


def _cells(codes: Sequence[_Codes], sizes: Sequence[int]) -> pl.DataFrame:
    """List all cells in the order of their numbers."""
    everything = np.unravel_index(np.arange(int(np.prod(sizes))), sizes)
    return pl.DataFrame(
        [code.values.gather(index) for code, index in zip(codes, everything, strict=True)]
    )


def _summed(
    frame: pl.DataFrame, cell: Ints, amount: Floats, days: Sequence[date], cells: int
) -> Floats:
    """Sum amounts by day and cell: entered on the first day they hold, taken out after the last.

    For a single day the rows hold on that day already.
    """
    if len(days) == 1:
        return _bincount(cell, amount, cells)[np.newaxis]
    numbers = np.array([(day - EPOCH).days for day in days], dtype=np.int64)
    starts = frame["starts"].to_physical().fill_null(BEGINNING).to_numpy()
    ends = frame["ends"].to_physical().fill_null(NEVER).to_numpy()
    enters, leaves = _first_from(starts, numbers), _first_from(ends, numbers)
    changes = _bincount(
        np.concatenate([enters * cells + cell, leaves * cells + cell]),
        np.concatenate([amount, -amount]),
        (len(days) + 1) * cells,
    ).reshape(len(days) + 1, cells)
    for day in range(1, len(days)):
        changes[day] += changes[day - 1]
    # What was entered and taken out again leaves a rest of rounding that is no amount.
    changes[np.abs(changes) < ROUNDING] = 0.0
    return changes[:-1]


def _first_from(when: npt.NDArray[np.int32], days: Ints) -> Ints:
    """Find the position of the first of the days that is not before each date."""
    calendar = np.searchsorted(days, np.arange(days[0], days[-1] + 2))
    positions: Ints = calendar[np.clip(when, days[0], days[-1] + 1) - days[0]]
    return positions


def _bincount(positions: Ints, amounts: Floats, size: int) -> Floats:
    return np.bincount(positions, amounts, size).astype(np.float64, copy=False)
