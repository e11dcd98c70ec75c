"""What the rules of the database find wrong with the rows of a file, told beside the rest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gelingen.transfer.constraints import Complaint, RowCheck, doubled
from gelingen.transfer.differences import spelled_fields
from gelingen.transfer.records import Stored, model_of
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.declare import Book, Problem, Row, Sheet

_LONGEST_FOUND = 120
_LINE = re.compile(r"\d+$")


def row_problems(
    sheet: Sheet,
    rows: Sequence[tuple[Row, Mapping[str, object]]],
    stored: Mapping[str, Stored],
    book: Book,
) -> Iterator[Problem]:
    """Name by line what the database would refuse, one problem a row.

    Rows with a mistake that the book knows already are left out: their values are not whole.
    """
    known = {_line(problem) for problem in book.problems if _serious_in(sheet, problem)}
    check = RowCheck(model_of(sheet))
    final = {key: record.values for key, record in stored.items()}
    final |= {row.key: {**final.get(row.key, {}), **values} for row, values in rows}
    lines = {row.key: row.line for row, _ in rows}
    twins = doubled(model_of(sheet), final)
    for row, values in rows:
        if row.line in known:
            continue
        if complaint := check(values, final[row.key]):
            yield _problem(sheet, row.line, final[row.key], complaint)
        elif row.key in twins:
            earlier, complaint = twins[row.key]
            where = f"Zeile {lines[earlier]}" if earlier in lines else f"Kennung „{earlier}“"
            yield _problem(sheet, row.line, final[row.key], complaint, f" Siehe {where}.")


def _problem(
    sheet: Sheet, line: int, values: Mapping[str, object], complaint: Complaint, more: str = ""
) -> Problem:
    found = spelled_fields(sheet, values, complaint.fields)
    if len(found) > _LONGEST_FOUND:
        found = f"{found[: _LONGEST_FOUND - 1]}…"
    return Problem(sheet.title, f"Zeile {line}", found, complaint.message + more)


def _serious_in(sheet: Sheet, problem: Problem) -> bool:
    return problem.serious and problem.sheet == sheet.title


def _line(problem: Problem) -> int:
    found = _LINE.search(problem.cell)
    return int(found[0]) if found else 0


def left_out(book: Book) -> Iterator[Problem]:
    """Point out by sheet the columns that no record has a place for."""
    heads: dict[str, list[str]] = {}
    for sheet, head in book.extra:
        heads.setdefault(sheet, []).append(f"„{head}“")
    for sheet, quoted in heads.items():
        what = "Diese Spalte wird" if len(quoted) == 1 else "Diese Spalten werden"
        remedy = f"{what} nicht übernommen, in Ihrer Datei bleibt alles: {', '.join(quoted)}."
        yield Problem(sheet, "", "", remedy, serious=False)


def by_sheet(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Order problems by sheet and line; what belongs to no sheet of the workbook comes last."""
    order = {sheet.title: place for place, sheet in enumerate(SHEETS)}
    return tuple(
        sorted(problems, key=lambda found: (order.get(found.sheet, len(order)), _line(found)))
    )
