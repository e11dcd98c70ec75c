"""One section per planning period: what stands, what is missing, which measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.documents import Block, Bullets, Content, Heading, Item, Paragraph, Table
from gelingen.reports.cells import OPEN
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, open_chapter
from gelingen.reports.material import meets
from gelingen.reports.phrases import NOT_STATED, term_of, trimmed
from gelingen.reports.standing import NOT_SURE, SURE, Ground, Standing
from gelingen.terms.spelling import day, euro, last_day, period

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

LONGEST, MEASURES = 10, 20


@dataclass(frozen=True)
class Section:
    """A part of the time up to the horizon; [starts, ends), with the key of its record."""

    key: str
    name: str
    starts: date
    ends: date


def periods(paper: Paper) -> tuple[Block, ...]:
    """Give each planning period its section."""
    blocks = list(open_chapter(paper, "abschnitte"))
    found = sections_of(paper)
    if not paper.material.periods:
        blocks.append(missing("Planungsabschnitte sind nicht angelegt.", "period"))
    for section in found:
        blocks += [Heading(f"{section.name} ({period(section.starts, section.ends)})", 2)]
        blocks += _standing(paper, section)
        blocks += _gaps(paper, section)
        blocks += _measures(paper, section)
    return tuple(blocks)


def sections_of(paper: Paper) -> list[Section]:
    """Give the planning periods that are not over; without any, the time up to the horizon."""
    material = paper.material
    found = [
        Section(part.key, part.name, part.starts, part.ends)
        for part in material.periods
        if part.ends > material.on and part.starts < material.horizon
    ]
    plan = material.plan.key if material.plan else ""
    return found or [Section(plan, "Zeit bis zum Planungshorizont", material.on, material.horizon)]


def _standing(paper: Paper, section: Section) -> Iterable[Block]:
    if not paper.material.structures:
        yield missing("Strukturen sind nicht erfasst.", "structure")
        return
    first = max(section.starts, paper.on)
    start, end = (paper.results.standing(on) for on in (first, last_day(section.ends)))
    yield _standing_table(section, first, start, end)
    yield _money(paper, section)
    yield from _lost(paper, start, end)
    yield from _unsure(end)


def _standing_table(section: Section, first: date, start: Standing, end: Standing) -> Table:
    rows = []
    for ground in Ground:
        if ground is not Ground.NOT_THERE and (start.counts()[ground] or end.counts()[ground]):
            label = ground.value[:1].upper() + ground.value[1:]
            rows.append((label, str(start.counts()[ground]), str(end.counts()[ground])))
    rows.append(("Zusammen", str(len(start.there)), str(len(end.there))))
    return Table(
        f"Was steht: {section.name}",
        ("Strukturen", f"am {day(first)}", f"am {day(end.day)}"),
        tuple(rows),
        align="lrr",
        widths=(4, 1.5, 1.5),
        total=True,
        records=tuple(dict.fromkeys((*start.there, *end.there))) or (section.key,),
    )


def _lost(paper: Paper, start: Standing, end: Standing) -> Iterable[Block]:
    lost = [k for k in start.keys(*SURE) if end.grounds[k] in (Ground.UNPAID, Ground.NOT_THERE)]
    if lost:
        yield Bullets(
            tuple(
                Item((paper.refer(key), f": {_how_lost(end.grounds[key])}"))
                for key in lost[:LONGEST]
            )
        )
    if len(lost) > LONGEST:
        yield Paragraph(
            f"{counted(len(lost) - LONGEST, 'weitere Struktur', 'weitere Strukturen')} "
            f"{agree(len(lost) - LONGEST, 'verliert', 'verlieren')} in diesem Abschnitt Geld oder "
            f"{agree(len(lost) - LONGEST, 'endet', 'enden')}.",
            records=tuple(lost[LONGEST:]),
        )


def _unsure(end: Standing) -> Iterable[Block]:
    unsure = end.keys(*NOT_SURE)
    if unsure:
        yield Paragraph(
            f"Bei {counted(len(unsure), 'Struktur', 'Strukturen')} ist nicht bekannt, ob sie am "
            f"Ende des Abschnitts noch besteht oder bezahlt ist."
            if len(unsure) == 1
            else f"Bei {len(unsure)} Strukturen ist nicht bekannt, ob sie am Ende des Abschnitts "
            "noch bestehen oder bezahlt sind.",
            records=unsure,
        )


def _how_lost(ground: Ground) -> str:
    return "endet" if ground is Ground.NOT_THERE else "hat dann kein gesichertes Geld mehr"


def _money(paper: Paper, section: Section) -> Paragraph:
    """Say what falls away in a period in EUR and FTE, as far as stated."""
    starts, ends = max(section.starts, paper.on), section.ends
    cliff = paper.results.continuity.cliff.frame
    inside = cliff.filter((cliff["day"] > starts) & (cliff["day"] <= ends))
    keys = tuple(inside["structure"].unique(maintain_order=True))
    if not keys:
        return Paragraph(
            "In diesem Abschnitt endet kein bekanntes Geld und keine Struktur mit bekanntem Ende.",
            records=(section.key,)
            if section.key
            else tuple(s.key for s in paper.material.structures),
        )
    eur, fte = float(inside["eur_per_year"].sum()), float(inside["fte"].sum())
    text = (
        f"In diesem Abschnitt {agree(len(keys), 'verliert', 'verlieren')} "
        f"{counted(len(keys), 'Struktur', 'Strukturen')} Geld oder "
        f"{agree(len(keys), 'endet', 'enden')}: "
        f"{euro(eur)} im Jahr und {trimmed(fte)} VZÄ, soweit angegeben."
    )
    return Paragraph(text, records=keys)


def _gaps(paper: Paper, section: Section) -> Iterable[Block]:
    """Say which needs are not met at the end of a period as things stand."""
    if not paper.material.needs:
        return
    on = last_day(section.ends)
    found = [cell for cell in paper.results.cells(on) if cell.type in OPEN]
    keys = tuple(key for cell in found for key in cell.needs)
    if not found:
        yield Paragraph(
            f"Am {day(on)} bleibt nach heutigem Stand keine bekannte Lücke.",
            records=tuple(need.key for need in paper.material.needs),
        )
        return
    yield Paragraph(
        f"Am {day(on)} {agree(len(found), 'bleibt', 'bleiben')} nach heutigem Stand "
        f"{counted(len(found), 'Lücke', 'Lücken')}. Die schwersten:",
        records=keys,
    )
    yield Bullets(
        tuple(Item(cell.sentence(paper.material), records=cell.needs) for cell in found[:5])
    )


def _measures(paper: Paper, section: Section) -> Iterable[Block]:
    inside = [
        measure
        for measure in paper.material.open_measures
        if (measure.starts or measure.ends)
        and meets(measure.starts, measure.ends, (section.starts, section.ends))
    ]
    undated = [m for m in paper.material.open_measures if not (m.starts or m.ends)]
    if inside:
        head = ("Maßnahme", "Federführung", "getragen von", "Zeitraum")
        yield Table(
            f"Maßnahmen im Abschnitt {section.name}",
            head,
            tuple(_measure_row(paper, measure) for measure in inside[:MEASURES]),
            widths=(4, 3, 3, 2),
        )
        if len(inside) > MEASURES:
            rest = len(inside) - MEASURES
            yield Paragraph(
                f"{counted(rest, 'weitere Maßnahme', 'weitere Maßnahmen')} dieses Abschnitts "
                f"{agree(rest, 'steht', 'stehen')} in der Anlage „Maßnahmenblätter“.",
                records=tuple(measure.key for measure in inside[MEASURES:]),
            )
    else:
        yield missing("Für diesen Abschnitt ist keine Maßnahme mit Zeitraum erfasst.", "measure")
    if undated:
        yield Paragraph(
            f"Ohne Zeitraum und deshalb keinem Abschnitt zugeordnet "
            f"{agree(len(undated), 'ist', 'sind')} "
            f"{counted(len(undated), 'weitere Maßnahme', 'weitere Maßnahmen')}.",
            records=tuple(measure.key for measure in undated),
        )
    yield from _losses(paper, section, {measure.key for measure in inside})


def _losses(paper: Paper, section: Section, inside: set[str]) -> Iterable[Block]:
    """Tell what measures of the section lack from its first day on, or lose within it."""
    losses = paper.results.losses.frame
    until = losses.filter((losses["on_day"] >= section.starts) & (losses["on_day"] < section.ends))
    items = tuple(
        Item(
            (paper.refer(row["measure"]), f": {_loss(paper, row)}"),
            records=tuple(key for key in (row["record"],) if key),
        )
        for row in until.iter_rows(named=True)
        if row["measure"] in inside
    )
    if items:
        lead = "Diesen Maßnahmen fehlt in dem Abschnitt von einem Tag an, was sie trägt:"
        yield Paragraph(lead, frame=True)
        yield Bullets(items[: 2 * LONGEST])


def _loss(paper: Paper, row: "dict[str, object]") -> str:
    name = paper.material.name(str(row["record"])) if row["record"] else ""
    last = day(last_day(row["on_day"]))  # type: ignore[arg-type]  # a column of days
    when = "nicht mehr" if row["already"] else f"nur bis {last}"
    match row["loses"]:
        case "no_lead":
            return "keine Federführung angegeben"
        case "lead":
            return f"Federführung {name} {when} belegt"
        case "structure":
            return f"{name} {when} gesichert"
        case _:
            return f"Geld {when} bewilligt"


def _measure_row(paper: Paper, measure: "Measure") -> tuple[Content, ...]:
    carriers = listed([structure.name for structure in measure.structures.all()], most=2)
    return (
        paper.named(measure),
        measure.lead.name if measure.lead else NOT_STATED,
        carriers or NOT_STATED,
        term_of(measure.starts, measure.ends),
    )
