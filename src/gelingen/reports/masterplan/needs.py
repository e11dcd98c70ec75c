"""Needs: how many on which topic for whom, the most severe ones, and those that come later."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, Paragraph, Table
from gelingen.needs.voices import Said
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.masterplan.pictures import need_matrix
from gelingen.reports.phrases import NOT_STATED, quantity, rough_day, severity
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import NeedKind

if TYPE_CHECKING:
    from gelingen.needs.models import Need

SEVERE = 4
# Voices of which nobody knows the group.
NO_GROUP = "Stimmen ohne Gruppe"
LONGEST = 20


def needs(paper: Paper) -> tuple[Block, ...]:
    """Show the needs of the day and those that begin before the horizon."""
    blocks = list(open_chapter(paper, "bedarfe"))
    found = paper.material.needs
    if not found:
        if "bedarfe" not in paper.texts:
            blocks.append(missing_text("bedarfe"))
        return (*blocks, missing("Bedarfe sind nicht erfasst.", "need"))
    blocks += _overview(paper)
    blocks += [Heading("Bedarfe nach Themenfeld und Zielgruppe", 2), *need_matrix(paper)]
    blocks += [Heading("Bedarfe nach Ebene und Art", 2), *_levels(paper)]
    blocks += [Heading("Die schwersten Bedarfe", 2), *_severe(paper)]
    blocks += [Heading("Künftige Bedarfe", 2), *_later(paper)]
    return tuple(blocks)


def _overview(paper: Paper) -> Iterable[Block]:
    now, later = paper.material.current_needs, paper.material.later_needs
    sized = sum(need.quantity_low is not None or need.quantity_high is not None for need in now)
    rated = sum(need.severity is not None for need in now)
    text = (
        f"Am {paper.day} {agree(len(now), 'besteht', 'bestehen')} "
        f"{counted(len(now), 'erfasster Bedarf', 'erfasste Bedarfe')}. "
        f"Eine Menge ist bei {sized} angegeben, eine Schwere bei {rated}."
    )
    if later:
        text += (
            f" {counted(len(later), 'weiterer Bedarf beginnt', 'weitere Bedarfe beginnen')} "
            f"bis zum {paper.last_day}."
        )
    keys = tuple(need.key for need in paper.material.needs)
    yield Paragraph(text, records=tuple(need.key for need in (*now, *later)) or keys)
    yield Paragraph("Die Bedarfe stehen mit ihrer Herkunft im Kapitel „Themenfelder“.", frame=True)


def _levels(paper: Paper) -> Iterable[Block]:
    current = paper.material.current_needs
    levels = list(dict.fromkeys(_level(need) for need in current))
    rows, keys = [], []
    for level in sorted(levels):
        own = [need for need in current if _level(need) == level]
        strategic = sum(need.kind == NeedKind.STRATEGIC for need in own)
        rows.append((level, str(strategic), str(len(own) - strategic), str(len(own))))
        keys.append(tuple(need.key for need in own))
    if not rows:
        return
    yield Paragraph(
        "Strategische Bedarfe verlangen Entscheidung, Steuerung oder Vernetzung. Operative Bedarfe "
        "verlangen ein Angebot oder Beratung.",
        frame=True,
    )
    yield Table(
        f"Bedarfe am {paper.day} nach Ebene und Art",
        ("Ebene", "strategisch", "operativ", "Zusammen"),
        tuple(rows),
        align="lrrr",
        row_records=tuple(keys),
    )


def _level(need: "Need") -> str:
    return need.get_level_display() if need.level else "Ebene nicht angegeben"


def _severe(paper: Paper) -> Iterable[Block]:
    current = paper.material.current_needs
    severe = [need for need in current if (need.severity or 0) >= SEVERE]
    unrated = [need for need in current if need.severity is None]
    if unrated:
        yield Paragraph(
            f"Für {counted(len(unrated), 'Bedarf', 'Bedarfe')} ist keine Schwere angegeben; "
            "ihr Rang ist nicht bekannt.",
            records=tuple(need.key for need in unrated),
        )
    if not severe:
        yield missing("Kein Bedarf ist mit Schwere 4 oder 5 eingeschätzt.", "need")
        return
    ordered = sorted(severe, key=lambda need: (-(need.severity or 0), need.key))
    yield need_table(paper, "Bedarfe mit Schwere 4 oder 5", ordered[:LONGEST])


def need_table(paper: Paper, caption: str, found: "list[Need]", *, topic: bool = True) -> Table:
    """List needs with whom they concern, how severe they are and who voiced them."""
    head = (
        "Bedarf",
        *(("Themenfeld",) if topic else ()),
        "Zielgruppe, Gebiet",
        "Schwere",
        "Menge",
        "Genannt von",
    )
    rows = tuple(_need_row(paper, need, topic=topic) for need in found)
    widths = (4, 2, 2.4, 1.5, 1.6, 2.6) if topic else (4.5, 2.6, 1.5, 1.8, 3)
    return Table(caption, head, rows, widths=widths)


def _need_row(paper: Paper, need: "Need", *, topic: bool) -> tuple[Content, ...]:
    first, *rest = voiced_by(paper, need) or [NOT_STATED]
    if need.voice and need.voiced:
        first += f" ({rough_day(need.voiced, need.voiced_precision)})"
    return (
        paper.named(need, need.statement),
        *((need.topic.name,) if topic else ()),
        f"{need.target_group.name}, {need.territory.name}",
        severity(need.severity),
        quantity(need),
        ", ".join((first, *rest)),
    )


def voiced_by(paper: Paper, need: "Need") -> list[str]:
    """Name who voiced a need: the function of its first voice, then the groups of all others."""
    said = paper.material.said.get(need.key, Said())
    groups = [group for group, _ in said.groups if group]
    nameless = dict(said.groups).get("", 0) > bool(need.voice)
    return [
        *([need.voice] if need.voice else []), *groups, *([NO_GROUP] if nameless else []),
    ]  # fmt: skip


def _later(paper: Paper) -> Iterable[Block]:
    later = paper.material.later_needs
    if not later:
        yield missing(
            f"Bedarfe, die erst nach dem {paper.day} beginnen, sind nicht erfasst.", "need"
        )
        return
    rows = tuple(
        (
            paper.named(need, need.statement),
            day(need.starts),
            f"{need.target_group.name}, {need.territory.name}",
            quantity(need),
        )
        for need in sorted(later, key=lambda need: (need.starts or paper.on, need.key))
    )
    head = ("Bedarf", "Besteht ab", "Zielgruppe, Gebiet", "Menge")
    yield Table(f"Bedarfe, die bis {paper.last_day} beginnen", head, rows, widths=(4, 1.9, 3, 2))
