"""What a page shows of a preview: numbers, one piece of the records, one piece of the problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.utils.http import urlencode

from gelingen.terms.spelling import number
from gelingen.transfer.checking import summary_of
from gelingen.transfer.summaries import (
    CHANGED,
    MISSING,
    NEW,
    RecordChange,
    SheetCounts,
    Summary,
    read_problems,
    read_records,
)
from gelingen.transfer.uploads import folder_of
from gelingen.web.imports.words import counts
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

if TYPE_CHECKING:
    from gelingen.transfer.models import Upload

PAGE_SIZE = 50
OPEN_UP_TO = 20
PROBLEMS, RECORDS = "stellen", "aenderungen"
HEADINGS = {NEW: "Neu", CHANGED: "Geändert", MISSING: "Nicht in der Datei"}
SHEETS = (
    Column("Blatt"),
    Column("neu", number=True),
    Column("geändert", number=True),
    Column("unverändert", number=True),
    Column("nicht in der Datei", number=True),
)
CELLS = (
    Column("Stelle"),
    Column("Art"),
    Column("Dort steht", wide=True),
    Column("Richtig wäre", wide=True),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of a preview.

    Attributes:
        summary: all in numbers.
        answer: what the import would do, in one sentence.
        ready: whether it can be written.
        button: what the button that writes says.
        view: PROBLEMS or RECORDS.
        tabs: ways to both.
        listing: problems, or numbers by sheet.
        heading: which records follow; "" for none.
        effect: what the import would do to them.
        records: one piece of them.
        leaf: the place of the piece, of problems or records.

    """

    summary: Summary
    answer: str
    ready: bool
    button: str
    view: str
    tabs: list[Link]
    listing: Listing | None
    heading: str = ""
    effect: str = ""
    records: Sequence[RecordChange] = ()
    leaf: Page[int] | None = None

    @property
    def problems(self) -> int:
        """Number of problems of both kinds."""
        return self.summary.serious + self.summary.hints

    @property
    def missing(self) -> bool:
        """Whether the records shown are ones that the file does not have."""
        return self.effect == MISSING

    @property
    def changed(self) -> bool:
        """Whether the records shown are there already and would change."""
        return self.effect == CHANGED

    @property
    def unfold(self) -> bool:
        """Whether all records shown stand open: changes, while there are few."""
        return self.changed and len(self.records) <= OPEN_UP_TO


def preview(request: StaffRequest, upload: "Upload") -> Preview | None:
    """Give the page of a preview that the address asks for; None if there is no preview."""
    summary = summary_of(upload)
    if summary is None:
        return None
    total = summary.serious + summary.hints
    asked = request.GET.get("ansicht")
    view = asked if asked in (PROBLEMS, RECORDS) else PROBLEMS if summary.serious else RECORDS
    here = address(request, "upload", key=upload.key)
    labels = ((RECORDS, "Was sich ändert"), (PROBLEMS, f"Fehler und Hinweise ({total})"))
    shown = _problems if view == PROBLEMS else _records
    return Preview(
        summary,
        _answer(summary),
        ready=not summary.serious and not summary.empty,
        button=f"Übernehmen: {counts(summary.new, summary.changed)}",
        view=view,
        tabs=[Link(label, f"{here}?ansicht={name}", name == view) for name, label in labels],
        **shown(request, folder_of(upload), summary),
    )


def _answer(summary: Summary) -> str:
    wrong = "1 Fehler" if summary.serious == 1 else f"{number(summary.serious)} Fehler"
    if summary.serious:
        return f"Die Datei hat {wrong}. Solange einer da ist, wird nichts übernommen."
    if summary.empty:
        return "Alles in dieser Datei ist schon so erfasst. Es ändert sich nichts."
    return f"Beim Übernehmen: {counts(summary.new, summary.changed)}. Noch ist nichts geschrieben."


def _problems(request: StaffRequest, folder: Path, summary: Summary) -> dict[str, Any]:
    """Show one piece of the problems, each at its cell."""
    leaf = chosen_page(request, range(summary.serious + summary.hints), size=PAGE_SIZE)
    found = read_problems(folder, summary.digest, start=_start(leaf), most=PAGE_SIZE)
    rows = [
        (
            f"{one.sheet} {one.cell}".rstrip(),
            "Fehler" if one.serious else "Hinweis",
            one.found or ("leer" if one.cell else "–"),
            one.remedy,
        )
        for one in found
    ]
    caption = "Fehler halten die Übernahme auf, Hinweise nicht"
    return {"listing": Listing(caption, CELLS, rows) if rows else None, "leaf": leaf}


def _start(leaf: Page[int]) -> int:
    return max(leaf.start_index() - 1, 0)


def _records(request: StaffRequest, folder: Path, summary: Summary) -> dict[str, Any]:
    """Show the numbers by sheet and one piece of the records of one of them."""
    here = f"{request.path}?{urlencode({'ansicht': RECORDS})}"
    rows = [_sheet_row(one, here) for one in summary.sheets]
    found: dict[str, Any] = {
        "listing": Listing("Einträge nach Blättern", SHEETS, rows) if rows else None
    }
    sheet, effect = _chosen(request, summary)
    if sheet is None:
        return found
    leaf = chosen_page(request, range(_number(sheet, effect)), size=PAGE_SIZE)
    return found | {
        "heading": f"{sheet.title}: {HEADINGS[effect].lower()}",
        "effect": effect,
        "leaf": leaf,
        "records": read_records(
            folder, summary.digest, sheet.name, effect, start=_start(leaf), most=PAGE_SIZE
        ),
    }


def _number(sheet: SheetCounts, effect: str) -> int:
    return {NEW: sheet.new, CHANGED: sheet.changed, MISSING: sheet.missing}[effect]


def _sheet_row(one: SheetCounts, here: str) -> tuple[Cell | str, ...]:
    def cell(effect: str) -> Cell | str:
        count = _number(one, effect)
        query = urlencode({"blatt": one.name, "was": effect})
        return Cell(number(count), url=f"{here}&{query}#eintraege") if count else "–"

    return (one.title, cell(NEW), cell(CHANGED), number(one.untouched), cell(MISSING))


def _chosen(request: StaffRequest, summary: Summary) -> tuple[SheetCounts | None, str]:
    """Find the sheet and kind of change to show: as asked, else the first with changes."""
    asked, effect = request.GET.get("blatt", ""), request.GET.get("was", "")
    for one in summary.sheets:
        if one.name == asked and effect in HEADINGS and _number(one, effect):
            return one, effect
    for effect in (CHANGED, NEW):
        for one in summary.sheets:
            if _number(one, effect):
                return one, effect
    return None, ""
