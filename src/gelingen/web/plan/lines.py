"""The outline of the plan as rows: topic, need, goal, measure, and what is missing."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from gelingen.access.policy import May, allowed_in, seated
from gelingen.findings.current import Current
from gelingen.needs.lists import with_rounds
from gelingen.papers.prefill import OVER
from gelingen.plan.hints import (
    Hint,
    HintKind,
    SaidGoal,
    goal_hints,
    need_hints,
)
from gelingen.plan.outline import Outline, read_outline
from gelingen.terms.spelling import day, last_day, number_range, period
from gelingen.web.pages import StaffRequest, address
from gelingen.web.plan.questions import filled_boxes, hints_of
from gelingen.web.records import ways

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal, Measure
    from gelingen.topics.models import Topic

# Rows that one page can hold; a larger plan is shown topic by topic.
LARGE = 400
TOPIC = "thema"  # which one, in the address


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to records by kind and key, and the address under which rows are changed.

    `papers` says whether the person writes papers, and ticks measures for one.
    """

    records: Mapping[str, Callable[[str], str]]
    rows: str
    papers: bool


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One row of the outline; what it says is worked out only when it is shown.

    Attributes:
        record: what it stands for.
        outline: the plan it is part of.
        ways: for the addresses.
        below: what it stands below, as "need:n01" or "topic:sprache".
        hints: what is missing.
        again: whether it stands in full further up already.
        depth: 2 for needs, 3 for goals, 4 for measures.
        kind: need, impact_goal or measure.
        word: German word for the kind.

    """

    record: Any
    outline: Outline
    ways: Ways
    below: str
    hints: tuple[Hint, ...] = ()
    again: bool = False

    depth: ClassVar[int]
    kind: ClassVar[str]
    word: ClassVar[str]
    # Words of the row that only some kinds have.
    who: ClassVar[Any] = ""
    when: ClassVar[Any] = ""
    cost: ClassVar[Any] = ""
    boxes: ClassVar[Any] = ()

    @property
    def key(self) -> str:
        """Key of the record."""
        return str(self.record.key)

    @property
    def title(self) -> str:
        """Name of the record."""
        return str(self.record)

    @property
    def ident(self) -> str:
        """Name of the row in the page; empty where it stands in full elsewhere."""
        return "" if self.again else f"zeile-{self.word[0].lower()}{self.record.pk}"

    @property
    def url(self) -> str:
        """Address of the record's page."""
        return self.ways.records[self.kind](self.key)

    @property
    def row(self) -> str:
        """Address under which the row is changed."""
        return f"{self.ways.rows}/{self.kind}/{quote(self.key)}/"

    @property
    def full(self) -> int:
        """How many questions are answered."""
        return sum(self.boxes)

    @property
    def ticked(self) -> bool:
        """Whether it can be ticked for a paper: a measure that is not over, once."""
        free = self.kind == "measure" and not self.again and self.ways.papers
        return free and self.record.maturity not in OVER

    @property
    def movable(self) -> bool:
        """Whether people decide where it stands."""
        return self.kind != "need" and not self.again


class NeedLine(Line):
    """A need: how severe it is, and from when on."""

    __slots__ = ()
    depth, kind, word = 2, "need", "Bedarf"

    @property
    def who(self) -> str:
        """Severity, or whose need it is."""
        one = self.record
        return f"Schwere {one.severity}" if one.severity else str(one.target_group)

    @property
    def when(self) -> str:
        """From when on, or the time in between."""
        one = self.record
        if one.ends is not None:
            return period(one.starts, one.ends)
        return f"ab {day(one.starts)}" if one.starts else "jetzt"


class GoalLine(Line):
    """An impact goal: by when."""

    __slots__ = ()
    depth, kind, word = 3, "impact_goal", "Ziel"

    @property
    def when(self) -> str:
        """By when, where it is stated and the row in full."""
        return f"bis {day(last_day(self.record.due))}" if self.record.due else ""


class MeasureLine(Line):
    """A measure: who leads, when, for how much, and which questions are answered."""

    __slots__ = ()
    depth, kind, word = 4, "measure", "Maßnahme"

    @property
    def who(self) -> str:
        """Name of the lead."""
        return self.record.lead.name if self.record.lead else ""

    @property
    def when(self) -> str:
        """First and last day, as far as stated."""
        one = self.record
        return period(one.starts, one.ends) if one.starts or one.ends else ""

    @property
    def cost(self) -> str:
        """Cost in a year."""
        ends = (self.record.cost_year_low, self.record.cost_year_high)
        low, high = (None if value is None else float(value) for value in ends)
        return "" if low is None and high is None else number_range(low, high)

    @property
    def boxes(self) -> tuple[bool, ...]:
        """Which of the six questions are answered."""
        return tuple(filled_boxes(self.record, self.outline).values())


@dataclass(frozen=True, slots=True)
class Block:
    """One topic with its rows; `alone` if the plan is so large that it fills a page by itself."""

    number: int
    key: str
    title: str
    cross_cutting: bool
    lines: tuple[Line, ...]
    alone: bool = False

    def only(self, kind: str) -> "Block":
        """Keep the rows with hints of a kind; "hinweise" is any kind, "" keeps all rows."""
        if not kind:
            return self
        kept = (
            line
            for line in self.lines
            if any(kind in ("hinweise", hint.kind.value) for hint in line.hints)
        )
        return replace(self, lines=tuple(kept))

    def beside(self, line: Line) -> list[str]:
        """Keys of all rows that stand below the same as one does, itself too, in their order."""
        return [one.key for one in self.lines if (one.kind, one.below) == (line.kind, line.below)]


def counts(blocks: list[Block]) -> list[tuple[HintKind, int]]:
    """Count the hints of each kind, in the order of the rules."""
    found = Counter(hint.kind for block in blocks for line in block.lines for hint in line.hints)
    return [(kind, found[kind]) for kind in HintKind if found[kind]]


def head(blocks: list[Block]) -> dict[str, object]:
    """Give what stands above the outline: how many hints, of which kind."""
    found = counts(blocks)
    return {"found": found, "hints": sum(number for _, number in found)}


def summary(outline: Outline) -> str:
    """Say in one sentence what the plan consists of."""
    if outline.plan is None:
        return "Noch ist kein Plan angelegt."
    state = outline.plan.get_state_display()
    parts = (
        f"{len(outline.needs)} Bedarfe, {len(outline.goals)} Wirkungsziele, "
        f"{len(outline.measures)} Maßnahmen"
    )
    return f"{outline.plan.title} ({state}), bis {day(last_day(outline.plan.horizon))}. {parts}."


def known_outline(request: StaffRequest, known: Current) -> Outline:
    """Take the plan from memory, or read it if it is not there."""
    return known.keep("outline", partial(read_outline, request.user, request.tenant))


def writes_papers(request: StaffRequest) -> bool:
    """Whether the person leads a body, and so writes papers. One query at most."""
    person, tenant = request.user, request.tenant
    return allowed_in(person, May.EDIT_BOARDS, tenant) or seated(person, May.EDIT_BOARDS, tenant)


def outline_rows(
    request: StaffRequest, outline: Outline, *, on: date, cross: str = ""
) -> list[Block]:
    """Put the plan in order: by topic its needs, beneath each its goals, beneath each measures.

    Each goal and measure stands in full once, where it comes first; goals without need and
    measures without goal follow beneath their topic.

    Args:
        request: for the addresses, and whether the person writes papers.
        outline: what is there.
        on: the day whose leads count.
        cross: key of a cross-cutting topic; then only rows stay that lead to its measures.

    """
    writer = _Writer(request, outline, on)
    blocks = [
        Block(position, topic.key, topic.name, topic.cross_cutting, tuple(writer.topic(topic)))
        for position, topic in enumerate(outline.topics, 1)
    ]
    if cross:
        carrying = {
            one.key
            for one in outline.measures
            if cross in {topic.key for topic in outline.named(one, "cross_topics")}
        }
        blocks = [replace(one, lines=_leading_to(one.lines, carrying)) for one in blocks]
    alone = sum(len(block.lines) for block in blocks) > LARGE
    return [replace(block, alone=alone) for block in blocks if block.lines]


def on_page(blocks: list[Block], wished: str) -> list[Block]:
    """Choose what a page shows: everything, or of a large plan the topic wished for, by key."""
    if not any(block.alone for block in blocks):
        return blocks
    return [block for block in blocks if block.key == wished] or blocks[:1]


def _leading_to(lines: tuple[Line, ...], measures: set[str]) -> tuple[Line, ...]:
    """Keep measures of a set and the needs and goals right above them."""
    kept: list[Line] = []
    lowest = 5
    for line in reversed(lines):
        if line.kind == "measure":
            if line.key in measures:
                kept.append(line)
                lowest = 4
        elif line.depth < lowest < 5:  # noqa: PLR2004 - one below the deepest row
            kept.append(line)
            lowest = 5 if line.depth == 2 else line.depth  # noqa: PLR2004 - a need
    return tuple(reversed(kept))


class _Writer:
    """Write rows and remember what has been written in full."""

    def __init__(self, request: StaffRequest, outline: Outline, on: date) -> None:
        self.outline = outline
        self.on = on
        self.leads = outline.leads(on)
        pages = {"need": "need", "impact_goal": "impactgoal", "measure": "measure"}
        self.ways = Ways(
            {kind: ways(request, page) for kind, page in pages.items()},
            f"{address(request, 'plan')}zeile",
            writes_papers(request),
        )
        self.goals: set[str] = set()
        self.measures: set[str] = set()
        self.goals_of: dict[str, list[ImpactGoal]] = {}
        self.measures_of_goal: dict[str, list[Measure]] = {}
        self.measures_of_need: dict[str, list[Measure]] = {}
        for goal in outline.goals:
            for need in outline.named(goal, "needs"):
                self.goals_of.setdefault(need.key, []).append(goal)
        for measure in outline.measures:
            for goal in outline.named(measure, "goals"):
                self.measures_of_goal.setdefault(goal.key, []).append(measure)
            for need in outline.named(measure, "needs"):
                self.measures_of_need.setdefault(need.key, []).append(measure)
        # A need that goes on from another one is answered by what answers that one.
        keys = {need.pk: need.key for need in outline.needs}
        self.answered = with_rounds(
            {need.key: keys.get(need.previous_id or 0) for need in outline.needs},
            {*self.goals_of, *self.measures_of_need},
        )

    def topic(self, of: "Topic") -> list[Line]:
        lines: list[Line] = []
        below = f"topic:{of.key}"
        for need in self.outline.needs:
            if need.topic_id == of.pk:
                lines += self.need(need, below)
        for goal in self.outline.goals:
            if goal.topic_id == of.pk and goal.key not in self.goals:
                lines += self.goal(goal, below)
        for measure in self.outline.measures:
            if measure.topic_id == of.pk and measure.key not in self.measures:
                lines.append(self.measure(measure, below))
        return lines

    def need(self, need: "Need", below: str) -> list[Line]:
        goals = self.goals_of.get(need.key, [])
        known = {goal.key for goal in goals}
        direct = [
            one
            for one in self.measures_of_need.get(need.key, [])
            if not any(goal.key in known for goal in self.outline.named(one, "goals"))
        ]
        # What is over, met, dropped or carried on waits for nothing.
        waits = need.over is None or need.over > self.on
        hints = need_hints(answered=need.key in self.answered) if waits else []
        own = f"need:{need.key}"
        rows = [row for goal in goals for row in self.goal(goal, own)]
        rows += [self.measure(one, own) for one in direct]
        return [NeedLine(need, self.outline, self.ways, below, tuple(hints)), *rows]

    def goal(self, goal: "ImpactGoal", below: str) -> list[Line]:
        if goal.key in self.goals:
            return [GoalLine(goal, self.outline, self.ways, below, again=True)]
        self.goals.add(goal.key)
        needs = self.outline.named(goal, "needs")
        measures = self.measures_of_goal.get(goal.key, [])
        said = SaidGoal(goal.title, goal.stair, goal.indicator, len(needs), len(measures))
        line = GoalLine(goal, self.outline, self.ways, below, tuple(goal_hints(said)))
        return [line, *(self.measure(one, f"goal:{goal.key}") for one in measures)]

    def measure(self, one: "Measure", below: str) -> Line:
        if one.key in self.measures:
            return MeasureLine(one, self.outline, self.ways, below, again=True)
        self.measures.add(one.key)
        hints = tuple(hints_of(one, self.outline, self.leads))
        return MeasureLine(one, self.outline, self.ways, below, hints)
