"""Open a survey once nothing is missing, close it, open it again, remove a draft."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.surveys import building, opening
from gelingen.surveys.queries import get_survey, questions
from gelingen.surveys.questions import minutes
from gelingen.terms.spelling import day, last_day
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode, SurveyState
from gelingen.web.narrowing import LastDayField
from gelingen.web.pages import StaffRequest, address, done, page, staff, tell
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Question, Survey

_PAGES = {opening.Page.TEXTS: "survey-texts", opening.Page.QUESTIONS: "survey"}


class ReopenForm(forms.Form):
    """Bis wann eine geschlossene Umfrage wieder offen ist."""

    closes = LastDayField(label="Neuer letzter Tag", help_text="Zum Beispiel 31.12.2019.")


@staff
def state(request: StaffRequest, record: str) -> HttpResponse:
    """Show whether a survey can be opened, and open it."""
    survey = get_survey(request.user, request.tenant, record)
    if request.method == "POST":
        batch = new_batch()
        try:
            opening.open_survey(actor=request.user, survey=survey, on=today(), batch=batch)
        except opening.NotReadyError:
            survey = get_survey(request.user, request.tenant, record)
        else:
            tell(request, f"Geöffnet: {survey}.", undo=batch)
            return HttpResponseRedirect(request.path)
    return _shown(request, survey, ReopenForm())


def _shown(request: StaffRequest, survey: "Survey", form: ReopenForm) -> HttpResponse:
    asked = questions(survey)
    missing = opening.problems(survey, asked, on=today())
    draft = survey.state == SurveyState.DRAFT
    over = survey.closes is not None and survey.closes <= today()
    answer = page(
        request,
        "surveys/state.html",
        survey=survey,
        problems=[(one.sentence, _mend(request, survey, one)) for one in missing] if draft else [],
        is_draft=draft,
        is_open=survey.state == SurveyState.OPEN and not over,
        may_reopen=survey.state == SurveyState.CLOSED
        or (survey.state == SurveyState.OPEN and over),
        facts=_facts(survey, asked),
        form=form,
        tabs=survey_tabs(request, survey.key, "survey-state"),
    )
    if request.method == "POST":
        answer.status_code = 422
    return answer


def _mend(request: StaffRequest, survey: "Survey", problem: opening.Problem) -> str:
    """Address of the page on which a problem is mended."""
    if problem.page == opening.Page.QUESTION:
        return address(request, "question", record=problem.key)
    if problem.page == opening.Page.TRANSLATION:
        way = address(request, "survey-translate", record=survey.key)
        return f"{way}?{urlencode({'sprache': problem.key})}"
    return address(request, _PAGES[problem.page], record=survey.key)


def _facts(survey: "Survey", asked: "list[Question]") -> list[tuple[str, str]]:
    kinds = [QuestionKind.of(one.kind) for one in asked]
    languages = [Language.of(code).label for code in survey.languages]
    return [
        ("Stand", SurveyState.of(survey.state).label),
        ("Art", SurveyMode.of(survey.mode).label),
        ("Fragen", f"{len(kinds)}, etwa {minutes(kinds)} Minuten" if kinds else "keine"),
        ("Sprachen", ", ".join(languages)),
        ("Erster Tag", day(survey.opens) if survey.opens else "sobald sie geöffnet wird"),
        ("Letzter Tag", day(last_day(survey.closes)) if survey.closes else ""),
        ("Antworten löschen am", day(survey.keep_until) if survey.keep_until else ""),
    ]


@staff
@require_POST
def close(request: StaffRequest, record: str) -> HttpResponse:
    """Close a survey before its last day."""
    survey = get_survey(request.user, request.tenant, record)
    batch = new_batch()
    opening.close_survey(actor=request.user, survey=survey, on=today(), batch=batch)
    return done(request, f"Geschlossen: {survey}.", to="survey-state", record=record, undo=batch)


@staff
@require_POST
def reopen(request: StaffRequest, record: str) -> HttpResponse:
    """Open a survey again until another last day."""
    survey = get_survey(request.user, request.tenant, record)
    form, batch = ReopenForm(request.POST), new_batch()
    if form.is_valid():
        try:
            opening.reopen_survey(
                actor=request.user,
                survey=survey,
                closes=form.cleaned_data["closes"],
                on=today(),
                batch=batch,
            )
        except UserError as error:
            form.add_error("closes", str(error))
        else:
            message = f"Wieder geöffnet: {survey}."
            return done(request, message, to="survey-state", record=record, undo=batch)
    return _shown(request, survey, form)


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Remove a draft; it can be brought back at once."""
    survey = get_survey(request.user, request.tenant, record)
    batch = new_batch()
    building.remove_survey(actor=request.user, survey=survey, batch=batch)
    return done(request, f"Gelöscht: {survey}.", to="surveys", undo=batch)
