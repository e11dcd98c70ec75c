"""Enter and change one record by hand, by the same declarations as the workbook's sheets."""

from gelingen.editing.commands import may_change, may_create, remove_record, save_record
from gelingen.editing.merging import Clash, Merge, merge
from gelingen.editing.records import (
    KINDS,
    Row,
    get_record,
    offers,
    row_at,
    row_of,
    sheet_of,
    texts_of,
)
from gelingen.editing.undoing import take_back, take_back_change

__all__ = [
    "KINDS",
    "Clash",
    "Merge",
    "Row",
    "get_record",
    "may_change",
    "may_create",
    "merge",
    "offers",
    "remove_record",
    "row_at",
    "row_of",
    "save_record",
    "sheet_of",
    "take_back",
    "take_back_change",
    "texts_of",
]
