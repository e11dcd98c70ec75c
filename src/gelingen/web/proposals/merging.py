"""The same idea from several bodies becomes one proposal: choose, see what happens, write."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.proposals.merging import plan_merge
from gelingen.proposals.queries import get_proposal, proposals
from gelingen.register.steps import carry_out
from gelingen.search.similar import similar_proposals
from gelingen.web.boards.extending import STAMP, preview
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)

if TYPE_CHECKING:
    from gelingen.proposals.models import Proposal


class MergeForm(forms.Form):
    """Welche Vorschläge in einem anderen aufgehen."""

    others = forms.MultipleChoiceField(
        label="Diese Vorschläge gehen auf", required=True, widget=forms.CheckboxSelectMultiple,
        help_text="Ähnliche stehen oben. Wer sie eingebracht hat, unterstützt dann diesen.",
        error_messages={"required": "Bitte mindestens einen Vorschlag ankreuzen."},
    )  # fmt: skip


@staff
def merge(request: StaffRequest, record: str) -> HttpResponse:
    """Show what happens if others go into a proposal, and write it once it was seen."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    kept = get_proposal(request.user, request.tenant, record)
    back = address(request, "proposal", record=record)
    there = _others(request, kept)
    form = MergeForm(request.POST or None)
    form.fields["others"].choices = [  # type: ignore[attr-defined]  # a field of choices
        (one.key, f"{one.title} ({one.body})") for one in there
    ]
    shown: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        chosen = [one for one in there if one.key in form.cleaned_data["others"]]
        try:
            plan = plan_merge(request.user, kept, chosen, on=today())
            if request.POST.get(STAMP) == plan.stamp:
                batch = carry_out(actor=request.user, plan=plan)
                tell(request, f"Zusammengelegt: {kept}.", undo=batch)
                return HttpResponseRedirect(back)
            shown = preview(request, plan, form)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    return page(
        request,
        "proposals/merge.html",
        proposal=kept,
        fields=form,
        there=bool(there),
        back=back,
        **({"form": form} if form.is_bound else {}),
        **shown,
    )


def _others(request: StaffRequest, kept: "Proposal") -> "list[Proposal]":
    """List what could go into a proposal: what is called much like it first, then by title."""
    found = proposals(request.user, request.tenant).filter(merged_into=None, withdrawn=None)
    near = [one.key for one in similar_proposals(request.user, request.tenant, kept.title)]
    listed = found.exclude(pk=kept.pk).select_related("body", "tenant", "measure", "need")
    return sorted(
        listed,
        key=lambda one: (
            near.index(one.key) if one.key in near else len(near),
            one.title.casefold(),
            one.key,
        ),
    )
