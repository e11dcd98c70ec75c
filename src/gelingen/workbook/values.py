"""One cell read as its column's kind: a value, or a sentence that says what would be right."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from gelingen.terms.vocabulary import DatePrecision, EndKind, Vocabulary
from gelingen.workbook.dates import NoDateError, Span, read_span, span_of_day, span_of_serial
from gelingen.workbook.declare import Column, Kind
from gelingen.workbook.folding import clean, clean_lines, fold
from gelingen.workbook.numbers import NoNumberError, Quantity, read_quantity
from gelingen.workbook.raw import NOTHING, Raw, german_number, means_nothing, official_key, shown

__all__ = ["Reading", "empty_values", "read_cell"]

_LIKELY = 70  # rapidfuzz score from which a word is suggested
_SHOWN_CHOICES = 12
_FULL = Decimal(100)

_YES = frozenset({"ja", "j", "yes", "y", "x", "wahr", "true", "1", "ok", "vorhanden"})
_NO = frozenset({"nein", "n", "no", "falsch", "false", "0", "nicht vorhanden", "kein", "keine"})
_TICKS, _CROSSES = frozenset("✓✔☑√●•"), frozenset("✗✘☐❌")
_UNLIMITED = frozenset({"unbefristet", "dauerhaft", "auf dauer", "unbegrenzt", "ohne ende"})
_FURTHER_NOTICE = frozenset({"bis auf weiteres", "b a w", "baw", "bis a w"})
_RUNNING = frozenset({"laufend", "fortlaufend", "offen", "laeuft", "laeuft weiter"})
_ERRORS = re.compile(
    r"#(?:REF!|BEZUG!|N/A|NV|VALUE!|WERT!|DIV/0!|NAME\?|NULL!|NUM!|ZAHL!)", re.IGNORECASE
)
_START_WORDS = re.compile(r"^(?:ab dem|ab|seit dem|seit|vom|von|am|im|zum)\s+", re.IGNORECASE)
_END_WORDS = re.compile(
    r"^(?:bis\s+einschl(?:ießlich|\.)?|bis\s+zum|bis|zum|am|endet)\s+", re.IGNORECASE
)
_DAY_WORDS = re.compile(r"^(?:am|im|vom|seit|stand:?|ab)\s+", re.IGNORECASE)

_DATE_SPELLINGS = "Bitte so schreiben: 01.07.2019, 7/2019 oder 2019"


class Reading(NamedTuple):
    """What a cell yields.

    Attributes:
        values: one value per field of the column, see Column.fields.
        remedy: German sentence if something is wrong or doubtful, else empty.
        serious: whether the remedy stops an import.

    """

    values: tuple[object, ...]
    remedy: str = ""
    serious: bool = False


class _WrongValueError(ValueError):
    """The cell cannot be read; the message is the remedy."""


def empty_values(column: Column) -> tuple[object, ...]:
    """Give the values of an empty cell, one per field of the column."""
    return _EMPTY.get(column.kind, (None,) * len(column.fields))


def read_cell(column: Column, raw: Raw, *, official: bool = False) -> Reading:
    """Read one cell.

    Args:
        column: what the cell should hold.
        raw: as the file holds it; "" if empty.
        official: whether keys of this sheet are official keys.

    Returns:
        The values with a hint, if any; or the values of an empty cell with a serious remedy. For
        REFERENCE and REFERENCES the values are the text as written, to be resolved later.

    """
    if isinstance(raw, str) and not raw.strip(" \t\r\n\xa0"):
        return Reading(empty_values(column))
    if isinstance(raw, str) and raw.startswith("#") and _ERRORS.fullmatch(raw.strip()):
        remedy = "Die Formel in dieser Zelle ist fehlerhaft. Bitte den Wert eintragen."
        return Reading(empty_values(column), remedy, serious=True)
    try:
        if column.kind is Kind.KEY:
            return _read_key(raw, official=official)
        return _READERS[column.kind](column, raw)
    except _WrongValueError as error:
        return Reading(empty_values(column), str(error), serious=True)


def _read_key(raw: Raw, *, official: bool) -> Reading:
    text = clean(shown(raw))
    if ";" in text:
        raise _WrongValueError("Eine Kennung darf kein Semikolon enthalten.")
    return Reading((official_key(text) if official else text,))


def _read_text(column: Column, raw: Raw) -> Reading:
    del column
    return Reading((clean(shown(raw)),))


def _read_long_text(column: Column, raw: Raw) -> Reading:
    del column
    return Reading((clean_lines(shown(raw)),))


def _quantity(raw: Raw, example: str) -> Quantity | None:
    """Read a number or a range; None if the cell says that nothing is known."""
    if isinstance(raw, bool):
        message = f"Hier wird eine Zahl gebraucht, zum Beispiel {example}."
        raise _WrongValueError(message)
    if isinstance(raw, int | float):
        number = Decimal(int(raw)) if float(raw).is_integer() else Decimal(repr(raw))
        return Quantity(number, number)
    if not isinstance(raw, str):
        message = (
            f"Hier steht ein Datum oder eine Uhrzeit ({shown(raw)}). Gemeint ist wohl eine Zahl "
            f"oder Spanne; bitte als Text schreiben, zum Beispiel {example}."
        )
        raise _WrongValueError(message)
    text = clean(raw)
    if means_nothing(text):
        return None
    try:
        return read_quantity(text)
    except NoNumberError as error:
        why = str(error) or f"Hier wird eine Zahl gebraucht, zum Beispiel {example}."
        raise _WrongValueError(why) from None


def _one_number(raw: Raw, example: str, units: frozenset[str]) -> tuple[Decimal | None, str]:
    """Read a single number and say what was left out."""
    quantity = _quantity(raw, example)
    if quantity is None:
        return None, ""
    if quantity.low is None or quantity.high is None or quantity.low != quantity.high:
        message = f"Hier wird eine einzelne Zahl gebraucht, zum Beispiel {example}."
        raise _WrongValueError(message)
    if quantity.unit == "%" and "%" not in units:
        message = f"Hier wird kein Anteil in Prozent gebraucht, sondern eine Zahl wie {example}."
        raise _WrongValueError(message)
    return quantity.low, _left_out(quantity, units)


def _left_out(quantity: Quantity, units: frozenset[str]) -> str:
    low = quantity.low if quantity.low is not None else quantity.high
    number = german_number(low) if low is not None else ""
    if quantity.english:
        return f"Als {number} gelesen. Im Deutschen steht vor den Nachkommastellen ein Komma."
    if quantity.unit and fold(quantity.unit) not in units and quantity.unit not in units:
        return f"„{quantity.unit}“ wird nicht übernommen; die Einheit gehört in eine eigene Spalte."
    if quantity.about and quantity.low == quantity.high:
        return f"Als {number} gelesen. Eine ungefähre Zahl lässt sich als Spanne angeben."
    return ""


_NO_UNITS: frozenset[str] = frozenset()
_PERCENT_UNITS = frozenset({"%", "prozent", "v h"})
_EUR_UNITS = frozenset({"€", "eur", "euro"})


def _read_integer(column: Column, raw: Raw) -> Reading:
    del column
    number, hint = _one_number(raw, "30", _NO_UNITS)
    if number is None:
        return Reading((None,))
    if number != int(number):
        raise _WrongValueError("Hier wird eine ganze Zahl gebraucht, zum Beispiel 30.")
    return Reading((int(number),), hint)


def _read_number(column: Column, raw: Raw) -> Reading:
    del column
    number, hint = _one_number(raw, "1,5", _NO_UNITS)
    return Reading((number,), hint)


def _read_eur(column: Column, raw: Raw) -> Reading:
    del column
    number, hint = _one_number(raw, "1.234,50", _EUR_UNITS)
    return Reading((number,), hint)


def _read_percent(column: Column, raw: Raw) -> Reading:
    del column
    number, hint = _one_number(raw, "10 %", _PERCENT_UNITS)
    if number is not None and not 0 <= number <= _FULL:
        raise _WrongValueError("Ein Anteil liegt zwischen 0 und 100 %.")
    if not isinstance(raw, str) and number is not None and 0 < number < 1:
        hint = (
            f"Als {german_number(number)} % gelesen. Wenn {german_number(number * 100)} % gemeint "
            "sind, bitte diese Zahl eintragen."
        )
    return Reading((number,), hint)


def _read_range(column: Column, raw: Raw) -> Reading:
    del column
    quantity = _quantity(raw, "120 oder 4000–6000")
    if quantity is None:
        return Reading((None, None))
    return Reading((quantity.low, quantity.high), _left_out(quantity, _PERCENT_UNITS | _EUR_UNITS))


def _read_boolean(column: Column, raw: Raw) -> Reading:
    del column
    text = clean(shown(raw))
    folded = fold(text)
    if folded in _YES or text in _TICKS:
        return Reading((True,))
    if folded in _NO or text in _CROSSES or folded in NOTHING:
        return Reading((False,))
    raise _WrongValueError("Hier wird „ja“ oder „nein“ gebraucht.")


def _span(raw: Raw, lead: re.Pattern[str], spellings: str) -> Span:
    try:
        if isinstance(raw, dt.datetime):
            return span_of_day(raw.date())
        if isinstance(raw, dt.date):
            return span_of_day(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return span_of_serial(raw) if float(raw).is_integer() else read_span(repr(raw))
        return read_span(lead.sub("", clean(shown(raw))))
    except NoDateError as error:
        raise _WrongValueError(str(error) or spellings) from None


def _guess(day: dt.date, *, vague: bool) -> str:
    if not vague:
        return ""
    return f"Als {day:%d.%m.%Y} gelesen. Wenn der Tag bekannt ist, bitte eintragen."


def _says_nothing(raw: Raw) -> bool:
    return isinstance(raw, str) and means_nothing(raw)


def _read_first_day(column: Column, raw: Raw) -> Reading:
    del column
    if _says_nothing(raw):
        return Reading((None,))
    span = _span(raw, _START_WORDS, f"{_DATE_SPELLINGS}.")
    return Reading((span.first,), _guess(span.first, vague=span.vague_first))


def _end(raw: Raw, spellings: str) -> tuple[dt.date, str]:
    span = _span(raw, _END_WORDS, spellings)
    last = span.after - dt.timedelta(days=1)
    return span.after, _guess(last, vague=span.vague_after)


def _read_last_day(column: Column, raw: Raw) -> Reading:
    del column
    if _says_nothing(raw):
        return Reading((None,))
    if isinstance(raw, str) and fold(raw) in _UNLIMITED | _FURTHER_NOTICE | _RUNNING:
        return Reading((None,), "Als „ohne Ende“ gelesen. Dafür bleibt die Zelle leer.")
    after, hint = _end(raw, f"{_DATE_SPELLINGS}.")
    return Reading((after,), hint)


def _read_open_end(column: Column, raw: Raw) -> Reading:
    del column
    folded = fold(raw) if isinstance(raw, str) else None
    if folded in NOTHING:
        return Reading((None, EndKind.UNKNOWN))
    if folded in _UNLIMITED:
        return Reading((None, EndKind.UNLIMITED))
    if folded in _FURTHER_NOTICE:
        return Reading((None, EndKind.FURTHER_NOTICE))
    if folded in _RUNNING:
        hint = "Als „bis auf Weiteres“ gelesen. Wenn ein Ende bekannt ist, bitte eintragen."
        return Reading((None, EndKind.FURTHER_NOTICE), hint)
    after, hint = _end(raw, f"{_DATE_SPELLINGS}, „unbefristet“ oder „bis auf Weiteres“.")
    return Reading((after, EndKind.STATED), hint)


def _read_partial_date(column: Column, raw: Raw) -> Reading:
    del column
    if _says_nothing(raw):
        return Reading((None, ""))
    span = _span(raw, _DAY_WORDS, f"{_DATE_SPELLINGS}.")
    first = span.first
    if span.precision is DatePrecision.YEAR:
        first = first.replace(month=1, day=1)
    elif span.precision is DatePrecision.MONTH:
        first = first.replace(day=1)
    exact = not span.vague_first and not span.vague_after
    known = {DatePrecision.YEAR: f"{first:%Y}", DatePrecision.MONTH: f"{first:%m/%Y}"}
    read = known.get(span.precision, f"{first:%d.%m.%Y}")
    return Reading((first, span.precision), "" if exact else f"Als {read} gelesen.")


@cache
def _words(
    choices: type[Vocabulary], synonyms: tuple[tuple[str, str], ...]
) -> Mapping[str, Vocabulary]:
    """Folded words of a closed list and what they stand for; labels win over synonyms."""
    members = {member.value: member for member in choices}
    words = {fold(word): members[code] for word, code in synonyms}
    words |= {fold(member.value): member for member in choices}
    return words | {fold(member.label): member for member in choices}


def _read_choice(column: Column, raw: Raw) -> Reading:
    choices = column.choices
    if choices is None:
        message = f"column {column.name} has no closed list"
        raise TypeError(message)
    text = clean(shown(raw))
    words = _words(choices, column.choice_synonyms)
    member = words.get(fold(text))
    if member is not None:
        return Reading((member,))
    if means_nothing(text):
        return Reading(("",))
    likely = _likely_choice(fold(text), words)
    if likely:
        message = f"Meinten Sie „{likely.label}“?"
        raise _WrongValueError(message)
    labels = [member.label for member in choices]
    allowed = ", ".join(labels[:_SHOWN_CHOICES])
    more = " und weitere" if len(labels) > _SHOWN_CHOICES else ""
    message = f"Erlaubt sind: {allowed}{more}."
    raise _WrongValueError(message)


def _likely_choice(folded: str, words: Mapping[str, Vocabulary]) -> Vocabulary | None:
    """Choose the entry that shares a whole word ("Schule" of "Schule/Kita"), else a similar one."""
    wanted = set(folded.split())
    sharing = [entry for word, entry in words.items() if wanted & set(word.split())]
    if sharing and len(set(sharing)) == 1:
        return sharing[0]
    best = process.extractOne(folded, words.keys(), scorer=fuzz.ratio, score_cutoff=_LIKELY)
    return words[best[0]] if best else None


_EMPTY: dict[Kind, tuple[object, ...]] = {
    Kind.KEY: ("",),
    Kind.TEXT: ("",),
    Kind.LONG_TEXT: ("",),
    Kind.BOOLEAN: (False,),
    Kind.OPEN_END: (None, EndKind.UNKNOWN),
    Kind.PARTIAL_DATE: (None, ""),
    Kind.CHOICE: ("",),
    Kind.REFERENCES: ((),),
}

_READERS: dict[Kind, Callable[[Column, Raw], Reading]] = {
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_long_text,
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.RANGE: _read_range,
    Kind.PERCENT: _read_percent,
    Kind.EUR: _read_eur,
    Kind.BOOLEAN: _read_boolean,
    Kind.FIRST_DAY: _read_first_day,
    Kind.LAST_DAY: _read_last_day,
    Kind.OPEN_END: _read_open_end,
    Kind.PARTIAL_DATE: _read_partial_date,
    Kind.CHOICE: _read_choice,
    Kind.REFERENCE: _read_text,
    Kind.REFERENCES: _read_long_text,
}
