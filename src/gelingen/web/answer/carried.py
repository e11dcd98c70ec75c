"""Answers of somebody unknown: they stay in the browser, in the form itself, until they are sent.

Each page carries the answers of the others as hidden fields. So nothing is stored before sending,
and nobody can go on with them on another device.
"""

from collections.abc import Mapping

from allauth.core.internal import ratelimit
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from gelingen.config.day import today
from gelingen.surveys import anonymous, answering
from gelingen.surveys.kinds import AnswerError, Written
from gelingen.surveys.known import known_of
from gelingen.surveys.links import Closed, ClosedSurveyError
from gelingen.surveys.questions import (
    Asked,
    Page,
    asked_values,
    kinds_in,
    pages_of,
    questions_of,
)
from gelingen.terms.surveys import Channel
from gelingen.web.answer.doors import CHOSEN, Door, DoorRequest, closed, thanks_to
from gelingen.web.answer.showing import mistakes, shown, told

LIMIT = "answer_by_open_link"  # see ACCOUNT_RATE_LIMITS in the settings
OURS = "_"  # fields that are no answers begin with it
FORWARD, BACK, SEND, TO = "_weiter", "_zurueck", "_senden", "_zu"
HERE, FURTHEST = "_seite", "_weiteste"
_DIGITS = 5


class Sheet:
    """The questions of a survey, and what a form carries. One query, and what questions name."""

    def __init__(self, door: Door, given: Mapping[str, list[str]]) -> None:
        self.questions = questions_of(door.survey, door.language)
        keys = {one.key for one in self.questions}
        self.given: Written = {
            name: values for name, values in given.items() if name.split(".")[0] in keys
        }
        self.known = known_of(door.survey, kinds_in(self.questions), on=today())
        every = Page(0, tuple(self.questions))
        self.reading = answering.read_page(every, self.given, self.known)
        self.pages = pages_of(self.questions, self.reading.values, self.known)

    def page(self, number: int) -> Page | None:
        """Find a page that is asked."""
        return next((one for one in self.pages if one.number == number), None)

    def wrong_on(self, page: Page) -> dict[str, AnswerError]:
        """Give what is wrong on a page."""
        wrong = self.reading.wrong
        return {one.key: wrong[one.key] for one in page.questions if one.key in wrong}

    def carried(self, page: Page | None) -> list[tuple[str, str]]:
        """Give the fields of all other pages."""
        here = {one.key for one in page.questions} if page else set()
        return [
            (name, value)
            for name, values in self.given.items()
            if name.split(".")[0] not in here
            for value in values
        ]


def questions(request: DoorRequest) -> HttpResponse:
    """Take a page, show the next one, the one before or all; or send everything."""
    if request.method != "POST":
        return HttpResponseRedirect(request.door.way("start"))
    said = request.POST
    sheet = Sheet(request.door, {k: v for k, v in said.lists() if not k.startswith(OURS)})
    here = _number(said.get(HERE))
    if SEND in said:
        return _send(request, sheet)
    page = sheet.page(here)
    if FORWARD in said and page is not None and sheet.wrong_on(page):
        return _show(request, sheet, page, wrong=sheet.wrong_on(page))
    return _show(request, sheet, _wanted(request, sheet, here))


def begin(request: DoorRequest) -> HttpResponse:
    """Show the first page, empty."""
    sheet = Sheet(request.door, {})
    return _show(request, sheet, sheet.pages[0] if sheet.pages else None)


def _wanted(request: DoorRequest, sheet: Sheet, here: int) -> Page | None:
    """Find the page to be shown; None: all answers."""
    said = request.POST
    if CHOSEN in said:
        return sheet.page(here)
    if TO in said:
        return sheet.page(_number(said.get(TO))) or next(iter(sheet.pages), None)
    if BACK in said:
        before = [one for one in sheet.pages if one.number < here or not here]
        return before[-1] if before else next(iter(sheet.pages), None)
    return next((one for one in sheet.pages if one.number > here), None)


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < _DIGITS else 0


def _show(
    request: DoorRequest,
    sheet: Sheet,
    page: Page | None,
    *,
    wrong: Mapping[str, AnswerError] | None = None,
) -> HttpResponse:
    door = request.door
    furthest = _number(request.POST.get(FURTHEST))
    if page is not None and page.number > furthest:
        furthest = page.number
        if not door.at_desk:
            anonymous.count_page(door.survey, page.number)
    context = {
        "door": door,
        "survey": door.survey,
        "carried": sheet.carried(page),
        "here": page.number if page else 0,
        "furthest": furthest,
        "action": door.way("questions"),
        "form": "antwort",
    }
    if page is None:
        pages = [(one, "", told(one, sheet.reading.values, sheet.known)) for one in sheet.pages]
        left = {one.key for one in _left(sheet)}
        return render(request, "answer/overview.html", {**context, "pages": pages, "left": left})
    asked = shown(page.questions, sheet.given, sheet.known, wrong or {})
    context |= {
        "shown": asked,
        "wrong": mistakes(asked),
        "number": sheet.pages.index(page) + 1,
        "of": len(sheet.pages),
    }
    return render(request, "answer/questions.html", context, status=422 if wrong else 200)


def _left(sheet: Sheet) -> list[Asked]:
    asked = [one for page in sheet.pages for one in page.questions]
    return [one for one in asked if one.key in sheet.reading.wrong]


def _send(request: DoorRequest, sheet: Sheet) -> HttpResponse:
    door = request.door
    left = _left(sheet)
    if left:
        page = next(one for one in sheet.pages if left[0] in one.questions)
        return _show(request, sheet, page, wrong=sheet.wrong_on(page))
    key = str(door.survey.pk)
    unlimited = door.channel != Channel.OPEN_LINK
    if not unlimited and not ratelimit.consume(
        request, app="allauth.account", action=LIMIT, key=key
    ):
        return closed(request, "often", status=429, survey=door.survey)
    try:
        _keep(door, asked_values(sheet.pages, sheet.reading.values))
    except ClosedSurveyError:
        return closed(request, Closed.ANSWERED.value, status=410, survey=door.survey)
    if door.at_desk:
        return HttpResponseRedirect(door.way("thanks"))
    return thanks_to(door.survey)


def _keep(door: Door, values: Mapping[str, object]) -> None:
    group = answering.group_of(door.survey, values)
    if door.anonymous:
        anonymous.send(
            door.survey,
            values,
            invitation=door.invitation,
            group=group,
            channel=door.channel,
            on=today(),
        )
        return
    answering.send_unnamed(
        door.survey,
        values,
        group=group,
        channel=door.channel,
        at=timezone.now(),
        language=door.language,
        taken_by=door.taken_by,
    )
