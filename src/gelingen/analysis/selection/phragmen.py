"""Phragmén's sequential rule: everybody earns alike, and who can pay together buys.

All earn money at the same pace. As soon as the supporters of a candidate have its cost together,
it is chosen and they have nothing left. See M. Brill, R. Freeman, S. Janson and M. Lackner,
"Phragmén's voting methods and justified representation", Mathematical Programming 203 (2024). Only
who wants what counts, not how many points.
"""

import heapq
from fractions import Fraction
from math import inf, lcm

import numpy as np

from gelingen.analysis.selection.ballots import Table, Wholes
from gelingen.analysis.selection.rounds import Offer

__all__ = ["Loads"]

MARGIN = 1e-9


class Loads:
    """When everybody last had nothing, and whose money next suffices; rate: at which time.

    Args:
        table: the ballots.
        budget: money in units of the table's costs.
        start: (rows,) at which time each row had nothing; by default 0. Earlier is who has some
            already, though not enough for anything.
        taken: columns already chosen.
        skip: whether to go on without what the rest of the budget does not pay for; otherwise that
            is the end.

    """

    def __init__(
        self,
        table: Table,
        budget: Fraction,
        *,
        start: list[Fraction] | None = None,
        taken: frozenset[int] = frozenset(),
        skip: bool = False,
    ) -> None:
        self.table = table
        self._budget = budget - sum(table.costs[column] for column in taken)
        self._skip = skip
        begins = [Fraction(0)] * len(table.shares) if start is None else start
        self._denominator = lcm(*(each.denominator for each in begins))
        # Numerators of one denominator, as Python's own numbers: they grow.
        self._since: Wholes = np.array([int(t * self._denominator) for t in begins], dtype=object)
        self._rows = [np.flatnonzero(points) for points in table.points]
        self._weights = [table.shares[rows].astype(object) for rows in self._rows]
        self._queue = [
            (0.0, column)
            for column, rows in enumerate(self._rows)
            if len(rows) and column not in taken and table.costs[column] <= self._budget
        ]

    def offer(self) -> Offer | None:
        """Find whose money suffices first; None at the end."""
        times: dict[int, Fraction] = {}
        ceiling = inf
        while self._queue and self._queue[0][0] <= ceiling:
            _, column = heapq.heappop(self._queue)
            if self._skip and self.table.costs[column] > self._budget:
                continue
            times[column] = self._time(column)
            ceiling = min(ceiling, float(times[column]) * (1 + MARGIN))
        for column, time in times.items():
            heapq.heappush(self._queue, (float(time) * (1 - MARGIN), column))
        if not times:
            return None
        first = min(times.values())
        tied = tuple(sorted(column for column, time in times.items() if time == first))
        if any(self.table.costs[column] > self._budget for column in tied):
            return None
        return Offer(first, tied)

    def take(self, column: int, rate: Fraction) -> None:
        """Choose one of those offered."""
        common = lcm(self._denominator, rate.denominator)
        self._since *= common // self._denominator
        self._since[self._rows[column]] = rate.numerator * (common // rate.denominator)
        self._denominator = common
        self._budget -= self.table.costs[column]
        self._queue = [entry for entry in self._queue if entry[1] != column]
        heapq.heapify(self._queue)

    def each(self) -> list[Fraction]:
        """Tell for each row when it last had nothing."""
        return [Fraction(int(since), self._denominator) for since in self._since]

    def _time(self, column: int) -> Fraction:
        """Compute when the supporters of a candidate have its cost together."""
        weights = self._weights[column]
        earlier = Fraction(int(weights @ self._since[self._rows[column]]), self._denominator)
        return (earlier + self.table.costs[column]) / int(weights.sum())
