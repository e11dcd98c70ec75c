"""Units of measure: which words count the same thing, so that quantities may be compared."""

_PERSONS = {"person", "personen", "menschen", "platz", "plätze", "teilnehmende", "teilnehmer"}


def measure_of(unit: str) -> str | None:
    """Name the measure of a unit as people write it; None if no unit is given.

    A place is for one person, so "Plätze" and "Personen" may be compared. Everything else is
    compared with its own word only: "Beratungen im Jahr" never with "Personen".
    """
    word = unit.partition("(")[0].strip().casefold()
    if not word:
        return None
    return "Personen" if word in _PERSONS else unit.partition("(")[0].strip()
