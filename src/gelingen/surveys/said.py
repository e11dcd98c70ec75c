"""What was answered, read across surveys: one question's value of one answer each."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Max, QuerySet, Subquery, Sum, Value
from django.utils.timezone import localtime

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, require
from gelingen.history.models import ChangeEvent
from gelingen.surveys.models import AnonymousAnswer, Invitation, Question, Response, Survey
from gelingen.terms.surveys import QuestionKind, SurveyMode, SurveyState


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered to one question.

    Attributes:
        survey: key of the survey.
        title: its title.
        question: key of the question.
        answer: names the answer within its survey, for good; says nothing about who gave it.
        speaker: key of the organisation; "" if it is anonymous or came by the open link.
        name: name of who was invited; "" as above.
        group: group of who answers.
        day: when it was sent; of an anonymous answer, when it was mixed with others.
        value: as `surveys.models` describes it.

    """

    survey: str
    title: str
    question: str
    answer: str
    speaker: str
    name: str
    group: str
    day: date
    value: object


def said(actor: Actor, tenant: Tenant, kind: QuestionKind) -> list[Said]:
    """Give everything that was answered to one kind of question, by survey, question and answer.

    Only what was sent, and nothing of surveys whose answers are deleted. Three queries; none for
    an actor who may not see answers.
    """
    if not allowed_in(actor, May.ASK, tenant):
        return []
    asked = _asked(Question.objects.filter(tenant=tenant, kind=kind))
    named = Response.objects.filter(survey__in=asked, sent__isnull=False)
    mixed = AnonymousAnswer.objects.filter(survey__in=asked)
    found = [*_named(asked, named.select_related("invitation")), *_mixed(asked, mixed)]
    return sorted(found, key=lambda one: (one.survey, one.question, one.answer))


def said_mark(tenant: Tenant) -> Hashable:
    """Find where the answers of a tenant stand: it differs as soon as one of them differs.

    One query; the questions count too, as they say what an answer is about.
    """
    sent = Response.objects.filter(survey__tenant=tenant, sent__isnull=False).order_by()
    mixed = AnonymousAnswer.objects.filter(survey__tenant=tenant).order_by()
    asked = ChangeEvent.objects.filter(
        tenant=tenant.pk, subject__startswith=f"{Question._meta.label}:"
    ).order_by()

    def one(rows: QuerySet[Any], of: Aggregate) -> Subquery:
        return Subquery(rows.values(group_=Value(1)).annotate(found=of).values("found"))

    rows = Tenant.objects.filter(pk=tenant.pk).values_list(
        one(sent, Count("pk")),
        one(sent, Max("pk")),
        one(sent, Max("changed")),
        one(sent, Sum("version")),
        one(mixed, Count("pk")),
        one(asked, Max("pk")),
        one(asked, Max("at")),
    )
    return tuple(rows.get())


def said_by(invitation: Invitation, kind: QuestionKind) -> list[Said]:
    """Give what was sent with one invitation to one kind of question. Two queries.

    For what happens by itself when somebody answers; nobody's right is asked.
    """
    asked = _asked(Question.objects.filter(survey=invitation.survey_id, kind=kind))
    answers = Response.objects.filter(invitation=invitation, sent__isnull=False)
    return _named(asked, answers.select_related("invitation"))


def _asked(questions: QuerySet[Question]) -> dict[int, list[Question]]:
    """Give the questions of each survey whose answers are there."""
    there = questions.exclude(survey__state__in=(SurveyState.DRAFT, SurveyState.CLEARED))
    asked: dict[int, list[Question]] = {}
    for one in there.select_related("survey").order_by("survey__key", "page", "order", "key"):
        asked.setdefault(one.survey_id, []).append(one)
    return asked


def _named(asked: dict[int, list[Question]], answers: QuerySet[Response]) -> list[Said]:
    return [
        Said(
            question.survey.key,
            question.survey.title,
            question.key,
            f"r{one.pk}",
            one.invitation.organisation if one.invitation else "",
            one.invitation.name if one.invitation else "",
            one.group,
            localtime(one.sent).date(),
            one.values[question.key],
        )
        for one in answers
        for question in asked.get(one.survey_id, ())
        if question.key in one.values
    ]


def _mixed(asked: dict[int, list[Question]], answers: QuerySet[AnonymousAnswer]) -> list[Said]:
    return [
        Said(
            question.survey.key,
            question.survey.title,
            question.key,
            one.pk.hex,
            "",
            "",
            one.group,
            one.day,
            one.values[question.key],
        )
        for one in answers
        for question in asked[one.survey_id]
        if question.key in one.values
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a whole survey, for counting.

    Attributes:
        name: names the answer within its survey; as in `Said`.
        group: group of who answers; "" if none is known.
        values: by question, as `surveys.models` describes it.

    """

    name: str
    group: str
    values: Mapping[str, Any]


def answers_to(actor: Actor, survey: Survey) -> list[Answer]:
    """Give everything that was sent to one survey, by name. Two queries.

    Nothing of a draft, or of a survey whose answers are deleted.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey)
    if survey.state in (SurveyState.DRAFT, SurveyState.CLEARED):
        return []
    if survey.mode == SurveyMode.ANONYMOUS:
        mixed = survey.anonymous_answers.all()
        found = [Answer(one.pk.hex, one.group, one.values) for one in mixed]
    else:
        sent = survey.responses.filter(sent__isnull=False)
        found = [Answer(f"r{one.pk}", one.group, one.values) for one in sent]
    return sorted(found, key=lambda one: one.name)
