"""Take back one change, or one field of it, where it stands in a history."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.editing import take_back_change
from gelingen.errors import NotFoundError, UserError
from gelingen.web.pages import StaffRequest, address, came_from, staff, tell


@staff
@require_POST
def take_back(request: StaffRequest, event: int) -> HttpResponse:
    """Take back a change; with "feld" only that field of it."""
    field = request.POST.get("feld", "")
    try:
        again = take_back_change(
            actor=request.user, tenant=request.tenant, event=event, field=field
        )
    except NotFoundError:
        raise
    except UserError as error:
        messages.warning(request, str(error))
    else:
        tell(request, "Zurückgenommen.", undo=again)
    return HttpResponseRedirect(came_from(request, address(request, "today")))
