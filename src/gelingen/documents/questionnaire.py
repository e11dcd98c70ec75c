"""A questionnaire on paper as PDF/UA-1: to be filled in with a pen, in any of its languages.

Fira Sans has Latin and Cyrillic letters; Arabic ones come from the DejaVu Sans Mono that typst
carries, joined and from right to left.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from gelingen.documents.fonts import font_folder
from gelingen.documents.typesetter import typeset

_TEMPLATE = Path(__file__).with_name("questionnaire.typ")


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the language in which they stand, as HTML names it."""

    text: str
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Boxes:
    """Answers to tick: one of them (a circle before each) or several (a square)."""

    options: tuple[Text, ...]
    several: bool = False
    kind: str = "boxes"


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps from 1 to a number to tick, with the words of both ends."""

    number: int
    low: Text
    high: Text
    kind: str = "steps"


@dataclass(frozen=True, slots=True)
class Blanks:
    """Short gaps on one line, each behind its label."""

    labels: tuple[Text, ...]
    after: Text
    kind: str = "blanks"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on."""

    number: int
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table to fill in: what is asked in each column, the same in every row.

    Attributes:
        heads: of the columns.
        first: what stands in the first cell of each row; "" to write there.
        ticks: columns, from 0 on, in which one ticks and does not write.

    """

    heads: tuple[Text, ...]
    first: tuple[Text, ...]
    ticks: tuple[int, ...] = ()
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        number: as others refer to it.
        text: the question.
        body: where the answer goes.
        hints: what explains it, and when it is to be answered at all.

    """

    number: int
    text: Text
    body: Boxes | Steps | Blanks | Lines | Rows
    hints: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire.

    Attributes:
        language: of the paper, as HTML names it.
        title: what it is called.
        sender: who asks.
        intro: paragraphs before the questions.
        parts: heading and questions of each part; "" for a part without heading.
        outro: paragraphs after them.
        code: an `<svg>` element that leads to the same questions on the screen; "" for none.
        code_text: what stands beside it.
        link: the address as text.
        page: "Seite {} von {}" in the language.

    """

    language: str
    title: Text
    sender: str
    intro: tuple[Text, ...]
    parts: tuple[tuple[str, tuple[Question, ...]], ...]
    outro: tuple[Text, ...]
    page: str
    code: str = ""
    code_text: str = ""
    link: str = ""


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def questionnaire_pdf(paper: Questionnaire) -> bytes:
    """Set a questionnaire; the same one gives the same bytes."""
    return typeset(_template(), font_folder(), json.dumps(asdict(paper), ensure_ascii=False))
