"""A released report as everybody may read it: public measures, no money, nobody who reported.

What goes out is chosen here, piece by piece; what is added to a report stays inside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gelingen.documents import (
    Block,
    Document,
    Format,
    Heading,
    KeyValues,
    Note,
    Table,
    from_markdown,
    write_each,
)
from gelingen.editions.states import state_of_goal
from gelingen.reports.counting import counted
from gelingen.reports.phrases import NOT_STATED
from gelingen.reports.yearly.glance import FROM_LEADS
from gelingen.reports.yearly.indicators import context_tables, of_context
from gelingen.reports.yearly.saying import amount, span
from gelingen.reports.yearly.told import Told, added, by_state, reported
from gelingen.terms.progress import MeasureState
from gelingen.terms.spelling import day, last_day
from gelingen.terms.yearly import Chapter, ReportKind, Verdict
from gelingen.yearly.subjects import serve

if TYPE_CHECKING:
    from gelingen.plan.models import ImpactGoal
    from gelingen.yearly.models import Conclusion
    from gelingen.yearly.subjects import Line

FORMATS: tuple[Format, ...] = ("pdf", "html")
_PEOPLE = "participants"


def written_for_everybody(told: Told) -> dict[str, bytes]:
    """Write the public version as PDF and HTML."""
    return {str(fmt): made for fmt, made in write_each(public_report(told), FORMATS).items()}


def public_report(told: Told) -> Document:
    """Write the public version of a released report as it is now.

    It holds public measures, the goals with what these measures say of them, conclusions, figures
    of the situation, and the county's own words in these chapters.
    """
    return Document(
        title=told.report.title,
        subtitle=f"{ReportKind.of(told.report.kind).label} {span(told.report)}",
        author=told.report.tenant.name,
        date_line=f"Stand {day(told.on)}",
        edition="Öffentliche Fassung",
        cover_page=False,
        blocks=tuple(_blocks(told, [one for one in told.lines if one.measure.public])),
    )


def _blocks(told: Told, lines: "Sequence[Line]") -> Iterator[Block]:
    parts: tuple[tuple[Chapter, Iterable[Block]], ...] = (
        (Chapter.GLANCE, _glance(told, lines)),
        (Chapter.TOPICS, _topics(told, lines)),
        (Chapter.CONTEXT, _context(told)),
        (Chapter.CONCLUSIONS, _conclusions(told, lines)),
    )
    for chapter, found in parts:
        own = tuple(from_markdown(told.texts.get(chapter.value, ""), heading_level=2))
        blocks = (*own, *found)
        if blocks:
            yield Heading(chapter.label, 1, key=f"kapitel-{chapter.value}")
            yield from blocks


def _glance(told: Told, lines: "Sequence[Line]") -> Iterator[Block]:
    if not lines:
        yield Note("Über einzelne Maßnahmen wird öffentlich nicht berichtet.", frame=True)
        return
    found = by_state(lines, lambda one: one.state.state)
    yield Table(
        f"Stand von {counted(len(lines), 'Maßnahme', 'Maßnahmen')} am {day(told.on)}",
        ("Stand", "Maßnahmen"),
        tuple((one.label, str(len(found[one]))) for one in MeasureState if one in found),
        align="lr",
        widths=(4, 1),
    )
    people = added(now := reported(lines), _PEOPLE)
    if people.value is not None:
        said = (
            f"{amount(_PEOPLE, people.value)}, genannt in {people.of} von "
            f"{counted(len(now), 'Sachstand', 'Sachständen')}. {FROM_LEADS} Weniger als fünf "
            "Menschen zählen nicht mit; wer mehrfach teilnahm, zählt mehrfach."
        )
        yield KeyValues((("Teilnehmende", said),))


def _topics(told: Told, lines: "Sequence[Line]") -> Iterator[Block]:
    for topic in told.topics:
        goals = [one for one in told.year.goals if one.topic_id == topic.pk]
        own = [one for one in lines if one.measure.topic_id == topic.pk]
        if not goals and not own:
            continue
        yield Heading(topic.name, 2)
        if goals:
            yield _goals(told, goals, lines)
        if own:
            yield _measures(own)
        for line in own:
            if pairs := tuple(_said(line)):
                yield Heading(line.title, 3, number="")
                yield KeyValues(pairs)


def _goals(told: Told, goals: "Sequence[ImpactGoal]", lines: "Sequence[Line]") -> Table:
    titles = {one.thing: one.title for one in told.year.subjects}
    return Table(
        "Stand der Wirkungsziele",
        ("Wirkungsziel", "Von", "Auf", "Bis", "Stand der Maßnahmen"),
        tuple(
            (
                titles[f"goal:{one.key}"],
                one.baseline or NOT_STATED,
                one.aim or NOT_STATED,
                day(last_day(one.due)) if one.due else NOT_STATED,
                _standing(one, lines),
            )
            for one in goals
        ),
        widths=(4.4, 1.8, 1.8, 1.6, 3),
    )


def _standing(goal: "ImpactGoal", lines: "Sequence[Line]") -> str:
    """Say how a goal stands by the public measures that serve it."""
    own = serve(goal, lines)
    if not own:
        return "keine öffentliche Maßnahme"
    return MeasureState.of(state_of_goal(one.state.state for one in own)).label


def _measures(lines: "Sequence[Line]") -> Table:
    return Table(
        "Stand der Maßnahmen",
        ("Maßnahme", "Federführung", "Stand", "Warum"),
        tuple(
            (
                one.title,
                str(one.measure.lead or NOT_STATED),
                one.state.state.label,
                one.state.reason,
            )
            for one in lines
        ),
        widths=(4.2, 2.6, 1.6, 4),
    )


def _said(line: "Line") -> Iterator[tuple[str, str]]:
    """Give what the latest report of a measure tells everybody."""
    if found := line.latest:
        for label, text in (("Wirkung", found.effect), ("Nächster Schritt", found.next_step)):
            if text.strip():
                yield label, text
        if found.participants is not None:
            yield f"Teilnehmende {max(line.years)}", amount(_PEOPLE, found.participants)


def _context(told: Told) -> Iterator[Block]:
    if measured := of_context(told.measured):
        yield Note("Diese Zahlen beschreiben die Lage. Sie messen nicht, was Maßnahmen bewirken.",
                   frame=True)  # fmt: skip
        for block in context_tables(measured):
            # The keys of records mean nothing outside.
            yield replace(block, row_records=()) if isinstance(block, Table) else block


def _conclusions(told: Told, lines: "Sequence[Line]") -> Iterator[Block]:
    """Say what follows for each goal and each public measure."""
    shown = {f"measure:{one.measure.key}" for one in lines}
    own = [
        (one.title, one.conclusion)
        for one in told.year.subjects
        if one.conclusion and (one.goal or one.thing in shown)
    ]
    for verdict in Verdict:
        rows = tuple(_concluded(*one) for one in own if one[1].verdict == verdict)
        if rows:
            yield Table(
                verdict.label, ("Ziel oder Maßnahme", "Begründung und Vorschlag"), rows,
                widths=(4, 6), own_text=True,
            )  # fmt: skip


def _concluded(title: str, conclusion: "Conclusion") -> tuple[str, str]:
    return title, conclusion.text or "–"
