"""Import in the browser: send a file, look at what it would change, write it or leave it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.errors import UserError
from gelingen.jobs import check_workbook, write_workbook
from gelingen.terms.desk import UploadState
from gelingen.terms.spelling import number
from gelingen.transfer import checking, uploads
from gelingen.transfer.mapping import sources_of
from gelingen.transfer.past import past_imports
from gelingen.transfer.sheets import SHEETS
from gelingen.transfer.summaries import read_problems
from gelingen.web.imports.forms import UploadForm
from gelingen.web.imports.preview import preview
from gelingen.web.imports.words import imported, past_listing, waiting_listing
from gelingen.web.pages import StaffRequest, address, done, page, staff
from gelingen.web.register.tabs import tabs
from gelingen.web.workbooks import workbook_file, written_workbook
from gelingen.workbook import write_template
from gelingen.workbook.marking import marked_copy

if TYPE_CHECKING:
    from gelingen.transfer.models import Upload

WAITING = (UploadState.CHECKING, UploadState.WRITING)


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Take a file; list those that are on their way and what was imported before."""
    require(request.user, May.EXCHANGE, request.tenant)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        answer = _received(request, form)
        if answer is not None:
            return answer
    past = past_imports(request.user, request.tenant)
    waiting = uploads.uploads(request.user, request.tenant)
    checking.release(waiting, at=timezone.now())
    return page(
        request,
        "imports/start.html",
        form=form,
        tabs=tabs(request, "imports"),
        waiting=waiting_listing(request, waiting),
        past=past_listing(request, past),
        kept=uploads.KEPT.days,
    )


def _received(request: StaffRequest, form: UploadForm) -> HttpResponse | None:
    """Keep the file and go on to its page; None if it is refused."""
    if not form.is_valid():
        return None
    try:
        kept, layout = uploads.keep_upload(
            request.user, request.tenant, form.cleaned_data["datei"], at=timezone.now()
        )
    except UserError as error:
        form.add_error("datei", str(error))
        return None
    if layout.open:
        return HttpResponseRedirect(address(request, "import-mapping", key=kept.key))
    return checked(request, kept)


def checked(request: StaffRequest, kept: "Upload") -> HttpResponse:
    """Check a file at once, or have a large one checked, and go to its page."""
    checking.begin_checking(request.user, kept, at=timezone.now())
    if kept.lines > uploads.LARGE:
        check_workbook.enqueue(**_order(request, kept))
    else:
        checking.check_upload(request.user, kept, at=timezone.now())
    return HttpResponseRedirect(address(request, "upload", key=kept.key))


def _order(request: StaffRequest, kept: "Upload") -> dict[str, Any]:
    return {
        "actor_id": request.user.pk,
        "tenant_key": request.tenant.pk,
        "upload": kept.key,
        "at": timezone.now().isoformat(),
    }


def _kept(request: StaffRequest, key: str) -> "Upload":
    """Find a file; what was ended in the middle is free again."""
    found = uploads.get_upload(request.user, request.tenant, key)
    checking.release([found], at=timezone.now())
    return found


@staff
def upload(request: StaffRequest, key: str) -> HttpResponse:
    """Show how far a file is: being checked, what it would change, imported."""
    kept = _kept(request, key)
    return page(
        request,
        "imports/upload.html#stand",
        upload=kept,
        waits=kept.state in WAITING,
        state=f"Die Datei {UploadState.of(kept.state).label}.",
        lines=number(kept.lines),
        written=kept.state == UploadState.IMPORTED,
        preview=preview(request, kept) if kept.state == UploadState.CHECKED else None,
        unmapped=kept.state == UploadState.RECEIVED,
    )


@staff
@require_POST
def check(request: StaffRequest, key: str) -> HttpResponse:
    """Check a file, perhaps once more."""
    kept = _kept(request, key)
    try:
        return checked(request, kept)
    except checking.NotReadyError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(address(request, "upload", key=key))


@staff
@require_POST
def write(request: StaffRequest, key: str) -> HttpResponse:
    """Import a file as its preview says; a large one is left to the worker."""
    kept = _kept(request, key)
    here = HttpResponseRedirect(address(request, "upload", key=key))
    try:
        checking.begin_writing(
            request.user, kept, digest=request.POST.get("vorschau", ""), at=timezone.now()
        )
    except UserError as error:
        messages.warning(request, str(error))
        return here
    if kept.lines > uploads.LARGE:
        write_workbook.enqueue(**_order(request, kept))
        return here
    batch = checking.write_upload(request.user, kept, at=timezone.now())
    if not batch:
        return here
    (past,) = past_imports(request.user, request.tenant, batch=batch)
    return done(request, imported(past), to="imports", undo=batch)


@staff
@require_POST
def discard(request: StaffRequest, key: str) -> HttpResponse:
    """Delete a file that was sent; no record changes."""
    kept = _kept(request, key)
    try:
        checking.discard(request.user, kept)
    except UserError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(address(request, "upload", key=key))
    return done(request, f"Verworfen: {kept.name}. Nichts wurde geschrieben.", to="imports")


@staff
def template(request: StaffRequest) -> HttpResponse:
    """Hand out an empty workbook."""
    require(request.user, May.EXCHANGE, request.tenant)
    return written_workbook(lambda path: write_template(path, SHEETS), "arbeitsmappe-vorlage.xlsx")


@staff
def marked(request: StaffRequest, key: str) -> HttpResponse:
    """Hand out the file with its wrong cells marked."""
    kept = uploads.get_upload(request.user, request.tenant, key)
    summary = checking.summary_of(kept)
    most = summary.serious + summary.hints if summary else 0
    problems = read_problems(uploads.folder_of(kept), kept.digest, most=most) if most else []
    content = marked_copy(uploads.path_of(kept), SHEETS, sources_of(request.tenant), problems)
    return workbook_file(content, f"{Path(kept.name).stem}-markiert.xlsx")
