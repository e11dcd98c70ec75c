"""The file that somebody sent, given back with its wrong cells marked."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from gelingen.workbook.declare import Problem, Sheet
from gelingen.workbook.files import Grid, read_grids
from gelingen.workbook.guide import COLOURS
from gelingen.workbook.heads import NOTES_TITLE, place_sheets
from gelingen.workbook.raw import Raw, shown
from gelingen.workbook.sources import Source
from gelingen.workbook.template import TextTooLongError

__all__ = ["marked_copy"]

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written
_FIRST_MOMENT = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - spreadsheets disagree about days before
_LONGEST_TEXT, _LONGEST_TITLE, _LONGEST_NOTE = 32_767, 31, 1_000
_WIDEST, _NARROWEST, _SAMPLE = 45, 9, 200
_MOST_LINKS = 5_000  # the format allows some more
_CELL = re.compile(r"([A-Z]+)(\d+)")
_LINE = re.compile(r"Zeile (\d+)")
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_SERIOUS, _HINT = "#F7C9C9", "#FFF0BF"
_NOTE = {"author": "Gelingen", "x_scale": 2.2, "y_scale": 1.4, "font_size": 9}
_HEADS = ("Blatt", "Zelle", "Art", "Dort steht", "Richtig wäre")
_WIDTHS = (26, 11, 10, 40, 90)
_ABOUT = (
    "Ihre Datei mit markierten Zellen: rot ist ein Fehler, gelb ein Hinweis; die Notiz an der "
    "Zelle sagt, was richtig wäre. Bitte berichtigen und diese Datei wieder hochladen. Dieses "
    "Blatt wird nicht gelesen. Formeln stehen hier als Werte."
)
Place = tuple[int, int]


@dataclass(slots=True)
class _Page:
    """One sheet to be written: its title in the new file, its cells, what is wrong with them."""

    title: str
    grid: Grid
    marks: dict[Place, list[Problem]] = field(default_factory=dict)


def marked_copy(
    path: Path, sheets: Sequence[Sheet], sources: Sequence[Source], problems: Sequence[Problem]
) -> bytes:
    """Write a file again as XLSX: the same sheets and cells, with marks, and a sheet "Hinweise".

    Wrong cells are filled and bear a note with the remedy. A problem of a whole line marks its
    first cell; one of a whole sheet stands on the sheet "Hinweise" alone, as all others do too.

    Args:
        path: the file as it was sent.
        sheets: what it may consist of.
        sources: lists that people have mapped.
        problems: what is wrong, as checking the file has found it.

    Returns:
        The content of the XLSX file.

    Raises:
        UnreadableFileError: if the file cannot be read.
        TextTooLongError: if a text does not fit into a cell.

    """
    grids = read_grids(path)
    placements, _ = place_sheets(grids, sheets, sources)
    pages = _pages(grids)
    own = {placement.sheet.title: pages[id(placement.grid)] for placement in placements}
    for page in pages.values():
        own.setdefault(page.grid.title, page)
    for problem in problems:
        place = _place(problem, own)
        if place is not None:
            own[problem.sheet].marks.setdefault(place, []).append(problem)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "title": "Datei mit markierten Zellen"})
        _Writer(book).write(list(pages.values()), problems, own)
    return content.getvalue()


def _pages(grids: Sequence[Grid]) -> dict[int, _Page]:
    """Give each sheet a title that the format allows and no other sheet has."""
    taken = {NOTES_TITLE.casefold()}
    pages = {}
    for grid in grids:
        if grid.title == NOTES_TITLE:
            continue  # from the last time
        plain = _UNFIT.sub(" ", grid.title).strip()[:_LONGEST_TITLE] or "Blatt"
        title, number = plain, 1
        while title.casefold() in taken:
            number += 1
            title = f"{plain[: _LONGEST_TITLE - 5]} ({number})"
        taken.add(title.casefold())
        pages[id(grid)] = _Page(title, grid)
    return pages


def _place(problem: Problem, own: Mapping[str, _Page]) -> Place | None:
    """Find the row and column of a problem, from 0; None if it is one of a whole sheet."""
    if problem.sheet not in own:
        return None
    if found := _CELL.fullmatch(problem.cell):
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(found[2]) - 1, column - 1
    if found := _LINE.fullmatch(problem.cell):
        row = int(found[1]) - 1
        cells = own[problem.sheet].grid.cells[row]
        return row, next((index for index, raw in enumerate(cells) if raw != ""), 0)
    return None


class _Writer:
    """One workbook being written."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}

    def _format(self, fill: str = "", number: str = "") -> Format:
        if (fill, number) not in self._formats:
            look = {"valign": "top"} | ({"bg_color": fill, "border": 1} if fill else {})
            look |= {"num_format": number, "align": "left"} if number else {}
            self._formats[fill, number] = self._book.add_format(look)
        return self._formats[fill, number]

    def write(
        self, pages: Sequence[_Page], problems: Sequence[Problem], own: Mapping[str, _Page]
    ) -> None:
        written = [(page, self._book.add_worksheet(page.title)) for page in pages]
        notes = self._book.add_worksheet(NOTES_TITLE)
        for page, sheet in written:
            self._write_page(page, sheet)
            if not page.grid.visible:
                sheet.hide()
        notes.activate()
        self._write_notes(notes, problems, own)

    def _write_page(self, page: _Page, sheet: Worksheet) -> None:
        self._merge(page, sheet)
        for row, line in enumerate(page.grid.cells):
            for column, raw in enumerate(line):
                fill = _fill(page.marks.get((row, column), ()))
                if raw != "" or fill:
                    self._write_cell(sheet, (row, column), raw, fill)
        for place, found in page.marks.items():
            text = "\n".join(f"{_kind(one)}: {one.remedy}" for one in found)
            sheet.write_comment(*place, text[:_LONGEST_NOTE], _NOTE)
        for column, width in enumerate(_column_widths(page.grid.cells)):
            sheet.set_column(column, column, width)

    def _merge(self, page: _Page, sheet: Worksheet) -> None:
        for top, left, bottom, right in page.grid.marks.merged:
            cells = page.grid.cells
            inside = bottom < len(cells) and right < len(cells[top])
            if inside and (top, left) != (bottom, right):
                with suppress(OverlappingRange):  # of a file that no spreadsheet has written
                    sheet.merge_range(top, left, bottom, right, "", self._format())

    def _write_cell(self, sheet: Worksheet, place: Place, raw: Raw, fill: str) -> None:
        if isinstance(raw, bool):
            sheet.write_boolean(*place, raw, self._format(fill))
        elif isinstance(raw, int | float):
            sheet.write_number(*place, raw, self._format(fill))
        elif (moment := _moment(raw)) is not None:
            clock = "" if moment.time() == dt.time.min else " hh:mm"
            sheet.write_datetime(*place, moment, self._format(fill, f"dd.mm.yyyy{clock}"))
        elif raw == "":
            sheet.write_blank(*place, None, self._format(fill))
        else:
            text = shown(raw)
            if len(text) > _LONGEST_TEXT:
                message = f"Ein Text hat mehr als {_LONGEST_TEXT} Zeichen und passt in keine Zelle:"
                raise TextTooLongError(f"{message} {text[:60]}…")
            sheet.write_string(*place, text, self._format(fill))

    def _write_notes(
        self, sheet: Worksheet, problems: Sequence[Problem], own: Mapping[str, _Page]
    ) -> None:
        bold = self._book.add_format({"bold": True, "bg_color": COLOURS["head"], "border": 1})
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        link = self._book.add_format(
            {"font_color": COLOURS["link"], "underline": 1, "valign": "top"}
        )
        sheet.merge_range(0, 0, 0, len(_HEADS) - 1, _ABOUT, wrapped)
        sheet.set_row(0, 34)
        for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            sheet.write_string(1, column, head, bold)
            sheet.set_column(column, column, width)
        for row, problem in enumerate(problems, start=2):
            page, place = own.get(problem.sheet), _place(problem, own)
            title = page.title if page else problem.sheet
            cells = (title, problem.cell, _kind(problem), problem.found, problem.remedy)
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, wrapped)
            if page and place is not None and row < _MOST_LINKS:
                target = f"internal:'{title}'!{xl_rowcol_to_cell(*place)}"
                sheet.write_url(row, 1, target, link, problem.cell)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


def _kind(problem: Problem) -> str:
    return "Fehler" if problem.serious else "Hinweis"


def _fill(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    return _SERIOUS if any(problem.serious for problem in problems) else _HINT


def _moment(raw: Raw) -> dt.datetime | None:
    """Make a moment of a day; None for what is none, or too early for the format."""
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        raw = dt.datetime.combine(raw, dt.time.min)
    return raw if isinstance(raw, dt.datetime) and raw >= _FIRST_MOMENT else None


def _column_widths(cells: Sequence[Sequence[Raw]]) -> list[int]:
    longest: list[int] = []
    for row in cells[:_SAMPLE]:
        longest += [0] * (len(row) - len(longest))
        for column, raw in enumerate(row):
            longest[column] = max(longest[column], len(shown(raw)) if raw != "" else 0)
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]
