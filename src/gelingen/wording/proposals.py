"""Titles that are proposed for measures and goals, from what a finding says."""

from collections.abc import Mapping, Sequence
from typing import Any

from gelingen.terms.vocabulary import FindingKind, GapType
from gelingen.wording.words import keys_of, named

__all__ = ["goal_title", "measure_title"]

Row = Mapping[str, Any]
Names = Mapping[str, str]
_GAPS: Mapping[str, str] = {
    GapType.FUNDING_CLIFF: "weiterführen",
    GapType.ENDING: "sichern",
    GapType.CAPACITY: "ausbauen",
    GapType.ACCESS: "näher bringen",
    GapType.UNKNOWN_FUNDING: "sichern",
}
_TWO = 2


def measure_title(kind: FindingKind, values: Row, evidence: Sequence[str], names: Names) -> str:
    """Propose what a measure against a finding is called.

    Args:
        kind: what sort of finding.
        values: figures and keys of the finding.
        evidence: records behind it as "kind:key", in order.
        names: German names of keys.

    """
    who = [named(record.partition(":")[2], names) for record in evidence if _acts(record)]
    first, two = who[0] if who else "", " und ".join(who[:_TWO])
    return {
        FindingKind.GAP: _against_gap(values, names),
        FindingKind.SYSTEMATIC: f"Gemeinsames Vorgehen: {named(_text(values, 'value'), names)}",
        FindingKind.SEVERAL_LEADS: f"Federführung klären: {_about(values, names)}",
        FindingKind.NO_LEAD: f"Federführung klären: {_about(values, names)}",
        FindingKind.OVERLAP: f"Abstimmung zwischen {two}",
        FindingKind.DUPLICATE: f"Abstimmung zwischen {two}",
        FindingKind.ONE_SIDED: f"Zusammenarbeit klären{two and f': {two}'}",
        FindingKind.ISOLATED: f"Einbindung von {first}",
        FindingKind.BRIDGE: f"Zusammenarbeit auf mehr Stellen stützen als {first}",
        FindingKind.CLIFF: f"Anschlussfinanzierung für {first}",
        FindingKind.CARRYING: f"Grundlage sichern: {named(_text(values, 'measure'), names)}",
    }[kind]


def goal_title(statements: Sequence[str]) -> str:
    """Propose an impact goal that answers needs; people put the change in their own words."""
    first = statements[0].rstrip(".") if statements else ""
    return f"Der Bedarf ist gedeckt: {first}" if first else ""


def _acts(record: str) -> bool:
    return record.startswith(("structure:", "organisation:"))


def _text(values: Row, name: str) -> str:
    return str(values.get(name) or "")


def _against_gap(values: Row, names: Names) -> str:
    what = "Steuerung" if values.get("kind") == "strategic" else "Angebot"
    doing = _GAPS.get(str(values.get("type")), "schaffen")
    return f"{what} {doing}: {_about(values, names)}"


def _about(values: Row, names: Names) -> str:
    parts = [values.get("topic"), values.get("target_group"), values.get("place")]
    keys = [key for part in parts if part for key in keys_of(str(part))[:1]]
    return ", ".join(named(key, names) for key in keys)
