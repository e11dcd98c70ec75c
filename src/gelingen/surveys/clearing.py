"""Forget what was answered once a survey's day has come; numbers stay.

Invitations are written anew without name, mailbox and link, in an order that follows from nothing
but group and answered: that keeps the response by group. Groups below the smallest number that is
shown lose their name. Of answers without an invitation, anonymous ones and those by the open link,
groups and ways stay; answers to an invitation are gone.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from secrets import token_bytes

from django.db import transaction
from django.db.models import Q, QuerySet

from gelingen.access.policy import Operator
from gelingen.history.recording import change
from gelingen.post.models import OutgoingMail
from gelingen.surveys.inviting import INVITED, REMINDED
from gelingen.surveys.models import AnonymousAnswer, Invitation, Response, Survey, WaitingAnswer
from gelingen.surveys.published import PublishedCounts
from gelingen.terms.surveys import SurveyState
from gelingen.terms.vocabulary import Verb

NAME = "gelöscht"


def clear_due(*, on: date) -> int:
    """Forget the answers of every survey whose day has come; gives their number.

    A draft has no answers, and its day can still be changed. What can still be answered stays.
    """
    due = Survey.objects.filter(keep_until__lte=on)
    going_on = Q(state=SurveyState.OPEN) & (Q(closes__isnull=True) | Q(closes__gt=on))
    due = due.exclude(going_on).exclude(state__in=(SurveyState.DRAFT, SurveyState.CLEARED))
    number = 0
    for survey in due.select_related("tenant").order_by("pk"):
        with transaction.atomic():
            # No answer comes in between what is deleted and the word that it is.
            Survey.objects.select_for_update().get(pk=survey.pk)
            _clear(survey, on=on)
        number += 1
    return number


def _clear(survey: Survey, *, on: date) -> None:
    _forget_letters(survey)
    _empty_answers(survey, on=on)
    Response.objects.filter(survey=survey).delete()
    _forget_invited(survey)
    # What was shown stays; the small numbers that were not go with the answers.
    PublishedCounts.objects.filter(publication__survey=survey).delete()
    by = Operator("Täglicher Auftrag", day=on)
    reason = "Der Tag ist da, bis zu dem die Antworten aufbewahrt werden."
    with change(by=by, verb=Verb.CHANGED, of=survey, reason=reason):
        survey.state = SurveyState.CLEARED


def _forget_letters(survey: Survey) -> None:
    """Forget all letters of a survey, also those in whose place a later one came.

    An invitation knows its last letter only; the ones before are found by what they say. Surveys
    may have the same title, so the letters that other invitations stand for stay.
    """
    whys = [f"{why}: {survey.title}"[:200] for why in (INVITED, REMINDED)]
    own, boxes = Q(pk__in=_letters(survey.invitations.all())), Q(why__in=whys)
    boxes &= Q(to__in=list(survey.invitations.values_list("mailbox", flat=True)))
    others = Invitation.objects.filter(survey__title=survey.title).exclude(survey=survey)
    found = OutgoingMail.objects.filter(own | boxes, tenant=survey.tenant)
    found.exclude(pk__in=_letters(others)).delete()


def _letters(invitations: QuerySet[Invitation]) -> list[int]:
    return list(invitations.filter(mail__isnull=False).values_list("mail", flat=True))


def _empty_answers(survey: Survey, *, on: date) -> None:
    """Leave of each answer without an invitation only how it is counted, under a new key."""
    unnamed = Response.objects.filter(survey=survey, invitation=None, sent__isnull=False)
    kept: list[tuple[str, str]] = list(unnamed.values_list("group", "channel"))
    for model in (AnonymousAnswer, WaitingAnswer):
        rows = model.objects.filter(survey=survey)
        kept += rows.values_list("group", "channel")
        rows.delete()
    groups = _large(survey, (group for group, _ in kept))
    AnonymousAnswer.objects.bulk_create(
        AnonymousAnswer(survey=survey, group=group, language="", channel=channel, day=on)
        for group, channel in sorted((groups.get(one, ""), channel) for one, channel in kept)
    )


def _forget_invited(survey: Survey) -> None:
    rows = Invitation.objects.filter(survey=survey)
    standing = list(rows.filter(withdrawn=False).values_list("group", "used", "invited"))
    first = min((invited for _, _, invited in standing), default=date.min)
    rows.delete()
    groups = _large(survey, (group for group, _, _ in standing))
    Invitation.objects.bulk_create(
        Invitation(
            survey=survey,
            name=NAME,
            group=group,
            used=used,
            invited=first,
            # No link leads here: nobody knows what this is the hash of.
            token_hash=sha256(token_bytes(32)).hexdigest(),
        )
        for group, used in sorted((groups.get(one, ""), used) for one, used, _ in standing)
    )


def _large(survey: Survey, groups: Iterable[str]) -> dict[str, str]:
    """Name the groups that are large enough to be named."""
    return {one: one for one, many in Counter(groups).items() if many >= survey.threshold}
