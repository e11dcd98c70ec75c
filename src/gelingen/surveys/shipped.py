"""Templates of surveys that come with the installation: data files, one a survey.

Their texts in other languages than German were written by a machine; a language counts as checked
once somebody has released it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from gelingen.errors import NotFoundError
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode

# In the order in which they are offered.
NAMES = ("akteure", "bedarfe", "bestaetigung", "veranstaltung")
_FOLDER = "templates"


class UnknownTemplateError(NotFoundError):
    """There is no such template."""


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """A question of a template.

    Attributes:
        name: last part of the key of questions made from it.
        kind: its kind.
        page: on which page.
        required: whether it has to be answered.
        texts: by language, as `models.Question.texts`.
        settings: as `models.Question.settings`.
        condition: as `models.Question.condition`, with the name of a question for its key.

    """

    name: str
    kind: QuestionKind
    page: int
    texts: Mapping[str, Any]
    required: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    condition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A survey to begin with.

    Attributes:
        name: its name among the templates.
        meaning: one German sentence: when to take it.
        mode: the mode that fits.
        texts: title, purpose, basis and notice by language.
        questions: in their order.

    """

    name: str
    meaning: str
    mode: SurveyMode
    texts: Mapping[str, Mapping[str, str]]
    questions: tuple[AskedFirst, ...]

    @property
    def title(self) -> str:
        """What it is called, in German."""
        return self.texts[Language.DE]["title"]

    @property
    def languages(self) -> list[Language]:
        """Languages in which it has texts, in the order of the list."""
        return [one for one in Language if one in self.texts]


@cache
def templates() -> tuple[Template, ...]:
    """Give all templates in the order in which they are offered."""
    return tuple(_read(name) for name in NAMES)


def template(name: str) -> Template:
    """Find a template.

    Raises:
        UnknownTemplateError: there is none.

    """
    for one in templates():
        if one.name == name:
            return one
    raise UnknownTemplateError("Diese Vorlage gibt es nicht.")


def _read(name: str) -> Template:
    file = files(__package__) / _FOLDER / f"{name}.toml"
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    return Template(
        name=name,
        meaning=given["meaning"],
        mode=SurveyMode.of(given["mode"]),
        texts=given["texts"],
        questions=tuple(
            AskedFirst(**{**one, "kind": QuestionKind.of(one["kind"])}) for one in given["question"]
        ),
    )
