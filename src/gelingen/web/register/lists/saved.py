"""Saved views of a list: keep one, rename it, remove it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.desk.views import change_view, drop_view, may_share, save_view, saved_views
from gelingen.web.pages import StaffRequest, address, came_from, page, staff, tell
from gelingen.web.register.lists.forms import ViewForm
from gelingen.web.register.lists.pages import table_of, way
from gelingen.web.register.lists.table import Table


@staff
def views(request: StaffRequest, kind: str) -> HttpResponse:
    """List the saved views of a list; a POST keeps its present address as a new one."""
    return views_of(request, table_of(kind))


def views_of(request: StaffRequest, table: Table[Any]) -> HttpResponse:
    """Do so for one list."""
    share = may_share(request.user, request.tenant)
    form = ViewForm(request.POST or None, may_share=share)
    if request.method == "POST" and form.is_valid():
        query = request.POST.get("query", "")
        try:
            view = save_view(
                request.user, request.tenant, page=table.kind, query=query, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            tell(request, f"Ansicht „{view.name}“ gespeichert.")
            return HttpResponseRedirect(came_from(request, address(request, table.page)))
    return _shown(request, table, form)


def _shown(request: StaffRequest, table: Table[Any], form: ViewForm) -> HttpResponse:
    share = may_share(request.user, request.tenant)
    found = saved_views(request.user, request.tenant, page=table.kind)
    own = [
        (one, ViewForm(initial={"name": one.name, "shared": one.shared}, may_share=share,
                       auto_id=f"id_{one.pk}_%s"), way(request, table, "view", record=one.pk))
        for one in found
        if one.user_id == request.user.pk
    ]  # fmt: skip
    return page(
        request,
        "register/views.html",
        table=table,
        own=own,
        others=[one for one in found if one.user_id != request.user.pk],
        form=form,
        here=way(request, table, "views"),
        query=request.POST.get("query", ""),
        back=came_from(request, address(request, table.page)),
    )


@staff
@require_POST
def view(request: StaffRequest, kind: str, record: int) -> HttpResponse:
    """Rename one's own view, share it or not, or remove it."""
    return view_of(request, table_of(kind), record)


def view_of(request: StaffRequest, table: Table[Any], record: int) -> HttpResponse:
    """Do so for one list."""
    here = way(request, table, "views")
    if "loeschen" in request.POST:
        tell(request, f"Ansicht „{drop_view(request.user, request.tenant, record)}“ gelöscht.")
        return HttpResponseRedirect(here)
    form = ViewForm(request.POST, may_share=may_share(request.user, request.tenant))
    if form.is_valid():
        given = {"shared": False, **form.cleaned_data}
        try:
            changed = change_view(request.user, request.tenant, record, **given)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            tell(request, f"Ansicht „{changed.name}“ gespeichert.")
            return HttpResponseRedirect(here)
    return _shown(request, table, form)
