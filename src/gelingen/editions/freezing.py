"""What of a plan everybody may read, as rows of JSON: the tables of an edition.

tables_of(tenant, plan, on=, closed=()) -> {name: [row]}

Everything is read as the program itself reads, not as somebody who may see less or more: an edition
must not depend on who releases it. Which field may stand in which column, `editions.allowed` says.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.boards.published import shown_items, shown_meetings
from gelingen.documents import Document, from_markdown, html_fragment
from gelingen.editions.states import OVER, Told, state_of_goal, states_of
from gelingen.editions.tables import COLUMNS
from gelingen.indicators.publishing import published_series, published_sources
from gelingen.plan import queries as plans
from gelingen.process.queries import events, phases
from gelingen.process.standing import Days
from gelingen.terms.boards import MeetingState
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import iso_day
from gelingen.topics.queries import topics

if TYPE_CHECKING:
    from gelingen.plan.models import ChapterText, ImpactGoal, Measure, Plan
    from gelingen.process.models import Event, Phase
    from gelingen.topics.models import Topic

Row = dict[str, Any]
Tables = dict[str, list[Row]]


class UnknownColumnError(RuntimeError):
    """A row has a column that no table knows: a mistake in the program."""


def tables_of(tenant: Tenant, plan: "Plan", *, on: date, closed: Collection[str] = ()) -> Tables:
    """Freeze what is public of a plan. A fixed number of queries.

    Args:
        tenant: whose.
        plan: the plan.
        on: day of which the edition tells.
        closed: keys of measures that were over in an edition of an earlier plan; as long as they
            are, they do not come again.

    Returns:
        Rows by name of the table, in the order of the plan.

    Raises:
        UnknownColumnError: a row holds something that the tables do not know.

    """
    reader = Operator(day=on)
    goals = plans.goals_with_needs(reader, tenant, plan=plan)
    measures = _measures(reader, tenant, plan)
    told = states_of(tenant, measures, on=on)
    measures = [one for one in measures if not (one.key in closed and told[one.pk].state in OVER)]
    figures = published_series(tenant, on=on)
    every = list(topics(reader, tenant).prefetch_related("replaces__replaces__replaces"))
    found: Tables = {
        Name.PLAN: [{"key": plan.key, "title": plan.title, "horizon": _day(plan.horizon)}],
        Name.GUIDING_GOALS: [
            {"key": one.key, "topic": one.topic.key if one.topic else "", "title": one.title,
             "order": one.order}
            for one in plans.guiding_goals(reader, tenant, plan=plan)
        ],
        Name.GOALS: [_goal(one, measures, told) for one in goals],
        Name.MEASURES: [_measure(one, {goal.key for goal in goals}, told) for one in measures],
        Name.CHANCES: [
            {"key": one.key, "kind": one.kind, "title": one.title,
             "topic": one.topic.key if one.topic else ""}
            for one in plans.chances(reader, tenant)
        ],
        Name.TEXTS: [_text(one) for one in plans.chapter_texts(reader, tenant, plan=plan)],
        Name.PHASES: _phases(reader, tenant, plan, on),
        Name.MEETINGS: _meetings(tenant),
        Name.INDICATORS: figures,
        Name.SOURCES: published_sources(figures),
    }  # fmt: skip
    found[Name.TOPICS] = _topics(every, _named(found), on)
    return {name.value: [_checked(name, row) for row in found[name]] for name in Name}


def _checked(name: Name, row: Row) -> Row:
    """Put a row into the order of its columns, and refuse what is no column."""
    if row.keys() != set(COLUMNS[name]):
        raise UnknownColumnError(f"{name}: {sorted(row.keys() ^ set(COLUMNS[name]))}")
    return {column: row[column] for column in COLUMNS[name]}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _measures(reader: Operator, tenant: Tenant, plan: "Plan") -> "list[Measure]":
    """List the public measures of a plan."""
    found = plans.measures_in_full(reader, tenant)
    return [one for one in found if one.public and belongs(one, plan)]


def belongs(measure: "Measure", plan: "Plan") -> bool:
    """Whether a measure is one of a plan: it serves a goal of it, or none at all."""
    serves = {goal.plan_id for goal in measure.goals.all()}
    return not serves or plan.pk in serves


def _goal(one: "ImpactGoal", measures: "Sequence[Measure]", told: Mapping[int, Told]) -> Row:
    serving = [told[of.pk].state for of in measures if one in of.goals.all()]
    return {
        "key": one.key,
        "topic": one.topic.key,
        "guiding_goal": one.guiding_goal.key if one.guiding_goal else "",
        "target_group": one.target_group.name if one.target_group else "",
        **{name: getattr(one, name) for name in (
            "title", "baseline", "aim", "stair", "indicator", "order",
        )},
        "due": _day(one.due),
        "state": state_of_goal(serving),
    }  # fmt: skip


def _measure(one: "Measure", goals: Collection[str], told: Mapping[int, Told]) -> Row:
    state = told[one.pk]
    return {
        **{name: getattr(one, name) for name in (
            "key", "title", "situation", "description", "level", "kind", "priority", "term",
            "programme", "order",
        )},
        "topic": one.topic.key,
        "cross_topics": [of.key for of in one.cross_topics.all()],
        "goals": [of.key for of in one.goals.all() if of.key in goals],
        "target_groups": _names(one.target_groups.all()),
        "territories": _names(one.territories.all()),
        "lead": one.lead.name if one.lead else "",
        "partners": _names(one.partners.all()),
        "starts": _day(one.starts),
        "ends": _day(one.ends),
        "state": state.state,
        "state_reason": state.reason,
        "state_day": _day(state.day),
        "milestones": [
            {"title": of.title, "due": _day(of.due), "done": _day(of.done)}
            for of in sorted(one.milestones.all(), key=lambda of: (of.due or date.max, of.key))
        ],
    }  # fmt: skip


def _names(things: Iterable[Any]) -> list[str]:
    return [one.name for one in things]


def _text(one: "ChapterText") -> Row:
    blocks = from_markdown(one.text, heading_level=2)
    return {
        "key": one.key,
        "chapter": one.chapter,
        "markdown": one.text,
        "html": html_fragment(Document(title=one.chapter, blocks=blocks)) if blocks else "",
    }


def _named(found: Tables) -> set[str]:
    """Keys of the topics that rows refer to."""
    tables = (Name.GUIDING_GOALS, Name.GOALS, Name.MEASURES, Name.CHANCES)
    single = {row["topic"] for name in tables for row in found[name]}
    return single | {key for row in found[Name.MEASURES] for key in row["cross_topics"]}


def _topics(every: "Sequence[Topic]", named: Collection[str], on: date) -> list[Row]:
    """List the topics that hold on the day, and those over by then that something still names."""
    return [
        {
            "key": one.key,
            "name": one.name,
            "order": one.order,
            "cross_cutting": one.cross_cutting,
            "replaces": sorted(_replaced(one)),
        }
        for one in every
        if one.key in named or _holds(one.starts, one.ends, on)
    ]


def _replaced(one: "Topic") -> set[str]:
    """Keys of all topics that it stands for, also over several steps."""
    found: set[str] = set()
    waiting = list(one.replaces.all())
    while waiting:
        earlier = waiting.pop()
        if earlier.key not in found:
            found.add(earlier.key)
            waiting.extend(earlier.replaces.all())
    return found


def _holds(starts: date | None, ends: date | None, on: date) -> bool:
    return (starts is None or starts <= on) and (ends is None or on < ends)


def _phases(reader: Operator, tenant: Tenant, plan: "Plan", on: date) -> list[Row]:
    """List the phases of the plan and those of no plan, with what is shown of them to everybody."""
    shown: dict[int | None, list[Event]] = {}
    for one in events(reader, tenant).filter(public=True, phase__isnull=False):
        shown.setdefault(one.phase_id, []).append(one)
    return [
        _phase(one, shown.get(one.pk, []), on)
        for one in phases(reader, tenant)
        if one.plan_id in (None, plan.pk)
    ]


def _phase(one: "Phase", shown: "Sequence[Event]", on: date) -> Row:
    ordered = sorted(shown, key=lambda of: (of.day or of.planned or date.max, of.key))
    return {
        "key": one.key,
        "name": one.name,
        "starts": _day(one.starts or one.planned_starts),
        "ends": _day(one.ends or one.planned_ends),
        "state": Days.of(one).state(on).value,
        "aim": one.aim,
        "result": one.result,
        "order": one.order,
        "events": [
            {"title": of.title, "kind": of.kind,
             "day": iso_day(of.day, of.day_precision) if of.day else None,
             "planned": iso_day(of.planned, of.planned_precision) if of.planned else None,
             "place": of.place, "result": of.result}
            for of in ordered
        ],
    }  # fmt: skip


def _meetings(tenant: Tenant) -> list[Row]:
    """List the meetings of public bodies that take or took place, by day. Two queries."""
    items: dict[int | None, list[str]] = {}
    for one in shown_items(tenant):
        items.setdefault(one.meeting_id, []).append(one.title)
    found = shown_meetings(tenant).exclude(state=MeetingState.CANCELLED)
    return [
        {
            "key": one.key,
            "body": one.body.name,
            "title": one.title,
            "day": _day(one.day),
            "begins": f"{one.begins:%H:%M}" if one.begins else None,
            "place": one.place,
            "items": items.get(one.pk, []),
        }
        for one in found.order_by("day", "key")
    ]
