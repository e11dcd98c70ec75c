"""What stands on the pages of papers, in German words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.papers.content import LABELS, MONEY, content_of
from gelingen.papers.queries import PaperLine, PaperSheet
from gelingen.terms.papers import PaperState
from gelingen.terms.spelling import day, last_day
from gelingen.web.lists import Cell, Column, Row
from gelingen.web.pages import StaffRequest, address
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact, stated
from gelingen.web.shell import Link
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.papers.models import Consequence, Deliberation, Paper

COLUMNS = (
    Column("Betreff", cut=True),
    Column("Nummer"),
    Column("Art"),
    Column("Stand"),
    Column("Liegt bei", cut=True),
    Column("Offene Folgen", number=True),
)


def list_answer(lines: Sequence[PaperLine]) -> str:
    """Say in a sentence how many papers there are and how many are on their way."""
    if not lines:
        return ""
    going = sum(one.paper.state == PaperState.RELEASED for one in lines)
    return f"{counted(len(lines), 'Vorlage', 'Vorlagen')}, {going or 'keine'} davon in Beratung."


def row(request: StaffRequest, line: PaperLine) -> Row:
    """Write one line of the list."""
    one = line.paper
    below = "" if one.public else "nichtöffentlich"
    at = line.at if one.state == PaperState.RELEASED else None
    return (
        Cell(one.subject, url=address(request, "council-paper", record=one.key), below=below),
        one.number or "–",
        one.get_kind_display(),
        one.get_state_display(),
        Cell(str(at.body), below=_when(at)) if at else "–",
        str(line.open or "–"),
    )


def _when(station: "Deliberation") -> str:
    return f"geplant für {day(station.planned)}" if station.planned else ""


def answer(read: PaperSheet) -> str:
    """Say how far a paper is, and who deals with it now."""
    paper, at = read.paper, read.at
    public = "öffentlich" if paper.public else "nichtöffentlich"
    said = f"{paper.get_kind_display()}, {public}, {paper.get_state_display()}."
    if paper.state == PaperState.RELEASED and at:
        said += f" Als Nächstes berät: {at.body}{f' am {day(at.planned)}' if at.planned else ''}."
    open_ones = sum(one.done is None for one in read.consequences)
    if open_ones:
        said += f" Offen: {counted(open_ones, 'Folge', 'Folgen')}."
    return said


def facts_of(request: StaffRequest, paper: "Paper") -> tuple[list[Fact], list[str]]:
    """Give the head of a paper, and the names of what is not said."""
    body, lead, selection = paper.body, paper.lead, paper.selection
    facts, empty = stated(
        [
            ("Nummer der Vorlage", paper.number),
            ("Aktenzeichen", paper.file_reference),
            ("Datum", day(paper.day) if paper.day else ""),
            ("Eingebracht von", record_link(request, "body", body.key, body) if body else ""),
            ("Funktion", paper.submitter),
            ("Federführend", record_link(request, "organisation", lead.key, lead) if lead else ""),
            ("Bearbeitung", paper.clerk),
            ("Haushaltsstelle", paper.budget_line),
            ("Stellen (VZÄ)", content_of(paper, ())["fte"]),
            ("Jahresauswahl", str(selection) if selection else ""),
            ("Freigegeben", f"{day(paper.released)} von {paper.released_by}")
            if paper.released
            else ("Freigegeben", ""),
        ]
    )
    return facts, [one for one in empty if one not in ("Funktion", "Jahresauswahl", "Freigegeben")]


def money_of(paper: "Paper") -> list[Fact]:
    """Give the amounts of a paper; nothing where none is known."""
    content = content_of(paper, ())
    if not any(content[name] for name in MONEY):
        return []
    return [(LABELS[name], content[name] or "nicht bekannt") for name in MONEY]


# What can be done with a paper as it stands: word in the address, and label. The first is primary.
_DEEDS = {
    PaperState.DRAFT: (("einreichen", "Zur Freigabe geben"), ("zurueckziehen", "Zurückziehen")),
    PaperState.SUBMITTED: (("zurueckgeben", "Zurückgeben"),),
    PaperState.RELEASED: (("oeffnen", "Wieder Entwurf"), ("zurueckziehen", "Zurückziehen")),
    PaperState.DONE: (),
    PaperState.WITHDRAWN: (("oeffnen", "Wieder Entwurf"),),
}


def deeds(request: StaffRequest, paper: "Paper") -> list[Link]:
    """List what can be done with a paper besides releasing it."""
    return [
        Link(label, address(request, "move-paper-on", record=paper.key, deed=deed))
        for deed, label in _DEEDS[PaperState.of(paper.state)]
    ]


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station on the page of its paper.

    Attributes:
        station: with body, item and meeting.
        said: what came of it, or when it is planned.
        votes: as counted; "" where nobody counted.
        at: whether the paper is there now.
        first: whether it stands before all others that are to come.
        last: whether nothing comes after it.

    """

    station: "Deliberation"
    said: str
    votes: str
    at: bool
    first: bool
    last: bool


def stations(request: StaffRequest, read: PaperSheet) -> list[StationLine]:
    """Put the chain of a paper into lines."""
    del request
    coming = [one for one in read.chain if not one.result]
    return [
        StationLine(
            one,
            _said(one),
            votes_of(one),
            at=one == read.at and read.paper.state == PaperState.RELEASED,
            first=one in coming[:1],
            last=one in read.chain[-1:],
        )
        for one in read.chain
    ]


def follows(read: PaperSheet, on: date) -> list[tuple["Consequence", str]]:
    """Give what follows from a resolution, each with how it stands on a day."""
    return [(one, _standing(one, on)) for one in read.consequences]


def _standing(one: "Consequence", on: date) -> str:
    if one.done:
        return f"erledigt am {day(one.done)}"
    if one.due is None:
        return "offen"
    late = ", überfällig" if one.due <= on else ""
    return f"bis {day(last_day(one.due))}{late}"


def _said(one: "Deliberation") -> str:
    if one.result:
        return f"{one.get_result_display()} am {day(one.noted)}"
    meeting = one.item.meeting if one.item else None
    if meeting:
        return f"auf der Tagesordnung am {day(meeting.day)}"
    if one.item:
        return "im Themenspeicher"
    return f"geplant für {day(one.planned)}" if one.planned else "noch ohne Tag"


def votes_of(one: "Deliberation") -> str:
    """Spell the votes of a station; "" where none were counted."""
    counts = (("Ja", one.yes), ("Nein", one.no), ("Enthaltung", one.abstain))
    return ", ".join(f"{name} {count}" for name, count in counts if count is not None)
