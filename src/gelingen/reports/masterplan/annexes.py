"""Annexes: actors by function, all structures, all gaps, figures, words, sources."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gelingen.documents import Block, Heading, Paragraph, Table
from gelingen.reports.cells import OPEN
from gelingen.reports.counting import shortened
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.gaps import cell_table
from gelingen.reports.masterplan.inventory import LONGEST, level_of, structure_table
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.masterplan.sheets import measure_sheets
from gelingen.reports.masterplan.situation import series_name, series_of
from gelingen.reports.material import grouped
from gelingen.reports.phrases import NOT_STATED, figure_value, rough_day
from gelingen.reports.standing import Ground
from gelingen.terms import term
from gelingen.terms.vocabulary import OrganisationKind

if TYPE_CHECKING:
    from gelingen.places.models import Figure
    from gelingen.register.models import Organisation

WORDS = (
    "structure",
    "organisation",
    "reach",
    "funding",
    "responsibility",
    "cooperation",
    "need",
    "inquiry",
    "guidinggoal",
    "impactgoal",
    "measure",
    "milestone",
    "chance",
    "topic",
    "targetgroup",
    "territory",
    "figure",
)


def annexes(paper: Paper) -> tuple[Block, ...]:
    """Give the annexes in their order."""
    return (
        *measure_sheets(paper),
        *_actors(paper),
        *_structures(paper),
        *_gaps(paper),
        *_figures(paper),
        *_words(),
        *_sources(paper),
    )


def _actors(paper: Paper) -> Iterable[Block]:
    yield Heading("Akteure nach Funktion", 1, key="anlage-akteure", number="B")
    found = paper.material.organisations
    if not found:
        yield missing("Organisationen sind nicht erfasst.", "organisation")
        return
    yield Paragraph("Das Verzeichnis nennt Stellen und Postfächer, keine Personen.", frame=True)
    by_kind = grouped((organisation.kind, organisation) for organisation in found)
    for kind in (*(kind.value for kind in OrganisationKind), ""):
        if kind in by_kind:
            yield _actor_table(paper, kind, by_kind[kind])


def _actor_table(paper: Paper, kind: str, found: "list[Organisation]") -> Table:
    name = OrganisationKind.of(kind).label if kind else "Art nicht angegeben"
    return Table(
        name,
        ("Organisation", "gehört zu", "Ansprechstelle", "Postfach"),
        tuple(
            (
                paper.named(organisation),
                organisation.above.name if organisation.above else "–",
                organisation.contact or NOT_STATED,
                organisation.mailbox or NOT_STATED,
            )
            for organisation in found
        ),
        widths=(4, 3, 3, 3),
    )


def _structures(paper: Paper) -> Iterable[Block]:
    yield Heading("Strukturen", 1, key="anlage-strukturen", number="C")
    found = paper.material.structures
    if not found:
        yield missing("Strukturen sind nicht erfasst.", "structure")
        return
    standing = paper.results.standing(paper.on)
    here = [paper.material.structure_of[key] for key in standing.there]
    printed = {
        s.key for own in grouped((level_of(s), s) for s in here).values() for s in own[:LONGEST]
    }
    rest = [structure for structure in here if structure.key not in printed]
    others = [
        structure for structure in found if standing.grounds[structure.key] is Ground.NOT_THERE
    ]
    yield Paragraph(
        "Die Anlage ergänzt die Tabellen des Kapitels „Bestand“ um die Strukturen, die dort nicht "
        "abgedruckt sind.",
        frame=True,
    )
    if rest:
        yield structure_table(paper, f"am {paper.day} bestehend", rest, standing)
    if others:
        yield structure_table(paper, "beendet oder noch nicht begonnen", others, standing)


def _gaps(paper: Paper) -> Iterable[Block]:
    yield Heading("Lücken", 1, key="anlage-luecken", number="D")
    found = [cell for cell in paper.results.cells(paper.on) if cell.type in OPEN]
    if not found:
        yield Paragraph(
            f"Am {paper.day} ist keine Lücke bekannt.",
            records=tuple(need.key for need in paper.material.needs),
            frame=not paper.material.needs,
        )
        return
    yield cell_table(paper, f"Alle Lücken am {paper.day}", found)


def _figures(paper: Paper) -> Iterable[Block]:
    yield Heading("Kennzahlen", 1, key="anlage-kennzahlen", number="E")
    found = (*paper.material.figures, *paper.material.structure_figures)
    if not found:
        yield missing(f"Kennzahlen mit Stichtag bis {paper.day} sind nicht erfasst.", "figure")
        return
    series = grouped((series_of(figure), figure) for figure in found)
    for figures in series.values():
        places = grouped((str(figure.territory or figure.structure), figure) for figure in figures)
        yield Table(
            series_name(figures[0]),
            ("Gebiet oder Struktur", "Wert (Stichtag)", "Quelle"),
            tuple(
                (place, _values(own), paper.sources.cite(*(figure.source for figure in own)))
                for place, own in places.items()
            ),
            widths=(2.5, 6, 1.2),
            records=tuple(figure.key for figure in figures),
        )


def _values(figures: "list[Figure]") -> str:
    ordered = sorted(figures, key=lambda figure: (str(figure.reference), figure.key))
    return "; ".join(
        f"{figure_value(figure)} ({rough_day(figure.reference, figure.reference_precision)})"
        for figure in ordered
    )


def _words() -> Iterable[Block]:
    yield Heading("Begriffe", 1, key="anlage-begriffe", number="F")
    entries = sorted((term(word) for word in WORDS), key=lambda entry: entry.one)
    yield Table(
        "Begriffe dieses Plans",
        ("Begriff", "Bedeutung"),
        tuple((entry.one, entry.meaning) for entry in entries),
        widths=(1.5, 5),
        frame=True,
    )


def _sources(paper: Paper) -> Iterable[Block]:
    yield Heading("Quellen", 1, key="anlage-quellen", number="G")
    if not paper.sources.numbers:
        yield Paragraph("Für keinen Datensatz ist eine Quelle angegeben.", frame=True)
        return
    yield Table(
        "Quellen der Angaben",
        ("Nummer", "Quelle", "Datensätze"),
        tuple(
            (f"Q {number}", shortened(source, 400), str(len(paper.sources.keys[source])))
            for source, number in paper.sources.numbers.items()
        ),
        align="llr",
        widths=(0.8, 7, 1.2),
        frame=True,
    )
