"""Annex: one sheet a measure, with the whole set of fields.

measure_sheets(paper) -> blocks of the annex, parts_of(measure) -> what a sheet says, part by part
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gelingen.documents import Block, Content, Heading, KeyValues
from gelingen.reports.counting import capital
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.phrases import amount, money, posts, trimmed
from gelingen.terms.spelling import NOT_KNOWN, day, last_day, period
from gelingen.terms.vocabulary import (
    Level,
    Light,
    Maturity,
    MeasureKind,
    Obligation,
    Priority,
    Term,
    Vocabulary,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import Manager

    from gelingen.plan.models import Measure

FEW = 5  # names of fields that a sheet lists
_WEIGHTY = (
    "Federführung",
    "Zeitraum",
    "Kosten im Jahr",
    "Haushaltsstelle",
    "Indikatoren",
    "Beschlüsse",
    "Ausgangslage",
    "Verstetigung nach Förderende",
)


def measure_sheets(paper: Paper) -> Iterable[Block]:
    """Give a sheet for every measure."""
    yield Heading("Maßnahmenblätter", 1, key="anlage-massnahmen", number="A")
    if not paper.material.measures:
        yield missing("Maßnahmen sind nicht erfasst.", "measure")
    sheets = [(measure, _fields(measure)) for measure in paper.material.measures]
    filled = {name for _, fields in sheets for name, value in fields if value}
    never = [name for name, _ in sheets[0][1] if name not in filled] if sheets else []
    if never:
        yield missing(f"Auf keinem Maßnahmenblatt angegeben: {', '.join(never)}.", "measure")
    for measure, fields in sheets:
        yield from _sheet(paper, measure, fields)


def _sheet(paper: Paper, measure: "Measure", fields: list[tuple[str, Content]]) -> Iterable[Block]:
    yield Heading(measure.title, 2)
    known = tuple((name, value) for name, value in fields if value)
    empty = [name for name, value in fields if not value]
    if empty:
        known = (*known, ("Nicht angegeben", _left_out(empty)))
    yield KeyValues(
        (("Nummer", (measure.key, *paper.named(measure)[1:])), *known),
        records=(measure.key,),
        sources=(paper.sources.cite(measure.source),) if measure.source else (),
    )


def _left_out(names: list[str]) -> str:
    """Name what a sheet leaves open: all if few, else how many and the weightiest."""
    if len(names) <= FEW:
        return ", ".join(names)
    weighty = [name for name in _WEIGHTY if name in names][:FEW]
    return f"{len(names)} Angaben" + (f", darunter {', '.join(weighty)}" if weighty else "")


def _fields(measure: "Measure") -> list[tuple[str, Content]]:
    return [pair for _, fields in parts_of(measure) for pair in fields]


def parts_of(measure: "Measure") -> list[tuple[str, list[tuple[str, Content]]]]:
    """Give the parts of a sheet with their fields, in order; what is not stated is ""."""
    return [
        ("Wozu", _purpose(measure)),
        ("Wer", _carrying(measure)),
        ("Wann und wie dringlich", _timing(measure)),
        ("Personal und Geld", _resources(measure)),
        ("Stand und Verbleib", _following(measure)),
    ]


def _purpose(measure: "Measure") -> list[tuple[str, Content]]:
    return [
        ("Themenfeld", measure.topic.name),
        ("Querschnittsthemen", _names(measure.cross_topics)),
        ("Zugeordnete Bedarfe", _names(measure.needs)),
        ("Zugeordnete Wirkungsziele", _names(measure.goals)),
        ("Ausgangslage", measure.situation),
        ("Beschreibung", measure.description),
        ("Zielgruppen", _names(measure.target_groups)),
        ("Ebene", _label(Level, measure.level)),
        ("Räumlicher Bezug", _names(measure.territories)),
    ]


def _carrying(measure: "Measure") -> list[tuple[str, Content]]:
    return [
        ("Federführung", measure.lead.name if measure.lead else ""),
        ("Beteiligte", _names(measure.partners)),
        ("Getragen von", _names(measure.structures)),
        ("Setzt voraus", _names(measure.depends_on)),
        ("Adressat", measure.addressee),
        ("Verbindlichkeit", _label(Obligation, measure.obligation)),
    ]


def _timing(measure: "Measure") -> list[tuple[str, Content]]:
    told = period(measure.starts, measure.ends)
    return [
        ("Art", _label(MeasureKind, measure.kind)),
        ("Reifegrad", _label(Maturity, measure.maturity)),
        ("Priorität", _label(Priority, measure.priority)),
        ("Schnell umsetzbar", "ja" if measure.quick_win else ""),
        ("Zeithorizont", _label(Term, measure.term)),
        ("Zeitraum", "" if told == NOT_KNOWN else told),
        ("Meilensteine", _milestones(measure)),
    ]


def _milestones(measure: "Measure") -> str:
    found = sorted(measure.milestones.all(), key=lambda stone: (str(stone.due), stone.key))
    return "; ".join(
        f"{stone.title} (bis {day(last_day(stone.due))})" if stone.due else stone.title
        for stone in found
    )


def _resources(measure: "Measure") -> list[tuple[str, Content]]:
    staff = [] if measure.fte is None else [posts(measure.fte)]
    staff += [] if measure.hours is None else [f"{trimmed(float(measure.hours))} Stunden im Jahr"]
    own = money(measure.own_share) if measure.own_share is not None else ""
    return [
        ("Personal", ", ".join(staff)),
        ("Kosten einmalig", _range(measure.cost_once_low, measure.cost_once_high)),
        ("Kosten im Jahr", _range(measure.cost_year_low, measure.cost_year_high)),
        ("Zu den Kosten", measure.cost_note),
        ("Förderprogramm", measure.programme),
        ("Förderquote", _percent(measure)),
        ("Eigenanteil im Jahr", own),
        ("Bewilligt bis", day(last_day(measure.funding_ends)) if measure.funding_ends else ""),
        ("Haushaltsstelle", measure.budget_line),
    ]


def _percent(measure: "Measure") -> str:
    share = measure.funding_percent
    return "" if share is None else f"{trimmed(float(share))} %"


def _range(low: "Decimal | None", high: "Decimal | None") -> str:
    return "" if low is None and high is None else amount(low, high, "EUR")


def _following(measure: "Measure") -> list[tuple[str, Content]]:
    by = f"{day(measure.progress_day)}, {measure.progress_by}".strip(", ")
    return [
        ("Indikatoren", _listed(measure.indicators)),
        ("Risiken und Abhängigkeiten", _listed(measure.risks)),
        ("Umsetzungsstand", _label(Light, measure.light)),
        ("Begründung zum Stand", measure.light_reason),
        ("Letzter Sachstand", f"{measure.progress} ({by})" if measure.progress else ""),
        ("Beschlüsse", _listed(measure.resolutions)),
        ("Verstetigung nach Förderende", measure.continuation),
        ("Veröffentlichen", "ja" if measure.public else ""),
        ("Anmerkung", measure.note),
    ]


def _names(related: "Manager[Any]") -> str:
    return "; ".join(capital(str(thing)) for thing in related.all())


def _listed(lines: str) -> str:
    """Set apart what was entered line by line, as names are; a paper knows no line breaks."""
    return "; ".join(line.strip() for line in lines.splitlines() if line.strip())


def _label(words: type[Vocabulary], value: str) -> str:
    return words.of(value).label if value else ""
