"""Extend, end, replace, split and confirm a structure."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.editing import get_record, offers, sheet_of
from gelingen.history.recording import new_batch
from gelingen.register import commands
from gelingen.register.belongings import belongings_of
from gelingen.register.ending import plan_end, plan_extension
from gelingen.register.splitting import plan_split
from gelingen.register.succession import Heir, plan_succession
from gelingen.terms.spelling import day
from gelingen.web.pages import StaffRequest, address, came_from, staff, tell
from gelingen.web.register.actions.acting import Action, act, structure_of
from gelingen.web.register.actions.forms import (
    EndForm,
    ExtendSeveralForm,
    ReplaceForm,
    SplitForm,
)
from gelingen.web.register.extending import proposal
from gelingen.web.register.lists.table import last_cell

_WHOLE = "."  # no key of a funding: the structure itself


@staff
def end(request: StaffRequest, record: str) -> HttpResponse:
    """Let a structure end, with its money if wanted."""
    one = structure_of(request, record)
    start = {"until": day(today()), "with_money": True}
    form = EndForm(request.POST or None, initial=start)
    return act(
        request,
        Action("Beenden", "Beenden"),
        one,
        form,
        lambda: plan_end(one, on=form.day_of("until"), with_money=form.cleaned_data["with_money"]),
    )


@staff
def extend(request: StaffRequest, record: str) -> HttpResponse:
    """Let a structure and its money run longer."""
    one = structure_of(request, record)
    lines = [line for line in belongings_of(one).fundings if line.ends is not None]
    choices = [(line.key, f"{line}, bis {last_cell(line.ends)}") for line in lines]
    if one.ends is not None:
        choices.insert(0, (_WHOLE, f"Die Struktur selbst, bis {last_cell(one.ends)}"))
    ends = [line.ends for line in lines if line.ends] + ([one.ends] if one.ends else [])
    latest = max(ends, default=None)
    running = [line.key for line in lines if line.ends == latest]
    whole = [_WHOLE] if one.ends == latest and latest else []
    start = {"until": proposal(latest), "what": [*whole, *running]}
    form = ExtendSeveralForm(request.POST or None, initial=start, choices=choices)
    return act(
        request,
        Action("Verlängern", "Verlängern"),
        one,
        form,
        lambda: plan_extension(
            one,
            on=form.ends(),
            fundings=form.cleaned_data["what"],
            whole=_WHOLE in form.cleaned_data["what"],
        ),
    )


@staff
def replace(request: StaffRequest, record: str) -> HttpResponse:
    """Let another structure take over, one that is there or a new one."""
    one = structure_of(request, record)
    sheet = sheet_of("structure")
    offered = offers(request.user, request.tenant, sheet)
    form = ReplaceForm(
        request.POST or None,
        initial={
            "since": day(one.ends or today()),
            "organisation": one.organisation.key,
            "with_money": True,
        },
        organisations=offered["organisation"],
        structures=[pair for pair in offered["successor"] if pair[0] != one.key],
    )
    return act(
        request,
        Action("Durch einen Nachfolger ersetzen", "Ersetzen"),
        one,
        form,
        lambda: plan_succession(
            one,
            heir=_heir(request, form),
            on=form.day_of("since"),
            with_money=form.cleaned_data["with_money"],
        ),
    )


def _heir(request: StaffRequest, form: ReplaceForm) -> Heir:
    given = form.cleaned_data
    if given["heir"]:
        sheet = sheet_of("structure")
        return Heir(get_record(request.user, request.tenant, sheet, given["heir"]))  # type: ignore[arg-type]  # a structure
    owner = get_record(
        request.user, request.tenant, sheet_of("organisation"), given["organisation"]
    )
    return Heir(name=given["name"], organisation=owner)  # type: ignore[arg-type]  # an organisation


@staff
def split(request: StaffRequest, record: str) -> HttpResponse:
    """Split a structure into two or three."""
    one = structure_of(request, record)
    form = SplitForm(
        request.POST or None,
        initial={"since": day(today()), "name_1": one.name},
        known=belongings_of(one),
    )
    return act(
        request,
        Action("Teilen", "Teilen"),
        one,
        form,
        lambda: plan_split(one, parts=form.parts(), shares=form.shares(), on=form.day_of("since")),
    )


@staff
@require_POST
def confirm(request: StaffRequest, record: str) -> HttpResponse:
    """Note that the entry is still true today."""
    one = structure_of(request, record)
    batch = new_batch()
    commands.confirm(actor=request.user, structure=one, on=today(), batch=batch)
    tell(request, f"Bestätigt: {one} stimmt am {day(today())}.", undo=batch)
    return HttpResponseRedirect(came_from(request, address(request, "structure", record=record)))
