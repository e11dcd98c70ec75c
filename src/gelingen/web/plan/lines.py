"""The outline of the plan as rows: topic, need, goal, measure, and what is missing."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpRequest

from gelingen.plan.hints import (
    Hint,
    HintKind,
    SaidGoal,
    SaidMeasure,
    goal_hints,
    measure_hints,
    need_hints,
)
from gelingen.plan.outline import Outline
from gelingen.terms.spelling import day, last_day, number_range, period
from gelingen.web.pages import address
from gelingen.web.records import ways

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal, Measure

BOXES = ("Ziel", "Wer", "Wann", "Geld", "Wirkung", "Umsetzung")


# Rows that one page can hold; a larger plan is shown topic by topic.
LARGE = 400
TOPIC = "thema"  # which one, in the address


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the outline.

    Attributes:
        depth: 2 for needs, 3 for goals, 4 for measures.
        kind: need, impact_goal or measure.
        key: key of the record.
        ident: name of the row in the page.
        url: address of the record's page.
        row: address under which the row is changed.
        below: what it stands below, as "need:n01" or "topic:sprache".
        hints: what is missing.
        boxes: which of the six questions are answered; empty where none are asked.
        again: whether it stands in full further up already.

    """

    depth: int
    kind: str
    key: str
    ident: str
    below: str
    title: str
    url: str
    row: str
    who: str = ""
    when: str = ""
    cost: str = ""
    boxes: tuple[bool, ...] = ()
    hints: tuple[Hint, ...] = ()
    again: bool = False

    @property
    def word(self) -> str:
        """German word for the kind."""
        return {"need": "Bedarf", "impact_goal": "Ziel", "measure": "Maßnahme"}[self.kind]

    @property
    def full(self) -> int:
        """How many questions are answered."""
        return sum(self.boxes)

    @property
    def movable(self) -> bool:
        """Whether people decide where it stands."""
        return self.kind != "need" and not self.again


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


def outline_rows(request: HttpRequest, outline: Outline, *, cross: str = "") -> list[Block]:
    """Put the plan in order: by topic its needs, beneath each its goals, beneath each measures.

    Each goal and measure stands in full once, where it comes first; goals without need and
    measures without goal follow beneath their topic.

    Args:
        request: for the addresses.
        outline: what is there.
        cross: key of a cross-cutting topic; then only rows stay that lead to its measures.

    """
    writer = _Writer(request, outline)
    blocks = [
        Block(position, topic.key, topic.name, topic.cross_cutting, tuple(writer.topic(topic.key)))
        for position, topic in enumerate(outline.topics, 1)
    ]
    if cross:
        carrying = {
            one.key
            for one in outline.measures
            if cross in {topic.key for topic in one.cross_topics.all()}
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

    def __init__(self, request: HttpRequest, outline: Outline) -> None:
        self.outline = outline
        self.horizon = outline.plan.horizon if outline.plan else None
        self.ways = {kind: ways(request, kind) for kind in ("need", "impactgoal", "measure")}
        self.rows = f"{address(request, 'plan')}zeile"
        self.written: set[str] = set()
        self.goals_of: dict[int, list[ImpactGoal]] = {}
        self.measures_of_goal: dict[int, list[Measure]] = {}
        self.measures_of_need: dict[int, list[Measure]] = {}
        for goal in outline.goals:
            for need in goal.needs.all():
                self.goals_of.setdefault(need.pk, []).append(goal)
        for measure in outline.measures:
            for goal in measure.goals.all():
                self.measures_of_goal.setdefault(goal.pk, []).append(measure)
            for need in measure.needs.all():
                self.measures_of_need.setdefault(need.pk, []).append(measure)

    def topic(self, key: str) -> list[Line]:
        lines: list[Line] = []
        below = f"topic:{key}"
        for need in self.outline.needs:
            if need.topic.key == key:
                lines += self.need(need, below)
        for goal in self.outline.goals:
            if goal.topic.key == key and f"goal:{goal.key}" not in self.written:
                lines += self.goal(goal, below)
        for measure in self.outline.measures:
            if measure.topic.key == key and f"measure:{measure.key}" not in self.written:
                lines.append(self.measure(measure, below))
        return lines

    def need(self, need: "Need", below: str) -> list[Line]:
        goals = self.goals_of.get(need.pk, [])
        direct = [
            one
            for one in self.measures_of_need.get(need.pk, [])
            if not {goal.pk for goal in one.goals.all()} & {goal.pk for goal in goals}
        ]
        starts = f"ab {day(need.starts)}" if need.starts else "jetzt"
        line = Line(
            2,
            "need",
            need.key,
            f"zeile-b{need.pk}",
            below,
            need.statement,
            self.ways["need"](need.key),
            self._row("need", need.key),
            who=f"Schwere {need.severity}" if need.severity else need.target_group.name,
            when=starts if need.ends is None else period(need.starts, need.ends),
            hints=tuple(need_hints(goals=len(goals), measures=len(direct))),
        )
        own = f"need:{need.key}"
        rows = [row for goal in goals for row in self.goal(goal, own)]
        return [line, *rows, *(self.measure(one, own) for one in direct)]

    def goal(self, goal: "ImpactGoal", below: str) -> list[Line]:
        measures = self.measures_of_goal.get(goal.pk, [])
        again = f"goal:{goal.key}" in self.written
        self.written.add(f"goal:{goal.key}")
        said = SaidGoal(
            goal.title, goal.stair, goal.indicator, len(goal.needs.all()), len(measures)
        )
        line = Line(
            3,
            "impact_goal",
            goal.key,
            "" if again else f"zeile-z{goal.pk}",
            below,
            goal.title,
            self.ways["impactgoal"](goal.key),
            self._row("impact_goal", goal.key),
            when=f"bis {day(last_day(goal.due))}" if goal.due else "",
            again=again,
            hints=() if again else tuple(goal_hints(said)),
        )
        own = f"goal:{goal.key}"
        return [line, *(() if again else (self.measure(one, own) for one in measures))]

    def measure(self, one: "Measure", below: str) -> Line:
        way, row = self.ways["measure"](one.key), self._row("measure", one.key)
        if f"measure:{one.key}" in self.written:
            return Line(4, "measure", one.key, "", below, one.title, way, row, again=True)
        self.written.add(f"measure:{one.key}")
        return Line(
            4,
            "measure",
            one.key,
            f"zeile-m{one.pk}",
            below,
            one.title,
            way,
            row,
            who=one.lead.name if one.lead else "",
            when=period(one.starts, one.ends) if one.starts or one.ends else "",
            cost=_cost(one),
            boxes=tuple(filled_boxes(one).values()),
            hints=tuple(self._hints(one)),
        )

    def _hints(self, one: "Measure") -> list[Hint]:
        return measure_hints(said_of(one, self.outline.leads), horizon=self.horizon)

    def _row(self, kind: str, key: str) -> str:
        return f"{self.rows}/{kind}/{quote(key)}/"


def said_of(one: "Measure", leads: frozenset[tuple[str, str]]) -> SaidMeasure:
    """Gather what the rules for hints need of a measure; `leads` as `Outline.leads`."""
    rivals = (
        partner.name
        for partner in one.partners.all()
        if partner.pk != one.lead_id and (partner.key, one.topic.key) in leads
    )
    return SaidMeasure(
        lead=one.lead.name if one.lead else "",
        rivals=tuple(rivals),
        goals=len(one.goals.all()),
        starts=one.starts,
        ends=one.ends,
        costed=filled_boxes(one)["Geld"],
        funding_ends=one.funding_ends,
        maturity=one.maturity,
    )


def _cost(one: "Measure") -> str:
    low, high = (
        None if value is None else float(value) for value in (one.cost_year_low, one.cost_year_high)
    )
    return "" if low is None and high is None else number_range(low, high)


def filled_boxes(one: "Measure") -> dict[str, bool]:
    """Say which of the six questions to a measure have an answer."""
    money = (
        one.cost_year_low,
        one.cost_year_high,
        one.cost_once_low,
        one.cost_once_high,
        one.own_share,
    )
    answers = (
        bool(one.goals.all()),
        one.lead_id is not None,
        bool(one.starts or one.ends),
        any(value is not None for value in money),
        bool(one.indicators),
        bool(one.light or one.progress),
    )
    return dict(zip(BOXES, answers, strict=True))
