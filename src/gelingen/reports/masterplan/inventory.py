"""Inventory: what stands on the day on which level, on what money, and until when."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, Paragraph, Ref, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, open_chapter
from gelingen.reports.masterplan.pictures import structures_over_time
from gelingen.reports.material import grouped, holds
from gelingen.reports.phrases import NOT_STATED, end_of, money
from gelingen.reports.standing import Ground, Standing
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import (
    EndKind,
    Function,
    FundingState,
    Level,
    Permanence,
    StructureKind,
)

if TYPE_CHECKING:
    from gelingen.register.models import Funding, Structure

# Longer lists stand in the annex.
LONGEST = 25
NO_LEVEL = "Ebene nicht angegeben"
NO_KIND = "ohne Angabe"


def inventory(paper: Paper) -> tuple[Block, ...]:
    """Show what stands on the day, by level, what carries it and what ends."""
    blocks = list(open_chapter(paper, "bestand"))
    if not paper.material.structures:
        return (*blocks, missing("Strukturen sind nicht erfasst.", "structure"))
    standing = paper.results.standing(paper.on)
    here = [paper.material.structure_of[key] for key in standing.there]
    blocks += [Heading("Überblick", 2), *_overview(paper, here, standing)]
    blocks += _by_level(paper, here, standing)
    blocks += _received(paper)
    blocks += [Heading("Strukturen und Geld im Zeitverlauf", 2), *structures_over_time(paper)]
    blocks += [Heading("Geld mit bekanntem Ende", 2), *_ending(paper)]
    return tuple(blocks)


def _overview(paper: Paper, here: "list[Structure]", standing: Standing) -> Iterable[Block]:
    keys = tuple(structure.key for structure in here)
    gone = [key for key, ground in standing.grounds.items() if ground is Ground.NOT_THERE]
    begins = [key for key in gone if _later(paper, key)]
    text = f"Am {paper.day} {agree(len(here), 'besteht', 'bestehen')} "
    text += f"{counted(len(here), 'Struktur', 'Strukturen')}. "
    text += (
        f"Erfasst sind außerdem {counted(len(gone) - len(begins), 'beendete', 'beendete')} und "
        f"{counted(len(begins), 'spätere', 'spätere')}."
    )
    yield Paragraph(text, records=keys or tuple(gone))
    yield _kinds(here)
    yield _grounds(standing)
    unknown = [s.key for s in here if s.ends is None and s.ends_kind == EndKind.UNKNOWN]
    fixed = [key for key in unknown if not _standing_task(paper, key)]
    if fixed:
        yield Paragraph(
            f"Bei {counted(len(fixed), 'Struktur', 'Strukturen')} ohne Regelaufgabe ist das Ende "
            "nicht bekannt. Ob sie bis zum Planungshorizont bestehen, lässt sich nicht sagen.",
            records=tuple(fixed),
        )


def _later(paper: Paper, key: str) -> bool:
    starts = paper.material.structure_of[key].starts
    return starts is not None and starts > paper.on


def _standing_task(paper: Paper, key: str) -> bool:
    return paper.material.structure_of[key].permanence == Permanence.STANDING


def _kinds(here: "list[Structure]") -> Table:
    """Count the structures by level and kind."""
    by_level = grouped((level_of(structure), structure) for structure in here)
    kind_of = {structure.key: _kind(structure) for structure in here}
    given = set(kind_of.values())
    levels = [name for name in (*(n for _, n in Level.choices()), NO_LEVEL) if name in by_level]
    kinds = [n for n in (*(n for _, n in StructureKind.choices()), NO_KIND) if n in given]
    rows: list[tuple[Content, ...]] = []
    keys = []
    for level in levels:
        own = by_level[level]
        counts = Counter(kind_of[structure.key] for structure in own)
        rows.append((level, *(str(counts[kind] or "–") for kind in kinds), str(len(own))))
        keys.append(tuple(structure.key for structure in own))
    sums = Counter(kind_of.values())
    rows.append(("Zusammen", *(str(sums[kind]) for kind in kinds), str(len(here))))
    keys.append(tuple(structure.key for structure in here))
    return Table(
        "Strukturen nach Ebene und Art",
        ("Ebene", *kinds, "Zusammen"),
        tuple(rows),
        align="l" + "r" * (len(kinds) + 1),
        widths=(3, *(1.4 for _ in kinds), 1.6),
        total=True,
        records=tuple(structure.key for structure in here),
    )


def _grounds(standing: Standing) -> Table:
    counts = standing.counts()
    shown = [ground for ground in Ground if counts[ground] and ground is not Ground.NOT_THERE]
    return Table(
        "Worauf die Strukturen stehen",
        ("Grundlage", "Strukturen"),
        tuple((capitalised(ground), str(counts[ground])) for ground in shown),
        align="lr",
        widths=(4, 1),
        records=standing.there,
    )


def capitalised(ground: Ground) -> str:
    """Write a ground at the beginning of a cell."""
    return ground.value[:1].upper() + ground.value[1:]


def level_of(structure: "Structure") -> str:
    """Name the level of a structure."""
    return structure.get_level_display() if structure.level else NO_LEVEL


def _kind(structure: "Structure") -> str:
    return structure.get_kind_display() if structure.kind else NO_KIND


def _by_level(paper: Paper, here: "list[Structure]", standing: Standing) -> Iterable[Block]:
    by_level = grouped((level_of(structure), structure) for structure in here)
    for label in [*(label for _, label in Level.choices()), NO_LEVEL]:
        if label not in by_level:
            continue
        found = by_level[label]
        yield Heading(f"Ebene: {label}" if label != NO_LEVEL else NO_LEVEL, 2)
        yield structure_table(paper, label, found[:LONGEST], standing)
        if len(found) > LONGEST:
            rest = len(found) - LONGEST
            yield Paragraph(
                f"{counted(rest, 'weitere Struktur', 'weitere Strukturen')} dieser Ebene "
                f"{agree(rest, 'steht', 'stehen')} in der Anlage „Strukturen“.",
                records=tuple(structure.key for structure in found[LONGEST:]),
            )


def structure_table(
    paper: Paper, caption: str, found: "list[Structure]", standing: Standing
) -> Table:
    """List structures with their organisation, function, ground and end."""
    head = ("Struktur", "Träger", "Art, Funktion", "Grundlage", "Bis")
    rows = tuple(
        (
            paper.named(structure),
            structure.organisation.name,
            f"{_kind(structure)}, {Function.of(structure.function).label}",
            standing.grounds[structure.key].value,
            end_of(structure),
        )
        for structure in found
    )
    return Table(f"Strukturen: {caption}", head, rows, widths=(4, 3, 2.6, 2.4, 1.9))


def _received(paper: Paper) -> Iterable[Block]:
    """List what other tenants show on the day, each row with its source."""
    found = [
        one
        for one in paper.material.inputs.received
        if holds(one.starts, one.ends, paper.on) and any(line.cell for line in one.reach)
    ]
    if not found:
        return
    yield Heading("Von anderen freigegeben", 2)
    yield Paragraph(
        f"{counted(len(found), 'Struktur', 'Strukturen')} aus anderer Zuständigkeit "
        f"{agree(len(found), 'erreicht', 'erreichen')} auch Menschen hier. Oben "
        f"{agree(len(found), 'ist sie', 'sind sie')} nicht mitgezählt; bei der Deckung der Bedarfe "
        f"{agree(len(found), 'zählt sie', 'zählen sie')} mit.",
        records=tuple(one.key for one in found),
    )
    head = ("Struktur", "Quelle", "Art, Funktion", "Bis")
    kinds = dict(StructureKind.choices())
    rows: tuple[tuple[Content, ...], ...] = tuple(
        (
            (Ref(one.key, one.name),),
            one.source,
            f"{kinds.get(one.kind, NO_KIND)}, {Function.of(one.function).label}",
            day(last_day(one.ends)) if one.ends else EndKind.of(one.ends_kind).label,
        )
        for one in found
    )
    yield Table("Strukturen: von anderen freigegeben", head, rows, widths=(4, 3, 2.6, 1.9))


def _ending(paper: Paper) -> Iterable[Block]:
    """List the money that runs on the day and has a known end before the horizon."""
    material = paper.material
    if not material.fundings:
        yield missing("Finanzierungen sind nicht erfasst.", "funding")
        return
    ending = sorted(
        (
            funding
            for funding in material.fundings
            if funding.ends
            and paper.on < funding.ends <= material.horizon
            and (funding.starts is None or funding.starts <= paper.on)
        ),
        key=lambda funding: (funding.ends or paper.on, funding.key),
    )
    running = [
        f
        for f in material.fundings
        if (f.starts is None or f.starts <= paper.on) and (f.ends is None or f.ends > paper.on)
    ]
    open_end = [f for f in running if f.ends is None and f.ends_kind == EndKind.UNKNOWN]
    yield Paragraph(
        f"Am {paper.day} {agree(len(running), 'läuft', 'laufen')} "
        f"{counted(len(running), 'Finanzierung', 'Finanzierungen')}. Davon "
        f"{agree(len(ending), 'endet', 'enden')} bis zum {paper.last_day} nach heutigem Stand "
        f"{len(ending)}; bei {len(open_end)} ist das Ende nicht bekannt.",
        records=tuple(funding.key for funding in running)
        or tuple(f.key for f in material.fundings),
    )
    if ending:
        head = ("Letzter Tag", "Struktur", "Geld aus", "EUR im Jahr", "Stand", "Antragsfrist")
        rows = tuple(_funding_row(paper, funding) for funding in ending)
        yield Table(
            f"Was bis {paper.last_day} endet",
            head,
            rows,
            align="lllrll",
            widths=(2, 3.4, 3.4, 1.7, 1.8, 1.8),
            header_column=False,
        )


def _funding_row(paper: Paper, funding: "Funding") -> tuple[Content, ...]:
    return (
        day(last_day(funding.ends)) if funding.ends else "",
        (paper.refer(funding.structure.key),),
        paper.named(funding),
        money(funding.eur_per_year).removesuffix(" EUR"),
        FundingState.of(funding.state).label,
        day(funding.deadline) if funding.deadline else NOT_STATED,
    )
