"""Merge two entries about one structure: side by side, field by field."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from gelingen.register.belongings import belongings_of
from gelingen.register.merging import differences, plan_merge, twins
from gelingen.search.similar import similar_structures
from gelingen.terms.spelling import period
from gelingen.web.pages import BACK, StaffRequest, address, came_from, page, staff
from gelingen.web.register.actions.acting import Action, act, structure_of
from gelingen.web.register.actions.forms import MergeForm

_ACTION = Action("Zusammenführen", "Zusammenführen", "register/actions/merge.html")
OTHER = "mit"


@staff
def merge(request: StaffRequest, record: str) -> HttpResponse:
    """Choose the other entry, then what stays of both, then merge them."""
    kept = structure_of(request, record)
    other_key = request.POST.get(OTHER) or request.GET.get(OTHER, "")
    if not other_key:
        return _choose(request, record)
    other = structure_of(request, other_key)
    mine, its = belongings_of(kept), belongings_of(other)
    double = twins(mine, its)
    pairs = [
        (one.name, one.label, one.kept, one.other, not one.kept) for one in differences(kept, other)
    ]
    form = MergeForm(
        request.POST or None,
        pairs=pairs,
        fundings=[(m.key, f"{m}, {period(m.starts, m.ends)}") for m in its.fundings],
        initial={"money": [m.key for m in its.fundings if m.key not in double]},
    )
    return act(
        request,
        _ACTION,
        kept,
        form,
        lambda: plan_merge(kept, other, theirs=form.theirs(), fundings=form.fundings()),
        other=other,
        turned=address(request, "merge-structure", record=other.key) + f"?{OTHER}={kept.key}",
    )


def _choose(request: StaffRequest, record: str) -> HttpResponse:
    """Offer entries of a similar name first, and a search for any other."""
    kept = structure_of(request, record)
    words = request.GET.get("suche", "") or kept.name
    found = similar_structures(request.user, request.tenant, words)
    here = address(request, "merge-structure", record=record)
    return page(
        request,
        "register/actions/choose.html",
        structure=kept,
        words=words,
        found=[
            (one, f"{here}?{urlencode({OTHER: one.key})}") for one in found if one.key != record
        ],
        back=came_from(request, address(request, "structure", record=record)),
    )


@staff
def pair(request: StaffRequest) -> HttpResponse:
    """Lead from a finding about two structures ("?a=…&b=…") to their merging."""
    asked = {OTHER: request.GET.get("b", ""), BACK: request.GET.get(BACK, "")}
    here = address(request, "merge-structure", record=request.GET.get("a", "-") or "-")
    return HttpResponseRedirect(f"{here}?{urlencode(asked)}")
