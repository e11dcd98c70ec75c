"""Saved views of a list: keep one, rename it, remove it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.desk.views import change_view, drop_view, may_share, save_view, saved_views
from gelingen.web.pages import StaffRequest, address, came_from, page, staff, tell
from gelingen.web.register.lists.forms import ViewForm
from gelingen.web.register.lists.pages import table_of


@staff
def views(request: StaffRequest, kind: str) -> HttpResponse:
    """List the saved views of a list; a POST keeps its present address as a new one."""
    table = table_of(kind)
    share = may_share(request.user, request.tenant)
    form = ViewForm(request.POST or None, may_share=share)
    if request.method == "POST" and form.is_valid():
        query = request.POST.get("query", "")
        try:
            view = save_view(
                request.user, request.tenant, page=kind, query=query, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            tell(request, f"Ansicht „{view.name}“ gespeichert.")
            return HttpResponseRedirect(came_from(request, address(request, table.page)))
    return _shown(request, kind, form)


def _shown(request: StaffRequest, kind: str, form: ViewForm) -> HttpResponse:
    table = table_of(kind)
    share = may_share(request.user, request.tenant)
    found = saved_views(request.user, request.tenant, page=kind)
    own = [
        (one, ViewForm(initial={"name": one.name, "shared": one.shared}, may_share=share,
                       auto_id=f"id_{one.pk}_%s"))
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
        query=request.POST.get("query", ""),
        back=came_from(request, address(request, table.page)),
    )


@staff
@require_POST
def view(request: StaffRequest, kind: str, record: int) -> HttpResponse:
    """Rename one's own view, share it or not, or remove it."""
    table_of(kind)
    if "loeschen" in request.POST:
        tell(request, f"Ansicht „{drop_view(request.user, request.tenant, record)}“ gelöscht.")
        return HttpResponseRedirect(address(request, "views", kind=kind))
    form = ViewForm(request.POST, may_share=may_share(request.user, request.tenant))
    if form.is_valid():
        given = {"shared": False, **form.cleaned_data}
        try:
            changed = change_view(request.user, request.tenant, record, **given)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            tell(request, f"Ansicht „{changed.name}“ gespeichert.")
            return HttpResponseRedirect(address(request, "views", kind=kind))
    return _shown(request, kind, form)
