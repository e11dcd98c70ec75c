"""Analysis, third part: who works with whom, who works alone, what holds the network together."""

from collections.abc import Iterable
from typing import Any

from gelingen.documents import Block, Heading, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.masterplan.pictures import known_network
from gelingen.reports.phrases import NOT_STATED
from gelingen.terms.spelling import percent

LONGEST, PAIRS = 15, 8


def cooperation(paper: Paper) -> tuple[Block, ...]:
    """Show the network of organisations as far as it is known."""
    heading = Heading("Zusammenarbeit der Akteure", 2)
    if not paper.material.inputs.ties.frame.height:
        return (heading, missing("Zusammenarbeit ist nicht erfasst.", "cooperation"))
    return (
        heading,
        *_figures(paper),
        known_network(paper),
        *_states(paper),
        *_one_sided(paper),
        *_parallel(paper),
    )


def _figures(paper: Paper) -> Iterable[Block]:
    found = paper.results.isolation
    row: dict[str, Any] = found.figures.frame.row(0, named=True)
    keys = _tie_keys(paper)
    tied = row["actors"] - row["isolated"] - row["not_known"]
    yield Paragraph(
        f"Bekannt {agree(row['ties'], 'ist', 'sind')} "
        f"{counted(row['ties'], 'Verbindung', 'Verbindungen')} zwischen "
        f"{counted(tied, 'Organisation', 'Organisationen')}. "
        f"{agree(row['confirmed'], 'Bestätigt ist', 'Bestätigt sind')} {row['confirmed']}: von "
        "beiden Seiten oder von dritter Stelle genannt.",
        records=keys,
    )
    asked = f"Zu ihrer Zusammenarbeit befragt {agree(row['asked'], 'ist', 'sind')} "
    asked += f"{counted(row['asked'], 'Organisation', 'Organisationen')} von {row['actors']}. "
    if row["not_known"]:
        asked += (
            f"Von {counted(row['not_known'], 'Organisation', 'Organisationen')} ist nicht bekannt, "
            "ob sie mit anderen zusammenarbeiten; sie gelten nicht als isoliert."
        )
    yield Paragraph(asked, records=tuple(o.key for o in paper.material.organisations))
    if row["parallel"] is not None:
        yield Paragraph(
            f"Von der gleichartigen Arbeit der Befragten geschieht {percent(row['parallel'])} ohne "
            "eine Verbindung der Träger.",
            records=tuple(o.key for o in paper.material.organisations),
        )


def _tie_keys(paper: Paper) -> tuple[str, ...]:
    return tuple(paper.material.inputs.ties.frame["tie"])


def isolated(paper: Paper) -> list[dict[str, Any]]:
    """Give the organisations that were asked and of which nobody named a tie."""
    rows = paper.results.isolation.actors.frame.iter_rows(named=True)
    return [row for row in rows if row["state"] == "isolated"]


def _states(paper: Paper) -> Iterable[Block]:
    alone = isolated(paper)
    if alone:
        yield Table(
            "Befragte Organisationen ohne genannte Zusammenarbeit",
            ("Organisation", "Art"),
            tuple(
                ((paper.refer(row["organisation"]),), _kind(paper, row["organisation"]))
                for row in alone
            ),
        )
    frame = paper.results.isolation.actors.frame
    bridges = sorted(
        (row for row in frame.iter_rows(named=True) if row["bridge"] and row["partners"] > 1),
        key=lambda row: (-row["between"], row["organisation"]),
    )
    if bridges:
        yield Table(
            "Organisationen, ohne die das bekannte Netz auseinanderfiele",
            ("Organisation", "Partner", "Teile ohne sie"),
            tuple(
                ((paper.refer(row["organisation"]),), str(row["partners"]), str(row["parts"]))
                for row in bridges[:LONGEST]
            ),
            align="lrr",
            widths=(5, 1, 1.4),
            notes="Fällt eine davon aus, verlieren andere die einzige bekannte Verbindung.",
        )


def _kind(paper: Paper, key: str) -> str:
    found = [o for o in paper.material.organisations if o.key == key]
    return found[0].get_kind_display() if found and found[0].kind else NOT_STATED


def _one_sided(paper: Paper) -> Iterable[Block]:
    rows = list(paper.results.isolation.one_sided.frame.iter_rows(named=True))
    if not rows:
        return
    silent = sum(not row["other_asked"] for row in rows)
    yield Paragraph(
        f"{counted(len(rows), 'Verbindung ist', 'Verbindungen sind')} nur von einer Seite genannt; "
        f"in {counted(silent, 'Fall', 'Fällen')} ist die andere Seite nicht befragt.",
        records=tuple(key for row in rows for key in row["evidence"].split(";")),
    )


def _parallel(paper: Paper) -> Iterable[Block]:
    """List who does the same side by side without a known connection."""
    rows = list(paper.results.isolation.parallel.frame.iter_rows(named=True))
    if not rows:
        return
    name = paper.material.name
    state = {"apart": "beide befragt, ohne Verbindung", "not_known": "Verbindung nicht bekannt"}
    yield Table(
        "Gleichartige Arbeit ohne bekannte Verbindung der Träger",
        ("Struktur", "Träger", "Struktur", "Träger", "Stand"),
        tuple(
            (
                (paper.refer(row["a"]),),
                name(row["organisation_a"]),
                (paper.refer(row["b"]),),
                name(row["organisation_b"]),
                state[row["state"]],
            )
            for row in rows[:PAIRS]
        ),
    )
