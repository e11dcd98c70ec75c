"""The choice with the most points under all limits, exactly; and why there is none.

A knapsack with several limits, dependencies, exclusions and least shares. Of several best choices
the cheapest in money is taken, of these the one that holds the earliest key in which they differ;
so the same question has one answer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gelingen.analysis.selection.obstacles import Obstacle, find_obstacles
from gelingen.analysis.selection.pool import Ints, Pool, whole
from gelingen.analysis.selection.solving import Search

__all__ = ["Selection", "optimum", "selected"]


@dataclass(frozen=True)
class Selection:
    """What was chosen.

    Attributes:
        chosen: keys, in their order.
        value: the points of all chosen.
        used: what they take, by resource.
        left: what is left, by limited resource.
        obstacles: why nothing can be chosen; empty if something can.

    """

    chosen: tuple[str, ...]
    value: Fraction
    used: Mapping[str, Fraction]
    left: Mapping[str, Fraction]
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def possible(self) -> bool:
        """Tell whether there is a choice at all."""
        return not self.obstacles


def optimum(pool: Pool, *, forced: Collection[str] = (), barred: Collection[str] = ()) -> Selection:
    """Find the choice with the most points.

    Args:
        pool: candidates and all that holds for choosing.
        forced: keys that are chosen in any case, besides the duties.
        barred: keys that are not chosen.

    Returns:
        The only best choice by points, money and order of keys; nothing chosen, with the reasons,
        if there is none.

    Raises:
        UserError: points or amounts are too fine to be added exactly.

    """
    search = Search(pool.rows, len(pool.candidates))
    for key in (*pool.duties, *forced):
        search.low[pool.at[key]] = True
    for key in barred:
        search.high[pool.at[key]] = False
    found = None if (search.low & ~search.high).any() else search.first(objectives(pool))
    if found is None:
        reasons = find_obstacles(pool, forced=frozenset(forced), barred=frozenset(barred))
        return selected(pool, (), reasons)
    return selected(pool, [pool.candidates[at].key for at in np.flatnonzero(found)])


def selected(
    pool: Pool, chosen: Collection[str], obstacles: tuple[Obstacle, ...] = ()
) -> Selection:
    """Say what a choice is worth, takes and leaves."""
    used = pool.used(chosen)
    left = {name: Fraction(most) - used[name] for name, most in sorted(pool.limits.items())}
    return Selection(tuple(sorted(chosen)), pool.value(chosen), used, left, obstacles)


def objectives(pool: Pool) -> tuple[Ints, Ints]:
    """Write points and money as whole numbers: more points first, then less money."""
    points = whole([Fraction(one.score) for one in pool.candidates])
    prices = whole([pool.price(one.key) for one in pool.candidates])
    return np.array(points, dtype=np.int64), -np.array(prices, dtype=np.int64)
