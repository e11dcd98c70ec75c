"""Values of the register in German words, for every page that shows them."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from gelingen.findings.current import Money
from gelingen.terms.spelling import day, last_day, number, number_range
from gelingen.terms.vocabulary import (
    Certainty,
    GapType,
)
from gelingen.web.lists import Cell
from gelingen.web.records import link
from gelingen.web.states import MONEY, look

if TYPE_CHECKING:
    from gelingen.access.record import Record

# From the surest to what nobody has promised.
BANDS = ("secured", "standing", "volunteer", "applied", "planned", "unknown", "none")
SURE = ("secured", "standing", "volunteer")
_STATES = {
    "secured": "secured",
    "standing": "secured",
    "volunteer": "secured",
    "applied": "applied",
    "planned": "planned",
    "unknown": "unknown",
    "none": "open",
}
_WHY = {"standing": "Regelaufgabe", "volunteer": "ehrenamtlich"}
Fact = tuple[str, object]


def money_cell(money: Money) -> Cell:
    """Say how sure the money is and until when."""
    state = _STATES[money.band]
    known = money.band not in ("unknown", "none") and money.until
    until = f"bis {day(last_day(money.until))}" if known and money.until else ""
    until = until or _WHY.get(money.band, "")
    return Cell(MONEY[state].word, state=state, below=until)


def stated(pairs: list[Fact]) -> tuple[list[Fact], list[str]]:
    """Part what is stated from the names of what is not."""
    empty = ("", None)
    return (
        [(name, value) for name, value in pairs if value not in empty],
        [name for name, value in pairs if value in empty],
    )


def provenance(record: "Record") -> list[Fact]:
    """Say where a record comes from."""
    return [
        ("Quelle", source_link(record.source)),
        ("Stand der Quelle", record.source_date),
        ("Gewissheit", Certainty.of(record.certainty).label if record.certainty else ""),
        ("Anmerkung", record.note),
        ("Kennung", record.key),
    ]


def source_link(source: str) -> SafeString | str:
    """Write a source; an address becomes a link named by its host."""
    if not source.startswith(("https://", "http://")) or any(mark in source for mark in " \n"):
        return source
    return link(source, source.split("/")[2])


def amount(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Write a range with its unit; empty if nothing is stated."""
    if low is None and high is None:
        return ""
    whole = all(value is None or value == value.to_integral_value() for value in (low, high))
    first, last = (None if value is None else float(value) for value in (low, high))
    return f"{number_range(first, last, 0 if whole else 1)} {unit}".strip()


def percent(value: Decimal | None) -> str:
    """Write a percentage; a dash if none is stated."""
    return "–" if value is None else f"{number(float(value))} %"


def coverage_cell(kind: str) -> Cell:
    """Say how far a need is met."""
    return Cell(look(GapType.of(kind)).word, state=GapType.of(kind))
