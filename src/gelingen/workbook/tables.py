"""Plain tables as a workbook to read and to count on: no sheet that could be imported again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gelingen.workbook.guide import COLOURS

__all__ = ["PlainSheet", "write_tables"]

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is written
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_FIRST, _OTHERS = 48, 18


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One sheet.

    Attributes:
        name: on its tab; shortened and made unique where needed.
        title: above the table.
        notes: sentences between title and table.
        head: names of the columns; none: the sheet has no table.
        rows: texts, and numbers as numbers.

    """

    name: str
    title: str
    notes: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str | float]] = ()


def write_tables(title: str, sheets: Sequence[PlainSheet]) -> bytes:
    """Write sheets as an XLSX file; the same sheets give the same bytes."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _MADE, "title": title})
        styles = _Styles(
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"bold": True, "bg_color": COLOURS["head"], "border": 1,
                             "text_wrap": True, "valign": "top"}),
        )  # fmt: skip
        taken: set[str] = set()
        for sheet in sheets:
            name = _free(sheet.name, taken)
            taken.add(name.casefold())
            _write(book.add_worksheet(name), sheet, styles)
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Format
    text: Format
    head: Format


def _free(wished: str, taken: set[str]) -> str:
    """Give a name that a tab may have, and that no other has."""
    plain = _FORBIDDEN.sub(" ", wished).strip()[:_LONGEST_NAME] or "Blatt"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 4]} {number}"
    return name


def _write(page: Worksheet, sheet: PlainSheet, styles: _Styles) -> None:
    page.set_column(0, 0, _FIRST, styles.text)
    page.set_column(1, max(1, len(sheet.head) - 1), _OTHERS, styles.text)
    page.write_string(0, 0, sheet.title, styles.title)
    for line, sentence in enumerate(sheet.notes, start=1):
        page.merge_range(line, 0, line, max(3, len(sheet.head) - 1), sentence, styles.text)
        page.set_row(line, 15 * (1 + len(sentence) // 90))
    top = len(sheet.notes) + 2
    for column, name in enumerate(sheet.head):
        page.write_string(top, column, name, styles.head)
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(line, column, value, styles.text)
            else:
                page.write_number(line, column, value, styles.text)
    if sheet.head:
        page.freeze_panes(top + 1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RSeite &P von &N")
