"""Questions as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gelingen.surveys.kinds import AnswerError, Given, kind_of
from gelingen.surveys.kinds.fields import Group
from gelingen.surveys.kinds.rows import TiesKind
from gelingen.surveys.known import Known
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Asked, Page, Values


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its fields.

    Attributes:
        asked: the question.
        groups: its fields.
        error: what is wrong with the whole answer.
        offers: name of a list of suggestions, and what stands in it; None: there is none.

    """

    asked: Asked
    groups: list[Group]
    error: str
    offers: tuple[str, list[str]] | None

    @property
    def wrong(self) -> list[tuple[str, Spoken | None, str]]:
        """Where something is wrong and what: anchor on the page, title of its group, sentence."""
        marked = [
            (f"{field.name}-teil", group.title, field.error)
            for group in self.groups
            for field in group.fields
            if field.error
        ]
        if marked:
            return marked
        return [(f"frage-{self.asked.key}", None, self.error)] if self.error else []


@dataclass(frozen=True, slots=True)
class Told:
    """A question with what was answered, line by line; nothing: no answer."""

    asked: Asked
    lines: list[Spoken]


def shown(
    questions: Iterable[Asked], given: Given, known: Known, wrong: Mapping[str, AnswerError]
) -> list[Shown]:
    """Show questions with what was given and what is wrong with it."""
    found = []
    for asked in questions:
        kind = kind_of(asked, known)
        error = wrong.get(asked.key)
        found.append(
            Shown(
                asked,
                kind.groups(given, error.wrong if error else {}),
                str(error) if error else "",
                kind.offers if isinstance(kind, TiesKind) else None,
            )
        )
    return found


def mistakes(questions: Iterable[Shown]) -> list[tuple[str, Spoken, Spoken | None, str]]:
    """List what is wrong on a page: anchor, question, what of it, and what would be right."""
    return [
        (anchor, one.asked.text, title, error)
        for one in questions
        for anchor, title, error in one.wrong
    ]


def told(page: Page, values: Values, known: Known) -> list[Told]:
    """Say what was answered on a page."""
    return [
        Told(one, kind_of(one, known).told(values[one.key]) if one.key in values else [])
        for one in page.questions
    ]
