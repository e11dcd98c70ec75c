"""One import that was done: what it wrote, and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import localtime
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from gelingen.editing import take_back
from gelingen.history.undo import UndoRefusedError, preview_undo
from gelingen.jobs import take_back_import
from gelingen.terms.spelling import number
from gelingen.transfer import uploads
from gelingen.transfer.past import PastImport, get_import
from gelingen.web.imports.words import counts
from gelingen.web.pages import StaffRequest, address, done, page, staff

_TOLD = 20
Steps = Sequence[tuple[str, dict[str, int]]]


@staff
def past(request: StaffRequest, batch: str) -> HttpResponse:
    """Show what taking an import back would do, and do it; a large one is left to the worker."""
    found = get_import(request.user, request.tenant, batch)
    large = found.records > uploads.LARGE
    if request.method == "POST":
        return _ordered(request, found) if large else _taken_back(request, found)
    if found.taken_back and "auftrag" not in request.GET:
        return _page(request, found, (), (), state="done")
    if large:
        state, obstacles = _state(request, batch)
        steps: Steps = [
            ("wieder wie vorher", {"Einträge": found.changed} if found.changed else {}),
            ("entfernt, weil neu durch diesen Import", {"Einträge": found.new}),
        ]
        return _page(request, found, steps, obstacles, state=state)
    undoing = preview_undo(batch, tenant=request.tenant)
    steps = [
        ("wieder wie vorher", undoing.changed),
        ("entfernt, weil neu durch diesen Import", undoing.removed),
        ("wiederhergestellt", undoing.restored),
    ]
    return _page(request, found, steps, undoing.obstacles)


def _page(
    request: StaffRequest,
    found: PastImport,
    steps: Steps,
    obstacles: Sequence[str],
    *,
    state: str = "",
) -> HttpResponse:
    return page(
        request,
        "imports/past.html#stand",
        title=f"Import vom {localtime(found.at):%d.%m.%Y, %H:%M} Uhr",
        what=counts(found.new, found.changed),
        facts=[("Wer", found.by), ("Datei", found.file)],
        steps=[
            f"{kind}: {number(count)} {word}"
            for word, kinds in steps
            for kind, count in kinds.items()
        ],
        obstacles=obstacles[:_TOLD],
        more=max(len(obstacles) - _TOLD, 0),
        state=state,
        again=request.get_full_path(),
    )


def _taken_back(request: StaffRequest, found: PastImport) -> HttpResponse:
    try:
        again = take_back(actor=request.user, tenant=request.tenant, batch=found.batch)
    except UndoRefusedError as error:
        answer = _page(request, found, (), error.obstacles)
        answer.status_code = 422
        return answer
    return done(request, "Der Import ist zurückgenommen.", to="imports", undo=again)


def _ordered(request: StaffRequest, found: PastImport) -> HttpResponse:
    ordered = take_back_import.enqueue(
        actor_id=request.user.pk, tenant_key=request.tenant.pk, batch=found.batch
    )
    here = address(request, "past-import", batch=found.batch)
    return HttpResponseRedirect(f"{here}?auftrag={ordered.id}")


def _state(request: StaffRequest, batch: str) -> tuple[str, Sequence[str]]:
    """Say how far an order is (empty, waiting, done or failed) and what stood in its way."""
    try:
        result = take_back_import.get_result(str(UUID(request.GET.get("auftrag", ""))))
    except (TaskResultDoesNotExist, TaskResultMismatch, ValueError):
        return "", ()
    given = result.kwargs
    if (given["tenant_key"], given["batch"]) != (request.tenant.pk, batch):
        return "", ()
    if result.status == TaskResultStatus.FAILED:
        return "failed", ()
    if result.status != TaskResultStatus.SUCCESSFUL:
        return "waiting", ()
    obstacles: Sequence[str] = result.return_value or ()
    return "" if obstacles else "done", obstacles
