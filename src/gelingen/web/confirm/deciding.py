"""Proposals: accept or refuse them field by field; propose for entries of others."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.confirmations import proposals as known
from gelingen.confirmations.proposals import texts_now
from gelingen.editing import get_record, may_change, sheet_of
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.web.confirm.forms import ChangeForm
from gelingen.web.lists import chosen_page
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.records import record_url
from gelingen.web.register.tabs import tabs

PAGE_SIZE = 25


@staff
def proposals(request: StaffRequest) -> HttpResponse:
    """Show what organisations propose."""
    return _shown(request)


def _shown(request: StaffRequest, *, refused: str = "", wrong: str = "") -> HttpResponse:
    found = known.reviewed(request.user, request.tenant)
    leaf = chosen_page(request, found, size=PAGE_SIZE)
    answer = page(
        request,
        "confirm/proposals.html",
        answer=_answer(len(found)),
        leaf=leaf,
        rows=[
            (one, record_url(request, *known.kind_and_key(one.proposal.subject)))
            for one in leaf.object_list
        ],
        refused=refused,
        wrong=wrong,
        tabs=tabs(request, "proposals"),
        may_ask=allowed_in(request.user, May.EDIT_REGISTER, request.tenant),
    )
    if refused:
        answer.status_code = 422
    return answer


def _answer(number: int) -> str:
    if not number:
        return "Kein Vorschlag wartet auf eine Entscheidung."
    many = "Ein Vorschlag wartet" if number == 1 else f"{number} Vorschläge warten"
    return f"{many} auf eine Entscheidung. Bis dahin bleibt jeder Eintrag, wie er ist."


@staff
@require_POST
def accept(request: StaffRequest, record: str) -> HttpResponse:
    """Write what was ticked into the entry."""
    proposal = known.get_proposal(request.user, request.tenant, record)
    batch = new_batch()
    version = request.POST.get("stand", "")
    try:
        known.accept(
            actor=request.user,
            proposal=proposal,
            on=today(),
            batch=batch,
            columns=request.POST.getlist("feld"),
            version=int(version) if version.isdecimal() else None,
        )
    except LostUpdateError:
        wrong = "Der Eintrag wurde gerade geändert. Bitte noch einmal vergleichen."
        return _shown(request, refused=record, wrong=wrong)
    except UserError as error:
        return _shown(request, refused=record, wrong=str(error))
    tell(request, f"Übernommen: {proposal.name}.", undo=batch)
    return HttpResponseRedirect(address(request, "proposals"))


@staff
@require_POST
def refuse(request: StaffRequest, record: str) -> HttpResponse:
    """Leave the entry as it is."""
    proposal = known.get_proposal(request.user, request.tenant, record)
    batch = new_batch()
    known.refuse(actor=request.user, proposal=proposal, on=today(), batch=batch)
    tell(request, f"Abgelehnt: {proposal.name} bleibt, wie es ist.", undo=batch)
    return HttpResponseRedirect(address(request, "proposals"))


@staff
def propose(request: StaffRequest, record: str) -> HttpResponse:
    """Propose a change of a structure that belongs to somebody else."""
    thing = get_record(request.user, request.tenant, sheet_of("structure"), record)
    if may_change(request.user, thing):
        return HttpResponseRedirect(address(request, "edit", kind="structure", record=record))
    known.require_may_propose(request.user, request.tenant)
    form = ChangeForm(
        contact=False,
        data=request.POST if request.method == "POST" else None,
        initial=texts_now("structure", thing),
    )
    back = came_from(request, record_url(request, "structure", record))
    if form.is_valid():
        try:
            known.propose_as(
                actor=request.user,
                tenant=request.tenant,
                structure=record,
                values=form.values(),
                remark=form.cleaned_data["remark"],
                on=today(),
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, f"Vorgeschlagen: {thing}. Die Integrationsstelle entscheidet.")
            return HttpResponseRedirect(back)
    return page(request, "confirm/propose.html", form=form, thing=thing, back=back)
