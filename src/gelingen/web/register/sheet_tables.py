"""The tables on the pages of a structure and an organisation, and the ways to change their rows."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from django.http import HttpRequest
from django.utils.http import urlencode

from gelingen.findings.current import Current
from gelingen.register.standing import end_words
from gelingen.terms.spelling import day, euro, last_day, number, period
from gelingen.terms.vocabulary import FundingState, ReportedBy, Scenario
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import BACK, address
from gelingen.web.records import record_url
from gelingen.web.register.sheets import coverage_cell, percent
from gelingen.web.states import MONEY

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def changeable(request: HttpRequest, of: Listing, kind: str, things: "Sequence[Record]") -> Listing:
    """Give each row of a table, made from these records, the way to its change."""
    back = urlencode({BACK: request.path})
    rows = [
        (
            *row,
            Cell(
                "Ändern",
                url=f"{address(request, 'edit', kind=kind, record=one.key)}?{back}",
                heard=str(one),
            ),
        )
        for row, one in zip(of.rows, things, strict=True)
    ]
    return Listing(of.caption, (*of.columns, Column("Aktion")), rows)


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
MONEY_STATES = ("secured", "applied", "planned", "unknown")
_FUNDING = {
    FundingState.APPROVED: "secured",
    FundingState.APPLIED: "applied",
    FundingState.PLANNED: "planned",
    FundingState.UNKNOWN: "unknown",
}


def money_state(line: "Funding") -> str:
    """Say how sure money is, as a name of `states.MONEY`."""
    return _FUNDING[FundingState.of(line.state)]


def money(found: "Sequence[Funding]") -> Listing:
    """List money."""
    return Listing("Geld", MONEY_COLUMNS, [_paid(line) for line in found])


def reach(found: "Sequence[Reach]") -> Listing:
    """List whom a structure reaches."""
    return Listing("Wen sie erreicht", REACH, [_reach(line) for line in found])


def posts(found: "Sequence[Post]") -> Listing:
    """List posts."""
    return Listing("Stellen", POSTS, [_post(line) for line in found])


def carried(request: HttpRequest, found: "Sequence[Structure]") -> Listing:
    """List structures of an organisation."""
    return Listing("Strukturen", CARRIED, [_own(request, line) for line in found])


def units(request: HttpRequest, found: "Sequence[Organisation]") -> Listing:
    """List units of an organisation."""
    rows = [
        (Cell(one.name, url=record_url(request, "organisation", one.key)), one.get_kind_display())
        for one in found
    ]
    return Listing("Einheiten", (Column("Einheit"), Column("Art")), rows)


def gives(request: HttpRequest, found: "Sequence[Funding]") -> Listing:
    """List the money that an organisation gives."""
    return Listing("Gibt Geld für", GIVES, [_gives(request, line) for line in found])


def _reach(line: "Reach") -> Row:
    return line.topic.name, line.target_group.name, line.territory.name


def _paid(line: "Funding") -> Row:
    state = money_state(line)
    chance = f"Aussicht {percent(line.probability)}" if line.probability is not None else ""
    funder = line.funder.name if line.funder and line.programme else ""
    starts = day(line.starts) if line.starts else "Beginn nicht bekannt"
    total = f"{euro(float(line.eur_total))} insgesamt" if line.eur_total is not None else ""
    return (
        Cell(str(line), below=funder),
        Cell(MONEY[state].word, state=state, below=chance),
        f"{starts} bis {end_words(line.ends, line.ends_kind)}"
        if line.ends
        else f"ab {starts}, Ende {end_words(None, line.ends_kind)}"
        if line.starts
        else f"Beginn nicht bekannt, Ende {end_words(None, line.ends_kind)}",
        percent(line.share_percent),
        Cell("–" if line.eur_per_year is None else number(float(line.eur_per_year)), below=total),
        day(line.deadline) if line.deadline else "–",
    )


def _post(line: "Post") -> Row:
    return (
        line.function,
        line.task.name if line.task else "–",
        percent(line.percent),
        "–" if line.fte is None else number(float(line.fte), 2),
    )


def needs(request: HttpRequest, known: Current, structure: str, on: date) -> Listing:
    """List the needs that the structure helps to meet on the day, and how far they are met."""
    last = last_day(known.horizon) if known.horizon and last_day(known.horizon) > on else None
    result = known.coverage(on, scenario=Scenario.SECURED, horizon=last)
    behind = result.evidence.frame
    roles = pl.col("role").is_in(["serves", "unclear", "unfunded"])
    cells = behind.filter((pl.col("record") == "structure") & (pl.col("key") == structure) & roles)
    wanted = behind.filter((pl.col("record") == "need") & (pl.col("role") == "now"))
    rows = wanted.join(cells.select("cell"), on="cell").join(result.cells.frame, on="cell")
    listed = [
        (
            Cell(known.name(row["key"]), url=record_url(request, "need", row["key"])),
            f"{known.name(row['target_group'])}, {known.name(row['place'])}",
            coverage_cell(row["type"]),
        )
        for row in rows.sort("key").iter_rows(named=True)
    ]
    return Listing("Bedarfe", NEEDS, listed)


def responsibilities(found: "Sequence[Responsibility]") -> Listing:
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


def ties(request: HttpRequest, found: "Sequence[Cooperation]", of: "Organisation") -> Listing:
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


CARRIED = (Column("Struktur"), Column("Art"), Column("Beginn"), Column("Ende"))
GIVES = (Column("Struktur"), Column("Programm", wide=True), Column("Stand"), Column("Ende"))


def _own(request: HttpRequest, one: "Structure") -> Row:
    return (
        Cell(one.name, url=record_url(request, "structure", one.key)),
        one.get_kind_display() or "–",
        day(one.starts) if one.starts else "–",
        end_words(one.ends, one.ends_kind),
    )


def _gives(request: HttpRequest, one: "Funding") -> Row:
    state = money_state(one)
    return (
        Cell(one.structure.name, url=record_url(request, "structure", one.structure.key)),
        one.programme or "–",
        Cell(MONEY[state].word, state=state),
        end_words(one.ends, one.ends_kind),
    )
