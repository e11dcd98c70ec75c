"""What stands in a cell before anybody knows what it means."""

import datetime as dt
import re
from decimal import Decimal

from gelingen.workbook.folding import fold

__all__ = ["NOTHING", "Raw", "german_number", "means_nothing", "official_key", "shown"]

Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

NOTHING = frozenset(
    {"", "k a", "ka", "n n", "nn", "n a", "keine angabe", "keine angaben", "unbekannt"}
    | {"nicht bekannt", "entfaellt"}
)
_OFFICIAL = re.compile(r"(?:(?:AGS|ARS|RS)[:\s]*)?(\d[\d ]*)", re.IGNORECASE)
_LAST_STATE = 16
# Lengths of official keys that have lost their leading zero: district, county, municipality, ARS.
_ROBBED = frozenset({1, 4, 7, 11})


def shown(raw: Raw) -> str:
    """Write a raw cell as people see it: 5.0 is "5", a day "01.07.2019"."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "ja" if raw else "nein"
    if isinstance(raw, int | float):
        number = Decimal(int(raw)) if float(raw).is_integer() else Decimal(repr(raw))
        return german_number(number)
    if isinstance(raw, dt.datetime) and raw.time() == dt.time.min:
        return raw.strftime("%d.%m.%Y")
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw.strftime("%d.%m.%Y")
    return str(raw)


def means_nothing(text: str) -> bool:
    """Tell whether a text says that nothing is known: "-", "?", "k. A.", "unbekannt"."""
    return not text[:1].isdigit() and fold(text) in NOTHING


def official_key(text: str) -> str:
    """Give an official key its leading zero back: "9473112" is "09473112"; else the text."""
    match = _OFFICIAL.fullmatch(text)
    if not match:
        return text
    digits = match[1].replace(" ", "")
    robbed_district = len(digits) == 2 and int(digits) > _LAST_STATE  # noqa: PLR2004 - state keys
    return "0" + digits if len(digits) in _ROBBED or robbed_district else digits


def german_number(number: Decimal) -> str:
    """Write a number without groups and with a comma: 1234.5 is "1234,5"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",")
