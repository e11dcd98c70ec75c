"""Summary for those who decide: what stands, what falls away, what is missing, what it costs."""

from collections.abc import Iterable

from gelingen.documents import Block, Bullets, Item, Paragraph, Strong, Table
from gelingen.documents.numbers import day, euro, last_day
from gelingen.reports.cells import OPEN, SHORT, about, cells_of, why
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.masterplan.cooperation import isolated
from gelingen.reports.masterplan.finance import cliff_rows, measure_cost
from gelingen.reports.masterplan.overlaps import place_of, several_leads
from gelingen.reports.masterplan.paper import Paper, open_chapter
from gelingen.reports.phrases import trimmed
from gelingen.reports.standing import NOT_SURE, SURE, Ground, find_standing
from gelingen.terms.vocabulary import GapType

MOST = 5


def summary(paper: Paper) -> tuple[Block, ...]:
    """Tell a council member on one or two pages what matters."""
    blocks = list(open_chapter(paper, "zusammenfassung"))
    if paper.material.structures:
        blocks += _standing(paper)
        blocks += _cliff(paper)
    if paper.material.needs:
        blocks += _gaps(paper)
    blocks += _leads(paper)
    blocks += _unknown(paper)
    blocks += _plan(paper)
    return tuple(blocks)


def _standing(paper: Paper) -> Iterable[Block]:
    today = find_standing(paper.results, paper.on)
    later = find_standing(paper.results, paper.material.last_day)
    now, then = today.counts(), later.counts()
    stock = paper.results.continuity.stock.frame
    total = stock.filter(stock["part"] == "all").rows(named=True)
    rows = [
        ("Strukturen, die bestehen", str(len(today.there)), str(len(later.there))),
        ("davon gesichert", _sum(now, *SURE), _sum(then, *SURE)),
        ("davon ohne gesichertes Geld", _sum(now, Ground.UNPAID), _sum(then, Ground.UNPAID)),
        ("davon nicht bekannt", _sum(now, *NOT_SURE), _sum(then, *NOT_SURE)),
        (
            "Bewilligtes Geld im Jahr, soweit angegeben",
            *(euro(row["eur_per_year"]) for row in total),
        ),
        ("Personal in VZÄ, soweit angegeben", *(trimmed(row["fte"]) for row in total)),
    ]
    yield Table(
        "Der Bestand auf einen Blick",
        ("", f"am {paper.day}", f"am {paper.last_day}"),
        tuple(rows),
        align="lrr",
        widths=(4, 1.5, 1.5),
        records=tuple(dict.fromkeys((*today.there, *later.there))) or today.keys(*Ground),
        notes="Gesichert: bewilligtes Geld, Regelaufgabe oder Ehrenamt. Nicht bekannt: Ende oder "
        "Finanzierung fehlt in den Angaben.",
    )


def _sum(counts: "dict[Ground, int]", *grounds: Ground) -> str:
    return str(sum(counts[ground] for ground in grounds))


def _cliff(paper: Paper) -> Iterable[Block]:
    rows = cliff_rows(paper)
    if not rows:
        return
    structures = tuple(dict.fromkeys(row["structure"] for row in rows))
    eur = sum(row["eur_per_year"] or 0 for row in rows)
    fte = sum(row["fte"] or 0 for row in rows)
    unpriced = sum(row["eur_per_year"] is None for row in rows)
    text = (
        f"Bis zum {paper.last_day} {agree(len(structures), 'endet oder verliert', 'enden oder verlieren')} "
        f"{counted(len(structures), 'Struktur', 'Strukturen')} Geld. Das sind, soweit angegeben, "
        f"{euro(eur)} im Jahr und {trimmed(fte)} VZÄ."
    )
    if unpriced:
        text += f" In {counted(unpriced, 'Fall', 'Fällen')} ist der Betrag nicht angegeben."
    first = rows[0]
    text += (
        f" Als Erstes betrifft es am {day(last_day(first['day']))}: "
        f"{paper.material.name(first['structure'])}."
    )
    yield Paragraph((Strong("Was wegfällt. "), text), records=structures)
    large = sorted(
        rows, key=lambda row: (-(row["eur_per_year"] or 0), row["day"], row["structure"])
    )
    items = tuple(
        Item(
            (
                paper.refer(row["structure"]),
                f": bis {day(last_day(row['day']))}"
                + (f", {euro(row['eur_per_year'])} im Jahr" if row["eur_per_year"] else ""),
            )
        )
        for row in large[:MOST]
    )
    yield Bullets(items)


def _gaps(paper: Paper) -> Iterable[Block]:
    cells = cells_of(paper.results.today)
    found = [cell for cell in cells if cell.type in OPEN]
    later = [cell for cell in cells_of(paper.results.at_horizon) if cell.type in OPEN]
    unknown = [cell for cell in cells if cell.type is GapType.NOT_KNOWN]
    text = (
        f"Bedarf ist am {paper.day} in {counted(len(cells), 'Feld', 'Feldern')} aus Themenfeld, "
        f"Zielgruppe und Gebiet erfasst. {agree(len(found), 'Davon ist', 'Davon sind')} "
        f"{counted(len(found), 'Feld eine Lücke oder endet', 'Felder Lücken oder enden')} vor dem "
        f"{paper.last_day}; über {len(unknown)} ist nichts bekannt. Am {paper.last_day} "
        f"{agree(len(later), 'ist es', 'sind es')} mit gesichertem Geld "
        f"{counted(len(later), 'Lücke', 'Lücken')}."
    )
    yield Paragraph(
        (Strong("Was fehlt. "), text), records=tuple(key for cell in cells for key in cell.needs)
    )
    if found:
        yield Bullets(
            tuple(
                Item(
                    f"{about(paper.material, cell)}: {SHORT[cell.type]}"
                    + (f"; {more}" if (more := why(paper.material, cell)) else ""),
                    records=(*cell.needs, *cell.structures[:2]),
                )
                for cell in found[:MOST]
            )
        )


def _leads(paper: Paper) -> Iterable[Block]:
    rows = several_leads(paper)
    if rows:
        text = (
            f"In {counted(len(rows), 'Fall', 'Fällen')} {agree(len(rows), 'hat', 'haben')} für "
            "dieselbe Aufgabe mehrere Stellen die Federführung, "
            f"zum Beispiel bei {place_of(paper, rows[0])}."
        )
        keys = tuple(key for row in rows for key in row["evidence"].split(";"))
        yield Paragraph((Strong("Wer führt. "), text), records=keys)
    alone = isolated(paper) if paper.material.inputs.ties.frame.height else []
    if alone:
        names = [paper.material.name(row["organisation"]) for row in alone]
        yield Paragraph(
            f"{counted(len(alone), 'befragte Organisation arbeitet', 'befragte Organisationen arbeiten')} "
            f"ohne genannte Verbindung zu anderen: {listed(names, most=MOST)}.",
            records=tuple(row["organisation"] for row in alone),
        )


def _unknown(paper: Paper) -> Iterable[Block]:
    """Say what the records do not tell, so that nobody takes it for nothing."""
    material = paper.material
    if not material.structures:
        return
    later = find_standing(paper.results, material.last_day)
    today = find_standing(paper.results, paper.on)
    unpaid = today.keys(Ground.UNCLEAR)
    open_end = later.keys(Ground.OPEN_END)
    unpriced = [f.key for f in material.fundings if f.eur_per_year is None and f.eur_total is None]
    unsized = [n.key for n in material.needs if n.quantity_low is None and n.quantity_high is None]
    parts = [
        (unpaid, "bei {} die Finanzierung", "Struktur", "Strukturen"),
        (open_end, "bei {} das Ende", "Struktur", "Strukturen"),
        (unpriced, "bei {} der Betrag", "Finanzierung", "Finanzierungen"),
        (unsized, "bei {} die Menge", "Bedarf", "Bedarfen"),
    ]
    told = [text.format(counted(len(keys), one, many)) for keys, text, one, many in parts if keys]
    if told:
        yield Paragraph(
            (Strong("Was nicht bekannt ist. "), (f"Nicht bekannt ist {listed(told)}. Was nicht "
             "bekannt ist, zählt in diesem Plan weder als Angebot noch als Lücke.")),
            records=tuple(key for keys, *_ in parts for key in keys),
        )  # fmt: skip


def _plan(paper: Paper) -> Iterable[Block]:
    found = paper.material.open_measures
    if not found:
        return
    cost, silent = measure_cost(found)
    lead = [measure for measure in found if measure.lead]
    text = (
        f"Vorgesehen oder im Gang {agree(len(found), 'ist', 'sind')} "
        f"{counted(len(found), 'Maßnahme', 'Maßnahmen')}. Eine Federführung ist für {len(lead)} "
        "angegeben. "
    )
    text += (
        f"Sie kosten {cost} im Jahr; bei {silent} fehlt der Betrag."
        if silent < len(found)
        else "Was sie im Jahr kosten, ist noch für keine angegeben."
    )
    yield Paragraph(
        (Strong("Was der Plan vorsieht. "), text), records=tuple(measure.key for measure in found)
    )
    yield from _answers(paper)


def _answers(paper: Paper) -> Iterable[Block]:
    """Say which measures answer the most severe gaps."""
    gaps = [cell for cell in cells_of(paper.results.today) if cell.type in OPEN]
    answered = []
    for cell in gaps:
        own = set(cell.needs)
        measures = [
            measure
            for measure in paper.material.open_measures
            if own & {need.key for need in measure.needs.all()}
        ]
        if measures:
            answered.append((cell, measures))
    if not gaps:
        return
    open_cells = len(gaps) - len(answered)
    yield Paragraph(
        f"Auf {counted(len(answered), 'Lücke antwortet', 'Lücken antworten')} eine Maßnahme; für "
        f"{counted(open_cells, 'Lücke', 'Lücken')} ist noch keine vorgesehen.",
        records=tuple(key for cell in gaps for key in cell.needs),
    )
    if answered:
        yield Bullets(
            tuple(
                Item(
                    f"{about(paper.material, cell)}: {listed([m.title for m in measures], most=2)}",
                    records=(*cell.needs, *(measure.key for measure in measures)),
                )
                for cell, measures in answered[:MOST]
            )
        )
