"""Where a county enters what a paper lacks: sheets of the workbook and pages of the desk."""

from gelingen.documents import Note, NoteKind
from gelingen.transfer.sheets import SHEETS

_SHEETS = {sheet.name: sheet.title for sheet in SHEETS}
_PAGES = {
    "plan": "Plan",
    "period": "Plan",
    "chapter": "Plan",
    "guiding_goal": "Plan",
    "impact_goal": "Plan",
    "measure": "Plan",
    "milestone": "Plan",
    "chance": "Plan",
    "other_plan": "Plan",
    "need": "Bedarfe",
    "inquiry": "Bedarfe",
    "structure": "Bestand",
    "organisation": "Bestand",
    "funding": "Bestand",
    "responsibility": "Bestand",
    "cooperation": "Bestand",
    "post": "Bestand",
    "reach": "Bestand",
    "figure": "Zahlen",
}


def place_to_enter(sheet: str) -> str:
    """Say where records of a kind are entered and seen: sheet of the workbook, page."""
    return f"Arbeitsmappe, Blatt „{_SHEETS[sheet]}“; Seite „{_PAGES[sheet]}“"


def missing(what: str, sheet: str) -> Note:
    """Say what is not recorded and where to enter it."""
    return Note(f"{what} Einzutragen in: {place_to_enter(sheet)}.", NoteKind.MISSING)
