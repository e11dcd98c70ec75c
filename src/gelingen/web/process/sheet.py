"""What stands on the pages of the process, in German words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.process.queries import Course, PhaseLine
from gelingen.terms.boards import PhaseState
from gelingen.terms.spelling import day, euro, last_day, period
from gelingen.web.boards.sheet import changing
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address
from gelingen.web.records import record_link, record_url
from gelingen.web.register.sheets import Fact, provenance, stated
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.process.models import Event, Step, Support

PHASES = (
    Column("Phase", wide=True),
    Column("Stand"),
    Column("Geplant"),
    Column("Wirklich"),
    Column("Offene Schritte", number=True),
)
EVENTS = (
    Column("Ereignis", wide=True),
    Column("Tag"),
    Column("Art"),
    Column("Ergebnis", wide=True),
)
SUPPORTS = (
    Column("Wer begleitet", wide=True),
    Column("Wofür", wide=True),
    Column("Zeitraum"),
    Column("Vertrag"),
    Column("Kosten", number=True),
)
_CHANGE = Column("Aktion")
NONE = "–"


def answer(course: Course, on: date) -> str:
    """Say in one or two sentences where the process stands."""
    if not course.phases:
        return ""
    said = [f"{one.phase.name}: {one.said}." for one in course.now]
    following = course.following
    if following is not None:
        said.append(f"Danach {following.phase.name}: {following.said}.")
    if not said:
        done = sum(one.state is PhaseState.DONE for one in course.phases)
        said.append(
            f"{counted(len(course.phases), 'Phase', 'Phasen')}, {done} davon abgeschlossen."
        )
    late = sum(is_late(step, on) for one in course.phases for step in one.open)
    if late:
        said.append(f"{counted(late, 'Schritt', 'Schritte')} überfällig.")
    return " ".join(said)


def is_late(step: "Step", on: date) -> bool:
    """Tell whether a step should be done by a day and is not."""
    return step.done is None and step.due is not None and step.due <= on


def state_cell(line: PhaseLine) -> Cell:
    """Write how a phase stands."""
    shape = {
        PhaseState.PLANNED: "not-started",
        PhaseState.RUNNING: "on-time",
        PhaseState.LATE: "late",
        PhaseState.RESTING: "resting",
        PhaseState.DONE: "done",
    }[line.state]
    return Cell(line.state.label, state=shape, below=line.phase.resting_why)


def when(starts: date | None, ends: date | None) -> str:
    """Write a period; a dash where nothing is known of it."""
    return period(starts, ends) if starts or ends else NONE


def phase_listing(request: StaffRequest, lines: Iterable[PhaseLine]) -> Listing:
    """List phases in their order."""
    rows: list[Row] = [
        (
            Cell(
                one.phase.name,
                url=address(request, "phase", record=one.phase.key),
                below=one.phase.responsible,
            ),
            state_cell(one),
            when(one.days.planned_starts, one.days.planned_ends),
            when(one.days.starts, one.days.ends),
            str(len(one.open) or NONE),
        )
        for one in lines
    ]
    return Listing("Phasen", PHASES, rows)


def event_listing(request: StaffRequest, events: "Sequence[Event]", *, may: bool) -> Listing:
    """List events in the order of time; whoever may gets the way to change them."""
    rows: list[Row] = []
    for one in events:
        planned = one.day is None
        about = ", ".join(filter(None, (str(one.phase or ""), one.place, one.responsible)))
        row: Row = (
            Cell(one.title, url=record_url(request, "event", one.key), below=about),
            Cell(one.day_said or one.planned_said or NONE,
                 below="geplant" if planned and one.planned else ""),
            one.get_kind_display(),
            Cell(one.result or NONE, below="öffentlich" if one.public else ""),
        )  # fmt: skip
        rows.append((*row, _change(request, "event", one.key, one.title)) if may else row)
    return Listing("Ereignisse", (*EVENTS, _CHANGE) if may else EVENTS, rows)


def support_listing(request: StaffRequest, found: "Sequence[Support]", *, may: bool) -> Listing:
    """List who accompanies the process; whoever may gets the way to change it."""
    rows: list[Row] = []
    for one in found:
        there = one.organisation
        row: Row = (
            Cell(there.name, url=record_url(request, "organisation", there.key)),
            Cell(one.task, url=record_url(request, "support", one.key)),
            when(one.starts, one.ends),
            one.contract or NONE,
            Cell(euro(float(one.cost)) if one.cost is not None else NONE, below=one.paid_from),
        )
        rows.append((*row, _change(request, "support", one.key, one.task)) if may else row)
    return Listing("Begleitung", (*SUPPORTS, _CHANGE) if may else SUPPORTS, rows)


def _change(request: StaffRequest, kind: str, key: str, heard: str) -> Cell:
    return Cell("Ändern", url=changing(request, kind, key), heard=heard)


def step_lines(request: StaffRequest, steps: "Iterable[Step]", on: date) -> list[dict[str, object]]:
    """Give steps as the template draws them, with the last day and whether it is over."""
    return [
        {
            "step": one,
            "until": day(last_day(one.due)) if one.due else "",
            "late": is_late(one, on),
            "change": changing(request, "step", one.key),
        }
        for one in steps
    ]


def phase_facts(request: StaffRequest, line: PhaseLine) -> tuple[list[Fact], list[str]]:
    """Give what is said about a phase, and the names of what is not."""
    one = line.phase
    rests = f"seit {day(one.resting_since)}: {one.resting_why}" if one.resting_since else None
    plan = one.plan
    facts: list[Fact] = [
        ("Plan", record_link(request, "plan", plan.key, plan) if plan else ""),
        ("Art", one.get_kind_display()),
        ("Geplant", when(one.planned_starts, one.planned_ends).replace(NONE, "")),
        ("Wirklich", when(one.starts, one.ends).replace(NONE, "")),
        *([("Ruht", rests)] if rests else []),
        ("Verantwortlich", one.responsible),
        *provenance(one),
    ]
    return stated(facts)
