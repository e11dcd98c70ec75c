"""What an outsider can compute: the least and the most of each hidden cell.

The outsider knows all shown cells, all sums and the least each hidden cell can be. Both ends of an
interval are proved by a whole table of whole numbers that fits everything known; it is checked in
whole numbers, so no rounding of the solver can make a cell look better hidden than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from gelingen.analysis.disclosure.world import Bools, Ints, System

__all__ = ["OPEN", "Intervals", "intervals"]

OPEN = -1  # an interval without a most
BLOCK = 4_000  # unknowns in one call of the solver
NODES = 2_000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Intervals:
    """What an outsider can compute.

    Attributes:
        cells: (k,) positions of the cells asked about.
        low: (k,) the least.
        high: (k,) the most, OPEN where there is none.

    """

    cells: Ints
    low: Ints
    high: Ints

    def widths(self) -> Ints:
        """Give the widths; open ones are as wide as numbers go."""
        return np.where(self.high == OPEN, np.iinfo(np.int64).max, self.high - self.low)


def intervals(system: System, hidden: Bools, cells: Sequence[int] | Ints) -> Intervals:
    """Compute the intervals of hidden cells.

    Args:
        system: all cells and sums.
        hidden: (n,) which cells are not shown.
        cells: positions of the cells asked about; all are hidden.

    Returns:
        Intervals that are never wider than what an outsider is left with.

    """
    asked = np.asarray(cells, dtype=np.int64)
    puzzle = _Puzzle(system, hidden)
    step = max(1, BLOCK // (2 * max(1, puzzle.size)))
    parts = [puzzle.ends(asked[at : at + step]) for at in range(0, len(asked), step)]
    ends = np.concatenate(parts) if parts else np.zeros((0, 2), dtype=np.int64)
    high = np.where(ends[:, 1] > puzzle.bounded, OPEN, ends[:, 1])
    return Intervals(asked, ends[:, 0], high)


class _Puzzle:
    """The hidden cells, the sums they stand in, and what those sums must come to."""

    def __init__(self, system: System, hidden: Bools) -> None:
        self.where = np.flatnonzero(hidden)
        self.size = len(self.where)
        self.at = np.full(len(hidden), -1)
        self.at[self.where] = np.arange(self.size)
        part = system.matrix[:, self.where]
        rows = np.flatnonzero(np.diff(part.indptr))
        self.matrix = part[rows]
        self.true = system.values[self.where]
        self.right = self.matrix @ self.true
        # A hidden cell that is less than an outsider believes is no riddle but a wrong belief.
        self.least = np.minimum(system.floor[self.where], self.true)
        self.bounded = int(system.values.sum())
        self.most = 10 * self.bounded + 1_000

    def ends(self, cells: Ints) -> Ints:
        """Give the least and the most of some cells in one call of the solver."""
        at = self.at[cells]
        tables = self._solve(at)
        found = np.empty((len(at), 2), dtype=np.int64)
        for number, cell in enumerate(at):
            for side, sign in enumerate((1, -1)):
                table = np.rint(tables[2 * number + side]).astype(np.int64)
                if not self._fits(table):
                    table = self._whole(cell, sign)
                found[number, side] = table[cell]
        return found

    def _solve(self, at: Ints) -> Floats:
        """Find, cell after cell, a table with the least and one with the most of it."""
        blocks = 2 * len(at)
        cost = np.zeros((blocks, self.size))
        cost[np.arange(0, blocks, 2), at] = 1.0
        cost[np.arange(1, blocks, 2), at] = -1.0
        answer = linprog(
            cost.ravel(),
            A_eq=sparse.kron(sparse.eye_array(blocks), self.matrix, format="csr"),
            b_eq=np.tile(self.right, blocks),
            bounds=np.column_stack(
                [np.tile(self.least, blocks), np.full(cost.size, float(self.most))]
            ),
            method="highs-ds",
        )
        found = np.zeros(cost.size) if answer.x is None else answer.x
        return np.asarray(found, dtype=np.float64).reshape(blocks, self.size)

    def _whole(self, cell: int, sign: int) -> Ints:
        """Search among whole numbers alone; what is not found counts as known exactly."""
        cost = np.zeros(self.size)
        cost[cell] = sign
        answer = milp(
            cost,
            integrality=np.ones(self.size),
            bounds=Bounds(self.least, np.full(self.size, self.most)),
            constraints=LinearConstraint(self.matrix, self.right, self.right),
            options={"node_limit": NODES},
        )
        table = self.true if answer.x is None else np.rint(answer.x).astype(np.int64)
        return table if self._fits(table) else self.true

    def _fits(self, table: Ints) -> bool:
        return bool(
            (self.matrix @ table == self.right).all()
            and (table >= self.least).all()
            and (table <= self.most).all()
        )
