"""The sheet of a measure as a file."""

from django.http import HttpResponse
from django.utils.text import slugify

from gelingen.config.day import today
from gelingen.reports.measure import measure_paper
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.pages import StaffRequest, staff


@staff
def sheet(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out the sheet of a measure."""
    require_format(fmt)
    document = measure_paper(request.user, request.tenant, record, on=today())
    return hand_out_paper(document, fmt, name=f"massnahmenblatt-{slugify(record)}")
