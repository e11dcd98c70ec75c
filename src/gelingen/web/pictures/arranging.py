"""Who is to lead: propose it, confirm or refuse it for a unit."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.editing import offers, sheet_of
from gelingen.findings.current import current
from gelingen.history.recording import new_batch
from gelingen.register.agreements import (
    AgreementLine,
    Terms,
    agree,
    agreement_line,
    get_agreement,
    propose,
    refuse,
)
from gelingen.register.queries import responsibilities_in_words
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Afterwards, AgreementState, Basis
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
from gelingen.web.pictures.cases import NAMES, Case, cases_on
from gelingen.web.pictures.forms import AgreeForm, ArrangeForm, Offers, RefuseForm
from gelingen.web.register.tabs import tabs
from gelingen.web.words import agreed, declined

if TYPE_CHECKING:
    from django.http import QueryDict


def arrange_form(
    data: "QueryDict | None",
    offered: dict[str, Offers],
    case: Case | None,
    initial: Mapping[str, object],
) -> ArrangeForm:
    """Make the form in which units agree; those who have to do with the case stand ready.

    Args:
        data: what was sent; None for a fresh form.
        offered: by name of a responsibility's field, key and name.
        case: the case that is to be settled; None for a new one.
        initial: what the form begins with.

    """
    involved = {row.organisation.key: row.organisation.name for row in (case.rows if case else ())}
    leads = [row.organisation.key for row in (case.leads if case else ())]
    return ArrangeForm(
        data,
        offered=offered,
        involved=list(involved.items()),
        fixed=case is not None,
        initial={"others": leads, "afterwards": Afterwards.PARTICIPATE, **initial},
    )


@staff
def arrange(request: StaffRequest) -> HttpResponse:
    """Propose who leads; without script this page takes what the drawer would."""
    known = current(request.user, request.tenant)
    offered = offers(request.user, request.tenant, sheet_of("responsibility"))
    given = request.POST or request.GET
    keys = tuple(given.get(name, "") for name in NAMES)
    rows = responsibilities_in_words(request.user, request.tenant)
    case = next((one for one in cases_on(known, rows, on=today()) if one.keys == keys), None)
    start = {**dict(zip(NAMES, keys, strict=True)), "starts": day(today())}
    form = arrange_form(request.POST or None, offered, case, start)
    back = came_from(request, address(request, "leading"))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = propose(
                actor=request.user, tenant=request.tenant, terms=_terms(form), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, f"Vorgeschlagen: {made}. Es fehlen die Bestätigungen.", undo=batch)
            return HttpResponseRedirect(address(request, "agreement", record=made.key))
    about = case.title if case else "Neue Zuständigkeit"
    return page(request, "pictures/arrange.html", form=form, about=about, back=back, case=case)


def _terms(form: ArrangeForm) -> Terms:
    given = form.cleaned_data
    more = [given["more"]] if given["more"] else []
    return Terms(
        cell={name: given[name] for name in NAMES},
        lead=given["lead"],
        others=(*given.get("others", ()), *more),
        afterwards=Afterwards.of(given["afterwards"]),
        starts=form.day(),
        basis=Basis.of(given["basis"]),
    )


@staff
def agreement(request: StaffRequest, record: str) -> HttpResponse:
    """Show an agreement: who has agreed, and what is still missing."""
    return _shown(request, record)


def _shown(
    request: StaffRequest,
    record: str,
    refused: AgreeForm | RefuseForm | None = None,
    unit: str = "",
) -> HttpResponse:
    line = agreement_line(request.user, get_agreement(request.user, request.tenant, record))
    answer = page(
        request,
        "pictures/agreement.html",
        line=line,
        tabs=tabs(request, "leading"),
        open=line.state is AgreementState.OPEN,
        forms=_answers(line, refused, unit),
        back=address(request, "leading"),
    )
    if refused is not None:
        answer.status_code = 422
    return answer


def _answers(
    line: AgreementLine, refused: AgreeForm | RefuseForm | None, unit: str
) -> list[tuple[object, AgreeForm, RefuseForm]]:
    """Give the forms for each unit that the person may answer for."""
    found: list[tuple[object, AgreeForm, RefuseForm]] = []
    for number, side in enumerate(line.missing):
        if not side.mine:
            continue
        yes = AgreeForm(initial={"on": day(today())}, auto_id=f"id_{number}_%s")
        no = RefuseForm(auto_id=f"id_{number}_nein_%s")
        if side.key == unit and isinstance(refused, AgreeForm):
            yes = refused
        if side.key == unit and isinstance(refused, RefuseForm):
            no = refused
        found.append((side, yes, no))
    return found


@staff
@require_POST
def confirm(request: StaffRequest, record: str) -> HttpResponse:
    """Note that a unit agrees."""
    form, unit = AgreeForm(request.POST), request.POST.get("unit", "")
    if not form.is_valid():
        return _shown(request, record, form, unit)
    found = get_agreement(request.user, request.tenant, record)
    batch = new_batch()
    try:
        complete = agree(
            actor=request.user,
            agreement=found,
            unit=unit,
            on=form.day(),
            by=form.cleaned_data["by"],
            batch=batch,
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return _shown(request, record, form, unit)
    tell(request, agreed(found, found.starts, complete=complete), undo=batch)
    if complete:
        return HttpResponseRedirect(address(request, "leading"))
    return HttpResponseRedirect(address(request, "agreement", record=record))


@staff
@require_POST
def decline(request: StaffRequest, record: str) -> HttpResponse:
    """Note that a unit does not agree."""
    form, unit = RefuseForm(request.POST), request.POST.get("unit", "")
    if not form.is_valid():
        return _shown(request, record, form, unit)
    found = get_agreement(request.user, request.tenant, record)
    batch = new_batch()
    try:
        refuse(
            actor=request.user,
            agreement=found,
            unit=unit,
            reason=form.cleaned_data["reason"],
            batch=batch,
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return _shown(request, record, form, unit)
    tell(request, declined(found), undo=batch)
    return HttpResponseRedirect(address(request, "leading"))
