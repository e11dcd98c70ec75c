"""Sharing capacity among cells: in proportion, fairly, and what no sharing can meet.

Fair is the lexicographically largest vector of coverage ratios up to 1. It is found by splitting
the cells at bottlenecks: of a set with ratio q = capacity / demand, the part that cannot reach q is
cut off by a maximum flow (Megiddo 1974, decomposition of Fujishige 1980), until no part is cut.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gelingen.analysis.flow import Network

__all__ = ["Allocation", "Links", "fair", "proportional", "unavoidable"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Links:
    """Who can serve whom.

    Attributes:
        units: (k,) positions of the serving units.
        cells: (k,) positions of the cells they can serve; a pair stands at most once.

    """

    units: Ints
    cells: Ints


@dataclass(frozen=True)
class Allocation:
    """How far the demand of each cell is met.

    Attributes:
        ratios: (cells,) 0 to 1; NaN where there is no demand.
        used: (units,) capacity that the cells take from each unit.

    """

    ratios: Floats
    used: Floats


def proportional(capacity: Floats, demand: Floats, links: Links) -> Allocation:
    """Share each unit's capacity among its cells in proportion to their demand.

    Args:
        capacity: (units,) at least 0.
        demand: (cells,) at least 0, in the same measure.
        links: who can serve whom.

    Returns:
        The ratio of each cell, at most 1. A unit never gives more than the demand it sees.

    """
    seen = np.bincount(links.units, demand[links.cells], len(capacity))
    rate = np.divide(capacity, seen, out=np.zeros_like(capacity), where=seen > 0)
    raw = np.bincount(links.cells, rate[links.units], len(demand))
    over = np.maximum(raw, 1.0)
    given = rate[links.units] * demand[links.cells] / over[links.cells]
    used = np.bincount(links.units, given, len(capacity)).astype(np.float64)
    return Allocation(np.where(demand > 0, np.minimum(raw, 1.0), np.nan), used)


def fair(capacity: Floats, demand: Floats, links: Links) -> Allocation:
    """Share all capacity so that the worst-served cells come first (max-min fair, unique).

    Args:
        capacity: (units,) at least 0.
        demand: (cells,) at least 0, in the same measure.
        links: who can serve whom.

    Returns:
        The ratio of each cell; what the cells take from each unit is one of several possible ways
        to reach these ratios.

    """
    keep = (capacity[links.units] > 0) & (demand[links.cells] > 0)
    units, cells = links.units[keep], links.cells[keep]
    cell_of, cells = _alike(cells, units, len(demand))
    unit_of, units = _alike(units, cells, len(capacity))
    pairs = np.unique(np.stack([units, cells]), axis=1)
    supplies = np.bincount(unit_of[unit_of >= 0], capacity[unit_of >= 0])
    demands = np.bincount(cell_of[cell_of >= 0], demand[cell_of >= 0])
    network = Network(supplies.tolist(), demands.tolist(), pairs[0].tolist(), pairs[1].tolist())
    grouped = np.array(_bottlenecks(network))
    ratios = np.where(demand > 0, 0.0, np.nan)
    served = cell_of >= 0
    ratios[served] = grouped[cell_of[served]]
    part = np.array([network.given(u) for u in range(len(supplies))]) / np.maximum(supplies, 1e-300)
    used = np.zeros(len(capacity))
    used[unit_of >= 0] = capacity[unit_of >= 0] * part[unit_of[unit_of >= 0]]
    return Allocation(ratios, used)


def unavoidable(demand: Floats, allocation: Allocation) -> float:
    """Tell how much demand no redistribution can meet.

    The fair ratios reach the maximum flow, so what they leave is the proof: some set of cells asks
    for this much more than all units together that can serve it.
    """
    open_part = np.where(demand > 0, 1.0 - np.nan_to_num(allocation.ratios), 0.0)
    return float((demand * open_part).sum())


def _alike(ends: Ints, others: Ints, size: int) -> tuple[Ints, Ints]:
    """Merge the ends that are linked to exactly the same others.

    Returns the group of every end (-1: not linked) and the links' ends as groups.
    """
    order = np.lexsort((others, ends))
    bounds = np.flatnonzero(np.diff(ends[order], prepend=-1))
    groups: dict[bytes, int] = {}
    group_of = np.full(size, -1, dtype=np.int64)
    for run in np.split(order, bounds[1:]) if len(order) else []:
        group_of[ends[run[0]]] = groups.setdefault(others[run].tobytes(), len(groups))
    return group_of, group_of[ends]


def _bottlenecks(network: Network) -> Sequence[float]:
    """Find the ratio of every cell, splitting until no part is tighter than its whole."""
    ratios = [0.0] * len(network.demands)
    waiting = _components(network, range(len(network.demands)))
    while waiting:
        cells = waiting.pop()
        units = {u for c in cells for u in network.units_of(c)}
        whole = sum(network.supplies[u] for u in units) / sum(network.demands[c] for c in cells)
        ratio = min(1.0, whole)
        tight = network.push(cells, ratio)
        if not tight or len(tight) == len(cells):
            for cell in cells:
                ratios[cell] = ratio
            continue
        network.close(tight)
        for part in (tight, [c for c in cells if c not in tight]):
            waiting.extend(_components(network, part))
    return ratios


def _components(network: Network, cells: Iterable[int]) -> list[list[int]]:
    """Split cells into those that share units, directly or through others."""
    inside = set(cells)
    by_unit = defaultdict(list)
    for cell in sorted(inside):
        for unit in network.units_of(cell):
            by_unit[unit].append(cell)
    found = []
    while inside:
        queue = [min(inside)]
        inside.discard(queue[0])
        for cell in queue:
            for unit in network.units_of(cell):
                fresh = [c for c in by_unit.pop(unit, ()) if c in inside]
                inside.difference_update(fresh)
                queue.extend(fresh)
        found.append(queue)
    return found
