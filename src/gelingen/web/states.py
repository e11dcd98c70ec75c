"""The states that pages show: one word and one shape each, in four families of shapes.

A word is never used for two states, and a state never gets a second word (DESIGN: money are
squares, coverage circles, progress signs of movement, trust in an entry small signs).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gelingen.terms.boards import PhaseState
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import FundingState, GapType, Light, Vocabulary


@dataclass(frozen=True, slots=True)
class State:
    """A state: `shape` names its class in states.css."""

    word: str
    shape: str


MONEY = {
    "secured": State("gesichert", "gesichert"),
    "applied": State("beantragt", "beantragt"),
    "planned": State("geplant", "geplant"),
    "unknown": State("unbekannt", "unbekannt"),
    "open": State("offen", "offen"),
}
COVERAGE = {
    "covered": State("gedeckt", "gedeckt"),
    "ending": State("endet", "endet"),
    "too-small": State("zu klein", "zuklein"),
    "gap": State("Lücke", "luecke"),
    "several": State("mehrfach", "mehrfach"),
    "no-demand": State("kein Bedarf", "kein"),
    "not-known": State("unklar", "unklar"),
    "unknown-funding": State("Geld unbekannt", "geldunbekannt"),
}
PROGRESS = {
    "on-time": State("im Plan", "implan"),
    "late": State("verzögert", "verspaetet"),
    "blocked": State("stockt", "blockiert"),
    "resting": State("ruht", "ruht"),
    "done": State("abgeschlossen", "erledigt"),
    "dropped": State("eingestellt", "aufgegeben"),
    "not-started": State("noch nicht begonnen", "nichtbegonnen"),
}
ENTRY = {
    "confirmed": State("bestätigt", "bestaetigt"),
    "to-confirm": State("zu bestätigen", "zupruefen"),
    "draft": State("Entwurf", "entwurf"),
    "ended": State("beendet", "beendet"),
}
FAMILIES: Mapping[str, Mapping[str, State]] = {
    "Wie sicher ist das Geld?": MONEY,
    "Ist der Bedarf gedeckt?": COVERAGE,
    "Wie weit ist es?": PROGRESS,
    "Stimmt der Eintrag?": ENTRY,
}
STATES: Mapping[str, State] = {
    name: state for family in FAMILIES.values() for name, state in family.items()
}

# How members of the vocabulary look; a gap type keeps its own word beside the shape.
_MEMBERS: tuple[tuple[Vocabulary, State], ...] = (
    (FundingState.APPROVED, MONEY["secured"]),
    (FundingState.APPLIED, MONEY["applied"]),
    (FundingState.PLANNED, MONEY["planned"]),
    (FundingState.UNKNOWN, MONEY["unknown"]),
    (GapType.NO_DEMAND, COVERAGE["no-demand"]),
    (GapType.COVERED, COVERAGE["covered"]),
    (GapType.ENDING, COVERAGE["ending"]),
    (GapType.STRUCTURAL, State("strukturell", "luecke")),
    (GapType.FUNDING_CLIFF, State("Geld endet", "luecke")),
    (GapType.CAPACITY, COVERAGE["too-small"]),
    (GapType.ACCESS, State("Zugang", "luecke")),
    (GapType.NOT_KNOWN, COVERAGE["not-known"]),
    (GapType.UNKNOWN_FUNDING, COVERAGE["unknown-funding"]),
    (Light.PLANNED, PROGRESS["on-time"]),
    (Light.LATE, PROGRESS["late"]),
    (Light.BLOCKED, PROGRESS["blocked"]),
    (Light.DONE, PROGRESS["done"]),
    (Light.DROPPED, PROGRESS["dropped"]),
    (Light.NOT_STARTED, PROGRESS["not-started"]),
    (PhaseState.PLANNED, PROGRESS["not-started"]),
    (PhaseState.RUNNING, PROGRESS["on-time"]),
    (PhaseState.LATE, PROGRESS["late"]),
    (PhaseState.RESTING, PROGRESS["resting"]),
    (PhaseState.DONE, PROGRESS["done"]),
    (MeasureState.ON_COURSE, PROGRESS["on-time"]),
    (MeasureState.LATE, PROGRESS["late"]),
    (MeasureState.BLOCKED, PROGRESS["blocked"]),
    (MeasureState.DONE, PROGRESS["done"]),
    (MeasureState.DROPPED, PROGRESS["dropped"]),
    (MeasureState.UNKNOWN, State("nicht berichtet", "unbekannt")),
)
# Members of two vocabularies with the same code are equal; that of which list they are counts too.
_SHAPES = {(type(member), member): state for member, state in _MEMBERS}


def look(state: str | Vocabulary) -> State:
    """Word and shape of a state, given by its name in `STATES` or as a vocabulary member.

    Raises:
        KeyError: there is no such state.

    """
    if isinstance(state, Vocabulary):
        return _SHAPES[type(state), state]
    return STATES[state]
