"""Decisions on what was answered: each subject is decided once, and each can be taken back."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change_many
from gelingen.review.models import Decision
from gelingen.surveys.said import Said, digest
from gelingen.terms.asking import ReviewState
from gelingen.terms.vocabulary import Verb


class DecidedError(UserError):
    """Somebody has decided on it already, or the answer has changed since it was seen."""

    def __init__(self) -> None:
        super().__init__("Darüber ist schon entschieden; hier steht der jetzige Stand.")


class NothingChosenError(UserError):
    """Nothing is ticked."""


def subject_of(kind: str, said: Said, row: Mapping[str, object]) -> str:
    """Name one row of an answer, so that it is known again as long as its words stay.

    Whoever corrects an answer afterwards has said something new, and it waits again.
    """
    return f"{kind}:{digest(said.survey, said.question, said.answer, row)}"


def decided(tenant: Tenant) -> set[str]:
    """Give all subjects on which somebody decided. One query; the caller has checked the right."""
    return set(Decision.objects.filter(tenant=tenant).values_list("subject", flat=True))


def decide(  # noqa: PLR0913 - what a decision consists of
    actor: Actor,
    tenant: Tenant,
    subjects: Iterable[str],
    state: ReviewState,
    *,
    on: date,
    batch: str,
    result: str = "",
    reason: str = "",
) -> None:
    """Keep what was decided on several subjects; the caller has checked the right.

    Raises:
        DecidedError: on one of them somebody has decided meanwhile.

    """
    wanted = sorted(set(subjects))
    if Decision.objects.filter(tenant=tenant, subject__in=wanted).exists():
        raise DecidedError
    drafts = [
        Draft(
            Decision(
                tenant=tenant,
                key=f"sichtung_{subject.replace(':', '_')}",
                subject=subject,
                state=state,
                result=result,
                reason=reason[:300],
                day=on,
                batch=batch,
            )
        )
        for subject in wanted
    ]
    try:
        with transaction.atomic():
            change_many(drafts, by=actor, verb=Verb.DECIDED, reason=reason, batch=batch)
    except IntegrityError:  # somebody was quicker by a moment
        raise DecidedError from None
