"""Seats shared out, in plain German: who has them, and where a lot has to decide."""

from collections.abc import Mapping

from gelingen.analysis.apportionment import Apportionment
from gelingen.terms.selection import SeatMethod
from gelingen.terms.spelling import number
from gelingen.wording.words import listed

__all__ = ["MEANINGS", "say_open"]

# What each way of sharing out does, in one sentence.
MEANINGS = {
    SeatMethod.SAINTE_LAGUE: "Jeder Sitz geht an die höchste Zahl, wenn die Stimmen durch 0,5; "
    "1,5; 2,5 und so weiter geteilt werden; große und kleine werden gleich behandelt.",
    SeatMethod.DHONDT: "Jeder Sitz geht an die höchste Zahl, wenn die Stimmen durch 1, 2, 3 und so "
    "weiter geteilt werden; im Zweifel haben Große einen Vorteil.",
    SeatMethod.HARE_NIEMEYER: "Alle bekommen den ganzen Teil ihres rechnerischen Anteils, der Rest "
    "geht an die größten Bruchteile.",
}


def say_open(found: Apportionment, names: Mapping[str, str]) -> str:
    """Say which seats the weights leave open, and among whom; nothing if there are none.

    Args:
        found: the seats.
        names: what the parties are called; one without a name is called by its key.

    """
    if not found.open:
        return ""
    seats = "Ein Sitz ist" if found.open == 1 else f"{number(found.open)} Sitze sind"
    who = listed(found.tied, names, most=len(found.tied))
    return (
        f"{seats} nicht entschieden: {who} haben darauf gleich viel Anspruch. "
        "Das Los entscheidet oder was die Satzung für diesen Fall vorsieht."
    )
