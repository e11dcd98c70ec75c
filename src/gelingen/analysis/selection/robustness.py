"""How much the weighting of the criteria decides: the best choice for many weightings.

Weightings are drawn evenly from all that add up to 1,000 (Dirichlet), in whole thousandths. Each
gets its best choice, by the same rules as the agreed one: linear programming bounds what can be
reached, and all choices near the bound are listed, nearest first, until one is found; the best of
them is the best of all. Where too many are near, the best that is known counts, and the bound
tells who is chosen in any case and who cannot be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gelingen.analysis.selection.listing import near
from gelingen.analysis.selection.optimum import objectives, optimum
from gelingen.analysis.selection.pool import Bools, Ints, Pool
from gelingen.analysis.selection.scores import PLACES
from gelingen.analysis.selection.solving import Bound, Search, bound
from gelingen.errors import UserError

__all__ = ["Parts", "Robustness", "Weightings", "draw_weightings", "robustness", "weighted"]

NUMBER = 1_000
WHOLE = 1_000  # what the weights of one weighting add up to
WIDEST = 20_000
NARROW = 500
FIRST = 1 / 16  # of the largest part, the distance from the bound that is searched first
FURTHER = 1.4
FAR = 2.0  # once nothing can be proved any more, a good choice is all that is looked for
Parts = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True)
class Robustness:
    """In how many weightings each candidate is chosen.

    Attributes:
        done: how many weightings were looked at.
        proved: for how many of them the best choice is proved.
        chosen: by key, in how many it is chosen; where nothing is proved, by the best choice known.
        sure: by key, in how many it is chosen for sure.
        possible: by key, in how many it may be chosen.
        gap: by how much a choice that is not proved may be below the best at most, as a part of it.
        stopped: whether it was stopped before all weightings were done.

    """

    done: int
    proved: int
    chosen: Mapping[str, int]
    sure: Mapping[str, int]
    possible: Mapping[str, int]
    gap: float
    stopped: bool


@dataclass(frozen=True)
class Weightings:
    """Weightings of criteria.

    Attributes:
        criteria: (k,) keys.
        weights: (number, k) whole numbers of at least 0.

    """

    criteria: tuple[str, ...]
    weights: Ints


def draw_weightings(criteria: Sequence[str], seed: int, number: int = NUMBER) -> Weightings:
    """Draw weightings evenly.

    Args:
        criteria: keys of at least one criterion.
        seed: the same seed gives the same weightings.
        number: how many weightings.

    Returns:
        Weights that add up to 1,000 in each weighting; what is left after rounding down goes to the
        largest remainders.

    """
    exact = np.random.default_rng(seed).dirichlet(np.ones(len(criteria)), number) * WHOLE
    weights = np.floor(exact).astype(np.int64)
    order = np.argsort(weights - exact, axis=1, kind="stable")
    place = np.argsort(order, axis=1, kind="stable")
    more = place < WHOLE - weights.sum(axis=1, keepdims=True)
    return Weightings(tuple(criteria), np.asarray(weights + more, dtype=np.int64))


def robustness(
    pool: Pool,
    parts: Parts,
    weightings: Weightings,
    *,
    progress: Callable[[int], bool] | None = None,
    widest: int | None = None,
) -> Robustness:
    """Find the best choice for each weighting.

    Args:
        pool: candidates and all that holds for choosing; their scores do not matter.
        parts: by candidate and criterion 0 to 100 to two places, as `scores.points` gives them;
            a candidate without any gets no points.
        weightings: what each criterion counts.
        progress: is told how many are done; answers whether to go on.
        widest: how many partial choices are followed at once for every weighting; more proves more
            and takes longer. None: fewer while proofs fail, so that it never takes very long.

    Returns:
        The numbers of all weightings that were done.

    Raises:
        UserError: nothing can be chosen, whatever the weighting.

    """
    scores = weighted(pool, parts, weightings)
    series = _Series(pool, widest or WIDEST, widest or NARROW)
    done = 0
    for objective in scores:
        series.add(objective)
        done += 1
        if progress is not None and not progress(done):
            break
    return series.summary(scores[:done], stopped=done < len(scores))


def weighted(pool: Pool, parts: Parts, weightings: Weightings) -> Ints:
    """Write the points of each candidate under each weighting in hundredths, halves upward.

    As in `scores.points`, the weights of the criteria that have a value count for those that have
    none.
    """
    criteria, each = weightings.criteria, weightings.weights
    scale = 10**PLACES
    table = [[parts.get(one.key, {}).get(name) for name in criteria] for one in pool.candidates]
    values = [[0 if part is None else round(part * scale) for part in row] for row in table]
    there = [[part is not None for part in row] for row in table]
    shape = (len(pool.candidates), len(criteria))
    points = each @ np.array(values, np.int64).reshape(shape).T
    weights = np.maximum(each @ np.array(there, np.int64).reshape(shape).T, 1)
    return np.asarray((2 * points + weights) // (2 * weights), dtype=np.int64)


@dataclass(frozen=True)
class _Found:
    """What is known about one weighting: the best choice if proved, otherwise its bound."""

    choice: Bools | None
    limits: Bound


class _Series:
    """Weighting after weighting; every choice found is known to those that follow."""

    def __init__(self, pool: Pool, widest: int, narrowest: int) -> None:
        self.pool = pool
        self.widest, self.narrowest, self.width = widest, narrowest, widest
        search = Search(pool.rows, len(pool.candidates))
        search.low[[pool.at[key] for key in pool.duties]] = True
        self.matrix, self.most = search.matrix.astype(float), search.most.astype(float)
        self.ends = search.low, search.high
        self.price = -objectives(pool)[1]
        begun = optimum(pool)
        if not begun.possible:
            raise UserError("Es gibt keine Auswahl, die alle Vorgaben einhält.")
        first = np.array([one.key in begun.chosen for one in pool.candidates], dtype=bool)
        self.known = first[None, :]
        self.found: list[_Found] = []
        self.reached = 0.0  # how far below the bound the last choice was found, in such parts

    def add(self, objective: Ints) -> None:
        """Find the best choice under one weighting."""
        limits = bound(self.matrix, self.most, objective.astype(float), self.ends)
        if limits is None:
            raise ArithmeticError("What can be chosen whole can be chosen in parts.")
        choice = self._best(objective, limits)
        self.found.append(_Found(choice, limits))
        proved = choice is not None
        self.width = max(
            self.narrowest, min(self.widest, self.width * 2 if proved else self.width // 2)
        )

    def _best(self, objective: Ints, limits: Bound) -> Bools | None:
        furthest = limits.most - int((self.known @ objective).max())
        part = float(np.abs(objective).max(initial=1))
        below = min(furthest, max(FIRST, self.reached / 2) * part)
        complete = True
        while True:
            listing = near(self.matrix, self.most, limits, below, widest=self.width)
            complete = complete and listing.complete
            if len(listing.choices):
                choice = self._first(objective, listing.choices)
                self.known = np.vstack([self.known, choice])
                self.reached = below / part
                return choice if complete else None
            if below >= furthest:
                break
            below = min(furthest, (FURTHER if complete else FAR) * below)
        if complete:
            raise ArithmeticError("The choice known is not among those listed.")
        return None

    def _first(self, objective: Ints, choices: Bools) -> Bools:
        """Take the most points, of these the cheapest, of these the earliest keys."""
        worth = choices @ objective
        best = choices[worth == worth.max()]
        prices = best @ self.price
        best = best[prices == prices.min()]
        return np.asarray(best[np.lexsort(~best.T[::-1])[0]], dtype=bool)

    def summary(self, scores: Ints, *, stopped: bool) -> Robustness:
        """Count who is chosen; what is not proved is answered with all that is known by now."""
        known = np.unique(self.known, axis=0)
        counts = np.zeros((3, len(self.pool.candidates)), dtype=np.int64)
        gap = 0.0
        for one, objective in zip(self.found, scores, strict=True):
            if one.choice is not None:
                counts += one.choice
                continue
            choice = self._first(objective, known)
            worth = int(objective @ choice)
            doubtful = one.limits.doubtful(worth)
            counts += [choice, choice & ~doubtful, choice | doubtful]
            gap = max(gap, (one.limits.most - worth) / max(1, worth))
        proved = sum(one.choice is not None for one in self.found)
        chosen, sure, possible = (self._by_key(line.tolist()) for line in counts)
        return Robustness(len(self.found), proved, chosen, sure, possible, gap, stopped)

    def _by_key(self, counts: Sequence[int]) -> Mapping[str, int]:
        return {one.key: count for one, count in zip(self.pool.candidates, counts, strict=True)}
