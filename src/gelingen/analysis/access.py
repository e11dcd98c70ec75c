"""Access: what people can reach, and how unequally it is spread.

Floating catchment areas: Luo & Wang 2003 (2SFCA), Luo & Qi 2009 (stepped weights), Paez, Higgins &
Vivona 2019 (balanced). Inequality: Gini, Theil's T, concentration index, Foster, Greer & Thorbecke
1984.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "Ways",
    "balanced_catchment",
    "binary",
    "concentration",
    "exponential",
    "gini",
    "nearest",
    "opportunities",
    "poverty",
    "stepped",
    "theil",
    "two_step_catchment",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Weights = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Ways:
    """How long it takes from origins to destinations.

    Attributes:
        origin: (k,) positions of where people live.
        destination: (k,) positions of what they want to reach.
        cost: (k,) minutes; a pair that is missing cannot be travelled.

    """

    origin: Ints
    destination: Ints
    cost: Floats


def binary(limit: float) -> Weights:
    """Count everything up to the limit, the limit included, and nothing beyond."""
    return lambda cost: np.where(cost <= limit, 1.0, 0.0)


def stepped(limits: Sequence[float], weights: Sequence[float]) -> Weights:
    """Weigh each zone alike; a zone begins with the limit before and ends before its own."""
    values = np.array([*weights, 0.0])
    return lambda cost: values[np.searchsorted(limits, cost, side="right")]


def exponential(rate: float) -> Weights:
    """Weigh by exp(-rate × cost)."""
    return lambda cost: np.exp(-rate * cost)


def opportunities(supply: Floats, ways: Ways, weights: Weights, *, origins: int) -> Floats:
    """Sum what can be reached from each origin: cumulative or gravity, as the weights are."""
    return _sum(supply[ways.destination] * weights(ways.cost), ways.origin, origins)


def nearest(supply: Floats, ways: Ways, *, origins: int) -> Floats:
    """Find the cost to the closest destination that has any supply; infinite if there is none."""
    closest = np.full(origins, np.inf)
    offered = supply[ways.destination] > 0
    np.minimum.at(closest, ways.origin[offered], ways.cost[offered])
    return closest


def two_step_catchment(demand: Floats, supply: Floats, ways: Ways, weights: Weights) -> Floats:
    """Find supply per head: each destination shares its supply among the people it reaches.

    Sum of demand × answer equals the supply that anybody reaches.

    Args:
        demand: (origins,) people.
        supply: (destinations,).
        ways: travel between them.
        weights: how much a way of some length counts.

    """
    weight = weights(ways.cost)
    seen = _sum(demand[ways.origin] * weight, ways.destination, len(supply))
    rate = _ratio(supply, seen)
    return _sum(rate[ways.destination] * weight, ways.origin, len(demand))


def balanced_catchment(demand: Floats, supply: Floats, ways: Ways, weights: Weights) -> Floats:
    """Find supply per head with every person and every unit of supply counted once."""
    weight = weights(ways.cost)
    by_origin = _ratio(weight, _sum(weight, ways.origin, len(demand))[ways.origin])
    by_destination = _ratio(weight, _sum(weight, ways.destination, len(supply))[ways.destination])
    seen = _sum(demand[ways.origin] * by_origin, ways.destination, len(supply))
    rate = _ratio(supply, seen)
    return _sum(rate[ways.destination] * by_destination, ways.origin, len(demand))


def gini(access: Floats, people: Floats) -> float:
    """Find the Gini index over people, 0 (equal) to 1."""
    order = np.argsort(access, kind="stable")
    share = people[order] / people.sum()
    value = share * access[order] / (share * access[order]).sum()
    before = np.cumsum(value) - value
    return float(1.0 - (share * (2.0 * before + value)).sum())


def theil(access: Floats, people: Floats) -> float:
    """Find Theil's T over people, at least 0; nobody's access of 0 adds nothing."""
    share = people / people.sum()
    relative = access / (share * access).sum()
    inside = relative > 0
    return float((share[inside] * relative[inside] * np.log(relative[inside])).sum())


def concentration(access: Floats, people: Floats, rank_by: Floats) -> float:
    """Find how far access leans to those high in a ranking (above 0) or low in it (below 0)."""
    order = np.argsort(rank_by, kind="stable")
    share = people[order] / people.sum()
    rank = np.cumsum(share) - share / 2.0
    mean = (share * access[order]).sum()
    return float(2.0 * (share * access[order] * (rank - (share * rank).sum())).sum() / mean)


def poverty(access: Floats, people: Floats, *, line: float) -> tuple[float, float, float]:
    """Find the share of people below a line, how deep, and how unequally deep (FGT 0, 1, 2)."""
    share = people / people.sum()
    poor = access < line
    gap = np.where(poor, (line - access) / line, 0.0)
    return (
        float(share[poor].sum()),
        float((share * gap).sum()),
        float((share * gap**2).sum()),
    )


def _sum(values: Floats, positions: Ints, size: int) -> Floats:
    return np.bincount(positions, values, size).astype(np.float64, copy=False)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above, dtype=np.float64), where=below > 0)
