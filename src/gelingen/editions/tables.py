"""The tables of an edition: which columns each has, and what a value in them means.

Rows are JSON as it was at the release. Each carries `key`; days are "2017-06-01", of periods
[starts, ends) the end is the first day after; what a row refers to is named by its key where it is
a row of the edition itself, else by its name. Values of closed lists are their codes; `word` gives
the German word. A text without content is "", what is not known is None.
"""

from collections.abc import Mapping
from typing import Any

from gelingen.terms.boards import EventKind, PhaseState
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.indicators import Register, Wanted
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import Level, MeasureKind, Priority, RiskKind, Term, Vocabulary

# Columns by table, in the order in which people read them.
COLUMNS: Mapping[Name, tuple[str, ...]] = {
    # A released one also carries `editions.ended.ENDED`, which stays inside.
    Name.PLAN: ("key", "title", "horizon"),
    # `replaces`: keys of the topics that it stands for now.
    Name.TOPICS: ("key", "name", "order", "cross_cutting", "replaces"),
    Name.GUIDING_GOALS: ("key", "topic", "title", "order"),
    # `target_group` is a name; `state` is the worst of its measures that go on.
    Name.GOALS: (
        "key", "topic", "guiding_goal", "target_group", "title", "baseline", "aim", "due", "stair",
        "indicator", "order", "state",
    ),
    # `cross_topics` and `goals` are lists of keys; `target_groups`, `territories` and `partners`
    # lists of names, `lead` a name; `milestones` a list of {title, due, done}.
    Name.MEASURES: (
        "key", "title", "topic", "cross_topics", "goals", "situation", "description",
        "target_groups", "level", "territories", "lead", "partners", "kind", "priority", "term",
        "starts", "ends", "programme", "state", "state_reason", "state_day", "milestones", "order",
    ),
    Name.CHANCES: ("key", "kind", "title", "topic"),
    # `chapter` is the code of the chapter, `html` its `markdown`, sanitised,
    # with classes only.
    Name.TEXTS: ("key", "chapter", "markdown", "html"),
    # The days as they were or, as long as that is open, as they are planned; `events` is a list of
    # {title, kind, day, planned, place, result}.
    Name.PHASES: ("key", "name", "starts", "ends", "state", "aim", "result", "order", "events"),
    # `body` is a name, `begins` "18:30" or None, `items` the titles of the public items in order.
    Name.MEETINGS: ("key", "body", "title", "day", "begins", "place", "items"),
    # `register` and `wanted` are codes of `terms.indicators`. `breaks` is a list of {reference,
    # reason}, `targets` of {reference, low, high}, `series` of {territory, territory_name,
    # reference, low, high, source, note, counted}; what is small is left out of it. A reference
    # is a day, "2022-12", or "2022"; only values with the same `counted` are comparable.
    Name.INDICATORS: (
        "key", "code", "name", "register", "definition", "numerator", "denominator", "source",
        "unit", "migration_definition", "notes", "wanted", "breaks", "targets", "series",
    ),
    # Where figures come from: `title` and the newest day of its figures.
    Name.SOURCES: ("key", "title", "reference"),
}  # fmt: skip
_WORDS: Mapping[tuple[str, str], type[Vocabulary]] = {
    (Name.MEASURES, "level"): Level,
    (Name.MEASURES, "kind"): MeasureKind,
    (Name.MEASURES, "priority"): Priority,
    (Name.MEASURES, "term"): Term,
    (Name.MEASURES, "state"): MeasureState,
    (Name.GOALS, "state"): MeasureState,
    (Name.CHANCES, "kind"): RiskKind,
    (Name.INDICATORS, "register"): Register,
    (Name.INDICATORS, "wanted"): Wanted,
    (Name.PHASES, "state"): PhaseState,
    (Name.PHASES, "events"): EventKind,
}


def word(table: str, column: str, code: object) -> str:
    """Give the German word for a value; the value itself where it has none, "" for nothing.

    Args:
        table: name of the table.
        column: name of the column; "events" for the kind of an event.
        code: the value as it was frozen, perhaps by an earlier version of the program.

    """
    if code in (None, ""):
        return ""
    known: Any = _WORDS.get((table, column))
    return known.of(code).label if known and code in set(known) else str(code)
