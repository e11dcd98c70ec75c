"""Build a survey: begin it, empty, from a template or as the next round; change and remove it.

Everything is recorded and can be taken back. Once a survey was opened, its questions stay as they
are, so that everybody is asked the same: only its last day, its contact, its link for everybody
and the texts in other languages may change then.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.register.keys import free_keys
from gelingen.surveys.fixed import FIXED, FREE
from gelingen.surveys.models import Question, Survey
from gelingen.surveys.queries import questions
from gelingen.surveys.shipped import template as shipped
from gelingen.surveys.translating import OF_SURVEY, overtaken
from gelingen.terms.surveys import Language, SurveyMode, SurveyState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold_key

# What a new round takes over from the one before.
_TAKEN_OVER = (
    "mode", "purpose", "legal_basis", "notice", "contact", "languages", "texts", "threshold",
    "open_link",
)  # fmt: skip
_LONGEST_KEY = 80


class FixedSurveyError(UserError):
    """The survey was opened; what was asked for cannot change any more."""


class NoTitleError(UserError):
    """A survey or a question has no words of its own."""


def new_survey(  # noqa: PLR0913 - what a survey begins with
    *,
    actor: Actor,
    tenant: Tenant,
    title: str,
    mode: SurveyMode | None = None,
    template: str = "",
    batch: str = "",
) -> Survey:
    """Begin a survey, empty or with everything that a template has.

    Args:
        actor: who does it.
        tenant: whose survey.
        title: what it is called.
        mode: how people are asked; None: as the template says.
        template: name of a shipped template; "": none.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        NoTitleError: it has no title.
        UnknownTemplateError: there is no such template.

    """
    require(actor, May.ASK, tenant)
    given = shipped(template) if template else None
    batch = batch or new_batch()
    made = _begun(tenant, title)
    made.mode = mode or (given.mode if given else SurveyMode.NAMED)
    if given:
        german = given.texts[Language.DE]
        made.purpose = german.get("purpose", "")
        made.notice, made.legal_basis = german.get("notice", ""), german.get("legal_basis", "")
        others = {code: texts for code, texts in given.texts.items() if code != Language.DE}
        made.texts = _entitled(others, made.title, given.title)
    with transaction.atomic():
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            pass
        asked = given.questions if given else ()
        keys = {one.name: f"{made.key}|{one.name}" for one in asked}
        for place, one in enumerate(asked):
            fresh = Question(tenant=tenant, survey=made, key=keys[one.name], kind=one.kind)
            fresh.page, fresh.order, fresh.required = one.page, place, one.required
            fresh.texts, fresh.settings = dict(one.texts), dict(one.settings)
            fresh.condition = _pointed(one.condition, keys)
            with change(by=actor, verb=Verb.CREATED, of=fresh, batch=batch):
                pass
    return made


def next_round(*, actor: Actor, survey: Survey, title: str, batch: str = "") -> Survey:
    """Begin a survey with everything of an earlier one except its days and answers.

    Questions keep the last part of their keys, so that the answers of both rounds can be compared.

    Raises:
        PermissionDenied: the actor may not ask.
        NoTitleError: it has no title.

    """
    require(actor, May.ASK, survey)
    batch = batch or new_batch()
    made = _begun(survey.tenant, title)
    made.previous = survey
    for name in _TAKEN_OVER:
        setattr(made, name, getattr(survey, name))
    made.texts = _entitled(survey.texts, made.title, survey.title)
    asked = questions(survey)
    keys = {one.key: f"{made.key}|{name_of(one)}" for one in asked}
    made.group_question = keys.get(survey.group_question, "")
    with transaction.atomic():
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            pass
        for one in asked:
            fresh = like(one, keys[one.key])
            fresh.survey, fresh.condition = made, _pointed(one.condition, keys)
            with change(by=actor, verb=Verb.CREATED, of=fresh, batch=batch):
                pass
    return made


def name_of(question: Question) -> str:
    """Give the last part of the key of a question: the same in every round."""
    return question.key.rpartition("|")[2]


def _begun(tenant: Tenant, title: str) -> Survey:
    if not title.strip():
        raise NoTitleError("Bitte einen Titel eingeben.")
    wished = fold_key(title)[:_LONGEST_KEY] or "umfrage"
    (key,) = free_keys(Survey, tenant.pk, [wished])
    return Survey(tenant=tenant, key=key, title=title.strip())


def _entitled(
    texts: Mapping[str, Mapping[str, Any]], title: str, before: str
) -> dict[str, dict[str, Any]]:
    """Take over texts by language; what something was called before fits no other title."""
    left_out = set() if title == before else {"title"}
    return {
        code: {name: text for name, text in given.items() if name not in left_out}
        for code, given in texts.items()
    }


def like(question: Question, key: str) -> Question:
    """Make a question with everything of another one, not yet stored."""
    names = ("tenant", "survey", "kind", "page", "order", "required", "texts", "settings")
    given = {name: getattr(question, name) for name in names}
    return Question(key=key, condition=question.condition, **given)


def _pointed(condition: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """Let a condition name the question under its own key."""
    asked = condition.get("question")
    return {**condition, "question": keys.get(asked, asked)} if asked else dict(condition)


@contextmanager
def draft(actor: Actor, survey: Survey) -> Iterator[None]:
    """Let a survey be built as long as nobody has opened it; nobody opens it meanwhile.

    Raises:
        PermissionDenied, FixedSurveyError.

    """
    require(actor, May.ASK, survey)
    with transaction.atomic():
        stored = Survey._base_manager.select_for_update().filter(pk=survey.pk)
        if stored.values_list("state", flat=True).first() != SurveyState.DRAFT:
            raise FixedSurveyError(FIXED)
        yield


def change_survey(
    *,
    actor: Actor,
    survey: Survey,
    values: Mapping[str, Any],
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change texts, days or settings of a survey; what is not given stays.

    Args:
        actor: who does it.
        survey: read before.
        values: by field of the record.
        version: the version that the person saw; None: the one just read.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        FixedSurveyError: it was opened, or somebody is invited already and its mode is fixed.
        ValidationError: a rule is broken; the messages are German, by field.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.ASK, survey)
    turned = {name for name, value in values.items() if getattr(survey, name) != value}
    if survey.state != SurveyState.DRAFT and turned - FREE:
        raise FixedSurveyError(FIXED)
    if survey.state == SurveyState.OPEN and "closes" in turned and values["closes"] is None:
        raise ValidationError({"closes": "Eine offene Umfrage braucht einen letzten Tag."})
    if "mode" in turned and survey.is_relied_on():
        raise FixedSurveyError(
            "Zu dieser Umfrage ist schon jemand eingeladen. Ob sie namentlich oder anonym ist, "
            "steht in der Einladung und bleibt deshalb fest."
        )
    survey.version = survey.version if version is None else version
    german = {name: getattr(survey, name) for name in OF_SURVEY}
    with change(by=actor, verb=Verb.CHANGED, of=survey, batch=batch):
        for name, value in values.items():
            setattr(survey, name, value)
        now = {Language.DE.value: {name: getattr(survey, name) for name in OF_SURVEY}}
        found = overtaken({**survey.texts, **now}, german)
        survey.texts = {code: given for code, given in found.items() if code != Language.DE}


def remove_survey(*, actor: Actor, survey: Survey, batch: str = "") -> None:
    """Remove a draft with its questions; it can be brought back.

    Raises:
        PermissionDenied: the actor may not ask.
        FixedSurveyError: it was opened.
        StillNeededError: somebody is invited, or it is the earlier round of another one.

    """
    with draft(actor, survey):
        remove(by=actor, of=survey, batch=batch)
