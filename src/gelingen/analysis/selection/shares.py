"""Fair between groups: the Method of Equal Shares, sequential Phragmén and choice by points.

Equal Shares (D. Peters, G. Pierczyński and P. Skowron, "Proportional participatory budgeting with
additive utilities", NeurIPS 2021) gives every group the same share of the money, by its weight. A
measure is chosen if those who want it can pay for it together from what they have left; of several
the one that costs them least per point comes first. A group pays in proportion to its points, and
never more than it has. What the shares cannot buy may be spent in other ways ("completion").

All is computed with fractions, so that a tie is a tie; of those that tie, a given order chooses,
and the round names them all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from gelingen.analysis.selection.ballots import Ballots, Number, Table
from gelingen.analysis.selection.greedy import Greedy
from gelingen.analysis.selection.phragmen import Loads
from gelingen.analysis.selection.purses import Purses
from gelingen.analysis.selection.rounds import Round, Rule, play, rank
from gelingen.errors import UserError
from gelingen.terms.selection import Completion

__all__ = ["Shares", "equal_shares", "greedy", "phragmen"]

STEPS = 100  # Completion.INCREASE raises the shares by this part of the budget at a time


@dataclass(frozen=True)
class Shares:
    """What the groups have bought with their shares, and what came on top.

    Attributes:
        rounds: one for each measure bought with shares, in the order bought; rate is what a point
            of weight 1 costs (per unit of cost, if benefit was counted by cost).
        completed: one for each measure that the completion added; rate as in greedy, or with
            Completion.PHRAGMEN what a weight of 1 has earned by then besides its share.
        spread: the money that was shared out: the budget, or more with Completion.INCREASE.
        purses: what everybody has left, in the units of the ballots' table.

    """

    ballots: Ballots
    rounds: tuple[Round, ...]
    completed: tuple[Round, ...]
    spread: Fraction
    purses: Purses

    @property
    def chosen(self) -> tuple[str, ...]:
        """All measures chosen, in the order chosen."""
        return tuple(each.candidate for each in (*self.rounds, *self.completed))

    @property
    def ties(self) -> tuple[Round, ...]:
        """The rounds in which something had the same right and is not chosen at all."""
        chosen = set(self.chosen)
        return tuple(each for each in (*self.rounds, *self.completed) if set(each.tied) - chosen)

    @cached_property
    def payments(self) -> Mapping[str, Mapping[str, Fraction]]:
        """What each group pays for each measure bought with shares; only above 0.

        The payments for a measure add up to its cost.
        """
        table, by_row = self.ballots.table, self.purses.payments()
        payers: dict[str, dict[str, Fraction]] = {each.candidate: {} for each in self.rounds}
        for voter, row in table.row_of.items():
            for column, paid in by_row[row].items():
                payers[table.candidates[column]][voter] = paid * self._units(voter)
        return payers

    @cached_property
    def left(self) -> Mapping[str, Fraction]:
        """What each group has left of its share after the rounds, before any completion."""
        table, each = self.ballots.table, self.purses.each()
        return {voter: each[row] * self._units(voter) for voter, row in table.row_of.items()}

    def together(self, candidate: str) -> Fraction:
        """Add up what those who want a measure have left; the rest of its cost is missing."""
        table = self.ballots.table
        return self.purses.together(table.candidates.index(candidate)) / table.money

    def _units(self, voter: str) -> Fraction:
        """Give the weight of a voter in the table's units, per unit of the table's money."""
        table = self.ballots.table
        return Fraction(self.ballots.weights.get(voter, 1)) * table.unit / table.money


def equal_shares(  # noqa: PLR0913  # ballots and budget; the others are options
    ballots: Ballots,
    budget: Number,
    *,
    by_cost: bool = False,
    completion: Completion = Completion.NONE,
    order: Sequence[str] | None = None,
    step: Number | None = None,
) -> Shares:
    """Choose by the Method of Equal Shares.

    Args:
        ballots: what the groups want.
        budget: money for all, at least 0.
        by_cost: whether benefit is points times cost, so that large measures are not put behind
            small ones; otherwise benefit is points alone.
        completion: what happens with money that the shares leave.
        order: all measures; of several that tie the first in it is chosen. By default the order
            of the ballots' costs.
        step: by how much Completion.INCREASE raises the money shared out at a time; by default a
            hundredth of the budget.

    Returns:
        The measures chosen, with what everybody pays.

    Raises:
        UserError: a negative budget, a step of 0 or less, or an order that leaves measures out.

    """
    if step is not None and step <= 0:
        raise UserError("Die Anteile können nur um mehr als 0 steigen.")
    table, money = ballots.table, _money(ballots, budget)
    places, spread = rank(table.candidates, order), money
    rounds, purses = _spend(table, spread, money, places, by_cost=by_cost)
    if completion is Completion.INCREASE and money:
        more = money / STEPS if step is None else Fraction(step) * table.money
        while _room(table, money, rounds):
            spread += more
            rounds, purses = _spend(table, spread, money, places, by_cost=by_cost)
    taken = frozenset(table.candidates.index(each.candidate) for each in rounds)
    rest = completing(purses, money, completion, taken)
    completed = play(rest, table.candidates, places) if rest else []
    per_point, per_weight = Fraction(1, table.unit * table.point), Fraction(table.unit, table.money)
    return Shares(
        ballots,
        _rated(rounds, 1 / per_point if by_cost else 1 / per_point / table.money),
        _rated(completed, per_weight if completion is Completion.PHRAGMEN else per_point),
        spread / table.money,
        purses,
    )


def completing(
    purses: Purses, money: Fraction, completion: Completion, taken: frozenset[int]
) -> Rule | None:
    """Make the rule that goes on where shares end; None if nothing follows.

    Args:
        purses: what everybody has left.
        money: the budget, in units of the table's costs.
        completion: which rule.
        taken: columns chosen so far.

    """
    if completion is Completion.RANKING:
        return Greedy(purses.table, money, taken=taken)
    if completion is Completion.PHRAGMEN:
        start = [-each for each in purses.each()]
        return Loads(purses.table, money, start=start, taken=taken, skip=True)
    return None


def phragmen(
    ballots: Ballots, budget: Number, *, order: Sequence[str] | None = None
) -> tuple[Round, ...]:
    """Choose by Phragmén's sequential rule, until what comes next exceeds the budget.

    Args:
        ballots: what the groups want; only whether they do counts, not the points.
        budget: money for all, at least 0.
        order: as in equal_shares.

    Returns:
        One round for each measure chosen; rate is what a weight of 1 has earned by then.

    Raises:
        UserError: as in equal_shares.

    """
    table = ballots.table
    rule = Loads(table, _money(ballots, budget))
    rounds = play(rule, table.candidates, rank(table.candidates, order))
    return _rated(rounds, Fraction(table.unit, table.money))


def greedy(
    ballots: Ballots,
    budget: Number,
    *,
    per_cost: bool = False,
    unwanted: bool = False,
    order: Sequence[str] | None = None,
) -> tuple[Round, ...]:
    """Choose by points, passing over what the rest of the budget does not pay for.

    Args:
        ballots: what the groups want; points count by weight.
        budget: money for all, at least 0.
        per_cost: whether points count per unit of cost.
        unwanted: whether what has no points may follow at the end.
        order: as in equal_shares.

    Returns:
        One round for each measure chosen; rate is its points (per unit of cost).

    Raises:
        UserError: as in equal_shares.

    """
    table = ballots.table
    rule = Greedy(table, _money(ballots, budget), per_cost=per_cost, unwanted=unwanted)
    rounds = play(rule, table.candidates, rank(table.candidates, order))
    return _rated(rounds, Fraction(table.money if per_cost else 1, table.unit * table.point))


def _spend(
    table: Table, spread: Fraction, money: Fraction, places: Sequence[int], *, by_cost: bool
) -> tuple[list[Round], Purses]:
    """Buy with equal shares; what costs nothing comes first, if somebody wants it."""
    purses = Purses(table, spread, money, by_cost=by_cost)
    rounds = play(purses, table.candidates, places)
    free = [
        Round(candidate, Fraction(0), (candidate,))
        for candidate, cost, points in zip(table.candidates, table.costs, table.points, strict=True)
        if not cost and (points * table.shares).any()
    ]
    return [*free, *rounds], purses


def _room(table: Table, money: Fraction, rounds: Sequence[Round]) -> bool:
    """Tell whether the budget has room for something more that somebody wants."""
    taken = {each.candidate for each in rounds}
    columns = list(zip(table.candidates, table.costs, table.points, strict=True))
    rest = money - sum(cost for candidate, cost, _ in columns if candidate in taken)
    return any(c not in taken and cost <= rest and points.any() for c, cost, points in columns)


def _rated(rounds: Iterable[Round], factor: Fraction) -> tuple[Round, ...]:
    """Write rates in the units of the ballots instead of those of the table."""
    return tuple(replace(each, rate=each.rate * factor) for each in rounds)


def _money(ballots: Ballots, budget: Number) -> Fraction:
    if budget < 0:
        raise UserError("Das Budget darf nicht negativ sein.")
    return Fraction(budget) * ballots.table.money
