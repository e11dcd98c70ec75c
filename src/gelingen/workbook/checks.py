"""How a spreadsheet checks cells while they are filled: lists, days, numbers."""

from datetime import date

from xlsxwriter.utility import xl_col_to_name

from gelingen.workbook.declare import Column, Kind, Sheet
from gelingen.workbook.guide import how_to_write

__all__ = ["cell_check", "label_region", "region"]

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_EARLIEST, _LATEST = date(1950, 1, 1), date(2199, 12, 31)
_HIGHEST = 10**12
_ANY_NUMBER = (-_HIGHEST, _HIGHEST)
_BETWEEN: dict[Kind, tuple[str, object, object]] = {
    Kind.FIRST_DAY: ("date", _EARLIEST, _LATEST),
    Kind.LAST_DAY: ("date", _EARLIEST, _LATEST),
    Kind.OPEN_END: ("date", _EARLIEST, _LATEST),
    Kind.INTEGER: ("integer", *_ANY_NUMBER),
    Kind.NUMBER: ("decimal", *_ANY_NUMBER),
    Kind.EUR: ("decimal", *_ANY_NUMBER),
    Kind.PERCENT: ("decimal", 0, 100),
}


def cell_check(column: Column, source: str | None) -> dict[str, object]:
    """Say how the cells of a column are checked, as xlsxwriter takes it; {} for not at all.

    Only closed lists refuse other entries. Elsewhere the spreadsheet asks and lets people write
    "7/2019" or "unbefristet".

    Args:
        column: its declaration.
        source: region of the workbook that a drop-down list shows, if any.

    """
    check: dict[str, object] = {
        "error_title": column.head[:_LONGEST_TITLE],
        "error_message": how_to_write(column.kind)[:_LONGEST_MESSAGE],
        "error_type": "information",
    }
    if column.choices:
        message = "Bitte einen Eintrag der Liste wählen."
        return {"validate": "list", "source": source, "error_message": message}
    if source:
        return check | {"validate": "list", "source": source, "error_type": "warning"}
    if column.kind is Kind.BOOLEAN:
        return check | {"validate": "list", "source": ["ja", "nein"]}
    if column.kind in _BETWEEN:
        what, minimum, maximum = _BETWEEN[column.kind]
        between = {"criteria": "between", "minimum": minimum, "maximum": maximum}
        return check | between | {"validate": what}
    return {}


def label_region(sheet: Sheet, first: int, last: int) -> str:
    """Name the region with the labels of a sheet, or its keys if it has none; rows from 0."""
    names = [column.name for column in sheet.columns]
    return region(sheet.title, names.index(sheet.label) if sheet.label else 0, first, last)


def region(title: str, column: int, first: int, last: int) -> str:
    """Name a region of one column as a formula; column and rows count from 0."""
    letter = xl_col_to_name(column, col_abs=True)
    quoted = title.replace("'", "''")
    return f"='{quoted}'!{letter}${first + 1}:{letter}${last + 1}"
