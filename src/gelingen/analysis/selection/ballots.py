"""Ballots: what groups or persons give to the measures they want, and what those cost.

Rules that share money work on a table of whole numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from gelingen.errors import UserError

__all__ = ["Ballots", "Number", "Table"]

Number = int | Fraction | Decimal
# Whole numbers: int64, or Python's own where sums might not fit.
Wholes = npt.NDArray[Any]
FITS = 2**62


@dataclass(frozen=True)
class Ballots:
    """What is wanted by whom, and at what cost.

    Attributes:
        costs: (candidates,) at least 0. Their order is the order of results without another.
        points: (voters,) for each group or person the points of what it wants, above 0; 1 each if
            it only says which. What is absent gets none.
        weights: (voters,) how much a voter counts, at least 0; one that is absent counts 1.

    Raises:
        UserError: a negative number, or points for something that is not a candidate.

    """

    costs: Mapping[str, Number]
    points: Mapping[str, Mapping[str, Number]]
    weights: Mapping[str, Number] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = {value for given in self.points.values() for value in given.values()}
        if any(value < 0 for value in {*self.costs.values(), *self.weights.values(), *values}):
            raise UserError("Kosten, Punkte und Gewichte dürfen nicht negativ sein.")
        unknown = set().union(*self.points.values()) - self.costs.keys()
        if unknown:
            names = ", ".join(sorted(unknown))
            raise UserError(f"Punkte für etwas, das nicht zur Wahl steht: {names}.")

    @cached_property
    def table(self) -> "Table":
        """The ballots as whole numbers."""
        return Table.of(self)


@dataclass(frozen=True)
class Table:
    """Ballots as whole numbers; one row for each voter with a weight.

    Attributes:
        candidates: keys in the order of the columns.
        money: what one unit of cost is in the money of the ballots: 1 / money.
        costs: cost of each candidate in such units.
        shares: (rows,) weight of each voter, in units of 1 / unit.
        unit: see there.
        points: (candidates, rows) in units of 1 / point.
        point: see there.
        row_of: row of each voter.

    """

    candidates: tuple[str, ...]
    money: int
    costs: tuple[int, ...]
    shares: Wholes
    unit: int
    points: Wholes
    point: int
    row_of: dict[str, int]

    @classmethod
    def of(cls, ballots: Ballots) -> "Table":
        """Make the table; takes time in proportion to the points given."""
        money, unit = _unit(ballots.costs.values()), _unit(ballots.weights.values())
        weights = {voter: ballots.weights.get(voter, 1) for voter in ballots.points}
        given = [points for voter, points in ballots.points.items() if weights[voter]]
        shares = [int(weight * unit) for weight in weights.values() if weight]
        at = {candidate: number for number, candidate in enumerate(ballots.costs)}
        columns = [at[candidate] for points in given for candidate in points]
        values = [value for points in given for value in points.values()]
        point = _unit(values)
        scale = {value: int(value * point) for value in set(values)}
        fits = sum(shares) * max([1, *scale.values()]) < FITS
        table = np.zeros((len(at), len(shares)), dtype=np.int64 if fits else object)
        places = np.repeat(np.arange(len(given)), [len(points) for points in given])
        table[np.array(columns, dtype=np.intp), places] = [scale[value] for value in values]
        return cls(
            candidates=tuple(at),
            money=money,
            costs=tuple(int(cost * money) for cost in ballots.costs.values()),
            shares=np.array(shares, dtype=table.dtype),
            unit=unit,
            points=table,
            point=point,
            row_of={
                voter: row for row, voter in enumerate(each for each in weights if weights[each])
            },
        )


def _unit(values: Iterable[Number]) -> int:
    """Find the smallest number that makes all values whole."""
    return lcm(*{Fraction(value).denominator for value in set(values)})
