"""The tables of open data, declared once: what each column holds and what it means.

A column that an edition has and that is not described here is left out everywhere; a test says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gelingen.terms.boards import EventKind, PhaseState
from gelingen.terms.vocabulary import (
    Level,
    MeasureKind,
    Priority,
    RiskKind,
    Term,
    Vocabulary,
)


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "Text"
    HTML = "Text als HTML"
    DAY = "Tag (JJJJ-MM-TT)"
    TIME = "Uhrzeit (HH:MM)"
    WHOLE = "ganze Zahl"
    NUMBER = "Zahl"
    FLAG = "ja oder nein"
    TEXTS = "Liste von Texten"
    ROWS = "Liste von Zeilen"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: in files and answers.
        meaning: one German sentence without its full stop.
        kind: what stands in it.
        words: the closed list whose codes it holds.
        points: name of the table whose keys it holds; "" if it holds none.
        parts: columns of the rows that it is a list of.
        many: name of the table of those rows in files, where lists of rows have no place.

    """

    name: str
    meaning: str
    kind: Kind = Kind.TEXT
    words: type[Vocabulary] | None = None
    points: str = ""
    parts: tuple["Column", ...] = ()
    many: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of open data.

    Attributes:
        name: in addresses.
        title: what it is called.
        about: what its rows are, in one sentence.
        columns: in order.
        of: name of the table whose lists its rows are taken from; "" for one of an edition.
        asked: columns by which the interface filters.

    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    of: str = ""
    asked: tuple[str, ...] = ()


_KEY = Column("key", "Kennung; ändert sich nie")
_ORDER = Column("order", "Reihenfolge im Plan", Kind.WHOLE)
_TOPIC = Column("topic", "Kennung des Themenfelds", points="topics")
_STARTS = Column("starts", "Erster Tag; leer heißt unbekannt", Kind.DAY)
_ENDS = Column("ends", "Erster Tag danach; leer heißt ohne bekanntes Ende", Kind.DAY)
_STATE = Column("state", "Stand am Tag der Ausgabe")

_MILESTONES = (
    Column("title", "Meilenstein"),
    Column("due", "Erster Tag nach dem, bis zu dem er erreicht sein soll", Kind.DAY),
    Column("done", "Tag, an dem er erreicht war; leer heißt offen", Kind.DAY),
)
_EVENTS = (
    Column("title", "Ereignis"),
    Column("kind", "Art", words=EventKind),
    Column("day", "Tag, Monat oder Jahr, wann es war, so genau wie bekannt"),
    Column("planned", "Tag, Monat oder Jahr, wofür es geplant war"),
    Column("place", "Ort"),
    Column("result", "Ergebnis"),
)
_SERIES = (
    Column("territory", "Amtlicher Schlüssel des Gebiets"),
    Column("territory_name", "Name des Gebiets"),
    Column("reference", "Stichtag oder Zeitraum, für den der Wert gilt"),
    Column("low", "Wert, bei einer Spanne der kleinere", Kind.NUMBER),
    Column("high", "Wert, bei einer Spanne der größere", Kind.NUMBER),
    Column("source", "Quelle des Werts"),
    Column("note", "Anmerkung zum Wert"),
    Column("counted", "Wie gezählt wurde; vergleichbar ist nur, was gleich gezählt ist"),
)
_BREAKS = (
    Column("reference", "Stichtag, ab dem anders gezählt wird"),
    Column("reason", "Was sich geändert hat"),
)
_TARGETS = (
    Column("reference", "Stichtag, zu dem der Zielwert erreicht sein soll"),
    Column("low", "Zielwert, bei einer Spanne der kleinere", Kind.NUMBER),
    Column("high", "Zielwert, bei einer Spanne der größere", Kind.NUMBER),
)

_EDITION: tuple[Table, ...] = (
    Table(
        "plan",
        "Plan",
        "Wie der Plan heißt und bis wann er gilt",
        (
            _KEY,
            Column("title", "Titel des Plans"),
            Column("horizon", "Erster Tag nach dem Planungszeitraum", Kind.DAY),
        ),
    ),
    Table(
        "topics",
        "Themenfelder",
        "Je Zeile ein Themenfeld des Plans",
        (
            _KEY,
            Column("name", "Name"),
            _ORDER,
            Column("cross_cutting", "Ob es quer zu den anderen liegt", Kind.FLAG),
            Column(
                "replaces",
                "Kennungen früherer Themenfelder, für die es jetzt steht",
                Kind.TEXTS,
            ),
        ),
    ),
    Table(
        "guiding_goals",
        "Leitziele",
        "Je Zeile ein Leitziel",
        (_KEY, _TOPIC, Column("title", "Wortlaut"), _ORDER),
        asked=("topic",),
    ),
    Table(
        "goals",
        "Wirkungsziele",
        "Je Zeile ein Wirkungsziel mit Ausgangslage, Zielwert und Stand",
        (
            _KEY,
            _TOPIC,
            Column("guiding_goal", "Kennung des Leitziels", points="guiding_goals"),
            Column("target_group", "Zielgruppe"),
            Column("title", "Wortlaut"),
            Column("baseline", "Ausgangslage"),
            Column("aim", "Was erreicht sein soll"),
            Column("due", "Erster Tag nach dem, bis zu dem es erreicht sein soll", Kind.DAY),
            Column("stair", "Stufe der Wirkungstreppe, 1 bis 7", Kind.WHOLE),
            Column("indicator", "Woran es gemessen wird"),
            _ORDER,
            _STATE,
        ),
        asked=("topic", "guiding_goal", "state"),
    ),
    Table(
        "measures",
        "Maßnahmen",
        "Je Zeile eine öffentliche Maßnahme mit Stand und Begründung",
        (
            _KEY,
            Column("title", "Titel"),
            _TOPIC,
            Column("cross_topics", "Kennungen weiterer Themenfelder", Kind.TEXTS, points="topics"),
            Column("goals", "Kennungen der Wirkungsziele", Kind.TEXTS, points="goals"),
            Column("situation", "Ausgangslage"),
            Column("description", "Was geschieht"),
            Column("target_groups", "Zielgruppen", Kind.TEXTS),
            Column("level", "Ebene", words=Level),
            Column("territories", "Gebiete", Kind.TEXTS),
            Column("lead", "Federführende Organisation"),
            Column("partners", "Beteiligte Organisationen", Kind.TEXTS),
            Column("kind", "Art", words=MeasureKind),
            Column("priority", "Priorität", words=Priority),
            Column("term", "Zeithorizont", words=Term),
            _STARTS,
            _ENDS,
            Column("programme", "Förderprogramm"),
            _STATE,
            Column("state_reason", "Warum es so steht"),
            Column("state_day", "Tag, an dem der Stand festgestellt wurde", Kind.DAY),
            Column("milestones", "Meilensteine", Kind.ROWS, parts=_MILESTONES, many="milestones"),
            _ORDER,
        ),
        asked=("topic", "goals", "state", "lead", "level", "kind", "priority", "term"),
    ),
    Table(
        "chances",
        "Chancen und Risiken",
        "Je Zeile eine Chance oder ein Risiko",
        (_KEY, Column("kind", "Art", words=RiskKind), Column("title", "Wortlaut"), _TOPIC),
        asked=("topic", "kind"),
    ),
    Table(
        "texts",
        "Kapitel",
        "Je Zeile der Text eines Kapitels",
        (
            _KEY,
            Column("chapter", "Kapitel"),
            Column("markdown", "Text in Markdown"),
            Column("html", "Text", Kind.HTML),
        ),
    ),
    Table(
        "phases",
        "Phasen",
        "Je Zeile eine Phase des Prozesses mit ihren öffentlichen Ereignissen",
        (
            _KEY,
            Column("name", "Name"),
            _STARTS,
            _ENDS,
            Column("state", "Stand am Tag der Ausgabe", words=PhaseState),
            Column("aim", "Was sie bringen soll"),
            Column("result", "Was sie gebracht hat"),
            _ORDER,
            Column("events", "Öffentliche Ereignisse", Kind.ROWS, parts=_EVENTS, many="events"),
        ),
        asked=("state",),
    ),
    Table(
        "meetings",
        "Sitzungen",
        "Je Zeile eine öffentliche Sitzung mit ihren öffentlichen Punkten",
        (
            _KEY,
            Column("body", "Gremium"),
            Column("title", "Titel"),
            Column("day", "Tag", Kind.DAY),
            Column("begins", "Beginn", Kind.TIME),
            Column("place", "Ort"),
            Column("items", "Titel der öffentlichen Punkte", Kind.TEXTS),
        ),
        asked=("body",),
    ),
    Table(
        "indicators",
        "Kennzahlen",
        "Je Zeile eine Kennzahl mit ihrer Definition und ihren Werten",
        (
            _KEY,
            Column("code", "Kürzel im Katalog"),
            Column("name", "Name"),
            Column("register", "Ob sie die Lage oder eine Maßnahme beschreibt"),
            Column("definition", "Definition"),
            Column("numerator", "Zähler"),
            Column("denominator", "Nenner"),
            Column("source", "Quelle"),
            Column("unit", "Einheit"),
            Column("migration_definition", "Welche Definition von Migrationshintergrund gilt"),
            Column("notes", "Hinweise zur Methode"),
            Column("wanted", "Gewünschte Richtung"),
            Column("breaks", "Brüche der Reihe", Kind.ROWS, parts=_BREAKS, many="breaks"),
            Column("targets", "Zielwerte", Kind.ROWS, parts=_TARGETS, many="targets"),
            Column("series", "Werte", Kind.ROWS, parts=_SERIES, many="values"),
        ),
        asked=("code", "register"),
    ),
    Table(
        "sources",
        "Quellen",
        "Je Zeile eine Quelle der Zahlen",
        (
            _KEY,
            Column("title", "Titel"),
            Column("reference", "Neuester Stichtag, für den sie Werte hat"),
        ),
    ),
)
_PART_TITLES = {
    "milestones": "Meilensteine der Maßnahmen",
    "events": "Ereignisse der Phasen",
    "breaks": "Brüche in Reihen von Kennzahlen",
    "targets": "Zielwerte der Kennzahlen",
    "values": "Werte der Kennzahlen",
}


def _parts() -> Iterator[Table]:
    """Give lists of rows as tables of their own, each row with the key of where it belongs."""
    for table in _EDITION:
        for column in table.columns:
            if column.many:
                title = _PART_TITLES[column.many]
                home = Column("of", f"Kennung aus der Tabelle {table.title}", points=table.name)
                yield Table(
                    column.many,
                    title,
                    f"Je Zeile ein Eintrag aus „{column.meaning}“ der Tabelle {table.title}",
                    (home, *column.parts),
                    of=table.name,
                )


TABLES: Mapping[str, Table] = {one.name: one for one in (*_EDITION, *_parts())}

Row = Mapping[str, Any]


def rows_of(table: Table, tables: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """Give the rows of a table of an edition with the described columns alone.

    Args:
        table: one of `TABLES`.
        tables: rows of the edition by name of its table.

    """
    if not table.of:
        return [_only(row, table.columns) for row in tables.get(table.name, ())]
    (column,) = (one for one in TABLES[table.of].columns if one.many == table.name)
    return [
        {"of": row.get("key"), **_only(part, column.parts)}
        for row in tables.get(table.of, ())
        for part in row.get(column.name) or ()
    ]


def _only(row: Row, columns: tuple[Column, ...]) -> dict[str, Any]:
    """Take what is described, lists of rows likewise; what a row has not is None."""
    found: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.name)
        if column.kind is Kind.ROWS:
            value = [_only(part, column.parts) for part in value or ()]
        elif column.kind is Kind.TEXTS:
            value = [str(one) for one in value or ()]
        elif column.kind is Kind.NUMBER and isinstance(value, str):
            value = float(value) if value else None
        found[column.name] = value
    return found
