"""Who answered a survey with names, and what: the list, and one answer as it was sent."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.timezone import localtime

from gelingen.config.day import today
from gelingen.surveys.known import known_of
from gelingen.surveys.named import get_named_answer, named_answers
from gelingen.surveys.on_behalf import AT_DESK
from gelingen.surveys.queries import get_survey
from gelingen.surveys.questions import asks_the_register, kinds_in, pages_of, questions_of
from gelingen.terms.spelling import day, number
from gelingen.terms.surveys import Channel, SurveyMode, SurveyState
from gelingen.web.answer.showing import told
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.paginator import Page

    from gelingen.surveys.models import Response, Survey

_COLUMNS = (Column("Von"), Column("Gruppe"), Column("Weg"), Column("Abgeschickt am"))
NOBODY = "ohne Namen, über den offenen Verweis"
UNNAMED = "ohne Namen"


@staff
def answers(request: StaffRequest, record: str) -> HttpResponse:
    """List who has answered."""
    survey = get_survey(request.user, request.tenant, record)
    leaf: Page[Response] = chosen_page(request, named_answers(request.user, survey).defer("values"))
    return page(
        request,
        "surveys/results/answers.html",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-answers"),
        answer=_many(survey, leaf.paginator.count),
        leaf=leaf,
        listing=_listing(request, survey, leaf.object_list),
        anonymous=survey.mode == SurveyMode.ANONYMOUS,
        cleared=survey.state == SurveyState.CLEARED,
        takes=survey.state in (SurveyState.OPEN, SurveyState.CLOSED),
    )


def _many(survey: "Survey", many: int) -> str:
    if survey.mode == SurveyMode.ANONYMOUS or not many:
        return ""
    said = f"{number(many)} {'Antwort ist' if many == 1 else 'Antworten sind'} abgeschickt"
    return (
        f"{said}; sie werden am {day(survey.keep_until)} gelöscht."
        if survey.keep_until
        else (f"{said}.")
    )


def _listing(request: StaffRequest, survey: "Survey", found: "Iterable[Response]") -> Listing:
    rows = [
        (
            Cell(
                whose(one),
                url=address(request, "survey-answer", record=survey.key, answer=one.pk),
            ),
            one.group,
            _way(one),
            _sent(one),
        )
        for one in found
    ]
    return Listing("Wer geantwortet hat", _COLUMNS, rows)


def whose(one: "Response") -> str:
    """Say whose answer it is."""
    if one.invitation:
        return one.invitation.name
    return NOBODY if one.channel == Channel.OPEN_LINK else UNNAMED


def _way(one: "Response") -> str:
    way = Channel.of(one.channel).label
    return f"{way}, aufgenommen von: {one.taken_by}" if one.taken_by else way


def _sent(one: "Response") -> str:
    return day(localtime(one.sent).date()) if one.sent else ""


@staff
def answer(request: StaffRequest, record: str, answer: int) -> HttpResponse:
    """Show one answer as it was sent, in German; what was taken at the desk can be corrected."""
    survey = get_survey(request.user, request.tenant, record)
    found = get_named_answer(request.user, survey, answer)
    asked = questions_of(survey)
    known = known_of(
        survey,
        kinds_in(asked),
        organisation=found.invitation.organisation if found.invitation else "",
        conditions=asks_the_register(asked),
        on=today(),
    )
    correct = (
        address(request, "take-overview", survey=survey.key, invitation=found.invitation_id)
        if found.invitation and found.channel in AT_DESK
        else ""
    )
    return page(
        request,
        "surveys/results/answer.html",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-answers"),
        whose=whose(found),
        answer=f"{_way(found)}. Abgeschickt am {_sent(found)}.",
        pages=[
            (one.number, told(one, found.values, known))
            for one in pages_of(asked, found.values, known)
        ],
        correct=correct,
        back=address(request, "survey-answers", record=record),
    )
