"""Enter a structure for one cell: with its reach, in one step."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.record import Record
from gelingen.editing import may_create, offers, save_record, sheet_of
from gelingen.errors import NotFoundError, UserError
from gelingen.findings.current import current
from gelingen.history.recording import new_batch
from gelingen.web.editing.forms import RecordForm
from gelingen.web.pages import StaffRequest, address, came_from, page, staff, tell

CELL = ("topic", "target_group", "territory")


class UnknownCellError(NotFoundError):
    """The address names no topic, target group or territory that is there."""


@staff
def new_supply(request: StaffRequest) -> HttpResponse:
    """Enter a structure that reaches the cell which the address names."""
    sheet = sheet_of("structure")
    if not may_create(request.user, request.tenant, sheet):
        raise PermissionDenied("Strukturen anlegen")
    known = current(request.user, request.tenant)
    cell = {name: request.GET.get(name, "") for name in CELL}
    if any(key not in known.inputs.names for key in cell.values()):
        raise UnknownCellError("Dieses Feld gibt es nicht: Thema, Zielgruppe oder Gebiet fehlt.")
    offered = offers(request.user, request.tenant, sheet)
    form = RecordForm(sheet, offered, data=request.POST or None)
    back = came_from(request, address(request, "matrix"))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        made = _tried(request, form, cell, batch)
        if made is not None:
            tell(request, f"Angelegt mit Reichweite: {made}.", undo=batch)
            return HttpResponseRedirect(back)
    reach = ", ".join(known.name(key) for key in cell.values())
    return page(
        request, "analysis/supply.html", form=form, reach=reach, back=back, title="Struktur anlegen"
    )


def _tried(
    request: StaffRequest, form: RecordForm, cell: dict[str, str], batch: str
) -> Record | None:
    """Write the structure and its reach; what is refused goes back into the form."""
    common = {"actor": request.user, "tenant": request.tenant, "batch": batch}
    try:
        with transaction.atomic():
            made = save_record(sheet=sheet_of("structure"), values=form.values(), **common)  # type: ignore[arg-type]  # common names
            reach = {"structure": made.key, **cell}
            save_record(sheet=sheet_of("reach"), values=reach, **common)  # type: ignore[arg-type]  # common names
    except ValidationError as error:
        form.refuse(error)
    except UserError as error:
        form.add_error(None, str(error))
    else:
        return made
    return None
