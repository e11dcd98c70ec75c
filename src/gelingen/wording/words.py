"""Words: names, lists and counts as German readers expect them."""

from collections.abc import Mapping, Sequence
from datetime import date

from gelingen.terms.spelling import day, last_day, number

__all__ = ["counted", "day_before", "keys_of", "listed", "named"]

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


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 Gemeinde, 3 Gemeinden."""
    return f"{number(count)} {one if count == 1 else many}"


def day_before(ends: date) -> str:
    """Write the last day of a period whose first day after is given."""
    return day(last_day(ends))
