"""What is different between two editions, as a document."""

from collections.abc import Iterator
from datetime import date

from gelingen.documents import Block, Document, Heading, Note, NoteKind, Paragraph, Table
from gelingen.editions.comparing import LABELS, Comparison, Line, TopicLine
from gelingen.reports.counting import capital
from gelingen.reports.masterplan.paper import CHAPTERS
from gelingen.terms.editions import Difference
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import day

_NONE = "–"


def compared_document(
    found: Comparison, *, before: str, after: str, author: str, on: date
) -> Document:
    """Write a comparison.

    Args:
        found: what is different.
        before: name of the earlier edition.
        after: name of the later one.
        author: who answers for it.
        on: the day on which it is written.

    """
    return Document(
        title="Was sich geändert hat",
        subtitle=f"{before} und {after} im Vergleich",
        author=author,
        date_line=f"Stand {day(on)}",
        cover_page=False,
        blocks=tuple(_blocks(found)),
    )


def _blocks(found: Comparison) -> Iterator[Block]:
    yield Heading("Überblick")
    yield Table(
        "Zahl der Einträge",
        ("Was", *(one.label for one in Difference)),
        tuple(
            (table.label, *(str(count) for count in found.counts(table).values()))
            for table in LABELS
            if found.of(table)
        ),
        align="l" + "r" * len(Difference),
        frame=True,
    )
    if found.topics:
        yield Heading("Themenfelder")
        yield Table(
            "Was aus den Themenfeldern wurde",
            ("Vorher", "Jetzt"),
            tuple(topic_words(one) for one in found.topics),
            own_text=True,
        )
    for table in LABELS:
        lines = found.of(table)
        if lines:
            yield Heading(table.label)
            yield from _table(table, lines)


def topic_words(one: TopicLine) -> tuple[str, str]:
    """Write what became of a topic: before and after."""
    before = ", ".join(one.before) or "(neu)"
    return before, ", ".join(one.after) or "(nicht fortgeführt)"


def title_of(line: Line) -> str:
    """Name a line as people read it: chapters by their titles."""
    return CHAPTERS.get(line.title, line.title) if line.table is Name.TEXTS else line.title


def _table(table: Name, lines: list[Line]) -> Iterator[Block]:
    for difference in Difference:
        own = [one for one in lines if one.difference is difference]
        if not own:
            continue
        yield Heading(f"{capital(difference.label)} ({len(own)})", 2)
        if difference is Difference.CHANGED:
            for one in own:
                yield from _changed(one)
        else:
            yield Table(
                f"{table.label}, {difference.label}",
                ("Titel", "Themenfeld"),
                tuple((_told(one), one.topic or _NONE) for one in own),
                widths=(6, 3),
                records=tuple(one.key for one in own),
            )
    if all(one.difference is Difference.CARRIED for one in lines):
        yield Note("Hier hat sich nichts geändert.", NoteKind.INFO, frame=True)


def _told(line: Line) -> str:
    return title_of(line) if line.listed else f"{title_of(line)} (nicht mehr aufgeführt)"


def _changed(line: Line) -> Iterator[Block]:
    yield Paragraph(title_of(line), records=(line.key,))
    yield Table(
        title_of(line),
        ("Was", "Vorher", "Jetzt"),
        tuple((one.label, one.before or _NONE, one.after or _NONE) for one in line.changed),
        widths=(2, 4, 4),
        records=(line.key,),
    )
