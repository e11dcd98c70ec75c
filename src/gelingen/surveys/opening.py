"""Open a survey, close it and open it again; before that, what is missing and where to mend it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.surveys.anonymous import finish
from gelingen.surveys.languages import languages_of
from gelingen.surveys.models import Question, Survey
from gelingen.surveys.queries import questions
from gelingen.surveys.translating import outdated
from gelingen.terms.spelling import day
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode, SurveyState
from gelingen.terms.vocabulary import Verb

# Kinds of questions by whose options people are told apart.
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})
# What is answered here names an organisation, and so who answered.
NAMING = frozenset({QuestionKind.ENTRIES, QuestionKind.TIES})
_FEWEST_OPTIONS, _FEWEST_STEPS, _MOST_STEPS = 2, 3, 11
# Where a template leaves something to be filled in.
GAP = "["


class Page(StrEnum):
    """On which page of the desk something is mended."""

    QUESTIONS = "questions"
    QUESTION = "question"
    TEXTS = "texts"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands in the way of opening.

    Attributes:
        sentence: German: what is missing or wrong.
        page: where to mend it.
        key: of the question, where it is one; of a translation, the code of its language.

    """

    sentence: str
    page: Page
    key: str = ""


class NotReadyError(UserError):
    """The survey cannot be opened yet; `problems` says why."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("Noch nicht so weit: " + " ".join(one.sentence for one in found))
        self.problems = tuple(found)


class SurveyStateError(UserError):
    """What was asked for does not fit the state of the survey."""


def problems(survey: Survey, asked: Sequence[Question], *, on: date) -> list[Problem]:
    """Find everything that is missing before a survey can open.

    Args:
        survey: read before.
        asked: its questions in their order.
        on: the day on which it would open.

    """
    return [
        *_of_texts(survey),
        *_of_days(survey, on),
        *_of_questions(survey, asked),
        *_of_languages(survey, asked),
    ]


def _of_texts(survey: Survey) -> Iterator[Problem]:
    named = survey.mode == SurveyMode.NAMED
    needed = {
        "purpose": "Es steht nicht da, wozu gefragt wird.",
        "contact": "Die Ansprechstelle fehlt: eine Funktion, an die sich Befragte wenden können.",
    }
    if named:
        needed |= {
            "legal_basis": "Die Rechtsgrundlage fehlt: Wer namentlich fragt, muss sie nennen.",
            "notice": "Die Hinweise zum Datenschutz fehlen: Wer namentlich fragt, muss sie geben.",
        }
    for name, sentence in needed.items():
        if not getattr(survey, name).strip():
            yield Problem(sentence, Page.TEXTS)
    for name in ("title", "purpose", "legal_basis", "notice", "contact"):
        if GAP in getattr(survey, name):
            label = Survey._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a field
            yield Problem(
                f"In „{label}“ ist noch etwas in eckigen Klammern auszufüllen.", Page.TEXTS
            )


def _of_days(survey: Survey, on: date) -> Iterator[Problem]:
    if survey.closes is None:
        yield Problem("Der letzte Tag fehlt.", Page.TEXTS)
    elif survey.closes <= on:
        yield Problem("Der letzte Tag ist schon vorbei.", Page.TEXTS)
    if survey.keep_until is None:
        yield Problem("Es steht nicht da, wann die Antworten gelöscht werden.", Page.TEXTS)
    elif survey.keep_until <= on:
        yield Problem("Der Tag des Löschens ist schon vorbei.", Page.TEXTS)


def _of_questions(survey: Survey, asked: Sequence[Question]) -> Iterator[Problem]:
    if not asked:
        yield Problem("Es gibt noch keine Frage.", Page.QUESTIONS)
    by_key = {one.key: one for one in asked}
    for one in asked:
        for sentence in (*_of_kind(one), *_of_condition(one, by_key), *_of_mode(survey, one)):
            yield Problem(f"„{one}“: {sentence}", Page.QUESTION, one.key)
    if survey.group_question:
        yield from _of_group(by_key.get(survey.group_question))


def _of_kind(question: Question) -> Iterator[str]:
    """Find what the kind of a question demands."""
    german = question.texts.get(Language.DE, {})
    if not str(german.get("text", "")).strip():
        yield "Der Text fehlt."
    given = question.settings
    if question.kind in CHOOSING:
        options = given.get("options", [])
        if len(options) < _FEWEST_OPTIONS:
            yield "Es gibt weniger als zwei Antworten zur Wahl."
        if any(not german.get("options", {}).get(code, "").strip() for code in options):
            yield "Eine Antwort hat keinen Text."
    if question.kind == QuestionKind.SCALE:
        steps = given.get("steps", 0)
        if not _FEWEST_STEPS <= steps <= _MOST_STEPS:
            yield f"Stufen gibt es {_FEWEST_STEPS} bis {_MOST_STEPS}."
        if not all(german.get("options", {}).get(end) for end in ("low", "high")):
            yield "Es steht nicht da, was die erste und die letzte Stufe bedeuten."
    if question.kind == QuestionKind.NUMBER:
        least, most = given.get("least"), given.get("most")
        if least is not None and most is not None and least > most:
            yield "Der kleinste Wert ist größer als der größte."


def _of_condition(question: Question, by_key: dict[str, Question]) -> Iterator[str]:
    """Find out whether a condition can be known when the question is asked."""
    condition: dict[str, Any] = question.condition
    if "question" not in condition:
        return
    other = by_key.get(condition["question"])
    if other is None:
        yield "Die Frage, von der sie abhängt, gibt es nicht mehr."
    elif other.kind not in CHOOSING:
        yield f"Sie kann nicht von „{other}“ abhängen: Dort wird nichts ausgewählt."
    elif other.page >= question.page:
        yield f"Sie hängt von „{other}“ ab, die auf einer früheren Seite stehen muss."
    elif not set(condition.get("is", ())) & set(other.settings.get("options", ())):
        yield f"Die Antwort auf „{other}“, von der sie abhängt, gibt es nicht mehr."


def _of_mode(survey: Survey, question: Question) -> Iterator[str]:
    if survey.mode != SurveyMode.ANONYMOUS:
        return
    if question.kind in NAMING:
        yield "Sie nennt die Organisation und geht nicht in einer anonymen Umfrage."
    elif question.condition.get("register"):
        yield "Wer antwortet, weiß eine anonyme Umfrage nicht, also auch nichts über Einträge."


def _of_group(question: Question | None) -> Iterator[Problem]:
    if question is None:
        yield Problem("Die Frage nach der Gruppe gibt es nicht mehr.", Page.TEXTS)
    elif question.kind != QuestionKind.CHOICE:
        yield Problem("Nach der Gruppe muss eine Frage mit einer Antwort fragen.", Page.TEXTS)
    elif question.condition:
        yield Problem("Die Frage nach der Gruppe muss allen gestellt werden.", Page.TEXTS)
    elif not question.required:
        sentence = f"„{question}“: Nach der Gruppe fragt sie nur als Pflichtfrage zuverlässig."
        yield Problem(sentence, Page.QUESTION, question.key)


def _of_languages(survey: Survey, asked: Sequence[Question]) -> Iterator[Problem]:
    """Find languages that may ask something else than the German: that was changed since."""
    for language in languages_of(survey):
        number = outdated(survey, asked, language)
        if number:
            many = "1 Text gehört" if number == 1 else f"{number} Texte gehören"
            sentence = f"{language.label}: {many} zu einem früheren deutschen Wortlaut."
            yield Problem(sentence, Page.TRANSLATION, language.value)


def open_survey(*, actor: Actor, survey: Survey, on: date, batch: str = "") -> None:
    """Open a survey; from then on its questions and its mode are fixed.

    Args:
        actor: who does it.
        survey: read before.
        on: the day; it opens then, or later if it says so itself.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        SurveyStateError: it is no draft.
        NotReadyError: something is missing.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.ASK, survey)
    if survey.state != SurveyState.DRAFT:
        raise SurveyStateError("Diese Umfrage ist schon geöffnet worden.")
    with change(by=actor, verb=Verb.CHANGED, of=survey, batch=batch):
        # Nobody changes a question while its survey is locked by the change.
        if found := problems(survey, questions(survey), on=on):
            raise NotReadyError(found)
        survey.state = SurveyState.OPEN
        survey.opens = survey.opens or on


def close_survey(*, actor: Actor, survey: Survey, on: date, batch: str = "") -> None:
    """Close a survey before its last day; anonymous answers that still wait move at once.

    Args:
        actor: who does it.
        survey: read before.
        on: the day.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        SurveyStateError: it is not open.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.ASK, survey)
    if survey.state != SurveyState.OPEN:
        raise SurveyStateError("Nur eine offene Umfrage kann geschlossen werden.")
    with transaction.atomic():
        with change(by=actor, verb=Verb.ENDED, of=survey, batch=batch):
            survey.state = SurveyState.CLOSED
        if survey.mode == SurveyMode.ANONYMOUS:
            finish(survey, on=on)


def reopen_survey(*, actor: Actor, survey: Survey, closes: date, on: date, batch: str = "") -> None:
    """Open a survey again, as long as its answers are kept.

    Args:
        actor: who does it.
        survey: read before.
        closes: the first day on which it is over again.
        on: the day.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        SurveyStateError: it is not closed, its answers are gone, or the last day does not fit.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.ASK, survey)
    over = survey.closes is not None and survey.closes <= on
    if survey.state == SurveyState.CLEARED or (survey.keep_until and survey.keep_until <= on):
        raise SurveyStateError(
            "Die Antworten sind gelöscht. Bitte eine neue Runde anlegen: Sie übernimmt alle Fragen."
        )
    if survey.state != SurveyState.CLOSED and not (survey.state == SurveyState.OPEN and over):
        raise SurveyStateError("Nur eine geschlossene Umfrage kann wieder geöffnet werden.")
    if closes <= on:
        raise SurveyStateError("Der letzte Tag ist schon vorbei. Bitte einen späteren angeben.")
    if survey.keep_until and closes > survey.keep_until:
        raise SurveyStateError(
            f"Am {day(survey.keep_until)} werden die Antworten gelöscht, wie angekündigt. Bitte "
            "einen letzten Tag davor angeben."
        )
    with change(by=actor, verb=Verb.CHANGED, of=survey, batch=batch):
        survey.state, survey.closes = SurveyState.OPEN, closes
