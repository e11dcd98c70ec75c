"""What an XLSX or ODS package holds beside plain values, and whether it is of bounded size."""

import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from gelingen.workbook.guard import UnreadableFileError, members, walk_xml

__all__ = ["MOST_CELLS", "Marks", "inspect_ods", "inspect_xlsx"]

MOST_CELLS = 3_000_000  # of the rectangles around all filled cells, empty ones included
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_MOST_TEXT = 300_000_000  # characters after repeating shared texts and repeated cells
_MOST_SPACES = 10_000
_MOST_DIGITS = 12

Place = tuple[int, int]
_Attributes = dict[str, str]

_BUILT_IN_FORMATS = {9: "percent", 10: "percent", 17: "month"}


@dataclass(slots=True)
class Marks:
    """What the cells of a sheet show that their values do not tell. Rows and columns from 0.

    Attributes:
        formats: cells shown as "percent", "month" or "year".
        formulas: cells that hold a formula.
        merged: merged regions as (first row, first column, last row, last column).

    """

    formats: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def inspect_xlsx(path: Path, package: zipfile.ZipFile) -> tuple[dict[str, Marks], bool]:
    """Walk through all parts of an XLSX file.

    Returns:
        Marks by the title of the sheet, and whether formulas refer to other files.

    Raises:
        UnreadableFileError: if it is broken, hostile, or reaches too far.

    """
    titles = _sheet_titles(path, package)
    formats = _number_formats(path, package)
    marks: dict[str, Marks] = {}
    texts = _SharedTexts()
    cells = filled = 0
    for member in members(package):
        if member.lower().endswith("sharedstrings.xml"):
            walk_xml(path, package, member, texts.start, texts.text)
            continue
        sheet = _XlsxSheet(path, formats)
        walk_xml(path, package, member, sheet.start)
        sheet.close_cell()
        cells += sheet.rows * sheet.columns
        filled += sheet.filled
        _check_extent(path, cells)
        if member in titles:
            marks[titles[member]] = sheet.marks
    _check_text(path, texts.longest * filled)
    links = any(name.startswith("xl/externalLinks/") for name in package.namelist())
    return marks, links


def inspect_ods(path: Path, package: zipfile.ZipFile) -> dict[str, Marks]:
    """Walk through the content of an ODS file; returns and raises as `inspect_xlsx`."""
    reader = _OdsReader(path)
    for member in members(package):
        if member == "content.xml":
            walk_xml(path, package, member, reader.start, reader.text)
        elif member.endswith(".xml"):
            walk_xml(path, package, member, lambda _name, _attributes: None)
    return reader.marks


def _check_extent(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        message = (
            f"Die Datei {path.name} hat zu viele Zellen (mehr als {MOST_CELLS // 1_000_000} "
            "Millionen) oder einzelne Einträge weit außerhalb der Tabelle. Bitte leere und "
            "verstreute Bereiche löschen oder die Blätter aufteilen."
        )
        raise UnreadableFileError(message)


def _check_text(path: Path, characters: int) -> None:
    if characters > _MOST_TEXT:
        message = f"Die Texte in der Datei {path.name} sind zu lang. Sie wird nicht gelesen."
        raise UnreadableFileError(message)


def _plain(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _number(text: str | None, default: int) -> int:
    if not text or len(text) > _MOST_DIGITS or not text.isascii() or not text.isdigit():
        return default
    return int(text)


@lru_cache(maxsize=_MOST_COLUMNS)
def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _sheet_titles(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """Titles of the sheets by member of the archive."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(name: str, attributes: _Attributes) -> None:
        if _plain(name) == "Relationship":
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = str(PurePosixPath(inside))

    def sheet(name: str, attributes: _Attributes) -> None:
        if _plain(name) == "sheet":
            pointer = next((attributes[key] for key in attributes if _plain(key) == "id"), "")
            titles[targets.get(pointer, "")] = attributes.get("name", "")

    if "xl/_rels/workbook.xml.rels" in package.namelist():
        walk_xml(path, package, "xl/_rels/workbook.xml.rels", relation)
    walk_xml(path, package, "xl/workbook.xml", sheet)
    hidden = [member for member in titles if member and member not in members(package)]
    if hidden:
        message = f"Die Datei {path.name} ist beschädigt: Das Blatt {titles[hidden[0]]} fehlt."
        raise UnreadableFileError(message)
    return titles


def _number_formats(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """Cell styles (by their index as text) that show percents, months or years."""
    kinds = dict(_BUILT_IN_FORMATS)
    styles: list[str] = []
    within = [""]

    def start(name: str, attributes: _Attributes) -> None:
        plain = _plain(name)
        if plain in {"cellXfs", "cellStyleXfs", "dxfs"}:
            within[0] = plain
        elif plain == "numFmt" and (kind := _kind_of_format(attributes.get("formatCode", ""))):
            kinds[_number(attributes.get("numFmtId"), 0)] = kind
        elif plain == "xf" and within[0] == "cellXfs":
            styles.append(kinds.get(_number(attributes.get("numFmtId"), 0), ""))

    if "xl/styles.xml" in package.namelist():
        walk_xml(path, package, "xl/styles.xml", start)
    return {str(index): kind for index, kind in enumerate(styles) if kind}


def _kind_of_format(code: str) -> str:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower().split(";")[0]
    if "%" in bare:
        return "percent"
    letters = set(bare) & set("dtmyjhsag0#?")
    if letters and letters <= set("my") and "y" in letters:
        return "month" if "m" in letters else "year"
    return ""


class _SharedTexts:
    """The longest of the texts that cells share."""

    def __init__(self) -> None:
        self.longest = 0
        self._length = 0

    def start(self, name: str, _attributes: _Attributes) -> None:
        if _plain(name) == "si":
            self._length = 0

    def text(self, piece: str) -> None:
        self._length += len(piece)
        self.longest = max(self.longest, self._length)


class _XlsxSheet:
    """One member of the archive, read as if it were a sheet."""

    def __init__(self, path: Path, formats: dict[str, str]) -> None:
        self.marks = Marks()
        self.rows = self.columns = self.filled = 0
        self._path = path
        self._formats = formats
        self._row = self._column = -1
        self._style = ""
        self._holds = False

    def start(self, name: str, attributes: _Attributes) -> None:
        if ":" in name:
            name = _plain(name)
        if name == "c":
            self.close_cell()
            self._open_cell(attributes)
        elif name in {"v", "is"}:
            self._holds = True
        elif name == "f":
            self._holds = True
            self.marks.formulas.add((self._row, self._column))
        elif name == "row":
            self.close_cell()
            self._row = _number(attributes.get("r"), self._row + 2) - 1
            self._column = -1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _open_cell(self, attributes: _Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            self._column = _column_index(letters)
            self._row = _number(place[len(letters) :], 0) - 1
        self._style = attributes.get("s", "")

    def close_cell(self) -> None:
        """Count the cell that was open."""
        if not self._holds:
            return
        self._holds = False
        row, column = self._row, self._column
        if not (0 <= row < _MOST_ROWS and 0 <= column < _MOST_COLUMNS):
            _check_extent(self._path, MOST_CELLS + 1)
        self.filled += 1
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1
        if self.filled > MOST_CELLS:
            _check_extent(self._path, self.filled)
        if self._style in self._formats:
            self.marks.formats[row, column] = self._formats[self._style]

    def _merge(self, region: str) -> None:
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", region)
        if match:
            left, top, right, bottom = match.groups()
            self.marks.merged.append(
                (int(top) - 1, _column_index(left), int(bottom) - 1, _column_index(right))
            )


class _OdsReader:
    """The content of an ODS file."""

    def __init__(self, path: Path) -> None:
        self.marks: dict[str, Marks] = {}
        self._path = path
        self._sheet = Marks()
        self._row = self._row_count = 0
        self._next_row = self._next_column = 0
        self._column = self._column_count = 0
        self._rows = self._columns = self._cells = self._characters = 0

    def start(self, name: str, attributes: _Attributes) -> None:
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._open_cell(attributes)
        elif name == "text:p":
            self._fill()
        elif name == "text:s":
            spaces = _number(attributes.get("text:c"), 1)
            self._count_text(spaces if spaces <= _MOST_SPACES else _MOST_TEXT + 1)
        elif name == "table:table-row":
            self._row = self._next_row
            self._row_count = _number(attributes.get("table:number-rows-repeated"), 1)
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
        _check_text(self._path, self._characters)

    def _open_cell(self, attributes: _Attributes) -> None:
        self._column = self._next_column
        self._column_count = _number(attributes.get("table:number-columns-repeated"), 1)
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
        down = _number(attributes.get("table:number-rows-spanned"), 1)
        right = _number(attributes.get("table:number-columns-spanned"), 1)
        if down > 1 or right > 1:
            self._sheet.merged.append((*place, place[0] + down - 1, place[1] + right - 1))

    def _fill(self) -> None:
        rows, columns = self._row + self._row_count, self._column + self._column_count
        if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
            _check_extent(self._path, MOST_CELLS + 1)
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        _check_extent(self._path, self._cells + self._rows * self._columns)
