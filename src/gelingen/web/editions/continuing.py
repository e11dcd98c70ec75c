"""Carry the last edition on: what would go on and what would be closed, then the next draft."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.editions.continuation import Continuation, begin, preview
from gelingen.editions.tables import word
from gelingen.history.recording import new_batch
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import last_day
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.narrowing import DAY_FORMAT, LastDayField
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.programme.forms import text_field

_TITLES = (Column("Titel", wide=True), Column("Themenfeld"))
_STATES = (Column("Titel", wide=True), Column("Themenfeld"), Column("Stand"))


class ContinueForm(forms.Form):
    """Der Plan, der folgt."""

    title = text_field("Titel des neuen Plans", 250, required=True)
    horizon = LastDayField(label="Planungshorizont, letzter Tag")


@staff
def continuation(request: StaffRequest) -> HttpResponse:
    """Show what would be carried over, and begin the next draft with it."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    found = preview(request.user, request.tenant, on=today())
    form = ContinueForm(request.POST or None, initial=_start(found)) if found else None
    if request.method == "POST" and form is not None and form.is_valid():
        batch = new_batch()
        try:
            made = begin(
                actor=request.user, tenant=request.tenant, on=today(), batch=batch,
                **form.cleaned_data,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(
                request, "Die Fortschreibung ist begonnen.", to="edition", undo=batch,
                record=made.key,
            )  # fmt: skip
    return page(
        request,
        "editions/continue.html",
        form=form,
        found=found,
        parts=_parts(request, found) if found else [],
        back=address(request, "editions"),
    )


def _start(found: Continuation | None) -> dict[str, object]:
    """Propose the old title and a horizon as far away as the old one was."""
    if found is None:
        return {}
    plan, on = found.edition.plan, today()
    years = max(plan.horizon.year - found.edition.on.year, 1)
    ends = plan.horizon.replace(year=max(plan.horizon.year, on.year) + years, day=1, month=1)
    return {"title": plan.title, "horizon": f"{last_day(ends):{DAY_FORMAT}}"}


def _parts(request: StaffRequest, found: Continuation) -> list[tuple[str, str, Listing]]:
    """Give the lists of what goes on and what is closed, each with what is said without one."""
    closed = [
        (*_row(request, "measure", one), word(Name.MEASURES, "state", told.state))
        for one, told in found.closed_measures
    ]
    lists = (
        ("Wirkungsziele, die weitergehen", _TITLES, _rows(request, "goal", found.open_goals)),
        ("Maßnahmen, die weitergehen", _TITLES, _rows(request, "measure", found.open_measures)),
        ("Wirkungsziele, die abgeschlossen bleiben", _TITLES,
         _rows(request, "goal", found.closed_goals)),
        ("Maßnahmen, die abgeschlossen werden", _STATES, closed),
    )  # fmt: skip
    return [
        (f"{name} ({len(rows)})", name, Listing(name, head, rows)) for name, head, rows in lists
    ]


def _rows(request: StaffRequest, kind: str, things: Iterable[Any]) -> list[tuple[Cell, str]]:
    return [_row(request, kind, one) for one in things]


def _row(request: StaffRequest, kind: str, one: Any) -> tuple[Cell, str]:  # noqa: ANN401  goal or measure
    return Cell(one.title, url=address(request, kind, record=one.key)), one.topic.name
