"""Texts of a survey in other languages, and which languages somebody has checked.

Where the German changes, a translation notes under "of" from which words it was made: until
somebody writes it anew or says that it still fits, it may ask something else.
"""

from collections.abc import Collection, Mapping, Sequence
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
_OPTION = "option"
_OF = "of"


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
        of: the German from which it was made, if that was said differently; else "".

    """

    ident: str
    owner: str
    name: str
    label: str
    german: str
    text: str
    of: str = ""

    @property
    def outdated(self) -> bool:
        """Whether the German was changed after the text was written."""
        return bool(self.text) and self.of not in ("", self.german)


def passages(survey: Survey, asked: Sequence[Question], language: str) -> list[Passage]:
    """Give everything that has a German text, in the order in which people read it."""
    german = {name: getattr(survey, name) for name in OF_SURVEY}
    own = _beside(0, "", german, survey.texts.get(language, {}), OF_SURVEY)
    return [*own, *(one for question in asked for one in _of_question(question, language))]


def _of_question(question: Question, language: str) -> list[Passage]:
    options = {f"{_OPTION}:{code}": "Antwort" for code in codes_of(question)}
    german = _flat(question.texts.get(Language.DE, {}))
    labels = {"text": "Frage", "help": "Hilfe", **options}
    return _beside(question.pk, question.key, german, question.texts.get(language, {}), labels)


def _beside(
    pk: int,
    owner: str,
    german: Mapping[str, str],
    given: Mapping[str, Any],
    labels: Mapping[str, str],
) -> list[Passage]:
    """Put the texts of one record beside the German ones that are there, in the order of labels."""
    theirs, of = _flat(given), given.get(_OF, {})
    return [
        Passage(
            f"{pk}_{name.replace(':', '_')}",
            *(owner, name, label, german[name], theirs.get(name, ""), of.get(name, "")),
        )
        for name, label in labels.items()
        if german.get(name)
    ]


def _flat(given: Mapping[str, Any]) -> dict[str, str]:
    """Give the texts of one language and one record by the name of their passage."""
    options = {f"{_OPTION}:{code}": text for code, text in given.get("options", {}).items()}
    return {name: text for name, text in given.items() if isinstance(text, str)} | options


def missing(survey: Survey, asked: Sequence[Question], language: str) -> int:
    """Count the German texts that have none in the other language."""
    return sum(not one.text for one in passages(survey, asked, language))


def outdated(survey: Survey, asked: Sequence[Question], language: str) -> int:
    """Count the texts that were written before the German was changed."""
    return sum(one.outdated for one in passages(survey, asked, language))


def overtaken(texts: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Note with the texts of a record what the German said from which they were made.

    Args:
        texts: by language, with the new German.
        before: the German texts so far.

    """
    german, now = _flat(before), _flat(texts.get(Language.DE, {}))
    turned = {name: words for name, words in german.items() if words and now.get(name) != words}
    found = dict(texts)
    for language, given in texts.items():
        theirs = _flat(given) if language != Language.DE else {}
        noted = {name: words for name, words in turned.items() if theirs.get(name)}
        if noted:  # what was noted before is what the translation was made from
            found[language] = {**given, _OF: noted | given.get(_OF, {})}
    return found


def translate(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    survey: Survey,
    asked: Sequence[Question],
    language: Language,
    texts: Mapping[tuple[str, str], str],
    fitting: Collection[tuple[str, str]] = (),
    batch: str = "",
) -> int:
    """Write texts in another language, also while the survey is open; what is not given stays.

    Args:
        actor: who does it.
        survey: read before.
        asked: its questions, read before.
        language: any but German, which is changed with the question itself.
        texts: by owner and name as `passages` gives them; "" takes a text away.
        fitting: owner and name of texts that fit the German although that was changed.
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
            fits = {name for owner, name in fitting if owner == key}
            after = _written(before, own, fits)
            if after == before:
                continue
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                kept = {code: given for code, given in one.texts.items() if code != language}
                one.texts = {**kept, language: after} if after else kept
            changed += 1
    return changed


def _written(
    before: Mapping[str, Any], own: Mapping[str, str], fits: Collection[str]
) -> dict[str, Any]:
    """Put texts of one language and one record together; empty ones fall away."""
    plain = {name: text for name, text in own.items() if not name.startswith(_OPTION)}
    chosen = {
        name.partition(":")[2]: text for name, text in own.items() if name.startswith(_OPTION)
    }
    options = {**before.get("options", {}), **chosen}
    there = _flat(before)
    fresh = {name for name, text in own.items() if text != there.get(name, "")} | set(fits)
    of = {name: words for name, words in before.get(_OF, {}).items() if name not in fresh}
    kept = {"options": {code: text for code, text in options.items() if text}, _OF: of}
    return {name: value for name, value in {**before, **plain, **kept}.items() if value}


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
