"""Who answers for what on a day, case by case, and where that is not settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.analysis.money import running
from gelingen.findings.current import Current
from gelingen.terms.vocabulary import Level, ResponsibilityKind

if TYPE_CHECKING:
    from gelingen.register.models import Responsibility

Keys = tuple[str, str, str, str]
NAMES = ("task", "topic", "target_group", "territory")
# From what has to be settled first to what is settled; each with its one word.
STATES = {
    "several": "mehrere Federführungen",
    "none": "keine Federführung",
    "wider": "Federführung im weiteren Feld",
    "led": "eine Federführung",
}
UNSTATED = "ohne"
AXES: Mapping[str, str] = {
    "aufgabe": "task",
    "thema": "topic",
    "ebene": "level",
    "stelle": "organisation",
    "gebiet": "territory",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One task for one topic, target group and territory, and everyone who has to do with it.

    Attributes:
        keys: of task, topic, target group and territory.
        rows: responsibilities that hold on the day, those that lead first.
        state: a name of `STATES`.

    """

    keys: Keys
    rows: tuple["Responsibility", ...]
    state: str

    @property
    def word(self) -> str:
        """German word of the state."""
        return STATES[self.state]

    @property
    def title(self) -> str:
        """For what the units answer."""
        one = self.rows[0]
        return f"{one.task}: {one.topic}, {one.target_group}, {one.territory}"

    @property
    def leads(self) -> list["Responsibility"]:
        """Those that lead."""
        return [row for row in self.rows if row.kind == ResponsibilityKind.LEAD]


def cases_on(known: Current, rows: "Sequence[Responsibility]", *, on: date) -> list[Case]:
    """Gather the responsibilities of a day by case, in the order of their keys.

    Whether a case has several leads or none is what the analysis says (`analysis.leads`): a lead
    for a wider place or topic leads inside it too.

    Args:
        known: the analyses.
        rows: all responsibilities with what they name.
        on: the day.

    """
    frame = known.inputs.responsibilities.frame
    here = set(frame.filter(running(on))["responsibility"])
    gathered: dict[Keys, list[Responsibility]] = {}
    for row in sorted(rows, key=lambda one: (one.kind != ResponsibilityKind.LEAD, one.key)):
        if row.key in here:
            keys = (row.task.key, row.topic.key, row.target_group.key, row.territory.key)
            gathered.setdefault(keys, []).append(row)
    several, none = _flagged(known, on)
    return [
        Case(keys, tuple(found), _state(found, several, none))
        for keys, found in sorted(gathered.items())
    ]


def _flagged(known: Current, on: date) -> tuple[set[str], set[str]]:
    cells = known.leads(on).cells.frame
    found = cells.filter(cells["role"] == "lead").select("kind", "evidence").rows()
    several = {key for kind, keys in found if kind == "several" for key in keys.split(";")}
    none = {key for kind, keys in found if kind.startswith("none") for key in keys.split(";")}
    return several, none


def _state(rows: "Sequence[Responsibility]", several: set[str], none: set[str]) -> str:
    leads = {row.key for row in rows if row.kind == ResponsibilityKind.LEAD}
    if leads:
        return "several" if leads & several else "led"
    return "none" if {row.key for row in rows} & none else "wider"


def worst(cases: Sequence[Case]) -> str:
    """State of several cases: the one that has to be settled first."""
    return min(cases, key=urgency).state


def urgency(case: Case) -> tuple[int, Keys]:
    """Sort what has to be settled first."""
    return list(STATES).index(case.state), case.keys


def on_axis(row: "Responsibility", axis: str) -> str:
    """Key of a responsibility on an axis; a level not stated is that of the organisation."""
    name = AXES[axis]
    if name == "level":
        return row.level or row.organisation.level or UNSTATED
    return str(getattr(row, name).key)


def level_names() -> list[tuple[str, str]]:
    """Columns of the levels."""
    return [*Level.choices(), (UNSTATED, "Ebene nicht angegeben")]
