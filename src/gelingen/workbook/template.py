"""The workbook as people open it: guide, sheets, notes, lists, checks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gelingen.errors import UserError
from gelingen.workbook.checks import cell_check, label_region, region
from gelingen.workbook.declare import Column, Kind, Sheet
from gelingen.workbook.guide import COLOURS, GUIDE, how_to_write
from gelingen.workbook.heads import GUIDE_TITLE
from gelingen.workbook.raw import german_number
from gelingen.workbook.reading import EXAMPLE_KEY
from gelingen.workbook.spelling import Spelled

__all__ = ["TextTooLongError", "UnwritableFileError", "write_template", "write_workbook"]

_LISTS_TITLE = "Listen"
_LINES_TO_FILL = 2000  # lines that lists and checks reach beyond the last one
_LONGEST_TEXT = 32_767  # of a cell in this format
_FIRST_DAY_OF_FORMAT = date(1900, 3, 1)  # spreadsheets disagree about days before
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written

_WIDTHS = {Kind.TEXT: 30, Kind.LONG_TEXT: 50, Kind.KEY: 20, Kind.REFERENCE: 30, Kind.CHOICE: 22}
_WIDTHS |= {Kind.REFERENCES: 36, Kind.OPEN_END: 18}
_WIDTH = 14
_WIDTH_OF_PAPER = 220  # characters that stay readable on one page
_WIDTH_OF_GUIDE = 84
_HEIGHT_OF_LINE = 15
_SMALL_PRINT = 60  # percent
# Cells that must stay as typed: leading zeros, and "10-15" which is no day in October.
_AS_TYPED = frozenset(
    {Kind.KEY, Kind.TEXT, Kind.LONG_TEXT, Kind.RANGE, Kind.PARTIAL_DATE, Kind.REFERENCE}
    | {Kind.REFERENCES, Kind.CHOICE, Kind.BOOLEAN}
)


class UnwritableFileError(UserError):
    """The file cannot be written where it was asked for."""


class TextTooLongError(UserError):
    """A text does not fit into one cell."""


def write_template(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an empty workbook to be filled, as XLSX.

    Args:
        path: file to write; an existing one is replaced.
        sheets: in the order of the tabs, after the sheet "Anleitung".

    Raises:
        UnwritableFileError: if the file cannot be written.

    """
    write_workbook(path, sheets, None)


def write_workbook(
    path: Path, sheets: Sequence[Sheet], lines: Mapping[str, Sequence[Sequence[Spelled]]] | None
) -> None:
    """Write a workbook with spelled lines by name of the sheet, or with examples if None.

    Raises:
        UnwritableFileError: if the file cannot be written.
        TextTooLongError: if a text does not fit into a cell.

    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "title": "Arbeitsmappe Gelingen"})
        _Writer(book, sheets, lines).write()
    save(path, content.getvalue())


def save(path: Path, content: bytes) -> None:
    """Write a file; raises UnwritableFileError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"Die Datei {path} kann nicht geschrieben werden: {error.strerror}."
        raise UnwritableFileError(message) from error


class _Writer:
    """One workbook being written."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        sheets: Sequence[Sheet],
        lines: Mapping[str, Sequence[Sequence[Spelled]]] | None,
    ) -> None:
        self._book = book
        self._sheets = sheets
        self._lines = lines
        base = {"valign": "top"}
        self._head = book.add_format(
            {"bold": True, "bg_color": COLOURS["head"], "text_wrap": True, "border": 1, **base}
        )
        self._example = book.add_format(
            {"italic": True, "font_color": COLOURS["example"], "num_format": "@", **base}
        )
        self._as_typed = book.add_format({"num_format": "@", **base})
        self._wrapped = book.add_format({"num_format": "@", "text_wrap": True, **base})
        self._plain = book.add_format(base)
        self._day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left", **base})
        self._eur = book.add_format({"num_format": "#,##0.00", **base})
        self._lists: dict[object, str] = {}

    def write(self) -> None:
        self._write_guide()
        pages = [self._book.add_worksheet(sheet.title) for sheet in self._sheets]
        self._write_lists()
        for sheet, page in zip(self._sheets, pages, strict=True):
            self._write_sheet(sheet, page)

    def _write_guide(self) -> None:
        page = self._book.add_worksheet(GUIDE_TITLE)
        page.hide_gridlines(2)
        page.set_column(0, 0, 26, self._wrapped)
        page.set_column(1, 1, _WIDTH_OF_GUIDE, self._wrapped)
        title = self._book.add_format({"bold": True, "font_size": 16})
        heading = self._book.add_format({"bold": True, "font_size": 12, "bottom": 1})
        line = 0
        for name, sentences in GUIDE:
            if not sentences:
                page.write_string(line, 0, name, heading if line else title)
            else:
                page.write_string(line, 0, name, self._wrapped)
                page.write_string(line, 1, " ".join(sentences), self._wrapped)
                page.set_row(line, _height(" ".join(sentences)))
            line += 1
        link = self._book.add_format(
            {"font_color": COLOURS["link"], "underline": 1, "valign": "top"}
        )
        page.write_string(line, 0, "Die Blätter", heading)
        for offset, sheet in enumerate(self._sheets, start=1):
            page.write_url(line + offset, 0, f"internal:'{sheet.title}'!A1", link, sheet.title)
            page.write_string(line + offset, 1, sheet.meaning, self._wrapped)
            page.set_row(line + offset, _height(sheet.meaning))
        _set_print(page, fits=True)

    def _write_lists(self) -> None:
        """Write each closed list once, on a hidden sheet."""
        page = self._book.add_worksheet(_LISTS_TITLE)
        columns = [column for sheet in self._sheets for column in sheet.columns]
        for choices in dict.fromkeys(column.choices for column in columns if column.choices):
            place = len(self._lists)
            page.write_string(0, place, choices.__name__, self._plain)
            for row, member in enumerate(choices, start=1):
                page.write_string(row, place, member.label, self._plain)
            self._lists[choices] = region(_LISTS_TITLE, place, 1, len(choices))
        page.hide()

    def _write_sheet(self, sheet: Sheet, page: Worksheet) -> None:
        lines = self._lines_of(sheet)
        last = len(lines) + _LINES_TO_FILL
        for index, column in enumerate(sheet.columns):
            width = _WIDTHS.get(column.kind, _WIDTH)
            page.set_column(index, index, width, self._format_of(column))
            page.write_string(0, index, column.head + (" *" if column.required else ""), self._head)
            note = {"author": "Gelingen", "x_scale": 2, "y_scale": 1.6, "font_size": 9}
            page.write_comment(0, index, _note(column), note)
            self._set_check(page, index, column, last)
        for row, line in enumerate(lines, start=1):
            for index, (column, value) in enumerate(zip(sheet.columns, line, strict=True)):
                self._write_cell(page, (row, index), column, value)
        page.set_row(0, 32)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(lines)), len(sheet.columns) - 1)
        page.repeat_rows(0)
        page.repeat_columns(0, min(1, len(sheet.columns) - 1))
        width = sum(_WIDTHS.get(column.kind, _WIDTH) for column in sheet.columns)
        _set_print(page, fits=width <= _WIDTH_OF_PAPER)

    def _set_check(self, page: Worksheet, index: int, column: Column, last: int) -> None:
        source = None
        if column.choices:
            source = self._lists[column.choices]
        elif column.kind is Kind.REFERENCE:
            target = next((one for one in self._sheets if one.name == column.refers), None)
            # The example line is nothing to choose.
            first = 2 if self._lines is None else 1
            source = label_region(target, first, last) if target else None
        check = cell_check(column, source)
        if check:
            page.data_validation(1, index, last, index, check)

    def _lines_of(self, sheet: Sheet) -> Sequence[Sequence[Spelled]]:
        if self._lines is not None:
            return self._lines.get(sheet.name, ())
        return [[EXAMPLE_KEY, *(column.example for column in sheet.columns[1:])]]

    def _format_of(self, column: Column) -> Format:
        if column.kind is Kind.LONG_TEXT:
            return self._wrapped
        if column.kind in _AS_TYPED:
            return self._as_typed
        return self._eur if column.kind is Kind.EUR else self._plain

    def _write_cell(
        self, page: Worksheet, place: tuple[int, int], column: Column, value: Spelled
    ) -> None:
        if value == "":
            return
        example = self._lines is None
        shape = self._example if example else self._format_of(column)
        if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
            plain = self._plain if column.kind is Kind.RANGE else shape
            page.write_number(*place, float(value), plain)
        elif isinstance(value, date) and value >= _FIRST_DAY_OF_FORMAT:
            page.write_datetime(*place, datetime(value.year, value.month, value.day), self._day)  # noqa: DTZ001 - a day has no zone
        else:
            text = as_text(value)
            if len(text) > _LONGEST_TEXT:
                message = (
                    f"Ein Text in der Spalte „{column.head}“ hat mehr als {_LONGEST_TEXT} Zeichen "
                    f"und passt in keine Zelle: {text[:60]}…"
                )
                raise TextTooLongError(message)
            page.write_string(*place, text, shape)


def as_text(value: Spelled) -> str:
    """Write a spelled value as text: days as 01.07.2019, numbers with a comma."""
    if isinstance(value, Decimal):
        return german_number(value)
    return f"{value:%d.%m}.{value.year:04}" if isinstance(value, date) else value


def _note(column: Column) -> str:
    lines = [column.meaning]
    if column.required:
        lines.append("Pflichtangabe.")
    if column.choices:
        lines.append("Erlaubt: " + ", ".join(member.label for member in column.choices) + ".")
    elif how_to_write(column.kind):
        lines.append(how_to_write(column.kind))
    return "\n".join(lines)


def _height(text: str) -> float:
    """Estimate the height of a line of the guide, since not all programs fit it to the text."""
    return _HEIGHT_OF_LINE * (1 + len(text) // (_WIDTH_OF_GUIDE - 8)) + 3


def _set_print(page: Worksheet, *, fits: bool) -> None:
    """Print in landscape; on one page's width if that stays readable."""
    page.set_landscape()
    page.set_paper(9)
    if fits:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(_SMALL_PRINT)
    page.set_footer("&L&A&RSeite &P von &N")
