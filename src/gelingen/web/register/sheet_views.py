"""The pages of one structure and one organisation, and the files attached to them."""

from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.confirmations.proposals import open_about
from gelingen.findings.current import Current, current
from gelingen.history.recording import new_batch
from gelingen.plan.chain import Chain, chains_by_structure
from gelingen.register import inventory_pages as inventory
from gelingen.register.agreements import AgreementLine, all_agreements
from gelingen.register.attachments import attach, detach
from gelingen.register.received import is_cited
from gelingen.web.pages import (
    StaffRequest,
    address,
    attempt,
    came_from,
    done,
    page,
    staff,
    tell,
)
from gelingen.web.records import findings_on
from gelingen.web.register import record_sheets
from gelingen.web.register.files import hand_out_file
from gelingen.web.register.forms import AttachForm
from gelingen.web.register.received_sheet import received_view
from gelingen.web.register.sharing import section


def _words(request: StaffRequest, known: Current) -> inventory.Words:
    return known.keep("words", partial(inventory.read_words, request.user, request.tenant))


def _chains(request: StaffRequest, known: Current, structure: str) -> tuple[Chain, ...]:
    read = partial(chains_by_structure, request.user, request.tenant)
    return known.keep("chains", read).get(structure, ())


def _agreements(request: StaffRequest, known: Current, unit: str) -> list[AgreementLine]:
    read = partial(all_agreements, request.user, request.tenant)
    every = known.keep("agreements", read)
    return [one for one in every if unit in {side.key for side in one.sides}]


@staff
def structure(request: StaffRequest, record: str) -> HttpResponse:
    """Show everything about a structure, and take files for it.

    One that another tenant keeps and shows here is shown as far as that is meant to be seen.
    """
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        found = inventory.get_structure(request.user, request.tenant, record)
        if attempt(form, attach, actor=request.user, to=found):
            return done(request, f"{found}: Datei angehängt.", to="structure", record=record)
    known = current(request.user, request.tenant)
    if is_cited(record):
        return page(
            request,
            "register/sharing/received.html",
            view=received_view(request, known, record, on=today()),
        )
    sheet = inventory.structure_sheet(_words(request, known), record)
    view = record_sheets.structure_view(request, sheet, known, on=today())
    return page(
        request,
        "register/structure.html",
        form=form,
        sheet=sheet,
        view=view,
        money=view.parts[0],
        parts=view.parts[1:],
        chains=_chains(request, known, record),
        proposed=open_about(request.user, request.tenant, sheet.structure),
        findings=findings_on(request, known, f"structure:{record}"),
        sharing=section(request, sheet.structure, sheet.shares, on=today()),
        may_edit=sheet.may_edit,
        may_take_back=sheet.may_edit,
    )


@staff
def organisation(request: StaffRequest, record: str) -> HttpResponse:
    """Show everything about an organisation."""
    known = current(request.user, request.tenant)
    sheet = inventory.organisation_sheet(_words(request, known), record)
    return page(
        request,
        "register/organisation.html",
        sheet=sheet,
        view=record_sheets.organisation_view(request, sheet),
        agreements=_agreements(request, known, record),
        proposed=open_about(request.user, request.tenant, sheet.organisation),
        findings=findings_on(request, known, f"organisation:{record}"),
        may_edit=sheet.may_edit,
        may_take_back=sheet.may_edit,
    )


@staff
@require_POST
def remove_attachment(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file off its record."""
    found = inventory.get_attachment(request.user, request.tenant, record)
    back, batch = came_from(request, address(request, "structures")), new_batch()
    detach(actor=request.user, attachment=found, batch=batch)
    tell(request, f"Entfernt: {found.title}.", undo=batch)
    return HttpResponseRedirect(back)


@staff
def attachment(request: StaffRequest, record: str) -> HttpResponseBase:
    """Hand out an attached file, never to be shown inside a page."""
    found = inventory.get_attachment(request.user, request.tenant, record)
    return hand_out_file(found)
