"""Money and staff by year: what is secured, what is open, what falls away when."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gelingen.documents import Block, Content, Heading, Paragraph, Table
from gelingen.reports.counting import agree, counted
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper, missing_text, open_chapter
from gelingen.reports.masterplan.pictures import cliff_by_year, money_by_year
from gelingen.reports.material import grouped
from gelingen.reports.phrases import NOT_STATED, trimmed
from gelingen.terms.spelling import day, euro, euro_range, last_day, number

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

LONGEST = 30
KINDS = {
    "ends": "Struktur endet",
    "money_ends": "letztes Geld endet",
    "reduced": "ein Teil des Geldes endet",
}


def finance(paper: Paper) -> tuple[Block, ...]:
    """Show the money by year, what falls away, and what the measures cost."""
    blocks = list(open_chapter(paper, "finanzierung"))
    if not paper.material.fundings:
        if "finanzierung" not in paper.texts:
            blocks.append(missing_text("finanzierung"))
        blocks.append(missing("Finanzierungen sind nicht erfasst.", "funding"))
    else:
        blocks += [Heading("Geld der Strukturen nach Jahren", 2), *_years(paper)]
        blocks += [Heading("Was wann wegfällt", 2), *_cliff(paper)]
    blocks += [Heading("Kosten der Maßnahmen", 2), *_measures(paper)]
    return tuple(blocks)


def _years(paper: Paper) -> Iterable[Block]:
    rows = list(paper.results.continuity.years.frame.iter_rows(named=True))
    inside = [
        f
        for f in paper.material.fundings
        if (f.starts is None or f.starts < paper.material.horizon)
        and (f.ends is None or f.ends > paper.on)
    ]
    keys = tuple(f.key for f in inside) or tuple(f.key for f in paper.material.fundings)
    silent = [f for f in inside if f.eur_per_year is None and f.eur_total is None]
    text = (
        f"Zwischen {paper.day} und {paper.last_day} {agree(len(inside), 'läuft', 'laufen')} "
        f"{counted(len(inside), 'Finanzierung', 'Finanzierungen')}."
    )
    if silent:
        text += (
            f" Bei {len(silent)} davon ist kein Betrag angegeben; sie fehlen in den Summen. "
            "Die Summen sind deshalb Mindestwerte."
        )
    yield Paragraph(text, records=keys)
    if picture := money_by_year(paper):
        yield picture
    yield _year_table(paper, rows, keys)


def _year_table(paper: Paper, rows: list[dict[str, Any]], keys: tuple[str, ...]) -> Table:
    return Table(
        "Geld der Strukturen nach Kalenderjahren in EUR",
        ("Jahr", "bewilligt", "dazu erwartet", "dazu möglich", "ohne Betrag"),
        tuple(
            (
                str(row["year"]),
                number(row["secured"]),
                number(row["expected"] - row["secured"]),
                number(row["optimistic"] - row["expected"]),
                f"{row['missing']} von {row['fundings']}",
            )
            for row in rows
        ),
        align="lrrrr",
        records=keys,
        notes="Erwartet: Anträge, mit ihrer Aussicht gewichtet. Möglich: der Rest der Anträge und "
        f"alles Geplante. Das Jahr {paper.on.year} zählt ab dem {paper.day}. Geld ohne bekanntes "
        "Ende zählt bis zum Planungshorizont.",
    )


def cliff_rows(paper: Paper) -> list[dict[str, Any]]:
    """Give every loss until the horizon by day and structure."""
    return list(paper.results.continuity.cliff.frame.iter_rows(named=True))


def _cliff(paper: Paper) -> Iterable[Block]:
    rows = cliff_rows(paper)
    if not rows:
        yield Paragraph(
            f"Bis zum {paper.last_day} endet kein Geld mit bekanntem Ende.",
            records=tuple(f.key for f in paper.material.fundings),
        )
        return
    yield cliff_by_year(paper, rows)
    yield _cliff_by_year(rows)
    head = ("Letzter Tag", "Struktur", "Was geschieht", "EUR im Jahr", "VZÄ", "Wen es trifft")
    yield Table(
        "Was bis zum Planungshorizont wegfällt"
        if len(rows) <= LONGEST
        else f"Was zuerst wegfällt: {LONGEST} von {len(rows)} Fällen",
        head,
        tuple(_cliff_row(paper, row) for row in rows[:LONGEST]),
        align="lllrrl",
        widths=(2, 3.4, 2, 1.7, 1, 3),
        header_column=False,
    )


def _cliff_by_year(rows: list[dict[str, Any]]) -> Table:
    years = grouped((last_day(row["day"]).year, row) for row in rows)
    return Table(
        "Was wegfällt, nach Kalenderjahr des letzten Tages",
        ("Jahr", "Strukturen", "EUR im Jahr", "VZÄ", "Felder", "davon dann leer"),
        tuple(
            (
                str(year),
                str(len({row["structure"] for row in found})),
                number(sum(row["eur_per_year"] or 0 for row in found)),
                trimmed(sum(row["fte"] or 0 for row in found)),
                str(sum(row["cells"] for row in found)),
                str(sum(row["bare"] for row in found)),
            )
            for year, found in years.items()
        ),
        align="lrrrrr",
        row_records=tuple(
            tuple(dict.fromkeys(row["structure"] for row in found)) for found in years.values()
        ),
        notes="EUR und VZÄ, soweit angegeben. Leer: Danach arbeitet dort keine andere getragene "
        "Struktur gleicher Funktion.",
    )


def _cliff_row(paper: Paper, row: dict[str, Any]) -> tuple[Content, ...]:
    name = paper.material.name
    hit = [name(key) for key in row["target_groups"].split(";") if key]
    more = f", danach weiter ab {day(row['resumes'])}" if row["resumes"] else ""
    return (
        day(last_day(row["day"])),
        (paper.refer(row["structure"]),),
        KINDS.get(row["kind"], row["kind"]) + more,
        NOT_STATED if row["eur_per_year"] is None else number(row["eur_per_year"]),
        NOT_STATED if row["fte"] is None else trimmed(row["fte"]),
        ", ".join(hit[:3]) + (" u. a." if len(hit) > 3 else "") or NOT_STATED,  # noqa: PLR2004  (a cell bears three names)
    )


def _measures(paper: Paper) -> Iterable[Block]:
    found = paper.material.open_measures
    if not found:
        yield missing("Laufende oder künftige Maßnahmen sind nicht erfasst.", "measure")
        return
    priced = [m for m in found if _year(m) is not None or _once(m) is not None]
    keys = tuple(measure.key for measure in found)
    if not priced:
        yield missing(
            f"Für keine der {len(found)} Maßnahmen sind Kosten angegeben."
            if len(found) > 1
            else "Für die Maßnahme sind keine Kosten angegeben.",
            "measure",
        )
        return
    yield Paragraph(
        f"Für {len(priced)} von {counted(len(found), 'Maßnahme', 'Maßnahmen')} sind Kosten "
        "angegeben.",
        records=keys,
    )
    dearest = sorted(priced, key=lambda measure: (-sum(_year(measure) or (0, 0)), measure.key))
    dearest = dearest[:LONGEST]
    yield Table(
        "Kosten der Maßnahmen"
        if len(priced) <= LONGEST
        else f"Die {LONGEST} teuersten Maßnahmen im Jahr",
        ("Maßnahme", "einmalig", "im Jahr", "Eigenanteil im Jahr", "Bewilligt bis", "VZÄ"),
        tuple(_measure_row(paper, measure) for measure in dearest),
        align="lrrrlr",
        widths=(4, 2, 2, 1.8, 1.9, 1),
    )
    yield _sum(paper, priced)


def _year(measure: "Measure") -> tuple[float, float] | None:
    return _pair(measure.cost_year_low, measure.cost_year_high)


def _once(measure: "Measure") -> tuple[float, float] | None:
    return _pair(measure.cost_once_low, measure.cost_once_high)


def _pair(low: Any, high: Any) -> tuple[float, float] | None:  # noqa: ANN401  (Decimal or None)
    known = [float(value) for value in (low, high) if value is not None]
    return (known[0], known[-1]) if known else None


def _cost(pair: tuple[float, float] | None) -> str:
    return NOT_STATED if pair is None else euro_range(*pair)


def _measure_row(paper: Paper, measure: "Measure") -> tuple[Content, ...]:
    return (
        paper.named(measure),
        _cost(_once(measure)),
        _cost(_year(measure)),
        NOT_STATED if measure.own_share is None else euro(float(measure.own_share)),
        day(last_day(measure.funding_ends)) if measure.funding_ends else NOT_STATED,
        NOT_STATED if measure.fte is None else trimmed(float(measure.fte)),
    )


def _sum(paper: Paper, priced: "list[Measure]") -> Paragraph:
    yearly = [pair for measure in priced if (pair := _year(measure))]
    secured = [m for m in priced if m.funding_ends and m.funding_ends > paper.on]
    text = (
        f"Zusammen kosten sie {euro_range(*map(sum, zip(*yearly, strict=True)))} im Jahr. "
        if yearly
        else ""
    )
    text += (
        f"Bewilligtes Geld ist am {paper.day} für {len(secured) or 'keine'} von ihnen angegeben."
    )
    return Paragraph(text, records=tuple(measure.key for measure in priced))


def measure_cost(measures: "list[Measure]") -> tuple[str, int]:
    """Sum what measures cost in a year; also of how many it is not stated."""
    yearly = [pair for measure in measures if (pair := _year(measure))]
    if not yearly:
        return NOT_STATED, len(measures)
    low, high = (sum(values) for values in zip(*yearly, strict=True))
    return euro_range(low, high), len(measures) - len(yearly)
