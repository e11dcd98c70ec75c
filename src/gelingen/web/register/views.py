"""The inventory: structures and organisations as of a day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.findings.current import Current, Money, current
from gelingen.register import inventory_pages as inventory
from gelingen.terms.spelling import day, number
from gelingen.terms.vocabulary import Level, OrganisationKind, StructureKind
from gelingen.topics.queries import topics
from gelingen.transfer.exports import export
from gelingen.web.lists import Cell, Column, Listing, Row, chosen_order, chosen_page, in_order
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.records import ways
from gelingen.web.register import sheets
from gelingen.web.register.forms import OrganisationsForm, StructuresForm
from gelingen.web.shell import Link
from gelingen.workbook.folding import fold

PAGE_SIZE = 400
STRUCTURES = (
    Column("Struktur", order="name"),
    Column("Träger", order="traeger", wide=True),
    Column("Art", order="art"),
    Column("Ebene", order="ebene"),
    Column("Themenfeld", wide=True),
    Column("VZÄ", order="vzae", number=True, meaning="Vollzeitäquivalente"),
    Column("Geld", order="geld"),
    Column("Ende", order="ende"),
)
ORGANISATIONS = (
    Column("Organisation", order="name"),
    Column("Art", order="art"),
    Column("Ebene", order="ebene"),
    Column("Sitz", order="sitz"),
    Column("Strukturen", order="strukturen", number=True),
)
LEVELS = {level.value: position for position, level in enumerate(Level)}
# Short words where a column is narrow; the long ones stand in the filter and on the sheet.
SHORT_LEVELS = {
    **dict(Level.choices()),
    Level.COUNTY.value: "Kreis",
    Level.NEIGHBOURHOOD.value: "Ortsteil",
}
KINDS = dict(StructureKind.choices())


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area."""
    pages = (("structures", "Strukturen"), ("organisations", "Organisationen"))
    return [Link(label, address(request, name), name == here) for name, label in pages]


@staff
def structures(request: StaffRequest) -> HttpResponse:
    """List the structures that exist on a day."""
    form = StructuresForm(request, stand=today())
    known = current(request.user, request.tenant)
    form.offer("thema", [(one.key, one.name) for one in topics(request.user, request.tenant)])
    form.offer("traeger", _carriers(known))
    on = form.day("stand", today())
    found = inventory.structure_lines(
        request.user,
        request.tenant,
        on=on,
        kind=form.text("art"),
        level=form.text("ebene"),
        organisation=form.text("traeger"),
        topic=form.text("thema"),
    )
    word = fold(form.text("suche"))
    found = [line for line in found if word in fold(f"{line.name} {line.organisation} {line.key}")]
    money = known.money(on)
    order = chosen_order(request, STRUCTURES, default="name")
    leaf = chosen_page(request, _ordered(found, money, order), size=PAGE_SIZE)
    way = ways(request, "structure")
    rows = [_row(line, way(line.key), money[line.key]) for line in leaf]
    return page(
        request,
        "register/structures.html#liste",
        filters=form,
        tabs=tabs(request, "structures"),
        on=on,
        listing=Listing(f"Strukturen, Stand am {day(on)}", STRUCTURES, rows),
        order=order,
        leaf=leaf,
        empty=not known.inputs.inventory.structures.frame.height,
        may_export=allowed_in(request.user, May.EXCHANGE, request.tenant),
        answer=_answer(found, money, on),
    )


def _carriers(known: Current) -> list[tuple[str, str]]:
    keys = known.inputs.inventory.structures.frame["organisation"].unique().to_list()
    return sorted(((key, known.name(key)) for key in keys), key=lambda pair: fold(pair[1]))


def _ordered(
    found: list[inventory.StructureLine], money: dict[str, Money], order: object
) -> list[inventory.StructureLine]:
    by_name = sorted(found, key=lambda line: (fold(line.name), line.key))
    return in_order(
        by_name,
        order,  # type: ignore[arg-type]  # an Order
        {
            "name": lambda line: fold(line.name),
            "traeger": lambda line: fold(line.organisation),
            "art": lambda line: line.kind,
            "ebene": lambda line: LEVELS.get(line.level, len(LEVELS)),
            "vzae": lambda line: -1.0 if line.fte is None else line.fte,
            "geld": lambda line: (
                sheets.BANDS.index(money[line.key].band),
                money[line.key].until or date.max,
            ),
            "ende": lambda line: line.ends or date.max,
        },
    )


def _row(line: inventory.StructureLine, url: str, money: Money) -> Row:
    return (
        Cell(line.name, url=url),
        line.organisation,
        KINDS.get(line.kind, "–"),
        SHORT_LEVELS.get(line.level, "–"),
        ", ".join(line.topics) or "–",
        "–" if line.fte is None else number(line.fte, 2),
        sheets.money_cell(money),
        sheets.end_word(line.ends, line.ends_kind),
    )


def _answer(found: list[inventory.StructureLine], money: dict[str, Money], on: date) -> str:
    if not found:
        return ""
    many = "Eine Struktur" if len(found) == 1 else f"{len(found)} Strukturen"
    stands = "besteht" if len(found) == 1 else "bestehen"
    sure = sum(money[line.key].band in sheets.SURE for line in found)
    unknown = sum(money[line.key].band == "unknown" for line in found)
    return (
        f"{many} {stands} am {day(on)}. Das Geld ist bei {sure} gesichert, bei {unknown} nicht "
        "bekannt."
    )


@staff
def workbook(request: StaffRequest) -> HttpResponse:
    """Hand out all records as a workbook; the command refuses whom it may not."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.xlsx"
        export(request.user, path, tenant=request.tenant)
        content = path.read_bytes()
    name = f"{fold(request.tenant.name).replace(' ', '-')}-{today():%Y-%m-%d}.xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff
def organisations(request: StaffRequest) -> HttpResponse:
    """List the organisations that exist on a day."""
    form = OrganisationsForm(request, stand=today())
    on = form.day("stand", today())
    found = inventory.organisation_lines(request.user, request.tenant, on=on)
    none = not found
    word, kind = fold(form.text("suche")), form.text("art")
    found = sorted(
        (line for line in found if word in fold(line.name) and kind in ("", line.kind)),
        key=lambda line: fold(line.name),
    )
    order = chosen_order(request, ORGANISATIONS, default="name")
    leaf = chosen_page(request, in_order(found, order, ORGANISATION_KEYS), size=PAGE_SIZE)
    way = ways(request, "organisation")
    rows = [_organisation_row(line, way(line.key)) for line in leaf]
    return page(
        request,
        "register/organisations.html#liste",
        filters=form,
        tabs=tabs(request, "organisations"),
        listing=Listing(f"Organisationen, Stand am {day(on)}", ORGANISATIONS, rows),
        order=order,
        leaf=leaf,
        empty=none,
    )


ORGANISATION_KEYS: dict[str, Callable[[inventory.OrganisationLine], Any]] = {
    "name": lambda line: fold(line.name),
    "art": lambda line: line.kind,
    "ebene": lambda line: LEVELS.get(line.level, len(LEVELS)),
    "sitz": lambda line: fold(line.seat or "~"),
    "strukturen": lambda line: line.structures,
}


def _organisation_row(line: inventory.OrganisationLine, url: str) -> Row:
    return (
        Cell(line.name, url=url),
        OrganisationKind.of(line.kind).label if line.kind else "–",
        SHORT_LEVELS.get(line.level, "–"),
        line.seat or "–",
        str(line.structures),
    )
