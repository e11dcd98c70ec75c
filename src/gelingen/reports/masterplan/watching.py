"""Monitoring and continuation: how one will notice, how far things are, what is still to enter."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gelingen.documents import Block, Bullets, Heading, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import CHAPTERS, Paper, missing_text, open_chapter
from gelingen.reports.masterplan.themes import goal_table
from gelingen.reports.phrases import NOT_STATED
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Light, Maturity

if TYPE_CHECKING:
    from gelingen.access.record import Record

# Below this stair a goal speaks of activities, not of a change at the group.
FIRST_EFFECT = 4


def monitoring(paper: Paper) -> tuple[Block, ...]:
    """Show the goals with their indicators, and how far the measures are."""
    blocks = list(open_chapter(paper, "monitoring"))
    if "monitoring" not in paper.texts:
        blocks.append(missing_text("monitoring"))
    blocks += [Heading("Woran sich Wirkung zeigt", 2), *_goals(paper)]
    blocks += [Heading("Stand der Maßnahmen", 2), *_measures(paper)]
    blocks += [Heading("Meilensteine", 2), *_milestones(paper)]
    return tuple(blocks)


def _goals(paper: Paper) -> Iterable[Block]:
    goals = paper.material.goals
    if not goals:
        yield missing("Wirkungsziele sind nicht erfasst.", "impact_goal")
        return
    measured = [goal for goal in goals if goal.indicator]
    shallow = [g for g in goals if g.stair is not None and g.stair < FIRST_EFFECT]
    text = (
        f"{len(measured)} von {counted(len(goals), 'Wirkungsziel', 'Wirkungszielen')} "
        f"{agree(len(measured), 'hat', 'haben')} einen Indikator."
    )
    if shallow:
        text += (
            f" {len(shallow)} {agree(len(shallow), 'beschreibt', 'beschreiben')} erst eine "
            "Leistung und noch keine Veränderung bei der Zielgruppe."
        )
    yield Paragraph(text, records=tuple(goal.key for goal in goals))
    if measured:
        yield goal_table("Wirkungsziele mit Indikator", measured, paper)


def _measures(paper: Paper) -> Iterable[Block]:
    measures = paper.material.measures
    if not measures:
        yield missing("Maßnahmen sind nicht erfasst.", "measure")
        return
    counts = Counter(measure.maturity for measure in measures)
    shown = [kind for kind in Maturity if counts[kind]]
    yield Table(
        "Maßnahmen nach Reifegrad",
        ("Reifegrad", "Maßnahmen"),
        tuple((kind.label, str(counts[kind])) for kind in shown),
        align="lr",
        widths=(4, 1),
        records=tuple(measure.key for measure in measures),
    )
    told = [measure for measure in measures if measure.light]
    if told:
        yield Table(
            "Umsetzungsstand",
            ("Maßnahme", "Stand", "Begründung"),
            tuple(
                (paper.named(m), Light.of(m.light).label, m.light_reason or NOT_STATED)
                for m in told
            ),
        )
    else:
        yield missing("Ein Umsetzungsstand ist für keine Maßnahme angegeben.", "measure")


def _milestones(paper: Paper) -> Iterable[Block]:
    found = sorted(
        (
            (milestone, measure)
            for measure in paper.material.measures
            for milestone in measure.milestones.all()
        ),
        key=lambda pair: (str(pair[0].due), pair[0].key),
    )
    if not found:
        yield missing("Meilensteine sind nicht erfasst.", "milestone")
        return
    yield Table(
        "Meilensteine",
        ("Bis wann", "Meilenstein", "Maßnahme", "Erreicht am"),
        tuple(
            (
                day(last_day(milestone.due)) if milestone.due else NOT_STATED,
                paper.named(milestone),
                measure.title,
                day(milestone.done) if milestone.done else "noch offen",
            )
            for milestone, measure in found
        ),
        header_column=False,
        widths=(2, 4, 4, 2),
    )


def continuation(paper: Paper) -> tuple[Block, ...]:
    """Say how the plan goes on and what is still to enter."""
    blocks = list(open_chapter(paper, "fortschreibung"))
    if "fortschreibung" not in paper.texts:
        blocks.append(missing_text("fortschreibung"))
    blocks += [Heading("Was noch einzutragen ist", 2), *_open_entries(paper)]
    return tuple(blocks)


def _lacking(paper: Paper) -> "Iterable[tuple[str, Sequence[Record], int]]":
    """Count by kind of entry in how many records it is missing."""
    structures, fundings = paper.material.structures, paper.material.fundings
    needs, measures = paper.material.needs, paper.material.measures
    yield (
        "Strukturen: noch nicht bestätigt",
        structures,
        sum(not s.last_confirmed for s in structures),
    )
    yield "Strukturen: ohne Personal in VZÄ", structures, sum(s.fte is None for s in structures)
    unsized = sum(s.capacity_low is None and s.capacity_high is None for s in structures)
    yield "Strukturen: ohne Kapazität", structures, unsized
    unpriced = sum(f.eur_per_year is None and f.eur_total is None for f in fundings)
    yield "Finanzierungen: ohne Betrag", fundings, unpriced
    yield "Finanzierungen: ohne Ende", fundings, sum(f.ends is None for f in fundings)
    unsized = sum(n.quantity_low is None and n.quantity_high is None for n in needs)
    yield "Bedarfe: ohne Menge", needs, unsized
    yield "Bedarfe: ohne Schwere", needs, sum(n.severity is None for n in needs)
    yield "Maßnahmen: ohne Federführung", measures, sum(m.lead is None for m in measures)
    yield "Maßnahmen: ohne Wirkungsziel", measures, sum(not m.goals.all() for m in measures)


def _open_entries(paper: Paper) -> Iterable[Block]:
    material = paper.material
    rows = tuple(
        (what, str(amount), str(len(records)))
        for what, records, amount in _lacking(paper)
        if amount
    )
    if rows:
        keys = tuple(
            record.key
            for records in (
                material.structures,
                material.fundings,
                material.needs,
                material.measures,
            )
            for record in records
        )
        yield Table(
            "Angaben, die noch fehlen",
            ("Angabe", "fehlt bei", "von"),
            rows,
            align="lrr",
            widths=(5, 1, 1),
            records=keys,
        )
    silent = [
        title
        for code, title in CHAPTERS.items()
        if code not in paper.texts and code != "abschnitte"
    ]
    if silent:
        yield missing("Ohne eigenen Text sind noch diese Kapitel:", "chapter")
        yield Bullets(tuple(silent), frame=True)
