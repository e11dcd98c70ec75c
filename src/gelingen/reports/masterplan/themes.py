"""Per topic: needs, goals, measures; and what cuts across all topics."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, Paragraph, Table
from gelingen.reports.cells import OPEN
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.needs import need_table
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.material import holds
from gelingen.reports.phrases import NOT_STATED, term_of
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Maturity

if TYPE_CHECKING:
    from gelingen.plan.models import ImpactGoal, Measure
    from gelingen.topics.models import Topic

LONGEST = 30


def themes(paper: Paper) -> tuple[Block, ...]:
    """Give each topic its section."""
    blocks = list(open_chapter(paper, "themenfelder"))
    found = [t for t in paper.material.topics if not t.cross_cutting and _valid(paper, t)]
    if not found:
        blocks.append(missing("Themenfelder sind nicht angelegt.", "need"))
    for topic in found:
        blocks += [Heading(topic.name, 2), *paper.own_words(topic.key.casefold(), heading_level=3)]
        blocks += _section(paper, topic)
    return tuple(blocks)


def cross_themes(paper: Paper) -> tuple[Block, ...]:
    """Give each cross-cutting topic its section."""
    blocks = list(open_chapter(paper, "querschnitt"))
    found = [t for t in paper.material.topics if t.cross_cutting and _valid(paper, t)]
    if not found and "querschnitt" not in paper.texts:
        blocks.append(missing_text("querschnitt"))
    for topic in found:
        blocks += [Heading(topic.name, 2), *paper.own_words(topic.key.casefold(), heading_level=3)]
        blocks += _section(paper, topic)
    return tuple(blocks)


def _valid(paper: Paper, topic: "Topic") -> bool:
    return holds(topic.starts, topic.ends, paper.on)


def _section(paper: Paper, topic: "Topic") -> Iterable[Block]:
    yield _position(paper, topic)
    own = [
        n
        for n in (*paper.material.current_needs, *paper.material.later_needs)
        if n.topic.key == topic.key
    ]
    if own:
        yield need_table(paper, f"Bedarfe: {topic.name}", own[:LONGEST], topic=False)
        if len(own) > LONGEST:
            rest = len(own) - LONGEST
            yield Paragraph(
                f"{counted(rest, 'weiterer Bedarf ist', 'weitere Bedarfe sind')} hier nicht "
                "abgedruckt.",
                records=tuple(need.key for need in own[LONGEST:]),
            )
    goals = [goal for goal in paper.material.goals if goal.topic.key == topic.key]
    if goals:
        yield goal_table(f"Wirkungsziele: {topic.name}", goals, paper)
    elif own:
        yield missing(
            f"Zu den Bedarfen im Themenfeld „{topic.name}“ fehlen Wirkungsziele.", "impact_goal"
        )
    measures = _measures(paper, topic)
    if measures:
        yield measure_table(paper, f"Maßnahmen: {topic.name}", measures)
    elif own:
        yield missing(f"Zum Themenfeld „{topic.name}“ sind keine Maßnahmen erfasst.", "measure")


def _measures(paper: Paper, topic: "Topic") -> "list[Measure]":
    return [
        measure
        for measure in paper.material.measures
        if measure.topic.key == topic.key
        or topic.key in paper.material.cross_topics_of[measure.key]
    ]


def _position(paper: Paper, topic: "Topic") -> Paragraph:
    """Say what works in the topic on the day and how many of its needs are met."""
    reach = {line.structure.key for line in paper.material.reach if line.topic.key == topic.key}
    here = sorted(
        key
        for key in reach
        if holds(
            paper.material.structure_of[key].starts, paper.material.structure_of[key].ends, paper.on
        )
    )
    cells = [cell for cell in paper.results.cells(paper.on) if cell.topic == topic.key]
    gaps = [cell for cell in cells if cell.type in OPEN]
    unknown = [cell for cell in cells if cell.type == "not_known"]
    if not here:
        text = f"Am {paper.day} ist keine Struktur erfasst, die zu „{topic.name}“ arbeitet"
    else:
        text = (
            f"Im Themenfeld {agree(len(here), 'arbeitet', 'arbeiten')} am {paper.day} "
            f"{counted(len(here), 'erfasste Struktur', 'erfasste Strukturen')}"
        )
    names = [paper.material.name(key) for key in here]
    text += f": {listed(names, most=6)}." if names else "."
    if cells:
        text += (
            f" Bedarf besteht in {counted(len(cells), 'Feld', 'Feldern')}; "
            f"{len(gaps) or 'keines'} davon "
            f"{agree(len(gaps) or 1, 'ist eine Lücke', 'sind Lücken')}, über "
            f"{len(unknown) or 'keines'} ist nichts bekannt."
        )
    keys = (*here, *(key for cell in cells for key in cell.needs))
    return Paragraph(text, records=keys or (topic.key,))


def goal_table(caption: str, goals: "list[ImpactGoal]", paper: Paper) -> Table:
    """List impact goals with what shall change, by when, and how one notices."""
    return Table(
        caption,
        ("Wirkungsziel", "Von", "Auf", "Bis", "Indikator"),
        tuple(
            (
                paper.named(goal),
                goal.baseline or NOT_STATED,
                goal.aim or NOT_STATED,
                day(last_day(goal.due)) if goal.due else NOT_STATED,
                goal.indicator or NOT_STATED,
            )
            for goal in goals
        ),
        widths=(5, 2, 2, 1.9, 3),
    )


def measure_table(paper: Paper, caption: str, measures: "list[Measure]") -> Table:
    """List measures in brief; the sheets stand in the annex."""
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (
            paper.named(measure),
            measure.lead.name if measure.lead else NOT_STATED,
            term_of(measure.starts, measure.ends),
            Maturity.of(measure.maturity).label,
        )
        for measure in measures
    )
    head = ("Maßnahme", "Federführung", "Zeitraum", "Reifegrad")
    return Table(caption, head, rows, widths=(5, 3, 2.4, 1.6))
