"""How the gaps develop until the horizon, quarter by quarter, and which money ends when."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.findings.current import Current, Stage, current
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.topics.queries import topics
from gelingen.web.analysis.choice import last_of_plan
from gelingen.web.analysis.curve import Step, draw, key
from gelingen.web.analysis.fields import NO_NEEDS
from gelingen.web.analysis.forms import CourseForm
from gelingen.web.findings.tabs import tabs
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.shell import Link
from gelingen.wording.continuity import say_loss
from gelingen.wording.words import keys_of

# What is drawn, from bottom to top: what needs a decision first.
KINDS = (
    GapType.STRUCTURAL,
    GapType.FUNDING_CLIFF,
    GapType.CAPACITY,
    GapType.ACCESS,
    GapType.UNKNOWN_FUNDING,
    GapType.NOT_KNOWN,
)
OPEN = KINDS[:4]
MONTHS = 3
LONGEST_YEARS = 40


@dataclass(frozen=True, slots=True)
class Event:
    """One loss: the sentence, the way to the structure, and whether a cell is left bare."""

    sentence: str
    link: Link
    bare: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter: its name, how many cells of each kind stand after it, and what ends in it."""

    name: str
    last: date
    counts: tuple[int, ...]
    opens: tuple[str, ...]
    events: tuple[Event, ...]

    @property
    def open(self) -> int:
        """Cells that are gaps or served too little."""
        return sum(self.counts[: len(OPEN)])


@staff
def course(request: StaffRequest) -> HttpResponse:
    """Show the number of open cells over time, and its cliffs."""
    known = current(request.user, request.tenant)
    form = CourseForm(request, stand=today(), bis=last_of_plan(known), geld=Scenario.SECURED.value)
    names = list(topics(request.user, request.tenant).values_list("key", "name"))
    form.offer("thema", names)
    first = form.day("stand", today())
    last = max(form.day("bis", last_of_plan(known)), first)
    last = min(last, first + timedelta(days=365 * LONGEST_YEARS))
    scenario, topic = Scenario.of(form.text("geld")), form.text("thema")
    stages = known.course(first, last + timedelta(days=1), scenario=scenario)
    shown = _quarters(request, known, stages, topic, (first, last))
    return page(
        request,
        "analysis/course.html#verlauf",
        filters=form,
        tabs=tabs(request, "course"),
        answer=_answer(shown, first, len(_at(stages[0], topic)[1]))
        if any(_needed(one, topic) for one in stages)
        else NO_NEEDS,
        quarters=shown,
        kinds=_used(shown),
        legend=[(kind, key(kind)) for kind in _used(shown)],
        rows=[(one, [one.counts[KINDS.index(kind)] for kind in _used(shown)]) for one in shown],
        picture=draw(
            [Step(one.name, one.counts, len(one.events)) for one in shown],
            KINDS,
            title=f"Lücken und ungeklärte Felder je Vierteljahr vom {day(first)} bis {day(last)}",
        ),
        basis=known.coverage(first, scenario=scenario, horizon=None).basis,
        scenario=scenario,
        needs=known.inputs.inventory.needs.frame.height,
        structures=known.inputs.inventory.structures.frame.height,
    )


def _used(shown: Sequence[Quarter]) -> list[GapType]:
    """Kinds that occur at all; the open ones always."""
    return [
        kind
        for at, kind in enumerate(KINDS)
        if kind in (GapType.STRUCTURAL, GapType.FUNDING_CLIFF, GapType.CAPACITY)
        or any(one.counts[at] for one in shown)
    ]


def quarter_ends(first: date, last: date) -> list[date]:
    """List the last days of the quarters from the first day to the last, which closes the list.

    >>> quarter_ends(date(2017, 6, 1), date(2017, 11, 5))
    [datetime.date(2017, 6, 30), datetime.date(2017, 9, 30), datetime.date(2017, 11, 5)]
    """
    ends: list[date] = []
    year, month = first.year, (first.month - 1) // MONTHS * MONTHS + MONTHS + 1
    while True:
        year, month = year + (month > 12), (month - 1) % 12 + 1  # noqa: PLR2004 - months of a year
        end = last_day(date(year, month, 1))
        if end >= last:
            return [*ends, last]
        ends.append(end)
        month += MONTHS


def _quarters(
    request: StaffRequest,
    known: Current,
    stages: Sequence[Stage],
    topic: str,
    days: tuple[date, date],
) -> list[Quarter]:
    first, last = days
    events = _events(request, known, topic, first, last)
    starts = [stage.day for stage in stages]
    found: list[Quarter] = []
    before = _at(stages[0], topic)[1]
    begins = first
    for end in quarter_ends(first, last):
        # What ends with the last day of a quarter is missing from the day after on.
        after = min(end + timedelta(days=1), last)
        counts, open_ = _at(stages[bisect_right(starts, after) - 1], topic)
        new = sorted(open_ - before)
        fell = tuple(event for on, event in events if begins <= last_day(on) <= end)
        name = f"{(end.month - 1) // MONTHS + 1}/{end.year}"
        found.append(Quarter(name, end, counts, tuple(_told(known, key) for key in new), fell))
        before, begins = open_, end + timedelta(days=1)
    return found


def _at(stage: Stage, topic: str) -> tuple[tuple[int, ...], set[str]]:
    """Count the cells of each kind on a stage, and give the keys of the open ones."""
    rows = stage.cells.select("cell", "topic", "type").rows()
    own = [(cell, GapType.of(code)) for cell, of, code in rows if topic in ("", of)]
    counted = Counter(kind for _, kind in own)
    return tuple(counted[kind] for kind in KINDS), {cell for cell, kind in own if kind in OPEN}


def _needed(stage: Stage, topic: str) -> bool:
    """Whether there is any need at all on a stage."""
    return any(topic in ("", of) for of in stage.cells["topic"])


def _told(known: Current, cell: str) -> str:
    topic, group, place = cell.split("|")[:3]
    return f"{known.name(topic)}, {known.name(group)}, {known.name(place)}"


def _events(
    request: StaffRequest, known: Current, topic: str, first: date, last: date
) -> list[tuple[date, Event]]:
    rows = known.losses(first, ends=last + timedelta(days=1)).frame.iter_rows(named=True)
    return [
        (
            row["day"],
            Event(
                say_loss(row, known.inputs.names),
                Link(
                    known.name(row["structure"]),
                    address(request, "structure", record=row["structure"]),
                ),
                bool(row["bare"]),
            ),
        )
        for row in rows
        if not topic or topic in keys_of(row["topics"])
    ]


def _answer(shown: Sequence[Quarter], first: date, now: int) -> str:
    then = shown[-1]
    worst = max(shown, key=lambda one: len(one.opens))
    cliff = (
        f" Am meisten öffnet sich im Vierteljahr {worst.name}: {len(worst.opens)}."
        if worst.opens
        else " Bis dahin öffnet sich kein Feld."
    )
    ends = sum(len(one.events) for one in shown)
    return (
        f"Vom {day(first)} bis {day(then.last)}: von {now} auf {then.open} offene Felder. "
        f"{cliff.strip()} {ends} Mal endet oder schrumpft Geld oder eine Struktur."
    )
