"""Fields of the matrix: several cells of a result gathered into one state, the worst first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gelingen.analysis.coverage import CoverageResult
from gelingen.terms.vocabulary import GapType
from gelingen.web.analysis.axes import Axis

# From what needs a decision first to what needs none; a field shows the first it contains.
RANKS = ("gap", "too-small", "ending", "unknown-funding", "not-known", "several", "covered")
STATES: Mapping[GapType, str] = {
    GapType.STRUCTURAL: "gap",
    GapType.FUNDING_CLIFF: "gap",
    GapType.ACCESS: "gap",
    GapType.CAPACITY: "too-small",
    GapType.ENDING: "ending",
    GapType.UNKNOWN_FUNDING: "unknown-funding",
    GapType.NOT_KNOWN: "not-known",
    GapType.COVERED: "covered",
}
# Without needs there is nothing to miss: no gap would sound as if all were well.
NO_NEEDS = "Hier ist kein Bedarf eingetragen. Ob etwas fehlt, lässt sich so nicht sagen."
OPEN = ("gap", "too-small")
# What is not known is neither open nor closed.
CLOSED = ("ending", "several", "covered", "no-demand")
Pair = tuple[str, str]
Lead = tuple[str, str, str]
Turn = Literal["", "opens", "closes"]


@dataclass(frozen=True, slots=True)
class Field:
    """What stands where a row and a column meet.

    Attributes:
        state: the worst state of its cells; "no-demand" if none has a need on the day.
        worst: how many cells are in that state.
        of: how many cells have a need.
        cells: keys of the cells that have a need.

    """

    state: str = "no-demand"
    worst: int = 0
    of: int = 0
    cells: tuple[str, ...] = ()


def gather(
    result: CoverageResult, rows: Axis, columns: Axis, *, several: set[Lead]
) -> dict[Pair, Field]:
    """Gather the cells of a result by row and column.

    Args:
        result: coverage of a day.
        rows: axis from top to bottom.
        columns: axis from left to right.
        several: topic, target group and place where several lead; told where nothing is worse.

    """
    across, down = rows.values(result), columns.values(result)
    states: dict[Pair, list[tuple[str, str]]] = defaultdict(list)
    for cell, topic, group, place, code in result.cells.frame.select(
        "cell", "topic", "target_group", "place", "type"
    ).rows():
        kind = GapType.of(code)
        if kind is GapType.NO_DEMAND:
            continue
        state = STATES[kind]
        if state == "covered" and _led_twice((topic, group, place), several):
            state = "several"
        for row in across.get(cell, ()):
            for column in down.get(cell, ()):
                states[row, column].append((state, cell))
    return {pair: _field(found) for pair, found in states.items()}


def _led_twice(about: Lead, several: set[Lead]) -> bool:
    """Tell whether several lead here or in the wider area."""
    topic, group, place = about
    return any((topic, group, place[:end]) in several for end in range(2, len(place) + 1))


def _field(found: list[tuple[str, str]]) -> Field:
    states = [state for state, _ in found]
    worst = min(states, key=RANKS.index)
    return Field(worst, states.count(worst), len(states), tuple(cell for _, cell in found))


def turn(earlier: Field, later: Field) -> Turn:
    """Say whether a field opens or closes between two days.

    Open is a gap or too small. A field of which one only does not know any more does not close.
    """
    if earlier.state in OPEN:
        return "closes" if later.state in CLOSED else ""
    return "opens" if later.state in OPEN else ""
