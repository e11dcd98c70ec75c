"""Extend the terms of office of several seats: ask, show what would happen, write."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.boards.queries import get_body, seat_lines
from gelingen.boards.seats import plan_extending
from gelingen.config.day import today
from gelingen.register.steps import Plan, carry_out
from gelingen.web.lists import Column, Listing
from gelingen.web.narrowing import DAY_TYPING, LastDayField
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

STAMP, SEEN = "stempel", "vorschau"
STEPS = (Column("Was geschieht", wide=True), Column("Art"), Column("Eintrag"))


class ExtendForm(forms.Form):
    """Bis wann die Amtszeiten nun laufen."""

    until = LastDayField(
        label="Neuer letzter Tag",
        help_text="Zum Beispiel 31.12.2019.",
        widget=forms.DateInput(attrs=DAY_TYPING),
    )


def steps_of(plan: Plan) -> Listing:
    """List what would happen."""
    return Listing("Was geschieht", STEPS, [(one.said, one.kind, one.effect) for one in plan.steps])


def preview(request: StaffRequest, plan: Plan, form: forms.Form) -> dict[str, object]:
    """Give what the preview of a plan shows, and what was sent for it, to be sent again."""
    sent = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    number = len(plan.steps)
    changes = counted(number, "Änderung", "Änderungen") if number else "Es bleibt alles, wie es ist"
    return {
        "plan": plan,
        "stale": STAMP in request.POST,
        "sent": sent,
        "said": f"{plan.sentence} {changes}.",
        "write": counted(number, "Änderung schreiben", "Änderungen schreiben"),
        "steps": steps_of(plan),
    }


@staff
@require_POST
def extend(request: StaffRequest, record: str) -> HttpResponse:
    """Show which terms of office would be extended, and write it once the person has seen it."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    body = get_body(request.user, request.tenant, record)
    back = address(request, "body", record=record)
    wanted = set(request.POST.getlist("wahl"))
    every = seat_lines(request.user, request.tenant, on=today(), body=body)
    lines = [one for one in every if one.seat.key in wanted]
    if not lines:
        messages.warning(request, "Bitte zuerst Sitze ankreuzen.")
        return HttpResponseRedirect(back)
    # The first time the list sends only what is ticked; then nothing is wrong yet.
    sent: Mapping[str, object] | None = request.POST if SEEN in request.POST else None
    form = ExtendForm(sent)
    shown: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        plan = plan_extending(lines, ends=form.cleaned_data["until"], on=today())
        try:
            if request.POST.get(STAMP) == plan.stamp:
                batch = carry_out(actor=request.user, plan=plan)
                tell(request, f"Gespeichert: {plan.sentence}", undo=batch)
                return HttpResponseRedirect(back)
            shown = preview(request, plan, form)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    many = counted(len(lines), "Sitz", "Sitze")
    return page(
        request,
        "boards/extend.html",
        body=body,
        title=f"Amtszeit verlängern: {many}",
        keys=[one.seat.key for one in lines],
        fields=form,
        back=back,
        **({"form": form} if form.is_bound else {}),
        **shown,
    )
