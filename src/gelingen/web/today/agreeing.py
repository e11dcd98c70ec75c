"""Heute: answer for a unit whether it agrees who leads."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.register.agreements import agree, get_agreement, refuse
from gelingen.web.pages import StaffRequest, staff
from gelingen.web.today.forms import AgreeRowForm, DeclineRowForm, RowForm
from gelingen.web.today.views import act_on
from gelingen.web.words import agreed, declined


def _named(form: RowForm) -> tuple[str, str]:
    """Keys of the unit and of the agreement that the row is about."""
    _, _, unit, key = str(form.cleaned_data["row"]).split(":", 3)
    return unit, key


@staff
@require_POST
def agree_to(request: StaffRequest) -> HttpResponse:
    """Note that a unit agrees; with the last one the responsibilities are written."""
    form = AgreeRowForm(request.POST)

    def act(batch: str) -> str:
        unit, key = _named(form)
        found = get_agreement(request.user, request.tenant, key)
        complete = agree(
            actor=request.user,
            agreement=found,
            unit=unit,
            on=form.day(),
            by=form.cleaned_data["by"],
            batch=batch,
        )
        return agreed(found, found.starts, complete=complete)

    return act_on(request, form, act)


@staff
@require_POST
def decline(request: StaffRequest) -> HttpResponse:
    """Note that a unit does not agree."""
    form = DeclineRowForm(request.POST)

    def act(batch: str) -> str:
        unit, key = _named(form)
        found = get_agreement(request.user, request.tenant, key)
        reason = form.cleaned_data["reason"]
        refuse(actor=request.user, agreement=found, unit=unit, reason=reason, batch=batch)
        return declined(found)

    return act_on(request, form, act)
