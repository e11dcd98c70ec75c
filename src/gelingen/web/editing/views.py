"""Enter, change and remove a record of any kind; drafts; taking changes back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.record import Record
from gelingen.desk.drafts import drop_draft, find_draft, keep_draft
from gelingen.editing import (
    get_record,
    may_change,
    may_create,
    offers,
    remove_record,
    save_record,
    sheet_of,
    take_back,
)
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.transfer.records import model_of
from gelingen.web.editing.forms import RecordForm
from gelingen.web.editing.homes import home_of
from gelingen.web.editing.saving import part_of, texts_by_field
from gelingen.web.pages import (
    BACK,
    StaffRequest,
    address,
    came_from,
    form_of,
    page,
    staff,
    tell,
)
from gelingen.workbook.declare import Sheet

UNSAVED = frozenset({"csrfmiddlewaretoken", BACK, "danach", "formular"})


def _one(sheet: Sheet) -> str:
    return str(model_of(sheet)._meta.verbose_name)


@staff
def create(request: StaffRequest, kind: str) -> HttpResponse:
    """Enter a new record; the address may fill in what is known already."""
    sheet = sheet_of(kind)
    if not may_create(request.user, request.tenant, sheet):
        raise PermissionDenied(f"{_one(sheet)} anlegen")
    if kind == "structure" and request.method == "GET":
        # Structures have a page of their own, where reach and money are entered with them.
        asked = request.GET.urlencode()
        return HttpResponseRedirect(f"{address(request, 'new-structure')}?{asked}")
    own = form_of(request.get_full_path())
    draft = find_draft(request.user, request.tenant, own)
    given = draft.texts if draft else dict(request.GET.lists())
    offered = offers(request.user, request.tenant, sheet)
    start = texts_by_field(sheet, given)
    form = RecordForm(sheet, offered, data=request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        thing = _created(request, sheet, form, batch)
        if thing is not None:
            drop_draft(request.user, request.tenant, own)
            return _saved(request, sheet, thing, f"Angelegt: {thing}.", batch)
    return page(
        request,
        "editing/edit.html",
        form=form,
        title=f"{_one(sheet)} anlegen",
        draft=draft if request.method == "GET" else None,
        back=came_from(request, home_of(request, kind)),
    )


def _created(request: StaffRequest, sheet: Sheet, form: RecordForm, batch: str) -> Record | None:
    """Write a new record; what is refused goes back into the form."""
    try:
        return save_record(
            actor=request.user,
            tenant=request.tenant,
            sheet=sheet,
            values=form.values(),
            batch=batch,
        )
    except ValidationError as error:
        form.refuse(error)
    except UserError as error:
        form.add_error(None, str(error))
    return None


@staff
def edit(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Change a record; what somebody else changed meanwhile is never overwritten."""
    sent = request.POST if request.method == "POST" else None
    whole = part_of(request, kind, record, sent=sent)
    back = came_from(request, home_of(request, kind, whole.thing))
    if sent is not None:
        if batch := whole.saved():
            said = f"Gespeichert: {whole.thing}."
            return _saved(request, whole.sheet, whole.thing, said, batch)
        if whole.stale:
            return whole.versions(back)
    return page(
        request,
        "editing/edit.html",
        form=whole.form,
        title=f"{whole.thing} ändern",
        thing=whole.thing,
        kind=kind,
        draft=whole.draft,
        back=back,
    )


def _saved(
    request: StaffRequest, sheet: Sheet, thing: Record, message: str, batch: str
) -> HttpResponse:
    """Say what was saved, offer to take it back, and go where the person wants to go on."""
    tell(request, message, undo=batch)
    back = came_from(request, home_of(request, sheet.name, thing))
    if request.POST.get("danach") == "bleiben":
        here = address(request, "edit", kind=sheet.name, record=thing.key)
        return HttpResponseRedirect(f"{here}?{urlencode({BACK: back})}")
    if request.POST.get("danach") == "weiteren":
        return HttpResponseRedirect(request.get_full_path())
    return HttpResponseRedirect(back)


@staff
def delete(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Ask before a record is removed, then remove it; it can be brought back."""
    sheet = sheet_of(kind)
    thing = get_record(request.user, request.tenant, sheet, record)
    if not may_change(request.user, thing):
        raise PermissionDenied(f"{_one(sheet)} löschen")
    back = came_from(request, home_of(request, kind, thing))
    refused = ""
    if request.method == "POST":
        batch = new_batch()
        name, above = str(thing), _above(request, kind, thing)
        try:
            remove_record(actor=request.user, of=thing, batch=batch)
        except UserError as error:
            refused = str(error)
        else:
            tell(request, f"Gelöscht: {name}.", undo=batch)
            return HttpResponseRedirect(above)
    return page(request, "editing/delete.html", thing=thing, refused=refused, back=back)


def _above(request: StaffRequest, kind: str, thing: Record) -> str:
    """Address of a page that is there when the record is not."""
    home = home_of(request, kind, thing)
    own = home.rstrip("/").endswith(f"/{thing.key}")
    return home_of(request, kind) if own else came_from(request, home)


@staff
@require_POST
def draft(request: StaffRequest) -> HttpResponse:
    """Keep what stands in a form, or throw it away; the form is named by its address."""
    form = request.POST.get("formular", "")
    if not form.startswith(address(request, "today")):
        return HttpResponse(status=400)
    if "verwerfen" in request.POST:
        drop_draft(request.user, request.tenant, form_of(form))
        return HttpResponseRedirect(form)
    texts = {name: list(v) for name, v in request.POST.lists() if name not in UNSAVED}
    keep_draft(request.user, request.tenant, form_of(form), texts, at=timezone.now())
    return HttpResponse(f"Entwurf gesichert um {timezone.localtime():%H:%M} Uhr.")


@staff
@require_POST
def undo(request: StaffRequest, batch: str) -> HttpResponse:
    """Take back what was done in one step."""
    again = take_back(actor=request.user, tenant=request.tenant, batch=batch)
    tell(request, "Zurückgenommen.", undo=again)
    return HttpResponseRedirect(came_from(request, address(request, "today")))
