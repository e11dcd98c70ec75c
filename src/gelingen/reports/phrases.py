"""Short German phrases for the values of records: periods, ranges, days of limited precision."""

from datetime import date
from typing import TYPE_CHECKING

from gelingen.terms import spelling
from gelingen.terms.spelling import day, euro, last_day, number, number_range, period
from gelingen.terms.vocabulary import EndKind

if TYPE_CHECKING:
    from decimal import Decimal

    from gelingen.findings.queries import Judgement
    from gelingen.needs.models import Need
    from gelingen.places.models import Figure
    from gelingen.register.models import Funding, Structure

# As tables say "keine Angabe"; the paper explains it once.
NOT_STATED = "k. A."


def rough_day(value: date | None, precision: str) -> str:
    """Write a day as precisely as it is known; NOT_STATED if there is none."""
    return NOT_STATED if value is None else spelling.rough_day(value, precision)


def end_of(record: "Structure | Funding") -> str:
    """Write the last day of a structure or funding, or what is known about its end."""
    if record.ends:
        return day(last_day(record.ends))
    if record.ends_kind in (EndKind.UNLIMITED, EndKind.FURTHER_NOTICE):
        return EndKind.of(record.ends_kind).label
    return NOT_STATED


def term_of(starts: date | None, ends: date | None) -> str:
    """Write a half-open period by its first and last day."""
    return period(starts, ends) if starts or ends else NOT_STATED


def amount(low: "Decimal | None", high: "Decimal | None", unit: str) -> str:
    """Write a quantity with its unit: "40 bis 50 Personen"; NOT_STATED if there is none."""
    if low is None and high is None:
        return NOT_STATED
    digits = 0 if all(v is None or v == v.to_integral_value() for v in (low, high)) else 1
    text = number_range(_float(low), _float(high), digits)
    return f"{text} {unit}".strip()


def quantity(need: "Need") -> str:
    """Write how much is needed."""
    return amount(need.quantity_low, need.quantity_high, need.unit)


def figure_value(figure: "Figure") -> str:
    """Write the value of a figure with its unit."""
    whole = all(
        value == value.to_integral_value() for value in (figure.value_low, figure.value_high)
    )
    low, high = float(figure.value_low), float(figure.value_high)
    text = number_range(low, high, 0 if whole else 1)
    return f"{text} {figure.unit}".strip()


def severity(value: int | None) -> str:
    """Write a severity."""
    return NOT_STATED if value is None else str(value)


def posts(value: "Decimal | float | None") -> str:
    """Write full-time equivalents: "1,5 VZÄ"."""
    return NOT_STATED if value is None else f"{trimmed(float(value))} VZÄ"


def trimmed(value: float) -> str:
    """Write a number with at most two digits behind the comma, none that say nothing."""
    text = number(value, 2)
    return text.rstrip("0").rstrip(",")


def money(value: "Decimal | float | None") -> str:
    """Write an amount in EUR; NOT_STATED if there is none."""
    return NOT_STATED if value is None else euro(float(value))


def _float(value: "Decimal | None") -> float | None:
    return None if value is None else float(value)


def judged(verdict: "Judgement | None") -> str:
    """Say what was decided about a finding, why, by whom and when; nothing if nobody judged it."""
    if verdict is None:
        return ""
    by = ", ".join(word for word in (verdict.by_function, day(verdict.day)) if word)
    solved = f" [{verdict.measure}]" if verdict.measure else ""
    return f"Bewertung: {verdict.decision.label}{solved} – {verdict.reason} ({by})"
