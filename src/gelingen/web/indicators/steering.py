"""The indicators that Gelingen reckons itself: shown as of today, written when somebody says so."""

from django.contrib import messages
from django.http import HttpResponse

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.indicators.commands import Own, enter_own
from gelingen.reports.steering import Reckoned, reckoned
from gelingen.terms.spelling import day, number_range
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import REFUSALS, StaffRequest, done, page, sentence_of, staff
from gelingen.wording.words import counted

_COLUMNS = (
    Column("Indikator", wide=True), Column("Wert heute", number=True), Column("Warum", wide=True),
)  # fmt: skip


@staff
def steering(request: StaffRequest) -> HttpResponse:
    """Show what Gelingen reckons, with what each value is made of; keep it when it is sent."""
    for may in (May.EDIT_PLAN, May.EDIT_BASICS):
        require(request.user, may, request.tenant)
    on = today()
    found = reckoned(request.user, request.tenant, on=on)
    if request.method == "POST":
        batch = new_batch()
        given = {
            one.entry.code: Own(one.low, one.high, f"{one.share.why}.")
            for one in found
            if one.share
        }
        try:
            made = enter_own(
                actor=request.user, tenant=request.tenant, given=given, on=on, batch=batch
            )
        except REFUSALS as error:
            messages.warning(request, sentence_of(error))
        else:
            if made:
                said = f"Übernommen: {counted(len(made), 'Wert', 'Werte')} zum {day(on)}."
                return done(request, said, to="indicators", undo=batch)
            messages.warning(request, "Die Werte von heute sind schon übernommen.")
    ready = sum(one.share is not None for one in found)
    return page(
        request,
        "indicators/steering.html",
        answer=f"{ready} von {len(found)} lassen sich aus den Einträgen rechnen.",
        listing=Listing(f"Gerechnet am {day(on)}", _COLUMNS, [_row(one) for one in found]),
        button=f"Übernehmen: {counted(ready, 'Wert', 'Werte')} zum {day(on)}",
        ready=ready,
    )


def _row(one: Reckoned) -> tuple[Cell, str, str]:
    name = Cell(one.entry.name, below=one.entry.definition)
    if one.share is None:
        return name, "–", one.lacks
    value = number_range(float(one.low), float(one.high), 1)
    return name, f"{value} {one.entry.unit}", f"{one.share.why}."
