"""What was decided and done; topic by topic goals, measures, reports, effect with evidence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, KeyValues, Note, NoteKind, Ref, Table
from gelingen.reports.phrases import NOT_STATED, term_of
from gelingen.reports.yearly.glance import FROM_LEADS
from gelingen.reports.yearly.indicators import measure_tables, sheets_of, stair_of_goal
from gelingen.reports.yearly.saying import NO_REPORT, STAIRS, amount, span, state, told_by
from gelingen.reports.yearly.told import SUMMED, Told, stair_of
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Maturity
from gelingen.yearly.subjects import serve

if TYPE_CHECKING:
    from gelingen.plan.models import ImpactGoal, Milestone
    from gelingen.progress.models import ProgressReport
    from gelingen.yearly.subjects import Line, Subject


def named(line: "Line") -> tuple[Ref, ...]:
    """Name a measure with its key."""
    return (Ref(line.measure.key, line.title),)


def decided(told: Told) -> Iterator[Block]:
    """Say what was decided and what came of it: maturity, milestones, resolutions."""
    counts = Counter(one.measure.maturity for one in told.lines)
    shown = [one for one in Maturity if counts[one]]
    if not shown:
        yield Note("Es gibt keine beschlossenen Maßnahmen.", NoteKind.MISSING)
        return
    yield Table(
        "Maßnahmen nach Reifegrad",
        ("Reifegrad", "Maßnahmen"),
        tuple((one.label, str(counts[one])) for one in shown),
        align="lr",
        widths=(4, 1),
        row_records=tuple(
            tuple(line.measure.key for line in told.lines if line.measure.maturity == one)
            for one in shown
        ),
    )
    yield from _milestones(told)
    resolved = [one for one in told.lines if one.measure.resolutions.strip()]
    if resolved:
        yield KeyValues(
            tuple((one.title, one.measure.resolutions) for one in resolved),
            records=tuple(one.measure.key for one in resolved),
        )


def _milestones(told: Told) -> Iterator[Block]:
    """Show milestones that were reached in the period, and those that were due and are open."""
    stones = [(stone, one) for one in told.lines for stone in one.measure.milestones.all()]
    reached = [pair for pair in stones if told.within(pair[0].done)]
    overdue = [
        pair for pair in stones if pair[0].due and pair[0].due <= told.on and not pair[0].done
    ]
    if reached:
        rows = [(pair, day(pair[0].done)) for pair in reached]
        yield _stones(f"Erreichte Meilensteine, {span(told.report)}", "Erreicht am", rows)
    if overdue:
        rows = [(pair, day(last_day(pair[0].due)) if pair[0].due else "") for pair in overdue]
        yield _stones(f"Überfällige Meilensteine am {day(told.on)}", "Geplant bis", rows)


def _stones(caption: str, when: str, rows: "Sequence[tuple[tuple[Milestone, Line], str]]") -> Table:
    return Table(
        caption,
        ("Meilenstein", "Maßnahme", when),
        tuple(((Ref(stone.key, stone.title),), line.title, said) for (stone, line), said in rows),
        widths=(4, 4, 1.6),
    )


def topics(told: Told) -> Iterator[Block]:
    """Give each topic its section."""
    empty = True
    for topic in told.topics:
        goals = [one for one in told.year.goals if one.topic_id == topic.pk]
        lines = [one for one in told.lines if one.measure.topic_id == topic.pk]
        if goals or lines:
            empty = False
            yield Heading(topic.name, 2)
            yield from section(told, goals, lines)
    if empty:
        yield Note("Der Plan hat noch keine Ziele und Maßnahmen.", NoteKind.MISSING)


def section(told: Told, goals: "Sequence[ImpactGoal]", lines: "Sequence[Line]") -> Iterator[Block]:
    """Show goals and measures, and what was reported on them."""
    if goals:
        yield _goals(told, goals)
    if not lines:
        yield Note("Diesen Zielen dient keine Maßnahme.", NoteKind.MISSING)
        return
    yield _measures(lines)
    pks = sheets_of(
        told.measured,
        goals={one.pk for one in goals},
        measures={one.measure.pk for one in lines},
    )
    yield from measure_tables(told.measured, pks)
    yield from _figures(told, lines)
    yield from _words(lines)


def _goals(told: Told, goals: "Sequence[ImpactGoal]") -> Table:
    subjects = {one.thing: one for one in told.year.subjects}
    return Table(
        "Stand der Wirkungsziele",
        ("Wirkungsziel", "Von", "Auf", "Bis", "Stand der Maßnahmen", "Höchste belegte Stufe"),
        tuple(_goal(told, one, subjects[f"goal:{one.key}"]) for one in goals),
        widths=(4.4, 1.7, 1.7, 1.5, 3, 2),
        notes="Belegt ist eine Stufe der Wirkungstreppe, wenn eine Angabe sie zeigt. Zahlen von "
        "Teilnehmenden belegen Nutzung, keine Veränderung bei den Menschen.",
    )


def _goal(told: Told, goal: "ImpactGoal", subject: "Subject") -> tuple[Content, ...]:
    own = serve(goal, told.lines)
    proven = stair_of_goal(told.measured, goal.pk)
    stair = max((proven, *(stair_of(one) for one in own)))
    wanted = f" (gewollt: {goal.stair})" if goal.stair else ""
    return (
        (Ref(goal.key, subject.title),),
        goal.baseline or NOT_STATED,
        goal.aim or NOT_STATED,
        day(last_day(goal.due)) if goal.due else NOT_STATED,
        subject.reason,
        f"{STAIRS[stair]}{wanted}",
    )


def _measures(lines: "Sequence[Line]") -> Table:
    return Table(
        "Stand der Maßnahmen",
        ("Maßnahme", "Federführung", "Stand", "Warum", "Sachstand"),
        tuple(
            (
                named(one),
                str(one.measure.lead or NOT_STATED),
                state(one),
                one.state.reason,
                told_by(one.latest),
            )
            for one in lines
        ),
        widths=(4, 2.4, 1.5, 3.4, 2.2),
    )


def _figures(told: Told, lines: "Sequence[Line]") -> Iterator[Block]:
    """Show the numbers that leads reported, each with its report."""
    rows = [(one, year, one.years[year]) for one in lines for year in sorted(one.years)]
    rows = [row for row in rows if any(getattr(row[2], name) is not None for name in SUMMED)]
    if rows:
        yield Table(
            f"Teilnehmende, Personal, Zeit, Kosten und Förderung, {span(told.report)}",
            ("Maßnahme", "Jahr", *SUMMED.values()),
            tuple(
                (
                    one.title,
                    str(year),
                    *(amount(name, getattr(found, name)) for name in SUMMED),
                )
                for one, year, found in rows
            ),
            align="lrrrrrr",
            widths=(3.2, 0.9, 2.1, 1.7, 1.4, 1.7, 1.9),
            row_records=tuple((found.key,) for _, _, found in rows),
            notes=FROM_LEADS,
        )


def _words(lines: "Sequence[Line]") -> Iterator[Block]:
    """Give what leads said about effect, obstacles and the next step."""
    for line in lines:
        if line.latest and (pairs := tuple(_said(line.latest))):
            yield Heading(line.title, 3, number="")
            yield KeyValues(
                (*pairs, ("Berichtet von", told_by(line.latest))), records=(line.latest.key,)
            )


def _said(found: "ProgressReport") -> Iterable[tuple[str, str]]:
    for label, text in (
        ("Wirkung", found.effect),
        ("Hindernisse", found.obstacles),
        ("Nächster Schritt", found.next_step),
    ):
        if text.strip():
            yield label, text


def list_of_measures(lines: "Sequence[Line]") -> Table:
    """List all measures with state and reason."""
    return Table(
        "Alle Maßnahmen",
        ("Maßnahme", "Themenfeld", "Federführung", "Zeitraum", "Stand", "Warum", "Sachstand"),
        tuple(
            (
                named(one),
                str(one.measure.topic),
                str(one.measure.lead or NOT_STATED),
                term_of(one.measure.starts, one.measure.ends),
                state(one),
                one.state.reason,
                told_by(one.latest) if one.latest else NO_REPORT,
            )
            for one in lines
        ),
        widths=(4, 2.2, 2.4, 2, 1.5, 3.6, 2.4),
    )
