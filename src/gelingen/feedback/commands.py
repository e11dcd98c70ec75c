"""Take in what somebody says about a public page, answer it, be done with it, forget it.

receive(...) -> Feedback                  from outside, without an account
answer(...), close(...), reopen(...)      at the desk
drop_old(*, at) -> int                    what has had its time
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.feedback.models import Feedback
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.terms.feedback import FeedbackState
from gelingen.terms.spelling import day
from gelingen.workbook.folding import clean_lines

KEPT = timedelta(days=365)
MAILBOX_KEPT = timedelta(days=30)
LONGEST = 4_000
_STALE = "Inzwischen hat jemand diese Rückmeldung bearbeitet. Bitte noch einmal ansehen."


class FeedbackError(UserError):
    """A feedback does not stand so that this can be done with it, or something is missing."""


class StaleFeedbackError(FeedbackError):
    """Somebody else handled it since it was read."""


def receive(  # noqa: PLR0913 - what somebody sends
    *, tenant: Tenant, key: str, page: str, message: str, mailbox: str, at: datetime
) -> Feedback:
    """Take in what somebody says about a page. The caller has looked whether it is spam.

    Args:
        tenant: whose page it is about.
        key: mark of the form; what comes again with it is not stored again.
        page: path of the page, without what stands behind it.
        message: the words.
        mailbox: where to answer; "" if nobody asks for an answer.
        at: when.

    Raises:
        ValidationError: the mailbox is none, or nothing is said.

    """
    said = clean_lines(message)[:LONGEST]
    new = Feedback(
        tenant=tenant, key=key, page=page[:300], message=said, mailbox=mailbox, received=at
    )
    found = Feedback.objects.filter(tenant=tenant, key=key).first()
    if found is not None:
        return found
    new.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        # Both of two sends at once saw that it is not there; the one that came first is kept.
        found = Feedback.objects.filter(tenant=tenant, key=key).first()
        if found is None:
            raise
        return found
    return new


def answer(
    *, actor: Actor, feedback: Feedback, text: str, at: datetime, version: int | None = None
) -> None:
    """Answer by mail to the mailbox that somebody named, and keep what was answered.

    Args:
        actor: who answers.
        feedback: what is answered.
        text: the answer; its paragraphs are kept.
        at: when.
        version: the version that the person saw.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        FeedbackError: there is no mailbox, no text, or it is handled already.
        StaleFeedbackError: somebody else handled it since.

    """
    require(actor, May.EDIT_PLAN, feedback.tenant)
    if not feedback.mailbox:
        raise FeedbackError("Hier hat niemand ein Postfach genannt; antworten geht nicht.")
    said = clean_lines(text)
    if not said:
        raise FeedbackError("Bitte eine Antwort schreiben.")
    with transaction.atomic():
        _handle(actor, feedback, FeedbackState.ANSWERED, said, at, version)
        post(
            tenant=feedback.tenant,
            to=feedback.mailbox,
            letter=_letter(feedback, said),
            why="Antwort auf eine Rückmeldung zur Webseite",
            at=at,
        )


def close(
    *, actor: Actor, feedback: Feedback, note: str, at: datetime, version: int | None = None
) -> None:
    """Be done with it without an answer; the note says why, for colleagues.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        FeedbackError: it is handled already.
        StaleFeedbackError: somebody else handled it since.

    """
    require(actor, May.EDIT_PLAN, feedback.tenant)
    _handle(actor, feedback, FeedbackState.CLOSED, clean_lines(note), at, version)


def reopen(*, actor: Actor, feedback: Feedback, version: int | None = None) -> None:
    """Let it wait again; what was noted stays until it is handled anew.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        FeedbackError: it was answered; what is sent stays sent.
        StaleFeedbackError: somebody else handled it since.

    """
    require(actor, May.EDIT_PLAN, feedback.tenant)
    if feedback.state == FeedbackState.ANSWERED:
        raise FeedbackError("Die Antwort ist abgeschickt; das lässt sich nicht zurücknehmen.")
    _write(feedback, version, state=FeedbackState.NEW, handled=None, handled_by="")


def drop_old(*, at: datetime) -> int:
    """Forget mailboxes of what is handled for 30 days, and all that came a year ago.

    Returns:
        How many feedbacks went as a whole.

    """
    handled = Feedback.objects.filter(handled__lt=at - MAILBOX_KEPT)
    handled.exclude(mailbox="").update(mailbox="")
    return Feedback.objects.filter(received__lt=at - KEPT).delete()[0]


def _handle(  # noqa: PLR0913, PLR0917 - as the two that call it
    actor: Actor,
    feedback: Feedback,
    state: FeedbackState,
    said: str,
    at: datetime,
    version: int | None,
) -> None:
    if feedback.state != FeedbackState.NEW:
        raise StaleFeedbackError(_STALE)
    _write(feedback, version, state=state, answer=said, handled=at, handled_by=str(actor)[:200])


def _write(feedback: Feedback, version: int | None, **values: object) -> None:
    """Write if nobody wrote since, in one statement: two people may answer at once."""
    seen = feedback.version if version is None else version
    mine = Feedback.objects.filter(pk=feedback.pk, version=seen)
    if mine.update(version=seen + 1, **values) != 1:
        raise StaleFeedbackError(_STALE)
    feedback.refresh_from_db()


def _letter(feedback: Feedback, said: str) -> Letter:
    on = day(localtime(feedback.received).date())
    return Letter(
        "Ihre Rückmeldung zu unserer Webseite",
        ("Guten Tag,", *said.split("\n\n")),
        after=(f"Sie hatten uns am {on} geschrieben:", feedback.message),
        sender=feedback.tenant.name,
    )
