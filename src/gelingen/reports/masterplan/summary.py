"""Summary for those who decide: what stands, what falls away, what is missing, what it costs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gelingen.documents import Block, Bullets, Item, Paragraph, Strong, Table
from gelingen.reports.cells import OPEN, about
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.cooperation import isolated
from gelingen.reports.masterplan.finance import cliff_rows, measure_cost
from gelingen.reports.masterplan.overlaps import place_of, several_leads
from gelingen.reports.masterplan.paper import Paper, open_chapter
from gelingen.reports.phrases import trimmed
from gelingen.reports.standing import NOT_SURE, SURE, Ground, Standing
from gelingen.terms.spelling import day, euro, last_day
from gelingen.terms.vocabulary import GapType

if TYPE_CHECKING:
    from collections import Counter

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
    today = paper.results.standing(paper.on)
    later = paper.results.standing(paper.material.last_day)
    now = today.there
    kept = tuple(key for key in now if later.grounds[key] in SURE)
    unsure = tuple(key for key in now if later.grounds[key] in NOT_SURE)
    lost = len(now) - len(kept) - len(unsure)
    text = (
        f"Am {paper.day} {agree(len(now), 'besteht', 'bestehen')} "
        f"{counted(len(now), 'Struktur', 'Strukturen')} der Integrationsarbeit. "
        f"Am {paper.last_day} "
        f"{agree(len(kept), 'ist', 'sind')} davon {len(kept) or 'keine'} gesichert; "
        f"{lost or 'keine'} {agree(lost, 'ist', 'sind')} dann beendet oder ohne bewilligtes Geld. "
        f"Bei {len(unsure) or 'keiner'} lässt sich das nicht sagen, weil Ende oder Finanzierung "
        "nicht bekannt sind."
    )
    yield Paragraph((Strong("Was steht. "), text), records=now or today.keys(*Ground))
    yield _glance(paper, today, later)


def _glance(paper: Paper, today: Standing, later: Standing) -> Table:
    now, then = today.counts(), later.counts()
    stock = paper.results.continuity.stock.frame
    days = stock.filter(stock["part"] == "all").rows(named=True)
    total = (days[0], days[-1])  # one and the same if the horizon is the day itself
    money = (euro(row["eur_per_year"]) for row in total)
    staff = (trimmed(row["fte"]) for row in total)
    rows = (
        ("Strukturen: gesichert", _sum(now, *SURE), _sum(then, *SURE)),
        ("Strukturen: ohne bewilligtes Geld", *(_sum(c, Ground.UNPAID) for c in (now, then))),
        ("Strukturen: Ende oder Geld nicht bekannt", _sum(now, *NOT_SURE), _sum(then, *NOT_SURE)),
        ("Bewilligtes Geld im Jahr, soweit angegeben", *money),
        ("Bezahltes Personal in VZÄ, soweit angegeben", *staff),
    )
    return Table(
        "Der Bestand auf einen Blick",
        ("", f"am {paper.day}", f"am {paper.last_day}"),
        rows,
        align="lrr",
        widths=(4, 1.5, 1.5),
        records=tuple(dict.fromkeys((*today.there, *later.there))) or today.keys(*Ground),
        notes=f"Gesichert: bewilligtes Geld, Regelaufgabe oder Ehrenamt. "
        f"Am {paper.last_day} zählen "
        "auch Strukturen mit, die erst nach dem Stichtag beginnen.",
    )


def _sum(counts: "Counter[Ground]", *grounds: Ground) -> str:
    return str(sum(counts[ground] for ground in grounds))


def _cliff(paper: Paper) -> Iterable[Block]:
    """Say what of that which is secured today falls away until the horizon."""
    sure = set(paper.results.standing(paper.on).keys(*SURE))
    rows = [row for row in cliff_rows(paper) if row["structure"] in sure]
    if not rows:
        return
    structures = tuple(dict.fromkeys(row["structure"] for row in rows))
    unpriced = sum(row["eur_per_year"] is None for row in rows)
    first = [row for row in rows if row["day"] == rows[0]["day"]]
    text = (
        f"Bis zum {paper.last_day} {agree(len(structures), 'verliert', 'verlieren')} "
        f"{counted(len(structures), 'heute gesicherte Struktur', 'heute gesicherte Strukturen')} "
        f"Geld oder {agree(len(structures), 'endet', 'enden')}. {_lost(paper)} "
        f"Zuerst betrifft es am {day(last_day(first[0]['day']))} "
        f"{listed(_names(paper, first), most=3)}."
    )
    if unpriced:
        text += f" In {counted(unpriced, 'Fall', 'Fällen')} ist kein Betrag angegeben."
    yield Paragraph((Strong("Was wegfällt. "), text), records=structures)
    large = sorted(rows, key=lambda row: (-(row["eur_per_year"] or 0), row["day"]))[:MOST]
    items = tuple(_loss(paper, row) for row in large if row["eur_per_year"])
    if items:
        yield Bullets(items)


def _lost(paper: Paper) -> str:
    """Compare money and staff of what stands today with what is left of it at the horizon."""
    found = paper.results.continuity
    now = found.standing.frame.filter(found.standing.frame["state"] == "stands")
    then = found.at_horizon.frame.filter(
        found.at_horizon.frame["structure"].is_in(now["structure"].implode())
    )
    money, staff = (
        (float(now[name].sum()), float(now[name].sum()) - float(then[name].sum()))
        for name in ("eur_per_year", "fte")
    )
    return (
        f"Von {euro(money[0])} im Jahr fehlen dann {euro(money[1])}, von {trimmed(staff[0])} VZÄ "
        f"fehlen {trimmed(staff[1])}, soweit angegeben."
    )


def _names(paper: Paper, rows: list[dict[str, Any]]) -> list[str]:
    return [paper.material.name(row["structure"]) for row in rows]


def _loss(paper: Paper, row: dict[str, Any]) -> Item:
    amount = f"{euro(row['eur_per_year'])} im Jahr bis {day(last_day(row['day']))}"
    return Item((paper.refer(row["structure"]), f": {amount}"))


def _gaps(paper: Paper) -> Iterable[Block]:
    cells = paper.results.cells(paper.on)
    if not cells:
        yield missing(f"Am {paper.day} besteht kein erfasster Bedarf.", "need")
        return
    found = [cell for cell in cells if cell.type in OPEN]
    later = [cell for cell in paper.results.cells(paper.material.last_day) if cell.type in OPEN]
    unknown = [cell for cell in cells if cell.type is GapType.NOT_KNOWN]
    ending = [cell for cell in found if cell.type is GapType.ENDING]
    bare = len(found) - len(ending)
    text = (
        f"Bedarf ist am {paper.day} in {counted(len(cells), 'Feld', 'Feldern')} aus Themenfeld, "
        f"Zielgruppe und Gebiet erfasst. {bare or 'Keines'} davon "
        f"{agree(bare or 1, 'ist eine Lücke', 'sind Lücken')}, {len(ending) or 'keines'} "
        f"{agree(len(ending) or 1, 'ist', 'sind')} heute gedeckt, aber nicht bis zum "
        f"{paper.last_day}. Über {len(unknown) or 'keines'} ist nichts bekannt. "
        f"Am {paper.last_day} "
        f"{agree(len(later), 'bleibt', 'bleiben')} mit gesichertem Geld "
        f"{counted(len(later), 'Lücke', 'Lücken')}."
    )
    yield Paragraph(
        (Strong("Was fehlt. "), text), records=tuple(key for cell in cells for key in cell.needs)
    )
    if found:
        yield Bullets(
            tuple(
                Item(cell.sentence(paper.material), records=(*cell.needs, *cell.structures[:2]))
                for cell in found[:MOST]
            )
        )


def _leads(paper: Paper) -> Iterable[Block]:
    rows = several_leads(paper)
    if rows:
        text = (
            f"In {counted(len(rows), 'Fall', 'Fällen')} haben für "
            "dieselbe Aufgabe mehrere Stellen die Federführung, "
            f"zum Beispiel bei {place_of(paper, rows[0])}."
        )
        keys = tuple(key for row in rows for key in row["evidence"].split(";"))
        yield Paragraph((Strong("Wer führt. "), text), records=keys)
    alone = isolated(paper) if paper.material.inputs.ties.frame.height else []
    if alone:
        names = [paper.material.name(row["organisation"]) for row in alone]
        yield Paragraph(
            f"{counted(len(alone), 'befragte Organisation', 'befragte Organisationen')} "
            f"{agree(len(alone), 'arbeitet', 'arbeiten')} ohne genannte Verbindung "
            f"zu anderen: {listed(names, most=MOST)}.",
            records=tuple(row["organisation"] for row in alone),
        )


def _unknown(paper: Paper) -> Iterable[Block]:
    """Say what the records do not tell, so that nobody takes it for nothing."""
    material = paper.material
    if not material.structures:
        return
    later = paper.results.standing(material.last_day)
    today = paper.results.standing(paper.on)
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
    gaps = [cell for cell in paper.results.cells(paper.on) if cell.type in OPEN]
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
    text = (
        f"Auf {len(answered)} von {counted(len(gaps), 'Lücke', 'Lücken')} antwortet der Plan mit "
    )
    text += "einer Maßnahme."
    if open_cells:
        text += f" Für {open_cells} ist noch keine vorgesehen."
    yield Paragraph(text, records=tuple(key for cell in gaps for key in cell.needs))
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
