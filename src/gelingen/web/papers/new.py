"""Begin a paper: from a decided selection, from ticked measures, or empty."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in, require
from gelingen.boards.meetings import led
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.papers.chain import lay_chain
from gelingen.papers.prefill import OVER, draft
from gelingen.papers.writing import Given, new_paper
from gelingen.plan.queries import measures as measures_of
from gelingen.programme.queries import selections
from gelingen.terms.papers import PaperKind
from gelingen.terms.programme import SelectionState
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Offer what a paper can be about, and write its draft from the records."""
    bodies = led(request.user, request.tenant)
    if not bodies:
        require(request.user, May.EDIT_BOARDS, request.tenant)
    decided, every = _offered(request)
    wrong, ticked = "", request.POST.getlist("wahl") or request.GET.getlist("massnahme")
    if request.method == "POST":
        asked = request.POST.get("auswahl", "")
        selection = next((one for one in decided if one.key == asked), None)
        chosen = _chosen(selection, every, ticked)
        if not chosen and request.POST.get("leer") != "ja":
            wrong = "Bitte mindestens eine Maßnahme ankreuzen, oder leer beginnen."
        else:
            try:
                return _begun(request, bodies, chosen, selection)
            except REFUSALS as error:
                wrong = sentence_of(error)
    answer = page(
        request,
        "papers/new.html",
        selections=decided,
        topics=_grouped(every),
        ticked=ticked,
        kinds=PaperKind.choices(),
        kind=request.POST.get("art", PaperKind.RESOLUTION.value),
        back=address(request, "council-papers"),
        wrong=wrong,
    )
    if wrong:
        answer.status_code = 422
    return answer


def _offered(request: StaffRequest) -> "tuple[list[Selection], list[Measure]]":
    """Give the decided selections, and the measures that can still be decided on."""
    decided = selections(request.user, request.tenant).filter(state=SelectionState.DECIDED)
    every = measures_of(request.user, request.tenant).exclude(maturity__in=OVER)
    return (
        list(decided.select_related("body")),
        list(every.select_related("lead", "topic").prefetch_related("needs")),
    )


def _chosen(
    selection: "Selection | None", every: "Sequence[Measure]", ticked: Sequence[str]
) -> "list[Measure]":
    """Give the measures that a paper is to be about, in the order of the plan."""
    if selection is not None:
        won = set(selection.candidates.filter(chosen=True).values_list("measure", flat=True))
        return [one for one in every if one.pk in won]
    return [one for one in every if one.key in ticked]


def _begun(
    request: StaffRequest,
    bodies: "Sequence[Body]",
    chosen: "Sequence[Measure]",
    selection: "Selection | None",
) -> HttpResponse:
    """Write the draft with the usual chain, in one undertaking."""
    on, batch = today(), new_batch()
    given = draft(chosen, selection=selection, on=on) if chosen else Given("Neue Vorlage")
    kind = request.POST.get("art", "")
    told = {name: getattr(given, name) for name in given.__dataclass_fields__}
    told["kind"] = kind if kind in set(PaperKind) else given.kind
    if not allowed_in(request.user, May.EDIT_BOARDS, request.tenant):
        # Who leads one body only writes for that body.
        told["body"] = given.body if given.body in bodies else bodies[0]
    with transaction.atomic():
        made = new_paper(
            actor=request.user, tenant=request.tenant, given=Given(**told), measures=chosen,
            selection=selection, batch=batch,
        )  # fmt: skip
        lay_chain(actor=request.user, paper=made, on=on, batch=batch)
    return done(request, "Entwurf geschrieben.", to="council-paper", undo=batch, record=made.key)


def _grouped(measures: "Sequence[Measure]") -> list[tuple[str, list["Measure"]]]:
    """Put measures under their topic; topics in the order in which they first come."""
    found: dict[str, list[Measure]] = {}
    for one in measures:
        found.setdefault(str(one.topic), []).append(one)
    return list(found.items())
