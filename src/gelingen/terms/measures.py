"""Units of measure: which words count the same thing, so that quantities may be compared."""

from decimal import Decimal

PERSONS = "Personen"
_PERSONS = {"person", "personen", "menschen", "platz", "plätze", "teilnehmende", "teilnehmer"}


def measure_of(unit: str) -> str | None:
    """Name the measure of a unit as people write it; None if no unit is given.

    A place is for one person, so "Plätze" and "Personen" may be compared. Everything else is
    compared with its own word only: "Beratungen im Jahr" never with "Personen".
    """
    word = unit.partition("(")[0].strip().casefold()
    if not word:
        return None
    return PERSONS if word in _PERSONS else unit.partition("(")[0].strip()


def middle(low: Decimal | None, high: Decimal | None) -> float | None:
    """Find the middle of a range, or its one end that is known; None if none is.

    For "mindestens 10" the least value stands for the middle; that it is the least, the ends say.
    """
    known = [value for value in (low, high) if value is not None]
    return float(sum(known) / len(known)) if known else None
