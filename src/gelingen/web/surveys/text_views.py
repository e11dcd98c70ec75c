"""Texts, days and rules of a survey."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.surveys import building
from gelingen.surveys.fixed import FIXED
from gelingen.surveys.queries import earlier, get_survey, questions
from gelingen.terms.spelling import day
from gelingen.terms.surveys import SurveyMode, SurveyState
from gelingen.web.editing.both import Edited, Texts
from gelingen.web.pages import StaffRequest, page, staff, tell
from gelingen.web.surveys.forms import SurveyForm, survey_texts
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey


@staff
def texts(request: StaffRequest, record: str) -> HttpResponse:
    """Change what people read before they answer, the days, and the rules."""
    survey = get_survey(request.user, request.tenant, record)
    edited = Edited(
        request,
        survey_texts(survey),
        stand=str(survey.version),
        at=lambda stand: _texts_at(survey, stand),
    )
    form = SurveyForm(survey, questions(survey), data=edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=survey, back=request.path)
    if request.method == "POST" and form.is_valid() and _saved(request, survey, form):
        edited.saved()
        return HttpResponseRedirect(request.path)
    return page(
        request,
        "surveys/texts.html",
        survey=survey,
        form=form,
        draft=edited.draft,
        facts=_fixed_facts(survey),
        fixed=FIXED if survey.state != SurveyState.DRAFT else "",
        tabs=survey_tabs(request, survey.key, "survey-texts"),
    )


def _texts_at(survey: "Survey", stand: str) -> Texts | None:
    before = earlier(survey, int(stand)) if stand.isdigit() else None
    return survey_texts(before) if before is not None else None  # type: ignore[arg-type]  # of a survey


def _saved(request: StaffRequest, survey: "Survey", form: SurveyForm) -> bool:
    """Write the values; what is refused stands at its field."""
    batch = new_batch()
    try:
        building.change_survey(actor=request.user, survey=survey, values=form.values(), batch=batch)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return False
    except UserError as error:
        form.add_error(None, str(error))
        return False
    tell(request, f"Gespeichert: {survey}.", undo=batch)
    return True


def _fixed_facts(survey: "Survey") -> list[tuple[str, str]]:
    """Name what can no longer change, once the survey was opened."""
    if survey.state == SurveyState.DRAFT:
        return []
    return [
        ("Titel", survey.title),
        ("Art", SurveyMode.of(survey.mode).label),
        ("Wozu gefragt wird", survey.purpose),
        ("Rechtsgrundlage", survey.legal_basis),
        ("Hinweise zum Datenschutz", survey.notice),
        ("Erster Tag", day(survey.opens)),
        ("Antworten löschen am", day(survey.keep_until)),
        ("Kleinste gezeigte Zahl", str(survey.threshold)),
    ]
