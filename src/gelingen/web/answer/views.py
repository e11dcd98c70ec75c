"""Pages of a survey for those who answer: no account, one column, works without script."""

from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gelingen.surveys import answering
from gelingen.surveys.languages import of_survey
from gelingen.surveys.questions import minutes
from gelingen.terms.spelling import last_day
from gelingen.terms.surveys import Language
from gelingen.web import outside
from gelingen.web.answer import carried, stored
from gelingen.web.answer.doors import Answering, Door, DoorRequest, by_link, by_open_link

P = ParamSpec("P")
_TEXTS = ("title", "purpose", "legal_basis", "notice")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _start(request: DoorRequest) -> HttpResponse:
    door = request.door
    context: dict[str, object] = {
        "door": door,
        "survey": door.survey,
        "last": last_day(door.survey.closes) if door.survey.closes else None,
        "minutes": minutes(one.kind for one in door.survey.questions.all()),
        **{name: of_survey(door.survey, door.language, name) for name in _TEXTS},
        **(_stored(door) if door.stored else {"first": door.way("questions")}),
    }
    return render(request, "answer/start.html", context)


def _stored(door: Door) -> dict[str, object]:
    response = answering.response_to(door.invitation) if door.invitation else None
    return {
        "response": response,
        "first": stored.first(door),
        "overview": door.way("overview"),
        "withdraw": door.way("withdraw"),
        "take": door.way("earlier"),
        "earlier": None if response or not door.invitation else answering.earlier(door.invitation),
    }


@by_link
@require_safe
def start(request: DoorRequest) -> HttpResponse:
    """Say who asks, why, and how long it takes."""
    return _start(request)


@by_open_link
@require_safe
def start_open(request: DoorRequest) -> HttpResponse:
    """Say who asks, why, and how long it takes; for everybody who has the open link."""
    return _start(request)


@by_link
@get_or_post
def questions(request: DoorRequest) -> HttpResponse:
    """Go through the pages of an anonymous survey."""
    if request.door.stored:
        return HttpResponseRedirect(request.door.way("start"))
    return carried.questions(request)


@by_open_link
@get_or_post
def questions_open(request: DoorRequest) -> HttpResponse:
    """Go through the pages of a survey that everybody may answer."""
    return carried.questions(request)


def _known_only(view: Answering[P]) -> Answering[P]:
    """Send those back to the beginning whose answers are not stored."""

    @wraps(view)
    def guarded(request: DoorRequest, /, *given: P.args, **values: P.kwargs) -> HttpResponse:
        if not request.door.stored:
            return HttpResponseRedirect(request.door.way("start"))
        return view(request, *given, **values)

    return guarded


page = by_link(_known_only(get_or_post(stored.page)))
overview = by_link(_known_only(get_or_post(stored.overview)))
sent = by_link(_known_only(require_safe(stored.thanks)))
withdraw = by_link(_known_only(get_or_post(stored.withdraw)))
earlier = by_link(_known_only(require_POST(stored.earlier)))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank somebody of whom nothing is known."""
    language = outside.language_for(request, set(Language))
    with translation.override(language):
        return outside.private(render(request, "answer/thanks.html", {}))
