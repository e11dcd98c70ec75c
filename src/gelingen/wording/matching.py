"""Why two names may mean one organisation, in plain German."""

from collections.abc import Iterable

from gelingen.wording.words import keys_of

__all__ = ["say_evidence"]

_FOR = {
    "decided": "so entschieden",
    "same_name": "gleicher Name",
    "short_form": "Name nur anders geschrieben oder abgekürzt",
    "slip": "Name gleich bis auf Schreibfehler",
    "initials": "der eine Name sind die Anfangsbuchstaben des anderen",
    "learned": "beide Namen haben auch in anderen Orten dieselbe Nummer oder dasselbe Postfach",
    "same_number": "gleiche Nummer der Einheit",
    "same_phone": "gleiche Telefonnummer",
    "same_mailbox": "gleiches Postfach",
    "same_domain": "Postfächer im selben Haus",
    "same_postcode": "gleiche Postleitzahl, die sonst wenige haben",
    "by_group": "andere Schreibweisen derselben Gruppe passen",
}
_AGAINST = {
    "other_place": "anderer Ort",
    "other_number": "andere Nummer im Namen",
    "other_scope": "für ein anderes Gebiet zuständig, etwa Stadt und Landkreis",
    "other_level": "andere Ebene des Verbands",
    "part_of": "das eine ist ein Dienst des anderen",
    "other_name": "anderer Name",
    "says_more": "ein Name sagt mehr als der andere",
    "scope_missing": "nur ein Name sagt, für welches Gebiet",
    "number_missing": "nur ein Name nennt eine Nummer",
    "place_missing": "ein Ort fehlt",
    "other_legal": "andere Rechtsform",
    "other_phone": "andere Telefonnummer",
    "other_mailbox": "anderes Postfach",
    "other_postcode": "andere Postleitzahl",
    "several_known": "passt auch zu einem anderen bekannten Eintrag",
}


def say_evidence(evidence: str) -> str:
    """Say what speaks for and against a pair, such as "Dagegen: anderer Ort.".

    Args:
        evidence: codes of `Matches` or `PairScores`, with semicolons.

    """
    codes = keys_of(evidence)
    sides = (("Dafür", _said(codes, _FOR)), ("Dagegen", _said(codes, _AGAINST)))
    return " ".join(f"{side}: {', '.join(reasons)}." for side, reasons in sides if reasons)


def _said(codes: Iterable[str], words: dict[str, str]) -> list[str]:
    return [words[code] for code in codes if code in words]
