"""Numbers and ranges as people write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from gelingen.workbook.folding import fold

__all__ = ["NoNumberError", "Quantity", "read_quantity"]

_SIGN = r"[-+−]?"
_GROUPED = re.compile(
    rf"{_SIGN}(?!0\.)\d{{1,3}}(?P<mark>[. '’])\d{{3}}(?:(?P=mark)\d{{3}})*(?:,\d+)?"
)
_GERMAN = re.compile(rf"{_SIGN}(?:\d+(?:,\d+)?|,\d+)")
_POINTED = re.compile(rf"{_SIGN}\d+\.\d+")
_ENGLISH = re.compile(rf"{_SIGN}\d{{1,3}}(?:(?:,\d{{3}})+\.\d+|(?:,\d{{3}}){{2,}})")

_ABOUT = r"(?P<about>(?:(?:ca\.?|circa|zirka|rund|rd\.|etwa|ungefähr|gut|knapp|fast|~|≈)\s*)*)"
_LEAST = r"über|mehr als|mindestens|mind\.?|min\.|ab|>=|≥|>"
_MOST = r"bis zu|bis|höchstens|maximal|max\.?|unter|weniger als|<=|≤|<"
_FIGURE = r"[-+−]?(?:\d[\d.,'’ ]*\d|\d|,\d+)"
_NEAR = _ABOUT.replace("about", "near")
_TO = r"\s*[%€]?\s*(?:-|–|—|bis|und|\.\.\.|…)\s*"
_QUANTITY = re.compile(
    rf"{_ABOUT}(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|zwischen)?\s*{_NEAR}"
    rf"(?P<low>{_FIGURE})(?:{_TO}(?P<high>{_FIGURE}))?\s*(?P<tail>[^\d]*)",
    re.IGNORECASE,
)
_LONGEST = 100  # no number is longer; a pasted page must not cost time
_SCALES = {"tsd": 1000, "tausend": 1000, "t€": 1000, "teur": 1000, "k€": 1000}
_SCALES |= {"mio": 1_000_000, "million": 1_000_000, "millionen": 1_000_000}
_NO_CENTS = re.compile(r",\s*[-–—]+|\.[-–—]+")


class NoNumberError(ValueError):
    """A text is no number; the message is the German sentence that says why, or empty."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range.

    Attributes:
        low: lower bound, None if only an upper one is given.
        high: upper bound, None if only a lower one is given.
        about: whether words like "ca." stand before it.
        unit: what stands behind it, without scale words such as "Tsd.".
        english: whether it was written with a point before the decimals and commas.

    """

    low: Decimal | None
    high: Decimal | None
    about: bool = False
    unit: str = ""
    english: bool = False


def read_quantity(text: str) -> Quantity:
    """Read "ca. 4000–6000", "10-15 %", "über 120", "bis zu 110", "1.234,50 €", "5 Tsd.".

    Raises:
        NoNumberError: if it is neither a number nor a range.

    """
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    if not match:
        raise NoNumberError("")
    low, english = _decimal(match["low"])
    scale, unit = _scale_and_unit(match["tail"])
    high = low
    if match["high"]:
        high, also_english = _decimal(match["high"])
        english = english or also_english
        if high < low:
            raise NoNumberError("Bei einer Spanne steht die kleinere Zahl zuerst: 4000–6000.")
    about = bool(match["about"].strip() or match["near"].strip())
    only_least = bool(match["least"]) or unit == "+"
    return Quantity(
        low=None if match["most"] and not match["high"] else low * scale,
        high=None if only_least and not match["high"] else high * scale,
        about=about,
        unit="" if unit == "+" else unit,
        english=english,
    )


def _decimal(text: str) -> tuple[Decimal, bool]:
    bare = text.replace("−", "-").strip()
    if grouped := _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(grouped["mark"], "").replace(",", ".")), False
    if _GERMAN.fullmatch(bare):
        return Decimal(bare.replace(",", ".")), False
    if _POINTED.fullmatch(bare):
        return Decimal(bare), False
    if _ENGLISH.fullmatch(bare):
        return Decimal(bare.replace(",", "")), True
    message = f"„{text}“ ist als Zahl nicht eindeutig. Bitte so schreiben: 1.234,50."
    raise NoNumberError(message)


def _scale_and_unit(tail: str) -> tuple[int, str]:
    words = _NO_CENTS.sub(" ", tail).split()
    scale = 1
    if words:
        first = words[0].lower().rstrip(".")
        scale = _SCALES.get(first, _SCALES.get(fold(first), 1))
        if scale != 1:
            words = words[1:]
    return scale, " ".join(words)
