"""What was answered to a question, put into words that can be counted.

Of each answer to a question there is a set of codes: one of a choice, any number elsewhere. Numbers
and ratings stand beside them, because a mean or a range needs more than counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gelingen.surveys.questions import Asked, Value
from gelingen.surveys.said import Answer
from gelingen.terms.surveys import QuestionKind
from gelingen.terms.vocabulary import CooperationKind

# Kinds of which an answer is exactly one of the lines.
ONE_LINE = frozenset({QuestionKind.CHOICE, QuestionKind.SCALE, QuestionKind.DATE})
NOT_SAID = "nicht näher angegeben"
ENTRIES = {"true": "stimmt noch", "changed": "geändert", "gone": "gibt es nicht mehr"}
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Range:
    """A number as it was answered: from low to high, equal for one number."""

    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """What was answered to one question, answer by answer.

    Attributes:
        asked: the question.
        lines: by code what is counted, in the order of reading.
        said: of each answer the codes; None where nothing was answered.
        ratings: of each answer the steps by code, for topics; under "" the step of a scale.
        ranges: of each answer the number.

    """

    asked: Asked
    lines: Mapping[str, str]
    said: Sequence[frozenset[str] | None]
    ratings: Sequence[Mapping[str, int]] = field(default_factory=list)
    ranges: Sequence[Range | None] = field(default_factory=list)

    @property
    def one_line(self) -> bool:
        """Whether every answer stands in exactly one line."""
        return self.asked.kind in ONE_LINE

    @property
    def steps(self) -> int | None:
        """How many steps a rating has; None if nothing is rated."""
        if self.asked.kind is QuestionKind.SCALE:
            return int(self.asked.settings.get("steps") or _STEPS)
        return _STEPS if self.asked.kind is QuestionKind.TOPICS else None


def tally(asked: Asked, answers: Sequence[Answer], topics: Mapping[str, str]) -> Tally:
    """Read the answers to a question.

    Args:
        asked: the question.
        answers: all answers to its survey.
        topics: names of topics by key.

    """
    values = [one.values.get(asked.key) for one in answers]
    said = [None if value is None else _CODES[asked.kind](value) for value in values]
    named = _named(asked, topics)
    found = Counter(code for codes in said for code in codes or ())
    unknown = sorted(found.keys() - named.keys(), key=lambda code: (not code, code))
    lines = named | {code: topics.get(code, code or NOT_SAID) for code in unknown}
    return Tally(asked, lines, said, *_measured(asked.kind, values))


def _measured(
    kind: QuestionKind, values: Iterable[Value | None]
) -> tuple[list[Mapping[str, int]], list[Range | None]]:
    """Give ratings and ranges of the answers, where the kind has them."""
    if kind is QuestionKind.SCALE:
        return [{} if value is None else {"": int(value)} for value in values], []
    if kind is QuestionKind.TOPICS:
        return [
            {str(key): int(step) for key, step in (value or {}).items()} for value in values
        ], []
    if kind is QuestionKind.NUMBER:
        return [], [None if one is None else _range(one) for one in values]
    return [], []


def _range(value: Mapping[str, str]) -> Range:
    return Range(float(value["low"]), float(value["high"]))


def _named(asked: Asked, topics: Mapping[str, str]) -> dict[str, str]:
    """Name the lines that are there whether anybody said them or not."""
    match asked.kind:
        case QuestionKind.CHOICE | QuestionKind.SEVERAL:
            return {code: str(words) for code, words in asked.options.items()}
        case QuestionKind.SCALE:
            return _steps(asked)
        case QuestionKind.TOPICS:
            chosen = asked.settings.get("topics") or ()
            return {str(key): topics.get(str(key), str(key)) for key in chosen}
        case QuestionKind.ENTRIES:
            return dict(ENTRIES)
        case QuestionKind.TIES:
            return {one.value: one.label for one in CooperationKind}
        case _:
            return {}


def _steps(asked: Asked) -> dict[str, str]:
    steps = int(asked.settings.get("steps") or _STEPS)
    ends = {1: asked.options.get("low"), steps: asked.options.get("high")}
    return {
        str(step): f"{step} ({ends[step]})" if ends.get(step) else str(step)
        for step in range(1, steps + 1)
    }


def _one(value: Value) -> frozenset[str]:
    return frozenset({str(value)})


def _nothing(value: Value) -> frozenset[str]:
    del value
    return frozenset()


def _each(name: str) -> Callable[[Any], frozenset[str]]:
    return lambda rows: frozenset(str(row.get(name) or "") for row in rows)


_CODES: Mapping[QuestionKind, Callable[[Any], frozenset[str]]] = {
    QuestionKind.CHOICE: _one,
    QuestionKind.SCALE: _one,
    QuestionKind.DATE: lambda value: _one(str(value)[:4]),
    QuestionKind.SEVERAL: lambda value: frozenset(map(str, value)),
    QuestionKind.NUMBER: _nothing,
    QuestionKind.TEXT: _nothing,
    QuestionKind.TOPICS: lambda value: frozenset(map(str, value)),
    QuestionKind.ENTRIES: lambda value: frozenset(str(one["answer"]) for one in value.values()),
    QuestionKind.TIES: _each("kind"),
    QuestionKind.MISSING: _each("topic"),
}
