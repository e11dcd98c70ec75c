"""By which door somebody comes in who answers: a personal link, the open link, or the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from gelingen.access.tokens import UnknownLinkError
from gelingen.config.day import today
from gelingen.surveys.languages import languages_of
from gelingen.surveys.links import Closed, ClosedSurveyError, open_invitation, open_survey
from gelingen.terms.surveys import OWN_NAMES, Channel, Language, SurveyMode
from gelingen.web import outside
from gelingen.web.pages import StaffRequest

if TYPE_CHECKING:
    from gelingen.surveys.models import Invitation, Survey

P = ParamSpec("P")
CHOSEN = "_sprache"  # a language chosen in the middle of a form
KEPT = "_in"  # the language in which the form was shown
_ANSWERED = Signer(salt="gelingen.surveys.answered")
_KEPT_SECONDS = 180 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Door:
    """Who answers what, and where the pages are.

    Attributes:
        survey: with its tenant.
        language: in which the pages are read.
        names: names of the pages by what they do; see `way`.
        values: what stands in their addresses.
        invitation: whose answer it is; None: nobody knows.
        channel: by which way the answer comes.
        taken_by: function of who takes it at the desk.

    """

    survey: "Survey"
    language: Language
    names: Mapping[str, str]
    values: Mapping[str, object]
    invitation: "Invitation | None" = None
    channel: Channel = Channel.LINK
    taken_by: str = ""

    def way(self, name: str, **values: object) -> str:
        """Address of a page: start, questions, page, overview, thanks, withdraw, earlier."""
        return reverse(self.names[name], kwargs={**self.values, **values})

    @property
    def anonymous(self) -> bool:
        """Whether nobody may know who answered."""
        return self.survey.mode == SurveyMode.ANONYMOUS

    @property
    def stored(self) -> bool:
        """Whether each page is saved: somebody known answers, who can go on elsewhere."""
        return self.invitation is not None and not self.anonymous

    @property
    def at_desk(self) -> bool:
        """Whether somebody else writes down the answers."""
        return self.channel in {Channel.PHONE, Channel.PAPER}

    @property
    def frame(self) -> str:
        """Template around the pages."""
        return "answer/desk.html" if self.at_desk else "answer/frame.html"

    @property
    def languages(self) -> list[tuple[Language, str]]:
        """Languages of the survey, each with what it calls itself."""
        return [(one, OWN_NAMES[one]) for one in languages_of(self.survey)]


class DoorRequest(HttpRequest):
    """A request that comes through a door."""

    door: Door


class DeskRequest(StaffRequest, DoorRequest):
    """A request of somebody at the desk who takes an answer."""


Answering = Callable[Concatenate[DoorRequest, P], HttpResponse]
PERSONAL = {
    "start": "survey-link",
    "questions": "survey-questions",
    "page": "survey-page",
    "overview": "survey-overview",
    "thanks": "survey-sent",
    "withdraw": "survey-withdraw",
    "earlier": "survey-earlier",
}
OPEN = {"start": "survey-open", "questions": "survey-open-questions"}


def by_link(view: Answering[P]) -> Callable[..., HttpResponse]:
    """Let whoever has a good personal link reach a view, and nobody guess."""

    def find(token: str) -> "tuple[Survey, Invitation | None]":
        found = open_invitation(token, on=today())
        return found.survey, found

    return _guarded(view, find, PERSONAL, Channel.LINK)


def by_open_link(view: Answering[P]) -> Callable[..., HttpResponse]:
    """Let whoever has the open link reach a view, unless this browser has sent an answer."""

    def find(token: str) -> "tuple[Survey, Invitation | None]":
        return open_survey(token, on=today()), None

    return _guarded(view, find, OPEN, Channel.OPEN_LINK)


def _guarded(
    view: Answering[P],
    find: "Callable[[str], tuple[Survey, Invitation | None]]",
    names: Mapping[str, str],
    channel: Channel,
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: DoorRequest, token: str, **values: object) -> HttpResponse:
        try:
            survey, invitation = find(token)
            if invitation is None and _has_answered(request, survey):
                raise ClosedSurveyError(Closed.ANSWERED, survey)  # noqa: TRY301 - as the others
        except UnknownLinkError:
            with translation.override(_language(request, None, None)):
                return outside.lost(request, closed)
        except ClosedSurveyError as error:
            with translation.override(_language(request, error.survey, None)):
                return outside.private(
                    closed(request, error.closed.value, status=410, survey=error.survey)
                )
        language = _language(request, survey, invitation)
        request.door = Door(survey, language, names, {"token": token}, invitation, channel)
        with translation.override(language):
            # That the address table fits the view, no type can say.
            answer = outside.private(view(request, **values))  # type: ignore[arg-type, call-arg]
        chosen = {request.GET.get(outside.LANGUAGE), request.POST.get(CHOSEN)}
        return outside.remember(answer, language) if language in chosen else answer

    return csrf_exempt(guarded)


def _language(
    request: HttpRequest, survey: "Survey | None", invitation: "Invitation | None"
) -> Language:
    languages = {str(one) for one in (languages_of(survey) if survey else Language)}
    for given in (request.POST.get(CHOSEN), request.POST.get(KEPT)):
        if given in languages:
            return Language.of(given)
    otherwise = invitation.language if invitation else Language.DE
    known = otherwise if otherwise in languages else Language.DE
    return Language.of(outside.language_for(request, languages, otherwise=known))


def closed(request: HttpRequest, why: str, *, status: int, **context: object) -> HttpResponse:
    """Say why nothing can be answered."""
    return render(request, "answer/closed.html", {"why": why, **context}, status=status)


def thanks_to(survey: "Survey") -> HttpResponse:
    """Go on to the page that thanks, and let the browser remember that it answered this survey.

    The cookie says nothing else: it is the same for everybody.
    """
    answer = HttpResponseRedirect(reverse("survey-thanks"))
    answer.set_cookie(
        _cookie(survey),
        _ANSWERED.sign(str(survey.pk)),
        max_age=_KEPT_SECONDS,
        path="/umfrage/",
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _cookie(survey: "Survey") -> str:
    return f"umfrage_{survey.pk}"


def _has_answered(request: HttpRequest, survey: "Survey") -> bool:
    try:
        return _ANSWERED.unsign(request.COOKIES.get(_cookie(survey), "")) == str(survey.pk)
    except BadSignature:
        return False
