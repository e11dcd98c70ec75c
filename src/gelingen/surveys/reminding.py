"""Remind those who have not answered, give a new link for a lost one, withdraw an invitation.

Only the hash of a link is kept, so every further letter carries a fresh link, which takes the place
of the earlier one; the letter says so. That happens only where nobody has answered, in one
statement with the question whether somebody has: who answers at this moment is not disturbed.

In an anonymous survey nothing is read but `used`, and the day of a round of reminders is noted with
everybody, whether they had answered or not: it says nothing about when somebody did. A new link and
a withdrawal do the same to all of its invitations, so that nobody learns by them who has answered.
Whom a reminder goes to, though, says who has not: the outbox names them until it forgets.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.post.commands import withdraw
from gelingen.surveys.answering import get_invitation
from gelingen.surveys.inviting import (
    INVITED,
    REMINDED,
    Sending,
    deliver,
    refuse_unless_open,
    standing,
    tell,
)
from gelingen.surveys.languages import is_unchecked
from gelingen.surveys.letters import INVITATION, REMINDER, Kind, Words, letter
from gelingen.surveys.links import new_token
from gelingen.surveys.models import Invitation, Survey
from gelingen.surveys.watching import is_anonymous


class NobodyToRemindError(UserError):
    """Everybody has answered, or has had a letter on this day."""


class AnsweredError(UserError):
    """The invitation was answered: there is nothing to send or to withdraw any more."""


class NoMailboxError(UserError):
    """Without a mailbox no letter can be sent."""


def due(actor: Actor, survey: Survey, *, on: date) -> Counter[str]:
    """Count by language whom a reminder would reach today. One query.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    return Counter(_due(survey, on).values_list("language", flat=True))


def _due(survey: Survey, on: date) -> QuerySet[Invitation]:
    """Find who has not answered and has had no letter today."""
    rested = Q(reminded=None) | Q(reminded__lt=on)
    return standing(survey).filter(rested, used=False, invited__lt=on).exclude(mailbox="")


def remind(actor: Actor, survey: Survey, *, words: Mapping[str, Words], sending: Sending) -> int:
    """Write once more to all who have not answered.

    Args:
        actor: who reminds.
        survey: an open survey.
        words: by language; languages without words are left out.
        sending: when, and where the links lead.

    Returns:
        How many letters were written.

    Raises:
        PermissionDenied: the actor may not ask.
        NotSentNowError: the survey is not open.
        NobodyToRemindError: nobody is left for today.

    """
    require(actor, May.ASK, survey.tenant)
    refuse_unless_open(survey, on=sending.on)
    unchecked = {language: is_unchecked(survey.tenant, language) for language in words}
    with transaction.atomic():
        # Two who remind at the same time wait for each other: nobody gets two letters.
        Survey.objects.select_for_update().get(pk=survey.pk)
        waiting = (
            _due(survey, sending.on).filter(language__in=words).select_related("survey__tenant")
        )
        written = sum(
            _renewed(one, words[one.language], REMINDER, sending, unchecked=unchecked[one.language])
            for one in list(waiting)
        )
        if not written:
            raise NobodyToRemindError(
                "Heute ist niemand zu erinnern: Alle haben geantwortet oder heute schon Post."
            )
        if is_anonymous(survey):
            standing(survey).update(reminded=sending.on)
        tell(actor, survey, f"Erinnert: {written}.")
    return written


def _renewed(
    invitation: Invitation, words: Words, kind: Kind, sending: Sending, *, unchecked: bool
) -> bool:
    """Replace a link and send the new one, unless somebody has answered meanwhile.

    The new link of an anonymous survey goes to whoever has lost one; who has answered reads there
    that the answer has come.
    """
    token, digest = new_token()
    noted: dict[str, Any] = {"reminded": sending.on} if kind.reminder else {}
    still = Invitation.objects.filter(pk=invitation.pk, withdrawn=False)
    if kind.reminder or not is_anonymous(invitation.survey):
        still = still.filter(used=False)
    if not still.update(token_hash=digest, **noted):
        return False
    if invitation.mail_id is not None:
        withdraw(invitation.mail_id)  # not sent yet, and its link opens nothing any more
    written = letter(invitation.survey, words, invitation.language, kind, unchecked=unchecked)
    why = REMINDED if kind.reminder else INVITED
    mail = deliver(invitation, written, token, sending, why=why)
    Invitation.objects.filter(pk=invitation.pk).update(mail=mail)
    return True


def new_link(
    actor: Actor, survey: Survey, pk: int, *, words: Words, sending: Sending
) -> Invitation:
    """Send a new link in place of a lost one, which opens nothing any more.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownInvitationError: there is no such invitation.
        NotSentNowError: the survey is not open.
        NoMailboxError: it has no mailbox.
        AnsweredError: it was answered; never in an anonymous survey.

    """
    found = get_invitation(actor, survey, pk)
    refuse_unless_open(survey, on=sending.on)
    if not found.mailbox:
        raise NoMailboxError("Zu dieser Einladung ist kein Postfach bekannt.")
    unchecked = is_unchecked(survey.tenant, found.language)
    with transaction.atomic():
        if not _renewed(found, words, INVITATION, sending, unchecked=unchecked):
            raise _answered()
        tell(actor, survey, "Ein neuer Verweis für einen verlorenen.")
    return found


def withdraw_invitation(actor: Actor, survey: Survey, pk: int) -> Invitation:
    """Let a link open nothing any more; a letter that is not sent yet is thrown away.

    In an anonymous survey the invitation stays and loses link and mailbox, answered or not: from
    what disappeared one would see whether it was. So nobody is invited in its place.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownInvitationError: there is no such invitation.
        AnsweredError: it was answered; never in an anonymous survey.

    """
    found = get_invitation(actor, survey, pk)
    with transaction.atomic():
        rows = standing(survey).filter(pk=pk)
        if is_anonymous(survey):
            _, digest = new_token()
            rows.update(token_hash=digest, mailbox="")
        elif not rows.filter(used=False).update(withdrawn=True):
            raise _answered()
        if found.mail_id is not None:
            withdraw(found.mail_id)
        tell(actor, survey, "Eine Einladung zurückgezogen.")
    return found


def _answered() -> AnsweredError:
    return AnsweredError("Darauf ist schon geantwortet worden.")
