"""Cells in words: which needs are met, which are not, and what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gelingen.analysis.coverage import CoverageResult
from gelingen.reports.material import Material, grouped
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import GapType, NeedKind
from gelingen.wording.gaps import gap_sentence
from gelingen.wording.words import amounts

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
WORKING = ("serves", "unclear", "unfunded", "ended")


@dataclass(frozen=True)
class Cell:
    """One cell of a result, with the keys of what stands behind it.

    Attributes:
        row: its row of `Cells`.
        behind: keys of the records behind it by "record:role".
        needs: keys of the needs of the day.
        structures: keys of what works or has worked there.
        inquiries: keys of what was asked.

    """

    row: Mapping[str, Any]
    behind: Mapping[str, Sequence[str]]
    key: str
    topic: str
    group: str
    place: str
    kind: NeedKind
    type: GapType
    reason: str
    severity: int | None
    needs: tuple[str, ...]
    structures: tuple[str, ...]
    inquiries: tuple[str, ...]

    def sentence(self, material: Material) -> str:
        """Say in one sentence what the cell lacks."""
        return gap_sentence(self.row, material.inputs.names, self.behind)


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


def _cell(row: Mapping[str, Any], behind: Sequence[Mapping[str, Any]]) -> Cell:
    records = grouped((f"{line['record']}:{line['role']}", str(line["key"])) for line in behind)
    return Cell(
        row=row,
        behind=records,
        key=row["cell"],
        topic=row["topic"],
        group=row["target_group"],
        place=row["place"],
        kind=NeedKind.of(row["kind"]),
        type=GapType.of(row["type"]),
        reason=row["reason"] or "",
        severity=row["severity"],
        needs=tuple(records.get("need:now", ())),
        structures=tuple(key for role in WORKING for key in records.get(f"structure:{role}", ())),
        inquiries=tuple(records.get("inquiry:asked", ())),
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
        case GapType.FUNDING_CLIFF if cell.row["ended"]:
            return f"letzter Tag {day(last_day(cell.row['ended']))}{by}"
        case GapType.ENDING if cell.row["until"]:
            return f"gedeckt bis {day(last_day(cell.row['until']))}{by}"
        case GapType.CAPACITY | GapType.ACCESS:
            return f"{_unmet(cell)}{by}"
        case GapType.NOT_KNOWN:
            return "nicht erhoben" if cell.reason == "not_asked" else f"Größe nicht bekannt{by}"
        case _:
            return by.removeprefix(": ")


def _unmet(cell: Cell) -> str:
    low, high = cell.row["unmet_low"], cell.row["unmet_high"]
    if not low and high is None:
        return "Fehlmenge nicht bekannt"
    return f"es fehlen {amounts(low, high)} {cell.row['measure'] or ''}".strip()
