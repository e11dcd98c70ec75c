"""The page of a structure that another tenant keeps and shows here: to be read only."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from gelingen.access.record import UnknownRecordError
from gelingen.findings.current import Current
from gelingen.register.received import Received, ReceivedReach
from gelingen.register.standing import end_words
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Function, Level, StructureKind
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.register.sheet_tables import needs
from gelingen.web.register.sheets import Fact, amount, money_cell, stated

KINDS, LEVELS = dict(StructureKind.choices()), dict(Level.choices())
FUNCTIONS = dict(Function.choices())
REACH = (
    Column("Themenfeld"),
    Column("Zielgruppe"),
    Column("Gebiet"),
    Column("Zählt in Ihrer Analyse"),
)


@dataclass(frozen=True, slots=True)
class ReceivedSheet:
    """What is seen of it: facts, the word for its money, whom it serves, needs it meets here."""

    name: str
    source: str
    answer: str
    seen: str
    facts: list[Fact]
    money: Cell
    reach: Listing
    needs: Listing


def received_view(request: HttpRequest, known: Current, key: str, *, on: date) -> ReceivedSheet:
    """Put what another tenant shows into words, as of a day. No query.

    Raises:
        UnknownRecordError: nothing of this key is shown to the tenant, or not to this person.

    """
    one = next((each for each in known.inputs.received if each.key == key), None)
    if one is None:
        raise UnknownRecordError("Diese Struktur gibt es nicht.")
    kind = KINDS.get(one.kind, "Struktur")
    return ReceivedSheet(
        name=one.name,
        source=one.source,
        answer=f"{kind} aus {one.source}, nur zum Lesen",
        seen=f"Die Freigabe gilt bis {day(last_day(one.until))}." if one.until else "",
        facts=_facts(one),
        money=money_cell(known.money(on)[one.key]),
        reach=Listing("Wen sie erreicht", REACH, [_reach(line) for line in one.reach]),
        needs=needs(request, known, one.key, on),
    )


def _facts(one: Received) -> list[Fact]:
    facts, _ = stated(
        [
            ("Quelle", one.source),
            ("Art", KINDS.get(one.kind, "")),
            ("Ebene", LEVELS.get(one.level, "")),
            ("Funktion", FUNCTIONS.get(one.function, "")),
            ("Kapazität", amount(one.capacity_low, one.capacity_high, one.capacity_unit)),
            ("Beginn", day(one.starts) if one.starts else ""),
            ("Ende", end_words(one.ends, one.ends_kind)),
        ]
    )
    return facts


def _reach(line: ReceivedReach) -> Row:
    counts = "ja" if line.cell else "nein, bei Ihnen nicht erfasst"
    return (line.topic, line.target_group, line.territory, counts)
