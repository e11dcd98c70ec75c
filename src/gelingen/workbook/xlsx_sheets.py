"""One sheet of an XLSX file: how far it reaches and what its cells show."""

import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from gelingen.workbook.bounds import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Attributes,
    Marks,
    check_extent,
    plain_name,
    whole_number,
)
from gelingen.workbook.guard import walk_xml

__all__ = ["SheetScan", "scan_sheet", "stream_sheet"]

_MOST_EMPTY = 2_000_000  # formatted cells without content
_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_FORMULA_STARTS = (b"<f ", b"<f>", b"<f/", b"<f\t", b"<f\n", b"<f\r")
_CELL = rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"'
_REST = rb'(?: [a-z]+="[^"<>]*")*'
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})[1-9][0-9]{0,6}"' + _REST + rb">")
_ROWS = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"' + _REST + rb">")
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"' + _REST + rb"/>")
_FORMULAS = re.compile(_CELL + _REST + rb"><f[\s>/]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_UNUSUAL = re.compile(rb"<!|\0|<\w+:(?:c|f|v|is|row|mergeCell)\b")


def scan_sheet(
    path: Path, package: zipfile.ZipFile, member: str, formats: Mapping[str, str]
) -> "SheetScan":
    """Scan a member of the archive as a sheet.

    The usual way of writing cells is recognised in one sweep; whatever is written differently is
    walked through element by element.

    Args:
        path: the file, for messages.
        package: its opened archive.
        member: name inside the archive.
        formats: what special cell styles show, by their index as text.

    Raises:
        UnreadableFileError: if it is broken, hostile, or reaches too far.

    """
    content = package.read(member)
    starts = sum(content.count(start) for start in _STARTS)
    if starts > MOST_CELLS + _MOST_EMPTY:
        check_extent(path, starts)
    if starts and not _UNUSUAL.search(content):
        scan = _sweep(path, content, starts, formats)
        if scan is not None:
            return scan
    del content
    return stream_sheet(path, package, member, formats)


def stream_sheet(
    path: Path, package: zipfile.ZipFile, member: str, formats: Mapping[str, str]
) -> "SheetScan":
    """Scan a member element by element; arguments and errors as `scan_sheet`."""
    scan = SheetScan(path, formats)
    walk_xml(path, package, member, scan.start)
    check_extent(path, scan.rows * scan.columns)
    return scan


def _sweep(
    path: Path, content: bytes, starts: int, formats: Mapping[str, str]
) -> "SheetScan | None":
    """Scan a sheet all of whose cells are written alike; None if one is not."""
    columns = _COLUMNS.findall(content)
    merged = _MERGED.findall(content)
    formula_starts = sum(content.count(start) for start in _FORMULA_STARTS)
    formulas = _FORMULAS.findall(content) if formula_starts else []
    empty = sum(1 for _ in _EMPTY.finditer(content)) if len(columns) < starts else 0
    alike = (
        len(columns) + empty == starts
        and len(formulas) == formula_starts
        and len(merged) == content.count(b"<mergeCell ")
    )
    if not alike:
        return None
    scan = SheetScan(path, formats)
    scan.filled = len(columns)
    scan.columns = max((_column_index(c.decode()) + 1 for c in set(columns)), default=0)
    scan.rows = max(map(int, set(_ROWS.findall(content))), default=0)
    if scan.columns > MOST_COLUMNS or scan.rows > MOST_ROWS:
        check_extent(path, MOST_CELLS + 1)
    check_extent(path, scan.rows * scan.columns)
    scan.marks.formulas.update(_place(*place) for place in formulas)
    for region in merged:
        scan.merge(region.decode())
    if formats:
        styles = b"|".join(index.encode() for index in formats)
        styled = re.compile(_CELL + _REST[:-1] + rb'*? s="(' + styles + rb')"' + _REST + rb">")
        for column, row, style in styled.findall(content):
            scan.marks.formats[_place(column, row)] = formats[style.decode()]
    return scan


def _place(column: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, _column_index(column.decode())


@lru_cache(maxsize=MOST_COLUMNS)
def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


class SheetScan:
    """What is known about a sheet.

    Attributes:
        marks: what its cells show.
        rows: rows from the first to the last filled cell.
        columns: the same for columns.
        filled: number of cells that hold something.

    """

    def __init__(self, path: Path, formats: Mapping[str, str]) -> None:
        self.marks = Marks()
        self.rows = self.columns = self.filled = 0
        self._path = path
        self._formats = formats
        self._row = self._column = -1
        self._row_text = ""
        self._attributes: Attributes = {}
        self._filled_cell = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        if name == "v":
            self._hold()
        elif name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._row = whole_number(attributes.get("r"), self._row + 2) - 1
            self._column, self._row_text = -1, ""
        elif name == "is":
            self._hold()
        elif name == "f":
            self._hold()
            self.marks.formulas.add((self._row, self._column))
        elif name == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif ":" in name:
            self.start(plain_name(name), attributes)

    def _open_cell(self, attributes: Attributes) -> None:
        self._filled_cell = False
        self._attributes = attributes
        place = attributes.get("r")
        if place is None:
            self._column += 1
            return
        letters = place.rstrip("0123456789")
        self._column = _column_index(letters)
        row = place[len(letters) :]
        if row != self._row_text:
            self._row_text = row
            self._row = whole_number(row, 0) - 1

    def _hold(self) -> None:
        """Count the open cell, once, because it holds something."""
        if self._filled_cell:
            return
        self._filled_cell = True
        row, column = self._row, self._column
        if not (0 <= row < MOST_ROWS and 0 <= column < MOST_COLUMNS):
            check_extent(self._path, MOST_CELLS + 1)
        self.filled += 1
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1
        if self.filled > MOST_CELLS:
            check_extent(self._path, self.filled)
        style = self._attributes.get("s", "")
        if style in self._formats:
            self.marks.formats[row, column] = self._formats[style]

    def merge(self, region: str) -> None:
        """Note a merged region such as "A3:A5"."""
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", region)
        if match:
            left, top, right, bottom = match.groups()
            self.marks.merged.append(
                (int(top) - 1, _column_index(left), int(bottom) - 1, _column_index(right))
            )
