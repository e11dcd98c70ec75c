"""Plain ranking with cut-off: most points first, as long as the money lasts."""

from collections.abc import Iterable
from fractions import Fraction

from gelingen.analysis.selection.ballots import Table
from gelingen.analysis.selection.rounds import Offer

__all__ = ["Greedy"]


class Greedy:
    """Who is next by points; rate: the points of all, or those per unit of cost.

    What the rest of the money does not pay for is passed over.

    Args:
        table: the ballots.
        budget: money in units of the table's costs.
        per_cost: whether points count per unit of cost.
        taken: columns already chosen.
        unwanted: whether what has no points may follow at the end.

    """

    def __init__(
        self,
        table: Table,
        budget: Fraction,
        *,
        per_cost: bool = False,
        taken: Iterable[int] = (),
        unwanted: bool = False,
    ) -> None:
        before = set(taken)
        self.table = table
        self._budget = budget - sum(table.costs[column] for column in before)
        sums = [int(points @ table.shares) for points in table.points]
        # What costs nothing has more points per cost than anything that costs.
        most = sum(sums) + 1
        self._score = {
            column: Fraction(points, (cost or Fraction(1, most)) if per_cost else 1)
            for column, (points, cost) in enumerate(zip(sums, table.costs, strict=True))
            if column not in before and (points or unwanted)
        }

    def offer(self) -> Offer | None:
        """Find who has most points among those that the money pays for; None if nobody."""
        self._score = {
            column: score
            for column, score in self._score.items()
            if self.table.costs[column] <= self._budget
        }
        if not self._score:
            return None
        most = max(self._score.values())
        return Offer(most, tuple(column for column, score in self._score.items() if score == most))

    def take(self, column: int, rate: Fraction) -> None:  # noqa: ARG002  # as all rules
        """Choose one of those offered."""
        self._budget -= self.table.costs[column]
        del self._score[column]
