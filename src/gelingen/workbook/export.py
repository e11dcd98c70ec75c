"""Records written back in the shape of the workbook."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from gelingen.workbook.declare import Sheet
from gelingen.workbook.spelling import Names, Spelled, spell_cells
from gelingen.workbook.template import UnwritableFileError, as_text, save, write_workbook

__all__ = ["neutralised", "write_book"]

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(?:,\d+)?")


def write_book(
    path: Path, sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Mapping[str, object]]]
) -> None:
    """Write records in the shape of the workbook; `read_book` gives the same values back.

    Args:
        path: an .xlsx file, or without suffix a folder that gets one .csv file a sheet
            (UTF-8 with mark, semicolons). What exists is replaced.
        sheets: declarations, in the order of the sheets.
        rows: values by name of the sheet, as declare.Kind describes them, in the order to write.
            A label takes the place of a key in references where it cannot be mistaken.

    Raises:
        UnwritableFileError: if the suffix is another one or the place is not writable.
        TextTooLongError: if a text does not fit into a cell of an .xlsx file.

    """
    names = Names(sheets, rows)
    lines = {
        sheet.name: [spell_cells(sheet, record, names) for record in rows.get(sheet.name, ())]
        for sheet in sheets
    }
    if path.suffix.lower() == ".xlsx":
        write_workbook(path, sheets, lines)
    elif path.suffix:
        message = f"{path.name}: Geschrieben wird eine .xlsx-Datei oder ein Ordner ohne Endung."
        raise UnwritableFileError(message)
    else:
        _write_folder(path, sheets, lines)


def _write_folder(
    folder: Path, sheets: Sequence[Sheet], lines: Mapping[str, Sequence[Sequence[Spelled]]]
) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"Der Ordner {folder} kann nicht angelegt werden: {error.strerror}."
        raise UnwritableFileError(message) from error
    for sheet in sheets:
        text = StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(column.head for column in sheet.columns)
        for line in lines[sheet.name]:
            writer.writerow(neutralised(as_text(value)) for value in line)
        save(folder / f"{sheet.title}.csv", text.getvalue().encode("utf-8-sig"))


def neutralised(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    if _LIKE_A_FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
