"""The shelf: written papers to download, and the order to write the Masterplan anew."""

from django.http import FileResponse, HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in, require
from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.findings.inputs import horizon_of
from gelingen.jobs import write_masterplan
from gelingen.reports import shelf
from gelingen.terms.spelling import day, number
from gelingen.terms.vocabulary import ShelfFormat
from gelingen.web.documents.forms import OrderForm
from gelingen.web.documents.progress import progress_of
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.workbooks import XLSX

COLUMNS = (Column("Dokument"), Column("Dateiart"), Column("Stand"), Column("Größe", number=True))
MEDIA_TYPES = {
    ShelfFormat.PDF: "application/pdf",
    ShelfFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ShelfFormat.HTML: "text/html; charset=utf-8",
    ShelfFormat.XLSX: XLSX,
}
MEGABYTE = 1_000_000


class NoPlanError(UserError):
    """There is no plan that could be written."""


@staff
def documents(request: StaffRequest) -> HttpResponse:
    """Show what lies on the shelf; order the Masterplan anew."""
    horizon = horizon_of(request.user, request.tenant)
    form = OrderForm(request.POST or None, on=today(), horizon=horizon) if horizon else None
    if request.method == "POST":
        require(request.user, May.EDIT_PLAN, request.tenant)
        if form is None:
            raise NoPlanError(
                "Ohne Plan mit Planungshorizont lässt sich kein Masterplan schreiben."
            )
        if form.is_valid():
            return _ordered(request, form)
    job = request.GET.get("auftrag", "")
    entries = shelf.documents(request.user, request.tenant)
    return page(
        request,
        "documents/documents.html#regal",
        listing=Listing("Das Neueste zuerst", COLUMNS, [_row(request, one) for one in entries]),
        entries=entries,
        form=form,
        progress=progress_of(job, tenant=request.tenant.pk) if job else None,
        again=f"{address(request, 'documents')}?auftrag={job}",
        may_write=allowed_in(request.user, May.EDIT_PLAN, request.tenant) and horizon is not None,
        has_plan=horizon is not None,
        day=today(),
    )


def _ordered(request: StaffRequest, form: OrderForm) -> HttpResponse:
    """Hand the order to the worker and show how far it is."""
    ordered = write_masterplan.enqueue(
        actor_id=request.user.pk,
        tenant_key=request.tenant.pk,
        on=today().isoformat(),
        horizon=form.cleaned_data["horizont"].isoformat(),
        formats=form.formats,
    )
    return HttpResponseRedirect(f"{address(request, 'documents')}?auftrag={ordered.id}")


def _row(request: StaffRequest, entry: shelf.ShelfEntry) -> tuple[Cell | str, ...]:
    return (
        Cell(entry.title, url=address(request, "document", paper=entry.name)),
        entry.format.label,
        day(entry.day),
        size(entry.size),
    )


def size(count: int) -> str:
    """Write a size in kB or MB as Germans do."""
    if count < MEGABYTE:
        return f"{number(max(count / 1000, 1))} kB"
    return f"{number(count / MEGABYTE, 1)} MB"


@staff
def document(request: StaffRequest, paper: str) -> FileResponse:
    """Hand out a paper as a file, never inside a page."""
    path = shelf.open_document(request.user, request.tenant, paper)
    kind = ShelfFormat.of(path.suffix.removeprefix("."))
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=paper, content_type=MEDIA_TYPES[kind]
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
