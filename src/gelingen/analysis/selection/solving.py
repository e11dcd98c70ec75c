"""The best choice of whole candidates under rows of whole numbers, exactly.

HiGHS searches with floating-point numbers; what it finds is checked in whole numbers. If a row is
missed by a rounding, an inequality that cuts off this choice alone is added and the search goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from gelingen.analysis.selection.pool import Bools, Ints, Row

__all__ = ["Bound", "Search", "bound"]

Floats = npt.NDArray[np.float64]
FOUND, NONE = 0, 2  # what the solver answers
ROUNDS = 100
BLOCK = 20  # candidates whose order is settled at once: 2 ** 20 is far from any rounding
MARGIN = 1e-9  # of the bound: what the solver may err


@dataclass(frozen=True)
class Bound:
    """What no choice exceeds, and what each candidate does to it.

    Attributes:
        most: no choice is worth more.
        gain: (n,) by how much the bound falls if a candidate with a positive gain is left out, or
            one with a negative gain is chosen.
        prices: (rows,) what one unit more of each row would be worth.
        base: (n,) the choice that would be worth the bound if no row were asked.
        open: (n,) about whom there is something to decide.

    """

    most: float
    gain: Floats
    prices: Floats
    base: Bools
    open: Bools

    def doubtful(self, value: float) -> Bools:
        """Tell which candidates a choice worth at least this may decide either way."""
        room = self.most - value + MARGIN * max(1.0, abs(self.most))
        return np.asarray(self.open & (np.abs(self.gain) <= room), dtype=bool)


def bound(
    matrix: Floats, most: Floats, objective: Floats, ends: tuple[Bools, Bools]
) -> Bound | None:
    """Bound the worth of all choices by linear programming.

    Whatever prices the solver gives, the bound holds: it is computed from them anew (weak duality).

    Args:
        matrix: (rows, n).
        most: (rows,).
        objective: (n,) worth of each candidate.
        ends: (n,) who is chosen in any case, and (n,) who may be chosen.

    Returns:
        The bound; None if not even parts of candidates can be chosen.

    """
    low, high = ends
    answer = linprog(
        -objective,
        A_ub=matrix,
        b_ub=most,
        bounds=np.stack([low, high], axis=1).astype(float),
        method="highs-ds",
    )
    if answer.status != FOUND:
        return None
    prices = np.maximum(-answer.ineqlin.marginals, 0.0)
    gain = objective - prices @ matrix
    base = low | (high & (gain > 0))
    return Bound(float(prices @ most + gain @ base), gain, prices, base, low != high)


class Search:
    """A search that is narrowed step by step."""

    def __init__(self, rows: Sequence[Row], size: int) -> None:
        """Begin with rows over `size` candidates, all of them open."""
        self.matrix = np.array([row.coefficients for row in rows], dtype=np.int64)
        self.matrix = self.matrix.reshape(len(rows), size)
        self.most = np.array([row.most for row in rows], dtype=np.int64)
        self.low = np.zeros(size, dtype=bool)
        self.high = np.ones(size, dtype=bool)

    def at_most(self, coefficients: Ints, most: int | Ints) -> None:
        """Demand one thing more, or several: a row of coefficients each."""
        self.matrix = np.vstack([self.matrix, coefficients])
        self.most = np.append(self.most, most)

    def best(self, objective: Ints) -> Bools | None:
        """Find a choice of the largest worth; None if nothing can be chosen."""
        for _ in range(ROUNDS):
            found = self._solve(objective)
            if found is None:
                return None
            over = np.flatnonzero(self.matrix @ found > self.most)
            if not len(over):
                return found
            for row in self.matrix[over]:
                self._never_again(row, found)
        raise ArithmeticError("The solver's rounding was met again and again.")

    def first(self, objectives: Sequence[Ints]) -> Bools | None:
        """Find the choice that is best by the objectives in their order.

        Among equals the one that holds the earliest candidate in which they differ.

        Args:
            objectives: (n,) each, the most important first.

        Returns:
            The only such choice; None if nothing can be chosen.

        """
        found = None
        for objective in objectives:
            found = self.best(objective)
            if found is None:
                return None
            self._keep(objective, found)
        return found if found is None else self._earliest(found)

    def _keep(self, objective: Ints, found: Bools) -> None:
        """Allow only what is worth as much; what cannot be part of it is settled."""
        if not objective.any():
            return
        worth = int(objective @ found)
        matrix, most = self.matrix.astype(float), self.most.astype(float)
        limits = bound(matrix, most, objective.astype(float), (self.low, self.high))
        if limits is not None:
            settled = ~limits.doubtful(worth)
            self.low[settled], self.high[settled] = found[settled], found[settled]
        self.at_most(-objective, -worth)

    def _earliest(self, found: Bools) -> Bools:
        if self._only(found):
            return found
        for start in range(0, len(found), BLOCK):
            block = np.arange(start, min(start + BLOCK, len(found)))
            order = np.zeros(len(found), dtype=np.int64)
            order[block] = 1 << np.arange(len(block))[::-1]
            better = self.best(order)
            found = found if better is None else better
            self.low[block], self.high[block] = found[block], found[block]
        return found

    def _only(self, found: Bools) -> bool:
        """Tell whether nothing else is as good."""
        matrix, most = self.matrix, self.most
        self.at_most(np.where(found, 1, -1).astype(np.int64), int(found.sum()) - 1)
        other = self.best(np.zeros(len(found), dtype=np.int64))
        self.matrix, self.most = matrix, most
        return other is None

    def _never_again(self, row: Ints, found: Bools) -> None:
        """Cut off every choice that misses the row in the same way."""
        part = np.where((row > 0) & found, 1, np.where((row < 0) & ~found, -1, 0))
        self.at_most(part.astype(np.int64), int((part > 0).sum()) - 1)

    def _solve(self, objective: Ints) -> Bools | None:
        if not len(objective):
            return None if (self.most < 0).any() else np.zeros(0, dtype=bool)
        rows = LinearConstraint(self.matrix.astype(float), -np.inf, self.most.astype(float))
        answer = milp(
            -objective.astype(float),
            integrality=np.ones(len(objective)),
            bounds=Bounds(self.low.astype(float), self.high.astype(float)),
            constraints=[rows] if len(self.most) else [],
            options={"mip_rel_gap": 0.0},
        )
        if answer.status == FOUND:
            return np.asarray(np.rint(answer.x) > 0, dtype=bool)
        if answer.status == NONE:
            return None
        raise ArithmeticError(answer.message)
