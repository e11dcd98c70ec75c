"""What stands on the page of a structure or an organisation, in German words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from gelingen.access.record import Record
from gelingen.findings.current import Current, Money
from gelingen.register.inventory_pages import OrganisationSheet, StructureSheet
from gelingen.register.standing import end_words
from gelingen.terms.spelling import day, last_day, number
from gelingen.web.lists import Listing
from gelingen.web.pages import BACK, address
from gelingen.web.records import record_link
from gelingen.web.register import sheet_tables as tables
from gelingen.web.register.money_picture import money_picture, span_of
from gelingen.web.register.sheets import (
    Fact,
    amount,
    provenance,
    source_link,
    stated,
)

_FIELDS = {
    "Träger": "organisation", "Art": "kind", "Ebene": "level", "Funktion": "function",
    "Pflicht": "duty", "Dauerhaftigkeit": "permanence", "Kapazität": "capacity", "VZÄ": "fte",
    "Sprachen": "languages", "Beginn": "starts", "Ende": "ends", "Nachfolger": "successor",
    "Zuletzt bestätigt": "last_confirmed", "Gehört zu": "above", "Sitz": "seat",
    "Internetseite": "website", "Ansprechstelle": "contact", "Funktionspostfach": "mailbox",
    "Bestand bis": "ends", "Quelle": "source", "Stand der Quelle": "source_date",
    "Gewissheit": "certainty", "Anmerkung": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the page: its title, what stands there without rows, and where rows are added."""

    title: str
    listing: Listing
    otherwise: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Facts beside the content, what is not stated, and the tables of the page."""

    answer: str
    facts: Sequence[Fact]
    missing: Sequence[object]
    parts: Sequence[Part]
    warning: str = ""
    picture: SafeString | None = None
    states: Sequence[str] = field(default_factory=tuple)


def _linked(
    facts: list[Fact], missing: list[str], edit: str
) -> tuple[list[Fact], list[str | SafeString]]:
    """Make each name of a fact the way to its field in the form."""
    return [(_way(name, edit), value) for name, value in facts], [_way(n, edit) for n in missing]


def _way(name: str, edit: str) -> str:
    if not edit or name not in _FIELDS:
        return name
    return format_html(
        '<a href="{}#id_{}">{}<span class="kern-sr-only"> ändern</span></a>',
        edit, _FIELDS[name], name,
    )  # fmt: skip


def _edit(request: HttpRequest, kind: str, key: str) -> str:
    here = address(request, "edit", kind=kind, record=key)
    return f"{here}?{urlencode({BACK: request.path})}"


def _add(request: HttpRequest, kind: str, **known: str) -> str:
    return f"{address(request, 'create', kind=kind)}?{urlencode({**known, BACK: request.path})}"


def structure_view(
    request: HttpRequest, sheet: StructureSheet, known: Current, *, on: date
) -> Sheet:
    """Put everything about a structure into words, as of a day."""
    one, money = sheet.structure, known.money(on)[sheet.structure.key]
    facts, missing = _linked(
        *stated(_structure_facts(request, sheet)),
        _edit(request, "structure", one.key) if sheet.may_edit else "",
    )
    spans = [span_of(line, tables.money_state(line)) for line in sheet.fundings]
    return Sheet(
        answer=f"{one.get_kind_display() or 'Struktur'}, {one.organisation}",
        facts=facts,
        missing=missing,
        warning=_over(sheet, on) or _warning(money, on),
        picture=money_picture(spans, of=one.name, on=on, horizon=known.horizon),
        states=[name for name in tables.MONEY_STATES if name in {span.state for span in spans}],
        parts=_structure_parts(request, sheet, known, on),
    )


def _structure_facts(request: HttpRequest, sheet: StructureSheet) -> list[Fact]:
    one, ahead = sheet.structure, sheet.structure.successor
    return [
        ("Träger", record_link(request, "organisation", one.organisation.key, one.organisation)),
        ("Art", one.get_kind_display()),
        ("Ebene", one.get_level_display()),
        ("Funktion", one.get_function_display()),
        ("Pflicht", one.get_duty_display()),
        ("Dauerhaftigkeit", one.get_permanence_display()),
        ("Kapazität", amount(one.capacity_low, one.capacity_high, one.capacity_unit)),
        ("VZÄ", "" if one.fte is None else number(float(one.fte), 2)),
        ("Sprachen", one.languages),
        ("Beginn", day(one.starts) if one.starts else ""),
        ("Ende", end_words(one.ends, one.ends_kind)),
        ("Nachfolger", record_link(request, "structure", ahead.key, ahead) if ahead else ""),
        ("Zuletzt bestätigt", day(one.last_confirmed) if one.last_confirmed else ""),
        *provenance(one),
    ]


def _structure_parts(
    request: HttpRequest, sheet: StructureSheet, known: Current, on: date
) -> list[Part]:
    one, owner = sheet.structure, sheet.structure.organisation
    own = {"structure": one.key}
    made = (
        (tables.money(sheet.fundings), "funding", sheet.fundings, own, sheet.may_edit,
         "Zum Geld ist nichts eingetragen."),
        (tables.reach(sheet.reach), "reach", sheet.reach, own, sheet.may_edit,
         "Keine Reichweite eingetragen; in der Analyse zählt die Struktur deshalb nicht."),
        (tables.posts(sheet.posts), "post", sheet.posts,
         {**own, "organisation": owner.key}, sheet.may_edit_owner, "Keine Stelle eingetragen."),
        (tables.responsibilities(sheet.responsibilities), "responsibility",
         sheet.responsibilities, {"organisation": owner.key}, sheet.may_edit_owner,
         "Keine Zuständigkeit eingetragen."),
        (tables.ties(request, sheet.ties, owner), "cooperation", sheet.ties, {"a": owner.key},
         sheet.may_edit_owner, "Keine Zusammenarbeit eingetragen."),
    )  # fmt: skip
    titles = ("Geld", "Wen sie erreicht", "Stellen", "Zuständigkeiten des Trägers",
              "Zusammenarbeit des Trägers")  # fmt: skip
    parts = [_part(request, title, *one) for title, one in zip(titles, made, strict=True)]
    needs = Part("Bedarfe, für die sie heute da ist", tables.needs(request, known, one.key, on))
    return [*parts[:2], needs, *parts[2:]]


def _part(  # noqa: PLR0913, PLR0917 - what a table of a page consists of
    request: HttpRequest,
    title: str,
    listing: Listing,
    kind: str,
    things: Sequence[Record],
    given: dict[str, str],
    may_edit: bool,  # noqa: FBT001 - one of a row of values
    otherwise: str,
) -> Part:
    """Make a part; whoever may edit gets ways to change and to add rows."""
    if not may_edit:
        return Part(title, listing, otherwise)
    changed = tables.changeable(request, listing, kind, things)
    return Part(title, changed, otherwise, _add(request, kind, **given))


def _warning(money: Money, on: date) -> str:
    if money.band != "secured" or money.until is None:
        return ""
    months = round((money.until - on).days / 30.44)
    soon = f", in {months} Monaten" if months > 1 else ", in wenigen Wochen"
    return f"Das gesicherte Geld endet am {day(last_day(money.until))}{soon}."


def _over(sheet: StructureSheet, on: date) -> str:
    one = sheet.structure
    if one.ends is None or one.ends > on:
        return ""
    after = f" Ihr folgt „{one.successor}“." if one.successor else ""
    return f"Diese Struktur endete am {day(last_day(one.ends))}.{after}"


def organisation_view(request: HttpRequest, sheet: OrganisationSheet) -> Sheet:
    """Put everything about an organisation into words."""
    one = sheet.organisation
    above = one.above
    units = [record_link(request, "organisation", unit.key, unit) for unit in sheet.units]
    stated_facts, not_stated = stated(
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
    expected = [name for name in not_stated if name not in ("Einheiten", "Gehört zu")]
    edit = _edit(request, "organisation", one.key) if sheet.may_edit else ""
    facts, missing = _linked(stated_facts, expected, edit)
    return Sheet(one.get_kind_display(), facts, missing, _organisation_parts(request, sheet))


def _organisation_parts(request: HttpRequest, sheet: OrganisationSheet) -> list[Part]:
    one, may = sheet.organisation, sheet.may_edit
    own = {"organisation": one.key}
    new = f"{address(request, 'new-structure')}?{urlencode({**own, BACK: request.path})}"
    unit = {"above": one.key}
    return [
        Part("Strukturen", tables.carried(request, sheet.structures), "Trägt keine Struktur.",
             new if may else ""),
        Part("Einheiten", tables.units(request, sheet.units), "",
             _add(request, "organisation", **unit) if may else ""),
        Part("Gibt Geld für", tables.gives(request, sheet.gives)),
        _part(request, "Zuständigkeiten", tables.responsibilities(sheet.responsibilities),
              "responsibility", sheet.responsibilities, own, may,
              "Keine Zuständigkeit eingetragen."),
        _part(request, "Zusammenarbeit", tables.ties(request, sheet.ties, one), "cooperation",
              sheet.ties, {"a": one.key}, may, "Keine Zusammenarbeit eingetragen."),
    ]  # fmt: skip
