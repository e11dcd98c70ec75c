"""Fields of the matrix: several cells of a result gathered into one state, the worst first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gelingen.analysis.coverage import CoverageResult
from gelingen.terms.vocabulary import GapType

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
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """What stands where a row and a topic meet.

    Attributes:
        state: the worst state of its cells; "no-demand" if none has a need on the day.
        worst: how many cells are in that state.
        of: how many cells have a need.

    """

    state: str = "no-demand"
    worst: int = 0
    of: int = 0


def gather(result: CoverageResult, *, rows: str, several: set[Pair]) -> dict[Pair, Field]:
    """Gather the cells of a result by row and topic.

    Args:
        result: coverage of a day.
        rows: the column that makes the rows: target_group or place.
        several: pairs of row and topic with several leads; they are told where nothing is worse.

    """
    states: dict[Pair, list[str]] = defaultdict(list)
    for row in result.cells.frame.select("type", rows, "topic").iter_rows(named=True):
        pair = (str(row[rows]), str(row["topic"]))
        kind = GapType.of(row["type"])
        if kind is GapType.NO_DEMAND:
            continue
        state = STATES[kind]
        states[pair].append("several" if state == "covered" and pair in several else state)
    return {pair: _field(found) for pair, found in states.items()}


def _field(states: list[str]) -> Field:
    worst = min(states, key=RANKS.index)
    return Field(worst, states.count(worst), len(states))
