"""How far a measure and a goal are, as an edition tells it: codes of `terms.progress`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.progress.queries import states
from gelingen.terms.progress import MeasureState

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

DONE, DROPPED = MeasureState.DONE.value, MeasureState.DROPPED.value
UNKNOWN = MeasureState.UNKNOWN.value
OVER = frozenset({DONE, DROPPED})
_WORST = (MeasureState.BLOCKED, MeasureState.LATE, MeasureState.UNKNOWN, MeasureState.ON_COURSE)


@dataclass(frozen=True, slots=True)
class Told:
    """How far a measure is: code, why, and the day on which that was so."""

    state: str
    reason: str = ""
    day: date | None = None


def states_of(tenant: Tenant, measures: Sequence["Measure"], *, on: date) -> dict[int, Told]:
    """Give the state of each measure by its number. Two queries.

    Args:
        tenant: whose.
        measures: with their milestones.
        on: day of the figures.

    """
    found = states(tenant, measures, on=on)
    return {pk: Told(one.state.value, one.reason, one.day) for pk, one in found.items()}


def state_of_goal(states: Iterable[str]) -> str:
    """Give the state of a goal from those of the measures that serve it.

    It is over when all are; else it is the worst of those that go on.
    """
    found: Collection[str] = set(states)
    going = [one for one in _WORST if one in found]
    if going:
        return going[0].value
    if DONE in found:
        return DONE
    return DROPPED if found else UNKNOWN
