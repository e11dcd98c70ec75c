"""Overlaps in plain German."""

from collections.abc import Mapping, Sequence
from typing import Any

from gelingen.terms.spelling import number
from gelingen.wording.words import amounts, keys_of, listed, named

__all__ = ["say_lead", "say_pair", "say_side_by_side"]

Row = Mapping[str, Any]
Names = Mapping[str, str]


def _cell(row: Row, names: Names) -> str:
    topic, group, place = (named(row[name], names) for name in ("topic", "target_group", "place"))
    return f"{topic}, {group}, {place}"


def say_lead(row: Row, names: Names) -> str:
    """Say of a row of `LeadCells` what is the matter with the lead, in one sentence."""
    holders = keys_of(row["holders"])
    who = listed(holders, names) if holders else ""
    task = named(row["task"], names) if row["task"] else ""
    decides = row["role"] == "decides"
    what = {
        "several": "Mehrere entscheiden zur selben Zeit"
        if decides
        else f"{_count(len(holders))} Federführungen zur selben Zeit",
        "several_tasks": "Mehrere führen im selben Feld verschiedene Aufgaben",
    }
    where = _cell(row, names)
    match row["kind"]:
        case "several" | "several_tasks":
            about = f" für „{task}“" if task else ""
            return f"{what[row['kind']]}{about} ({where}): {who}."
        case "none_task":
            return f"Für „{task}“ hat niemand die Federführung ({where}); anderes führt dort {who}."
        case "none":
            verb = "entscheidet niemand" if decides else "hat niemand die Federführung"
            return f"Hier {verb}: {where}."
        case _:
            return f"Wer hier die Federführung hat, ist nicht erhoben: {where}."


def _count(number_of: int) -> str:
    return {2: "Zwei", 3: "Drei", 4: "Vier", 5: "Fünf"}.get(number_of, number(number_of))


CONTACT = {
    "same_organisation": "beide gehören zum selben Träger",
    "in_touch": "die Träger arbeiten zusammen",
    "not_in_touch": "die Träger arbeiten nicht zusammen",
    "not_known": "ob die Träger zusammenarbeiten, ist nicht erhoben",
}


def say_pair(row: Row, names: Names) -> str:
    """Say of a row of `Pairs` what both do alike and whether both are needed."""
    a, b = (
        f"{named(row[key], names)} ({named(row[f'organisation_{key}'], names)})" for key in "ab"
    )
    topics, groups, places = (
        listed(keys_of(row[name]), names) for name in ("topics", "target_groups", "places")
    )
    alike = "dasselbe" if row["score"] >= 1 else "weitgehend dasselbe"
    verdict = {
        "duplicate": f"zusammen bieten sie {_excess(row)} mehr, als gebraucht werden",
        "possible": f"zusammen bieten sie vielleicht {_excess(row)} mehr, als gebraucht werden",
        "needed": "beide werden gebraucht",
        "not_known": "ob beide gebraucht werden, ist ohne Mengen nicht zu sagen",
    }[row["verdict"]]
    where = f"{topics}; {groups}; {places}"
    return f"{a} und {b} tun {alike} ({where}): {verdict}; {CONTACT[row['contact']]}."


def _excess(row: Row) -> str:
    """Say how much more than needed there is; what may be nothing is told by its most."""
    low, mid, high = row["excess_low"], row["excess"], row["excess_high"]
    if mid is None or (low is not None and low > 0):
        return f"{amounts(low, high)} {row['measure']}"
    most = f"etwa {amounts(mid, mid)}" if high is None else f"bis zu {amounts(high, high)}"
    return f"{most} {row['measure']}"


FUNCTIONS = {
    "decides": "entscheiden",
    "steers": "steuern",
    "advises": "beraten",
    "delivers": "erbringen Leistungen",
    "funds": "finanzieren",
    "networks": "vernetzen",
}


def say_side_by_side(row: Row, structures: Sequence[str], names: Names) -> str:
    """Say of structures in one field that they do the same, as far as is known.

    Args:
        row: a row of `Pairs` of the field.
        structures: keys of all structures in it.
        names: German names by key.

    """
    topics, groups = (listed(keys_of(row[name]), names) for name in ("topics", "target_groups"))
    return (
        f"{number(len(structures))} Strukturen {FUNCTIONS[row['function']]} nebeneinander "
        f"({topics}; {groups}): {listed(structures, names)}. Ob alle gebraucht werden, ist ohne "
        "Mengen nicht zu sagen."
    )
