"""Columns of a table of answers that were gathered elsewhere, and what each of them means.

One line is one answer. Programs for surveys export one column per question, and of several answers
one column each ("Question [Answer]"); who types from paper may do the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from gelingen.errors import UserError
from gelingen.surveys.known import Known
from gelingen.surveys.languages import spoken
from gelingen.surveys.models import Question
from gelingen.surveys.questions import Asked
from gelingen.terms.surveys import Language, QuestionKind
from gelingen.workbook.files import Grid, read_grids
from gelingen.workbook.folding import clean, clean_lines, fold
from gelingen.workbook.raw import means_nothing, shown

MOST = 10_000
# What a column means that is no question; "" is not read.
WHO, GROUP = "@who", "@group"
_MOST_NAMED = 8
_LONGEST_HEAD = 300
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_BETWEEN = re.compile(r"\s*(?:–|-|\bbis\b)\s*")
_TICKED = frozenset({"x", "1", "ja", "yes", "y", "true", "wahr", "gewaehlt", "angekreuzt"})
_BARE = frozenset({"", "0", "nein", "no", "n", "false", "falsch", "nicht gewaehlt"})
_WHO_HEADS = frozenset({"organisation", "einrichtung", "stelle", "name der organisation"})
_GROUP_HEADS = frozenset({"gruppe", "group"})


class NoAnswersError(UserError):
    """The file holds no table of answers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was uploaded.

    Attributes:
        heads: of its columns.
        rows: its lines, of the same length.
        first: number of the first line, from 0.
        once: random; with it the table is taken in once. It says nothing about what stands in it.

    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int = 1
    once: str = field(default_factory=token_hex, compare=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column can mean: the field of a form that its cells fill.

    Attributes:
        ident: names it for good.
        label: German, for the desk.
        asked: the question; None for who answers and for the group.
        name: of the field.
        words: codes by folded words, where only these are answers.
        option: code that a tick chooses; "": the cell says the answer itself.

    """

    ident: str
    label: str
    asked: Asked | None = None
    name: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    option: str = ""

    def given(self, text: str) -> dict[str, list[str]]:
        """Write a cell as a form would send it.

        Raises:
            UserError: it is none of the answers.

        """
        if self.option:
            return {self.name: [self.option]} if self._ticked(text) else {}
        if self.asked is not None and self.asked.kind is QuestionKind.SEVERAL:
            return {self.name: [self._code(one) for one in _SEVERAL.split(text) if one]}
        if self.asked is not None and self.asked.kind is QuestionKind.NUMBER:
            low, *high = _BETWEEN.split(text, maxsplit=1)
            return {f"{self.name}.low": [low], f"{self.name}.high": high or [""]}
        return {self.name: [self._code(text) if self.words else text]}

    def _ticked(self, text: str) -> bool:
        said = fold(text)
        if said not in _TICKED | _BARE | self.words.keys():
            raise UserError(f"„{text[:60]}“ heißt weder angekreuzt noch nicht angekreuzt.")
        return said not in _BARE

    def _code(self, text: str) -> str:
        code = self.words.get(fold(text))
        if code is None:
            raise UserError(f"„{text[:60]}“ ist keine der Antworten.{self._possible()}")
        return code

    def _possible(self) -> str:
        """Say what would be right, where that is a short list."""
        if self.asked is None or not self.asked.options or self.name != self.asked.key:
            return ""
        if self.asked.kind is QuestionKind.SCALE:
            return f" Möglich sind 1 bis {max(map(int, self.words.values()))}."
        offered = [f"„{one}“" for one in self.asked.options.values()]
        more = " und weitere" if len(offered) > _MOST_NAMED else ""
        return f" Möglich sind: {', '.join(offered[:_MOST_NAMED])}{more}."


def read_sheet(path: Path) -> Sheet:
    """Read the first visible table of a file, from its first line in which anything stands.

    Raises:
        UnreadableFileError: the file is broken, encrypted, too large or hostile.
        NoAnswersError: it holds no line under a head, or too many.

    """
    for grid in read_grids(path):
        if grid.visible and any(_filled(grid)):
            return _sheet(grid)
    raise NoAnswersError("In dieser Datei steht nichts.")


def _filled(grid: Grid) -> Iterator[int]:
    return (at for at, row in enumerate(grid.cells) if any(shown(one).strip() for one in row))


def _sheet(grid: Grid) -> Sheet:
    first, *rest = _filled(grid)
    heads = tuple(clean(shown(one))[:_LONGEST_HEAD] for one in grid.cells[first])
    # Lines keep their place, so that a cell can be named; empty ones say nothing.
    last = max(rest, default=first)
    rows = tuple(tuple(_text(one) for one in row) for row in grid.cells[first + 1 : last + 1])
    if not rows:
        raise NoAnswersError("Unter der Kopfzeile steht keine Antwort.")
    if len(rest) > MOST:
        raise NoAnswersError(f"Die Tabelle hat mehr als {MOST} Zeilen. Bitte aufteilen.")
    return Sheet(heads, rows, first + 1)


def _text(cell: object) -> str:
    text = clean_lines(shown(cell))  # type: ignore[arg-type]  # a raw cell
    return "" if means_nothing(text) else text


def meanings(questions: Sequence[Question], asked: Sequence[Asked], known: Known) -> list[Meaning]:
    """Give what columns of a survey can mean, in the order of its questions.

    Own entries and ties are told by organisations themselves and are not read.

    Args:
        questions: of the survey.
        asked: the same in German, in the same order.
        known: topics, groups and places that can be named.

    """
    return [one for pair in zip(questions, asked, strict=True) for one in _of(*pair, known)]


def _of(question: Question, asked: Asked, known: Known) -> Iterator[Meaning]:
    key, text = asked.key, asked.german
    match asked.kind:
        case QuestionKind.CHOICE | QuestionKind.SEVERAL:
            words = _words(question)
            yield Meaning(key, text, asked, key, words)
            if asked.kind is QuestionKind.SEVERAL:
                for code, option in asked.options.items():
                    own = {word: one for word, one in words.items() if one == code}
                    yield Meaning(f"{key}#{code}", f"{text} [{option}]", asked, key, own, code)
        case QuestionKind.SCALE:
            yield Meaning(key, text, asked, key, _steps(asked))
        case QuestionKind.NUMBER | QuestionKind.DATE | QuestionKind.TEXT:
            yield Meaning(key, text, asked, key)
        case QuestionKind.TOPICS:
            for topic in asked.settings.get("topics") or known.topics:
                if topic in known.topics:
                    name = f"{key}.{topic}"
                    yield Meaning(name, f"{text} [{known.topics[topic]}]", asked, name)
        case QuestionKind.MISSING:
            yield from _missing(asked, known)


def _missing(asked: Asked, known: Known) -> Iterator[Meaning]:
    lists = {
        "topic": ("Thema", known.topics),
        "target_group": ("Für wen?", known.target_groups),
        "territory": ("Wo?", known.territories),
    }
    start = f"{asked.key}.0"
    yield Meaning(f"{start}.statement", asked.german, asked, f"{start}.statement")
    for part, (label, names) in lists.items():
        words = {fold(name): key for key, name in names.items()}
        if words:
            name = f"{start}.{part}"
            yield Meaning(name, f"{asked.german} [{label}]", asked, name, words)
    severity = f"{start}.severity"
    yield Meaning(severity, f"{asked.german} [Wie dringend?]", asked, severity)


def _words(question: Question) -> dict[str, str]:
    """Give the codes of answers by code and by their words in any language."""
    found: dict[str, str] = {}
    for code in question.settings.get("options") or ():
        texts = {tongue: said.get("options") or {} for tongue, said in question.texts.items()}
        spoken_in = [str(spoken(texts, one, code) or "") for one in Language]
        for word in (code, *spoken_in):
            if fold(word):
                found.setdefault(fold(word), code)
    return found


def _steps(asked: Asked) -> dict[str, str]:
    number = int(asked.settings.get("steps") or 5)
    found = {str(step): str(step) for step in range(1, number + 1)}
    for end, step in (("low", 1), ("high", number)):
        if word := fold(str(asked.options.get(end) or "")):
            found |= {word: str(step), f"{step} {word}": str(step)}
    return found


def guess(
    heads: Sequence[str], offered: Sequence[Meaning], remembered: Mapping[str, str], *, named: bool
) -> list[str]:
    """Say what each column probably means: as somebody said before, else by its words.

    Args:
        heads: of the table.
        offered: see `meanings`.
        remembered: identities by folded head.
        named: whether who answers may be known.

    Returns:
        One identity per head, none twice; "" for what is not read.

    """
    by_words = {fold(one.label): one.ident for one in reversed(offered)}
    by_words |= {fold(one.ident): one.ident for one in offered}
    by_words |= dict.fromkeys(_GROUP_HEADS, GROUP)
    if named:
        by_words |= dict.fromkeys(_WHO_HEADS, WHO)
    good = {"", GROUP, *([WHO] if named else []), *(one.ident for one in offered)}
    taken: set[str] = set()
    found = []
    for head in heads:
        ident = remembered.get(fold(head), by_words.get(fold(head), ""))
        fits = ident in good and ident not in taken
        found.append(ident if fits else "")
        taken |= {ident} if ident else set()
    return found
