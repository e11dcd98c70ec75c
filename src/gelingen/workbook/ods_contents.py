"""What an ODS file holds beside plain values, and whether it is of bounded size."""

import zipfile
from pathlib import Path

from gelingen.workbook.bounds import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Attributes,
    Marks,
    check_extent,
    check_text,
    whole_number,
)
from gelingen.workbook.guard import walk_xml

__all__ = ["inspect_ods"]

_MOST_SPACES = 10_000


def inspect_ods(path: Path, package: zipfile.ZipFile) -> dict[str, Marks]:
    """Walk through the content of an ODS file.

    Returns:
        Marks by the title of the sheet.

    Raises:
        UnreadableFileError: if it is broken, hostile, or reaches too far.

    """
    reader = _Reader(path)
    walk_xml(path, package, "content.xml", reader.start, reader.text)
    return reader.marks


class _Reader:
    """The content of an ODS file."""

    def __init__(self, path: Path) -> None:
        self.marks: dict[str, Marks] = {}
        self._path = path
        self._sheet = Marks()
        self._row = self._row_count = 0
        self._next_row = self._next_column = 0
        self._column = self._column_count = 0
        self._rows = self._columns = self._cells = self._characters = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._open_cell(attributes)
        elif name == "text:p":
            self._fill()
        elif name == "text:s":
            spaces = whole_number(attributes.get("text:c"), 1)
            self._count_text(spaces if spaces <= _MOST_SPACES else MOST_TEXT + 1)
        elif name == "table:table-row":
            self._row = self._next_row
            self._row_count = whole_number(attributes.get("table:number-rows-repeated"), 1)
            self._next_row += self._row_count
            self._next_column = 0
        elif name == "table:table":
            self._cells += self._rows * self._columns
            self._rows = self._columns = self._next_row = self._next_column = 0
            self._sheet = self.marks.setdefault(attributes.get("table:name", ""), Marks())

    def text(self, piece: str) -> None:
        """Count a piece of text as often as its cell is repeated."""
        self._count_text(len(piece))

    def _count_text(self, length: int) -> None:
        self._characters += length * max(1, self._row_count) * max(1, self._column_count)
        check_text(self._path, self._characters)

    def _open_cell(self, attributes: Attributes) -> None:
        self._column = self._next_column
        self._column_count = whole_number(attributes.get("table:number-columns-repeated"), 1)
        self._next_column += self._column_count
        place = (self._row, self._column)
        value_type = attributes.get("office:value-type")
        if value_type == "percentage":
            self._fill()
            for offset in range(self._column_count):
                self._sheet.formats[self._row, self._column + offset] = "percent"
        elif value_type:
            self._fill()
        if "table:formula" in attributes:
            self._sheet.formulas.add(place)
        down = whole_number(attributes.get("table:number-rows-spanned"), 1)
        right = whole_number(attributes.get("table:number-columns-spanned"), 1)
        if down > 1 or right > 1:
            self._sheet.merged.append((*place, place[0] + down - 1, place[1] + right - 1))

    def _fill(self) -> None:
        rows, columns = self._row + self._row_count, self._column + self._column_count
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            check_extent(self._path, MOST_CELLS + 1)
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        check_extent(self._path, self._cells + self._rows * self._columns)
