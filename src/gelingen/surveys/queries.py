"""Everything that the desk reads about surveys and their questions."""

from typing import Any

from django.db.models import Case, Count, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.surveys.models import (
    AnonymousAnswer,
    Invitation,
    LanguageRelease,
    Question,
    Response,
    Survey,
    WaitingAnswer,
)
from gelingen.terms.surveys import SurveyMode, SurveyState

# What is going on stands above what is being prepared, and that above what is over.
_STATES = (SurveyState.OPEN, SurveyState.DRAFT, SurveyState.CLOSED, SurveyState.CLEARED)


def surveys(actor: Actor, tenant: Tenant) -> QuerySet[Survey]:
    """Surveys of a tenant: open ones, drafts, closed ones; the latest first. One query.

    Each carries `invited` and `answered`: how many invitations hold, how many answers there are.
    """
    found = within(actor, May.ASK, Survey.objects.filter(tenant=tenant))
    rank = Case(*(When(state=one, then=Value(place)) for place, one in enumerate(_STATES)))
    sent = _number(Response.objects.filter(sent__isnull=False))
    unnamed = _number(AnonymousAnswer.objects.all()) + _number(WaitingAnswer.objects.all())
    cleared = Q(mode=SurveyMode.NAMED, state=SurveyState.CLEARED)
    left = _number(Invitation.objects.filter(used=True)) + _number(AnonymousAnswer.objects.all())
    counted: QuerySet[Survey] = found.annotate(
        invited=_number(Invitation.objects.filter(withdrawn=False)),
        answered=Case(
            When(cleared, then=left), When(mode=SurveyMode.NAMED, then=sent), default=unnamed
        ),
    )
    return counted.order_by(rank, F("closes").desc(nulls_first=True), "title", "key")


def _number(rows: QuerySet[Model]) -> Coalesce:
    """Count rows of each survey; the number is 0 where there are none."""
    own = rows.filter(survey=OuterRef("pk")).order_by().values("survey")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def get_survey(actor: Actor, tenant: Tenant, key: str) -> Survey:
    """Find one survey, with the numbers of `surveys`. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found: Survey | None = surveys(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Umfrage gibt es nicht.")
    return found


def get_question(actor: Actor, tenant: Tenant, key: str) -> Question:
    """Find one question with its survey. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.ASK, Question.objects.filter(tenant=tenant, key=key))
    question: Question | None = found.select_related("survey").first()
    if question is None:
        raise UnknownRecordError("Diese Frage gibt es nicht (mehr).")
    return question


def questions(survey: Survey) -> list[Question]:
    """Give all questions of a survey in their order. One query."""
    found = list(Question.objects.filter(survey=survey).order_by("page", "order", "key"))
    for one in found:
        one.survey = survey
    return found


def releases(actor: Actor, tenant: Tenant) -> dict[str, LanguageRelease]:
    """Give the languages of which somebody has checked the texts, by code. One query."""
    found = within(actor, May.ASK, LanguageRelease.objects.filter(tenant=tenant))
    return {one.language: one for one in found}


def earlier(thing: Survey | Question, version: int) -> Survey | Question | None:
    """Give a record as it was in an earlier version; None if that was not kept. One query."""
    kept: Any = type(thing).history
    found = kept.filter(id=thing.pk, version=version).first()
    return None if found is None else found.instance


def published_titles(tenant: Tenant) -> dict[str, str]:
    """Give the titles of surveys of which results are out, by key; nobody's right is asked.

    One query.
    """
    out = Survey.objects.filter(tenant=tenant, publications__isnull=False)
    return dict(out.values_list("key", "title"))
