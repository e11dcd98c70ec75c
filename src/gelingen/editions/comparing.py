"""What is different between two editions: new, changed, done, dropped, carried over.

compare(before, after, over=...) -> Comparison

Both are tables as `editions.tables` describes them. Records are the same where their keys are, so
renaming something is a change of it. Topics that were merged, split or renamed between are mapped
by what their successors replace: that alone changes no goal and no measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gelingen.editions.tables import word
from gelingen.terms.editions import Difference
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import day, last_day

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

# What is compared, in the order of the plan, with the German names of the columns.
LABELS: Mapping[Name, Mapping[str, str]] = {
    Name.GUIDING_GOALS: {"title": "Leitziel", "topic": "Themenfeld"},
    Name.GOALS: {
        "title": "Wirkungsziel", "topic": "Themenfeld", "guiding_goal": "Leitziel",
        "target_group": "Zielgruppe", "baseline": "Ausgangswert", "aim": "Zielwert",
        "due": "Bis wann", "stair": "Stufe der Wirkungstreppe", "indicator": "Indikator",
        "state": "Stand",
    },
    Name.MEASURES: {
        "title": "Titel", "topic": "Themenfeld", "cross_topics": "Querschnittsthemen",
        "goals": "Wirkungsziele", "situation": "Ausgangslage", "description": "Beschreibung",
        "target_groups": "Zielgruppen", "level": "Ebene", "territories": "Gebiete",
        "lead": "Federführung", "partners": "Beteiligte", "kind": "Art", "priority": "Priorität",
        "term": "Zeithorizont", "starts": "Beginn", "ends": "Ende",
        "programme": "Förderprogramm", "state": "Stand", "state_reason": "Begründung zum Stand",
        "milestones": "Meilensteine",
    },
    Name.CHANCES: {"title": "Aussage", "kind": "Art", "topic": "Themenfeld"},
    Name.TEXTS: {"markdown": "Text"},
    Name.INDICATORS: {
        "name": "Name", "definition": "Definition", "numerator": "Zähler",
        "denominator": "Nenner", "unit": "Einheit", "targets": "Zielwerte",
        "series": "Werte",
    },
}  # fmt: skip
_ENDS = frozenset({"due", "ends"})
_DAYS = _ENDS | {"starts"}
_KEYS = {
    "topic": Name.TOPICS, "cross_topics": Name.TOPICS, "goals": Name.GOALS,
    "guiding_goal": Name.GUIDING_GOALS,
}  # fmt: skip
_MANY = frozenset({"series", "targets"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of a record that is different."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one record.

    Attributes:
        table: where it stands.
        key: its key.
        title: its title in the later edition, or the last it had.
        topic: name of its topic in the later edition; "" where it has none.
        difference: what became of it.
        changed: its fields that are different, also where it was done or dropped meanwhile.
        listed: whether the later edition still has it.

    """

    table: Name
    key: str
    title: str
    topic: str
    difference: Difference
    changed: tuple[Changed, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What became of a topic: names before and after; () where it is new, or was given up."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is different between two editions.

    Attributes:
        topics: those that are not the same, in the order of the later edition, then the old ones.
        lines: of each record what became of it: by table, in the order of the later edition, what
            is not in it any more last.

    """

    topics: tuple[TopicLine, ...]
    lines: tuple[Line, ...]

    def of(self, table: str, difference: str = "") -> list[Line]:
        """Give the lines of a table, or those of it with one difference."""
        return [
            one
            for one in self.lines
            if one.table == table and difference in ("", one.difference.value)
        ]

    def counts(self, table: str) -> dict[Difference, int]:
        """Count the lines of a table by difference; every difference is there."""
        return {one: len(self.of(table, one)) for one in Difference}


def compare(
    before: Rows, after: Rows, *, over: Mapping[str, Mapping[str, str]] | None = None
) -> Comparison:
    """Compare two editions by the keys of what is in them.

    Args:
        before: tables of the earlier edition.
        after: tables of the later one.
        over: by table and key the states of records that only the earlier edition has and that
            ended since; without it the state in the earlier edition counts.

    """
    told, over = _Words(before, after), over or {}
    lines = (
        line
        for table in LABELS
        for line in _lines(table, before, after, told, over.get(table.value, {}))
    )
    return Comparison(tuple(_topics(before, after)), tuple(lines))


def _lines(
    table: Name, before: Rows, after: Rows, told: "_Words", over: Mapping[str, str]
) -> Iterator[Line]:
    name = "chapter" if table is Name.TEXTS else "key"
    earlier = {row[name]: row for row in before.get(table, ())}
    later = {row[name]: row for row in after.get(table, ())}
    for key, row in later.items():
        yield _line(table, key, earlier.get(key), row, told)
    for key, row in earlier.items():
        if key not in later:
            done = over.get(key, row.get("state")) == "done"
            difference = Difference.DONE if done else Difference.DROPPED
            title, topic = _title(table, row), told.topic_after(row)
            yield Line(table, key, title, topic, difference, listed=False)


def _line(table: Name, key: str, earlier: Row | None, later: Row, told: "_Words") -> Line:
    title, topic = _title(table, later), told.topic_after(later)
    if earlier is None:
        return Line(table, key, title, topic, Difference.NEW)
    changed = tuple(_changed(table, earlier, later, told))
    was, now = earlier.get("state"), later.get("state")
    if was != now and now in ("done", "dropped"):
        return Line(table, key, title, topic, Difference.of(now), changed)
    kind = Difference.CHANGED if changed else Difference.CARRIED
    return Line(table, key, title, topic, kind, changed)


def _changed(table: Name, earlier: Row, later: Row, told: "_Words") -> Iterator[Changed]:
    for column, label in LABELS[table].items():
        one, other = earlier.get(column), later.get(column)
        if one == other or told.same_topics(column, one, other):
            continue
        before = told.say(table, column, one, later=False)
        after = told.say(table, column, other, later=True)
        if before != after or column in _MANY:
            yield Changed(label, before, after)


def _title(table: Name, row: Row) -> str:
    if table is Name.TEXTS:
        return str(row["chapter"])
    return str(row["name"] if table is Name.INDICATORS else row["title"])


def _topics(before: Rows, after: Rows) -> Iterator[TopicLine]:
    earlier = {row["key"]: row for row in before.get(Name.TOPICS, ())}
    later = {row["key"]: row for row in after.get(Name.TOPICS, ())}
    heirs: dict[tuple[str, ...], list[str]] = {}
    mapped: set[str] = set()
    for key, row in later.items():
        same = [key] if key in earlier else []
        from_old = tuple(one for one in row["replaces"] if one in earlier and one not in later)
        mapped.update(from_old)
        if not same and not from_old:
            yield TopicLine((), (row["name"],))
        elif from_old or earlier[key]["name"] != row["name"]:
            heirs.setdefault((*same, *from_old), []).append(row["name"])
    for old, names in heirs.items():
        yield TopicLine(tuple(earlier[one]["name"] for one in old), tuple(names))
    for key, row in earlier.items():
        if key not in later and key not in mapped:
            yield TopicLine((row["name"],), ())


class _Words:
    """Values of two editions as people read them."""

    def __init__(self, before: Rows, after: Rows) -> None:
        self._rows = {False: before, True: after}
        self._heirs: dict[str, set[str]] = {}
        for row in after.get(Name.TOPICS, ()):
            for old in row["replaces"]:
                self._heirs.setdefault(old, set()).add(row["key"])
        self._names = {
            later: {
                (table, row["key"]): str(row.get("name") or row.get("title"))
                for table in (Name.TOPICS, Name.GOALS, Name.GUIDING_GOALS)
                for row in rows.get(table, ())
            }
            for later, rows in self._rows.items()
        }

    def topic_after(self, row: Row) -> str:
        """Name the topic of a row as the later edition does; "" if it has none."""
        key = str(row.get("topic") or "")
        for one in (key, *sorted(self._heirs.get(key, ()))):
            if name := self._names[True].get((Name.TOPICS, one)):
                return name
        return self._names[False].get((Name.TOPICS, key), "")

    def same_topics(self, column: str, one: object, other: object) -> bool:
        """Whether a topic is another one only because it was renamed, merged or split."""
        if column == "topic":
            return str(other) in self._heirs.get(str(one), ())
        if column == "cross_topics" and isinstance(one, list) and isinstance(other, list):
            ways = [{key, *self._heirs.get(key, ())} for key in one]
            return len(one) == len(other) and all(way & {*other} for way in ways)
        return False

    def say(self, table: Name, column: str, value: Any, *, later: bool) -> str:  # noqa: ANN401  JSON
        """Write a value; "" where nothing is said."""
        if value in (None, "", []):
            return ""
        if column in _DAYS:
            return _day(value, column)
        if not isinstance(value, list):
            value = [value]
        if column in _MANY:
            return f"{len(value)}"
        if column in _KEYS:
            names, of = self._names[later], _KEYS[column]
            value = [names.get((of, key), key) for key in value]
        if column == "milestones":
            return "\n".join(_milestone(one) for one in value)
        return ", ".join(word(table, column, one) for one in value)


def _day(value: str, column: str) -> str:
    found = date.fromisoformat(value)
    return day(last_day(found) if column in _ENDS else found)


def _milestone(one: Row) -> str:
    until = f" (bis {_day(one['due'], 'due')})" if one["due"] else ""
    reached = f", erreicht am {day(date.fromisoformat(one['done']))}" if one["done"] else ""
    return f"{one['title']}{until}{reached}"
