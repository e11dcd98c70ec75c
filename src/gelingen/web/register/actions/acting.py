"""What every action page does: ask, announce, write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.config.day import today
from gelingen.editing import get_record, may_change, sheet_of
from gelingen.editing.foresight import Foresight, foresee
from gelingen.errors import UserError
from gelingen.findings.current import current
from gelingen.history.recording import new_batch
from gelingen.register.steps import Plan, carry_out
from gelingen.terms.spelling import day, last_day
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import BACK, StaffRequest, address, came_from, page, tell
from gelingen.web.register.sheets import coverage_cell

if TYPE_CHECKING:
    from gelingen.register.models import Structure

STAMP = "stempel"
_STEPS = (Column("Was geschieht", wide=True), Column("Art"), Column("Eintrag"))
_SHIFTS = (
    Column("Themenfeld", wide=True),
    Column("Zielgruppe, Gebiet", wide=True),
    Column("Bisher"),
    Column("Danach"),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of action: its words, and how its form becomes a plan."""

    title: str
    button: str
    template: str = "register/actions/action.html"


def structure_of(request: StaffRequest, record: str) -> "Structure":
    """Find the structure of an action; refuse whoever may not change it."""
    found = cast(
        "Structure", get_record(request.user, request.tenant, sheet_of("structure"), record)
    )
    if not may_change(request.user, found):
        raise PermissionDenied("Diese Struktur ändern")
    return found


def act(
    request: StaffRequest,
    action: Action,
    structure: "Structure",
    form: forms.Form,
    plan_of: Callable[[], Plan],
    **context: object,
) -> HttpResponse:
    """Show the form, then what would happen, then write it.

    Args:
        request: what the person asks for.
        action: its words.
        structure: to which it is done.
        form: what has to be known.
        plan_of: makes a plan from the valid form; called anew before anything is written.
        context: more for the template.

    """
    back = came_from(request, address(request, "structure", record=structure.key))
    shown: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_of()
            if request.POST.get(STAMP) == plan.stamp:
                return _written(request, form, plan, structure)
            shown = preview(request, plan)
        except UserError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error.messages)
    values = {"action": action, "structure": structure, "form": form, "back": back}
    return page(request, action.template, **values, **shown, **context)


def _written(
    request: StaffRequest, form: forms.Form, plan: Plan, structure: "Structure"
) -> HttpResponse:
    batch = new_batch()
    sentence, key = plan.sentence, structure.key
    reason = str(form.cleaned_data.get("reason") or "")
    carry_out(actor=request.user, plan=plan, reason=reason, batch=batch)
    tell(request, sentence, undo=batch)
    # Not the page the person came from: it may be about what is no more.
    return HttpResponseRedirect(address(request, "structure", record=key))


def preview(request: StaffRequest, plan: Plan) -> dict[str, object]:
    """Put a plan into words: records, what stays, and what happens to coverage."""
    stamp = plan.stamp
    steps: list[Row] = [(step.said, step.kind, step.effect) for step in plan.steps]
    on = _compared(request, plan.since)
    foresight = foresee(actor=request.user, tenant=request.tenant, plan=plan, on=on)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", STAMP, BACK)
    ]
    return {
        "plan": plan,
        "stamp": stamp,
        "kept": kept,
        "stale": STAMP in request.POST,
        "steps": Listing("Was geschrieben wird", _STEPS, steps),
        "foresight": foresight,
        "shifts": Listing("Was sich an der Deckung ändert", _SHIFTS, _shifts(foresight)),
        "compared": day(on),
    }


def _compared(request: StaffRequest, since: date) -> date:
    """Choose the day of the comparison: the first that differs, not before today."""
    known = current(request.user, request.tenant)
    on = max(since, today())
    # Beyond the horizon of the plan no need is recorded.
    return min(on, last_day(known.horizon)) if known.horizon and since < known.horizon else on


def _shifts(found: Foresight) -> list[Row]:
    return [
        (
            Cell(one.topic),
            f"{one.target_group}, {one.place}",
            coverage_cell(one.before),
            coverage_cell(one.after),
        )
        for one in found.shifts
    ]
