"""Tables and pictures of the results of a survey, for the page and for paper."""

from collections.abc import Sequence

from gelingen.documents import Picture, Table
from gelingen.documents.pictures import Lying, lying
from gelingen.reports.survey import saying
from gelingen.surveys.columns import ALL
from gelingen.surveys.results import Line, QuestionResult
from gelingen.terms.spelling import number
from gelingen.terms.surveys import QuestionKind

_SIDE_BY_SIDE = 3  # groups beside each other that a page has room for


def picture(
    one: QuestionResult, name: str = ALL, *, records: tuple[str, ...] = ()
) -> Picture | None:
    """Draw one column of a question; its table stands beside it. None if there is nothing to draw.

    Args:
        one: what came out.
        name: the column.
        records: keys of the records behind it.

    """
    if not one.lines:
        return None
    rated = one.asked.kind is QuestionKind.TOPICS
    bars = [_rated(line, name, one.steps or 1) if rated else _bar(line, name) for line in one.lines]
    who = "" if name == ALL else f", {name}"
    return lying(
        bars,
        title=f"{one.asked.german}{who}",
        alt=_alt(one, bars),
        ends=("1", str(one.steps)) if rated else ("0 %", "100 %"),
        records=records,
    )


def _bar(line: Line, name: str) -> Lying:
    cell = line.cells[name]
    share = cell.share
    if cell.count is None or share is None or share.estimate.mid is None:
        return Lying(line.label, None, saying.count(cell))
    ends = share.estimate
    wide = (ends.low, ends.high) if share.interpretable else (None, None)
    return Lying(line.label, ends.mid, saying.count(cell), *wide)


def _rated(line: Line, name: str, steps: int) -> Lying:
    found = line.means[name]
    part = None if found is None else (found.mean - 1) / max(steps - 1, 1)
    return Lying(line.label, part, saying.mean(found))


def _alt(one: QuestionResult, bars: Sequence[Lying]) -> str:
    shown = [bar for bar in bars if bar.part is not None]
    longest = max(shown, key=lambda bar: bar.part or 0, default=None)
    what = "Ein Balken für jede Antwort"
    most = f"; am längsten ist „{longest.label}“ mit {longest.said}" if longest else ""
    hidden = len(bars) - len(shown)
    return f"{what}{most}{f'; {hidden} ohne Zahl' if hidden else ''}. {saying.base(one)}"


def table(one: QuestionResult, names: Sequence[str], *, records: tuple[str, ...] = ()) -> Table:
    """Give the numbers of a question: of one column with shares, of several side by side.

    Args:
        one: what came out.
        names: columns, at least one.
        records: keys of the records behind it.

    """
    single = len(names) == 1
    if one.asked.kind is QuestionKind.TOPICS and single:
        rated = [line.means[names[0]] for line in one.lines]
        middle = any(found and found.median is not None for found in rated)
        head: tuple[str, ...] = ("Themenfeld", "Mittel", *["Median"] * middle, "Bewertet")
        rows = [_topic_row(line, names[0], middle=middle) for line in one.lines]
    elif single:
        head = ("Antwort", "Anzahl", "Anteil (95 %)")
        rows = [_row(line, names[0]) for line in one.lines]
    else:
        head = ("Antwort", *map(saying.column, names))
        rows = [_side_by_side(one, line, names) for line in one.lines]
    rows += _below(one, names, len(head))
    return Table(
        one.asked.german,
        head,
        tuple(rows),
        align="l" + "r" * (len(head) - 1),
        widths=(5.5, *[2.5 if single else 2.2] * (len(head) - 1)),
        notes=" ".join(part for part in (saying.base(one), saying.several(one)) if part),
        records=records,
        frame=not records,
    )


def _row(line: Line, name: str) -> tuple[str, ...]:
    cell = line.cells[name]
    return line.label, saying.count(cell), saying.share(cell.share)


def _topic_row(line: Line, name: str, *, middle: bool) -> tuple[str, ...]:
    found = line.means[name]
    mean = saying.HIDDEN if found is None else number(found.mean, 1)
    median = None if found is None else found.median
    said = saying.HIDDEN if median is None else number(median, 1)
    return line.label, mean, *[said] * middle, saying.count(line.cells[name])


def _side_by_side(one: QuestionResult, line: Line, names: Sequence[str]) -> tuple[str, ...]:
    if one.asked.kind is QuestionKind.TOPICS:
        return line.label, *(saying.mean(line.means[name]) for name in names)
    return line.label, *(saying.count(line.cells[name]) for name in names)


def _below(one: QuestionResult, names: Sequence[str], wide: int) -> list[tuple[str, ...]]:
    """Give what stands below the lines: mean, range, and how many answered."""
    rows: list[tuple[str, list[str]]] = []
    if one.means:
        say = saying.mean_and_median if len(names) == 1 else saying.mean
        rows.append(("Mittel", [say(one.means[name]) for name in names]))
    if one.spreads:
        unit = saying.unit_of(one)
        said = [saying.spread(one.spreads[name], unit) for name in names]
        rows.append(("Mittlere Hälfte", said))
    rows.append(("Beantwortet", [saying.count(one.answered[name]) for name in names]))
    return [(name, *said, *[""] * (wide - 1 - len(said))) for name, said in rows]


def side_by_side(names: Sequence[str]) -> list[list[str]]:
    """Put groups into tables that a page has room for, everybody first in each."""
    groups = [name for name in names if name != ALL]
    return [[ALL, *groups[at : at + _SIDE_BY_SIDE]] for at in range(0, len(groups), _SIDE_BY_SIDE)]
