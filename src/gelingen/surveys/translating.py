"""Texts of a survey in other languages, and which languages somebody has checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.surveys.models import LanguageRelease, Question, Survey
from gelingen.surveys.queries import releases
from gelingen.surveys.questions import codes_of
from gelingen.terms.surveys import Language
from gelingen.terms.vocabulary import Verb

# Texts of a survey that people read before they answer, with their names at the desk.
OF_SURVEY = {
    "title": "Titel",
    "purpose": "Wozu gefragt wird",
    "legal_basis": "Rechtsgrundlage",
    "notice": "Hinweise zum Datenschutz",
}
_SURVEY = "survey"
_OPTION = "option"


class ReleaseError(UserError):
    """The language is released already, or cannot be."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to be translated.

    Attributes:
        ident: names the text among all of the survey, wherever its question stands.
        owner: key of the question; "" for the survey itself.
        name: which of its texts: "text", "help", "option:" and a code, or a field of the survey.
        label: what it is, in German.
        german: the text that everybody falls back to.
        text: the text in the other language; "" where it is missing.

    """

    ident: str
    owner: str
    name: str
    label: str
    german: str
    text: str


def passages(survey: Survey, asked: Sequence[Question], language: str) -> list[Passage]:
    """Give everything that has a German text, in the order in which people read it."""
    theirs = survey.texts.get(language, {})
    own = [
        Passage(f"0_{name}", "", name, label, getattr(survey, name), theirs.get(name, ""))
        for name, label in OF_SURVEY.items()
    ]
    every = [*own, *(one for question in asked for one in _of_question(question, language))]
    return [one for one in every if one.german]


def _of_question(question: Question, language: str) -> Iterator[Passage]:
    german, theirs = question.texts.get(Language.DE, {}), question.texts.get(language, {})

    def passage(name: str, label: str, texts: Sequence[Mapping[str, str]]) -> Passage:
        kind, _, code = name.partition(":")
        words = [one.get(code or kind, "") for one in texts]
        ident = f"{question.pk}_{kind}{code and '_'}{code}"
        return Passage(ident, question.key, name, label, *words)

    yield passage("text", "Frage", (german, theirs))
    yield passage("help", "Hilfe", (german, theirs))
    options = (german.get("options", {}), theirs.get("options", {}))
    for code in codes_of(question):
        yield passage(f"{_OPTION}:{code}", "Antwort", options)


def missing(survey: Survey, asked: Sequence[Question], language: str) -> int:
    """Count the German texts that have none in the other language."""
    return sum(not one.text for one in passages(survey, asked, language))


def translate(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    survey: Survey,
    asked: Sequence[Question],
    language: Language,
    texts: Mapping[tuple[str, str], str],
    batch: str = "",
) -> int:
    """Write texts in another language, also while the survey is open; what is not given stays.

    Args:
        actor: who does it.
        survey: read before.
        asked: its questions, read before.
        language: any but German, which is changed with the question itself.
        texts: by owner and name as `passages` gives them; "" takes a text away.
        batch: number of the undertaking to which the change belongs.

    Returns:
        How many records were changed.

    Raises:
        PermissionDenied: the actor may not ask.
        LostUpdateError: somebody else changed one of the records since it was read.

    """
    require(actor, May.ASK, survey)
    batch, changed = batch or new_batch(), 0
    owners: list[Survey | Question] = [survey, *asked]
    with transaction.atomic():
        for one in owners:
            key = one.key if isinstance(one, Question) else ""
            own = {name: text for (owner, name), text in texts.items() if owner == key}
            before = one.texts.get(language, {})
            after = _written(before, own)
            if after == before:
                continue
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                kept = {code: given for code, given in one.texts.items() if code != language}
                one.texts = {**kept, language: after} if after else kept
            changed += 1
    return changed


def _written(before: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, Any]:
    """Put texts of one language and one record together; empty ones fall away."""
    plain = {name: text for name, text in own.items() if not name.startswith(_OPTION)}
    chosen = {
        name.partition(":")[2]: text for name, text in own.items() if name.startswith(_OPTION)
    }
    options = {**before.get("options", {}), **chosen}
    whole = {**before, **plain, "options": {code: text for code, text in options.items() if text}}
    return {name: value for name, value in whole.items() if value}


def release_language(  # noqa: PLR0913 - what a release consists of
    *, actor: Actor, tenant: Tenant, language: Language, by: str, on: date, batch: str = ""
) -> LanguageRelease:
    """Say that somebody has checked what a machine wrote in a language.

    Args:
        actor: who says so.
        tenant: for whose pages it holds.
        language: any but German.
        by: the function of who has checked it, never a name.
        on: the day.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not release languages.
        ReleaseError: it is German, or released already.
        ValidationError: nobody is said to have checked it.

    """
    require(actor, May.RELEASE_LANGUAGE, tenant)
    if language == Language.DE:
        raise ReleaseError("Deutsch ist die Sprache, in der geschrieben wird, und immer frei.")
    if language in releases(actor, tenant):
        raise ReleaseError(f"{language.label} ist schon freigegeben.")
    made = LanguageRelease(tenant=tenant, key=language.value, language=language, day=on)
    with change(by=actor, verb=Verb.CONFIRMED, of=made, batch=batch):
        made.by = by
    return made


def take_back_release(*, actor: Actor, tenant: Tenant, language: Language, batch: str = "") -> None:
    """Mark the texts of a language as not checked again.

    Raises:
        PermissionDenied: the actor may not release languages.
        ReleaseError: it is not released.

    """
    require(actor, May.RELEASE_LANGUAGE, tenant)
    found = releases(actor, tenant).get(language)
    if found is None:
        raise ReleaseError(f"{language.label} ist nicht freigegeben.")
    remove(by=actor, of=found, batch=batch)
