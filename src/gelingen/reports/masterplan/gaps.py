"""Analysis, first part: how far the needs are met, on the day and at the horizon."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gelingen.documents import Block, Bullets, Heading, Item, Numbered, Paragraph, Table
from gelingen.findings.keys import gap_key
from gelingen.reports.cells import MEANING, OPEN, SHORT, Cell, about, why
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, open_chapter
from gelingen.reports.material import grouped
from gelingen.reports.phrases import severity
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.wording.gaps import option_sentence

LONGEST = 20
# For so many gaps the plan says how they could be closed.
CLOSED = 6
# More ways than these tell a reader nothing new.
WAYS = 4
ALONG = {"topic": "Themenfeld", "target_group": "Zielgruppe", "place": "Gebiet"}


def gaps(paper: Paper) -> tuple[Block, ...]:
    """Open the chapter of the analysis and show the gaps."""
    blocks = list(open_chapter(paper, "analyse"))
    if not paper.material.needs:
        return (
            *blocks,
            missing("Ohne erfasste Bedarfe lässt sich nichts gegenüberstellen.", "need"),
        )
    blocks += [Heading("So wurde gerechnet", 2), *_method(paper)]
    blocks += [Heading(f"Lücken am {paper.day}", 2), *_today(paper)]
    blocks += [Heading(f"Aussicht bis {paper.last_day}", 2), *_outlook(paper)]
    blocks += [Heading("Wiederkehrende Lücken", 2), *_systematic(paper)]
    blocks += [Heading("Wege, die Lücken zu schließen", 2), *_options(paper)]
    return (*blocks, *_unknown(paper))


def _method(paper: Paper) -> Iterable[Block]:
    yield Paragraph(
        "Jeder Bedarf gehört zu einem Feld aus Themenfeld, Zielgruppe und Gebiet. Dem Feld werden "
        "die Strukturen gegenübergestellt, die dort arbeiten: Strategischen Bedarfen solche, die "
        "entscheiden, steuern oder vernetzen, operativen solche, die Leistungen erbringen oder "
        "beraten. Es zählt, was am Stichtag besteht und bezahlt ist; Regelaufgaben und Ehrenamt "
        "zählen ohne eigene Förderung. „Gesichert“ heißt: Nur bewilligtes Geld zählt. „Erwartet“ "
        "rechnet Anträge mit ihrer Aussicht hinzu, „optimistisch“ alles Beantragte und Geplante. "
        "Sind Mengen bekannt, werden Plätze gerecht auf die Felder verteilt. Ein Feld, nach dem "
        "niemand gefragt hat, gilt als nicht bekannt und nie als Lücke.",
        frame=True,
    )
    if notes := paper.results.today.basis.assumptions:
        yield Bullets(tuple(notes), records=_everything(paper))


def _everything(paper: Paper) -> tuple[str, ...]:
    return tuple(line.key for line in (*paper.material.structures, *paper.material.fundings))


def _today(paper: Paper) -> Iterable[Block]:
    cells = paper.results.cells(paper.on)
    if not cells:
        yield missing(f"Am {paper.day} besteht kein erfasster Bedarf.", "need")
        return
    yield _types(paper, cells)
    found = [cell for cell in cells if cell.type in OPEN]
    if found:
        yield cell_table(paper, f"Lücken am {paper.day}, die schwersten zuerst", found[:LONGEST])
    if len(found) > LONGEST:
        rest = found[LONGEST:]
        yield Paragraph(
            f"{counted(len(rest), 'weitere Lücke steht', 'weitere Lücken stehen')} in der Anlage "
            "„Lücken“.",
            records=tuple(key for cell in rest for key in cell.needs),
        )


def _types(paper: Paper, cells: Sequence[Cell]) -> Table:
    """Count the fields by how far they are met."""
    shown = [kind for kind in MEANING if any(cell.type is kind for cell in cells)]
    own = {kind: [cell for cell in cells if cell.type is kind] for kind in shown}
    return Table(
        f"{counted(len(cells), 'Feld', 'Felder')} mit Bedarf am {paper.day}",
        ("Ergebnis", "Bedeutung", "Felder"),
        tuple((SHORT[kind], MEANING[kind], str(len(own[kind]))) for kind in shown),
        align="llr",
        widths=(2.4, 5, 1),
        row_records=tuple(tuple(key for cell in own[kind] for key in cell.needs) for kind in shown),
    )


def cell_table(paper: Paper, caption: str, cells: Sequence[Cell]) -> Table:
    """List cells with what was found about them."""
    rows = tuple(
        (
            about(paper.material, cell),
            cell.kind.label,
            severity(cell.severity),
            SHORT[cell.type],
            paper.judged(gap_key(cell.key), why(paper.material, cell)) or "–",
        )
        for cell in cells
    )
    return Table(
        caption,
        ("Feld", "Art", "Schwere", "Ergebnis", "Näheres"),
        rows,
        widths=(4, 1.5, 1.5, 1.8, 3.6),
        row_records=tuple(cell.needs for cell in cells),
    )


def _outlook(paper: Paper) -> Iterable[Block]:
    """Compare the day with the horizon, and the assumptions about money with each other."""
    days = dict.fromkeys((paper.on, paper.material.last_day))
    columns = [(on, scenario) for on in days for scenario in Scenario]
    counts = {
        column: Counter(cell.type for cell in paper.results.cells(*column)) for column in columns
    }
    kinds = [kind for kind in MEANING if any(found[kind] for found in counts.values())]
    rows = tuple(
        (SHORT[kind], *(str(counts[column][kind] or "–") for column in columns)) for kind in kinds
    )
    keys = tuple(need.key for need in paper.material.needs)
    yield Table(
        "Felder mit Bedarf nach Ergebnis, Tag und Geldannahme",
        ("Ergebnis", *(f"{day(on)}, {scenario.label}" for on, scenario in columns)),
        rows,
        align="l" + "r" * len(columns),
        records=keys,
    )
    lost = _lost(paper)
    if lost:
        yield Paragraph(
            f"{counted(len(lost), 'Feld ist', 'Felder sind')} am {paper.day} gedeckt, am "
            f"{paper.last_day} mit gesichertem Geld aber nicht mehr.",
            records=tuple(key for cell in lost for key in cell.needs),
        )


def _lost(paper: Paper) -> list[Cell]:
    met = (GapType.COVERED, GapType.ENDING)
    later = {cell.key: cell.type for cell in paper.results.cells(paper.material.last_day)}
    return [
        cell
        for cell in paper.results.cells(paper.on)
        if cell.type in met and later.get(cell.key) not in (*met, None, GapType.NOT_KNOWN)
    ]


def _systematic(paper: Paper) -> Iterable[Block]:
    found = paper.results.systematic.frame
    if found.is_empty():
        yield Paragraph(
            "Keine Art von Lücke tritt in einem Themenfeld, bei einer Zielgruppe oder in einem "
            "Gebiet dreimal oder öfter auf.",
            records=tuple(need.key for need in paper.material.needs),
        )
        return
    needs = {cell.key: cell.needs for cell in paper.results.cells(paper.on)}
    rows = sorted(found.iter_rows(named=True), key=lambda row: (-row["gaps"], row["key"]))
    yield Table(
        "Gleiche Art von Lücke in drei oder mehr Feldern",
        ("Wo", "Ergebnis", "Lücken", "von bekannten Feldern"),
        tuple(
            (
                paper.judged(
                    row["key"], f"{ALONG[row['along']]}: {paper.material.name(row['value'])}"
                ),
                SHORT[GapType.of(row["type"])],
                str(row["gaps"]),
                str(row["known"]),
            )
            for row in rows
        ),
        align="llrr",
        row_records=tuple(
            tuple(key for cell in row["cells"].split(";") for key in needs.get(cell, ()))
            for row in rows
        ),
    )


def _options(paper: Paper) -> Iterable[Block]:
    """Say for the most severe gaps what could close them, in the order to look."""
    cells = [cell for cell in paper.results.cells(paper.on) if cell.type in OPEN][:CLOSED]
    if not cells:
        yield Paragraph("Am Stichtag ist keine Lücke zu schließen.", frame=True)
        return
    yield Paragraph(
        "Die Wege stehen in der Reihenfolge, in der sie zu prüfen sind: zuerst, was schon da ist, "
        "zuletzt etwas Neues.",
        frame=True,
    )
    options = grouped(
        (row["cell"], row)
        for row in paper.results.options.frame.sort("cell", "rank").iter_rows(named=True)
    )
    names = paper.material.inputs.names
    yield Bullets(
        tuple(
            Item(
                cell.sentence(paper.material),
                below=Numbered(
                    tuple(
                        Item(
                            option_sentence(row, cell.row, names),
                            records=tuple(key for key in (row["key"],) if key),
                        )
                        for row in options.get(cell.key, [])[:WAYS]
                    ),
                ),
                records=cell.needs,
            )
            for cell in cells
        )
    )


def _unknown(paper: Paper) -> Iterable[Block]:
    """Say about which fields nothing is known, and why."""
    cells = [cell for cell in paper.results.cells(paper.on) if cell.type is GapType.NOT_KNOWN]
    if not cells:
        return
    asked = [cell for cell in cells if cell.reason != "not_asked"]
    silent = [cell for cell in cells if cell.reason == "not_asked"]
    yield Heading("Was nicht bekannt ist", 2)
    if silent:
        yield Paragraph(
            f"In {counted(len(silent), 'Feld', 'Feldern')} mit Bedarf ist kein Angebot erfasst, es "
            "hat aber auch niemand danach gefragt. "
            f"{agree(len(silent), 'Dieses Feld gilt', 'Diese Felder gelten')} "
            "als nicht erhoben.",
            records=tuple(key for cell in silent for key in cell.needs),
        )
    if asked:
        yield Paragraph(
            f"In {counted(len(asked), 'Feld', 'Feldern')} arbeitet jemand, aber die Größe des "
            "Angebots ist nicht bekannt oder nicht vergleichbar.",
            records=tuple(key for cell in asked for key in (*cell.needs, *cell.structures)),
        )
    table = cell_table(
        paper, "Felder mit Bedarf, über deren Versorgung nichts bekannt ist", cells[:LONGEST]
    )
    yield table
    yield missing("Das Ergebnis einer Nachfrage wird eingetragen, sobald es vorliegt.", "inquiry")
