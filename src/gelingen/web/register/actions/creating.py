"""A new structure in one page, and whether it is there already."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.config.day import today
from gelingen.desk.drafts import drop_draft, find_draft
from gelingen.editing import may_create, offers, sheet_of
from gelingen.editing.structures import create_structure
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.search.similar import similar_structures
from gelingen.web.editing.new_structure import NewStructureForm, defaults
from gelingen.web.pages import BACK, StaffRequest, address, came_from, form_of, page, staff, tell

_SEVERAL = frozenset({"topics", "target_groups", "territories"})
_ANYWAY = "trotzdem"


@staff
def similar(request: StaffRequest) -> HttpResponse:
    """Warn of structures of a similar name; a part of a page."""
    name = request.GET.get("name", "")
    found = similar_structures(request.user, request.tenant, name)
    return page(request, "register/actions/similar.html", similar=found)


@staff
def new_structure(request: StaffRequest) -> HttpResponse:
    """Enter a structure with its reach and its money; warn once of similar names."""
    if not may_create(request.user, request.tenant, sheet_of("structure")):
        raise PermissionDenied("Struktur anlegen")
    draft = find_draft(request.user, request.tenant, form_of(request.get_full_path()))
    given = dict(draft.texts) if draft else dict(request.GET.lists())
    start = defaults(today()) | {
        name: values if name in _SEVERAL else values[-1] for name, values in given.items() if values
    }
    form = NewStructureForm(_offered(request), data=request.POST or None, initial=start)
    warned: list[object] = []
    if request.method == "POST" and form.is_valid():
        name = str(request.POST.get("name", ""))
        if request.POST.get(_ANYWAY) != name:
            warned = [*similar_structures(request.user, request.tenant, name)]
        if not warned and (answer := _written(request, form)):
            return answer
    return page(
        request,
        "register/actions/new.html",
        form=form,
        similar=warned,
        anyway=request.POST.get("name", "") if warned else request.POST.get(_ANYWAY, ""),
        draft=draft if request.method == "GET" else None,
        back=came_from(request, address(request, "structures")),
    )


def _offered(request: StaffRequest) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Read what may be chosen: each kind of record once."""
    reach = offers(request.user, request.tenant, sheet_of("reach"))
    bodies = offers(request.user, request.tenant, sheet_of("organisation"))["above"]
    return {
        "structure": {"organisation": bodies},
        "funding": {"funder": bodies},
        "reach": reach,
    }


def _written(request: StaffRequest, form: NewStructureForm) -> HttpResponse | None:
    batch = new_batch()
    try:
        made = create_structure(
            actor=request.user, tenant=request.tenant, new=form.new(), batch=batch
        )
    except ValidationError as error:
        form.refuse(error)
    except UserError as error:
        form.add_error(None, str(error))
    else:
        drop_draft(request.user, request.tenant, form_of(request.get_full_path()))
        tell(request, f"Angelegt: {made}.", undo=batch)
        if request.POST.get("danach") == "weiteren":
            return HttpResponseRedirect(request.get_full_path())
        own = address(request, "structure", record=made.key)
        return HttpResponseRedirect(came_from(request, own) if BACK in request.GET else own)
    return None
