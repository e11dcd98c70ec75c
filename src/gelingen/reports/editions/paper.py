"""An edition as a document, made from its tables alone: so nothing in it is not public.

The chapters stand in the order of the Masterplan, each with the county's own words. What no table
of an edition holds is not told: structures and their money, needs, findings, planning periods,
posts and costs. Of those chapters there are the own words alone; where there are none, no chapter.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
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
from gelingen.terms.spelling import day, last_day, number_range, period, read_iso, rough_day
from gelingen.terms.vocabulary import RiskKind

if TYPE_CHECKING:
    from gelingen.editions.models import Edition

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
_OPENING = ("vorwort", "zusammenfassung", "auftrag", "leitbild", "vorgehen", "ausgangslage")
_FACTS = ("bestand", "bedarfe", "analyse", "abschnitte", "themenfelder")
_NO_TOPIC = "Ohne Themenfeld"
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
        blocks=tuple(_blocks(rows)),
    )


def _cover(edition: "Edition", rows: Rows) -> tuple[tuple[str, str], ...]:
    plan = next(iter(rows[Name.PLAN]), None)
    found = [("Beschluss", " ".join(edition.resolution.split()))]
    if plan:
        found.append(("Planungshorizont", day(last_day(date.fromisoformat(plan["horizon"])))))
    return tuple((name, value) for name, value in found if value)


def _blocks(rows: Rows) -> Iterator[Block]:
    texts: dict[str, list[str]] = {}
    for row in rows[Name.TEXTS]:
        if row["markdown"].strip():
            texts.setdefault(row["chapter"].strip().casefold(), []).append(row["markdown"])
    yield from _chapters(texts, _OPENING)
    yield from _chances(rows)
    yield from _chapters(texts, _FACTS)
    yield from _goals(rows)
    yield from _measures(rows)
    yield from _crossing(texts, rows)
    yield from _course(rows)
    yield from _chapters(texts, _LAST)
    yield from _figures(rows)


def _chapters(texts: Mapping[str, Sequence[str]], codes: Sequence[str]) -> Iterator[Block]:
    for code in codes:
        if code in texts:
            yield Heading(CHAPTERS[code], 1, number="" if code in UNNUMBERED else None)
        for text in texts.get(code, ()):
            yield from from_markdown(text)


def _crossing(texts: Mapping[str, Sequence[str]], rows: Rows) -> Iterator[Block]:
    """Give the own words about cross-cutting topics, then which measures name each of them."""
    code = "querschnitt"
    named = [
        (topic, own)
        for topic in rows[Name.TOPICS]
        if (own := [row for row in rows[Name.MEASURES] if topic["key"] in row["cross_topics"]])
    ]
    if named and code not in texts:
        yield Heading(CHAPTERS[code])
    yield from _chapters(texts, (code,))
    for topic, own in named:
        yield Heading(topic["name"], 2)
        yield Bullets(
            tuple(Item(row["title"], records=(row["key"],)) for row in own), own_text=True
        )


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
    named = {topic["key"] for topic in rows[Name.TOPICS]}
    if others := [row for row in goals if row["topic"] not in named]:
        yield Heading(_NO_TOPIC, 2)
        yield _goal_table(_NO_TOPIC, others)


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
    for name, own in _by_topic(names, found):
        yield Heading(name, 2)
        for row in own:
            yield Heading(row["title"], 3)
            yield KeyValues(_sheet(row, goals, names), records=(row["key"],))


def _by_topic(
    names: Mapping[str, str], found: Sequence[Row]
) -> Iterator[tuple[str, Sequence[Row]]]:
    """Give what belongs to each topic, by its name, then what belongs to none of them."""
    for key, name in names.items():
        if own := [row for row in found if row["topic"] == key]:
            yield name, own
    if loose := [row for row in found if row["topic"] not in names]:
        yield _NO_TOPIC, loose


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
    low, high = (_told(one[name]) for name in ("low", "high"))
    digits = max(_decimals(value) for value in (low, high))
    return number_range(low, high, digits)


def _told(value: float | str | None) -> float | None:
    """Read a value as far as it is told; what is behind that comes from reckoning in binary."""
    return None if value is None else float(f"{float(value):.15g}")


def _decimals(value: float | None) -> int:
    """Count the digits behind the comma that a value needs."""
    exponent = Decimal(repr(value or 0.0)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
