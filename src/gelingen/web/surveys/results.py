"""Results of a survey: pictures with their tables, free texts, and the report that goes out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from gelingen.config.day import today
from gelingen.documents import Picture, Table
from gelingen.history.recording import new_batch
from gelingen.jobs import write_survey_report
from gelingen.reports.survey import saying
from gelingen.reports.survey.tables import picture, side_by_side, table
from gelingen.surveys import releasing
from gelingen.surveys.columns import ALL
from gelingen.surveys.protecting import ProtectionError
from gelingen.surveys.publishing import publications, why_not_published
from gelingen.surveys.queries import get_survey, questions
from gelingen.surveys.results import QuestionResult, Results, is_running, results
from gelingen.terms.spelling import number
from gelingen.terms.surveys import QuestionKind, SurveyMode, SurveyState
from gelingen.web.documents.progress import progress_of
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.surveys.results_forms import (
    OUTSIDE,
    SIDE_BY_SIDE,
    ReportForm,
    ShownForm,
    TextForm,
)
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey

_JOB = "auftrag"


@dataclass(frozen=True, slots=True)
class Section:
    """One question on the page: picture, tables, and why something is hidden."""

    title: str
    note: str
    svg: SafeString
    caption: str
    tables: list[Listing]
    hidden: list[str]
    by_group: str
    texts: bool


@staff
def survey_results(request: StaffRequest, record: str) -> HttpResponse:
    """Show what came out; order the report, which publishes it."""
    survey = get_survey(request.user, request.tenant, record)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _ordered(request, survey, form)
    shown = ShownForm(request)
    found, refused = _found(request, survey, shown)
    job = request.GET.get(_JOB, "")
    done = publications(request.user, survey)
    return page(
        request,
        "surveys/results/results.html#auftrag",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-results"),
        answer=_answer(survey, found),
        filters=shown,
        found=found,
        refused=refused,
        named=survey.mode == SurveyMode.NAMED,
        sections=[_section(request, found, one, shown) for one in found.questions] if found else [],
        note=saying.note(found) if found else "",
        cleared=survey.state == SurveyState.CLEARED,
        draft=survey.state == SurveyState.DRAFT,
        form=form,
        why_not=why_not_published(survey, on=today()),
        few=_few(survey, found),
        published=done,
        progress=progress_of(job, tenant=request.tenant.pk, order=write_survey_report)
        if job
        else None,
        again=f"{request.path}?{_JOB}={job}",
    )


def _ordered(request: StaffRequest, survey: "Survey", form: ReportForm) -> HttpResponse:
    """Hand the order to the worker; what cannot be published is said at once."""
    if why := why_not_published(survey, on=today()):
        form.add_error(None, why)
        tell(request, why)
        return HttpResponseRedirect(request.path)
    ordered = write_survey_report.enqueue(
        actor_id=request.user.pk,
        tenant_key=request.tenant.pk,
        survey=survey.key,
        by=form.cleaned_data["by"],
        on=today().isoformat(),
    )
    return HttpResponseRedirect(f"{request.path}?{_JOB}={ordered.id}")


def _found(request: StaffRequest, survey: "Survey", shown: ShownForm) -> tuple[Results | None, str]:
    """Read the results that are asked for; groups of a protected survey one question at a time."""
    public = request.GET.get("ansicht") == OUTSIDE
    hides = public or survey.mode == SurveyMode.ANONYMOUS
    asked = [one for one in questions(survey) if not (hides and one.key == survey.group_question)]
    shown.fields["ansicht"].choices = [("", "intern"), (OUTSIDE, "wie veröffentlicht")]  # type: ignore[attr-defined]
    shown.offer("frage", [(one.key, str(one)) for one in asked])
    # Which groups there are is known only with the answers; any name is taken until then.
    group, wanted = request.GET.get("gruppe", ""), request.GET.get("frage", "")
    only = wanted if wanted in {one.key for one in asked} else ""
    if hides and group and not only and asked:
        only = asked[0].key
    try:
        found = results(
            request.user, survey, public=public, on=today(), groups=bool(group), only=only
        )
    except ProtectionError as error:
        shown.offer("gruppe", [])
        return None, str(error)
    offered = [(SIDE_BY_SIDE, "alle nebeneinander"), *((name, name) for name in found.offered)]
    shown.offer("gruppe", offered if found.offered else [])
    return found, ""


def _answer(survey: "Survey", found: Results | None) -> str:
    if found is None or survey.state == SurveyState.CLEARED:
        return ""
    many = found.sizes[ALL]
    if found.running and not many and survey.state == SurveyState.OPEN:
        return f"Noch weniger als {survey.threshold} Antworten; die Umfrage läuft noch."
    if not many:
        return "Noch gibt es keine Antworten."
    said = f"{number(many)} {'Antwort' if many == 1 else 'Antworten'}"
    return f"{said}; die Umfrage läuft noch." if survey.state == SurveyState.OPEN else f"{said}."


def _few(survey: "Survey", found: Results | None) -> str:
    """Say that a named survey has too few answers for a report; of an anonymous one no number."""
    many = found.sizes[ALL] if found else 0
    if survey.mode != SurveyMode.NAMED or not 0 < many < survey.threshold:
        return ""
    there = "ist eine" if many == 1 else f"sind {number(many)}"
    return f"Ein Bericht braucht {number(survey.threshold)} Antworten; da {there}."


def _section(
    request: StaffRequest, found: Results, one: QuestionResult, shown: ShownForm
) -> Section:
    if one.withheld:
        words = one.asked.kind is QuestionKind.TEXT
        return Section(one.asked.german, saying.WITHHELD, SafeString(), "", [], [], "", words)
    group = shown.text("gruppe")
    known = [name for name in one.answered if name != ALL]
    name = group if group in known else ALL
    drawn = picture(one, name)
    tables = [table(one, [name])]
    if group == SIDE_BY_SIDE:
        tables += [table(one, part) for part in side_by_side(list(one.answered))]
    return Section(
        title=one.asked.german,
        note=" ".join(part for part in (saying.base(one), saying.several(one)) if part),
        svg=_svg(drawn),
        caption=drawn.title if drawn else "",
        tables=[_listing(each) for each in tables],
        hidden=_hidden(found, one, [ALL, *known] if group == SIDE_BY_SIDE else [name]),
        by_group="" if group or not found.offered else _by_group(request, one),
        texts=one.asked.kind is QuestionKind.TEXT,
    )


def _svg(drawn: Picture | None) -> SafeString:
    return mark_safe(drawn.svg) if drawn else SafeString()  # noqa: S308 - drawn here, words escaped


def _by_group(request: StaffRequest, one: QuestionResult) -> str:
    asked = {"frage": one.asked.key, "gruppe": SIDE_BY_SIDE}
    if request.GET.get("ansicht") == OUTSIDE:
        asked["ansicht"] = OUTSIDE
    return f"{request.path}?{urlencode(asked)}"


def _listing(made: Table) -> Listing:
    columns = [Column(head, number=at > 0) for at, head in enumerate(made.header)]
    # Tables of the page are made of plain words.
    rows = [[str(cell) for cell in row] for row in made.rows]
    return Listing(made.caption, columns, rows)


def _hidden(found: Results, one: QuestionResult, names: list[str]) -> list[str]:
    """Say of each hidden number why it is hidden."""
    cells = [
        (f"{line.label}{_who(name)}", line.cells[name]) for line in one.lines for name in names
    ]
    cells += [(f"Beantwortet{_who(name)}", one.answered[name]) for name in names]
    return [
        f"{label}: {saying.why_hidden(cell, outside=found.anonymous)}"
        for label, cell in cells
        if cell.hidden
    ]


def _who(name: str) -> str:
    return "" if name == ALL else f", {name}"


@staff
def texts(request: StaffRequest, record: str) -> HttpResponse:
    """Show the free texts; release one, or take a release back."""
    survey = get_survey(request.user, request.tenant, record)
    form = TextForm(request.POST if request.method == "POST" else None)
    running = is_running(survey, on=today())
    if request.method == "POST" and not running:
        answer = _released(request, survey, form)
        if answer is not None:
            return answer
    return page(
        request,
        "surveys/results/texts.html",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-results"),
        found=[
            (of, [(one, _form_of(one, request, form)) for one in of.texts])
            for of in ([] if running else releasing.free_texts(request.user, survey))
        ],
        running=running,
        form=form if request.method == "POST" else None,
        anonymous=survey.mode == SurveyMode.ANONYMOUS,
        back=address(request, "survey-results", record=record),
    )


def _form_of(one: releasing.FreeText, request: StaffRequest, sent: TextForm) -> TextForm:
    """Fill the form of a text: with what was sent for it, else with its words."""
    if request.method == "POST" and request.POST.get("antwort") == one.answer:
        return sent
    return TextForm(initial={"text": one.text}, auto_id=f"id_{one.answer}_%s")


def _released(request: StaffRequest, survey: "Survey", form: TextForm) -> HttpResponse | None:
    which = {
        "survey": survey,
        "question": request.POST.get("frage", ""),
        "answer": request.POST.get("antwort", ""),
    }
    batch = new_batch()
    back = "zuruecknehmen" in request.POST
    if not back and not form.is_valid():
        return None
    try:
        if back:
            releasing.take_back_text(actor=request.user, batch=batch, **which)  # type: ignore[arg-type]
        else:
            given = form.cleaned_data
            releasing.release_text(
                actor=request.user,
                text=given["text"],
                by=given["by"],
                on=today(),
                batch=batch,
                **which,  # type: ignore[arg-type]
            )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return None
    tell(request, "Freigabe zurückgenommen." if back else "Text freigegeben.", undo=batch)
    return HttpResponseRedirect(request.path)
