"""Where the process stands, for whoever takes it over: what is known of it, and the paper of it.

standing_of(actor, tenant, on=...) -> Standing, standing_paper(...) -> Document

It is handed on inside the house: of meetings only what is public is told, what is not stands in the
minutes; of the process all is told. What everybody may read is `reports.public_process`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards import seen
from gelingen.documents import Block, Document, Heading, Note, NoteKind, Paragraph, Table
from gelingen.documents.pictures.course import Track, course_picture
from gelingen.process.course import Whole, whole_of
from gelingen.process.queries import Course, PhaseLine, course_of
from gelingen.reports.shelf import documents
from gelingen.terms.boards import EventKind, MeetingState, PhaseState, Result
from gelingen.terms.spelling import day, last_day, period

if TYPE_CHECKING:
    from gelingen.boards.models import ActionPoint, AgendaItem
    from gelingen.process.models import Event, Step, Support

AHEAD = timedelta(days=92)
LATEST = 5
TITLE = "Wo stehen wir?"
_DECIDED = (Result.UNCHANGED, Result.CHANGED, Result.MAJORITY, Result.REJECTED)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something with a day ahead: what it is, and the record that it is about ("phase:p_1")."""

    day: date
    what: str
    record: str
    known: str = ""  # the day, where no more than its month or year is known

    @property
    def said(self) -> str:
        """Write the day as far as it is known."""
        return self.known or day(self.day)


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a paper lies: its title, its place in words and the record or file it is."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the process stands on a day.

    Attributes:
        on: the day.
        course: phases, events, supports.
        decided: resolutions of meetings, the last first.
        happened: the last events that took place, the last first.
        rested: all interruptions that are over, the last first.
        steps: steps of phases and events that are not done, the first day first.
        actions: what meetings gave somebody to do and is not done, the first day first.
        supports: contracts that run or come, the first end first.
        undated: contracts of which neither beginning nor end is known, by who accompanies.
        coming: meetings, events and turns of phases of the next three months.
        papers: papers on the shelf, the newest first.

    """

    on: date
    course: Course
    decided: "Sequence[AgendaItem]"
    happened: "Sequence[Event]"
    rested: "Sequence[Event]"
    steps: "Sequence[Step]"
    actions: "Sequence[ActionPoint]"
    supports: "Sequence[Support]"
    undated: "Sequence[Support]"
    coming: Sequence[Coming]
    papers: Sequence[Paper]


def standing_of(actor: Actor, tenant: Tenant, *, on: date) -> Standing:
    """Put together where the process stands on a day. Eight queries."""
    course = course_of(actor, tenant, on=on)
    public = seen.items(actor, tenant).filter(public=True, meeting__state=MeetingState.HELD)
    decided = public.filter(result__in=_DECIDED).select_related("body", "meeting")
    actions = seen.actions(actor, tenant).filter(public=True, done=None).exclude(item__public=False)
    took = [one for one in course.events if one.day is not None and one.day <= on][::-1]
    rested = [one for one in took if one.kind == EventKind.INTERRUPTION]
    undated = [one for one in course.supports if one.starts is None and one.ends is None]
    current = [one for one in course.supports if one.ends is None or one.ends > on]
    running = [one for one in current if one not in undated]
    return Standing(
        on,
        course,
        list(decided.order_by("-meeting__day", "order", "key")[:LATEST]),
        [one for one in took if one not in rested][:LATEST],
        rested,
        sorted(course.open, key=lambda one: (one.due or date.max, one.key)),
        list(actions),
        sorted(running, key=lambda one: (one.ends or date.max, one.key)),
        sorted(undated, key=lambda one: (str(one.organisation), one.key)),
        sorted(_coming(actor, tenant, course, on), key=lambda one: (one.day, one.what)),
        [Paper(one.title, f"{one.name}, Stand {day(one.day)}") for one in documents(actor, tenant)],
    )


def _coming(actor: Actor, tenant: Tenant, course: Course, on: date) -> Iterator[Coming]:
    until = on + AHEAD
    states = (MeetingState.PLANNED, MeetingState.INVITED)
    found = seen.meetings(actor, tenant).filter(day__gte=on, day__lte=until, state__in=states)
    for meeting in found:
        yield Coming(meeting.day, f"{meeting.body}: Sitzung", f"meeting:{meeting.key}")
    for event in course.events:
        last = event.planned_until
        if event.day is None and last is not None and on <= last <= until:
            yield Coming(last, event.title, f"event:{event.key}", event.planned_said)
    for line in course.phases:
        yield from _turns(line, on, until)


def _turns(line: PhaseLine, on: date, until: date) -> Iterator[Coming]:
    one, record = line.days, f"phase:{line.phase.key}"
    if line.state is PhaseState.DONE:
        return
    if one.starts is None and one.planned_starts and on <= one.planned_starts <= until:
        yield Coming(one.planned_starts, f"Geplanter Beginn: {line.phase.name}", record)
    if one.planned_ends and on < one.planned_ends <= until:
        yield Coming(last_day(one.planned_ends), f"Geplantes Ende: {line.phase.name}", record)


def standing_paper(actor: Actor, tenant: Tenant, *, on: date) -> Document:
    """Write the paper "Wo stehen wir?" as of a day."""
    found = standing_of(actor, tenant, on=on)
    return Document(
        title=TITLE,
        subtitle=f"Stand des Prozesses, {tenant.name}",
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        edition="Zur Übergabe, nicht zur Veröffentlichung",
        cover_page=False,
        blocks=tuple(_blocks(found)),
    )


def _blocks(found: Standing) -> Iterator[Block]:
    yield Heading("Die Phasen")
    if not found.course.phases:
        text = "Phasen sind nicht eingetragen. Sie stehen am Arbeitsplatz unter „Prozess“."
        yield Note(text, NoteKind.MISSING, frame=True)
    else:
        yield from _phases(found.course, found.on)
    yield from _rested(found)
    yield from _decided(found)
    yield from _open(found)
    yield from _supports(found)
    yield from _dates(found)


def _phases(course: Course, on: date) -> Iterator[Block]:
    for line in course.now:
        said = f"{line.phase.name}: {line.said}."
        why = f" Grund: {line.phase.resting_why}" if line.phase.resting_why else ""
        yield Paragraph(said + why, records=(f"phase:{line.phase.key}",))
    table = Table(
        "Phasen mit geplanten und wirklichen Tagen",
        ("Phase", "Stand", "Geplant", "Wirklich", "Ergebnis"),
        tuple(
            (
                one.phase.name, one.state.label, span_of(one.days.planned_starts,
                one.days.planned_ends), span_of(one.days.starts, one.days.ends),
                one.phase.result or "–",
            )
            for one in course.phases
        ),
        widths=(4, 2, 3, 3, 4),
        row_records=tuple((f"phase:{one.phase.key}",) for one in course.phases),
    )  # fmt: skip
    yield table
    yield from timeline(whole_of(course, on=on), table, on=on)


def timeline(whole: Whole | None, table: Table, *, on: date) -> Iterator[Block]:
    """Draw the process as of a day; `table` says the same. Nothing where no day is known."""
    if whole is None:
        return
    tracks = [
        Track(
            one.name,
            one.planned,
            one.actual,
            one.rests,
            tuple((mark.day, mark.planned) for mark in one.marks),
        )
        for one in whole.rows
    ]
    span = (whole.starts, whole.ends)
    yield course_picture(tracks, span, on=on, title="Der Prozess über die Zeit", table=table)


def span_of(starts: date | None, ends: date | None) -> str:
    """Write a period; a dash where nothing is known of it."""
    return period(starts, ends) if starts or ends else "–"


def _rested(found: Standing) -> Iterator[Block]:
    """Name every interruption: whoever takes over asks for old ones too."""
    if found.rested:
        yield Heading("Wann der Prozess ruhte")
        yield Table(
            "Unterbrechungen, die vorbei sind",
            ("Phase", "Unterbrechung", "Grund"),
            tuple((str(one.phase or "–"), one.title, one.result or "–") for one in found.rested),
            widths=(3, 5, 4),
            row_records=tuple((f"event:{one.key}",) for one in found.rested),
        )


def _decided(found: Standing) -> Iterator[Block]:
    yield Heading("Zuletzt beschlossen und geschehen")
    if found.decided:
        yield Table(
            "Beschlüsse der letzten Sitzungen",
            ("Tag", "Gremium", "Gegenstand", "Ergebnis"),
            tuple(
                (
                    day(one.meeting.day) if one.meeting else "–",
                    str(one.body),
                    one.resolution or one.title,
                    one.get_result_display(),
                )
                for one in found.decided
            ),
            widths=(2, 3, 6, 3),
            row_records=tuple((f"agendaitem:{one.key}",) for one in found.decided),
        )
    if found.happened:
        yield Table(
            "Ereignisse",
            ("Tag", "Ereignis", "Ergebnis"),
            tuple((one.day_said, one.title, one.result or "–") for one in found.happened),
            widths=(2, 5, 5),
            row_records=tuple((f"event:{one.key}",) for one in found.happened),
        )
    if not found.decided and not found.happened:
        yield Paragraph("Kein Beschluss und kein Ereignis ist eingetragen.", frame=True)


def _open(found: Standing) -> Iterator[Block]:
    yield Heading("Was offen ist")
    rows = [(one.due, one.title, one.who, one.where, f"step:{one.key}") for one in found.steps]
    rows += [
        (one.due, one.text, one.who, str(one.body), f"actionpoint:{one.key}")
        for one in found.actions
    ]
    rows.sort(key=lambda row: (row[0] or date.max, row[4]))
    if not rows:
        yield Paragraph("Kein Schritt und kein Auftrag ist offen.", frame=True)
        return
    yield Table(
        "Schritte der Phasen und Ereignisse, Aufträge aus Sitzungen",
        ("Bis", "Was", "Wer", "Woher"),
        tuple((day(last_day(due)) if due else "–", *row) for due, *row, _ in rows),
        widths=(2, 6, 3, 3),
        row_records=tuple((row[4],) for row in rows),
    )


def _supports(found: Standing) -> Iterator[Block]:
    if found.supports or found.undated:
        yield Heading("Wer von außen begleitet")
    if found.supports:
        yield _contracts("Verträge, die laufen oder beginnen", found.supports)
    if found.undated:
        yield _contracts("Verträge ohne eingetragene Zeit: ob sie laufen, ist offen", found.undated)


def _contracts(title: str, supports: "Sequence[Support]") -> Table:
    return Table(
        title,
        ("Wer", "Wofür", "Zeitraum", "Vertrag", "Bezahlt aus"),
        tuple(
            (
                str(one.organisation), one.task, span_of(one.starts, one.ends), one.contract or "–",
                one.paid_from or "–",
            )
            for one in supports
        ),
        widths=(3, 4, 3, 2, 3),
        row_records=tuple((f"support:{one.key}",) for one in supports),
    )  # fmt: skip


def _dates(found: Standing) -> Iterator[Block]:
    yield Heading("Was in den nächsten drei Monaten kommt")
    if found.coming:
        yield Table(
            "Termine",
            ("Tag", "Was"),
            tuple((one.said, one.what) for one in found.coming),
            widths=(2, 10),
            row_records=tuple((one.record,) for one in found.coming),
        )
    else:
        yield Paragraph("Kein Termin ist eingetragen.", frame=True)
    yield Heading("Wo die Papiere liegen")
    yield Paragraph(
        "Am Arbeitsplatz: Masterplan und Auszüge unter „Dokumente“, Einladungen und "
        "Niederschriften bei jeder Sitzung, Dateien des Prozesses bei der Phase, dem Ereignis oder "
        "der Begleitung, zu der sie gehören. Nichtöffentliches aus Sitzungen steht nur in den "
        "Niederschriften.",
        frame=True,
    )
    if found.papers:
        yield Table(
            "Papiere im Regal",
            ("Papier", "Datei"),
            tuple((one.title, one.place) for one in found.papers),
            widths=(5, 7),
        )
