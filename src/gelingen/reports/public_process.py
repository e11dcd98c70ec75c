"""The process as everybody may read it: phases and those events that are shown to everybody."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.documents import Block, Document, Heading, Note, NoteKind, Paragraph, Table
from gelingen.process.course import public_whole
from gelingen.process.queries import PublicCourse, public_course
from gelingen.reports.boards.parts import paragraphs
from gelingen.reports.process import span_of, timeline
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.process.queries import PublicEvent

TITLE = "Der Prozess"


def public_process_paper(tenant: Tenant, *, on: date) -> Document:
    """Write the timeline of the process for everybody as of a day. Two queries.

    Who is responsible, steps, contracts, files and why a phase rests are not told, nor events that
    are not shown to everybody.
    """
    course = public_course(tenant, on=on)
    return Document(
        title=TITLE,
        subtitle=f"Phasen und Ereignisse, {tenant.name}",
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        edition="Öffentliche Fassung",
        cover_page=False,
        blocks=tuple(_blocks(course, on)),
    )


def _blocks(course: PublicCourse, on: date) -> Iterator[Block]:
    if not course.phases and not course.events:
        yield Note("Vom Prozess ist noch nichts eingetragen.", NoteKind.MISSING, frame=True)
        return
    if course.phases:
        yield from _phases(course, on)
    yield Heading("Ereignisse")
    if course.events:
        yield _events(course)
    else:
        yield Paragraph("Öffentliche Ereignisse sind nicht eingetragen.", frame=True)


def _phases(course: PublicCourse, on: date) -> Iterator[Block]:
    table = Table(
        "Phasen mit geplanten und wirklichen Tagen",
        ("Phase", "Stand", "Geplant", "Wirklich"),
        tuple(
            (
                one.name,
                one.state.label,
                span_of(one.days.planned_starts, one.days.planned_ends),
                span_of(one.days.starts, one.days.ends),
            )
            for one in course.phases
        ),
        widths=(5, 2, 3, 3),
    )
    yield Heading("Die Phasen")
    yield table
    yield from timeline(public_whole(course, on=on), table, on=on)
    for one in course.phases:
        if one.aim or one.result:
            yield Heading(one.name, 2)
            yield from paragraphs(one.aim, label="Was sie bringen soll")
            yield from paragraphs(one.result, label="Was sie gebracht hat")


def _events(course: PublicCourse) -> Table:
    return Table(
        "Ereignisse in der Reihenfolge der Zeit",
        ("Tag", "Ereignis", "Phase", "Ergebnis"),
        tuple(
            (_day(one), _named(one), one.phase or "–", one.result or "–") for one in course.events
        ),
        widths=(2, 5, 3, 4),
    )


def _day(event: "PublicEvent") -> str:
    planned = f"geplant: {event.planned_said}" if event.planned else "–"
    return event.day_said or planned


def _named(event: "PublicEvent") -> str:
    return f"{event.title} ({event.place})" if event.place else event.title
