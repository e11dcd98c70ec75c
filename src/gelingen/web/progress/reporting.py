"""Write a report at the desk: for a lead who told it otherwise, or as the lead with an account."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.access.record import UnknownRecordError
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.progress.queries import get_measure, report_for
from gelingen.progress.writing import report
from gelingen.terms.spelling import day
from gelingen.web.editing.both import Edited
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.progress.forms import (
    QUESTIONS,
    DeskReportForm,
    Texts,
    report_values,
    said_in,
)
from gelingen.web.progress.ticks import SEEN, STEPS, sent_ticks, shown_ticks

if TYPE_CHECKING:
    from gelingen.plan.models import Measure
    from gelingen.progress.models import ProgressReport

_YEARS = range(1990, 2200)


class BothVersions(Edited):
    """A report that two people may have open at once."""

    template = "progress/clash.html"
    carried = (STEPS, SEEN)


@staff
def write(request: StaffRequest, record: str, year: str) -> HttpResponse:
    """Write or change the report of a measure for a year."""
    found = _to_report(request, record)
    if not year.isdecimal() or int(year) not in _YEARS:
        raise UnknownRecordError("Dieses Jahr gibt es nicht.")
    number = int(year)
    stored = report_for(request.user, found, year=number)
    before = report_for(request.user, found, year=number - 1)
    back = address(request, "measure-progress", record=record)

    def at(stand: str) -> Texts | None:
        past = earlier(stored, stand) if stored else None
        return _values(past, found) if past else None

    edited = BothVersions(
        request, _values(stored, found), stand=str(stored.version if stored else 0), at=at
    )
    form = DeskReportForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=f"Sachstand {year}: {found.title}", back=back)
    if request.method == "POST" and form.is_valid():
        batch = _written(request, form, found, number)
        if batch:
            edited.saved()
            tell(request, f"Sachstand {year} gespeichert: {found.title}.", undo=batch)
            return HttpResponseRedirect(back)
    said = said_in(before) if before else {}
    return page(
        request,
        "progress/write.html",
        form=form,
        draft=edited.draft,
        measure=found,
        year=year,
        page_name=f"Sachstand {year}",
        answer=_told(stored),
        rows=[(form[name], said.get(name, "")) for name in QUESTIONS],
        before=number - 1,
        back=back,
        **_steps(found, edited),
    )


def _steps(measure: "Measure", edited: Edited) -> dict[str, object]:
    """Give the milestones with whether they are shown ticked, and what was when they were shown."""
    steps = list(measure.milestones.order_by("due", "key"))
    ticks = shown_ticks(steps, edited.data, edited.draft.texts if edited.draft else None)
    shown = [(one, one.key in ticks.now) for one in steps]
    return {"steps": shown, "seen": sorted(ticks.seen)}


def _to_report(request: StaffRequest, record: str) -> "Measure":
    found = get_measure(request.user, request.tenant, record)
    require(request.user, May.EDIT_PLAN, found)
    return found


def _told(stored: "ProgressReport | None") -> str:
    """Say who has reported, if somebody has."""
    if stored is None:
        return "Noch nicht berichtet. Leer heißt: nicht bekannt."
    return f"Berichtet am {day(stored.day)}, {stored.by_function}."


def _values(one: "ProgressReport | None", measure: "Measure") -> Texts:
    lead = measure.lead.name if measure.lead else ""
    return report_values(one) | {"by_function": [one.by_function if one else lead]}


def _written(request: StaffRequest, form: DeskReportForm, measure: "Measure", year: int) -> str:
    """Write it; gives the undertaking, or "" and says in the form why not."""
    batch = new_batch()
    stand = form.cleaned_data["stand"]
    try:
        report(
            actor=request.user,
            measure=measure,
            year=year,
            answer=form.answer(),
            by_function=form.cleaned_data["by_function"],
            on=today(),
            ticks=sent_ticks(request.POST),
            version=int(stand) if stand.isdecimal() else None,
            batch=batch,
        )
    except (LostUpdateError, *REFUSALS) as error:
        form.add_error(None, sentence_of(error))
        return ""
    return batch
