"""How the measures of the plan stand: the list, and one with its years."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.recording import new_batch
from gelingen.history.trace import subject_of
from gelingen.progress import rounds as asked
from gelingen.progress.queries import Line, get_override, lines, sheet
from gelingen.progress.writing import lift, override
from gelingen.terms.progress import MeasureState, Timeliness
from gelingen.terms.spelling import day
from gelingen.web.lists import chosen_page
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
from gelingen.web.progress.forms import ListForm, OverrideForm
from gelingen.web.progress.tabs import tabs
from gelingen.web.progress.words import (
    answer,
    measure_facts,
    measure_listing,
    override_lines,
    sheet_answer,
    step_lines,
    years,
)

NOBODY = "-"


@staff
def measures(request: StaffRequest) -> HttpResponse:
    """List the measures with state, freshness of the record, lead and last report."""
    every = lines(request.user, request.tenant, on=today())
    form = ListForm(request)
    form.offer("bericht", Timeliness.choices())
    form.offer("stelle", _leads(every))
    form.offer("thema", sorted({(one.measure.topic.key, one.measure.topic.name) for one in every}))
    found = [one for one in every if _fits(one, form)]
    leaf = chosen_page(request, found)
    return page(
        request,
        "progress/measures.html",
        tabs=tabs(request, "progress"),
        answer=answer(every),
        any=bool(every),
        filters=form,
        listing=measure_listing(request, leaf),
        leaf=leaf,
        may_lead=asked.may_lead(request.user, request.tenant),
        latest=asked.rounds(request.user, request.tenant).first(),
    )


def _leads(every: list[Line]) -> list[tuple[str, str]]:
    found = {one.measure.lead.key: one.measure.lead.name for one in every if one.measure.lead}
    named = sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
    return [*named, (NOBODY, "niemand")] if any(not one.measure.lead for one in every) else named


def _fits(one: Line, form: ListForm) -> bool:
    lead = one.measure.lead.key if one.measure.lead else NOBODY
    return (
        form.text("stand") in ("", one.state.state)
        and form.text("bericht") in ("", one.state.fresh)
        and form.text("stelle") in ("", lead)
        and form.text("thema") in ("", one.measure.topic.key)
    )


@staff
def measure(request: StaffRequest, record: str) -> HttpResponse:
    """Show how one measure stands, its years side by side, and who said otherwise."""
    on = today()
    found = sheet(request.user, request.tenant, record, on=on)
    reported = {one.starts.year for one in found.reports}
    # The year that is over, and the running one where it was reported.
    offered = sorted({on.year - 1, *reported}, reverse=True)
    things = [found.measure, *found.reports, *found.overrides]
    may = found.may_override or found.may_report
    return page(
        request,
        "progress/measure.html",
        measure=found.measure,
        found=found,
        title=found.measure.title,
        answer=sheet_answer(found),
        years=years(found.reports),
        offered=[(one, one in reported) for one in offered],
        overrides=override_lines(found.overrides),
        facts=measure_facts(request, found),
        steps=step_lines(found.steps, on),
        part_of=subject_of(found.measure),
        may_undo=may,
        history=events_of(request.tenant.pk, [subject_of(one) for one in things]) if may else [],
    )


@staff
def set_state(request: StaffRequest, record: str) -> HttpResponse:
    """Set the state of a measure against the computed one, with a reason and a day."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    found = sheet(request.user, request.tenant, record, on=today())
    back = came_from(request, address(request, "measure-progress", record=record))
    form = OverrideForm(
        request.POST or None,
        initial={"since": day(today()), "state": found.state.state.value},
    )
    if request.method == "POST" and form.is_valid():
        batch, given = new_batch(), form.cleaned_data
        try:
            override(
                actor=request.user,
                measure=found.measure,
                state=MeasureState.of(given["state"]),
                reason=given["reason"],
                since=given["since"],
                by_function=given["by_function"],
                batch=batch,
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, f"Festgelegt: {found.measure.title}.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        "progress/form.html",
        form=form,
        measure=found.measure,
        title="Stand festlegen",
        answer=f"Gerechnet: {found.state.computed.label}. {found.state.computed_reason}",
        back=back,
        deed="Festlegen",
    )


@staff
@require_POST
def lift_state(request: StaffRequest, record: str) -> HttpResponse:
    """Let the computed state count again."""
    found = get_override(request.user, request.tenant, record)
    title, stand, batch = found.measure.title, request.POST.get("stand", ""), new_batch()
    try:
        lift(
            actor=request.user,
            override=found,
            on=today(),
            version=int(stand) if stand.isdecimal() else None,
            batch=batch,
        )
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
    else:
        tell(request, f"Aufgehoben: für {title} gilt wieder der gerechnete Stand.", undo=batch)
    return HttpResponseRedirect(address(request, "measure-progress", record=found.measure.key))
