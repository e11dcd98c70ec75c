"""Compose the questions of a survey: add, change, copy, remove and arrange them.

All of it is recorded and can be taken back, and refused once the survey was opened.
"""

from collections.abc import Mapping
from typing import Any

from gelingen.access.policy import Actor
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.plan.ordering import numbers_for
from gelingen.register.keys import free_keys
from gelingen.surveys.building import NoTitleError, draft, like
from gelingen.surveys.layout import Pages
from gelingen.surveys.models import Question, Survey
from gelingen.surveys.queries import questions
from gelingen.surveys.translating import overtaken
from gelingen.terms.surveys import Language, QuestionKind
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold_key

_LONGEST_NAME = 60


class StillAskedForError(UserError):
    """Whether another question is asked depends on this one."""


def add_question(  # noqa: PLR0913 - what a question consists of
    *,
    actor: Actor,
    survey: Survey,
    kind: QuestionKind,
    values: Mapping[str, Any],
    after: str = "",
    new_page: bool = False,
    batch: str = "",
) -> Question:
    """Add a question, at the end or behind another one.

    Args:
        actor: who does it.
        survey: read before.
        kind: its kind, which stays.
        values: texts, required, settings and condition, as `models.Question` has them.
        after: key of the question behind which it comes; "": at the end.
        new_page: whether it begins a page of its own at the end.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        FixedSurveyError: the survey was opened.
        NoTitleError: the question has no words.

    """
    with draft(actor, survey):
        batch = batch or new_batch()
        there = questions(survey)
        words = str(values.get("texts", {}).get(Language.DE, {}).get("text", "")).strip()
        if not words:
            raise NoTitleError("Bitte die Frage eingeben.")
        wished = f"{survey.key}|{fold_key(words)[:_LONGEST_NAME] or kind.value}"
        (key,) = free_keys(Question, survey.tenant.pk, [wished])
        last = there[-1].page if there else 1
        made = Question(tenant=survey.tenant, survey=survey, key=key, kind=kind)
        made.page = last + 1 if new_page and there else last
        made.order = max((one.order for one in there), default=-1) + 1
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            for name, value in values.items():
                setattr(made, name, value)
        if after:
            _put_behind(actor, [*there, made], made, after, batch)
    return made


def _put_behind(
    actor: Actor, there: list[Question], made: Question, after: str, batch: str
) -> None:
    """Bring a question that was added behind another one, on the same page."""
    rest = [one for one in there if one != made]
    place = next((n for n, one in enumerate(rest) if one.key == after), len(rest) - 1) + 1
    order = [*rest[:place], made, *rest[place:]]
    page = order[place - 1].page if place else 1
    numbers = numbers_for([one.key for one in order], {one.key: one.order for one in order})
    for one in order:
        wanted = page if one is made else one.page
        _settle(actor, one, wanted, numbers.get(one.key, one.order), batch)


def change_question(
    *,
    actor: Actor,
    question: Question,
    values: Mapping[str, Any],
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change the words, the settings or the condition of a question; what is not given stays.

    Args:
        actor: who does it.
        question: read before, with its survey.
        values: texts, required, settings and condition, as `models.Question` has them.
        version: the version that the person saw; None: the one just read.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        FixedSurveyError: the survey was opened.
        LostUpdateError: somebody else changed it since.

    """
    with draft(actor, question.survey):
        question.version = question.version if version is None else version
        german = question.texts.get(Language.DE, {})
        with change(by=actor, verb=Verb.CHANGED, of=question, batch=batch):
            for name, value in values.items():
                setattr(question, name, value)
            question.texts = overtaken(question.texts, german)


def copy_question(*, actor: Actor, question: Question, batch: str = "") -> Question:
    """Put a copy of a question right behind it.

    Raises:
        PermissionDenied, FixedSurveyError.

    """
    with draft(actor, question.survey):
        batch = batch or new_batch()
        there = questions(question.survey)
        (key,) = free_keys(Question, question.survey.tenant.pk, [question.key])
        made = like(question, key)
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            pass
        _put_behind(actor, [*there, made], made, question.key, batch)
    return made


def remove_question(*, actor: Actor, question: Question, batch: str = "") -> None:
    """Remove a question; it can be brought back.

    Raises:
        PermissionDenied, FixedSurveyError.
        StillAskedForError: others are only asked if this one was answered in some way.

    """
    with draft(actor, question.survey):
        there = questions(question.survey)
        hanging = [one for one in there if one.condition.get("question") == question.key]
        if hanging:
            named = ", ".join(f"„{one}“" for one in hanging)
            raise StillAskedForError(
                f"Ob {named} gestellt wird, hängt von dieser Frage ab. Bitte zuerst dort die "
                "Bedingung ändern."
            )
        remove(by=actor, of=question, batch=batch)


def arrange(*, actor: Actor, survey: Survey, pages: Pages, batch: str = "") -> int:
    """Bring the questions of a survey into an order, page by page.

    Args:
        actor: who does it.
        survey: read before.
        pages: keys of its questions as `layout` gives them; keys that are no more are passed over.
        batch: number of the undertaking to which the change belongs.

    Returns:
        How many questions got a new place.

    Raises:
        PermissionDenied, FixedSurveyError.

    """
    with draft(actor, survey):
        found = {one.key: one for one in questions(survey)}
        kept = [[key for key in page if key in found] for page in pages]
        wished = [key for page in kept for key in page]
        numbers = numbers_for(wished, {key: found[key].order for key in wished})
        turned = 0
        for number, page in enumerate((page for page in kept if page), start=1):
            for key in page:
                order = numbers.get(key, found[key].order)
                turned += _settle(actor, found[key], number, order, batch)
    return turned


def _settle(actor: Actor, question: Question, page: int, order: int, batch: str) -> bool:
    """Give a question its place, if it has another one."""
    if (question.page, question.order) == (page, order):
        return False
    with change(by=actor, verb=Verb.ARRANGED, of=question, batch=batch):
        question.page, question.order = page, order
    return True
