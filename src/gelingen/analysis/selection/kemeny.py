"""The order that agrees with the most direct comparisons (Kemeny), exactly, with all its equals.

Where everyone of one group beats everyone of another, every best order puts the first group before
the second (Truchon 1998). So groups are ordered each for itself: small ones by dynamic programming
over subsets, which finds all best orders; larger ones are cut further at comparisons that are won,
and what is left is solved as an integer programme by HiGHS, which finds one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from math import prod

import numpy as np
from scipy.sparse.csgraph import connected_components

from gelingen.analysis.selection.pool import Bools, Ints
from gelingen.analysis.selection.rankings import Tally
from gelingen.analysis.selection.solving import Search

__all__ = ["Kemeny", "kemeny"]

SMALL = 12  # candidates of one group for which all best orders are found
LISTED = 1_000
Order = tuple[int, ...]


@dataclass(frozen=True)
class Kemeny:
    """The best orders.

    Attributes:
        score: with how much weight of direct comparisons they agree.
        rankings: keys from first to last; all best orders, at most LISTED, by the order of keys.
        count: how many there are; None if only one was searched for because a group was too large.
        swaps: pairs that stand side by side in the first ranking and are equal in the direct
            comparison: swapped, it is as good.

    """

    score: int
    rankings: tuple[tuple[str, ...], ...]
    count: int | None
    swaps: tuple[tuple[str, str], ...]


def kemeny(counted: Tally, *, small: int = SMALL) -> Kemeny:
    """Find the orders that agree with the most direct comparisons.

    Args:
        counted: all direct comparisons.
        small: up to how many candidates, none of whom beats all others, all orders are found.

    Returns:
        The best orders.

    """
    prefer = counted.prefer
    parts = [_orders(prefer, group, small) for group in _groups(prefer, prefer >= prefer.T)]
    listed = [tuple(part) for part in (islice(orders.listed, LISTED) for orders in parts)]
    chosen = islice(product(*listed), LISTED)
    rankings = [tuple(at for part in one for at in part) for one in chosen]
    count = None if any(part.count is None for part in parts) else prod(p.count or 0 for p in parts)
    first = rankings[0]
    swaps = [(a, b) for a, b in pairwise(first) if prefer[a, b] == prefer[b, a]]
    return Kemeny(
        int(sum(prefer[a, first[at + 1 :]].sum() for at, a in enumerate(first))),
        tuple(tuple(counted.keys[at] for at in one) for one in rankings),
        count,
        tuple((counted.keys[a], counted.keys[b]) for a, b in swaps),
    )


@dataclass(frozen=True)
class _Orders:
    """The best orders of one group: how many (None: not counted), and each of them."""

    count: int | None
    listed: Iterator[Order]


def _groups(prefer: Ints, links: Bools) -> list[Order]:
    """Split into groups linked in a circle; a group stands before those it has links to."""
    count, label = connected_components(
        links & ~np.eye(len(prefer), dtype=bool), connection="strong"
    )
    members = [tuple(np.flatnonzero(label == group).tolist()) for group in range(count)]
    waiting = sorted(members)
    ordered = []
    while waiting:
        free = next(
            one
            for one in waiting
            if not any(links[np.ix_(other, one)].any() for other in waiting if other != one)
        )
        ordered.append(free)
        waiting.remove(free)
    return ordered


def _orders(prefer: Ints, group: Order, small: int) -> _Orders:
    if len(group) <= small:
        table = _Subsets(prefer[np.ix_(group, group)])
        named = (tuple(group[at] for at in order) for order in table.orders())
        return _Orders(table.count[-1], named)
    inside = prefer[np.ix_(group, group)]
    order: list[int] = []
    for part in _groups(inside, inside > inside.T):
        of_part = inside[np.ix_(part, part)]
        fits = len(part) <= SMALL and small > 1
        best = next(_Subsets(of_part).orders()) if fits else _by_programme(of_part)
        order.extend(group[part[at]] for at in best)
    return _Orders(None, iter([tuple(order)]))


class _Subsets:
    """The best agreement within every subset, by who stands first in it.

    Attributes:
        best: by subset, written as bits.
        count: in how many orders it is reached.

    """

    def __init__(self, prefer: Ints) -> None:
        self.size = len(prefer)
        self.won = [[int(number) for number in row] for row in prefer]
        self.best = [0] * (1 << self.size)
        self.count = [1] * (1 << self.size)
        for subset in range(1, 1 << self.size):
            worth = [(self._first(at, subset), subset & ~(1 << at)) for at in self._in(subset)]
            self.best[subset] = max(value for value, _ in worth)
            self.count[subset] = sum(
                self.count[rest] for value, rest in worth if value == self.best[subset]
            )

    def _in(self, subset: int) -> list[int]:
        return [at for at in range(self.size) if subset >> at & 1]

    def _first(self, at: int, subset: int) -> int:
        """Give the best agreement of a subset if this one stands first."""
        rest = subset & ~(1 << at)
        return self.best[rest] + sum(self.won[at][other] for other in self._in(rest))

    def orders(self, subset: int | None = None) -> Iterator[Order]:
        """Give all best orders, one after the other."""
        subset = (1 << self.size) - 1 if subset is None else subset
        if not subset:
            yield ()
        for at in self._in(subset):
            if self._first(at, subset) == self.best[subset]:
                for rest in self.orders(subset & ~(1 << at)):
                    yield (at, *rest)


def _by_programme(prefer: Ints) -> Sequence[int]:
    """Decide each pair, and forbid circles of three as they appear."""
    size = len(prefer)
    first, second = np.triu_indices(size, 1)
    worth = prefer[first, second] - prefer[second, first]
    search = Search([], len(first))
    above = np.zeros((size, size), dtype=bool)
    while True:
        found = search.best(worth)
        if found is None:
            raise ArithmeticError("There is always an order.")
        above[first, second], above[second, first] = found, ~found
        circles = _circles(above)
        if not len(circles):
            return [int(at) for at in np.argsort(-above.sum(axis=1), kind="stable")]
        search.at_most(*_without(circles, size))


def _circles(above: Bools) -> Ints:
    """Find all a above b above c above a, each once, a the smallest."""
    whole = above[:, :, None] & above[None, :, :] & above.T[:, None, :]
    circles = np.argwhere(whole)
    return circles[(circles[:, 0] < circles[:, 1]) & (circles[:, 0] < circles[:, 2])]


def _without(circles: Ints, size: int) -> tuple[Ints, Ints]:
    """Demand of each circle that at most two of its three steps are taken."""
    column = np.zeros((size, size), dtype=np.int64)
    column[np.triu_indices(size, 1)] = np.arange(size * (size - 1) // 2)
    rows = np.zeros((len(circles), size * (size - 1) // 2), dtype=np.int64)
    most = np.full(len(circles), 2, dtype=np.int64)
    number = np.arange(len(circles))
    for step in range(3):
        one, other = circles[:, step], circles[:, (step + 1) % 3]
        forward = one < other
        rows[number, column[np.minimum(one, other), np.maximum(one, other)]] = np.where(
            forward, 1, -1
        )
        most -= ~forward
    return rows, most
