"""What stands on the pages of progress, in German words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.progress.queries import Line, Sheet, State
from gelingen.progress.rounds import Entry
from gelingen.terms.progress import AskedState, MeasureState, Timeliness
from gelingen.terms.spelling import day, last_day, period
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address
from gelingen.web.progress.forms import LABELS, QUESTIONS, said_in
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.plan.models import Milestone
    from gelingen.progress.models import ProgressReport, ProgressRound, StateOverride

NONE = "–"
MEASURES = (
    Column("Maßnahme", wide=True),
    Column("Stand", wide=True),
    Column("Bericht"),
    Column("Federführung", cut=True),
)
ENTRIES = (
    Column("Maßnahme", wide=True),
    Column("Antwort"),
    Column("Federführung", cut=True),
    Column("Stand"),
    Column("Aktion"),
)
ROUNDS = (
    Column("Jahr"),
    Column("Gefragt ab"),
    Column("Erinnerungen"),
    Column("Letzter Tag"),
    Column("Stand"),
)
_ORDER = (
    MeasureState.BLOCKED, MeasureState.LATE, MeasureState.UNKNOWN, MeasureState.ON_COURSE,
    MeasureState.DONE, MeasureState.DROPPED,
)  # fmt: skip


def answer(lines: Sequence[Line]) -> str:
    """Say in two sentences how the measures stand, and how many reports are old."""
    if not lines:
        return ""
    counts = Counter(one.state.state for one in lines)
    parts = [f"{counts[state]} {state.label}" for state in _ORDER if counts[state]]
    old = sum(one.state.fresh is not Timeliness.FRESH for one in lines)
    said = f"{counted(len(lines), 'Maßnahme', 'Maßnahmen')}: {', '.join(parts)}."
    return f"{said} Bei {old} fehlt der Bericht oder ist veraltet." if old else said


def state_cell(state: State) -> Cell:
    """Write how a measure stands and why."""
    by_hand = " (festgelegt)" if state.overridden else ""
    return Cell(f"{state.state.label}{by_hand}", state=state.state, below=state.reason)


def measure_listing(request: StaffRequest, lines: Iterable[Line]) -> Listing:
    """List measures in the order of the plan."""
    rows: list[Row] = []
    for one in lines:
        told = str(one.last.starts.year) if one.last else NONE
        rows.append(
            (
                Cell(
                    one.measure.title,
                    url=address(request, "measure-progress", record=one.measure.key),
                    below=one.measure.topic.name,
                ),
                state_cell(one.state),
                Cell(told, below=f"{one.state.fresh.label}, {one.state.fresh_said}"
                     if one.state.fresh is not Timeliness.NEVER else one.state.fresh.label),
                one.measure.lead.name if one.measure.lead else NONE,
            )
        )  # fmt: skip
    return Listing("Maßnahmen", MEASURES, rows)


def entry_listing(
    request: StaffRequest, round_: "ProgressRound", found: Iterable[Entry], *, may: bool
) -> Listing:
    """List the measures of a round with who has reported."""
    rows: list[Row] = []
    for one in found:
        key = one.measure.key
        write = Cell(
            "Ändern" if one.reported else "Eintragen",
            url=address(request, "write-report", record=key, year=str(round_.year)),
            heard=one.measure.title,
        )
        row: Row = (
            Cell(one.measure.title, url=address(request, "measure-progress", record=key)),
            Cell(one.how.label, below=_when(one)),
            Cell(one.measure.lead.name if one.measure.lead else NONE,
                 below="" if one.mailbox else "ohne Funktionspostfach"),
            Cell(one.state.state.label, state=one.state.state),
        )  # fmt: skip
        rows.append((*row, write) if may else row)
    return Listing("Maßnahmen der Runde", ENTRIES if may else ENTRIES[:-1], rows)


def _when(one: Entry) -> str:
    """Say since when an answer is there, or is waited for."""
    if one.report is not None:
        return f"am {day(one.report.day)}, {one.report.by_function}"
    asked = one.request
    if asked is None:
        return ""
    last = asked.second_reminded or asked.first_reminded or asked.asked
    word = "zuletzt erinnert am" if asked.first_reminded else "gefragt am"
    begun = ", zweimal erinnert" if one.how is AskedState.BEGUN and asked.second_reminded else ""
    return f"{word} {day(last)}{begun}"


def round_answer(found: Sequence[Entry], round_: "ProgressRound", on: date) -> str:
    """Say how many have reported, and until when."""
    told = sum(one.reported for one in found)
    said = f"Zu {told} von {counted(len(found), 'Maßnahme', 'Maßnahmen')} liegt ein Sachstand vor."
    until = day(last_day(round_.closes))
    over = round_.closes <= on
    ends = f"Die Runde endete am {until}." if over else f"Gefragt wird bis zum {until}."
    return f"{said} {ends}"


def round_listing(request: StaffRequest, found: Iterable["ProgressRound"], on: date) -> Listing:
    """List rounds, the latest first."""
    rows: list[Row] = [
        (
            Cell(str(one.year), url=address(request, "round", year=str(one.year))),
            day(one.asks_from),
            f"{day(one.first_reminder)} und {day(one.second_reminder)}",
            day(last_day(one.closes)),
            _phase(one, on),
        )
        for one in found
    ]
    return Listing("Berichtsrunden", ROUNDS, rows)


def _phase(one: "ProgressRound", on: date) -> str:
    if one.closes <= on:
        return "zu Ende"
    return "läuft" if one.asks_from <= on else "kommt"


def years(reports: Sequence["ProgressReport"]) -> Listing:
    """Set the years side by side, the latest first."""
    said = [said_in(one) for one in reports]
    columns = [Column("Angabe"), *(Column(str(one.starts.year), wide=True) for one in reports)]
    rows: list[Row] = [(LABELS[name], *(one[name] or NONE for one in said)) for name in QUESTIONS]
    rows.append(("Berichtet", *(
        Cell(day(one.day), below=one.by_function) for one in reports
    )))  # fmt: skip
    return Listing("Sachstände nach Jahren", columns, rows)


def override_lines(
    overrides: Iterable["StateOverride"],
) -> list[tuple["StateOverride", MeasureState, str]]:
    """Give states set by hand with the state and the period in words."""
    return [(one, MeasureState.of(one.state), _period(one)) for one in overrides]


def measure_facts(request: StaffRequest, found: Sheet) -> list[Fact]:
    """Give what one has to know of a measure beside its reports."""
    one = found.measure
    lead = record_link(request, "organisation", one.lead.key, one.lead) if one.lead else ""
    money = f"bis {day(last_day(one.funding_ends))}" if one.funding_ends else ""
    return [
        ("Themenfeld", one.topic.name),
        ("Federführung", lead),
        ("Zeitraum", period(one.starts, one.ends) if one.starts or one.ends else ""),
        ("Geld bewilligt", money),
        ("Nach dem Förderende", one.continuation),
    ]


def _period(one: "StateOverride") -> str:
    by = f", {one.by_function}" if one.by_function else ""
    if one.ends is None:
        return f"seit {day(one.day)}{by}"
    if one.ends == one.day:
        return f"am {day(one.day)} festgelegt und aufgehoben{by}"
    return f"{day(one.day)} bis {day(last_day(one.ends))}{by}"


def step_lines(steps: Iterable["Milestone"], on: date) -> list[tuple[str, str]]:
    """Give milestones with what is to be said of each."""
    return [(one.title, _step(one, on)) for one in steps]


def _step(one: "Milestone", on: date) -> str:
    if one.done is not None:
        return f"erreicht am {day(one.done)}"
    if one.due is None:
        return "offen, ohne Tag"
    late = ", überfällig" if one.due <= on else ""
    return f"geplant bis {day(last_day(one.due))}{late}"


def sheet_answer(found: Sheet) -> str:
    """Say how a measure stands."""
    by_hand = ", festgelegt" if found.state.overridden else ""
    return f"{found.state.state.label[:1].upper()}{found.state.state.label[1:]}{by_hand}."
