"""What stands on the page of a body and of a seat, in German words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from gelingen.boards.queries import BodySheet, SeatLine, holds, numbers
from gelingen.terms.boards import Quorum, SeatOffice
from gelingen.terms.spelling import day, last_day, period
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import BACK, StaffRequest, address
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact, provenance, stated
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.boards.models import Body, Seat, Tenure

SEATS = (
    Column("Sitz"),
    Column("Wer ihn einnimmt", wide=True),
    Column("Entsendet von", wide=True),
    Column("Amt und Stimme", wide=True),
    Column("Amtszeit bis"),
)
TENURES = (Column("Funktion", wide=True), Column("Zeitraum"))
_OFFICES = {
    "Vorsitz": SeatOffice.CHAIR,
    "Stellvertretung": SeatOffice.DEPUTY,
    "Geschäftsführung": SeatOffice.SECRETARY,
}
FREE = "frei"
FORM = "auswahl"


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows beside its heading: facts, what is not stated, and the tables."""

    answer: str
    facts: "Sequence[Fact]"
    missing: "Sequence[str]"
    seats: Listing
    past: Listing
    warning: str = ""


def body_view(request: StaffRequest, sheet: BodySheet, *, on: date) -> View:
    """Put everything about a body into words, as of a day."""
    facts, missing = stated(_facts(request, sheet))
    rows = [_row(request, one, on) for one in sheet.seats]
    ticks = [(one.seat.key, _heard(one)) for one in sheet.seats] if sheet.may_seat else []
    past = [_past(request, one) for one in sheet.past]
    return View(
        answer=_answer(sheet, on),
        facts=facts,
        missing=[one for one in missing if one not in (*_OFFICES, "Gehört zu", "Ende", "Beginn")],
        seats=Listing("Sitze", SEATS, rows, ticks, FORM if ticks else ""),
        past=Listing("Frühere Sitze", (*SEATS[:1], *TENURES), past),
        warning=_over(sheet.body, on),
    )


def _answer(sheet: BodySheet, on: date) -> str:
    there, vacant = numbers(sheet.seats, on)
    free = "alle besetzt" if not vacant else f"{vacant} davon {FREE}"
    seats = f"{counted(there, 'Sitz', 'Sitze')}, {free}" if there else "noch keine Sitze"
    meets = f"Nächste Sitzung am {day(sheet.meets)}." if sheet.meets else "Keine Sitzung geplant."
    return f"{sheet.body.get_kind_display()}: {seats}. {meets}"


def _over(body: "Body", on: date) -> str:
    over = body.ends is not None and body.ends <= on
    return f"Dieses Gremium endete am {day(last_day(body.ends))}." if body.ends and over else ""


def quorum_in_words(body: "Body") -> str:
    """Say when a body can decide."""
    said = body.get_quorum_display()
    return f"{said}: {body.quorum_number}" if body.quorum == Quorum.NUMBER else said


def _facts(request: StaffRequest, sheet: BodySheet) -> list[Fact]:
    one = sheet.body
    above, there = one.parent, one.structure
    return [
        ("Art", one.get_kind_display()),
        ("Gehört zu", record_link(request, "body", above.key, above) if above else ""),
        *((name, _taken(sheet, office)) for name, office in _OFFICES.items()),
        ("Wie oft", one.get_cycle_display()),
        ("Beschlussfähig", quorum_in_words(one)),
        ("Themenfelder", ", ".join(topic.name for topic in one.topics.all())),
        ("Grundlage", one.statute),
        ("Aufgaben", one.tasks),
        ("Im Bestand", record_link(request, "structure", there.key, there) if there else ""),
        ("Funktionspostfach", one.mailbox),
        ("Öffentlich zeigen", "ja" if one.public else "nein"),
        ("Beginn", day(one.starts) if one.starts else ""),
        ("Ende", day(last_day(one.ends)) if one.ends else ""),
        *provenance(one),
    ]


def _taken(sheet: BodySheet, office: SeatOffice) -> str:
    """Say who holds an office, by function."""
    found = [one for one in sheet.seats if one.seat.office == office]
    return ", ".join(who(one) for one in found)


def who(line: SeatLine) -> str:
    """Say who takes a seat, by function; a vacant one is said to be so."""
    return ", ".join(one.function for one in line.now) or FREE


def seat_name(seat: "Seat") -> str:
    """Name a seat in its body."""
    return f"{seat.order}. {seat.get_kind_display()}"


def sender_of(seat: "Seat") -> str:
    """Say who sends: an organisation, a group, or both."""
    return ", ".join(filter(None, (str(seat.organisation or ""), seat.sender)))


def rank(seat: "Seat") -> str:
    """Say which office comes with a seat, and whether it votes."""
    return f"{seat.get_office_display()}, {'beratend' if seat.advising else 'mit Stimme'}"


def _row(request: StaffRequest, line: SeatLine, on: date) -> Row:
    seat = line.seat
    return (
        Cell(
            seat_name(seat),
            url=address(request, "seat", record=seat.key),
            below=_speaks(seat),
        ),
        Cell(who(line), below=_below(line, on)),
        sender_of(seat) or "–",
        rank(seat),
        _until(line),
    )


def _speaks(seat: "Seat") -> str:
    groups = ", ".join(one.name for one in seat.speaks_for.all())
    return f"spricht für {groups}" if groups else ""


def _below(line: SeatLine, on: date) -> str:
    """Say what belongs to who takes it: the name, since when it is vacant, who comes."""
    if not holds(line.seat, on) and line.seat.starts:
        return f"Sitz ab {day(line.seat.starts)}"
    said = [one.holder for one in line.now if one.holder]
    if line.vacant and line.earlier and line.earlier[0].ends:
        said.append(f"seit {day(line.earlier[0].ends)}")
    said += [f"ab {day(one.starts)}: {one.function}" for one in line.coming]
    return "; ".join(said)


def _until(line: SeatLine) -> str:
    if line.vacant:
        return "–"
    ends = [one.ends for one in line.now if one.ends]
    return day(last_day(max(ends))) if len(ends) == len(line.now) else "unbefristet"


def _heard(line: SeatLine) -> str:
    return f"{seat_name(line.seat)}, {who(line)}"


def _past(request: StaffRequest, line: SeatLine) -> Row:
    seat = line.seat
    taken = ", ".join(one.function for one in line.earlier) or "nie besetzt"
    return (
        Cell(seat_name(seat), url=address(request, "seat", record=seat.key)),
        taken,
        period(seat.starts, seat.ends),
    )


def tenure_row(one: "Tenure") -> tuple[Cell, str]:
    """Write who took a seat, and when."""
    when = period(one.starts, one.ends) if one.starts or one.ends else "ohne Zeitangabe"
    return Cell(one.function, below=one.holder), when


def seat_facts(request: StaffRequest, line: SeatLine) -> tuple[list[Fact], list[str]]:
    """Give what is said about a seat, and the names of what is not."""
    seat = line.seat
    sends = seat.organisation
    return stated(
        [
            ("Gremium", record_link(request, "body", seat.body.key, seat.body)),
            ("Woher", seat.get_kind_display()),
            ("Entsendet von", record_link(request, "organisation", sends.key, sends))
            if sends
            else ("Entsendet von", seat.sender),
            *([("Gruppe oder Stelle", seat.sender)] if sends and seat.sender else []),
            ("Amt", seat.get_office_display()),
            ("Stimme", "nein, nur beratend" if seat.advising else "ja"),
            ("Spricht für", ", ".join(one.name for one in seat.speaks_for.all())),
            ("Beginn", day(seat.starts) if seat.starts else ""),
            ("Ende", day(last_day(seat.ends)) if seat.ends else ""),
            *provenance(seat),
        ]
    )


def adding(request: StaffRequest, kind: str, **known: str) -> str:
    """Address of the form for a new record that leads back here."""
    return f"{address(request, 'create', kind=kind)}?{urlencode({**known, BACK: request.path})}"


def changing(request: StaffRequest, kind: str, key: str) -> str:
    """Address of the form of a record that leads back here."""
    here = address(request, "edit", kind=kind, record=key)
    return f"{here}?{urlencode({BACK: request.path})}"
