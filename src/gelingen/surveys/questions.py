"""Questions as somebody reads them: in a language, on pages, those that are asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from gelingen.surveys.known import Known
from gelingen.surveys.languages import Spoken, spoken
from gelingen.surveys.models import Question, Survey
from gelingen.terms.surveys import Language, QuestionKind

# One answer as it is stored; its shape depends on the kind of the question, see `models`.
Value: TypeAlias = Any
Values: TypeAlias = Mapping[str, Value]

# How long people take for a question, in seconds, reading included: a rule of thumb.
_SECONDS = {
    QuestionKind.CHOICE: 15,
    QuestionKind.SEVERAL: 25,
    QuestionKind.SCALE: 12,
    QuestionKind.NUMBER: 20,
    QuestionKind.DATE: 15,
    QuestionKind.TEXT: 60,
    QuestionKind.TOPICS: 75,
    QuestionKind.ENTRIES: 120,
    QuestionKind.TIES: 150,
    QuestionKind.MISSING: 180,
}
_BEFORE = 45  # seconds for the page on which everything begins


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the language of who reads it.

    Attributes:
        key: its key.
        kind: what is asked.
        page: number of its page.
        required: whether it must be answered.
        text: the question.
        help: what explains it; may be empty.
        options: by code the words of the answers, in their order; of a scale "low" and "high".
        settings: see `models.Question`.
        condition: see `models.Question`.
        language: in which the page is read; texts may stand in German nevertheless.
        german: the question in German.

    """

    key: str
    kind: QuestionKind
    page: int
    required: bool
    text: Spoken
    help: Spoken
    options: Mapping[str, Spoken]
    settings: Mapping[str, Any]
    condition: Mapping[str, Any]
    language: Language
    german: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a survey: its number, and the questions that are asked on it."""

    number: int
    questions: tuple[Asked, ...]


def questions_of(survey: Survey, language: Language = Language.DE) -> list[Asked]:
    """Read the questions of a survey in a language, in their order. One query."""
    return [asked_as(one, language) for one in survey.questions.all()]


def asked_as(question: Question, language: Language) -> Asked:
    """Read one question in a language."""
    texts = question.texts
    return Asked(
        key=question.key,
        kind=QuestionKind.of(question.kind),
        page=question.page,
        required=question.required,
        text=spoken(texts, language, "text") or Spoken(question.key),
        help=spoken(texts, language, "help"),
        options={code: _option(texts, language, code) for code in codes_of(question)},
        settings=question.settings,
        condition=question.condition,
        language=language,
        german=spoken(texts, Language.DE, "text").text,
    )


def codes_of(question: Question) -> list[str]:
    """Codes of what can be chosen, in their order; of a scale those of its ends.

    Texts do not say the order: not every database keeps that of their names.
    """
    if question.kind == QuestionKind.SCALE:
        return ["low", "high"]
    return [str(code) for code in question.settings.get("options") or ()]


def _option(texts: Mapping[str, Any], language: Language, code: str) -> Spoken:
    words = {tongue: said.get("options") or {} for tongue, said in texts.items()}
    return spoken(words, language, code) or Spoken("" if code in {"low", "high"} else code)


def pages_of(questions: Iterable[Asked], values: Values, known: Known) -> list[Page]:
    """Find the pages that somebody sees who has answered so far; empty ones are left out.

    What was answered to a question that is no longer asked decides nothing. Who has no entries is
    not asked about them, whatever the question says: there would be nothing to answer.
    """
    asked: dict[str, Asked] = {}
    for one in sorted(questions, key=lambda one: one.page):
        if one.kind is QuestionKind.ENTRIES and not known.has_entries:
            continue
        if _holds(one.condition, {key: values[key] for key in asked if key in values}, known):
            asked[one.key] = one
    pages = groupby(asked.values(), key=lambda one: one.page)
    return [Page(number, tuple(group)) for number, group in pages]


def _holds(condition: Mapping[str, Any], values: Values, known: Known) -> bool:
    if condition.get("register") == "entries":
        return known.has_entries
    if "question" not in condition:
        return True
    given = values.get(condition["question"])
    answers = given if isinstance(given, list) else [given]
    wanted = {str(code) for code in condition.get("is", ())}
    return any(str(one) in wanted for one in answers if one is not None)


def kinds_in(questions: Iterable[Asked]) -> set[QuestionKind]:
    """Kinds of some questions: they say what has to be known to show them."""
    return {one.kind for one in questions}


def asks_the_register(questions: Iterable[Asked]) -> bool:
    """Tell whether a question is asked only of those who have entries."""
    return any(one.kind is QuestionKind.ENTRIES or "register" in one.condition for one in questions)


def asked_in(pages: Sequence[Page]) -> list[Asked]:
    """Every question of some pages."""
    return [one for page in pages for one in page.questions]


def asked_values(pages: Sequence[Page], values: Values) -> dict[str, Value]:
    """Keep the answers to what is asked."""
    return {one.key: values[one.key] for one in asked_in(pages) if one.key in values}


def unanswered(pages: Sequence[Page], values: Values) -> list[Asked]:
    """Find the questions that must be answered and are not."""
    return [one for one in asked_in(pages) if one.required and one.key not in values]


def minutes(kinds: Iterable[str]) -> int:
    """Say in whole minutes how long it takes to answer questions of these kinds."""
    seconds = _BEFORE + sum(_SECONDS[QuestionKind.of(kind)] for kind in kinds)
    return -(-seconds // 60)
