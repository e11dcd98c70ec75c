"""How much a workbook may hold, and what its cells show beside their values."""

from dataclasses import dataclass, field
from pathlib import Path

from gelingen.workbook.guard import UnreadableFileError

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "MOST_TEXT",
    "Marks",
    "check_extent",
    "check_text",
    "plain_name",
    "whole_number",
]

MOST_CELLS = 1_500_000  # of the rectangles around all filled cells, empty ones included
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
MOST_TEXT = 300_000_000  # characters after repeating shared texts and repeated cells
_MOST_DIGITS = 12

Attributes = dict[str, str]


@dataclass(slots=True)
class Marks:
    """What the cells of a sheet show that their values do not tell. Rows and columns from 0.

    Attributes:
        formats: cells shown as "percent", "month" or "year".
        formulas: cells that hold a formula.
        merged: merged regions as (first row, first column, last row, last column).

    """

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def check_extent(path: Path, cells: int) -> None:
    """Refuse a file with too many cells; raises UnreadableFileError."""
    if cells > MOST_CELLS:
        message = (
            f"Die Datei {path.name} hat zu viele Zellen (mehr als "
            f"{MOST_CELLS}) oder einzelne Einträge weit außerhalb der Tabelle. Bitte leere und "
            "verstreute Bereiche löschen oder die Blätter aufteilen."
        )
        raise UnreadableFileError(message)


def check_text(path: Path, characters: int) -> None:
    """Refuse a file with too much text; raises UnreadableFileError."""
    if characters > MOST_TEXT:
        message = f"Die Texte in der Datei {path.name} sind zu lang. Sie wird nicht gelesen."
        raise UnreadableFileError(message)


def plain_name(name: str) -> str:
    """Take the prefix off the name of an element or attribute."""
    return name.rpartition(":")[2] if ":" in name else name


def whole_number(text: str | None, default: int) -> int:
    """Read a count in an attribute; anything odd is the default."""
    if not text or len(text) > _MOST_DIGITS or not text.isascii() or not text.isdigit():
        return default
    return int(text)
