"""An edition as a document, made from its tables alone: so nothing in it is not public."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from gelingen.documents import (
    Block,
    Bullets,
    Document,
    Heading,
    Item,
    KeyValues,
    Note,
    NoteKind,
    Paragraph,
    Table,
    from_markdown,
)
from gelingen.editions.tables import word
from gelingen.reports.masterplan.paper import CHAPTERS, UNNUMBERED
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import day, last_day, period, read_iso, rough_day
from gelingen.terms.vocabulary import RiskKind

if TYPE_CHECKING:
    from gelingen.editions.models import Edition

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
_OPENING = ("vorwort", "zusammenfassung", "auftrag", "leitbild", "vorgehen", "ausgangslage")
_LAST = ("steuerung", "finanzierung", "monitoring", "fortschreibung")


def edition_document(edition: "Edition", rows: Rows, *, number: int) -> Document:
    """Write an edition.

    Args:
        edition: with its tenant.
        rows: its tables.
        number: its number, which it may be about to get.

    """
    name = edition.tenant.name
    return Document(
        title=edition.title,
        subtitle="" if name in edition.title else name,
        author=name,
        date_line=f"Stand {day(edition.on)}",
        edition=f"Ausgabe {number}",
        cover=_cover(edition, rows),
        blocks=tuple(_blocks(edition, rows)),
    )


def _cover(edition: "Edition", rows: Rows) -> tuple[tuple[str, str], ...]:
    plan = next(iter(rows[Name.PLAN]), None)
    found = [("Beschluss", " ".join(edition.resolution.split()))]
    if plan:
        found.append(("Planungshorizont", day(last_day(date.fromisoformat(plan["horizon"])))))
    return tuple((name, value) for name, value in found if value)


def _blocks(edition: "Edition", rows: Rows) -> Iterator[Block]:
    texts = {row["chapter"]: row["markdown"] for row in rows[Name.TEXTS]}
    yield from _chapters(texts, _OPENING)
    yield from _chances(rows)
    yield from _goals(rows)
    yield from _measures(rows)
    yield from _course(rows)
    yield from _chapters(texts, _LAST)
    yield from _figures(rows)
    del edition


def _chapters(texts: Mapping[str, str], codes: Sequence[str]) -> Iterator[Block]:
    for code in codes:
        if texts.get(code, "").strip():
            yield Heading(CHAPTERS[code], 1, number="" if code in UNNUMBERED else None)
            yield from from_markdown(texts[code])


def _chances(rows: Rows) -> Iterator[Block]:
    found = rows[Name.CHANCES]
    if not found:
        return
    yield Heading("Chancen und Risiken")
    for kind in RiskKind:
        own = [row for row in found if row["kind"] == kind]
        if own:
            yield Heading(kind.label, 2)
            yield Bullets(
                tuple(Item(row["title"], records=(row["key"],)) for row in own), own_text=True
            )


def _goals(rows: Rows) -> Iterator[Block]:
    yield Heading("Ziele")
    goals = rows[Name.GOALS]
    if not goals and not rows[Name.GUIDING_GOALS]:
        yield Note("Ziele sind noch nicht beschlossen.", NoteKind.INFO, frame=True)
        return
    for topic in rows[Name.TOPICS]:
        own = [row for row in goals if row["topic"] == topic["key"]]
        guiding = [row for row in rows[Name.GUIDING_GOALS] if row["topic"] == topic["key"]]
        if own or guiding:
            yield Heading(topic["name"], 2)
            yield from _guiding(guiding)
            if own:
                yield _goal_table(topic["name"], own)
    loose = [row for row in rows[Name.GUIDING_GOALS] if not row["topic"]]
    if loose:
        yield Heading("Für alle Themenfelder", 2)
        yield from _guiding(loose)


def _guiding(found: Sequence[Row]) -> Iterator[Block]:
    for row in found:
        yield Paragraph(f"Leitziel: {row['title']}", records=(row["key"],))


def _goal_table(topic: str, found: Sequence[Row]) -> Table:
    return Table(
        f"Wirkungsziele: {topic}",
        ("Wirkungsziel", "Zielgruppe", "Zielwert", "Bis", "Stand"),
        tuple(
            (
                row["title"],
                row["target_group"] or "–",
                _from_to(row),
                _until(row["due"]) or "–",
                word(Name.GOALS, "state", row["state"]),
            )
            for row in found
        ),
        widths=(5, 2, 3, 1.8, 2),
        records=tuple(row["key"] for row in found),
    )


def _from_to(row: Row) -> str:
    start = f" (bisher {row['baseline']})" if row["baseline"] else ""
    return f"{row['aim']}{start}".strip() or "–"


def _until(value: str | None) -> str:
    return day(last_day(date.fromisoformat(value))) if value else ""


def _measures(rows: Rows) -> Iterator[Block]:
    yield Heading("Maßnahmen")
    found = rows[Name.MEASURES]
    if not found:
        yield Note("Maßnahmen sind noch nicht veröffentlicht.", NoteKind.INFO, frame=True)
        return
    goals = {row["key"]: row["title"] for row in rows[Name.GOALS]}
    names = {row["key"]: row["name"] for row in rows[Name.TOPICS]}
    for topic in rows[Name.TOPICS]:
        own = [row for row in found if row["topic"] == topic["key"]]
        if own:
            yield Heading(topic["name"], 2)
        for row in own:
            yield Heading(row["title"], 3)
            yield KeyValues(_sheet(row, goals, names), records=(row["key"],))


def _sheet(
    row: Row, goals: Mapping[str, str], topics: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    told = [
        ("Stand", _state(row)),
        ("Ausgangslage", " ".join(row["situation"].split())),
        ("Beschreibung", " ".join(row["description"].split())),
        ("Wirkungsziele", "; ".join(goals[key] for key in row["goals"] if key in goals)),
        ("Querschnittsthemen", "; ".join(topics.get(key, key) for key in row["cross_topics"])),
        ("Zielgruppen", "; ".join(row["target_groups"])),
        ("Gebiete", "; ".join(row["territories"])),
        ("Federführung", row["lead"]),
        ("Beteiligte", "; ".join(row["partners"])),
        ("Zeitraum", _period(row)),
        ("Förderprogramm", row["programme"]),
        ("Meilensteine", "; ".join(_milestone(one) for one in row["milestones"])),
    ]
    told += [
        (label, word(Name.MEASURES, column, row[column]))
        for column, label in (("level", "Ebene"), ("kind", "Art"), ("priority", "Priorität"))
    ]
    return tuple((name, value) for name, value in told if value)


def _state(row: Row) -> str:
    said = word(Name.MEASURES, "state", row["state"])
    return f"{said}: {row['state_reason']}" if row["state_reason"] else said


def _period(row: Row) -> str:
    starts, ends = (date.fromisoformat(row[name]) if row[name] else None
                    for name in ("starts", "ends"))  # fmt: skip
    return period(starts, ends) if starts or ends else ""


def _milestone(one: Row) -> str:
    if one["done"]:
        return f"{one['title']} (erreicht am {day(date.fromisoformat(one['done']))})"
    return f"{one['title']} (bis {_until(one['due'])})" if one["due"] else one["title"]


def _course(rows: Rows) -> Iterator[Block]:
    phases = rows[Name.PHASES]
    if not phases:
        return
    yield Heading("Der Prozess")
    yield Table(
        "Phasen",
        ("Phase", "Zeitraum", "Stand"),
        tuple(
            (row["name"], _period(row) or "–", word(Name.PHASES, "state", row["state"]))
            for row in phases
        ),
        widths=(5, 3, 2),
        records=tuple(row["key"] for row in phases),
    )


def _figures(rows: Rows) -> Iterator[Block]:
    found = [row for row in rows[Name.INDICATORS] if row["series"]]
    if not found:
        return
    yield Heading("Kennzahlen")
    for row in found:
        yield Heading(row["name"], 2)
        if row["definition"]:
            yield Paragraph(row["definition"], records=(row["key"],))
        newest, unit = _newest(row["series"]), f" ({row['unit']})" if row["unit"] else ""
        yield Table(
            row["name"],
            ("Gebiet", "Stichtag", f"Wert{unit}", "Quelle"),
            tuple(
                (one["territory_name"], _reference(one["reference"]), _value(one),
                 one["source"] or "–")
                for one in newest
            ),
            align="llr",
            records=(row["key"],),
        )  # fmt: skip


def _reference(text: str) -> str:
    """Write the day of a value, or its month or year where no more is known."""
    return rough_day(*read_iso(text))


def _newest(series: Sequence[Row]) -> list[Row]:
    """Take the newest value of each territory, by its name."""
    last: dict[str, Row] = {}
    for one in sorted(series, key=lambda one: str(one["reference"])):
        if one["reference"]:
            last[one["territory"]] = one
    return sorted(last.values(), key=lambda one: str(one["territory_name"]))


def _value(one: Row) -> str:
    low, high = (_number(one[name]) for name in ("low", "high"))
    return low if low == high else f"{low} bis {high}"


def _number(value: float | str | None) -> str:
    return "–" if value is None else f"{float(value):.10g}".replace(".", ",")
