"""One import that was done: what it wrote, and taking it back."""

from django.http import HttpResponse
from django.utils.timezone import localtime

from gelingen.editing import take_back
from gelingen.history.undo import UndoRefusedError
from gelingen.transfer.past import get_import
from gelingen.web.imports.words import counts
from gelingen.web.pages import StaffRequest, done, page, staff

_TOLD = 20


@staff
def past(request: StaffRequest, batch: str) -> HttpResponse:
    """Show what taking an import back would do, and do it."""
    found, undoing = get_import(request.user, request.tenant, batch)
    obstacles: tuple[str, ...] = undoing.obstacles
    if request.method == "POST":
        try:
            again = take_back(actor=request.user, tenant=request.tenant, batch=batch)
        except UndoRefusedError as error:
            obstacles = error.obstacles
        else:
            return done(request, "Der Import ist zurückgenommen.", to="imports", undo=again)
    answer = page(
        request,
        "imports/past.html",
        title=f"Import vom {localtime(found.at):%d.%m.%Y, %H:%M} Uhr",
        what=counts(found.new, found.changed),
        facts=[("Wer", found.by), ("Datei", found.file)],
        steps=[
            ("wieder wie vorher", undoing.changed),
            ("entfernt, weil neu durch diesen Import", undoing.removed),
            ("wiederhergestellt", undoing.restored),
        ],
        obstacles=obstacles[:_TOLD],
        more=max(len(obstacles) - _TOLD, 0),
    )
    if request.method == "POST":
        answer.status_code = 422
    return answer
