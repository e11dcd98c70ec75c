"""What an XLSX file holds beside plain values, and whether it is of bounded size."""

import re
import zipfile
from pathlib import Path, PurePosixPath

from gelingen.workbook.bounds import (
    Attributes,
    Marks,
    check_extent,
    check_text,
    plain_name,
    whole_number,
)
from gelingen.workbook.guard import UnreadableFileError, members, walk_xml
from gelingen.workbook.xlsx_sheets import scan_sheet

__all__ = ["inspect_xlsx"]

_UNUSUAL = re.compile(rb"<!|\0|<\w+:si\b")
_BUILT_IN_FORMATS = {9: "percent", 10: "percent", 17: "month"}


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
    cells = filled = longest = 0
    for member in members(package):
        if member.lower().endswith("sharedstrings.xml"):
            longest = max(longest, _longest_shared_text(path, package, member))
            continue
        sheet = scan_sheet(path, package, member, formats)
        cells += sheet.rows * sheet.columns
        filled += sheet.filled
        check_extent(path, cells)
        if member in titles:
            marks[titles[member]] = sheet.marks
    check_text(path, longest * filled)
    links = any(name.startswith("xl/externalLinks/") for name in package.namelist())
    return marks, links


def _sheet_titles(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """Titles of the sheets by member of the archive."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if plain_name(name) == "Relationship":
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = str(PurePosixPath(inside))

    def sheet(name: str, attributes: Attributes) -> None:
        if plain_name(name) == "sheet":
            pointer = next((attributes[key] for key in attributes if plain_name(key) == "id"), "")
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

    def start(name: str, attributes: Attributes) -> None:
        plain = plain_name(name)
        if plain in {"cellXfs", "cellStyleXfs", "dxfs"}:
            within[0] = plain
        elif plain == "numFmt" and (kind := _kind_of_format(attributes.get("formatCode", ""))):
            kinds[whole_number(attributes.get("numFmtId"), 0)] = kind
        elif plain == "xf" and within[0] == "cellXfs":
            styles.append(kinds.get(whole_number(attributes.get("numFmtId"), 0), ""))

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


def _longest_shared_text(path: Path, package: zipfile.ZipFile, member: str) -> int:
    """Bound the length of the texts that cells share, from above."""
    content = package.read(member)
    if not _UNUSUAL.search(content):
        return max(map(len, content.split(b"</si>")))
    texts = _SharedTexts()
    walk_xml(path, package, member, texts.start, texts.text)
    return texts.longest


class _SharedTexts:
    """The longest of the texts that cells share."""

    def __init__(self) -> None:
        self.longest = 0
        self._length = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if plain_name(name) == "si":
            self._length = 0

    def text(self, piece: str) -> None:
        self._length += len(piece)
        self.longest = max(self.longest, self._length)
