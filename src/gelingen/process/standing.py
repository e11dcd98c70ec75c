"""How a phase stands on a day: a pure function of its days."""

from dataclasses import dataclass
from datetime import date

from gelingen.process.models import Phase
from gelingen.terms.boards import PhaseState
from gelingen.terms.spelling import day, last_day


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a phase; both periods are half-open, None is not known.

    Attributes:
        planned_starts, planned_ends: as it was meant.
        starts, ends: as it was.
        resting: since when it is interrupted.

    """

    planned_starts: date | None = None
    planned_ends: date | None = None
    starts: date | None = None
    ends: date | None = None
    resting: date | None = None

    @classmethod
    def of(cls, phase: Phase) -> "Days":
        """Take the days of a phase."""
        return cls(
            phase.planned_starts, phase.planned_ends, phase.starts, phase.ends, phase.resting_since
        )

    def state(self, on: date) -> PhaseState:
        """Tell how a phase with these days stands.

        It is done from its last day on, rests from the day of its interruption, runs from its
        first day. It is late once the day planned for its end is over, or once it should have
        begun.
        """
        if self.ends is not None and last_day(self.ends) <= on:
            return PhaseState.DONE
        if self.resting is not None and self.resting <= on:
            return PhaseState.RESTING
        if self.planned_ends is not None and self.planned_ends <= on:
            return PhaseState.LATE
        if self.starts is not None and self.starts <= on:
            return PhaseState.RUNNING
        waited = self.planned_starts is not None and self.planned_starts < on
        return PhaseState.LATE if waited and self.starts is None else PhaseState.PLANNED

    def said(self, on: date) -> str:
        """Say with its days how it stands, as the end of a sentence: "läuft seit …"."""
        state = self.state(on)
        if state is PhaseState.DONE and self.ends is not None:
            return f"am {day(last_day(self.ends))} abgeschlossen"
        if state is PhaseState.RESTING:
            return f"ruht seit {day(self.resting)}"
        planned = day(last_day(self.planned_ends)) if self.planned_ends else ""
        if state is PhaseState.RUNNING:
            until = f", geplant bis {planned}" if planned else ""
            return f"läuft seit {day(self.starts)}{until}"
        begins = self.starts or self.planned_starts
        if state is PhaseState.LATE:
            waits = self.starts is None and begins is not None
            end = f"sollte bis {planned} abgeschlossen sein"
            return f"sollte am {day(begins)} beginnen" if waits else end
        return f"beginnt am {day(begins)}" if begins else "noch ohne Beginn"
