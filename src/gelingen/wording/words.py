"""Words: names, lists and counts as German readers expect them."""

from collections.abc import Mapping, Sequence
from datetime import date

from gelingen.terms.spelling import day, last_day, number, number_range

__all__ = ["amounts", "counted", "day_before", "keys_of", "listed", "named"]

MARK = ";"


def keys_of(text: str) -> tuple[str, ...]:
    """Split a column of keys joined with semicolons."""
    return tuple(key for key in text.split(MARK) if key)


def named(key: str, names: Mapping[str, str]) -> str:
    """Give the name behind a key, or the key itself where no name is known."""
    return names.get(key, key)


def listed(keys: Sequence[str], names: Mapping[str, str], *, most: int = 6) -> str:
    """Name several things in a row: „A, B und C“, or „A, B und 7 weitere“."""
    words = sorted(named(key, names) for key in keys)
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} weitere"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} und {words[-1]}"


def amounts(low: float | None, high: float | None) -> str:
    """Write a range of quantities: "40", "40 bis 60", "mindestens 40", "12,5 bis 20".

    A least quantity of 0 says nothing and is left out: "höchstens 20".
    """
    known = [float(value) for value in (low, high) if value is not None]
    digits = 0 if all(value.is_integer() for value in known) else 1
    return number_range(None if low == 0 and high else low, high, digits)


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 Gemeinde, 3 Gemeinden."""
    return f"{number(count)} {one if count == 1 else many}"


def day_before(ends: date) -> str:
    """Write the last day of a period whose first day after is given."""
    return day(last_day(ends))
