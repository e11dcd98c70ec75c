"""Ask what the columns and sheets of a file are, where the file does not say it by itself."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from gelingen.terms.desk import UploadState
from gelingen.transfer import uploads
from gelingen.transfer.checking import NotReadyError
from gelingen.transfer.mapping import remember
from gelingen.transfer.sheets import SHEETS
from gelingen.web.imports.forms import MappingForm
from gelingen.web.imports.views import checked
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.workbook.mapping import answered

_FIXED = (UploadState.WRITING, UploadState.IMPORTED)


@staff
def mapping(request: StaffRequest, key: str) -> HttpResponse:
    """Ask, keep the answers for the next time, and check the file with them."""
    kept = uploads.get_upload(request.user, request.tenant, key)
    if kept.state in _FIXED:
        raise NotReadyError(f"{kept.name}: {UploadState.of(kept.state).label}.")
    layout = uploads.layout(kept)
    form = MappingForm(layout, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = answered(uploads.path_of(kept), SHEETS, form.chosen())
        remember(request.user, request.tenant, told, at=timezone.now())
        if uploads.layout(kept).open:  # the columns of a list that is known only now
            return HttpResponseRedirect(address(request, "import-mapping", key=key))
        return checked(request, kept)
    return page(
        request,
        "imports/mapping.html",
        upload=kept,
        form=form,
        lists=form.lists(),
        open=layout.open,
    )
