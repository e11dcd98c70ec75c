"""One cell of a table of statistics: a value, a sign that stands for one, or nothing.

Signs after the explanations that the statistical offices of Germany print beside their tables:
"-" nothing there (exactly zero), "0" less than half of the unit, "." unknown or secret, "/" not
certain enough, "..." told later, "x" makes no sense, "( )" of limited meaning; behind a value or in
a column of its own "p" preliminary, "r" corrected, "s" estimated.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gelingen.workbook.folding import clean, fold
from gelingen.workbook.numbers import NoNumberError, read_quantity
from gelingen.workbook.raw import Raw, means_nothing, shown

__all__ = ["SIGNS", "Decimals", "NoValueError", "Value", "read_value", "scale_of", "sign_note"]

NOTHING_THERE = "In der Quelle „–“: nichts vorhanden, genau 0."
_LIMITED = "Aussagewert eingeschränkt, in der Quelle in Klammern."
_LEFT_OUT = {
    ".": "unbekannt oder geheim zu halten",
    "/": "nicht sicher genug, um veröffentlicht zu werden",
    "...": "steht noch nicht fest",
    "…": "steht noch nicht fest",
    "x": "gesperrt, weil die Aussage nicht sinnvoll ist",
    "X": "gesperrt, weil die Aussage nicht sinnvoll ist",
    "#N/A": "in der Quelle leer",
}
_DASHES = frozenset("-–—")
_REMARKS = {"p": "Vorläufiger Wert.", "r": "Berichtigter Wert.", "s": "Geschätzter Wert."}
SIGNS = frozenset({NOTHING_THERE, _LIMITED, *_REMARKS.values()})
_MARKED = re.compile(r"(?P<number>.*\d)\s*(?P<mark>[prs])", re.IGNORECASE)
_POWERED = re.compile(r"[-+−]?\d+(?:\.\d+)?e[-+]?\d+", re.IGNORECASE)
_NUMERIC = re.compile(r"\D{0,20}[\d.,\s’'–-]*\d\D{0,30}")  # a number or a range with its words
_TOKEN = re.compile(r"\d[\d.,]*\d")
_UNSURE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_ENGLISH = re.compile(r"\d+\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_GERMAN = re.compile(r"\d+,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_SCALES = (
    (re.compile(r"^1\s?000 mill?\.?\s*|^(?:mrd|milliarden?)\.?\s+", re.IGNORECASE), 10**9),
    (re.compile(r"^(?:1\s?000|tsd|tausend)\b\.?\s*", re.IGNORECASE), 10**3),
    (re.compile(r"^t(?=eur$|€$)", re.IGNORECASE), 10**3),
    (re.compile(r"^(?:mio|mill|million(?:en)?)\b\.?\s*", re.IGNORECASE), 10**6),
)
_LARGEST = Decimal(10) ** 14
_PLACES = Decimal("0.0001")


class NoValueError(ValueError):
    """A cell holds no value; the message is a German sentence. `serious` tells mistakes apart."""

    def __init__(self, why: str, *, serious: bool = False) -> None:
        super().__init__(why)
        self.serious = serious


@dataclass(frozen=True, slots=True)
class Value:
    """A value or a range, with what its sign says."""

    low: Decimal
    high: Decimal
    note: str = ""


class Decimals:
    """How a table writes its decimals, found out from all of its cells.

    "85,942" and "85.942" each have two readings. Other cells of the table show which one holds;
    a point that nothing explains groups thousands, as in German. What is left is asked about,
    never guessed: a wrong guess is wrong by the factor 1000.
    """

    def __init__(self, cells: Iterable[Raw]) -> None:
        texts = [cell.strip() for cell in cells if isinstance(cell, str)]
        tokens = [one for text in texts if _NUMERIC.fullmatch(text) for one in _TOKEN.findall(text)]
        unsure = {match[1] for one in tokens if (match := _UNSURE.fullmatch(one))}
        sure = [one for one in tokens if not _UNSURE.fullmatch(one)]
        pointed = any(_ENGLISH.fullmatch(one) for one in sure)
        comma = any(_GERMAN.fullmatch(one) for one in sure)
        self.english = pointed and not comma
        unexplained = not pointed and not comma and "," in unsure
        self.unclear = frozenset(unsure) if unexplained or (pointed and comma) else frozenset()

    def german(self, text: str) -> str:
        """Write the numbers of a text as German has them: no thousands, a comma for decimals.

        Raises:
            NoValueError: a number has two readings, and the table does not say which one holds.

        """
        return _TOKEN.sub(lambda found: self._german(found[0]), text)

    def _german(self, token: str) -> str:
        unsure = _UNSURE.fullmatch(token)
        if unsure and unsure[1] in self.unclear:
            digits = token.replace(unsure[1], "")
            raise NoValueError(
                f"„{token}“ ist nicht eindeutig: Das Zeichen kann Tausender oder Nachkommastellen "
                "abtrennen, und die übrigen Zahlen der Tabelle zeigen nicht, was gilt. Bitte "
                f"{digits} oder {token[: -len(unsure[1]) - 3]},{token[-3:]}0 schreiben.",
                serious=True,
            )
        if self.english and _ENGLISH.fullmatch(token):
            return token.replace(",", "").replace(".", ",")
        return token.replace(",", "") if self.english and unsure else token


def read_value(raw: Raw, decimals: Decimals, *, official: bool) -> Value:
    """Read one cell.

    Args:
        raw: as the file holds it; never empty.
        decimals: how its table writes numbers.
        official: whether the signs of official statistics hold; in other lists "-" says nothing.

    Raises:
        NoValueError: the cell holds none; the message says why.

    """
    if isinstance(raw, bool):
        raise NoValueError("Hier wird eine Zahl gebraucht.", serious=True)
    if isinstance(raw, int | float):
        number = Decimal(repr(raw))
        return _checked(Value(number, number))
    text = clean(shown(raw))
    if official and text in _DASHES:
        return Value(Decimal(0), Decimal(0), NOTHING_THERE)
    if text in _LEFT_OUT:
        raise NoValueError(f"Zeichen „{text}“: {_LEFT_OUT[text]}.")
    if means_nothing(text) or text in _DASHES or fold(text) in {"na", "nan", "null"}:
        raise NoValueError("Kein Wert angegeben.")
    if text.startswith("(") and text.endswith(")"):
        return _noted(read_value(text[1:-1] or ".", decimals, official=official), _LIMITED)
    marked = _MARKED.fullmatch(text)
    if official and marked:
        inner = read_value(marked["number"], decimals, official=official)
        return _noted(inner, _REMARKS[marked["mark"].lower()])
    return _checked(_number(text, decimals))


def _number(text: str, decimals: Decimals) -> Value:
    try:
        if _POWERED.fullmatch(text):
            power = Decimal(text.replace("−", "-"))
            return Value(power, power)
        read = read_quantity(decimals.german(text))
    except (NoNumberError, InvalidOperation) as error:
        why = str(error) or f"„{text[:40]}“ ist keine Zahl."
        raise NoValueError(why, serious=True) from None
    if read.low is None or read.high is None:
        raise NoValueError("Ein Wert nach einer Seite offen: bitte eine Spanne.", serious=True)
    return Value(read.low, read.high, "Ungefährer Wert." if read.about else "")


def _checked(value: Value) -> Value:
    if not (value.low.is_finite() and value.high.is_finite()):
        raise NoValueError("Das ist keine endliche Zahl.", serious=True)
    if max(abs(value.low), abs(value.high)) >= _LARGEST:
        raise NoValueError("Die Zahl ist zu groß.", serious=True)
    return value


def _noted(value: Value, note: str) -> Value:
    return Value(value.low, value.high, " ".join(filter(None, (value.note, note))))


def sign_note(sign: str) -> str:
    """Say what a sign of quality in a column of its own means; "" for final values."""
    bare = sign.strip()
    return _LIMITED if bare in {"()", "( )"} else _REMARKS.get(bare.lower(), "")


def scale_of(unit: str) -> tuple[int, str]:
    """Take thousands and millions out of a unit: "Tsd. EUR" is 1000 and "EUR"."""
    bare = clean(unit)
    for pattern, factor in _SCALES:
        if match := pattern.match(bare):
            return factor, bare[match.end() :].strip() or "Anzahl"
    return 1, bare


def scaled(value: Value, factor: int) -> Value:
    """Multiply a value, and keep the four decimals that are stored."""
    return Value(
        (value.low * factor).quantize(_PLACES), (value.high * factor).quantize(_PLACES), value.note
    )
