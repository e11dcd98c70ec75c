"""The lists of the inventory as pages, and the whole of it as a workbook."""

from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.transfer.exports import export
from gelingen.web.pages import StaffRequest, staff
from gelingen.web.register.lists import (
    cooperation as cooperation_list,
)
from gelingen.web.register.lists import (
    fundings as funding_list,
)
from gelingen.web.register.lists import (
    organisations as organisation_list,
)
from gelingen.web.register.lists import (
    responsibilities as responsibility_list,
)
from gelingen.web.register.lists import (
    structures as structure_list,
)
from gelingen.web.register.lists.pages import hand_out, show, table_of
from gelingen.web.workbooks import written_workbook
from gelingen.workbook.folding import fold


@staff
def structures(request: StaffRequest) -> HttpResponse:
    """List the structures that exist on a day."""
    return show(request, structure_list.TABLE)


@staff
def organisations(request: StaffRequest) -> HttpResponse:
    """List the organisations that exist on a day."""
    return show(request, organisation_list.TABLE)


@staff
def fundings(request: StaffRequest) -> HttpResponse:
    """List the money that runs on a day."""
    return show(request, funding_list.TABLE)


@staff
def responsibilities(request: StaffRequest) -> HttpResponse:
    """List who answers for what on a day."""
    return show(request, responsibility_list.TABLE)


@staff
def cooperation(request: StaffRequest) -> HttpResponse:
    """List who works with whom on a day."""
    return show(request, cooperation_list.TABLE)


@staff
def list_workbook(request: StaffRequest, kind: str) -> HttpResponse:
    """Hand out exactly what a list shows; the command refuses whom it may not."""
    return hand_out(request, table_of(kind))


@staff
def workbook(request: StaffRequest) -> HttpResponse:
    """Hand out all records as a workbook; the command refuses whom it may not."""
    name = f"{fold(request.tenant.name).replace(' ', '-')}-{today():%Y-%m-%d}.xlsx"
    return written_workbook(lambda path: export(request.user, path, tenant=request.tenant), name)
