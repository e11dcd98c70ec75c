"""What stands on the page of a need, a goal or a measure, in German words."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gelingen.findings.current import Current
from gelingen.plan.outline import MeasureSheet
from gelingen.terms.spelling import day, euro, euro_range, last_day, number
from gelingen.terms.vocabulary import DatePrecision, GapType, Scenario
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact, amount, percent, provenance, stated
from gelingen.wording.gaps import gap_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gelingen.access.record import Record
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal

Facts = tuple[list[Fact], list[str]]


def rough(value: date | None, precision: str) -> str:
    """Write a day as precisely as it is known."""
    if value is None:
        return ""
    match precision:
        case DatePrecision.YEAR:
            return str(value.year)
        case DatePrecision.MONTH:
            return f"{value.month:02d}/{value.year}"
        case _:
            return day(value)


def need_view(need: "Need") -> Facts:
    """Put a need into words: what is stated, and the names of what is not."""
    return stated(
        [
            ("Themenfeld", need.topic.name),
            ("Zielgruppe", need.target_group.name),
            ("Gebiet", need.territory.name),
            ("Ebene", need.get_level_display()),
            ("Art", need.get_kind_display()),
            ("Menge", amount(need.quantity_low, need.quantity_high, need.unit)),
            ("Schwere", f"{need.severity} von 5" if need.severity else ""),
            ("Zur Schwere", need.severity_note),
            ("Besteht ab", day(need.starts) if need.starts else ""),
            ("Besteht bis", day(last_day(need.ends)) if need.ends else ""),
        ]
    )


def need_evidence(need: "Need") -> Facts:
    """Say who voiced a need, when and where, and from which source that is known."""
    return stated(
        [
            ("Wer", need.voice),
            ("Wann", rough(need.voiced, need.voiced_precision)),
            ("Wo", need.voiced_where),
            *provenance(need),
        ]
    )


def coverage_of_need(known: Current, need: "Need", *, on: date) -> list[tuple[date, GapType, str]]:
    """Say how far a need is met today and on the last day of the horizon: day, type, sentence."""
    last = last_day(known.horizon) if known.horizon else on
    found = []
    for at in dict.fromkeys((on, max(on, last))):
        ends = last if at == on < last else None
        result = known.coverage(at, scenario=Scenario.SECURED, horizon=ends)
        frame = result.evidence.frame
        own = frame.filter((frame["record"] == "need") & (frame["key"] == need.key))
        for cell in own["cell"].unique().sort():
            why = result.explain(cell)
            sentence = gap_sentence(why.cell, known.inputs.names, why.records)
            found.append((at, GapType.of(str(why.cell["type"])), sentence))
    return found


def goal_view(goal: "ImpactGoal") -> Facts:
    """Put an impact goal into words."""
    return stated(
        [
            ("Themenfeld", goal.topic.name),
            ("Leitziel", goal.guiding_goal.title if goal.guiding_goal else ""),
            ("Zielgruppe", goal.target_group.name if goal.target_group else ""),
            ("Ausgangswert", goal.baseline),
            ("Zielwert", goal.aim),
            ("Bis wann", day(last_day(goal.due)) if goal.due else ""),
            ("Stufe der Wirkungstreppe", f"{goal.stair} von 7" if goal.stair else ""),
            ("Indikator", goal.indicator),
            *provenance(goal),
        ]
    )


def _all(request: HttpRequest, kind: str, records: "Iterable[Record]") -> SafeString:
    links = ((record_link(request, kind, one.key, one),) for one in records)
    return format_html_join(", ", "{}", links)


def _names(records: "Iterable[Record]") -> str:
    return ", ".join(str(one) for one in records)


def _money(low: Decimal | None, high: Decimal | None) -> str:
    if low is None and high is None:
        return ""
    first, last = (None if value is None else float(value) for value in (low, high))
    return euro_range(first, last)


def measure_view(request: HttpRequest, sheet: MeasureSheet) -> dict[str, Facts]:
    """Put all fields of a measure into words, by the question they answer."""
    return {
        "Wozu": stated(_why(request, sheet)),
        "Wer und wo": stated(_who(request, sheet)),
        "Wann und wie weit": stated(_when(sheet)),
        "Geld": stated(_paid(sheet)),
        "Wirkung und Beschluss": stated(_effect(sheet)),
        "Herkunft": stated(provenance(sheet.measure)),
    }


def _why(request: HttpRequest, sheet: MeasureSheet) -> list[Fact]:
    one = sheet.measure
    return [
        ("Themenfeld", one.topic.name),
        ("Querschnittsthemen", _names(one.cross_topics.all())),
        ("Bedarfe", _all(request, "need", one.needs.all())),
        ("Wirkungsziele", _all(request, "impactgoal", one.goals.all())),
        ("Ausgangslage", one.situation),
        ("Beschreibung", one.description),
        ("Zielgruppen", _names(one.target_groups.all())),
    ]


def _who(request: HttpRequest, sheet: MeasureSheet) -> list[Fact]:
    one = sheet.measure
    lead = one.lead
    return [
        ("Federführung", record_link(request, "organisation", lead.key, lead) if lead else ""),
        ("Beteiligte", _all(request, "organisation", one.partners.all())),
        ("Getragen von", _all(request, "structure", one.structures.all())),
        ("Ebene", one.get_level_display()),
        ("Gebiete", _names(one.territories.all())),
        ("Adressat", one.addressee),
        ("Verbindlichkeit", one.get_obligation_display()),
    ]


def _when(sheet: MeasureSheet) -> list[Fact]:
    one = sheet.measure
    return [
        ("Art", one.get_kind_display()),
        ("Reifegrad", one.get_maturity_display()),
        ("Priorität", one.get_priority_display()),
        ("Schnell umsetzbar", "ja" if one.quick_win else ""),
        ("Zeithorizont", one.get_term_display()),
        ("Beginn", day(one.starts) if one.starts else ""),
        ("Ende", day(last_day(one.ends)) if one.ends else ""),
        ("Umsetzungsstand", one.get_light_display()),
        ("Begründung zum Stand", one.light_reason),
        ("Letzter Sachstand", one.progress),
        ("Tag des Sachstands", day(one.progress_day) if one.progress_day else ""),
        ("Sachstand von", one.progress_by),
    ]


def _paid(sheet: MeasureSheet) -> list[Fact]:
    one = sheet.measure
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


def _effect(sheet: MeasureSheet) -> list[Fact]:
    one = sheet.measure
    return [
        ("Indikatoren", one.indicators),
        ("Risiken und Abhängigkeiten", one.risks),
        ("Beschlüsse", one.resolutions),
        ("Verstetigung nach Förderende", one.continuation),
        ("Veröffentlichen", "ja" if one.public else ""),
    ]
