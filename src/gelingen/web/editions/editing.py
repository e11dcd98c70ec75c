"""Begin a draft, change it, release it, withdraw an edition, give up a draft."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.editions import writing
from gelingen.editions.queries import get_edition, rows_of
from gelingen.editions.releasing import missing
from gelingen.editions.releasing import withdraw as withdraw_edition
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.jobs import release_edition
from gelingen.papers.queries import papers
from gelingen.plan.queries import plans
from gelingen.terms.papers import PaperState
from gelingen.web.editions.forms import (
    BothVersions,
    EditionForm,
    Texts,
    WithdrawForm,
    edition_values,
)
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff, tell

if TYPE_CHECKING:
    from gelingen.editions.models import Edition


def _to_write(request: StaffRequest, record: str) -> "Edition":
    """Find an edition that the person may write.

    Raises:
        UnknownRecordError: there is none, or the person may not see it.
        PermissionDenied: the person may see it, but not write it.

    """
    found = get_edition(request.user, request.tenant, record)
    require(request.user, May.EDIT_PLAN, found)
    return found


@staff
@require_POST
def new(request: StaffRequest) -> HttpResponse:
    """Begin a draft of the plan."""
    plan, batch = plans(request.user, request.tenant).first(), new_batch()
    if plan is None:
        raise UserError("Ohne Plan gibt es keine Ausgabe. Bitte zuerst einen Plan anlegen.")
    made = writing.new_edition(
        actor=request.user, tenant=request.tenant, plan=plan, on=today(), batch=batch
    )
    return done(request, "Entwurf begonnen.", to="edition", undo=batch, record=made.key)


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Say what a draft is called, of which day it tells and which resolution it rests on."""
    found = _to_write(request, record)
    writing.refuse_released(found)
    back = address(request, "edition", record=record)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return edition_values(before) if before else None

    edited = BothVersions(request, edition_values(found), stand=str(found.version), at=at)
    released = papers(request.user, request.tenant).filter(
        state__in=(PaperState.RELEASED, PaperState.DONE)
    )
    form = EditionForm(edited.data, initial=edited.initial(), papers=released)
    if edited.stale:
        return edited.versions(form, thing=found, back=back)
    if request.method == "POST" and form.is_valid():
        batch, given = new_batch(), dict(form.cleaned_data)
        given.pop("stand")
        try:
            writing.change_edition(actor=request.user, edition=found, batch=batch, **given)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "editions/form.html", form=form, draft=edited.draft, edition=found, back=back,
        title="Entwurf ändern", write="Speichern",
    )  # fmt: skip


@staff
@require_POST
def release(request: StaffRequest, record: str) -> HttpResponse:
    """Hand the release to the worker and show how far it is."""
    found = _to_write(request, record)
    writing.refuse_released(found)
    if lacking := missing(found, rows_of(found)):
        raise writing.EditionError(" ".join(lacking))
    sent = request.POST.get("stand", "")
    ordered = release_edition.enqueue(
        actor_id=request.user.pk,
        tenant_key=request.tenant.pk,
        edition=found.key,
        version=int(sent) if sent.isdecimal() else found.version,
        on=today().isoformat(),
    )
    back = address(request, "edition", record=record)
    return HttpResponseRedirect(f"{back}?auftrag={ordered.id}")


@staff
def withdraw(request: StaffRequest, record: str) -> HttpResponse:
    """Take an edition off the site, with a reason."""
    found = _to_write(request, record)
    form = WithdrawForm(request.POST or None, initial={"stand": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_edition(
                actor=request.user, edition=found, why=form.cleaned_data["why"], on=today(),
                version=form.cleaned_data["stand"],
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"{found} ist zurückgezogen.", to="edition", record=record)
    return page(
        request, "editions/form.html", form=form, edition=found, title=f"{found} zurückziehen",
        answer="Auf der Webseite verschwindet sie sofort; im Haus bleibt sie, wie sie ist. "
        "Öffentlich wird wieder die Ausgabe davor.",
        write="Zurückziehen", back=address(request, "edition", record=record),
    )  # fmt: skip


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Give up a draft."""
    found, batch = _to_write(request, record), new_batch()
    writing.remove_edition(actor=request.user, edition=found, batch=batch)
    return done(request, "Entwurf gelöscht.", to="editions", undo=batch)
