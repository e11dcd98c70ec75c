"""All choices that are worth nearly as much as the bound, without leaving one out.

A choice falls below the bound by the gain of every candidate that it decides otherwise, and by the
price of everything that it leaves unused. So candidates are decided one after the other, those
that matter most first, and what has fallen too far, or cannot keep a row any more, is dropped.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gelingen.analysis.selection.pool import Bools
from gelingen.analysis.selection.solving import MARGIN, Bound

__all__ = ["Listing", "near"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Listing:
    """Choices near the bound.

    Attributes:
        choices: (k, n) what was found; all keep every row.
        complete: whether these are all.

    """

    choices: Bools
    complete: bool


def near(matrix: Floats, most: Floats, limits: Bound, below: float, *, widest: int) -> Listing:
    """List the choices that fall below the bound by no more than this.

    Args:
        matrix: (rows, n) whole numbers.
        most: (rows,) whole numbers.
        limits: the bound.
        below: how far a choice may fall below it.
        widest: how many partial choices are followed at once; if there are more, only the best
            are, and the listing is not complete.

    Returns:
        The choices.

    """
    room = below + MARGIN * max(1.0, abs(limits.most))
    core = np.flatnonzero(limits.open & (np.abs(limits.gain) <= room))
    core = core[np.argsort(-np.abs(limits.gain[core]), kind="stable")]
    base = limits.base.copy()
    base[core] = False
    left = most - matrix @ base
    # Rows that hold whatever is decided, and whose rest costs nothing, need no watching.
    watched = (np.maximum(matrix[:, core], 0.0).sum(axis=1) > left) | (limits.prices > 0)
    rows = np.flatnonzero(watched)
    walk = _Walk(matrix[np.ix_(rows, core)], left[rows], limits, core, limits.prices[rows])
    picked, complete = walk.run(room, widest)
    choices = np.repeat(base[None, :], len(picked), axis=0)
    choices[:, core] = picked
    return Listing(choices, complete)


class _Walk:
    """Deciding about one candidate after the other, for many partial choices at once."""

    def __init__(
        self,
        matrix: Floats,
        left: Floats,
        limits: Bound,
        core: npt.NDArray[np.intp],
        prices: Floats,
    ) -> None:
        self.columns = matrix.T.copy()
        self.start = left
        self.prices = prices
        gain = limits.gain[core]
        self.off = np.where(limits.base[core], np.abs(gain), 0.0)
        self.on = np.where(limits.base[core], 0.0, np.abs(gain))
        # What the candidates still undecided can give back to a row, and take in price at most.
        self.back = _after(np.maximum(-self.columns, 0.0))
        self.take = _after(np.maximum(self.columns @ prices, 0.0)[:, None])[:, 0]

    def run(self, room: float, widest: int) -> tuple[Bools, bool]:
        left, fallen = self.start[None, :], np.zeros(1)
        picked, complete = np.zeros((1, len(self.columns)), dtype=bool), True
        for at, column in enumerate(self.columns):
            left = np.concatenate([left, left - column])
            fallen = np.concatenate([fallen + self.off[at], fallen + self.on[at]])
            size = len(picked)
            picked = np.concatenate([picked, picked])
            picked[size:, at] = True
            far = fallen + np.maximum(left @ self.prices - self.take[at], 0.0)
            keep = np.flatnonzero((far <= room) & (left + self.back[at] >= 0).all(axis=1))
            if len(keep) > widest:
                keep = keep[np.argsort(far[keep], kind="stable")[:widest]]
                complete = False
            left, fallen, picked = left[keep], fallen[keep], picked[keep]
        kept = (left >= 0).all(axis=1) & (fallen + left @ self.prices <= room)
        return picked[kept], complete


def _after(amounts: Floats) -> Floats:
    """Add up what comes after each position."""
    return np.asarray(amounts[::-1].cumsum(axis=0)[::-1] - amounts)
