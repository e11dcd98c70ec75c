"""The register of needs as pages."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.web.needs.listing import TABLE
from gelingen.web.pages import StaffRequest, staff
from gelingen.web.register.lists.pages import hand_out, show
from gelingen.web.register.lists.saved import view_of, views_of


@staff
def needs(request: StaffRequest) -> HttpResponse:
    """List the needs that exist on a day or are to come."""
    return show(request, TABLE)


@staff
def list_workbook(request: StaffRequest) -> HttpResponse:
    """Hand out exactly what the list shows; the command refuses whom it may not."""
    return hand_out(request, TABLE)


@staff
def saved_views(request: StaffRequest) -> HttpResponse:
    """List the saved views of the list; a POST keeps its present address as a new one."""
    return views_of(request, TABLE)


@staff
@require_POST
def saved_view(request: StaffRequest, record: int) -> HttpResponse:
    """Rename one's own view, share it or not, or remove it."""
    return view_of(request, TABLE, record)
