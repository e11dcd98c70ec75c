"""Free codes: the list, a new one, one changed or deleted."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.talks import coding, queries
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.talks.forms import STALE, CodeForm, seen_anew, values_of_code

_COLUMNS = (Column("Code"), Column("Bedeutung", wide=True), Column("Kodierungen", number=True))


@staff
def codes(request: StaffRequest) -> HttpResponse:
    """List the free codes, and take a new one."""
    require(request.user, May.ASK, request.tenant)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch, given = new_batch(), form.cleaned_data
        try:
            made = coding.new_code(
                actor=request.user, tenant=request.tenant, batch=batch,
                label=given["label"], meaning=given["meaning"],
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Eingetragen: {made}.", to="talk-codes", undo=batch)
    found = queries.codes_with_use(request.user, request.tenant)
    rows = [
        (Cell(one.label, url=address(request, "talk-code", record=one.key)), one.meaning, str(used))
        for one, used in found
    ]
    return page(
        request,
        "talks/codes.html",
        form=form,
        tabs=tabs(request, "talks"),
        listing=Listing("Freie Codes", _COLUMNS, rows) if rows else None,
    )


@staff
def change(request: StaffRequest, record: str) -> HttpResponse:
    """Change a free code."""
    found = queries.get_code(request.user, request.tenant, record)
    form = CodeForm(request.POST or None, initial=values_of_code(found))
    if request.method == "POST" and form.is_valid():
        batch, given = new_batch(), dict(form.cleaned_data)
        try:
            coding.change_code(
                actor=request.user, code=found, version=given.pop("stand"), batch=batch, **given
            )
        except LostUpdateError:
            now = queries.get_code(request.user, request.tenant, record)
            form.add_error(None, f"{STALE} Dort steht jetzt: „{now}“")
            seen_anew(form, now.version)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Gespeichert: {found}.", to="talk-codes", undo=batch)
    return page(request, "talks/code.html", form=form, code=found)


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Delete a free code; codings lose it."""
    found = queries.get_code(request.user, request.tenant, record)
    batch = new_batch()
    coding.remove_code(actor=request.user, code=found, batch=batch)
    return done(request, f"Gelöscht: {found}.", to="talk-codes", undo=batch)
