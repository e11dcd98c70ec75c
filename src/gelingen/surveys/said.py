"""What was answered, read across surveys: one question's value of one answer each."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

from django.db.models import Aggregate, Count, Max, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Length
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
        answer: names the answer within its survey, for good; see `Names`.
        speaker: key of the organisation; "" if it is anonymous or came by the open link.
        name: name of who was invited; "" as above.
        group: group of who answers.
        day: when it was sent; of an anonymous answer, when it was mixed with others.
        anonymous: whether nobody may know who said it.
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
    anonymous: bool
    value: object


class Names:
    """Names of anonymous answers to single questions, made of what they say.

    Keys of anonymous answers change whenever others arrive, so they name nothing. Who said the same
    in the same survey is told apart by numbers alone, and what one person answered to two questions
    has two names that do not lead to each other.
    """

    def __init__(self) -> None:
        self._known: Counter[str] = Counter()

    def of(self, question: str, value: object) -> str:
        """Name the next answer that says this."""
        name = digest(question, value)
        self._known[name] += 1
        return f"a{name}-{self._known[name]}"


def digest(*words: object) -> str:
    """Make a short name of what was said, always the same."""
    return sha256(dumps(words, sort_keys=True).encode()).hexdigest()[:32]


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

    One query. Surveys and questions count too: what they ask, and whether answers are deleted; and
    the names of who is invited, as they may be forgotten.
    """
    sent = Response.objects.filter(survey__tenant=tenant, sent__isnull=False).order_by()
    mixed = AnonymousAnswer.objects.filter(survey__tenant=tenant).order_by()
    invited = Invitation.objects.filter(survey__tenant=tenant).order_by()
    asked = ChangeEvent.objects.filter(
        tenant=tenant.pk, subject__startswith=f"{Survey._meta.app_label}."
    ).order_by()

    def one(rows: QuerySet[Any], of: Aggregate) -> Subquery:
        return Subquery(rows.values(group_=Value(1)).annotate(found=of).values("found"))

    rows = Tenant.objects.filter(pk=tenant.pk).values_list(
        one(sent, Count("pk")),
        one(sent, Max("pk")),
        one(sent, Max("changed")),
        one(sent, Sum("version")),
        one(mixed, Count("pk")),
        one(invited, Sum(Length("name"))),
        one(asked, Max("pk")),
        one(asked, Max("at")),
    )
    return tuple(rows.get())


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What was answered with one invitation.

    Attributes:
        tenant: whose survey it is.
        survey: key of the survey.
        name: names the answer; as `Said.answer`.
        by: name of who was invited.
        speaker: key of the organisation.
        said: what was sent to the questions that were asked about.

    """

    tenant: Tenant
    survey: str
    name: str
    by: str
    speaker: str
    said: tuple[Said, ...]


def own_answer(invitation: Invitation, kind: QuestionKind) -> OwnAnswer | None:
    """Read what was sent with one invitation to one kind of question; None if nothing was.

    For what happens by itself when somebody answers; nobody's right is asked. The answer is locked
    until the caller's transaction ends. Three queries.
    """
    answers = Response.objects.filter(invitation=invitation, sent__isnull=False)
    found = answers.select_for_update().first()
    if found is None:
        return None
    asked = _asked(Question.objects.filter(survey=invitation.survey_id, kind=kind))
    told = tuple(_named(asked, answers.select_related("invitation")))
    of = invitation.survey
    return OwnAnswer(
        of.tenant, of.key, f"r{found.pk}", invitation.name, invitation.organisation, told
    )


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
            False,  # noqa: FBT003 - in the order of the fields
            one.values[question.key],
        )
        for one in answers
        for question in asked.get(one.survey_id, ())
        if question.key in one.values
    ]


def _mixed(asked: dict[int, list[Question]], answers: QuerySet[AnonymousAnswer]) -> list[Said]:
    names = Names()
    return [
        Said(
            question.survey.key,
            question.survey.title,
            question.key,
            names.of(question.key, one.values[question.key]),
            "",
            "",
            one.group,
            one.day,
            True,  # noqa: FBT003 - in the order of the fields
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
        name: "r" and a number; "" if it is anonymous: `Names` names what it says.
        group: group of who answers; "" if none is known.
        values: by question, as `surveys.models` describes it.
        by: name of who was invited; "" if it is anonymous or came by the open link.

    """

    name: str
    group: str
    values: Mapping[str, Any]
    by: str = ""


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
        found = [Answer("", one.group, one.values) for one in mixed]
    else:
        sent = survey.responses.filter(sent__isnull=False).select_related("invitation")
        found = [
            Answer(
                f"r{one.pk}", one.group, one.values, one.invitation.name if one.invitation else ""
            )
            for one in sent
        ]
    return sorted(found, key=lambda one: (one.name, digest(one.values)))
