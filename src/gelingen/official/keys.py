"""Official keys as tables write them, and which territory a key without a match may mean."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from gelingen.workbook.folding import clean, fold
from gelingen.workbook.raw import Raw, official_key, shown

__all__ = ["closest_place", "is_key", "place_key"]

_KEY = re.compile(r"\d{2}|\d{3}|\d{5}|\d{8}|\d{9}|\d{12}")
_ARS, _AGS, _COUNTY = 12, 8, 5
_LIKELY = 90  # rapidfuzz score from which a name is the same place
_STATUS = frozenset(
    {"st", "stadt", "gkst", "m", "markt", "lk", "kreis", "landkreis", "kreisfreie", "krfr",
     "landeshauptstadt", "hansestadt", "universitaetsstadt", "gemeinde"}
)  # fmt: skip
_COUNTIES = frozenset({"lk", "kreis", "landkreis"})
_TOWNS = frozenset({"st", "stadt", "gkst", "kreisfreie", "krfr", "landeshauptstadt", "hansestadt"})
_LAST_STATE = 16
_YEAR = re.compile(r"(?:19|20)\d\d")


def place_key(raw: Raw) -> str:
    """Write a key as our territories have it; other texts stay as they are.

    The twelve digits of the Regionalschlüssel are shortened to what they name: state, district,
    county, or the eight digits of a municipality.
    """
    text = clean(shown(raw))
    key = official_key(text)
    if not key.isdigit():
        return text
    if len(key) == _ARS:
        return _shortened(key)
    return key


def _shortened(key: str) -> str:
    if not key[_COUNTY:].strip("0"):
        county = key[:_COUNTY]
        return county if county[3:] != "00" else county[:3] if county[2] != "0" else county[:2]
    municipality = key[9:]
    return key[:_COUNTY] + municipality if municipality != "000" else key[:9]


def is_key(raw: Raw) -> bool:
    """Tell whether a cell may be an official key: never a year, never a small number."""
    if _YEAR.fullmatch(clean(shown(raw))):
        return False
    text = place_key(raw)
    return bool(_KEY.fullmatch(text)) and int(text[:2]) <= _LAST_STATE


def closest_place(key: str, name: str, known: Mapping[str, str]) -> str:
    """Name the territory that an unknown key probably means; "" if none is, or more than one.

    A county-free city stands in some tables as county (five digits), in others as municipality
    (eight). Beyond that, two keys are two places, however alike their names are: many a city lies
    in the middle of the county of its name. Only where a table has no key the name decides.

    Args:
        key: as the table has it; "" if it has none.
        name: of the territory in the table.
        known: names of our territories by key.

    """
    for twin in (f"{key}000", key.removesuffix("000")):
        if twin != key and twin in known and len(twin) in (_COUNTY, _AGS):
            return twin
    return "" if key.isdigit() else _named(name, known)


def _named(name: str, known: Mapping[str, str]) -> str:
    """Find the only territory of a name; "" if there is none, or if several may be meant."""
    status = _status(name)
    possible = {
        key: _bare(label)
        for key, label in known.items()
        if not status or _status(label) in {"", status}
    }
    found = process.extract(
        _bare(name), possible, scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=None
    )
    likely = [one for one in found if one[0] == _bare(name)] or found
    return str(likely[0][2]) if len(likely) == 1 else ""


def _status(name: str) -> str:
    """Tell whether a name says that it is a county or a town; "" if it says neither."""
    words = set(fold(name).split())
    return "county" if words & _COUNTIES else "town" if words & _TOWNS else ""


def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _STATUS)
