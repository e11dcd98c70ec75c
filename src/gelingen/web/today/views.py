"""The first page: what is to be done."""

from django.http import HttpResponse

from gelingen.web.pages import StaffRequest, page, staff


@staff
def today(request: StaffRequest) -> HttpResponse:
    """Show the desk of a tenant."""
    return page(request, "today/today.html")
