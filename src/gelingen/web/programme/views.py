"""The list of selections, and one of them while it is prepared."""

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.programme.queries import get_selection, whole
from gelingen.programme.watching import SelectionLine, selection_lines
from gelingen.terms.spelling import day
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.programme.tabs import parts
from gelingen.wording.words import counted

COLUMNS = (
    Column("Auswahl", cut=True),
    Column("Jahr", number=True),
    Column("Stand"),
    Column("Wählt aus", cut=True),
    Column("Zur Wahl", number=True),
    Column("Bewertungen"),
    Column("Entschieden am"),
)


@staff
def selections(request: StaffRequest) -> HttpResponse:
    """List the selections, the latest year first."""
    lines = selection_lines(request.user, request.tenant)
    return page(
        request,
        "programme/selections.html",
        listing=Listing("Jahresauswahlen", COLUMNS, [_row(request, one) for one in lines]),
        answer=f"{counted(len(lines), 'Auswahl', 'Auswahlen')}." if lines else "",
        may_edit=allowed_in(request.user, May.CHOOSE, request.tenant),
    )


def _row(request: StaffRequest, line: SelectionLine) -> Row:
    one = line.selection
    return (
        Cell(one.title, url=address(request, "selection", record=one.key)),
        str(one.year),
        one.get_state_display(),
        Cell(one.body.name, url=address(request, "body", record=one.body.key)) if one.body else "–",
        str(line.candidates or "–"),
        f"{line.sent} von {line.groups}" if line.groups else "–",
        day(one.decided) if one.decided else "–",
    )


@staff
def selection(request: StaffRequest, record: str) -> HttpResponse:
    """Show one selection: what stands for choice, by what it is scored, within which limits."""
    found = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, found)
    return page(
        request,
        "programme/selection.html",
        selection=found,
        seen=seen,
        parts=parts(request, found, "selection"),
    )
