"""Links to a survey: a personal one for each invitation, and one that may hang on a wall."""

from datetime import date
from enum import Enum

from gelingen.access.models import Tenant
from gelingen.access.tokens import Tokens, UnknownLinkError
from gelingen.errors import UserError
from gelingen.surveys.models import Invitation, Survey
from gelingen.terms.surveys import SurveyMode, SurveyState

_PERSONAL = Tokens("gelingen.surveys.invitation")
_OPEN = Tokens("gelingen.surveys.open")
new_token = _PERSONAL.new


class Closed(Enum):
    """Why a link to a survey opens nothing, or nothing any more."""

    NOT_YET = "not-yet"
    OVER = "over"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ClosedSurveyError(UserError):
    """The link is good, but nothing can be answered."""

    def __init__(self, closed: Closed, survey: Survey) -> None:
        super().__init__("Über diesen Verweis kann nicht geantwortet werden.")
        self.closed = closed
        self.survey = survey


def open_invitation(token: str, *, on: date) -> Invitation:
    """Find the invitation that a personal link opens, with its survey. One query.

    In a named survey an answer that was sent can be opened again until the survey closes.

    Raises:
        UnknownLinkError: there never was such a link.
        ClosedSurveyError: nothing can be answered with it.

    """
    digest = _PERSONAL.hash_of(token)
    found = Invitation.objects.select_related("survey__tenant").filter(token_hash=digest).first()
    if found is None:
        raise UnknownLinkError
    survey = found.survey
    closed = closed_why(survey, on=on)
    if found.withdrawn:
        closed = Closed.WITHDRAWN
    elif closed is None and found.used and survey.mode == SurveyMode.ANONYMOUS:
        closed = Closed.ANSWERED
    if closed is not None:
        raise ClosedSurveyError(closed, survey)
    return found


def open_token(survey: Survey) -> str:
    """Give the last part of the link that everybody may use."""
    return _OPEN.sign(str(survey.pk))


def open_survey(token: str, *, on: date) -> Survey:
    """Find the survey that a link for everybody opens. One query.

    Raises:
        UnknownLinkError: there is no such link, or it was taken down.
        ClosedSurveyError: nothing can be answered.

    """
    value = _OPEN.value_of(token)
    shared = Survey.objects.select_related("tenant").filter(pk=value, open_link=True)
    found: Survey | None = shared.first()
    if found is None:
        raise UnknownLinkError
    closed = closed_why(found, on=on)
    if closed is not None:
        raise ClosedSurveyError(closed, found)
    return found


def open_to_everybody(tenant: Tenant, *, on: date) -> list[Survey]:
    """List the surveys with a link for everybody that can be answered, by title. One query."""
    shared = Survey.objects.filter(tenant=tenant, open_link=True, state=SurveyState.OPEN)
    return [one for one in shared.order_by("title", "key") if closed_why(one, on=on) is None]


def closed_why(survey: Survey, *, on: date) -> Closed | None:
    """Tell why nobody can answer a survey on a day; None if it is open."""
    if survey.state == SurveyState.DRAFT or (survey.opens is not None and on < survey.opens):
        return Closed.NOT_YET
    if survey.state != SurveyState.OPEN or (survey.closes is not None and on >= survey.closes):
        return Closed.OVER
    return None
