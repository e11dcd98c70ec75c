"""One measure in six sections: what stands in each, what is missing, which fields change it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gelingen.errors import NotFoundError
from gelingen.plan.hints import Hint
from gelingen.plan.outline import Named, Outline
from gelingen.terms.spelling import day, euro, euro_range, last_day, number
from gelingen.web.plan.questions import filled_boxes
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact, percent, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gelingen.access.record import Record
    from gelingen.plan.models import Measure


class UnknownSectionError(NotFoundError):
    """The sheet of a measure has no such section."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A section: its name in addresses, its German title, and the fields that it holds."""

    name: str
    title: str
    fields: tuple[str, ...]


SECTIONS = (
    Kind(
        "ziel",
        "Ziel",
        (
            "title", "topic", "goals", "needs", "cross_topics", "target_groups", "situation",
            "description",
        ),
    ),
    Kind(
        "wer",
        "Wer",
        (
            "lead", "partners", "structures", "level", "territories", "addressee", "obligation",
        ),
    ),
    Kind(
        "wann",
        "Wann",
        ("starts", "ends", "term", "maturity", "kind", "priority", "quick_win", "depends_on"),
    ),
    Kind(
        "geld",
        "Geld",
        (
            "cost_once", "cost_year", "cost_note", "fte", "hours", "programme", "funding_percent",
            "own_share", "funding_ends", "budget_line",
        ),
    ),
    Kind("wirkung", "Wirkung", ("indicators", "risks", "continuation")),
    Kind(
        "umsetzung",
        "Umsetzung",
        (
            "light", "light_reason", "progress", "progress_day", "progress_by", "resolutions",
            "public",
        ),
    ),
)  # fmt: skip
_KINDS = {one.name: one for one in SECTIONS}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one measure.

    Attributes:
        kind: which section.
        full: whether the question it stands for is answered.
        facts: what is stated, name and value.
        missing: names of what is not stated.
        hints: what should be mended here.

    """

    kind: Kind
    full: bool
    facts: list[Fact]
    missing: list[str]
    hints: tuple[Hint, ...] = ()


def section_kind(name: str) -> Kind:
    """Find a section by its name in addresses.

    Raises:
        UnknownSectionError: there is none.

    """
    if name not in _KINDS:
        raise UnknownSectionError("Diesen Abschnitt hat das Maßnahmenblatt nicht.")
    return _KINDS[name]


def sections(
    request: HttpRequest, one: "Measure", known: Outline, hints: "Sequence[Hint]"
) -> list[Section]:
    """Put a measure into words, section by section."""
    said = (_why(request, one, known), _who(request, one, known), _when(request, one, known),
            _paid(one), _effect(one), _progress(one))  # fmt: skip
    answered = filled_boxes(one, known)
    return [
        Section(
            kind,
            answered[kind.title],
            *stated(pairs),
            tuple(hint for hint in hints if hint.field in kind.fields),
        )
        for kind, pairs in zip(SECTIONS, said, strict=True)
    ]


def _all(request: HttpRequest, kind: str, records: "Iterable[Record | Named]") -> SafeString:
    links = ((record_link(request, kind, one.key, one),) for one in records)
    return format_html_join(", ", "{}", links)


def _names(records: "Iterable[Record | Named]") -> str:
    return ", ".join(str(one) for one in records)


def _money(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return ""
    first, last = (None if value is None else float(value) for value in (low, high))
    return euro_range(first, last)


def _why(request: HttpRequest, one: "Measure", known: Outline) -> list[Fact]:
    return [
        ("Themenfeld", one.topic.name),
        ("Querschnittsthemen", _names(known.named(one, "cross_topics"))),
        ("Bedarfe", _all(request, "need", known.named(one, "needs"))),
        ("Wirkungsziele", _all(request, "impactgoal", known.named(one, "goals"))),
        ("Ausgangslage", one.situation),
        ("Beschreibung", one.description),
        ("Zielgruppen", _names(known.named(one, "target_groups"))),
    ]


def _who(request: HttpRequest, one: "Measure", known: Outline) -> list[Fact]:
    lead = one.lead
    return [
        ("Federführung", record_link(request, "organisation", lead.key, lead) if lead else ""),
        ("Beteiligte", _all(request, "organisation", known.named(one, "partners"))),
        ("Getragen von", _all(request, "structure", known.named(one, "structures"))),
        ("Ebene", one.get_level_display()),
        ("Gebiete", _names(known.named(one, "territories"))),
        ("Adressat", one.addressee),
        ("Verbindlichkeit", one.get_obligation_display()),
    ]


def _when(request: HttpRequest, one: "Measure", known: Outline) -> list[Fact]:
    return [
        ("Art", one.get_kind_display()),
        ("Reifegrad", one.get_maturity_display()),
        ("Priorität", one.get_priority_display()),
        ("Schnell umsetzbar", "ja" if one.quick_win else ""),
        ("Zeithorizont", one.get_term_display()),
        ("Beginn", day(one.starts) if one.starts else ""),
        ("Ende", day(last_day(one.ends)) if one.ends else ""),
        ("Setzt voraus", _all(request, "measure", known.named(one, "depends_on"))),
        ("Ermöglicht", _all(request, "measure", known.measures_of(one))),
    ]


def _paid(one: "Measure") -> list[Fact]:
    return [
        ("VZÄ", "" if one.fte is None else number(float(one.fte), 2)),
        ("Stunden im Jahr", "" if one.hours is None else number(float(one.hours))),
        ("Kosten einmalig", _money(one.cost_once_low, one.cost_once_high)),
        ("Kosten im Jahr", _money(one.cost_year_low, one.cost_year_high)),
        ("Zu den Kosten", one.cost_note),
        ("Förderprogramm", one.programme),
        ("Förderquote", "" if one.funding_percent is None else percent(one.funding_percent)),
        ("Eigenanteil im Jahr", "" if one.own_share is None else euro(float(one.own_share))),
        ("Bewilligt bis", day(last_day(one.funding_ends)) if one.funding_ends else ""),
        ("Haushaltsstelle", one.budget_line),
    ]


def _effect(one: "Measure") -> list[Fact]:
    return [
        ("Indikatoren", one.indicators),
        ("Risiken und Abhängigkeiten", one.risks),
        ("Verstetigung nach Förderende", one.continuation),
    ]


def _progress(one: "Measure") -> list[Fact]:
    return [
        ("Umsetzungsstand", one.get_light_display()),
        ("Begründung zum Stand", one.light_reason),
        ("Letzter Sachstand", one.progress),
        ("Tag des Sachstands", day(one.progress_day) if one.progress_day else ""),
        ("Sachstand von", one.progress_by),
        ("Beschlüsse", one.resolutions),
        ("Veröffentlichen", "ja" if one.public else ""),
    ]
