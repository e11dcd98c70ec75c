"""A hint where something looks like the name of a person: talks tell functions only."""

import re

_TITLED = re.compile(
    r"\b(?:(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.|Dipl\.-\w+\.?)\s+)+(?:(?:von|van|de|zu)\s+)?"
    r"[A-ZÄÖÜ][\w'-]+"
)
_INITIAL = re.compile(r"\b[A-ZÄÖÜ]\.\s?[A-ZÄÖÜ][a-zäöüß-]{2,}\b")
_MAILBOX = re.compile(r"\S+@\S+\.\w+")
_PATTERNS = (_TITLED, _INITIAL, _MAILBOX)


def likely_names(*texts: str) -> list[str]:
    """Find what looks like a name: "Frau Muster", "Herr Dr. Muster", "A. Muster", a mail address.

    Only a hint: a first name and a surname alone look like "Leitung Jugendamt", so they are not
    found, and "Frau Landrätin" is found though it names nobody.
    """
    found = [match[0] for text in texts for one in _PATTERNS for match in one.finditer(text)]
    return list(dict.fromkeys(found))


def hint_of(*texts: str) -> str:
    """Say what looks like a name; "" where nothing does."""
    found = likely_names(*texts)
    if not found:
        return ""
    said = ", ".join(f"„{one}“" for one in found[:3])
    return f"Bitte prüfen, ob hier ein Name steht: {said}. Gespräche nennen nur Funktionen."
