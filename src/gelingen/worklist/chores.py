"""One thing that waits, and when it has to be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from gelingen.terms.desk import ChoreKind

# What has no day of its own and is new: it must not stand behind what is old.
_NOT_TO_WAIT = frozenset(
    {
        ChoreKind.FINDING,
        ChoreKind.REVIEW,
        ChoreKind.STATION,
        ChoreKind.REPLY,
        ChoreKind.PAPER,
    }
)
_WEEK, _MONTHS = timedelta(days=14), timedelta(days=92)


class Stage(Enum):
    """How soon something has to be done, with its German heading."""

    NOW = "Diese Woche fällig"
    SOON = "In den nächsten Monaten"
    LATER = "Kann warten"


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that waits.

    Attributes:
        kind: why it is here.
        record: what it is about, as "kind:key".
        title: what it is about, in a few words.
        why: one sentence that says why it is here.
        minutes: how long it takes, as an estimate.
        due: day from which it is late; None if it has none.
        weight: among those without a day the heavier comes first.
        home: the record whose page shows it, as "kind:key"; "" if `record` has its own.
        told: values for the form that does it in place.

    """

    kind: ChoreKind
    record: str
    title: str
    why: str
    minutes: int
    due: date | None = None
    weight: float = 0
    home: str = ""
    told: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> str:
        """Name of the row, the same on every day as long as the reason is the same."""
        return f"{self.kind}:{self.record}"

    def stage(self, on: date) -> Stage:
        """Tell how soon it has to be done, seen from a day."""
        if self.due is None:
            return Stage.SOON if self.kind in _NOT_TO_WAIT else Stage.LATER
        if self.due <= on + _WEEK:
            return Stage.NOW
        return Stage.SOON if self.due <= on + _MONTHS else Stage.LATER


@dataclass(frozen=True, slots=True)
class Seen:
    """Until when a person has seen what happened: the moment, and the installation's day."""

    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything that waits for one person on a day.

    Attributes:
        on: the day.
        chores: what waits, the most urgent first.
        put_off: what would wait but was put off, with the day it comes back; the first first.
        names: German names of records by key.
        seen: until when the person has seen what others did; None before the first time.

    """

    on: date
    chores: tuple[Chore, ...]
    put_off: tuple[tuple[Chore, date], ...]
    names: Mapping[str, str]
    seen: Seen | None

    @classmethod
    def of(
        cls,
        chores: Iterable[Chore],
        until: Mapping[str, date],
        *,
        on: date,
        names: Mapping[str, str],
        seen: Seen | None,
    ) -> "Worklist":
        """Put chores in order: by stage, by day, by weight, by name of the row."""
        stages = list(Stage)
        every = sorted(
            chores,
            key=lambda one: (
                stages.index(one.stage(on)),
                one.due or date.max,
                -one.weight,
                one.row,
            ),
        )
        waiting = tuple(one for one in every if one.row not in until)
        hidden = sorted(
            ((one, until[one.row]) for one in every if one.row in until), key=lambda pair: pair[1]
        )
        return cls(on, waiting, tuple(hidden), names, seen)

    @property
    def minutes(self) -> int:
        """Estimate how long all of it takes."""
        return sum(one.minutes for one in self.chores)

    def at(self, stage: Stage) -> tuple[Chore, ...]:
        """Give what belongs to a stage, in order."""
        return tuple(one for one in self.chores if one.stage(self.on) is stage)
