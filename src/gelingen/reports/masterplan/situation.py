"""Starting position: figures as of the day, opportunities and risks."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, Paragraph, Table
from gelingen.reports.counting import counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.material import grouped
from gelingen.reports.phrases import NOT_STATED, figure_value, rough_day
from gelingen.terms.vocabulary import RiskKind, TerritoryKind

if TYPE_CHECKING:
    from gelingen.places.models import Figure
    from gelingen.plan.models import Chance

# A comparison of municipalities is worth a table from this number on.
ENOUGH_PLACES = 3
# More comparisons stand in the annex.
COMPARED = 3


def situation(paper: Paper) -> tuple[Block, ...]:
    """Describe the starting position with figures whose reference day is not after the day."""
    blocks = list(open_chapter(paper, "ausgangslage"))
    figures = paper.material.figures
    if "ausgangslage" not in paper.texts and not figures:
        blocks.append(missing_text("ausgangslage"))
    blocks += [Heading("Kennzahlen", 2), *_figures(paper)]
    blocks += [Heading("Chancen und Risiken", 2), *_chances(paper)]
    return tuple(blocks)


def _figures(paper: Paper) -> Iterable[Block]:
    figures = paper.material.figures
    if not figures:
        yield missing(f"Es sind keine Kennzahlen mit Stichtag bis {paper.day} erfasst.", "figure")
        return
    yield Paragraph(
        f"Aufgenommen sind nur Kennzahlen mit Stichtag bis {paper.day}. Jede Zeile folgt genau "
        "einer Definition. Werte nach verschiedenen Definitionen lassen sich nicht vergleichen.",
        frame=True,
    )
    places = grouped((figure.territory.key, figure) for figure in figures if figure.territory)
    large = (TerritoryKind.COUNTY, TerritoryKind.CITY)
    shown = [
        place
        for place in paper.material.own_territories
        if place.key in places and place.kind in large
    ]
    for place in shown:
        yield figure_table(paper, f"Kennzahlen: {place.name}", places[place.key])
    yield from _comparisons(paper)
    yield Paragraph(
        f"Alle {len(figures)} Kennzahlen mit Definition und Quelle stehen in der Anlage "
        "„Kennzahlen“.",
        records=tuple(figure.key for figure in figures),
    )


def series_of(figure: "Figure") -> tuple[str, str, str, str]:
    """Say to which series a figure belongs: one indicator, definition, base and unit."""
    return (figure.indicator, figure.definition, figure.base, figure.unit)


def figure_table(paper: Paper, caption: str, figures: "Sequence[Figure]") -> Table:
    """Show the latest value of each series, and the first one before it, a row a series."""
    series = grouped((series_of(figure), figure) for figure in figures)
    rows = []
    for found in series.values():
        ordered = sorted(found, key=lambda figure: (str(figure.reference), figure.key))
        first, last = ordered[0], ordered[-1]
        rows.append(
            (
                series_name(last),
                figure_value(last),
                rough_day(last.reference, last.reference_precision),
                "" if first is last else _before(first),
                paper.sources.cite(*{first.source, last.source}),
            )
        )
    head = ("Kennzahl", "Wert", "Stichtag", "Frühester erfasster Wert", "Quelle")
    return Table(
        caption,
        head,
        tuple(rows),
        align="lrllr",
        widths=(5, 2, 1.6, 2.6, 1.2),
        records=tuple(figure.key for figure in figures),
    )


def series_name(figure: "Figure") -> str:
    """Name a series by indicator, definition and base."""
    more = [part for part in (figure.definition, figure.base) if part and part != figure.indicator]
    return f"{figure.indicator}: {'; '.join(more)}" if more else figure.indicator


def _before(figure: "Figure") -> str:
    return f"{figure_value(figure)} ({rough_day(figure.reference, figure.reference_precision)})"


def _comparisons(paper: Paper) -> Iterable[Block]:
    """Compare the municipalities in what is known about enough of them on the same day."""
    within = {
        place.key: place
        for place in paper.material.own_territories
        if place.kind not in (TerritoryKind.COUNTY, TerritoryKind.CITY)
    }
    local = [
        figure
        for figure in paper.material.figures
        if figure.territory and figure.territory.key in within
    ]
    groups = grouped(((*series_of(figure), figure.reference), figure) for figure in local)
    latest: dict[tuple[str, ...], list[Figure]] = {}
    for series, found in groups.items():
        if len(found) >= ENOUGH_PLACES:
            latest[series[:4]] = found  # figures come by day: the last one stays
    for found in list(latest.values())[:COMPARED]:
        first = found[0]
        when = rough_day(first.reference, first.reference_precision)
        ordered = sorted(found, key=lambda figure: str(figure.territory))
        yield Table(
            f"{series_name(first)}, Stichtag {when}",
            ("Gemeinde", "Wert", "Quelle"),
            tuple(
                (str(figure.territory), figure_value(figure), paper.sources.cite(figure.source))
                for figure in ordered
            ),
            align="lrr",
            records=tuple(figure.key for figure in ordered),
        )


def _chances(paper: Paper) -> Iterable[Block]:
    found = paper.material.chances
    if not found:
        yield missing("Chancen und Risiken der Zuwanderung sind nicht erfasst.", "chance")
        return
    open_ones = [chance for chance in found if not chance.goals.all()]
    if open_ones:
        yield Paragraph(
            f"{counted(len(open_ones), 'Aussage ist', 'Aussagen sind')} noch mit keinem "
            "Wirkungsziel verbunden.",
            records=tuple(chance.key for chance in open_ones),
        )
    for kind, caption in ((RiskKind.OPPORTUNITY, "Chancen"), (RiskKind.RISK, "Risiken")):
        chosen = [chance for chance in found if chance.kind == kind]
        if chosen:
            head = ("Aussage", "Themenfeld", "Beleg", "Antwort des Plans")
            rows = tuple(_chance_row(paper, chance) for chance in chosen)
            yield Table(caption, head, rows, widths=(4, 2.4, 2.2, 5))


def _chance_row(paper: Paper, chance: "Chance") -> tuple[Content, ...]:
    goals = [goal.title for goal in chance.goals.all()]
    source = paper.sources.cite(chance.source) if chance.source else ""
    evidence = " ".join(part for part in (chance.evidence, f"({source})" if source else "") if part)
    return (
        paper.named(chance),
        chance.topic.name if chance.topic else "alle",
        evidence or NOT_STATED,
        "; ".join(goals) or "noch kein Wirkungsziel",
    )
