"""Texts of a survey in the language of who reads them, with German in the place of missing ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from gelingen.access.models import Tenant
from gelingen.surveys.models import LanguageRelease, Survey
from gelingen.terms.surveys import RIGHT_TO_LEFT, Language

# Texts that were written as German or with German in mind need nobody's release.
_WRITTEN_BY_PEOPLE = frozenset({Language.DE})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text, and the language in which it really stands."""

    text: str
    language: Language = Language.DE

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def tag(self) -> str:
        """Code of the language as HTML knows it; easy German is German."""
        return tag_of(self.language)

    @property
    def direction(self) -> str:
        """Direction in which the text runs, as HTML knows it."""
        return direction_of(self.language)


def tag_of(language: str) -> str:
    """Give the code of a language as HTML and screen readers know it."""
    return "de" if language == Language.EASY else str(language)


def direction_of(language: str) -> str:
    """Give the direction of a language as HTML knows it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def languages_of(survey: Survey) -> list[Language]:
    """Languages in which a survey may be answered: German first, then in the order of the list."""
    wanted = {str(code) for code in survey.languages} | {Language.DE.value}
    return [one for one in Language if one.value in wanted]


def spoken(texts: Mapping[str, Mapping[str, object]], language: Language, name: str) -> Spoken:
    """Find one of the texts of a question in a language, or else in German."""
    for code in (language, Language.DE):
        found = texts.get(code, {}).get(name)
        if isinstance(found, str) and found.strip():
            return Spoken(found, code)
    return Spoken("")


def of_survey(survey: Survey, language: Language, name: str) -> Spoken:
    """Find title, purpose, legal_basis or notice of a survey in a language, or else in German."""
    german = {Language.DE.value: {name: getattr(survey, name)}}
    return spoken({**survey.texts, **german}, language, name)


def is_unchecked(tenant: Tenant, language: str) -> bool:
    """Tell whether nobody has checked what a machine wrote in a language. At most one query."""
    if language in _WRITTEN_BY_PEOPLE or language not in set(Language):
        return False
    return not LanguageRelease.objects.filter(tenant=tenant, language=language).exists()
