"""Files of reports: what was released, drafts as they would be written now, extracts."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from gelingen.access.record import UnknownRecordError
from gelingen.config.day import today
from gelingen.places.queries import municipalities
from gelingen.reports.yearly import (
    funder_report,
    municipality_extract,
    read_told,
    write_book,
    year_report,
)
from gelingen.reports.yearly.book import BOOK
from gelingen.terms.vocabulary import ShelfFormat
from gelingen.terms.yearly import ReportState
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.documents.views import MEDIA_TYPES
from gelingen.web.pages import StaffRequest, staff
from gelingen.yearly.queries import get_file, get_report


@staff
def document(request: StaffRequest, record: str, fmt: str) -> HttpResponseBase:
    """Hand out a report: as it was released, or as it would be written now."""
    found = get_report(request.user, request.tenant, record)
    if fmt != BOOK:
        require_format(fmt)
    name = slugify(found.title) or "bericht"
    media_type = MEDIA_TYPES[ShelfFormat.of(fmt)]
    if found.state == ReportState.RELEASED:
        given: HttpResponseBase = FileResponse(
            get_file(found, fmt).file.open(), as_attachment=True, filename=f"{name}.{fmt}",
            content_type=media_type,
        )  # fmt: skip
        given["X-Content-Type-Options"] = "nosniff"
        return given
    told = read_told(request.user, found, on=today())
    if fmt != BOOK:
        return hand_out_paper(year_report(told), fmt, name=f"entwurf-{name}")
    answer = HttpResponse(write_book(told), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="entwurf-{name}.{BOOK}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@staff
def extract(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out what concerns one municipality or one funder, as it stands today."""
    found = get_report(request.user, request.tenant, record)
    require_format(fmt)
    told = read_told(request.user, found, on=today())
    if programme := request.GET.get("programm", ""):
        paper = funder_report(told, programme)
    else:
        asked = request.GET.get("gemeinde", "")
        place = municipalities(request.user, request.tenant).filter(key=asked).first()
        if place is None:
            raise UnknownRecordError("Diese Gemeinde gibt es hier nicht.")
        paper = municipality_extract(told, place)
    return hand_out_paper(paper, fmt, name=slugify(paper.title) or "auszug")
