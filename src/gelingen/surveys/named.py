"""Who answered what: answers of a survey with names, for the desk.

Of an anonymous survey nothing is given: nobody knows who answered.
"""

from django.db.models import F, QuerySet

from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError
from gelingen.surveys.models import Response, Survey
from gelingen.terms.surveys import SurveyMode


class UnknownAnswerError(NotFoundError):
    """There is no such answer, or nobody may know whose it is."""


def named_answers(actor: Actor, survey: Survey) -> QuerySet[Response]:
    """Give the answers that were sent, with their invitations, by who was asked. One query.

    Answers by the open link have no invitation and stand last, the first sent first.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    if survey.mode == SurveyMode.ANONYMOUS:
        return Response.objects.none()
    found = Response.objects.filter(survey=survey, sent__isnull=False)
    by_name = F("invitation__name").asc(nulls_last=True)
    return found.select_related("invitation").order_by(by_name, "sent", "pk")


def get_named_answer(actor: Actor, survey: Survey, pk: int) -> Response:
    """Find one answer of a survey, with its invitation.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownAnswerError: there is none, it was not sent, or the survey is anonymous.

    """
    found = named_answers(actor, survey).filter(pk=pk).first()
    if found is None:
        raise UnknownAnswerError("Diese Antwort gibt es nicht, oder sie ist zurückgezogen.")
    return found
