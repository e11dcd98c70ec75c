"""Purses: how the Method of Equal Shares spends, exactly and still fast.

Every unit of weight begins with the same share of the money. A candidate is bought by its
supporters at a price per point: each pays its points times the price, or all it has left if that is
less. Bought is what has the lowest price (per point, or per point and euro of its cost).

Fast, because a price never falls, so that one known from earlier rounds is a lower bound, and
because estimates in floating point with a margin far above their error rule out nearly all
candidates. Exact, because what decides is computed in whole numbers: as long as somebody has money
left, it paid the full price of everything it wanted, so what it has is the first share less its
points times the prices so far. A sum over many purses then needs one whole number per price.
"""

import heapq
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

import numpy as np
import numpy.typing as npt

from gelingen.analysis.selection.ballots import Table, Wholes
from gelingen.analysis.selection.rounds import Offer

__all__ = ["Purchase", "Purses"]

Rows = npt.NDArray[np.bool_]
# What an estimate may be off, as part of all money: far above what rounding can add up to.
MARGIN = 1e-9


@dataclass(frozen=True, slots=True)
class Purchase:
    """A candidate bought.

    Attributes:
        column: which.
        price: what each unit of weight pays per point.
        emptied: (rows,) the rows that gave all they had left, because that was less.

    """

    column: int
    price: Fraction
    emptied: npt.NDArray[np.intp]


class Purses:
    """What everybody has left, and what that can buy; rate: the price per point.

    If benefit is counted by cost, the rate is the price per point and unit of cost.

    Args:
        table: the ballots.
        spread: money in units of the table's costs, shared equally among all weight.
        budget: what may be spent in all; a candidate that exceeds the rest is passed over.
        by_cost: whether a candidate's benefit is its points times its cost.

    """

    def __init__(
        self, table: Table, spread: Fraction, budget: Fraction, *, by_cost: bool = False
    ) -> None:
        self.table = table
        self.bought: list[Purchase] = []
        self._by_cost = by_cost
        self._rest = budget
        self._share = spread / max(int(table.shares.sum()), 1)
        # The first share and all prices so far, as numerators of one denominator.
        self._numerators, self._denominator = [self._share.numerator], self._share.denominator
        self._slack = MARGIN * float(spread)
        self._weight_of_all = float(max(int(table.shares.sum()), 1))
        self._left = np.full(len(table.shares), float(self._share))
        self._empty = np.zeros(len(table.shares), dtype=np.bool_)
        self._price = [0.0] * len(table.costs)
        self._poor: dict[int, Rows] = {}
        self._support = [_Support.of(table, column) for column in range(len(table.costs))]
        self._queue: list[tuple[float, int, int]] = []
        for column, support in enumerate(self._support):
            if support.total and table.costs[column]:
                heapq.heappush(self._queue, (0.0, 0, column))

    def offer(self) -> Offer | None:
        """Find what can be bought at the lowest price; None if nothing can."""
        best: Fraction | None = None
        prices: dict[int, Fraction] = {}
        ceiling, this_round = np.inf, len(self.bought) + 1
        while self._queue and self._queue[0][0] <= ceiling:
            _, seen, column = heapq.heappop(self._queue)
            if self.table.costs[column] > self._rest:
                continue
            if seen != this_round:
                if (bound := self._estimate(column)) is not None:
                    heapq.heappush(self._queue, (bound, this_round, column))
                continue
            price = self._exact_price(column)
            if price is not None:
                prices[column] = price / self._benefit(column)
                best = prices[column] if best is None else min(best, prices[column])
                ceiling = float(best) * (1 + MARGIN)
        for column, rate in prices.items():
            heapq.heappush(self._queue, (float(rate) * (1 - MARGIN), 0, column))
        if best is None:
            return None
        return Offer(best, tuple(sorted(c for c, rate in prices.items() if rate == best)))

    def take(self, column: int, rate: Fraction) -> None:
        """Let the supporters of one of those offered pay for it."""
        support, price = self._support[column], rate * self._benefit(column)
        poor = self._poor[column]
        self._left[support.rows] -= float(price) * support.points
        emptied = support.rows[poor & ~self._empty[support.rows]]
        self._left[support.rows[poor]] = 0.0
        self._empty[emptied] = True
        self._rest -= self.table.costs[column]
        self.bought.append(Purchase(column, price, emptied))
        self._queue = [entry for entry in self._queue if entry[2] != column]
        heapq.heapify(self._queue)
        common = lcm(self._denominator, price.denominator)
        times = common // self._denominator
        self._numerators = [each * times for each in self._numerators]
        self._numerators.append(-price.numerator * (common // price.denominator))
        self._denominator = common

    def left(self, rows: Wholes, weights: Wholes) -> Fraction:
        """Add up exactly what some rows have left, each with a weight in whole numbers."""
        full = ~self._empty[rows]
        rows, weights = rows[full], weights[full]
        columns = [purchase.column for purchase in self.bought]
        counts = [
            weights.sum(),
            *(self.table.points[np.ix_(np.array(columns, dtype=np.intp), rows)] @ weights),
        ]
        return Fraction(sum(map(mul, map(int, counts), self._numerators)), self._denominator)

    def payments(self) -> list[dict[int, Fraction]]:
        """Tell what each unit of weight of every row has paid, by column, in the order bought."""
        paid: list[dict[int, Fraction]] = [{} for _ in self.table.shares]
        emptied: set[int] = set()
        for purchase in self.bought:
            now = set(purchase.emptied.tolist())
            for row in set(self._support[purchase.column].rows.tolist()) - emptied - now:
                points = int(self.table.points[purchase.column, row])
                paid[row][purchase.column] = purchase.price * points
            for row in now:
                paid[row][purchase.column] = self._share - sum(paid[row].values())
            emptied |= now
        return [{column: each for column, each in row.items() if each} for row in paid]

    def each(self) -> list[Fraction]:
        """Tell what each unit of weight of every row has left."""
        rows, one = np.arange(len(self.table.shares)), np.ones_like(self.table.shares[:1])
        return [self.left(rows[row : row + 1], one) for row in rows]

    def together(self, column: int) -> Fraction:
        """Add up exactly what all supporters of a candidate have left."""
        rows = self._support[column].rows
        return self.left(rows, self.table.shares[rows])

    def _benefit(self, column: int) -> int:
        return self.table.costs[column] if self._by_cost else 1

    def _estimate(self, column: int) -> float | None:
        """Estimate a lower bound of the rate and who is poor at it; None: can never be bought.

        Those who cannot pay the price in full pay what they have, so that it rises for the others,
        until nobody more becomes poor.
        """
        support, cost = self._support[column], self.table.costs[column]
        left = self._left[support.rows]
        money = support.weight * left
        if money.sum() < cost - self._slack:
            return None
        price, last = self._price[column], -1.0
        while price > last:
            poor = left < price * support.points
            rich = float(support.weighted[~poor].sum())
            if not rich:  # too close to tell
                break
            last, price = price, (cost - float(money[poor].sum())) / rich
        self._poor[column] = poor
        if rich:
            self._price[column] = max(0.0, price - self._slack / rich)
        return self._price[column] * (1 - MARGIN) / self._benefit(column)

    def _exact_price(self, column: int) -> Fraction | None:
        """Compute the price; None if the supporters do not have enough.

        Newton's method on what is paid at a price: whatever rows are taken as poor at first, the
        price found is too low at most, and from there it rises to the right one.
        """
        support, poor = self._support[column], self._poor[column]
        if poor.all():
            poor = np.zeros_like(poor)
        while not poor.all():
            rows = support.rows[poor]
            missing = self.table.costs[column] - self.left(rows, self.table.shares[rows])
            price = missing / int(support.exact_weighted[~poor].sum())
            self._poor[column] = again = self._poor_at(price, support)
            if (again == poor).all():
                return price
            poor = again
        return None

    def _poor_at(self, price: Fraction, support: "_Support") -> Rows:
        """Tell who has less than a price asks for; exactly where an estimate does not tell."""
        gap = self._left[support.rows] - float(price) * support.points
        poor: Rows = gap < 0
        for at in np.flatnonzero(np.abs(gap) * self._weight_of_all <= self._slack):
            row = support.rows[at : at + 1]
            has = self.left(row, np.ones_like(self.table.shares[row]))
            poor[at] = has < price * int(support.exact_points[at])
        return poor


@dataclass(frozen=True, slots=True)
class _Support:
    """The rows that want a candidate: with their points, and the points times their weight."""

    rows: npt.NDArray[np.intp]
    points: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    weighted: npt.NDArray[np.float64]
    exact_points: Wholes
    exact_weighted: Wholes
    total: int

    @classmethod
    def of(cls, table: Table, column: int) -> "_Support":
        rows = np.flatnonzero(table.points[column])
        points, weight = table.points[column][rows], table.shares[rows]
        weighted = points * weight
        return cls(
            rows,
            points.astype(np.float64),
            weight.astype(np.float64),
            weighted.astype(np.float64),
            points,
            weighted,
            int(weighted.sum()),
        )
