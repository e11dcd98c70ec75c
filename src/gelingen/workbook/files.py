"""Files read into grids of cells, whatever their format."""

import csv
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from gelingen.workbook.bounds import MOST_CELLS, Marks
from gelingen.workbook.guard import (
    FileKind,
    UnreadableFileError,
    check_size,
    kind_of,
    open_package,
)
from gelingen.workbook.ods_contents import inspect_ods
from gelingen.workbook.raw import Raw, german_number
from gelingen.workbook.xlsx_contents import inspect_xlsx

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["NEUTRALISED", "Grid", "read_grids"]

_MOST_FILES = 200
_DELIMITERS = ";\t,"
_LONGEST_CELL = 1_000_000
_SAMPLE_LINES = 20
# The export puts one more apostrophe before texts that a spreadsheet would take for a formula.
NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet or CSV file, from A1.

    Attributes:
        title: title of the sheet or name of the file without ".csv".
        cells: rows of equal length; an empty cell is "".
        marks: formulas and merged regions.
        links: whether formulas of the file refer to other files.
        visible: whether people see the sheet.

    """

    title: str
    cells: list[list[Raw]]
    marks: Marks = field(default_factory=Marks)
    links: bool = False
    visible: bool = True


def read_grids(path: Path) -> list[Grid]:
    """Read all sheets of a file, or all CSV files of a folder by name.

    Raises:
        UnreadableFileError: if that is impossible or unsafe.

    """
    kind = kind_of(path)
    if kind is FileKind.FOLDER:
        return _read_folder(path)
    if kind is FileKind.CSV:
        return [_read_csv(path)]
    with open_package(path) as package:
        if kind is FileKind.XLSX:
            marks, links = inspect_xlsx(path, package)
        else:
            marks, links = inspect_ods(path, package), False
    return _read_spreadsheet(path, marks, links=links)


def _read_spreadsheet(path: Path, marks: dict[str, Marks], *, links: bool) -> list[Grid]:
    grids = []
    with _quiet_calamine(path), CalamineWorkbook.from_path(path) as book:
        for sheet in book.sheets_metadata:
            cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            known = marks.get(sheet.name, Marks())
            _show_formats(cells, known)
            visible = sheet.visible is SheetVisibleEnum.Visible
            grids.append(Grid(sheet.name, cells, known, links, visible))
    return grids


@contextmanager
def _quiet_calamine(path: Path) -> Iterator[None]:
    """Turn every way in which the reader can fail into one sentence.

    Its panics are written to the standard error by the native library itself, so that stream is
    closed meanwhile.
    """
    message = f"Die Datei {path.name} ist beschädigt und kann nicht gelesen werden."
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFileError(message) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise UnreadableFileError(message) from error
        raise
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _show_formats(cells: list[list[Raw]], marks: Marks) -> None:
    """Replace values by what people see: 0.1 as percent is "10 %", a day as month "07/2019"."""
    for (row, column), shown in marks.formats.items():
        if row >= len(cells) or column >= len(cells[row]):
            continue
        raw = cells[row][column]
        if shown == "percent":
            if isinstance(raw, int | float) and not isinstance(raw, bool):
                cells[row][column] = f"{german_number(Decimal(repr(raw)) * 100)} %"
        elif _is_day(raw):
            cells[row][column] = raw.strftime("%m/%Y" if shown == "month" else "%Y")


def _is_day(raw: Raw) -> "TypeGuard[dt.date]":
    return hasattr(raw, "year")


def _read_folder(folder: Path) -> list[Grid]:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in {".csv", ".tsv"})
    if not files:
        message = f"Im Ordner {folder.name} liegen keine .csv-Dateien."
        raise UnreadableFileError(message)
    if len(files) > _MOST_FILES:
        message = f"Im Ordner {folder.name} liegen mehr als {_MOST_FILES} .csv-Dateien."
        raise UnreadableFileError(message)
    check_size(*files)
    return [_read_csv(file) for file in files if file.stat().st_size]


def _read_csv(path: Path) -> Grid:
    check_size(path)
    text = _decode(path)
    marked = text[:5].lower() == "sep=" + text[4:5]
    delimiter = text[4] if marked and text[4:5] in _DELIMITERS else _find_delimiter(text)
    _check_cells(path, text.count(delimiter) + text.count("\n"))
    cells = _split(path, text, delimiter)
    width = max(map(len, cells), default=0)
    _check_cells(path, width * len(cells))
    padded: list[list[Raw]] = [[*map(_restore, row), *[""] * (width - len(row))] for row in cells]
    return Grid(path.stem, padded)


def _check_cells(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        message = f"Die Datei {path.name} hat mehr als {MOST_CELLS} Zellen. Bitte aufteilen."
        raise UnreadableFileError(message)


def _restore(text: str) -> str:
    """Take back the apostrophe that the export puts before texts that look like formulas."""
    return text[1:] if text.startswith("'") and NEUTRALISED.match(text) else text


def _decode(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    message = (
        f"Die Datei {path.name} enthält Zeichen, die in einer Tabelle nicht vorkommen. Bitte in "
        "der Tabellenkalkulation als „CSV UTF-8“ speichern."
    )
    raise UnreadableFileError(message)


def _find_delimiter(text: str) -> str:
    """Choose the delimiter that yields the most columns in most of the first lines."""
    lines = [line for line in text[:_LONGEST_CELL].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def columns(delimiter: str) -> int:
        try:
            widths = sorted(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0
        return widths[len(widths) // 2] if widths else 0

    return max(_DELIMITERS, key=columns)


def _split(path: Path, text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" not in str(error) and "field larger" not in str(error):
            return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        message = (
            f"In der Datei {path.name} fehlt ein schließendes Anführungszeichen. "
            "Bitte ergänzen oder die Tabelle neu als CSV speichern."
        )
        raise UnreadableFileError(message) from error
