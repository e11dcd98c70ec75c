"""The report on a survey as a workbook: one sheet a question, protected numbers, and the method."""

from collections.abc import Iterable, Mapping

from gelingen.reports.survey import saying
from gelingen.reports.survey.paper import Told, method_lines, moved
from gelingen.surveys.results import Cell, Line, QuestionResult
from gelingen.terms.spelling import day
from gelingen.workbook.tables import PlainSheet, write_tables


def write_survey_book(told: Told) -> bytes:
    """Write the workbook of a survey; it has the numbers of the report and no others."""
    found = told.results
    questions = [_question(number, one) for number, one in enumerate(found.questions, start=1)]
    return write_tables(found.survey.title, [_first(told), *questions, *_before(told)])


def _first(told: Told) -> PlainSheet:
    found = told.results
    rows = [(saying.column(name), size) for name, size in found.sizes.items()]
    return PlainSheet(
        "Methode und Schutz",
        f"{found.survey.title}: Ergebnisse, Stand {day(told.on)}",
        [*method_lines(found), f"{saying.HIDDEN_MEANS}."],
        ("Gruppe", "Antworten"),
        rows,
    )


def _question(number: int, one: QuestionResult) -> PlainSheet:
    title = f"{number} {one.asked.german}"
    if one.withheld:
        return PlainSheet(title, one.asked.german, [saying.WITHHELD], ("Antwort",), [])
    names = list(one.answered)
    head = ["Antwort"]
    for name in names:
        who = saying.column(name)
        head += [f"{who}: Anzahl", f"{who}: von", f"{who}: Anteil"]
    rated = [name for name in names if any(line.means for line in one.lines)]
    head += [f"{saying.column(name)}: Mittel (n)" for name in rated]
    rows = [_row(line, names, rated) for line in one.lines]
    rows.append(["Beantwortet", *_numbers(one.answered, names), *[""] * len(rated)])
    notes = [saying.base(one), saying.several(one), *_below(one, names)]
    return PlainSheet(title, one.asked.german, [n for n in notes if n], head, rows)


def _row(line: Line, names: list[str], rated: list[str]) -> list[str | float]:
    means = [saying.mean(line.means[name]) for name in rated]
    return [line.label, *_numbers(line.cells, names), *means]


def _numbers(cells: Mapping[str, Cell], names: list[str]) -> Iterable[str | float]:
    for name in names:
        cell = cells[name]
        yield saying.HIDDEN if cell.count is None else cell.count
        yield saying.HIDDEN if cell.of is None else cell.of
        yield saying.share(cell.share)


def _below(one: QuestionResult, names: list[str]) -> Iterable[str]:
    """Say mean and range of each column."""
    for name in names:
        if one.means:
            yield f"{saying.column(name)}: Mittel {saying.mean_and_median(one.means[name])}."
        if one.spreads:
            said = saying.spread(one.spreads[name], saying.unit_of(one))
            yield f"{saying.column(name)}: mittlere Hälfte {said}."


def _before(told: Told) -> Iterable[PlainSheet]:
    if told.rounds is None:
        return
    rows = [
        (one.asked.german, change.label, saying.share(change.before), saying.share(change.now),
         moved(change))
        for one in told.rounds.questions
        for change in one.changes
    ]  # fmt: skip
    rows += [(one.asked.german, "", "", "", one.why_not) for one in told.rounds.questions
             if one.why_not]  # fmt: skip
    yield PlainSheet(
        "Vorige Runde",
        f"Vergleich mit „{told.rounds.before.survey.title}“",
        [f"Veröffentlicht am {day(told.rounds.before.day)}; verglichen sind alle zusammen."],
        ("Frage", "Antwort", "Vorige Runde", "Diese Runde", "Veränderung"),
        rows,
    )
