"""Feedback as the desk shows it: only to who may change the whole plan of the tenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, When
from django.utils.timezone import localtime

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, require
from gelingen.errors import NotFoundError
from gelingen.feedback.models import Feedback
from gelingen.terms.feedback import FeedbackState

SHOWN = 200


class UnknownFeedbackError(NotFoundError):
    """There is no such feedback, or it has had its time."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A feedback that waits.

    Attributes:
        pk: its number.
        said: how it begins.
        page: path of the page that it is about; "" if nobody knows.
        received: on which day it came.
        asks: whether somebody waits for an answer.

    """

    pk: int
    said: str
    page: str
    received: date
    asks: bool


def feedbacks(actor: Actor, tenant: Tenant) -> Sequence[Feedback]:
    """List what was said, what waits first, then the latest; at most 200. One query.

    Raises:
        PermissionDenied: the actor may not change the whole plan.

    """
    require(actor, May.EDIT_PLAN, tenant)
    waits = Case(When(state=FeedbackState.NEW, then=0), default=1)
    found = Feedback.objects.filter(tenant=tenant).order_by(waits, "-received", "-pk")
    return list(found[:SHOWN])


def get_feedback(actor: Actor, tenant: Tenant, pk: int) -> Feedback:
    """Find one. One query.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        UnknownFeedbackError: there is none.

    """
    require(actor, May.EDIT_PLAN, tenant)
    found = Feedback.objects.filter(tenant=tenant, pk=pk).select_related("tenant").first()
    if found is None:
        raise UnknownFeedbackError("Diese Rückmeldung gibt es nicht oder nicht mehr.")
    return found


def waiting(actor: Actor, tenant: Tenant) -> list[Unanswered]:
    """List what waits, the oldest first; nothing for who may not answer. One query."""
    if not allowed_in(actor, May.EDIT_PLAN, tenant):
        return []
    found = Feedback.objects.filter(tenant=tenant, state=FeedbackState.NEW)
    return [
        Unanswered(
            one.pk,
            " ".join(one.message.split())[:80],
            one.page,
            localtime(one.received).date(),
            bool(one.mailbox),
        )
        for one in found.order_by("received", "pk")
    ]
