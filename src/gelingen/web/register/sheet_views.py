"""The pages of one structure and one organisation, and the files attached to them."""

from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from gelingen.access.policy import May, allowed
from gelingen.config.day import today
from gelingen.findings import queries as findings
from gelingen.findings.current import current
from gelingen.plan.outline import measures_with_structure
from gelingen.register import inventory_pages as inventory
from gelingen.register.attachments import attach
from gelingen.web.pages import StaffRequest, attempt, done, page, staff
from gelingen.web.register import sheets
from gelingen.web.register.forms import AttachForm


@staff
def structure(request: StaffRequest, record: str) -> HttpResponse:
    """Show everything about a structure, and take files for it."""
    found = inventory.get_structure(request.user, request.tenant, record)
    may_edit = allowed(request.user, May.EDIT_REGISTER, found)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and attempt(form, attach, actor=request.user, to=found):
        return done(request, f"{found}: Datei angehängt.", to="structure", record=record)
    known = current(request.user, request.tenant)
    sheet = inventory.structure_sheet(request.user, found)
    return page(
        request,
        "register/structure.html",
        form=form,
        may_edit=may_edit,
        sheet=sheet,
        view=sheets.structure_view(request, sheet, known, on=today()),
        measures=measures_with_structure(request.user, request.tenant, record),
        findings=findings.findings_with(request.user, request.tenant, f"structure:{record}"),
    )


@staff
def organisation(request: StaffRequest, record: str) -> HttpResponse:
    """Show everything about an organisation."""
    found = inventory.get_organisation(request.user, request.tenant, record)
    sheet = inventory.organisation_sheet(request.user, found)
    view = sheets.organisation_view(request, sheet)
    return page(request, "register/organisation.html", sheet=sheet, view=view)


@staff
def attachment(request: StaffRequest, record: str) -> HttpResponseBase:
    """Hand out an attached file, never to be shown inside a page."""
    found = inventory.get_attachment(request.user, request.tenant, record)
    name = f"{found.title}{Path(str(found.file)).suffix}"
    answer = FileResponse(
        found.file.open(), as_attachment=True, filename=name, content_type=found.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
