"""Continuity in plain German."""

from collections.abc import Mapping
from typing import Any

from gelingen.terms.spelling import day, number
from gelingen.wording.words import counted, day_before, keys_of, listed, named

__all__ = ["say_loss", "say_outlook"]

Row = Mapping[str, Any]
Names = Mapping[str, str]
SCENARIOS = {
    "secured": "Mit bewilligtem Geld",
    "expected": "Mit bewilligtem Geld und Anträgen nach ihrer Aussicht",
    "optimistic": "Mit allem beantragten und geplanten Geld",
}


def _amounts(row: Row) -> str:
    """Give what falls away, as far as it is known."""
    parts = []
    if row["fte"]:
        parts.append(f"{number(row['fte'], 2)} VZÄ")
    if row["eur_per_year"]:
        parts.append(f"{number(row['eur_per_year'])} EUR im Jahr")
    if row.get("capacity") and row.get("measure"):
        parts.append(f"{number(row['capacity'])} {row['measure']}")
    return f"{', '.join(parts[:-1])} und {parts[-1]}" if len(parts) > 1 else "".join(parts)


def say_loss(row: Row, names: Names) -> str:
    """Say of a row of `Cliff` what ends when, what falls away and whom it hits, in one sentence."""
    who, last = named(row["structure"], names), day_before(row["day"])
    what = {
        "ends": f"Am {last} endet {who}",
        "money_ends": f"Am {last} endet das Geld für {who}",
        "reduced": f"Am {last} endet ein Teil des Geldes für {who}",
    }[row["kind"]]
    amounts = _amounts(row)
    lost = f"es fallen {amounts} weg" if amounts else "wie viel wegfällt, ist nicht angegeben"
    places = keys_of(row["places"])
    hit = f", betroffen {_are(len(places))} {listed(places, names)}" if places else ""
    bare = f"; {_nobody(row['bare'])}" if row["bare"] else ""
    back = f"; ab {day(row['resumes'])} geht es weiter" if row["resumes"] else ""
    return f"{what}: {lost}{hit}{bare}{back}."


def _are(count: int) -> str:
    return "ist" if count == 1 else "sind"


def _nobody(bare: int) -> str:
    fields = counted(bare, "Feld", "Feldern")
    return f"in {fields} aus Thema, Zielgruppe und Ort bleibt danach kein anderes Angebot"


def say_outlook(row: Row) -> str:
    """Say of a row of `Outlook` what stands on a day under one assumption about money."""
    stands = counted(row["structures"], "Struktur", "Strukturen")
    verb = "steht" if row["structures"] == 1 else "stehen"
    return (
        f"{SCENARIOS[row['scenario']]} {verb} am {day(row['day'])} {stands} mit "
        f"{number(row['fte'], 2)} VZÄ und {number(row['eur_per_year'])} EUR im Jahr, soweit "
        f"angegeben; bei {row['unknown']} ist die Finanzierung nicht bekannt."
    )
