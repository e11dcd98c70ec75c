"""Steering: who decides and coordinates, who leads what, which posts work on it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gelingen.documents import Block, Heading, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.material import grouped, holds
from gelingen.reports.phrases import NOT_STATED, end_of, posts, trimmed
from gelingen.terms.vocabulary import Basis, Function, ResponsibilityKind

if TYPE_CHECKING:
    from gelingen.access.record import Record

BODIES, LINES = 40, 15  # rows that a reader bears
STEERING = (Function.DECIDES, Function.STEERS, Function.NETWORKS)


def steering(paper: Paper) -> tuple[Block, ...]:
    """Show the bodies, the leads by topic and the posts."""
    blocks = list(open_chapter(paper, "steuerung"))
    if "steuerung" not in paper.texts:
        blocks.append(missing_text("steuerung"))
    blocks += [Heading("Wer entscheidet, steuert und vernetzt", 2), *_bodies(paper)]
    blocks += [Heading("Zuständigkeiten nach Themenfeld", 2), *_responsibilities(paper)]
    blocks += [Heading("Stellenanteile", 2), *_posts(paper)]
    return tuple(blocks)


def _bodies(paper: Paper) -> Iterable[Block]:
    found = [
        structure
        for structure in paper.material.structures
        if structure.function in STEERING and holds(structure.starts, structure.ends, paper.on)
    ]
    if not found:
        yield missing("Gremien und steuernde Stellen sind nicht erfasst.", "structure")
        return
    ordered = sorted(found, key=lambda s: (STEERING.index(Function.of(s.function)), s.key))
    yield Table(
        f"Strukturen der Steuerung am {paper.day}",
        ("Struktur", "Träger", "Funktion", "Ebene", "Bis"),
        tuple(
            (
                paper.named(structure),
                structure.organisation.name,
                Function.of(structure.function).label,
                structure.get_level_display() if structure.level else NOT_STATED,
                end_of(structure),
            )
            for structure in ordered[:BODIES]
        ),
        widths=(4.5, 3, 1.6, 2, 1.9),
    )
    yield from _rest(ordered[BODIES:])


def _responsibilities(paper: Paper) -> Iterable[Block]:
    found = [
        line for line in paper.material.responsibilities if holds(line.starts, line.ends, paper.on)
    ]
    if not found:
        yield missing("Zuständigkeiten sind nicht erfasst.", "responsibility")
        return
    undated = [line for line in found if line.starts is None and line.ends is None]
    yield Paragraph(
        f"Am {paper.day} {agree(len(found), 'gilt', 'gelten')} "
        f"{counted(len(found), 'erfasste Zuständigkeit', 'erfasste Zuständigkeiten')}; "
        f"{len(undated)} davon ohne Angabe des Zeitraums.",
        records=tuple(line.key for line in found),
    )
    by_topic = grouped((line.topic.key, line) for line in found)
    for topic in paper.material.topics:
        own = by_topic.get(topic.key, [])
        if own:
            ordered = sorted(own, key=lambda line: (line.task.name, line.kind, line.key))
            yield Table(
                f"Zuständigkeiten: {topic.name}",
                ("Aufgabe", "Zielgruppe, Gebiet", "Wer", "Rolle", "Grundlage"),
                tuple(
                    (
                        line.task.name,
                        f"{line.target_group.name}, {line.territory.name}",
                        line.organisation.name,
                        ResponsibilityKind.of(line.kind).label,
                        Basis.of(line.basis).label if line.basis else NOT_STATED,
                    )
                    for line in ordered[:LINES]
                ),
                widths=(3.4, 3, 3, 1.6, 1.5),
                row_records=tuple((line.key,) for line in ordered[:LINES]),
            )
            yield from _rest(ordered[LINES:])


def _rest(lines: "Sequence[Record]") -> Iterable[Block]:
    """Count what a table leaves out."""
    if lines:
        yield Paragraph(
            f"{counted(len(lines), 'weiterer Eintrag ist', 'weitere Einträge sind')} hier nicht "
            "abgedruckt.",
            records=tuple(line.key for line in lines),
        )


def _posts(paper: Paper) -> Iterable[Block]:
    found = [post for post in paper.material.posts if holds(post.starts, post.ends, paper.on)]
    if not found:
        yield missing("Stellenanteile für einzelne Aufgaben sind nicht erfasst.", "post")
        return
    rows = tuple(
        (
            paper.named(post),
            post.organisation.name,
            post.task.name if post.task else NOT_STATED,
            f"{trimmed(float(post.percent))} %" if post.percent is not None else NOT_STATED,
            posts(post.fte),
        )
        for post in found
    )
    head = ("Stelle", "Organisation", "Aufgabe", "Anteil", "Stelle im Ganzen")
    yield Table(f"Stellenanteile am {paper.day}", head, rows, align="lllrr")
