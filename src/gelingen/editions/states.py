"""How far a measure and a goal are, as an edition tells it: a code of `progress`, or unknown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.terms.progress import STATE_OF_LIGHT as _LIGHTS
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import Light, Maturity

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

DONE, DROPPED = MeasureState.DONE.value, MeasureState.DROPPED.value
UNKNOWN = MeasureState.UNKNOWN.value
OVER = frozenset({DONE, DROPPED})
_WORST = (MeasureState.BLOCKED, MeasureState.LATE, MeasureState.UNKNOWN, MeasureState.ON_COURSE)
_OVER = {
    Maturity.FINISHED: DONE,
    Maturity.HANDED_OVER: DONE,
    Maturity.DROPPED: DROPPED,
}


@dataclass(frozen=True, slots=True)
class Told:
    """How far a measure is: code, why, and the day on which that was so."""

    state: str
    reason: str = ""
    day: date | None = None


def states_of(actor: Actor, measures: Sequence["Measure"], *, on: date) -> dict[int, Told]:
    """Give the state of each measure by its number.

    Args:
        actor: who reads.
        measures: with their milestones.
        on: day of the figures.

    """
    del actor
    return {one.pk: _told(one, on) for one in measures}


def _told(one: "Measure", on: date) -> Told:
    if one.maturity in _OVER:
        return Told(_OVER[Maturity.of(one.maturity)], one.light_reason, one.progress_day)
    if one.light:
        known = _LIGHTS.get(Light.of(one.light), MeasureState.ON_COURSE)
        return Told(known.value, one.light_reason, one.progress_day)
    if any(stone.due and stone.due <= on and not stone.done for stone in one.milestones.all()):
        return Told(MeasureState.LATE.value, "Ein Meilenstein ist überfällig.", on)
    return Told(UNKNOWN)


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
