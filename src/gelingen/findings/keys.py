"""The stable keys of findings, as they are stored."""

from collections.abc import Mapping
from hashlib import sha256

LONGEST = 200  # what the column of keys holds
_DIGITS = 16
_ABOUT = 4  # parts of a cell's key that say what it is about


def stored_key(key: str) -> str:
    """Give the key under which a finding is stored.

    The key of an observation names everything it is about and can outgrow the column; then its end
    gives way to a checksum of the whole, so that it stays the same from run to run.
    """
    if len(key) <= LONGEST:
        return key
    digest = sha256(key.encode()).hexdigest()[:_DIGITS]
    return f"{key[: LONGEST - _DIGITS - 1]}~{digest}"


def gap_key(cell: str) -> str:
    """Give the key of the gap in a cell, whose key is topic, group, place, kind and measure.

    The measure is left out: a verdict still holds after somebody has entered the quantity.
    """
    return "gap:" + "|".join(cell.split("|")[:_ABOUT])


def lead_key(row: Mapping[str, object]) -> str:
    """Give the key of a cell with several leads or none, a row of `Leads.cells`."""
    several = row["kind"] in ("several", "several_tasks")
    names = ("role", "topic", "target_group", "place", "task")
    cell = "|".join(str(row[name] or "") for name in names)
    return f"{'several_leads' if several else 'no_lead'}:{row['kind']}:{cell}"


def pair_key(row: Mapping[str, object]) -> str:
    """Give the key under which a pair of structures is told, a row of `Overlaps.pairs`.

    Pairs of whose quantities nothing is known are told together by field.
    """
    names = ("function", "topics", "target_groups") if row["verdict"] == "not_known" else ("a", "b")
    return "overlap:" + "|".join(str(row[name]) for name in names)
