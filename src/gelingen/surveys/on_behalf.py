"""Answers that somebody at the desk takes by telephone or types from a paper form."""

from datetime import date, datetime

from django.db.models import F

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.surveys.answering import begin, response_to
from gelingen.surveys.links import closed_why
from gelingen.surveys.models import Invitation, Response, Survey
from gelingen.surveys.questions import Page
from gelingen.terms.surveys import Channel, Language, SurveyMode


class NotOnBehalfError(UserError):
    """Nobody can answer for somebody else here."""


AT_DESK = frozenset({Channel.PHONE, Channel.PAPER})


def begin_on_behalf(  # noqa: PLR0913 - what is known about the call
    actor: Actor,
    invitation: Invitation,
    *,
    channel: Channel,
    taken_by: str,
    on: date,
    at: datetime,
) -> Response:
    """Begin or go on with an answer for somebody who telephones or has sent a paper form.

    Args:
        actor: who sits at the desk.
        invitation: whose answer it is; its link stays good.
        channel: by telephone or on paper.
        taken_by: function of who takes the answer.
        on: the day.
        at: the moment.

    Raises:
        PermissionDenied: the actor may not ask.
        NotOnBehalfError: the survey is anonymous or not open, or it was answered by the link.

    """
    require(actor, May.ASK, invitation.survey)
    require_desk(invitation.survey, channel, on=on)
    if invitation.survey.mode == SurveyMode.ANONYMOUS or invitation.withdrawn:
        raise NotOnBehalfError(
            "Für diese Einladung lässt sich keine Antwort aufnehmen. In einer anonymen Umfrage "
            "werden Papierbögen ohne Einladung aufgenommen."
        )
    found = response_to(invitation)
    if found is None:
        more = {"channel": channel, "taken_by": taken_by}
        language = Language.of(invitation.language)
        return begin(invitation, Page(0, ()), {}, language=language, at=at, **more)
    if found.sent and found.channel == Channel.LINK:
        raise NotOnBehalfError(f"{invitation.name} hat schon selbst geantwortet.")
    # Whoever has the page open by the link is told that somebody went on from there.
    Response.objects.filter(pk=found.pk).update(
        channel=channel, taken_by=taken_by, version=F("version") + 1
    )
    found.refresh_from_db()
    return found


def taken(actor: Actor, survey: Survey) -> list[Response]:
    """Give the answers that were taken at the desk and sent, by who was asked. One query.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    found = Response.objects.filter(
        survey=survey, channel__in=AT_DESK, sent__isnull=False, invitation__withdrawn=False
    )
    return list(found.select_related("invitation").order_by("invitation__name", "pk"))


def require_desk(survey: Survey, channel: Channel, *, on: date) -> None:
    """Refuse answers that nobody can take at the desk.

    Raises:
        NotOnBehalfError: the survey is not open, or the way is not one of the desk.

    """
    if closed_why(survey, on=on) is not None:
        raise NotOnBehalfError(
            "Antworten lassen sich nur aufnehmen, solange die Umfrage offen ist."
        )
    if channel not in AT_DESK:
        raise NotOnBehalfError("Aufgenommen wird am Telefon oder von Papier.")
