"""Which kind of gap a cell has, if any."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gelingen.analysis.allocation import Allocation
from gelingen.analysis.state import Flags, State
from gelingen.terms.vocabulary import GapType

__all__ = ["ENOUGH", "GAPS", "NOT_ASKED", "SIZE", "GapTypes", "find_types"]

# The types that are gaps; "not known" never is one.
GAPS = (
    GapType.STRUCTURAL,
    GapType.FUNDING_CLIFF,
    GapType.CAPACITY,
    GapType.ACCESS,
    GapType.ENDING,
    GapType.UNKNOWN_FUNDING,
)
NOT_ASKED, SIZE = "not_asked", "size"
# A ratio from here on counts as whole: the rest is rounding.
ENOUGH = 1.0 - 1e-9


@dataclass(frozen=True)
class GapTypes:
    """The type of each cell, and why it is not known.

    Attributes:
        types: (cells,) values of GapType.
        reasons: (cells,) NOT_ASKED (nobody asked), SIZE (something works whose size is not known
            or stated in another measure) or empty.

    """

    types: npt.NDArray[np.str_]
    reasons: npt.NDArray[np.str_]


def find_types(state: State, shared: Allocation, asked: Flags) -> GapTypes:
    """Name the type of each cell.

    The first rule that holds decides. No need: no demand. No structure ever fitted: structural if
    somebody asked, else not known. Met: covered. With a quantity: not known if something works
    whose size is not known; unknown funding, access or funding cliff if the demand would be met
    were that money safe, were no way too long, or did all that has begun keep running; else
    capacity. Without a quantity, one structure that works and is carried is enough.

    Args:
        state: demand and capacity.
        shared: the fair allocation of the middle values.
        asked: (cells,) whether somebody asked there and found nothing.

    """
    never = ~state.any_pair(np.ones(len(state.cell), dtype=bool))
    rules = [
        (~state.needed | (state.quantified & (state.demand[1] <= 0)), GapType.NO_DEMAND),
        (never & asked, GapType.STRUCTURAL),
        (never, GapType.NOT_KNOWN),
    ]
    counted, listed = _with_quantity(state, shared), _without_quantity(state)
    rules += [(state.quantified & holds, kind) for holds, kind in counted]
    rules += [(~state.quantified & holds, kind) for holds, kind in listed]
    holds = [flags for flags, _ in rules]
    types = np.select(holds, [kind.value for _, kind in rules], GapType.CAPACITY.value)
    unknown = types == GapType.NOT_KNOWN.value
    reasons = np.where(unknown, np.where(never, NOT_ASKED, SIZE), "")
    return GapTypes(types, reasons)


def _with_quantity(state: State, shared: Allocation) -> list[tuple[Flags, GapType]]:
    """Ask what would meet the demand that is not met."""
    near, unsized = ~state.far, ~state.far & ~state.sized
    working = (state.carried | state.unclear)[state.unit]
    fallen = state.begun[state.unit] & ~working & unsized
    with_unclear = state.shared(state.capacity[1] + state.unclear_capacity[1])
    with_far = state.shared(state.capacity[1], far=True) if not near.all() else shared
    all_running = state.shared(np.maximum(state.nominal, state.capacity[1]))
    return [
        (_met(shared), GapType.COVERED),
        (state.any_pair(unsized & working), GapType.NOT_KNOWN),
        (_met(with_unclear), GapType.UNKNOWN_FUNDING),
        (_met(with_far), GapType.ACCESS),
        (_met(all_running) | state.any_pair(fallen), GapType.FUNDING_CLIFF),
    ]


def _without_quantity(state: State) -> list[tuple[Flags, GapType]]:
    """Ask whether anything works, and what would."""
    near = ~state.far
    carried, unclear = state.carried[state.unit], state.unclear[state.unit]
    return [
        (state.any_pair(near & carried), GapType.COVERED),
        (state.any_pair(near & unclear), GapType.UNKNOWN_FUNDING),
        (state.any_pair(carried | unclear), GapType.ACCESS),
        (state.any_pair(state.begun[state.unit]), GapType.FUNDING_CLIFF),
    ]


def _met(shared: Allocation) -> Flags:
    return np.nan_to_num(shared.ratios) >= ENOUGH
