"""Answers of organisations: page by page, resumed, corrected and withdrawn until the survey closes.

Each page is saved at once, all of it or nothing. Whoever saves says which version they saw; who
comes second, with the same link on another device, is told so and overwrites nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError, UserError
from gelingen.surveys.kinds import AnswerError, Given, Written, kind_of
from gelingen.surveys.known import Known
from gelingen.surveys.models import Invitation, Response, Survey
from gelingen.surveys.questions import (
    Asked,
    Page,
    Value,
    Values,
    asked_as,
    asked_values,
    pages_of,
    questions_of,
    unanswered,
)
from gelingen.terms.surveys import Channel, Language, QuestionKind


class StaleAnswerError(UserError):
    """Somebody else saved with the same link meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Mit diesem Verweis wurde inzwischen an einem anderen Gerät geantwortet. Nichts "
                "ist überschrieben. Unten steht, was Sie gerade eingegeben haben."
            )
        )


class IncompleteAnswerError(UserError):
    """Questions that must be answered are not."""


class UnknownInvitationError(NotFoundError):
    """There is no such invitation."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was given to some questions: answers by question, and what is wrong."""

    values: dict[str, Value]
    wrong: dict[str, AnswerError]


def read_page(page: Page, given: Given, known: Known) -> Reading:
    """Read what a form says to the questions of a page; what must be answered is demanded."""
    found = Reading({}, {})
    for asked in page.questions:
        try:
            value = kind_of(asked, known).read(given)
            if value is None and asked.required:
                raise AnswerError(_("Bitte antworten: Diese Frage ist nötig."))  # noqa: TRY301 - as any other
        except AnswerError as error:
            found.wrong[asked.key] = error
        else:
            if value is not None:
                found.values[asked.key] = value
    return found


def written(page: Page, values: Values, known: Known) -> Written:
    """Fill the form of a page with answers that are there."""
    given: Written = {}
    for asked in page.questions:
        if asked.key in values:
            given |= kind_of(asked, known).write(values[asked.key])
    return given


def get_invitation(actor: Actor, survey: Survey, pk: int) -> Invitation:
    """Find an invitation that holds. Two queries.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownInvitationError: there is none in this survey.

    """
    require(actor, May.ASK, survey)
    found = survey.invitations.filter(pk=pk, withdrawn=False).first()
    if found is None:
        raise UnknownInvitationError("Diese Einladung gibt es nicht (mehr).")
    return found


def response_to(invitation: Invitation) -> Response | None:
    """Find what was answered to an invitation so far. One query."""
    return Response.objects.filter(invitation=invitation).first()


def save_page(  # noqa: PLR0913 - what a page consists of
    invitation: Invitation,
    page: Page,
    values: Values,
    *,
    version: int,
    language: Language,
    at: datetime,
    channel: Channel = Channel.LINK,
    taken_by: str = "",
) -> None:
    """Save the answers of one page, all or nothing; the first page begins the answer.

    Args:
        invitation: whose link is used.
        page: the page; its questions without a value are no longer answered.
        values: answers to its questions.
        version: version of the answer that was seen; 0: there was none.
        language: in which the page was read.
        at: the moment.
        channel: by which way the answer comes now.
        taken_by: function of who takes it at the desk.

    Raises:
        StaleAnswerError: somebody else saved meanwhile, or withdrew the answer.

    """
    with transaction.atomic():
        found = Response.objects.select_for_update().filter(invitation=invitation).first()
        if (found.version if found else 0) != version:
            raise StaleAnswerError
        if found is None:
            way = {"channel": channel, "taken_by": taken_by}
            begin(invitation, page, values, language=language, at=at, **way)
            return
        of_page = {one.key for one in page.questions}
        kept = {key: value for key, value in found.values.items() if key not in of_page}
        found.values = kept | dict(values)
        found.version += 1
        found.page = max(found.page, page.number)
        found.language, found.changed = language, at
        found.channel, found.taken_by = channel, taken_by
        found.save()


def drop_unasked(invitation: Invitation, questions: list[Asked], known: Known) -> None:
    """Drop answers to what is no longer asked, after an answer that was sent is corrected."""
    with transaction.atomic():
        found = Response.objects.select_for_update().get(invitation=invitation)
        found.values = asked_values(pages_of(questions, found.values, known), found.values)
        found.save(update_fields=["values"])


def begin(
    invitation: Invitation,
    page: Page,
    values: Values,
    *,
    language: Language,
    at: datetime,
    **more: Any,  # noqa: ANN401 - fields of an answer
) -> Response:
    """Begin an answer with its first page.

    Raises:
        StaleAnswerError: there is one already.

    """
    given = {"started": at, "changed": at, "page": page.number, "version": 1, **more}
    try:
        with transaction.atomic():
            return Response.objects.create(
                survey_id=invitation.survey_id,
                invitation=invitation,
                group=invitation.group,
                language=language,
                values=dict(values),
                **given,
            )
    except IntegrityError:
        # Two devices began in the same moment.
        raise StaleAnswerError from None


def send(
    invitation: Invitation, questions: list[Asked], known: Known, *, version: int, at: datetime
) -> None:
    """Send an answer: from now on it counts; until the survey closes it can be corrected.

    Answers to what is no longer asked are dropped.

    Raises:
        StaleAnswerError: somebody else saved meanwhile.
        IncompleteAnswerError: a question that must be answered is not.

    """
    with transaction.atomic():
        found = Response.objects.select_for_update().filter(invitation=invitation).first()
        if found is None or found.version != version:
            raise StaleAnswerError
        pages = pages_of(questions, found.values, known)
        require_complete(pages, found.values)
        found.values = asked_values(pages, found.values)
        found.version += 1
        found.sent, found.changed = found.sent or at, at
        found.save(update_fields=["values", "version", "sent", "changed"])
        Invitation.objects.filter(pk=invitation.pk).update(used=True)


def require_complete(pages: list[Page], values: Values) -> None:
    """Refuse answers in which something is missing.

    Raises:
        IncompleteAnswerError: so it is.

    """
    left = unanswered(pages, values)
    if left:
        raise IncompleteAnswerError(_("Es fehlt noch: {}").format(left[0].text))


def send_unnamed(
    survey: Survey, values: Values, *, group: str, channel: Channel, at: datetime, **by: str
) -> None:
    """Keep an answer to a named survey that came without an invitation, by the open link.

    Args:
        survey: the survey.
        values: answers to what is asked.
        group: to which group somebody belongs.
        channel: by which way it came.
        at: the moment.
        by: `taken_by` and `language`.

    """
    Response.objects.create(
        survey=survey,
        values=dict(values),
        group=group,
        channel=channel,
        started=at,
        changed=at,
        sent=at,
        version=1,
        **by,
    )


def group_of(survey: Survey, values: Values) -> str:
    """Say to which group somebody belongs who answered its question; "" if nobody asked. One query.

    The group is called as its option in German.
    """
    if not survey.group_question:
        return ""
    found = survey.questions.filter(key=survey.group_question).first()
    code = str(values.get(survey.group_question, ""))
    if found is None or not code:
        return ""
    option = asked_as(found, Language.DE).options.get(code)
    return str(option or "")[:120]


def withdraw(invitation: Invitation) -> None:
    """Delete what was answered; with the same link one can begin anew until the survey closes."""
    with transaction.atomic():
        Response.objects.filter(invitation=invitation).delete()
        Invitation.objects.filter(pk=invitation.pk).update(used=False)


def earlier(invitation: Invitation) -> Response | None:
    """Find what the organisation answered in the round before. At most one query."""
    before = invitation.survey.previous_id
    if before is None or not invitation.organisation:
        return None
    found = Response.objects.filter(
        survey_id=before, invitation__organisation=invitation.organisation, sent__isnull=False
    )
    return found.select_related("survey").order_by("-sent").first()


def take_over(  # noqa: PLR0913 - what a page consists of
    invitation: Invitation,
    before: Response,
    questions: list[Asked],
    known: Known,
    *,
    language: Language,
    at: datetime,
) -> int:
    """Begin with the answers of the round before; gives how many fitted.

    What was said about entries held then and is asked anew.

    Raises:
        StaleAnswerError: there is an answer already.

    """
    old = {one.key: one for one in questions_of(before.survey)}
    values = {}
    for asked in questions:
        key = _same(asked, invitation.survey, before, old)
        value = None if key is None else _still_good(asked, before.values[key], known)
        if value is not None:
            values[asked.key] = value
    empty = Page(0, ())
    begin(invitation, empty, values, language=language, at=at)
    return len(values)


def _same(asked: Asked, survey: Survey, before: Response, old: Mapping[str, Asked]) -> str | None:
    """Find the same question of the round before: by the end of its key, or by its words."""
    if asked.kind is QuestionKind.ENTRIES:
        return None
    answered = {key: one for key, one in old.items() if key in before.values}
    end = asked.key.removeprefix(survey.key)
    for key, one in answered.items():
        if one.kind is asked.kind and key.removeprefix(before.survey.key) == end:
            return key
    for key, one in answered.items():
        if one.kind is asked.kind and one.german == asked.german:
            return key
    return None


def _still_good(asked: Asked, value: Value, known: Known) -> Value | None:
    kind = kind_of(asked, known)
    try:
        return kind.read(kind.write(value))
    except AnswerError:
        return None
