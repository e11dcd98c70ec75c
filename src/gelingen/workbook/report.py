"""A check report for people to read."""

from collections.abc import Sequence
from itertools import groupby

from gelingen.workbook.declare import Problem

__all__ = ["describe"]


def describe(problems: Sequence[Problem]) -> str:
    """Write problems by sheet, one line each: cell, what stands there, what would be right.

    Args:
        problems: in the order of a Book.

    Returns:
        Lines of German text that end with the counts.

    """
    lines: list[str] = []
    for sheet, group in groupby(problems, key=lambda problem: problem.sheet):
        listed = list(group)
        width = max(len(problem.cell) for problem in listed)
        lines += [sheet, *(_line(problem, width) for problem in listed), ""]
    serious = sum(problem.serious for problem in problems)
    counts = f"{_count(serious, 'Fehler', 'Fehler')}, {_hints(len(problems) - serious)}."
    lines.append(counts[0].upper() + counts[1:])
    return "\n".join(lines)


def _line(problem: Problem, width: int) -> str:
    cell = f"{problem.cell:<{width}}  " if width else ""
    mark = "" if problem.serious else "Hinweis: "
    found = f"„{problem.found}“ – " if problem.found else ""
    if not problem.cell:
        found = ""
    elif not problem.found:
        found = "leer – "
    return f"  {cell}{mark}{found}{problem.remedy}"


def _hints(number: int) -> str:
    return _count(number, "Hinweis", "Hinweise")


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'keine'} {one if number == 1 else many}"
