"""What follows for each goal and measure, written beside the facts."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed
from gelingen.access.record import UnknownRecordError
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.reports.yearly.saying import amount, told_by
from gelingen.reports.yearly.told import SUMMED
from gelingen.terms.yearly import ReportState, Verdict
from gelingen.web.editing.both import Texts
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address, page, staff, tell
from gelingen.web.yearly.writing import BothVersions, to_write
from gelingen.wording.words import counted
from gelingen.yearly import writing
from gelingen.yearly.queries import get_report
from gelingen.yearly.subjects import Line, Subject, Year, read_year

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressReport
    from gelingen.yearly.models import Conclusion

_COLUMNS = (
    Column("Wofür", wide=True), Column("Stand", wide=True), Column("Folgerung", wide=True)
)  # fmt: skip
_NEEDED = {"required": "Bitte eine Folgerung wählen."}


class ConclusionForm(forms.Form):
    """Was daraus folgt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Folgerung", choices=Verdict.choices(), widget=forms.RadioSelect,
        error_messages=_NEEDED,
    )  # fmt: skip
    text = forms.CharField(
        label="Begründung und Vorschlag", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Nötig bei Zielen, bei Vorschlägen und wo es nicht im Plan läuft. Was soll bis "
        "wann anders werden, und wer entscheidet?",
    )  # fmt: skip


@staff
def conclusions(request: StaffRequest, record: str) -> HttpResponse:
    """List goals and measures with what follows; go on with all that are on course."""
    found = get_report(request.user, request.tenant, record)
    year = read_year(request.user, found, on=today())
    if request.method == "POST":
        to_write(request, record)
        return _kept(request, year)
    may = found.state == ReportState.DRAFT and allowed(request.user, May.EDIT_PLAN, found)
    open_ones = [one for one in year.subjects if not one.settled]
    return page(
        request,
        "yearly/conclusions.html",
        report=found,
        goals=_listing(request, year, may=may, goal=True),
        measures=_listing(request, year, may=may, goal=False),
        may_edit=may,
        next=_url(request, year, open_ones[0]) if may and open_ones else "",
        on_course=sum(_simple(one) for one in year.subjects),
        answer=_answer(year, open_ones),
    )


def _simple(one: Subject) -> bool:
    simple = one.state.value in ("on_course", "done")
    return not one.goal and one.conclusion is None and simple


def _answer(year: Year, open_ones: list[Subject]) -> str:
    if not year.subjects:
        return "Im Plan steht nichts, wofür etwas zu folgern wäre."
    if not open_ones:
        return "Alle Folgerungen stehen."
    return f"{len(open_ones)} von {len(year.subjects)} Folgerungen fehlen noch."


def _kept(request: StaffRequest, year: Year) -> HttpResponse:
    batch = new_batch()
    number = writing.keep_on_course(actor=request.user, year=year, batch=batch)
    many = counted(number, "Maßnahme wird", "Maßnahmen werden")
    tell(request, f"{many} weitergeführt oder abgeschlossen.", undo=batch if number else "")
    return HttpResponseRedirect(address(request, "report-conclusions", record=year.report.key))


def _url(request: StaffRequest, year: Year, one: Subject) -> str:
    return f"{address(request, 'report-conclusion', record=year.report.key)}?fuer={one.thing}"


def _listing(request: StaffRequest, year: Year, *, may: bool, goal: bool) -> Listing:
    rows: list[Row] = []
    for one in year.subjects:
        if one.goal is not goal:
            continue
        said = Cell("fehlt", state="draft")
        if one.conclusion:
            lacking = "" if one.settled else " – Begründung fehlt"
            said = Cell(
                f"{one.conclusion.get_verdict_display()}{lacking}", below=one.conclusion.text
            )
        rows.append((
            Cell(one.title, url=_url(request, year, one) if may else "", below=one.topic),
            Cell(one.state.label, state=one.state, below=one.reason),
            said,
        ))  # fmt: skip
    return Listing("Wirkungsziele" if goal else "Maßnahmen", _COLUMNS, rows)


@staff
def conclusion(request: StaffRequest, record: str) -> HttpResponse:
    """Write what follows for the goal or measure that the address names, then go to the next."""
    found = to_write(request, record)
    writing.refuse_released(found)
    year = read_year(request.user, found, on=today())
    one = _subject(year, request.GET.get("fuer", ""))
    stored, every = one.conclusion, address(request, "report-conclusions", record=record)

    def at(stand: str) -> Texts | None:
        return _values(earlier(stored, stand) if stored and stand != "0" else None)

    stand = str(stored.version) if stored else "0"
    edited = BothVersions(request, _values(stored), stand=stand, at=at)
    form = ConclusionForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=one.title, back=every)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        writing.conclude(
            actor=request.user, report=found, thing=one.thing, batch=batch,
            verdict=form.cleaned_data["verdict"], text=form.cleaned_data["text"],
        )  # fmt: skip
        edited.saved()
        tell(request, f"Gespeichert: {one.title}.", undo=batch)
        return HttpResponseRedirect(_next(request, year, one) or every)
    return page(
        request, "yearly/conclusion.html", form=form, draft=edited.draft, report=found, one=one,
        back=every, lines=_told(year, one), place=year.subjects.index(one) + 1,
        many=len(year.subjects),
    )  # fmt: skip


def _values(stored: "Conclusion | None") -> dict[str, list[str]]:
    if stored is None:
        return {"verdict": [], "text": [""]}
    return {"verdict": [stored.verdict], "text": [stored.text]}


def _subject(year: Year, thing: str) -> Subject:
    for one in year.subjects:
        if one.thing == thing:
            return one
    raise UnknownRecordError("Dieses Ziel oder diese Maßnahme gehört nicht zu diesem Bericht.")


def _next(request: StaffRequest, year: Year, one: Subject) -> str:
    """Find what comes next without a conclusion; the list begins again at its end."""
    place = year.subjects.index(one)
    order = [*year.subjects[place + 1 :], *year.subjects[:place]]
    following = next((each for each in order if not each.settled), None)
    return _url(request, year, following) if following else ""


def _told(year: Year, one: Subject) -> list[tuple[Line, list[tuple[str, str, str]]]]:
    """Give the measures behind a subject with what was reported, beside the year before."""
    keys = one.thing.partition(":")[2]
    if one.goal:
        own = [
            line for line in year.lines if keys in {goal.key for goal in line.measure.goals.all()}
        ]
    else:
        own = [line for line in year.lines if line.measure.key == keys]
    return [(line, _figures(line)) for line in own]


def _figures(line: Line) -> list[tuple[str, str, str]]:
    now, before = line.latest, line.before
    rows = [(label, _said(now, name), _said(before, name)) for name, label in SUMMED.items()]
    for label, name in (
        ("Wirkung", "effect"), ("Hindernisse", "obstacles"), ("Nächster Schritt", "next_step")
    ):  # fmt: skip
        rows.append((label, getattr(now, name, "") or "–", getattr(before, name, "") or "–"))
    rows = [row for row in rows if row[1:] != ("–", "–")]
    if not rows:
        return []
    return [*rows, ("Berichtet von", told_by(now), told_by(before))]


def _said(report: "ProgressReport | None", name: str) -> str:
    value = getattr(report, name) if report else None
    return "–" if value is None else amount(name, value, inside=True)
