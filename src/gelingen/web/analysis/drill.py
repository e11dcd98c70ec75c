"""What stands behind one field of the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest

from gelingen.analysis.coverage import CoverageResult
from gelingen.findings.current import Current
from gelingen.findings.keys import gap_key
from gelingen.findings.queries import FindingLine
from gelingen.terms.vocabulary import GapType
from gelingen.web.pages import address
from gelingen.web.records import Evidence, evidence
from gelingen.web.shell import Link
from gelingen.wording.gaps import gap_sentence, option_sentence

if TYPE_CHECKING:
    from gelingen.web.analysis.fields import Pair
    from gelingen.web.analysis.views import Chosen

# What an option is called; in the order in which one should look.
WAYS = {
    "spare": "Freie Plätze nutzen",
    "lead": "Federführung klären",
    "extension": "Finanzierung verlängern",
    "successor": "Nachfolge schaffen",
    "new": "Neue Maßnahme",
}
SHOWN_OPTIONS = 6


@dataclass(frozen=True, slots=True)
class Way:
    """One option to close a gap."""

    name: str
    sentence: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class CellSheet:
    """One cell of a field.

    Attributes:
        place: the territory, or the target group where the rows are territories.
        sentences: what is the case on the first and on the second day, without repetition.
        now, then: types on both days.
        evidence: the records behind it on the first day.
        ways: what could close it, in order.
        finding: the stored finding about it, if there is one.

    """

    title: str
    sentences: tuple[str, ...]
    now: GapType
    then: GapType
    evidence: list[Evidence]
    ways: list[Way]
    more_ways: int
    finding: FindingLine | None


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """One field of the matrix with its cells, the worst first."""

    title: str
    kicker: str
    on: date
    then: date
    url: str
    cells: list[CellSheet]


def result_of(known: Current, chosen: "Chosen", at: date) -> CoverageResult:
    """Coverage on a day; what is met on the first day should stay so until the second."""
    horizon = chosen.then if at == chosen.on and chosen.on < chosen.then else None
    return known.coverage(at, scenario=chosen.scenario, horizon=horizon)


def several_leads(known: Current, on: date, rows: str) -> "set[Pair]":
    """Pairs of row and topic in which several lead the same task."""
    frame = known.leads(on).cells.frame
    found = frame.filter(frame["kind"] == "several")
    return set(found.select(rows, "topic").rows())


def cells_of(known: Current, chosen: "Chosen", pair: "Pair") -> list[str]:
    """Keys of the cells of a field that have a need on one of the two days, in order."""
    found: dict[str, None] = {}
    for at in (chosen.on, chosen.then):
        frame = result_of(known, chosen, at).cells.frame
        wanted = frame.filter(
            (frame[chosen.rows] == pair[0])
            & (frame["topic"] == pair[1])
            & (frame["type"] != GapType.NO_DEMAND.value)
        )
        found |= dict.fromkeys(wanted["cell"])
    return list(found)


def field_sheet(
    request: HttpRequest,
    known: Current,
    chosen: "Chosen",
    pair: "Pair",
    findings: Mapping[str, FindingLine],
) -> FieldSheet:
    """Gather what stands behind a field."""
    cells = [
        _cell_sheet(request, known, chosen, key, findings.get(gap_key(key)))
        for key in cells_of(known, chosen, pair)
    ]
    order = list(GapType)
    worst = {GapType.STRUCTURAL: 0, GapType.FUNDING_CLIFF: 1, GapType.CAPACITY: 2}
    return FieldSheet(
        title=known.name(pair[0]),
        kicker=known.name(pair[1]),
        on=chosen.on,
        then=chosen.then,
        url=address(request, "cell") + chosen.query(zeile=pair[0], thema=pair[1]),
        cells=sorted(cells, key=lambda one: (worst.get(one.now, 9), order.index(one.now))),
    )


def _cell_sheet(
    request: HttpRequest,
    known: Current,
    chosen: "Chosen",
    key: str,
    finding: FindingLine | None,
) -> CellSheet:
    results = [result_of(known, chosen, at) for at in (chosen.on, chosen.then)]
    explained = [result.explain(key) for result in results]
    names = known.inputs.names
    rows = [one.cell for one in explained]
    sentences = [gap_sentence(one.cell, names, one.records) for one in explained]
    ways = _ways(request, known, chosen, rows[0])
    other = "place" if chosen.rows == "target_group" else "target_group"
    kind = {"strategic": "Steuerung", "operational": "Angebot"}[str(rows[0]["kind"])]
    return CellSheet(
        title=f"{known.name(str(rows[0][other]))}, {kind}",
        sentences=tuple(dict.fromkeys(sentences)),
        now=GapType.of(str(rows[0]["type"])),
        then=GapType.of(str(rows[1]["type"])),
        evidence=evidence(request, known, _records(explained[0].records)),
        ways=ways[:SHOWN_OPTIONS],
        more_ways=max(len(ways) - SHOWN_OPTIONS, 0),
        finding=finding,
    )


def _records(behind: Mapping[str, Sequence[str]]) -> list[str]:
    """Name the records behind a cell, needs first; what only could come later is left out."""
    order = ("need", "structure", "funding", "inquiry")
    shown = [name for name in behind if not name.endswith((":other_time", ":part"))]
    ranked = sorted(shown, key=lambda name: order.index(name.partition(":")[0]))
    return [f"{name.partition(':')[0]}:{key}" for name in ranked for key in behind[name]]


def _ways(
    request: HttpRequest, known: Current, chosen: "Chosen", row: Mapping[str, object]
) -> list[Way]:
    horizon = chosen.then if chosen.on < chosen.then else None
    options = known.options(chosen.on, scenario=chosen.scenario, horizon=horizon).frame
    own = options.filter(options["cell"] == row["cell"]).sort("rank")
    return [
        Way(
            WAYS[option["kind"]],
            option_sentence(option, row, known.inputs.names),
            Link(known.name(option["key"]), address(request, "structure", record=option["key"]))
            if option["key"]
            else None,
        )
        for option in own.iter_rows(named=True)
    ]
