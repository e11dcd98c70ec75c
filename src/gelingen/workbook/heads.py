"""Which sheet of the file is which, where its head stands, and which column is which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz

from gelingen.workbook.declare import Column, Problem, Sheet
from gelingen.workbook.files import Grid
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.raw import Raw, shown
from gelingen.workbook.sources import HEAD_WITHIN, Source, fitting

__all__ = ["GUIDE_TITLE", "NOTES_TITLE", "Placement", "cell_name", "place_sheets"]

GUIDE_TITLE = "Anleitung"
NOTES_TITLE = "Hinweise"  # written into a file that is given back for correction
_OURS = frozenset({GUIDE_TITLE, NOTES_TITLE})
_LIKELY = 80  # rapidfuzz score from which a head or title counts as misspelt
_CLEARLY = 5  # by which the best must beat the second best
_ENOUGH_HEADS = 3  # that an untitled sheet must share with a declared one
_Named = TypeVar("_Named", Sheet, Column)
_PARENTHESIS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(slots=True)
class Placement:
    """One declared sheet found in the file. Rows and columns count from 0.

    Attributes:
        sheet: the declaration.
        grid: its cells.
        head_row: row of the head.
        columns: column of the file by name of the declared column.
        extra: heads that no declared column takes, by column of the file.
        guessed: names of columns that were taken by likeness alone.
        source: how people have mapped this list before.
        problems: hints and mistakes of the head, as (row, column, Problem); -1 for the sheet.

    """

    sheet: Sheet
    grid: Grid
    head_row: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    source: Source | None = None
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)

    def report(self, row: int, column: int, found: str, remedy: str, *, serious: bool) -> None:
        """Note a problem of a cell, or of the sheet as a whole with row -1."""
        cell = cell_name(row, column) if row >= 0 else ""
        problem = Problem(self.sheet.title, cell, found, remedy, serious)
        self.problems.append((row, column, problem))


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: row 13 and column 2, from 0, are "C14"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def place_sheets(
    grids: Sequence[Grid], sheets: Sequence[Sheet], sources: Sequence[Source] = ()
) -> tuple[list[Placement], list[Problem]]:
    """Find the declared sheets in a file and map their columns.

    Args:
        grids: the file.
        sheets: what it may consist of.
        sources: lists that people have mapped before; their word counts first.

    Returns:
        Placements in the order of `sheets`, and problems of sheets that are none of them.

    """
    placed: dict[str, Placement] = {}
    left = []
    strays: list[Problem] = []
    for grid in grids:
        source = fitting(grid, sources)
        if source and not source.sheet:
            strays.append(_left_out(grid))
            continue
        sheet = _sheet_by_title(grid.title, sheets, source)
        if sheet is None:
            left += [grid] if grid.visible else []
        elif sheet.name in placed:
            remedy = f"Das Blatt „{sheet.title}“ kommt zweimal vor. Bitte zusammenführen."
            strays.append(Problem(grid.title, "", grid.title, remedy))
        else:
            placed[sheet.name] = Placement(sheet, grid, source=source)
    for grid in left:
        free = [sheet for sheet in sheets if sheet.name not in placed]
        placement = _place_by_likeness(grid, free)
        if placement is not None:
            placed[placement.sheet.name] = placement
        elif grid.title not in _OURS and _is_filled(grid):
            remedy = "Dieses Blatt gehört nicht zur Arbeitsmappe und wird nicht übernommen."
            strays.append(Problem(grid.title, "", grid.title, remedy, serious=False))
    for placement in placed.values():
        _map_columns(placement)
    return [placed[sheet.name] for sheet in sheets if sheet.name in placed], strays


def _left_out(grid: Grid) -> Problem:
    remedy = "Dieses Blatt wird nicht übernommen, wie zuletzt zugeordnet."
    return Problem(grid.title, "", grid.title, remedy, serious=False)


def _is_filled(grid: Grid) -> bool:
    return any(cell != "" for row in grid.cells for cell in row)


def _sheet_by_title(
    title: str, sheets: Sequence[Sheet], source: Source | None = None
) -> Sheet | None:
    for sheet in sheets:
        if source and source.sheet == sheet.name:
            return sheet
    folded = fold(title)
    for sheet in sheets:
        if folded in {fold(word) for word in (sheet.title, sheet.name, *sheet.synonyms)}:
            return sheet
    return None


def _place_by_likeness(grid: Grid, sheets: Sequence[Sheet]) -> Placement | None:
    """Take a sheet under a strange title: misspelt, or known by its heads."""
    if not sheets or grid.title in _OURS:
        return None
    likely = _best(fold(grid.title), [(sheet, (sheet.title, *sheet.synonyms)) for sheet in sheets])
    if likely is None:
        shares = sorted(
            ((_share(grid, sheet), -index) for index, sheet in enumerate(sheets)), reverse=True
        )
        if shares[0][0] < _ENOUGH_HEADS or (len(shares) > 1 and shares[1][0] == shares[0][0]):
            return None
        likely = sheets[-shares[0][1]]
    placement = Placement(likely, grid)
    remedy = f"Das Blatt „{grid.title}“ wird als „{likely.title}“ gelesen."
    placement.report(-1, -1, grid.title, remedy, serious=False)
    return placement


def _share(grid: Grid, sheet: Sheet) -> int:
    known = _words(sheet)
    return max((_matches(row, known) for row in grid.cells[:HEAD_WITHIN]), default=0)


def _words(sheet: Sheet) -> dict[str, Column]:
    """Columns by each folded head under which they may stand; declared heads win."""
    words: dict[str, Column] = {}
    for column in sheet.columns:
        words.setdefault(fold(column.head), column)
    for column in sheet.columns:
        for word in (column.name, *column.synonyms):
            words.setdefault(fold(word), column)
    return words


def _head_words(raw: Raw) -> list[str]:
    """Ways to compare a head: as written, and without what stands in parentheses."""
    text = shown(raw) if raw != "" else ""
    return [word for word in (fold(text), fold(_PARENTHESIS.sub(" ", text))) if word]


def _matches(row: Iterable[Raw], known: dict[str, Column]) -> int:
    return len(_known_in(row, known))


def _known_in(row: Iterable[Raw], known: dict[str, Column]) -> set[str]:
    return {known[word].name for raw in row for word in _head_words(raw) if word in known}


def _is_head(sheet: Sheet, row: Iterable[Raw], known: dict[str, Column]) -> bool:
    """Tell a head from a title: two known heads, or one if the sheet needs no other."""
    found = _known_in(row, known)
    needed = {column.name for column in sheet.columns if column.required}
    return len(found) > 1 or bool(found and needed and found == needed)


def _map_columns(placement: Placement) -> None:
    sheet, cells = placement.sheet, placement.grid.cells
    told = placement.source.columns if placement.source else {}
    columns = {column.name: column for column in sheet.columns}
    known = {head: column for head, column in _words(sheet).items() if told.get(head) != ""}
    known |= {head: columns[name] for head, name in told.items() if name in columns}
    counts = [_matches(row, known) for row in cells[:HEAD_WITHIN]]
    if not counts or not _is_head(sheet, cells[counts.index(max(counts))], known):
        if _is_filled(placement.grid):
            heads = ", ".join(column.head for column in sheet.columns if column.required)
            remedy = f"Die Kopfzeile fehlt. Sie muss mindestens diese Spalten nennen: {heads}."
            placement.report(-1, -1, "", remedy, serious=True)
        return
    placement.head_row = counts.index(max(counts))
    strange = _map_known(placement, known, told)
    _map_misspelt(placement, strange, told)
    _report_missing(placement)


def _map_known(
    placement: Placement, known: dict[str, Column], told: Mapping[str, str]
) -> list[int]:
    """Map heads that are known words; returns the other columns that have a head."""
    strange: list[int] = []
    row = placement.grid.cells[placement.head_row]
    for index, raw in enumerate(row):
        words = _head_words(raw)
        column = next((known[word] for word in words if word in known), None)
        if column is not None and column.name in placement.columns:
            remedy = f"Die Spalte „{column.head}“ kommt zweimal vor; nur die erste wird übernommen."
            placement.report(placement.head_row, index, shown(raw), remedy, serious=True)
        elif column is not None:
            placement.columns[column.name] = index
            if words[0] in told:
                remedy = f"Als Spalte „{column.head}“ gelesen, wie zuletzt zugeordnet."
                placement.report(
                    placement.head_row, index, clean(shown(raw)), remedy, serious=False
                )
        elif words:
            strange.append(index)
    return strange


def _map_misspelt(placement: Placement, strange: Sequence[int], told: Mapping[str, str]) -> None:
    row = placement.grid.cells[placement.head_row]
    for index in strange:
        head = clean(shown(row[index]))
        free = [
            (column, (column.head, *column.synonyms))
            for column in placement.sheet.columns
            if column.name not in placement.columns
        ]
        column = None if told.get(fold(head)) == "" else _best(fold(head), free)
        if column is None:
            placement.extra[index] = head
        else:
            placement.guessed.add(column.name)
            placement.columns[column.name] = index
            remedy = f"Als Spalte „{column.head}“ gelesen."
            placement.report(placement.head_row, index, head, remedy, serious=False)


def _best(folded: str, candidates: Sequence[tuple[_Named, tuple[str, ...]]]) -> _Named | None:
    """Choose the candidate whose words are clearly the most like a folded word."""
    scores = sorted(
        (
            (max(fuzz.ratio(folded, fold(word)) for word in words), -index)
            for index, (_, words) in enumerate(candidates)
        ),
        reverse=True,
    )
    if not scores or scores[0][0] < _LIKELY:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEARLY:
        return None
    return candidates[-scores[0][1]][0]


def _report_missing(placement: Placement) -> None:
    sheet = placement.sheet
    for column in sheet.columns:
        needed = column.required or (column is sheet.columns[0] and not sheet.key_from)
        if needed and column.name not in placement.columns:
            remedy = f"Die Spalte „{column.head}“ fehlt. Sie wird gebraucht: {column.meaning}"
            placement.report(-1, -1, "", remedy, serious=True)
