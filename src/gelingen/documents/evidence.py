"""How records and sources behind a statement are printed."""

import re

from gelingen.documents.clean import clean
from gelingen.documents.model import Traced
from gelingen.documents.printed import Evidence

SHOWN = 8
_NUMBERED = re.compile(r"(.*?)(\d{1,9})$")


def compact(records: tuple[str, ...]) -> tuple[str, ...]:
    """Join keys that follow each other: S-001, S-002, S-003 become "S-001 bis S-003".

    Only keys of the same beginning are joined, from three on, and S-9 is not followed by S-010.
    The order is by beginning and number.
    """
    keys = sorted({clean(key) for key in records}, key=_place)
    runs: list[list[str]] = []
    for key in keys:
        if runs and _follows(runs[-1][-1], key):
            runs[-1].append(key)
        else:
            runs.append([key])
    return tuple(text for run in runs for text in ([f"{run[0]} bis {run[-1]}"] if run[2:] else run))


class EvidenceList:
    """The lists of records too long to stand beside their statement, numbered as they come."""

    def __init__(self) -> None:
        """Begin without lists."""
        self.long: list[str] = []

    def of(self, block: Traced) -> Evidence:
        """Put the evidence of a block into words; up to eight keys stand beside it."""
        keys = compact(block.records)
        sources = "; ".join(dict.fromkeys(clean(source) for source in block.sources))
        return Evidence(self.words(keys), sources)

    def words(self, keys: tuple[str, ...]) -> str:
        """Join keys, or name the list in the annex that has them."""
        if len(keys) <= SHOWN:
            return "; ".join(keys)
        listed = "; ".join(keys)
        if listed not in self.long:
            self.long.append(listed)
        return f"Beleg {self.long.index(listed) + 1}"


def _place(key: str) -> tuple[str, int, str]:
    found = _NUMBERED.match(key)
    return (found[1], int(found[2]), key) if found else (key, -1, key)


def _follows(before: str, key: str) -> bool:
    first, second = _NUMBERED.match(before), _NUMBERED.match(key)
    if not first or not second or first[1] != second[1]:
        return False
    padded = first[2].startswith("0") or second[2].startswith("0")
    if padded and len(before) != len(key):
        return False
    return int(second[2]) == int(first[2]) + 1
