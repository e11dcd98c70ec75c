"""What people are asked about a file: which sheet is this, which column is that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from gelingen.workbook.declare import Column, Sheet
from gelingen.workbook.files import Grid, read_grids
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.heads import GUIDE_TITLE, NOTES_TITLE, Placement, cell_name, place_sheets
from gelingen.workbook.raw import Raw, shown
from gelingen.workbook.sources import Source, fitting, likely_head, signature

__all__ = ["HeadQuestion", "Layout", "SheetQuestion", "answered", "layout_of"]

_LIKELY = 60  # rapidfuzz score from which a column or sheet is suggested
_ONE_WORD = 0.9  # "Art des Trägers" is rather "Art" than nothing
_EXAMPLES, _LONGEST_EXAMPLE = 3, 40
_NO_LISTS = frozenset({GUIDE_TITLE, NOTES_TITLE})


@dataclass(frozen=True, slots=True)
class HeadQuestion:
    """A head that no declared column bears.

    Attributes:
        head: as it is written.
        cell: where it stands, for example "C1".
        examples: the first different values below it.
        suggestion: name of the most similar free column; "" if none is.
        answer: what people said before: name of a column, "" for left out; None: nothing yet.
        guessed: whether it is read by likeness already.

    """

    head: str
    cell: str
    examples: tuple[str, ...]
    suggestion: str
    answer: str | None = None
    guessed: bool = False

    @property
    def open(self) -> bool:
        """Whether the column is lost unless people say what it is."""
        return self.answer is None and not self.guessed


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One list of a file and what is asked about it.

    Attributes:
        title: title of the sheet in the file.
        sheet: the declared sheet as which it is read; None if it is none.
        sure: whether its title names that sheet, so that nobody needs to ask.
        suggestion: name of the most similar free sheet, if it is read as none.
        answer: name of the sheet that people named before, "" for left out; None: nothing yet.
        lines: number of lines with content.
        heads: what is asked about its columns, in the order of the file.
        free: the columns that none of the other heads bears.

    """

    title: str
    sheet: Sheet | None
    sure: bool
    suggestion: str
    answer: str | None
    lines: int
    heads: tuple[HeadQuestion, ...] = ()
    free: tuple[Column, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is lost unless people say what it is."""
        unread = self.sheet is None and self.answer is None
        return unread or any(head.open for head in self.heads)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out.

    Attributes:
        lists: its lists, in the order of the file.
        free: the declared sheets that none of its lists is.

    """

    lists: tuple[SheetQuestion, ...]
    free: tuple[Sheet, ...]

    @property
    def open(self) -> bool:
        """Whether something is lost unless people say what it is."""
        return any(one.open for one in self.lists)

    @property
    def lines(self) -> int:
        """Number of lines with content."""
        return sum(one.lines for one in self.lists)


def layout_of(path: Path, sheets: Sequence[Sheet], sources: Sequence[Source]) -> Layout:
    """Read a file and find out what people have to be asked about its heads.

    Args:
        path: XLSX, ODS or CSV file, or a folder of CSV files.
        sheets: what it may consist of.
        sources: lists that people have mapped before.

    Raises:
        UnreadableFileError: if the file is broken, encrypted, too large or hostile.

    """
    grids = read_grids(path)
    placements, _ = place_sheets(grids, sheets, sources)
    placed = {id(placement.grid): placement for placement in placements}
    taken = {placement.sheet.name for placement in placements}
    free = tuple(sheet for sheet in sheets if sheet.name not in taken)
    asked = [
        _list(grid, placed.get(id(grid)), free, fitting(grid, sources))
        for grid in grids
        if id(grid) in placed or _may_be_a_list(grid)
    ]
    return Layout(tuple(asked), free)


def answered(
    path: Path,
    sheets: Sequence[Sheet],
    chosen: Mapping[str, tuple[str, Mapping[str, str]]],
) -> list[Source]:
    """Keep what people said about the lists of a file, so that it is known next time.

    Args:
        path: the file.
        sheets: what it may consist of.
        chosen: by title of a list the name of its sheet ("": left out), and by head as written
            the name of its column ("": left out).

    """
    known = {sheet.name for sheet in sheets} | {""}
    found = []
    for grid in read_grids(path):
        if grid.title in chosen and chosen[grid.title][0] in known:
            name, heads = chosen[grid.title]
            columns = {fold(head): column for head, column in heads.items()}
            found.append(Source(*signature(grid), name, columns))
    return found


def _may_be_a_list(grid: Grid) -> bool:
    return grid.visible and grid.title not in _NO_LISTS and likely_head(grid.cells) >= 0


def _list(
    grid: Grid, placement: Placement | None, free: Sequence[Sheet], source: Source | None
) -> SheetQuestion:
    lines = sum(any(_text(raw) for raw in row) for row in grid.cells)
    answer = source.sheet if source else None
    if placement is None:
        suggestion = _closest(grid.title, ((s.name, (s.title, *s.synonyms)) for s in free))
        return SheetQuestion(grid.title, None, False, suggestion, answer, lines)  # noqa: FBT003 - by place, as declared
    sheet = placement.sheet
    sure = fold(grid.title) in {fold(word) for word in (sheet.title, sheet.name, *sheet.synonyms)}
    heads, columns = _heads(placement)
    return SheetQuestion(grid.title, sheet, sure, "", answer, lines, heads, columns)


def _heads(placement: Placement) -> tuple[tuple[HeadQuestion, ...], tuple[Column, ...]]:
    """Ask about all columns of a list that its own head does not explain."""
    cells = placement.grid.cells
    row = placement.head_row if placement.head_row >= 0 else likely_head(cells)
    told = placement.source.columns if placement.source else {}
    bearing = {index: name for name, index in placement.columns.items()}
    asked: dict[int, str] = {}
    for index, raw in enumerate(cells[row] if row >= 0 else ()):
        head, name = _text(raw), bearing.get(index, "")
        if head and (not name or name in placement.guessed or fold(head) in told):
            asked[index] = head
    sure = {name for index, name in bearing.items() if index not in asked}
    free = tuple(column for column in placement.sheet.columns if column.name not in sure)
    words = [(column.name, (column.head, *column.synonyms)) for column in free]
    return tuple(
        HeadQuestion(
            head,
            cell_name(row, index),
            _examples(cells, row, index),
            bearing.get(index) or _closest(head, words),
            told.get(fold(head)),
            bearing.get(index) in placement.guessed,
        )
        for index, head in asked.items()
    ), free


def _text(raw: Raw) -> str:
    return clean(shown(raw)) if raw != "" else ""


def _examples(cells: Sequence[Sequence[Raw]], head: int, index: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in cells[head + 1 :]:
        text = _text(row[index])
        if text and text not in found:
            found.append(text)
        if len(found) == _EXAMPLES:
            break
    return tuple(
        f"{text[: _LONGEST_EXAMPLE - 1]}…" if len(text) > _LONGEST_EXAMPLE else text
        for text in found
    )


def _likeness(one: str, other: str) -> float:
    """Compare two folded heads; a word that both have counts more than the order of words."""
    return max(fuzz.token_sort_ratio(one, other), _ONE_WORD * fuzz.token_set_ratio(one, other))


def _closest(word: str, candidates: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Name the candidate whose words are the most like a word; "" if none is."""
    folded = fold(word)
    scores = [
        (max(_likeness(folded, fold(known)) for known in words), -place, name)
        for place, (name, words) in enumerate(candidates)
    ]
    best = max(scores, default=(0.0, 0, ""))
    return best[2] if best[0] >= _LIKELY else ""
