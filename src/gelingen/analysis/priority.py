"""Sharing capacity by severity: the most severe cells first, each level fairly.

The next level gets the max-min fair shares that leave the higher ones what they have; their supply
may move to other structures for that. The share of a level is lowered to the tightest set of cells
(Dinkelbach 1967 over maximum flows) until everybody gets it.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from gelingen.analysis.allocation import Allocation, Links
from gelingen.analysis.flow import Network

__all__ = ["severe_first"]

Floats = npt.NDArray[np.float64]
# What higher levels keep is asked for with this much less: the rest is rounding.
SURE = 1.0 - 1e-13
DIGITS = 12


def severe_first(
    capacity: Floats, demand: Floats, links: Links, severity: npt.NDArray[np.int64]
) -> Allocation:
    """Share all capacity among the most severe cells first, then among the next.

    Args:
        capacity: (units,) at least 0.
        demand: (cells,) at least 0, in the same measure.
        links: who can serve whom.
        severity: (cells,) the larger the sooner.

    Returns:
        The ratio of each cell; what the cells take from each unit is one of several possible ways
        to reach these ratios.

    """
    keep = (capacity[links.units] > 0) & (demand[links.cells] > 0)
    units, unit_of = np.unique(links.units[keep], return_inverse=True)
    cells, cell_of = np.unique(links.cells[keep], return_inverse=True)
    asked: list[float] = [0.0] * len(cells)
    network = Network(capacity[units].tolist(), asked, unit_of.tolist(), cell_of.tolist())
    ratios = np.where(demand > 0, 0.0, np.nan)
    for level in np.unique(severity[cells])[::-1]:
        waiting = {
            at: float(demand[cells[at]]) for at in np.flatnonzero(severity[cells] == level).tolist()
        }
        while waiting:
            ratio, tight = _tightest(network, asked, waiting)
            for at in tight or list(waiting):
                asked[at] = ratio * waiting.pop(at) * SURE
                ratios[cells[at]] = ratio
    network.push(range(len(cells)), 1.0)
    used = np.zeros(len(capacity))
    used[units] = [network.given(unit) for unit in range(len(units))]
    return Allocation(ratios.round(DIGITS), used)


def _tightest(
    network: Network, asked: list[float], waiting: Mapping[int, float]
) -> tuple[float, list[int]]:
    """Find the largest share that all waiting cells can have, and those that can have no more."""
    ratio, found = 1.0, list[int]()
    while True:
        for at, wanted in waiting.items():
            asked[at] = ratio * wanted
        tight = network.push([at for at, wanted in enumerate(asked) if wanted > 0], 1.0)
        short = [at for at in tight if at in waiting]
        if not short:
            return ratio, found
        there = sum(network.supplies[u] for u in {u for at in tight for u in network.units_of(at)})
        kept = sum(asked[at] for at in tight if at not in waiting)
        lower = max(0.0, (there - kept) / sum(waiting[at] for at in short))
        if lower >= ratio:
            return ratio, short
        ratio, found = lower, short
