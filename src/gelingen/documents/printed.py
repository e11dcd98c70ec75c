"""What stands on the paper, the same for every format: numbers, labels, evidence, annexes.

Writers get these plain values only; nothing about numbering or evidence is decided in a format.
All text is cleaned here: what is left can stand in XML, HTML and JSON.
"""

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["text", "strong", "emphasis", "link", "ref"]


@dataclass(frozen=True, slots=True)
class Part:
    """Words in one style; the target of a link is an address or `#` and an anchor."""

    text: str
    style: Style = "text"
    target: str = ""


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a block, in words; both may be empty."""

    records: str = ""
    sources: str = ""


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading with the number it got and a unique anchor."""

    text: str
    level: int
    number: str
    anchor: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph."""

    parts: Parts
    evidence: Evidence
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a list and the list below it."""

    parts: Parts
    evidence: Evidence
    below: "ListLines | None" = None


@dataclass(frozen=True, slots=True)
class ListLines:
    """A list."""

    ordered: bool
    entries: tuple[ListEntry, ...]
    evidence: Evidence
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `label` is "Tabelle 3", `align` has one letter per column.

    `widths` are relative, 0 for a column as wide as its content; empty: all by content.
    """

    label: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Parts, ...], ...]
    align: str
    widths: tuple[float, ...]
    header_column: bool
    total: bool
    notes: str
    evidence: Evidence
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; `label` is "Abbildung 3", width and height are pixels."""

    label: str
    title: str
    alt: str
    svg: str
    width: float
    height: float
    evidence: Evidence
    twin: Grid | None
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark."""

    tone: Literal["info", "missing", "caution"]
    title: str
    parts: Parts
    evidence: Evidence
    kind: Literal["callout"] = "callout"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values."""

    pairs: tuple[tuple[str, Parts], ...]
    evidence: Evidence
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class SmallLine:
    """A line in small type."""

    text: str
    kind: Literal["small"] = "small"


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins on a new page."""

    kind: Literal["break"] = "break"


@dataclass(frozen=True, slots=True)
class Turned:
    """Blocks on landscape pages."""

    blocks: "tuple[Line, ...]"
    kind: Literal["turned"] = "turned"


Line = (
    HeadingLine
    | TextLine
    | ListLines
    | Grid
    | Figure
    | Callout
    | Pairs
    | SmallLine
    | Break
    | Turned
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it will stand on paper.

    `body` is what the author arranged; `annex` holds what paper needs besides: the tables of the
    pictures, and the lists of records too long to stand beside their statement.
    """

    title: str
    subtitle: str
    author: str
    date_line: str
    edition: str
    cover: tuple[tuple[str, str], ...]
    language: str
    cover_page: bool
    body: tuple[Line, ...]
    annex: tuple[Line, ...] = field(default=())
