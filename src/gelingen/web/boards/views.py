"""The list of bodies, and one body with its seats."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.boards.queries import BodyLine, SeatLine, body_lines, body_sheet, seat_line
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.terms.spelling import day, last_day
from gelingen.web.boards.sheet import (
    TENURES,
    adding,
    body_view,
    changing,
    rank,
    seat_facts,
    seat_name,
    tenure_row,
    who,
)
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import Cell, Column, Listing, Row, chosen_order, in_order
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.access.record import Record
    from gelingen.boards.models import Tenure

COLUMNS = (
    Column("Gremium", "name", cut=True),
    Column("Art", "art"),
    Column("Gehört zu", "uebergeordnet", cut=True),
    Column("Nächste Sitzung", "sitzung"),
    Column("Sitze", "sitze", number=True),
    Column("Davon frei", "frei", number=True),
    Column("Bis", "bis"),
)
ALL = "alle"
_NEVER = "9999"


@staff
def bodies(request: StaffRequest) -> HttpResponse:
    """List the bodies; those that are over only where they are asked for."""
    on, every = today(), request.GET.get("zeigen") == ALL
    lines = body_lines(request.user, request.tenant, on=on, every=every)
    order = chosen_order(request, COLUMNS, default="art")
    rows = in_order(lines, order, _KEYS) if order.name != "art" or order.descending else lines
    return page(
        request,
        "boards/bodies.html",
        tabs=tabs(request, "bodies"),
        answer=_answer(lines),
        listing=Listing("Gremien", COLUMNS, [_row(request, one) for one in rows]),
        order=order,
        every=every,
        may_edit=allowed_in(request.user, May.EDIT_BOARDS, request.tenant),
    )


_KEYS = {
    "name": lambda line: line.body.name.casefold(),
    "art": lambda line: line.body.get_kind_display(),
    "uebergeordnet": lambda line: str(line.body.parent or ""),
    "sitzung": lambda line: str(line.meets or _NEVER),
    "sitze": lambda line: line.seats,
    "frei": lambda line: line.vacant,
    "bis": lambda line: str(line.body.ends or _NEVER),
}


def _answer(lines: list[BodyLine]) -> str:
    if not lines:
        return ""
    many = counted(len(lines), "Gremium", "Gremien")
    seats, vacant = sum(one.seats for one in lines), sum(one.vacant for one in lines)
    return f"{many}, {counted(seats, 'Sitz', 'Sitze')}, davon {vacant or 'keiner'} frei."


def _row(request: StaffRequest, line: BodyLine) -> Row:
    one = line.body
    above = one.parent
    return (
        Cell(one.name, url=address(request, "body", record=one.key)),
        one.get_kind_display(),
        Cell(above.name, url=address(request, "body", record=above.key)) if above else "–",
        day(line.meets) if line.meets else "–",
        str(line.seats or "–"),
        str(line.vacant or "–"),
        day(last_day(one.ends)) if one.ends else "–",
    )


@staff
def body(request: StaffRequest, record: str) -> HttpResponse:
    """Show one body: what it is, who sits there, what belongs to it."""
    on = today()
    sheet = body_sheet(request.user, request.tenant, record, on=on)
    key = sheet.body.key
    last = max((one.seat.order for one in (*sheet.seats, *sheet.past)), default=0)
    return page(
        request,
        "boards/body.html",
        sheet=sheet,
        body=sheet.body,
        view=body_view(request, sheet, on=on),
        change=changing(request, "body", key),
        add_seat=adding(request, "seat", body=key, order=str(last + 1)),
        add_child=adding(request, "body", parent=key),
        **_about(request, sheet.body, may_edit=sheet.may_edit),
    )


def _about(request: StaffRequest, *things: "Record", may_edit: bool) -> dict[str, object]:
    """Give the changes of records, and whether they may be taken back."""
    history = events_of(request.tenant.pk, [subject_of(one) for one in things])
    return {"may_edit": may_edit, "may_undo": may_edit, "history": history}


@staff
def seat(request: StaffRequest, record: str) -> HttpResponse:
    """Show one seat: what it is, who takes it, took it and will take it."""
    on = today()
    line = seat_line(request.user, request.tenant, record, on=on)
    may = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    facts, missing = seat_facts(request, line)
    return page(
        request,
        "boards/seat.html",
        seat=line.seat,
        line=line,
        title=seat_name(line.seat),
        answer=_seat_answer(line),
        facts=facts,
        missing=[one for one in missing if one not in ("Beginn", "Ende")],
        change=changing(request, "seat", record),
        now=Listing("Besetzung", *_tenures(request, (*line.now, *line.coming), may=may)),
        earlier=Listing("Frühere Besetzungen", *_tenures(request, line.earlier, may=may)),
        **_about(request, line.seat, *line.now, *line.coming, *line.earlier, may_edit=may),
    )


def _tenures(
    request: StaffRequest, found: "Sequence[Tenure]", *, may: bool
) -> tuple[Sequence[Column], list[Row]]:
    """List who takes a seat; whoever may gets the ways to change it and to its account."""
    if not may:
        return TENURES, [tenure_row(one) for one in found]
    rows: list[Row] = []
    for one in found:
        account = f"{address(request, 'tenure-account', record=one.key)}"
        label = str(one.person) if one.person else "verbinden"
        change = Cell("Ändern", url=changing(request, "tenure", one.key), heard=one.function)
        rows.append((*tenure_row(one), Cell(label, url=account, heard=one.function), change))
    return (*TENURES, Column("Konto"), Column("Aktion")), rows


def _seat_answer(line: SeatLine) -> str:
    place = f"{line.seat.body}, {rank(line.seat)}"
    return f"{place}. {who(line)}." if not line.vacant else f"{place}. Der Sitz ist frei."
