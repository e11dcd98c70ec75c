"""The pictures of the Masterplan, drawn from the records and the answers of the analyses."""

from datetime import date
from typing import TYPE_CHECKING, Any

from gelingen.analysis.picture import draw
from gelingen.documents import Picture
from gelingen.documents.pictures import (
    Bar,
    Node,
    Panel,
    Series,
    Stretch,
    Tie,
    matrix,
    network,
    panels,
    stacked,
    timeline,
    whole_years,
)
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.material import grouped, meets
from gelingen.terms.spelling import last_day
from gelingen.terms.vocabulary import FundingState, GapType, OrganisationKind, Permanence

if TYPE_CHECKING:
    from gelingen.register.models import Structure

# Years before the day that the timeline shows; names in the network.
LOOKING_BACK, ACTORS = 2, 60
# Rows of the timeline; of more structures those are shown whose money ends first.
BARS = 52
MONEY = {
    FundingState.APPROVED: "secured",
    FundingState.APPLIED: "applied",
    FundingState.PLANNED: "planned",
    FundingState.UNKNOWN: "unknown",
}
# From worst to best: a cell of the picture shows the worst of the fields behind it.
STATES = {
    GapType.STRUCTURAL: "gap",
    GapType.FUNDING_CLIFF: "gap",
    GapType.ACCESS: "gap",
    GapType.CAPACITY: "capacity",
    GapType.ENDING: "ending",
    GapType.UNKNOWN_FUNDING: "unknown_funding",
    GapType.NOT_KNOWN: "not_known",
    GapType.COVERED: "covered",
    GapType.NO_DEMAND: "no_demand",
}


def structures_over_time(paper: Paper) -> tuple[Picture, ...]:
    """Draw the structures of which money or an end is recorded, and how sure their money is."""
    starts, ends = whole_years(date(paper.on.year - LOOKING_BACK, 1, 1), paper.material.horizon)
    shown = [
        structure
        for structure in paper.material.structures
        if meets(structure.starts, structure.ends, (paper.on, ends)) and _told(paper, structure)
    ]
    first = sorted(shown, key=lambda structure: _first_end(paper, structure))[:BARS]
    bars = [_bar(paper, structure) for structure in shown if structure in first]
    return timeline(
        bars,
        starts=starts,
        ends=ends,
        on=paper.on,
        horizon=paper.material.horizon,
        title="Strukturen mit erfasstem Geld oder Ende"
        if len(shown) <= BARS
        else f"Die {BARS} von {len(shown)} Strukturen mit Geld, das zuerst endet",
    )


def _first_end(paper: Paper, structure: "Structure") -> tuple[date, str]:
    fundings = paper.material.fundings_of.get(structure.key, [])
    ends = [day for day in (structure.ends, *(f.ends for f in fundings)) if day]
    return (min((day for day in ends if day > paper.on), default=date.max), structure.key)


def _told(paper: Paper, structure: "Structure") -> bool:
    fundings = paper.material.fundings_of.get(structure.key, [])
    running = any(funding.ends is None or funding.ends > paper.on for funding in fundings)
    return running or structure.ends is not None


def _bar(paper: Paper, structure: "Structure") -> Bar:
    fundings = paper.material.fundings_of.get(structure.key, [])
    standing = structure.permanence == Permanence.STANDING
    own = "standing" if standing else "open" if fundings else "unknown"
    paid = sorted(fundings, key=lambda f: (f.starts or date.min, f.key))
    return Bar(
        structure.name,
        (
            Stretch(structure.starts, structure.ends, own),
            *(Stretch(f.starts, f.ends, MONEY[FundingState.of(f.state)]) for f in paid),
        ),
        ends=structure.ends,
        records=(structure.key, *(funding.key for funding in paid)),
    )


def need_matrix(paper: Paper) -> tuple[Picture, ...]:
    """Draw topics by target groups: how needs are met on the day and at the horizon."""
    days = (paper.on, paper.material.last_day)
    states = [_states(paper, on) for on in days]
    known = {**states[1], **states[0]}
    topics = [topic for topic in paper.material.topics if any(t == topic.key for t, _ in known)]
    groups = [group for group in paper.material.groups if any(g == group.key for _, g in known)]
    keys = tuple(need.key for need in (*paper.material.current_needs, *paper.material.later_needs))
    return matrix(
        [(topic.key, topic.name) for topic in topics],
        [(group.key, group.name) for group in groups],
        {cell: (states[0].get(cell, "no_demand"), states[1].get(cell, "no_demand"))
         for cell in known},
        title="Bedarfe nach Themenfeld und Zielgruppe",
        halves=(f"am {paper.day}", f"am {paper.last_day}"),
        records=keys,
    )  # fmt: skip


def _states(paper: Paper, on: date) -> dict[tuple[str, str], str]:
    found = grouped(((cell.topic, cell.group), cell.type) for cell in paper.results.cells(on))
    order = list(STATES)
    return {key: STATES[min(types, key=order.index)] for key, types in found.items()}


def money_by_year(paper: Paper) -> Picture | None:
    """Draw the money of each year; nothing if no amount is recorded."""
    rows = list(paper.results.continuity.years.frame.iter_rows(named=True))
    if not any(row["optimistic"] for row in rows):
        return None
    return stacked(
        [str(row["year"]) for row in rows],
        [
            Series("secured", tuple(row["secured"] for row in rows)),
            Series("applied", tuple(row["expected"] - row["secured"] for row in rows)),
            Series("planned", tuple(row["optimistic"] - row["expected"] for row in rows)),
        ],
        title="Geld der Strukturen nach Kalenderjahren",
        unit="EUR",
        records=tuple(funding.key for funding in paper.material.fundings),
    )


def cliff_by_year(paper: Paper, rows: list[dict[str, Any]]) -> Picture:
    """Draw what falls away in each year, in EUR and in FTE.

    Args:
        paper: whose paper.
        rows: rows of the cliff, at least one.

    """
    first, last = paper.on.year, paper.material.last_day.year
    years = grouped((last_day(row["day"]).year, row) for row in rows)

    def sums(name: str) -> tuple[float, ...]:
        return tuple(
            float(sum(row[name] or 0 for row in years.get(year, [])))
            for year in range(first, last + 1)
        )

    return panels(
        [str(year) for year in range(first, last + 1)],
        [
            Panel("Geld, das wegfällt", "EUR im Jahr", sums("eur_per_year")),
            Panel("Personal, das wegfällt", "VZÄ", sums("fte"), digits=1),
        ],
        title="Was wegfällt, nach dem Jahr des letzten Tages",
        records=tuple(dict.fromkeys(row["structure"] for row in rows)),
    )


def known_network(paper: Paper) -> Picture:
    """Draw the organisations that are known to work with others."""
    found = paper.results.isolation
    states = {row["organisation"]: row for row in found.actors.frame.iter_rows(named=True)}
    tied = [row for row in states.values() if row["partners"]]
    shown = sorted(tied, key=lambda row: (-row["between"], -row["partners"], row["organisation"]))
    keys = {row["organisation"] for row in shown[:ACTORS]}
    ties = [
        row
        for row in found.ties.frame.iter_rows(named=True)
        if row["a"] in keys and row["b"] in keys
    ]
    layout = draw(sorted(keys), [(row["a"], row["b"]) for row in ties])
    places = {name: (x, y) for name, x, y in layout.frame.iter_rows()}
    return network(
        [_node(paper, row, places[row["organisation"]]) for row in shown[:ACTORS]],
        [
            Tie(
                row["a"],
                row["b"],
                (row["told_by_a"] and row["told_by_b"]) or row["told_by_third"],
            )
            for row in ties
        ],
        title="Bekannte Zusammenarbeit der Akteure",
        records=tuple(key for row in ties for key in row["evidence"].split(";")),
    )


def _node(paper: Paper, row: dict[str, Any], place: tuple[float, float]) -> Node:
    kinds = {kind.value: kind.label for kind in OrganisationKind}
    name = paper.material.name(row["organisation"])
    sector = kinds.get(row["sector"], "Art nicht angegeben")
    return Node(row["organisation"], name, sector, *place)
