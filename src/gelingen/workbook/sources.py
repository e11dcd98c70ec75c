"""Lists that people have mapped once: which sheet they are, and which head is which column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gelingen.workbook.files import Grid
from gelingen.workbook.folding import fold
from gelingen.workbook.raw import Raw, shown

__all__ = ["HEAD_WITHIN", "Source", "fitting", "likely_head", "signature"]

HEAD_WITHIN = 30  # lines in which a head may stand: titles, dates, addresses come first
_ALIKE = 0.5  # share of common heads from which a list of the same title is the same list
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Source:
    """A list of the county's own, as people have mapped it.

    Attributes:
        title: title of the sheet, folded and without figures: next year's list is the same one.
        heads: its heads, folded.
        sheet: name of the declared sheet; "" for a list that is left out.
        columns: name of the declared column by folded head; "" for a column that is left out.

    """

    title: str
    heads: frozenset[str]
    sheet: str
    columns: Mapping[str, str] = field(default_factory=dict)


def likely_head(cells: Sequence[Sequence[Raw]]) -> int:
    """Find the line that looks most like a head: the first of those with the most texts.

    Returns:
        Its number from 0; -1 if there is no text at all.

    """
    counts = [
        sum(isinstance(raw, str) and bool(raw.strip()) for raw in row)
        for row in cells[:HEAD_WITHIN]
    ]
    return counts.index(max(counts)) if any(counts) else -1


def signature(grid: Grid) -> tuple[str, frozenset[str]]:
    """Title and heads by which a list is known again, as in a Source."""
    row = likely_head(grid.cells)
    heads = (fold(shown(raw)) for raw in grid.cells[row]) if row >= 0 else ()
    return fold(_FIGURES.sub("", grid.title)), frozenset(head for head in heads if head)


def fitting(grid: Grid, sources: Sequence[Source]) -> Source | None:
    """Find the source that a list is: the same heads, or the same title and half of the heads.

    Of several the most similar one is taken, and of equal ones the first.
    """
    title, heads = signature(grid)
    best, most = None, 0.0
    for source in sources:
        common = len(heads & source.heads) / (len(heads | source.heads) or 1)
        likeness = common + (source.title == title)
        fits = common == 1 or (source.title == title and common >= _ALIKE)
        if fits and likeness > most:
            best, most = source, likeness
    return best
