"""Change what a paper says and what it is about, delete it, and lead it to its release."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.boards.meetings import led
from gelingen.boards.queries import bodies
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.papers import releasing, writing
from gelingen.papers.queries import get_paper
from gelingen.plan.queries import measures as measures_of
from gelingen.register.queries import organisations
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff, tell
from gelingen.web.papers.forms import BothVersions, PaperForm, Texts, paper_values

if TYPE_CHECKING:
    from gelingen.papers.models import Paper


class UnknownDeedError(NotFoundError):
    """There is no such step on the way of a paper."""


def to_write(request: StaffRequest, record: str) -> "Paper":
    """Find a paper that the person may write.

    Raises:
        UnknownRecordError: there is none, or the person may not see it.
        PermissionDenied: the person may see it, but not write it.

    """
    found = get_paper(request.user, request.tenant, record)
    require(request.user, May.EDIT_BOARDS, found)
    return found


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change what a paper says."""
    found = to_write(request, record)
    writing.refuse_released(found)
    back = address(request, "council-paper", record=record)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return paper_values(before) if before else None

    edited = BothVersions(request, paper_values(found), stand=str(found.version), at=at)
    whole = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    form = PaperForm(
        edited.data,
        initial=edited.initial(),
        bodies=bodies(request.user, request.tenant) if whole else led(request.user, request.tenant),
        organisations=organisations(request.user, request.tenant).order_by("name", "key"),
        whole=whole,
    )
    if edited.stale:
        return edited.versions(form, thing=found.subject, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            writing.change_paper(actor=request.user, paper=found, given=form.given(), batch=batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "papers/edit.html", form=form, draft=edited.draft, paper=found, back=back,
        title="Vorlage ändern",
    )  # fmt: skip


@staff
def measures(request: StaffRequest, record: str) -> HttpResponse:
    """Say which measures a paper is about; its texts and sums stay as they are."""
    found = to_write(request, record)
    writing.refuse_released(found)
    back = address(request, "council-paper", record=record)
    every = list(measures_of(request.user, request.tenant))
    if request.method == "POST":
        ticked, batch = set(request.POST.getlist("wahl")), new_batch()
        sent = request.POST.get("stand", "")
        found.version = int(sent) if sent.isdecimal() else found.version
        writing.change_measures(
            actor=request.user, paper=found, batch=batch,
            measures=[one for one in every if one.key in ticked],
        )  # fmt: skip
        tell(request, "Gespeichert: Maßnahmen.", undo=batch)
        return HttpResponseRedirect(back)
    return page(
        request, "papers/measures.html", paper=found, measures=every, back=back,
        ticked=set(found.measures.values_list("key", flat=True)), title="Maßnahmen der Vorlage",
    )  # fmt: skip


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Delete a draft that was never released."""
    found, batch = to_write(request, record), new_batch()
    writing.remove_paper(actor=request.user, paper=found, batch=batch)
    return done(request, "Vorlage gelöscht.", to="council-papers", undo=batch)


# What is done on the way, with the sentence that confirms it.
_DEEDS: dict[str, tuple[Callable[..., None], str]] = {
    "einreichen": (releasing.submit, "Zur Freigabe gegeben."),
    "zurueckgeben": (releasing.send_back, "Wieder ein Entwurf."),
    "oeffnen": (
        releasing.reopen,
        "Wieder ein Entwurf; bis zur nächsten Freigabe sehen ihn wenige.",
    ),
    "zurueckziehen": (releasing.withdraw, "Vorlage zurückgezogen."),
    "freigeben": (releasing.release, "Freigegeben und als Fassung festgehalten."),
}


@staff
@require_POST
def move_on(request: StaffRequest, record: str, deed: str) -> HttpResponse:
    """Lead a paper one step on."""
    if deed not in _DEEDS:
        raise UnknownDeedError("Diesen Schritt gibt es nicht.")
    found, batch = to_write(request, record), new_batch()
    act, said = _DEEDS[deed]
    given: dict[str, object] = {}
    if deed == "freigeben":
        given = {"on": today(), "changed": request.POST.get("geaendert", "")[:2000]}
    sent = request.POST.get("stand", "")
    given["version"] = int(sent) if sent.isdecimal() else None
    act(actor=request.user, paper=found, batch=batch, **given)
    return done(request, said, to="council-paper", undo=batch, record=record)
