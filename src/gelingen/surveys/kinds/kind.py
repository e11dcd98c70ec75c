"""What all kinds of questions have: read a form, write it again, say what was answered."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from gelingen.errors import UserError
from gelingen.surveys.kinds.fields import Choice, Control, Field, Group
from gelingen.surveys.known import Known
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Asked, Value
from gelingen.workbook.folding import clean, clean_lines

# What a form sends: by name of the field all its values.
Given: TypeAlias = Mapping[str, Sequence[str]]
Written: TypeAlias = dict[str, list[str]]

LINE = 250
TEXT = 5000


class AnswerError(UserError):
    """What was given is no answer; `wrong` says by name of the field what would be right."""

    def __init__(self, message: str, *, wrong: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.wrong = dict(wrong or {})


class Kind(ABC):
    """One question of a kind.

    `read` and `write` are each other's opposite: what a form sends becomes the value that is
    stored, and a stored value fills the form again.
    """

    def __init__(self, asked: Asked, known: Known) -> None:
        self.asked = asked
        self.known = known

    @abstractmethod
    def read(self, given: Given) -> Value | None:
        """Read what a form sends; None: not answered.

        Raises:
            AnswerError: it is no answer; the message says what would be right.

        """

    @abstractmethod
    def write(self, value: Value) -> Written:
        """Give the fields of a form that say a value."""

    @abstractmethod
    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Give the fields as a page shows them, with what was given and what is wrong with it."""

    @abstractmethod
    def told(self, value: Value) -> list[Spoken]:
        """Say a value line by line, for those who look over their answers."""

    def names(self, given: Given) -> Iterator[str]:
        """Names of the given fields that belong to this question."""
        start = f"{self.asked.key}."
        return (name for name in given if name == self.asked.key or name.startswith(start))

    def name(self, *parts: object) -> str:
        """Name of a field of this question."""
        return ".".join((self.asked.key, *map(str, parts)))

    def one(self, given: Given, *parts: object) -> str:
        """Give one line that was written into a field."""
        return clean(self._raw(given, *parts)[: 4 * LINE])[:LINE].strip()

    def lines(self, given: Given, *parts: object) -> str:
        """Give several lines that were written into a field."""
        return clean_lines(self._raw(given, *parts)[: 2 * TEXT])[:TEXT].strip()

    def _raw(self, given: Given, *parts: object) -> str:
        found = given.get(self.name(*parts)) or [""]
        return found[-1]

    def say(self, text: str) -> Spoken:
        """Give a text of the interface: it stands in the language of the page."""
        return Spoken(text, self.asked.language)

    def steps(
        self, given: Given, name: str, label: Spoken, *, number: int, optional: bool
    ) -> Field:
        """Make the field of a scale from 1 to a number."""
        chosen = (given.get(name) or [""])[-1]
        choices = [Choice(str(i), self.say(str(i)), str(i) == chosen) for i in range(1, number + 1)]
        if optional:
            choices.append(Choice("", self.say("–"), not chosen))
        return Field(name, Control.STEPS, label, chosen, tuple(choices))

    def select(
        self, given: Given, name: str, label: Spoken, words: Iterable[tuple[str, Spoken]]
    ) -> Field:
        """Make the field of a list from which one thing or nothing is chosen."""
        chosen = (given.get(name) or [""])[-1]
        choices = [Choice("", self.say("–"), not chosen)]
        choices += [Choice(code, word, code == chosen) for code, word in words]
        return Field(name, Control.SELECT, label, chosen, tuple(choices))
