"""Enter, change and remove a record of any kind; drafts; taking changes back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.record import Record
from gelingen.desk.drafts import drop_draft, find_draft, keep_draft
from gelingen.editing import (
    Row,
    get_record,
    may_change,
    may_create,
    merge,
    offers,
    remove_record,
    row_at,
    row_of,
    save_record,
    sheet_of,
    take_back,
    texts_of,
)
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.transfer.records import model_of
from gelingen.web.editing.forms import STAND, RecordForm
from gelingen.web.editing.homes import home_of
from gelingen.web.editing.versions import chosen, hidden, pairs
from gelingen.web.pages import BACK, StaffRequest, address, came_from, page, staff, tell
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
    offered = offers(request.user, request.tenant, sheet)
    draft = find_draft(request.user, request.tenant, request.path)
    known = _texts(sheet, dict(request.GET.lists()))
    start = _texts(sheet, draft.texts) if draft else known
    form = RecordForm(sheet, offered, data=request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        thing = _tried(request, sheet, form, None, batch)
        if thing is not None:
            return _saved(request, sheet, thing, f"Angelegt: {thing}.", batch)
    return page(
        request,
        "editing/edit.html",
        form=form,
        title=f"{_one(sheet)} anlegen",
        draft=draft if request.method == "GET" else None,
        back=came_from(request, home_of(request, kind)),
    )


@staff
def edit(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Change a record; what somebody else changed meanwhile is never overwritten."""
    sheet = sheet_of(kind)
    thing = get_record(request.user, request.tenant, sheet, record)
    if not may_change(request.user, thing):
        raise PermissionDenied(f"{_one(sheet)} ändern")
    offered = offers(request.user, request.tenant, sheet)
    stored = row_of(sheet, thing)
    draft = find_draft(request.user, request.tenant, request.path)
    start = {**texts_of(sheet, stored), STAND: thing.version}
    start |= _texts(sheet, draft.texts) if draft else {}
    sent = chosen(sheet, request.POST, stored) if request.method == "POST" else None
    form = RecordForm(sheet, offered, data=sent, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data[STAND] not in (None, thing.version):
            return _versions(request, sheet, thing, form, stored)
        batch = new_batch()
        try:
            if _tried(request, sheet, form, thing, batch) is not None:
                return _saved(request, sheet, thing, f"Gespeichert: {thing}.", batch)
        except LostUpdateError:  # within the same moment
            thing = get_record(request.user, request.tenant, sheet, record)
            return _versions(request, sheet, thing, form, row_of(sheet, thing))
    return page(
        request,
        "editing/edit.html",
        form=form,
        title=f"{thing} ändern",
        thing=thing,
        kind=kind,
        draft=draft if request.method == "GET" else None,
        back=came_from(request, home_of(request, kind, thing)),
    )


def _texts(sheet: Sheet, given: dict[str, list[str]]) -> dict[str, object]:
    """Give texts by field: a list where a column holds several references."""
    names = {column.name for column in sheet.columns} | {STAND}
    several = {column.name for column in sheet.columns if column.kind.name == "REFERENCES"}
    return {
        name: values if name in several else values[-1]
        for name, values in given.items()
        if name in names and values
    }


def _tried(
    request: StaffRequest, sheet: Sheet, form: RecordForm, of: Record | None, batch: str
) -> Record | None:
    """Write the record; what is refused goes back into the form."""
    try:
        return save_record(
            actor=request.user,
            tenant=request.tenant,
            sheet=sheet,
            values=form.values(),
            of=of,
            batch=batch,
        )
    except ValidationError as error:
        form.refuse(error)
    except LostUpdateError:
        raise
    except UserError as error:
        form.add_error(None, str(error))
    return None


def _versions(
    request: StaffRequest, sheet: Sheet, thing: Record, form: RecordForm, stored: Row
) -> HttpResponse:
    """Show both versions side by side; where they do not touch, they are put together."""
    base = row_at(sheet, thing, form.cleaned_data[STAND])
    merged = merge(sheet, base=base, mine=form.values(), theirs=stored)
    return page(
        request,
        "editing/versions.html",
        thing=thing,
        pairs=pairs(sheet, merged.clashes, form.offered),
        taken=merged.taken,
        hidden=hidden(sheet, merged, thing.version),
        back=came_from(request, home_of(request, sheet.name, thing)),
    )


def _saved(
    request: StaffRequest, sheet: Sheet, thing: Record, message: str, batch: str
) -> HttpResponse:
    """Say what was saved, offer to take it back, and go where the person wants to go on."""
    drop_draft(request.user, request.tenant, request.path)
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
        drop_draft(request.user, request.tenant, form)
        return HttpResponseRedirect(form)
    texts = {name: list(v) for name, v in request.POST.lists() if name not in UNSAVED}
    keep_draft(request.user, request.tenant, form, texts, at=timezone.now())
    return HttpResponse(f"Entwurf gesichert um {timezone.localtime():%H:%M} Uhr.")


@staff
@require_POST
def undo(request: StaffRequest, batch: str) -> HttpResponse:
    """Take back what was done in one step."""
    again = take_back(actor=request.user, tenant=request.tenant, batch=batch)
    tell(request, "Zurückgenommen.", undo=again)
    return HttpResponseRedirect(came_from(request, address(request, "today")))
