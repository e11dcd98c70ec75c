"""Words and numbers of reports on a plan: amounts, states, stairs, periods."""

from decimal import Decimal
from typing import TYPE_CHECKING

from gelingen.reports.phrases import NOT_STATED, trimmed
from gelingen.terms.spelling import day, euro, number, period

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressReport
    from gelingen.yearly.models import YearReport
    from gelingen.yearly.subjects import Line

STAIRS = {
    0: "nichts belegt",
    1: "1: es findet statt",
    2: "2: es wird genutzt",
    3: "3: es gefällt",
    4: "4: Wissen und Können",
    5: "5: Handeln",
    6: "6: Lebenslage",
    7: "7: Gesellschaft",
}
NO_REPORT = "nicht berichtet"
# Fewer people than these might be recognised by who knows the measure.
LEAST, FEW = 5, "unter 5"


def few(field: str, value: Decimal | int | None) -> bool:
    """Tell whether a number of people is too small to leave the house."""
    return field == "participants" and value is not None and 0 < value < LEAST


def amount(field: str, value: Decimal | int | None, *, inside: bool = False) -> str:
    """Write what was reported; NOT_STATED where nothing was said.

    Args:
        field: name of what was asked.
        value: what was said.
        inside: whether it stays in the house, where small numbers of people are shown.

    """
    if value is None:
        return NOT_STATED
    if few(field, value) and not inside:
        return FEW
    if field in ("cost", "funding"):
        return euro(float(value))
    return trimmed(float(value)) if field == "fte" else number(float(value))


def state(line: "Line") -> str:
    """Say how a measure stands; a state that was set by hand says so."""
    set_by_hand = " (festgelegt)" if line.state.overridden else ""
    return f"{line.state.state.label}{set_by_hand}"


def told_by(report: "ProgressReport | None") -> str:
    """Say who reported, and when."""
    return f"{report.by_function}, {day(report.day)}" if report else NO_REPORT


def span(report: "YearReport") -> str:
    """Write the period of a report."""
    starts, ends = report.starts, report.ends
    whole = (starts.month, starts.day, ends.month, ends.day) == (1, 1, 1, 1)
    if not whole:
        return period(starts, ends)
    last = ends.year - 1
    return str(starts.year) if starts.year == last else f"{starts.year} bis {last}"
