"""What stands on the page of a structure or an organisation, in German words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gelingen.findings.current import Current, Money
from gelingen.register.inventory_pages import OrganisationSheet, StructureSheet
from gelingen.terms.spelling import day, euro, last_day, number, number_range, period
from gelingen.terms.vocabulary import (
    Certainty,
    EndKind,
    FundingState,
    GapType,
    ReportedBy,
    Scenario,
)
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.records import link, record_link, record_url
from gelingen.web.states import MONEY, look

if TYPE_CHECKING:
    from gelingen.access.record import Record
    from gelingen.register.models import (
        Cooperation,
        Funding,
        Organisation,
        Post,
        Reach,
        Responsibility,
        Structure,
    )

# From the surest to what nobody has promised.
BANDS = ("secured", "standing", "volunteer", "applied", "planned", "unknown", "none")
SURE = ("secured", "standing", "volunteer")
_STATES = {
    "secured": "secured",
    "standing": "secured",
    "volunteer": "secured",
    "applied": "applied",
    "planned": "planned",
    "unknown": "unknown",
    "none": "open",
}
_ENDS = dict(EndKind.choices())
_WHY = {"standing": "Regelaufgabe", "volunteer": "ehrenamtlich"}
Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Facts beside the content, what is not stated, and the tables of the page."""

    answer: str
    facts: list[Fact]
    missing: list[str]
    tables: dict[str, Listing]
    warning: str = ""


def money_cell(money: Money) -> Cell:
    """Say how sure the money is and until when."""
    state = _STATES[money.band]
    known = money.band not in ("unknown", "none") and money.until
    until = f"bis {day(last_day(money.until))}" if known and money.until else ""
    until = until or _WHY.get(money.band, "")
    return Cell(MONEY[state].word, state=state, below=until)


def end_word(ends: date | None, kind: str) -> str:
    """Say when something ends, or what is known about it."""
    return day(last_day(ends)) if ends else _ENDS[kind]


def stated(pairs: list[Fact]) -> tuple[list[Fact], list[str]]:
    """Part what is stated from the names of what is not."""
    empty = ("", None)
    return (
        [(name, value) for name, value in pairs if value not in empty],
        [name for name, value in pairs if value in empty],
    )


def provenance(record: "Record") -> list[Fact]:
    """Say where a record comes from."""
    return [
        ("Quelle", source_link(record.source)),
        ("Stand der Quelle", record.source_date),
        ("Gewissheit", Certainty.of(record.certainty).label if record.certainty else ""),
        ("Anmerkung", record.note),
        ("Kennung", record.key),
    ]


def source_link(source: str) -> SafeString | str:
    """Write a source; an address becomes a link named by its host."""
    if not source.startswith(("https://", "http://")) or any(mark in source for mark in " \n"):
        return source
    return link(source, source.split("/")[2])


def structure_view(
    request: HttpRequest, sheet: StructureSheet, known: Current, *, on: date
) -> Sheet:
    """Put everything about a structure into words, as of a day."""
    one = sheet.structure
    owner = record_link(request, "organisation", one.organisation.key, one.organisation)
    ahead = one.successor
    facts, missing = stated(
        [
            ("Träger", owner),
            ("Art", one.get_kind_display()),
            ("Ebene", one.get_level_display()),
            ("Funktion", one.get_function_display()),
            ("Pflicht", one.get_duty_display()),
            ("Dauerhaftigkeit", one.get_permanence_display()),
            ("Kapazität", amount(one.capacity_low, one.capacity_high, one.capacity_unit)),
            ("VZÄ", "" if one.fte is None else number(float(one.fte), 2)),
            ("Sprachen", one.languages),
            ("Beginn", day(one.starts) if one.starts else ""),
            ("Ende", end_word(one.ends, one.ends_kind)),
            ("Nachfolger", record_link(request, "structure", ahead.key, ahead) if ahead else ""),
            ("Zuletzt bestätigt", day(one.last_confirmed) if one.last_confirmed else ""),
            *provenance(one),
        ]
    )
    money = known.money(on)[one.key]
    return Sheet(
        answer=f"{one.get_kind_display() or 'Struktur'}, {one.organisation}",
        facts=facts,
        missing=missing,
        warning=_warning(money, on) or _over(one, on),
        tables={
            "reach": Listing("Wen sie erreicht", REACH, [_reach(line) for line in sheet.reach]),
            "money": Listing("Geld", MONEY_COLUMNS, [_paid(line) for line in sheet.fundings]),
            "posts": Listing("Stellen", POSTS, [_post(line) for line in sheet.posts]),
            "needs": Listing("Bedarfe", NEEDS, _needs(request, known, one.key, on)),
            "responsibilities": responsibilities(sheet.responsibilities),
            "ties": ties(request, sheet.ties, one.organisation),
        },
    )


REACH = (Column("Themenfeld"), Column("Zielgruppe"), Column("Gebiet"))
MONEY_COLUMNS = (
    Column("Programm oder Geldgeber", wide=True),
    Column("Stand"),
    Column("Laufzeit", wide=True),
    Column("Anteil", number=True),
    Column("EUR im Jahr", number=True),
    Column("Antragsfrist"),
)
POSTS = (Column("Funktion"), Column("Aufgabe"), Column("Anteil", number=True), Column("VZÄ"))
NEEDS = (Column("Bedarf", wide=True), Column("Zielgruppe, Gebiet", wide=True), Column("Deckung"))
_FUNDING = {
    FundingState.APPROVED: "secured",
    FundingState.APPLIED: "applied",
    FundingState.PLANNED: "planned",
    FundingState.UNKNOWN: "unknown",
}


def amount(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Write a range with its unit; empty if nothing is stated."""
    if low is None and high is None:
        return ""
    whole = all(value is None or value == value.to_integral_value() for value in (low, high))
    first, last = (None if value is None else float(value) for value in (low, high))
    return f"{number_range(first, last, 0 if whole else 1)} {unit}".strip()


def _warning(money: Money, on: date) -> str:
    if money.band != "secured" or money.until is None:
        return ""
    months = round((money.until - on).days / 30.44)
    soon = f", in {months} Monaten" if months > 1 else ", in wenigen Wochen"
    return f"Das gesicherte Geld endet am {day(last_day(money.until))}{soon}."


def _over(one: "Structure", on: date) -> str:
    over = one.ends is not None and one.ends <= on
    return f"Diese Struktur endete am {day(last_day(one.ends))}." if over and one.ends else ""


def _reach(line: "Reach") -> Row:
    return line.topic.name, line.target_group.name, line.territory.name


def _paid(line: "Funding") -> Row:
    state = _FUNDING[FundingState.of(line.state)]
    chance = f"Aussicht {percent(line.probability)}" if line.probability is not None else ""
    funder = line.funder.name if line.funder and line.programme else ""
    starts = day(line.starts) if line.starts else "Beginn nicht bekannt"
    total = f"{euro(float(line.eur_total))} insgesamt" if line.eur_total is not None else ""
    return (
        Cell(str(line), below=funder),
        Cell(MONEY[state].word, state=state, below=chance),
        f"{starts} bis {end_word(line.ends, line.ends_kind)}"
        if line.ends
        else f"ab {starts}, Ende {end_word(None, line.ends_kind)}"
        if line.starts
        else f"Beginn nicht bekannt, Ende {end_word(None, line.ends_kind)}",
        percent(line.share_percent),
        Cell("–" if line.eur_per_year is None else number(float(line.eur_per_year)), below=total),
        day(line.deadline) if line.deadline else "–",
    )


def percent(value: Decimal | None) -> str:
    """Write a percentage; a dash if none is stated."""
    return "–" if value is None else f"{number(float(value))} %"


def _post(line: "Post") -> Row:
    return (
        line.function,
        line.task.name if line.task else "–",
        percent(line.percent),
        "–" if line.fte is None else number(float(line.fte), 2),
    )


def _needs(request: HttpRequest, known: Current, structure: str, on: date) -> list[Row]:
    """List the needs that the structure helps to meet on the day, and how far they are met."""
    last = last_day(known.horizon) if known.horizon and last_day(known.horizon) > on else None
    result = known.coverage(on, scenario=Scenario.SECURED, horizon=last)
    behind = result.evidence.frame
    roles = pl.col("role").is_in(["serves", "unclear", "unfunded"])
    cells = behind.filter((pl.col("record") == "structure") & (pl.col("key") == structure) & roles)
    needs = behind.filter((pl.col("record") == "need") & (pl.col("role") == "now"))
    rows = needs.join(cells.select("cell"), on="cell").join(result.cells.frame, on="cell")
    return [
        (
            Cell(known.name(row["key"]), url=record_url(request, "need", row["key"])),
            f"{known.name(row['target_group'])}, {known.name(row['place'])}",
            coverage_cell(row["type"]),
        )
        for row in rows.sort("key").iter_rows(named=True)
    ]


def coverage_cell(kind: str) -> Cell:
    """Say how far a need is met."""
    return Cell(look(GapType.of(kind)).word, state=GapType.of(kind))


def responsibilities(found: "tuple[Responsibility, ...]") -> Listing:
    """List responsibilities."""
    columns = (
        Column("Aufgabe", wide=True),
        Column("Art"),
        Column("Themenfeld", wide=True),
        Column("Zielgruppe, Gebiet", wide=True),
        Column("Zeitraum", wide=True),
    )
    rows: list[Row] = [
        (
            line.task.name,
            Cell(line.get_kind_display(), below=line.get_basis_display()),
            line.topic.name,
            f"{line.target_group}, {line.territory}",
            period(line.starts, line.ends) if line.starts or line.ends else "–",
        )
        for line in found
    ]
    return Listing("Zuständigkeiten", columns, rows)


def ties(request: HttpRequest, found: "tuple[Cooperation, ...]", of: "Organisation") -> Listing:
    """List with whom an organisation works, and who says so."""
    columns = (
        Column("Mit wem"),
        Column("Art"),
        Column("Themenfeld", wide=True),
        Column("Genannt von"),
    )
    rows = []
    for line in found:
        other = line.b if line.a_id == of.pk else line.a
        rows.append(
            (
                Cell(other.name, url=record_url(request, "organisation", other.key)),
                line.get_kind_display() or "–",
                line.topic.name if line.topic else "allgemein",
                _told(line, of),
            )
        )
    return Listing("Zusammenarbeit", columns, rows)


def _told(line: "Cooperation", of: "Organisation") -> str:
    match ReportedBy.of(line.reported_by):
        case ReportedBy.BOTH:
            return "beiden Seiten"
        case ReportedBy.THIRD:
            return "dritter Stelle"
        case ReportedBy.A:
            return "dieser Seite" if line.a_id == of.pk else "der anderen Seite"
        case ReportedBy.B:
            return "dieser Seite" if line.b_id == of.pk else "der anderen Seite"


def organisation_view(request: HttpRequest, sheet: OrganisationSheet) -> Sheet:
    """Put everything about an organisation into words."""
    one = sheet.organisation
    above = one.above
    units = [record_link(request, "organisation", unit.key, unit) for unit in sheet.units]
    facts, missing = stated(
        [
            ("Art", one.get_kind_display()),
            ("Ebene", one.get_level_display()),
            ("Gehört zu", record_link(request, "organisation", above.key, above) if above else ""),
            ("Einheiten", format_html_join(", ", "{}", ((unit,) for unit in units))),
            ("Sitz", one.seat.name if one.seat else ""),
            ("Internetseite", source_link(one.website)),
            ("Ansprechstelle", one.contact),
            ("Funktionspostfach", one.mailbox),
            ("Bestand bis", day(last_day(one.ends)) if one.ends else ""),
            *provenance(one),
        ]
    )
    return Sheet(
        answer=one.get_kind_display(),
        facts=facts,
        missing=[name for name in missing if name not in ("Einheiten", "Gehört zu", "Bestand bis")],
        tables={
            "structures": Listing(
                "Strukturen", CARRIED, [_own(request, s) for s in sheet.structures]
            ),
            "gives": Listing("Gibt Geld für", GIVES, [_gives(request, g) for g in sheet.gives]),
            "responsibilities": responsibilities(sheet.responsibilities),
            "ties": ties(request, sheet.ties, one),
        },
    )


CARRIED = (Column("Struktur"), Column("Art"), Column("Beginn"), Column("Ende"))
GIVES = (Column("Struktur"), Column("Programm", wide=True), Column("Stand"), Column("Ende"))


def _own(request: HttpRequest, one: "Structure") -> Row:
    return (
        Cell(one.name, url=record_url(request, "structure", one.key)),
        one.get_kind_display() or "–",
        day(one.starts) if one.starts else "–",
        end_word(one.ends, one.ends_kind),
    )


def _gives(request: HttpRequest, one: "Funding") -> Row:
    state = _FUNDING[FundingState.of(one.state)]
    return (
        Cell(one.structure.name, url=record_url(request, "structure", one.structure.key)),
        one.programme or "–",
        Cell(MONEY[state].word, state=state),
        end_word(one.ends, one.ends_kind),
    )
