"""Coders of tables: they bear numbers, not names, and the numbers go on from table to table."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

CODER = "Eingelesen"
_NAME = re.compile(rf"{CODER} (\d+)")

# A coder of a table, what this coder found in a known statement, and what others found before.
Same = tuple[int, AbstractSet[str], Mapping[str, AbstractSet[str]]]


def number_of(coder: str) -> int:
    """Give the number of a coder of a table; 0 for the account of a person."""
    found = _NAME.fullmatch(coder)
    return int(found[1]) if found else 0


def coder_names(
    coders: Collection[int], same: Iterable[Same], known: Iterable[str]
) -> dict[int, str]:
    """Name the coders of a table, by their number in it.

    Args:
        coders: their numbers in the table.
        same: what they found in statements that are there; whoever found exactly the same in all of
            these as a coder of an earlier table is that coder.
        known: coders of earlier tables.

    """
    last = max((number_of(one) for one in known), default=0)
    equal: dict[int, dict[str, bool]] = defaultdict(dict)
    for coder, labels, before in same:
        for name in before:
            if number_of(name):
                equal[coder][name] = equal[coder].get(name, True) and before[name] == labels
    names: dict[int, str] = {}
    for coder in sorted(coders):
        alike = (name for name, every in equal[coder].items() if every)
        free = sorted(set(alike) - set(names.values()), key=number_of)
        names[coder] = free[0] if free else f"{CODER} {(last := last + 1)}"
    return names
