"""Files of a meeting: attached, handed out to whoever may see them, taken off again."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gelingen.boards import enclosed, seen
from gelingen.boards.minutes import agenda_of
from gelingen.history.recording import new_batch
from gelingen.web.boards.meetings.file_form import FILES, FileForm
from gelingen.web.boards.meetings.views import require_leads, shown
from gelingen.web.pages import StaffRequest, address, attempt, staff, tell
from gelingen.web.register.files import hand_out_file


@staff
@require_POST
def attach(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file for a meeting or for one of its items."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    form = FileForm(agenda_of(request.user, found), request.POST, request.FILES)

    def add(*, item: str, **given: Any) -> None:  # noqa: ANN401  what `add_file` takes
        to = seen.get_item(request.user, request.tenant, item) if item else found
        enclosed.add_file(actor=request.user, to=to, **given)

    if attempt(form, add):
        tell(request, f"Angehängt: {form.cleaned_data['title']}.")
        return _back(request, record)
    return shown(request, found, attaching=form)


def _back(request: StaffRequest, record: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{address(request, 'meeting', record=record)}#{FILES}")


@staff
def file(request: StaffRequest, record: str, file: str) -> HttpResponseBase:
    """Hand out a file of a meeting."""
    found = seen.get_meeting(request.user, request.tenant, record)
    return hand_out_file(enclosed.get_file(request.user, agenda_of(request.user, found), file).file)


@staff
@require_POST
def take_off(request: StaffRequest, record: str, file: str) -> HttpResponse:
    """Take a file off a meeting."""
    found = seen.get_meeting(request.user, request.tenant, record)
    read, batch = agenda_of(request.user, found), new_batch()
    gone = enclosed.take_off(actor=request.user, agenda=read, key=file, batch=batch)
    tell(request, f"Entfernt: {gone.title}.", undo=batch)
    return _back(request, record)
