"""The outline of the plan as rows: topic, need, goal, measure, and what is missing."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest

from gelingen.plan.outline import Outline
from gelingen.terms.spelling import day, last_day, number_range, period
from gelingen.terms.vocabulary import Maturity
from gelingen.web.records import ways

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal, Measure

BOXES = 6
OVER = (Maturity.FINISHED, Maturity.HANDED_OVER, Maturity.DROPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the outline.

    Attributes:
        depth: 2 for needs, 3 for goals, 4 for measures.
        hint: what is missing, in one sentence; empty if nothing is.
        full: how many of the six boxes are filled; None where none are shown.
        again: whether it stands in full further up already.

    """

    depth: int
    kind: str
    title: str
    url: str
    who: str = ""
    when: str = ""
    cost: str = ""
    full: int | None = None
    hint: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One topic with its rows."""

    number: int
    title: str
    cross_cutting: bool
    lines: tuple[Line, ...]

    @property
    def hints(self) -> int:
        """How many rows lack something."""
        return sum(bool(line.hint) for line in self.lines)

    def with_hints(self) -> "Block":
        """Keep the rows that lack something."""
        return replace(self, lines=tuple(line for line in self.lines if line.hint))


def summary(outline: Outline) -> str:
    """Say in one sentence what the plan consists of."""
    if outline.plan is None:
        return "Noch ist kein Plan angelegt."
    state = outline.plan.get_state_display()
    counts = (
        f"{len(outline.needs)} Bedarfe, {len(outline.goals)} Wirkungsziele, "
        f"{len(outline.measures)} Maßnahmen"
    )
    return f"{outline.plan.title} ({state}), bis {day(last_day(outline.plan.horizon))}. {counts}."


def outline_rows(request: HttpRequest, outline: Outline) -> list[Block]:
    """Put the plan in order: by topic its needs, beneath each its goals, beneath each measures.

    Each goal and measure stands in full once, where it comes first; goals without need and
    measures without goal follow beneath their topic.
    """
    writer = _Writer(request, outline)
    blocks = [
        Block(position, topic.name, topic.cross_cutting, tuple(writer.topic(topic.key)))
        for position, topic in enumerate(outline.topics, 1)
    ]
    return [block for block in blocks if block.lines]


class _Writer:
    """Write rows and remember what has been written in full."""

    def __init__(self, request: HttpRequest, outline: Outline) -> None:
        self.outline = outline
        self.ways = {kind: ways(request, kind) for kind in ("need", "impactgoal", "measure")}
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
        for need in self.outline.needs:
            if need.topic.key == key:
                lines += self.need(need)
        for goal in self.outline.goals:
            if goal.topic.key == key and f"goal:{goal.key}" not in self.written:
                lines += self.goal(goal)
        for measure in self.outline.measures:
            if measure.topic.key == key and f"measure:{measure.key}" not in self.written:
                lines += self.measure(measure)
        return lines

    def need(self, need: "Need") -> list[Line]:
        goals = self.goals_of.get(need.pk, [])
        direct = [
            one
            for one in self.measures_of_need.get(need.pk, [])
            if not {goal.pk for goal in one.goals.all()} & {goal.pk for goal in goals}
        ]
        severity = f"Schwere {need.severity}" if need.severity else ""
        starts = f"ab {day(need.starts)}" if need.starts else "jetzt"
        line = Line(
            2,
            "Bedarf",
            need.statement,
            self.ways["need"](need.key),
            who=severity or need.target_group.name,
            when=starts if need.ends is None else period(need.starts, need.ends),
            hint="" if goals or direct else "Diesen Bedarf beantwortet noch kein Wirkungsziel.",
        )
        below = [row for goal in goals for row in self.goal(goal)]
        return [line, *below, *(row for one in direct for row in self.measure(one))]

    def goal(self, goal: "ImpactGoal") -> list[Line]:
        measures = self.measures_of_goal.get(goal.pk, [])
        again = f"goal:{goal.key}" in self.written
        self.written.add(f"goal:{goal.key}")
        line = Line(
            3,
            "Ziel",
            goal.title,
            self.ways["impactgoal"](goal.key),
            when=f"bis {day(last_day(goal.due))}" if goal.due else "",
            again=again,
            hint="" if measures or again else "Zu diesem Ziel gibt es noch keine Maßnahme.",
        )
        return [line, *([] if again else [row for one in measures for row in self.measure(one)])]

    def measure(self, one: "Measure") -> list[Line]:
        again = f"measure:{one.key}" in self.written
        self.written.add(f"measure:{one.key}")
        filled = filled_boxes(one)
        lacking = [name for name, full in filled.items() if not full and name != "Umsetzung"]
        hint = (
            ""
            if again or one.maturity in OVER or not lacking
            else f"Es fehlt: {', '.join(lacking)}."
        )
        return [
            Line(
                4,
                "Maßnahme",
                one.title,
                self.ways["measure"](one.key),
                who=one.lead.name if one.lead else "",
                when=period(one.starts, one.ends) if one.starts or one.ends else "",
                cost=_cost(one),
                full=sum(filled.values()),
                hint=hint,
                again=again,
            )
        ]


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
    return {
        "Ziel": bool(one.goals.all()),
        "Federführung": one.lead_id is not None,
        "Zeitraum": bool(one.starts or one.ends),
        "Geld": any(value is not None for value in money),
        "Indikator": bool(one.indicators),
        "Umsetzung": bool(one.light or one.progress),
    }
