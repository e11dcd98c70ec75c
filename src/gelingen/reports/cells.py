"""Cells in words: which needs are met, which are not, and what stands behind it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.analysis.coverage import CoverageResult
from gelingen.documents.numbers import day, last_day, number
from gelingen.reports.material import Material, grouped
from gelingen.terms.vocabulary import GapType, NeedKind

if TYPE_CHECKING:
    from collections.abc import Sequence

MEANING = {
    GapType.COVERED: "Ein Angebot besteht und ist bis zum Planungshorizont gesichert.",
    GapType.ENDING: "Heute gedeckt; das gesicherte Geld oder das Angebot endet vor dem Horizont.",
    GapType.STRUCTURAL: "Es wurde gefragt: Ein Angebot gibt es nicht und gab es nicht.",
    GapType.FUNDING_CLIFF: "Ein Angebot gab es; es ist beendet oder ohne gesichertes Geld.",
    GapType.CAPACITY: "Angebote bestehen, reichen aber nicht aus.",
    GapType.ACCESS: "Angebote bestehen, liegen aber zu weit entfernt.",
    GapType.UNKNOWN_FUNDING: "Ein Angebot besteht; ob es bezahlt ist, ist nicht bekannt.",
    GapType.NOT_KNOWN: "Nicht erhoben oder Größe des Angebots nicht bekannt; keine Lücke.",
    GapType.NO_DEMAND: "Am Stichtag kein Bedarf.",
}
SHORT = {
    GapType.COVERED: "gedeckt",
    GapType.ENDING: "gedeckt, endet",
    GapType.STRUCTURAL: "kein Angebot",
    GapType.FUNDING_CLIFF: "Geld oder Angebot beendet",
    GapType.CAPACITY: "zu klein",
    GapType.ACCESS: "zu weit entfernt",
    GapType.UNKNOWN_FUNDING: "Finanzierung nicht bekannt",
    GapType.NOT_KNOWN: "nicht bekannt",
    GapType.NO_DEMAND: "kein Bedarf",
}
# What weighs most comes first; unknown funding is a question before it is a gap.
WEIGHT = (
    GapType.STRUCTURAL,
    GapType.FUNDING_CLIFF,
    GapType.CAPACITY,
    GapType.ACCESS,
    GapType.ENDING,
)
OPEN = (*WEIGHT, GapType.UNKNOWN_FUNDING)


@dataclass(frozen=True)
class Cell:
    """One cell of a result, with the keys of what stands behind it.

    Attributes:
        unmet: least and most that is not met; None where not known.
        ended: first day without any offer.
        until: first day on which it is no longer met.

    """

    key: str
    topic: str
    group: str
    place: str
    kind: NeedKind
    type: GapType
    reason: str
    severity: int | None
    measure: str
    unmet: tuple[float | None, float | None]
    ended: date | None
    until: date | None
    needs: tuple[str, ...]
    structures: tuple[str, ...]
    inquiries: tuple[str, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """Keys of all records behind it."""
        return (*self.needs, *self.structures, *self.inquiries)


def cells_of(result: CoverageResult) -> list[Cell]:
    """Give the cells with a need on the day: by weight of the gap, severity and key."""
    behind = grouped((row["cell"], row) for row in result.evidence.frame.iter_rows(named=True))
    found = [
        _cell(row, behind.get(str(row["cell"]), []))
        for row in result.cells.frame.iter_rows(named=True)
        if row["type"] != GapType.NO_DEMAND
    ]
    return sorted(found, key=_rank)


def _rank(cell: Cell) -> tuple[int, int, str]:
    weight = WEIGHT.index(cell.type) if cell.type in WEIGHT else len(WEIGHT)
    return (-(cell.severity or 0), weight, cell.key)


def _cell(row: "dict[str, object]", behind: "Sequence[dict[str, object]]") -> Cell:
    def keys(record: str, *roles: str) -> tuple[str, ...]:
        return tuple(
            str(line["key"])
            for line in behind
            if line["record"] == record and (not roles or line["role"] in roles)
        )

    return Cell(
        key=str(row["cell"]),
        topic=str(row["topic"]),
        group=str(row["target_group"]),
        place=str(row["place"]),
        kind=NeedKind(str(row["kind"])),
        type=GapType(str(row["type"])),
        reason=str(row["reason"] or ""),
        severity=row["severity"],  # type: ignore[arg-type]  # a column of integers
        measure=str(row["measure"] or ""),
        unmet=(row["unmet_low"], row["unmet_high"]),  # type: ignore[arg-type]  # of floats
        ended=row["ended"],  # type: ignore[arg-type]  # of days
        until=row["until"],  # type: ignore[arg-type]  # of days
        needs=keys("need", "now"),
        structures=keys("structure", "serves", "unclear", "unfunded", "ended"),
        inquiries=keys("inquiry"),
    )


def about(material: Material, cell: Cell) -> str:
    """Say what a cell is about: "Sprache und Bildung für Frauen (Ahorn)"."""
    names = (material.name(cell.topic), material.name(cell.group), material.name(cell.place))
    return f"{names[0]}, {names[1]} ({names[2]})"


def why(material: Material, cell: Cell) -> str:
    """Say in a few words why a cell is judged as it is."""
    serving = [material.name(key) for key in cell.structures[:2]]
    more = " u. a." if len(cell.structures) > len(serving) else ""
    by = f": {', '.join(serving)}{more}" if serving else ""
    match cell.type:
        case GapType.STRUCTURAL:
            return "gefragt, nichts gefunden"
        case GapType.FUNDING_CLIFF if cell.ended:
            return f"letzter Tag {day(last_day(cell.ended))}{by}"
        case GapType.ENDING if cell.until:
            return f"gedeckt bis {day(last_day(cell.until))}{by}"
        case GapType.CAPACITY | GapType.ACCESS:
            return f"{_unmet(cell)}{by}"
        case GapType.NOT_KNOWN:
            return "nicht erhoben" if cell.reason == "not_asked" else f"Größe nicht bekannt{by}"
        case _:
            return by.removeprefix(": ")


def _unmet(cell: Cell) -> str:
    low, high = cell.unmet
    if low is None or high is None:
        return "Fehlmenge nicht bekannt"
    amount = number(low) if number(low) == number(high) else f"{number(low)} bis {number(high)}"
    return f"es fehlen {amount} {cell.measure}".strip()
