"""Monitoring and continuation: how one will notice, how far things are, what is still to enter."""

from collections import Counter
from collections.abc import Iterable

from gelingen.documents import Block, Bullets, Heading, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import CHAPTERS, Paper, missing_text, open_chapter
from gelingen.reports.masterplan.themes import goal_table
from gelingen.reports.phrases import NOT_STATED
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Light, Maturity

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
        widths=(1.5, 4, 4, 1.5),
    )


def continuation(paper: Paper) -> tuple[Block, ...]:
    """Say how the plan goes on and what is still to enter."""
    blocks = list(open_chapter(paper, "fortschreibung"))
    if "fortschreibung" not in paper.texts:
        blocks.append(missing_text("fortschreibung"))
    blocks += [Heading("Was noch einzutragen ist", 2), *_open_entries(paper)]
    return tuple(blocks)


def _open_entries(paper: Paper) -> Iterable[Block]:
    material = paper.material
    lacking = [
        (len([s for s in material.structures if s.last_confirmed is None]), len(material.structures),
         "Strukturen: noch nicht bestätigt"),
        (len([s for s in material.structures if s.fte is None]), len(material.structures),
         "Strukturen: ohne Angabe zum Personal"),
        (len([s for s in material.structures if s.capacity_low is None and s.capacity_high is None]),
         len(material.structures), "Strukturen: ohne Angabe zur Kapazität"),
        (len([f for f in material.fundings if f.eur_per_year is None and f.eur_total is None]),
         len(material.fundings), "Finanzierungen: ohne Betrag"),
        (len([f for f in material.fundings if f.ends is None]), len(material.fundings),
         "Finanzierungen: ohne Ende"),
        (len([n for n in material.needs if n.quantity_low is None and n.quantity_high is None]),
         len(material.needs), "Bedarfe: ohne Menge"),
        (len([n for n in material.needs if n.severity is None]), len(material.needs),
         "Bedarfe: ohne Schwere"),
        (len([m for m in material.measures if m.lead is None]), len(material.measures),
         "Maßnahmen: ohne Federführung"),
        (len([m for m in material.measures if not m.goals.all()]), len(material.measures),
         "Maßnahmen: ohne Wirkungsziel"),
    ]  # fmt: skip
    rows = tuple(
        (what, str(amount), str(whole)) for amount, whole, what in lacking if amount and whole
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
