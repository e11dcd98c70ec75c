"""A survey as people will see it, all pages below each other, in one of its languages."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from gelingen.config.day import today
from gelingen.surveys.known import known_of
from gelingen.surveys.languages import direction_of, languages_of, of_survey, tag_of
from gelingen.surveys.queries import get_survey, questions
from gelingen.surveys.questions import asked_as, minutes
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode
from gelingen.web.answer.showing import shown
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.shell import Link
from gelingen.web.surveys.tabs import survey_tabs
from gelingen.web.surveys.views import lines_by_page

_BEFORE = ("purpose", "legal_basis", "notice")


@staff
def preview(request: StaffRequest, record: str) -> HttpResponse:
    """Show a survey as people will see it; nothing that is filled in is kept."""
    survey = get_survey(request.user, request.tenant, record)
    offered = languages_of(survey)
    code = request.GET.get("sprache", "")
    language = next((one for one in offered if one == code), Language.DE)
    stored = questions(survey)
    asked = [asked_as(one, language) for one in stored]
    kinds = [QuestionKind.of(one.kind) for one in stored]
    known = known_of(survey, kinds, on=today())
    fields = {one.asked.key: one for one in shown(asked, {}, known, {})}
    with override(language):
        drawn = render_to_string(
            "surveys/preview_pages.html",
            {
                "title": of_survey(survey, language, "title"),
                "before": [of_survey(survey, language, name) for name in _BEFORE],
                "contact": survey.contact,
                "survey": survey,
                "named": survey.mode == SurveyMode.NAMED,
                "minutes": minutes(kinds),
                "pages": [
                    (number, [(line, fields[line.key]) for line in lines])
                    for number, lines in lines_by_page(stored)
                ],
            },
        )
    return page(
        request,
        "surveys/preview.html",
        survey=survey,
        drawn=drawn,
        tag=tag_of(language),
        direction=direction_of(language),
        languages=[Link(one.label, f"?sprache={one}", one == language) for one in offered],
        tabs=survey_tabs(request, survey.key, "survey-preview"),
    )
