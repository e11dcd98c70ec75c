"""Analysis, second part: several leads, no lead, and structures that do the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from gelingen.documents import Block, Content, Heading, Paragraph, Table
from gelingen.findings.keys import lead_key, pair_key
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper
from gelingen.terms.vocabulary import Function

LONGEST, PAIRS = 15, 8
CONTACT = {
    "same_organisation": "derselbe Träger",
    "in_touch": "arbeiten zusammen",
    "not_in_touch": "beide befragt, keine Zusammenarbeit genannt",
    "not_known": "nicht bekannt",
}
VERDICT = {
    "duplicate": "zusammen mehr als nötig",
    "possible": "vielleicht mehr als nötig",
    "needed": "beide werden gebraucht",
    "not_known": "nicht zu sagen, Mengen fehlen",
}


def overlaps(paper: Paper) -> tuple[Block, ...]:
    """Show where several lead, where nobody does, and who does the same."""
    return (
        Heading("Mehrfache und offene Federführung", 2),
        *_leads(paper),
        Heading("Strukturen, die Ähnliches tun", 2),
        *_pairs(paper),
    )


def several_leads(paper: Paper) -> list[dict[str, Any]]:
    """Give the cells in which several lead the same task on the day."""
    rows = paper.results.leads.cells.frame.iter_rows(named=True)
    return [row for row in rows if row["role"] == "lead" and row["kind"] == "several"]


LEAD_TABLES = (
    (("several",), "Mehrere Federführungen für dieselbe Aufgabe"),
    (("several_tasks",), "Mehrere Federführungen mit verschiedenen Aufgaben im selben Feld"),
    (("none", "none_task"), "Mitwirkung ohne Federführung"),
)


def _leads(paper: Paper) -> Iterable[Block]:
    if not paper.material.responsibilities:
        yield missing("Zuständigkeiten sind nicht erfasst.", "responsibility")
        return
    yield Paragraph(
        "Für eine Aufgabe soll es in einem Feld genau eine Federführung geben. Vorgänger und "
        "Nachfolger zählen nicht als mehrfach, ebenso wenig verschiedene Ebenen.",
        frame=True,
    )
    rows = [
        row
        for row in paper.results.leads.cells.frame.iter_rows(named=True)
        if row["role"] == "lead"
    ]
    for kinds, caption in LEAD_TABLES:
        found = [row for row in rows if row["kind"] in kinds]
        if found:
            yield _lead_table(paper, caption, found[:LONGEST])
        if len(found) > LONGEST:
            yield Paragraph(
                f"{counted(len(found) - LONGEST, 'weiterer Fall ist', 'weitere Fälle sind')} hier "
                "nicht abgedruckt.",
                records=_keys(found[LONGEST:]),
            )
    unknown = [row for row in rows if row["kind"] == "not_known"]
    if len(unknown) == len(rows):
        yield Paragraph(
            f"Am {paper.day} ist keine mehrfache und keine offene Federführung verzeichnet.",
            records=tuple(line.key for line in paper.material.responsibilities),
        )
    if unknown:
        yield Paragraph(
            f"In {counted(len(unknown), 'Feld', 'Feldern')} mit Bedarf ist keine Zuständigkeit "
            f"erfasst. Ob dort jemand federführend ist, ist nicht bekannt.",
            records=_keys(unknown),
        )


def _keys(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for row in rows for key in row["evidence"].split(";") if key))


def place_of(paper: Paper, row: dict[str, Any]) -> str:
    """Name the field of a row: topic, target group and territory."""
    name = paper.material.name
    return f"{name(row['topic'])}, {name(row['target_group'])} ({name(row['place'])})"


def _lead_table(paper: Paper, caption: str, rows: Sequence[dict[str, Any]]) -> Table:
    name = paper.material.name
    return Table(
        caption,
        ("Feld", "Aufgabe", "Federführung"),
        tuple(
            (
                place_of(paper, row),
                name(row["task"]) if row["task"] else "verschiedene",
                paper.judged(
                    lead_key(row),
                    "; ".join(name(key) for key in row["holders"].split(";") if key) or "niemand",
                ),
            )
            for row in rows
        ),
        widths=(4, 3, 4),
        row_records=tuple(_keys([row]) for row in rows),
    )


def _pairs(paper: Paper) -> Iterable[Block]:
    if not paper.material.reach:
        yield missing("Wozu, für wen und wo Strukturen arbeiten, ist nicht erfasst.", "reach")
        return
    rows = list(paper.results.overlaps.pairs.frame.iter_rows(named=True))
    doubled = [row for row in rows if row["verdict"] in ("duplicate", "possible")]
    unclear = [row for row in rows if row["verdict"] == "not_known"]
    keys = tuple(dict.fromkeys(key for row in rows for key in (row["a"], row["b"])))
    if not rows:
        yield Paragraph(
            f"Am {paper.day} tun keine zwei Strukturen für dieselben Menschen am selben Ort "
            "weitgehend dasselbe.",
            records=tuple(structure.key for structure in paper.material.structures),
        )
        return
    yield Paragraph(
        f"{counted(len(rows), 'Paar von Strukturen tut', 'Paare von Strukturen tun')} am "
        f"{paper.day} weitgehend dasselbe. Mehr als nötig ist das nur, wo beide zusammen mehr "
        "bieten, als gebraucht wird: Das trifft sicher oder vielleicht auf "
        f"{len(doubled) or 'keines'} zu. Bei {len(unclear) or 'keinem'} fehlen die Mengen; ob "
        "beide gebraucht werden, lässt sich dann nicht sagen.",
        records=keys,
    )
    shown = [*doubled, *(row for row in rows if row not in doubled)][:PAIRS]
    yield Table(
        "Strukturen mit gleicher Funktion, gleichem Thema, gleicher Zielgruppe und gleichem Gebiet",
        ("Struktur", "und", "Gemeinsames", "Verbindung", "Urteil"),
        tuple(_pair_row(paper, row) for row in shown),
        widths=(3, 3, 3, 2, 2),
    )
    if len(rows) > len(shown):
        rest = tuple(key for row in rows[PAIRS:] for key in (row["a"], row["b"]))
        amount = len(rows) - len(shown)
        yield Paragraph(
            f"{counted(amount, 'weiteres Paar', 'weitere Paare')} mit geringerer Ähnlichkeit "
            f"{agree(amount, 'ist', 'sind')} hier nicht abgedruckt.",
            records=tuple(dict.fromkeys(rest)),
        )


def _pair_row(paper: Paper, row: dict[str, Any]) -> tuple[Content, ...]:
    name = paper.material.name
    shared = listed([name(key) for key in row["topics"].split(";")], most=2)
    groups = listed([name(key) for key in row["target_groups"].split(";")], most=2)
    verdict, own = VERDICT[row["verdict"]], row["contact"] == "same_organisation"  # no finding
    return (
        (paper.refer(row["a"]),),
        (paper.refer(row["b"]),),
        f"{Function.of(row['function']).label}: {shared}; {groups}",
        CONTACT[row["contact"]],
        verdict if own else paper.judged(pair_key(row), verdict),
    )
