"""The report as a workbook to count on, and the figures that are kept with its release."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gelingen.documents import Format, write_each
from gelingen.reports.yearly.paper import year_report
from gelingen.reports.yearly.saying import FEW, STAIRS, few, span, state, told_by
from gelingen.reports.yearly.told import SUMMED, Told, added, reported, stair_of
from gelingen.terms.spelling import day
from gelingen.terms.yearly import Verdict
from gelingen.workbook.tables import PlainSheet, write_tables

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressReport

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")
BOOK = "xlsx"


def written(told: Told) -> dict[str, bytes]:
    """Write the report in every format as it is released: PDF, DOCX, HTML and XLSX."""
    # Written before the report is stored as released, and read only afterwards.
    papers = write_each(replace(year_report(told), edition="Freigegeben"), FORMATS)
    return {**{str(fmt): made for fmt, made in papers.items()}, BOOK: write_book(told)}


def write_book(told: Told) -> bytes:
    """Write the workbook: it has the numbers of the report and no others."""
    return write_tables(
        told.report.title, [_first(told), _measures(told), _reports(told), _goals(told)]
    )


def _first(told: Told) -> PlainSheet:
    now = reported(told.lines)
    rows = []
    for field, label in SUMMED.items():
        found = added(now, field)
        value = "keine Angabe" if found.value is None else float(found.value)
        rows.append((label, value, found.of, len(now)))
    notes = [
        f"Stand {day(told.on)}, Plan: {told.report.plan.title}.",
        "Summen aus Sachständen der federführenden Stellen.",
        "Was nicht gesagt ist und weniger als fünf Personen zählen nicht mit.",
        "Personen können mehrfach gezählt sein.",
    ]
    head = ("Angabe", "Summe", "Sachstände mit Angabe", "Sachstände")
    return PlainSheet("Überblick", f"{told.report.title}, {span(told.report)}", notes, head, rows)


def _measures(told: Told) -> PlainSheet:
    concluded = {one.thing: one.conclusion for one in told.year.subjects if one.conclusion}
    rows = []
    for one in told.lines:
        found = concluded.get(f"measure:{one.measure.key}")
        rows.append((
            one.measure.key, one.title, str(one.measure.topic),
            str(one.measure.lead or ""), state(one), one.state.reason, told_by(one.latest),
            STAIRS[stair_of(one)], Verdict.of(found.verdict).label if found else "",
            found.text if found else "",
        ))  # fmt: skip
    head = (
        "Kennung", "Maßnahme", "Themenfeld", "Federführung", "Stand", "Warum", "Sachstand",
        "Höchste belegte Stufe", "Folgerung", "Begründung und Vorschlag",
    )  # fmt: skip
    return PlainSheet("Maßnahmen", f"Maßnahmen am {day(told.on)}", (), head, rows)


def _reports(told: Told) -> PlainSheet:
    rows = [
        (one.measure.key, one.title, year, *_numbers(one.years[year]),
         one.years[year].effect, one.years[year].obstacles, one.years[year].next_step,
         told_by(one.years[year]))
        for one in told.lines for year in sorted(one.years)
    ]  # fmt: skip
    head = (
        "Kennung", "Maßnahme", "Jahr", *SUMMED.values(), "Wirkung", "Hindernisse",
        "Nächster Schritt", "Quelle",
    )  # fmt: skip
    return PlainSheet("Sachstände", f"Sachstände {span(told.report)}", (), head, rows)


def _numbers(found: "ProgressReport") -> Iterable[str | float]:
    for name in SUMMED:
        value = getattr(found, name)
        yield "" if value is None else FEW if few(name, value) else float(value)


def _goals(told: Told) -> PlainSheet:
    rows = [
        (one.thing.partition(":")[2], one.title, one.topic, one.state.label, one.reason,
         Verdict.of(one.conclusion.verdict).label if one.conclusion else "",
         one.conclusion.text if one.conclusion else "")
        for one in told.year.subjects if one.goal
    ]  # fmt: skip
    head = (
        "Kennung", "Wirkungsziel", "Themenfeld", "Stand", "Warum", "Folgerung",
        "Begründung und Vorschlag",
    )  # fmt: skip
    return PlainSheet("Wirkungsziele", f"Wirkungsziele am {day(told.on)}", (), head, rows)


def kept_content(told: Told) -> dict[str, Any]:
    """Give the figures that stay with a release, and with which the next report is compared."""
    now = reported(told.lines)
    sums = {name: added(now, name) for name in SUMMED}
    return {
        "on": told.on.isoformat(),
        "subjects": [
            {"thing": one.thing, "title": one.title, "topic": one.topic,
             "state": one.state.value, "reason": one.reason}
            for one in told.year.subjects
        ],
        "states": {one.measure.key: one.state.state.value for one in told.lines},
        "reasons": {one.measure.key: one.state.reason for one in told.lines},
        "sums": {
            name: {"value": None if one.value is None else str(one.value), "of": one.of}
            for name, one in sums.items()
        },
        "silent": [one.measure.key for one in told.year.silent],
    }  # fmt: skip
