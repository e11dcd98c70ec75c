"""Where a county enters what a paper lacks: the sheets of its workbook."""

from gelingen.documents import Note, NoteKind
from gelingen.transfer.sheets import SHEETS

_SHEETS = {sheet.name: sheet.title for sheet in SHEETS}


def place_to_enter(sheet: str) -> str:
    """Say where records of a kind are entered."""
    return f"Arbeitsmappe, Blatt „{_SHEETS[sheet]}“"


def missing(what: str, sheet: str) -> Note:
    """Say what is not recorded and where to enter it."""
    return Note(f"{what} Einzutragen in: {place_to_enter(sheet)}.", NoteKind.MISSING)
