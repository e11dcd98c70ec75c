"""Extend a funding: the one thing to know is its new last day."""

from datetime import date
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.editing import get_record, may_change, sheet_of
from gelingen.history.recording import new_batch
from gelingen.register.commands import extend_funding
from gelingen.terms.spelling import day, last_day
from gelingen.web.editing.fields import field_of
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
from gelingen.workbook.declare import Column, Kind

if TYPE_CHECKING:
    from gelingen.register.models import Funding

_UNTIL = Column("until", "Neuer letzter Tag", Kind.LAST_DAY, "", required=True)


class ExtendForm(forms.Form):
    """Bis wann etwas nun läuft; gelesen wird wie in der Arbeitsmappe."""

    until = field_of(_UNTIL, [])

    def ends(self) -> date:
        """Give the first day after it."""
        found: date = self.cleaned_data["until"][0]
        return found


def proposal(ends: date | None) -> str:
    """Propose the same last day a year later; nothing where there is no end."""
    if ends is None:
        return ""
    last = last_day(ends)
    leap = (last.month, last.day) == (2, 29)
    return day(last.replace(year=last.year + 1, day=28 if leap else last.day))


@staff
def extend(request: StaffRequest, record: str) -> HttpResponse:
    """Ask until when a funding runs now, and write it."""
    found = get_record(request.user, request.tenant, sheet_of("funding"), record)
    funding = cast("Funding", found)
    if not may_change(request.user, funding):
        raise PermissionDenied("Finanzierung verlängern")
    back = came_from(request, address(request, "fundings"))
    form = ExtendForm(request.POST or None, initial={"until": proposal(funding.ends)})
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            extend_funding(actor=request.user, funding=funding, ends=form.ends(), batch=batch)
        except REFUSALS as error:
            form.add_error("until", sentence_of(error))
        else:
            until = day(last_day(form.ends()))
            tell(request, f"Verlängert: {funding} bis {until}.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        "register/extend.html",
        form=form,
        funding=funding,
        last=last_day(funding.ends) if funding.ends else None,
        back=back,
    )
