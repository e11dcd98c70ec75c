"""Dates as people write them, read as spans of days."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from gelingen.terms.vocabulary import DatePrecision
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NoDateError", "Span", "read_span", "span_of_day", "span_of_serial"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CENTURY_TURN = 70  # "1.7.69" is 2069, "1.7.70" is 1970
_MONTHS_A_YEAR = 12
_SERIALS = range(20_000, 110_000)  # days since 1899-12-30: the years 1954 to 2201

_MONTH_NAMES = (
    ("januar", "jaenner"),
    ("februar", "feber"),
    ("maerz", "mrz", "march"),
    ("april",),
    ("mai", "may"),
    ("juni",),
    ("juli",),
    ("august",),
    ("september", "sept"),
    ("oktober", "october"),
    ("november",),
    ("dezember", "december"),
)
_SHORTEST_MONTH = 3
_LONGEST = 100  # no date is longer; a pasted page must not cost time
_PART = r"(?:(?P<part>anfang|mitte|ende)\s+(?:des\s+jahres\s+)?)?"
_VAGUE = re.compile(
    r"^(?:ca\.?|circa|zirka|etwa|ungefähr|um|voraussichtlich|vorauss\.|vsl\.|spätestens|frühestens)"
    r"\s+",
    re.IGNORECASE,
)


class NoDateError(ValueError):
    """A text is no date; the message is the German sentence that says why, or empty."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days a text stands for, [first, after).

    Attributes:
        first: first day.
        after: the day after the last.
        precision: how exact the text is.
        vague_first: whether the first day is a guess.
        vague_after: whether the last day is a guess.

    """

    first: date
    after: date
    precision: DatePrecision
    vague_first: bool = False
    vague_after: bool = False


def span_of_day(day: date) -> Span:
    """Make the span of one day; raises NoDateError outside the years 1900 to 2199."""
    _check_year(day.year)
    return Span(day, day + timedelta(days=1), DatePrecision.DAY)


def span_of_serial(number: float) -> Span:
    """Read a number in a date column: a year, or a day as spreadsheets count them."""
    if number == int(number) and _FIRST_YEAR <= number <= _LAST_YEAR:
        return _year(int(number))
    if number == int(number) and int(number) in _SERIALS:
        day = span_of_day(date(1899, 12, 30) + timedelta(days=int(number)))
        return replace(day, vague_first=True, vague_after=True)
    raise NoDateError("")


def read_span(text: str) -> Span:
    """Read a date in one of the spellings of county lists.

    Args:
        text: one line without the words "bis", "ab", "seit".

    Returns:
        The span of days; "7/2019" is July 2019, "Ende 2019" the last month of 2019,
        "Mitte 2018" the empty span between June and July.

    Raises:
        NoDateError: if it is no date, or none that exists.

    """
    bare = _VAGUE.sub("", text) if len(text) <= _LONGEST else ""
    for pattern, reader in _SPELLINGS:
        match = pattern.fullmatch(bare)
        if match:
            span = reader(match)
            if bare != text:
                return replace(span, vague_first=True, vague_after=True)
            return span
    if re.search(r"\d{4}\s*(?:[-–/]|bis)\s*\d{2,4}", bare):
        message = "Bitte nur einen Zeitpunkt je Zelle: Beginn und Ende haben eigene Spalten."
        raise NoDateError(message)
    raise NoDateError("")


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        message = f"Das Jahr {year} liegt nicht zwischen {_FIRST_YEAR} und {_LAST_YEAR}."
        raise NoDateError(message)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - a year of two digits
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _year(year: int) -> Span:
    _check_year(year)
    return Span(date(year, 1, 1), date(year + 1, 1, 1), DatePrecision.YEAR)


def _months(year: int, month: int, count: int = 1) -> Span:
    _check_year(year)
    if not 1 <= month <= _MONTHS_A_YEAR:
        message = f"Einen Monat {month} gibt es nicht. Richtig ist zum Beispiel 7/2019."
        raise NoDateError(message)
    last = month - 1 + count
    after = date(year + last // _MONTHS_A_YEAR, last % _MONTHS_A_YEAR + 1, 1)
    return Span(date(year, month, 1), after, DatePrecision.MONTH)


def _day(year: int, month: int, day: int) -> Span:
    _check_year(year)
    try:
        return span_of_day(date(year, month, day))
    except ValueError:
        message = f"Den {day:02}.{month:02}.{year} gibt es nicht."
        raise NoDateError(message) from None


def _part_of(part: str, whole: Span) -> Span:
    """Narrow a year or a month to its beginning, middle or end; the other side is a guess."""
    if whole.precision is DatePrecision.YEAR:
        year = whole.first.year
        early, middle, late = date(year, 2, 1), date(year, 7, 1), date(year, 12, 1)
    else:
        early, middle, late = (whole.first.replace(day=day) for day in (11, 16, 21))
    if part == "anfang":
        return replace(whole, after=early, vague_after=True)
    if part == "ende":
        return replace(whole, first=late, vague_first=True)
    return replace(whole, first=middle, after=middle, vague_first=True, vague_after=True)


def _month_number(name: str) -> int:
    folded = fold(name)
    for number, names in enumerate(_MONTH_NAMES, start=1):
        if len(folded) >= _SHORTEST_MONTH and any(full.startswith(folded) for full in names):
            return number
    message = f"„{name}“ ist kein Monat. Richtig ist zum Beispiel Juli 2019 oder 7/2019."
    raise NoDateError(message)


def _read_year(match: re.Match[str]) -> Span:
    whole = _year(int(match["year"]))
    part = match["part"]
    return _part_of(part.lower(), whole) if part else whole


def _read_named(match: re.Match[str]) -> Span:
    year, month = _full_year(match["year"]), _month_number(match["month"])
    part = match["part"]
    return _part_of(part.lower(), _months(year, month)) if part else _months(year, month)


def _read_named_day(match: re.Match[str]) -> Span:
    return _day(_full_year(match["year"]), _month_number(match["month"]), int(match["day"]))


def _read_day(match: re.Match[str]) -> Span:
    return _day(_full_year(match["year"]), int(match["month"]), int(match["day"]))


def _read_slashes(match: re.Match[str]) -> Span:
    day, month = int(match["day"]), int(match["month"])
    if day <= _MONTHS_A_YEAR and month != day:
        message = "Tag und Monat sind nicht zu unterscheiden. Bitte so schreiben: 01.07.2019."
        raise NoDateError(message)
    if month > _MONTHS_A_YEAR:
        day, month = month, day
    return _day(int(match["year"]), month, day)


def _read_month(match: re.Match[str]) -> Span:
    part = match["part"]
    whole = _months(int(match["year"]), int(match["month"]))
    return _part_of(part.lower(), whole) if part else whole


def _read_piece(match: re.Match[str], months: int) -> Span:
    number = int(match["number"] or match["other"])
    if not 1 <= number <= _MONTHS_A_YEAR // months:
        raise NoDateError("")
    return _months(int(match["year"]), (number - 1) * months + 1, months)


def _spelling(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SPELLINGS: "tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...]" = (
    (_spelling(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4}|\d{2})"), _read_day),
    (
        _spelling(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T]00:00(?::00)?)?"),
        _read_day,
    ),
    (
        _spelling(rf"{_PART}(?:im\s+)?(?:(?:des\s+)?jahr(?:es)?\s+)?(?P<year>\d{{4}})"),
        _read_year,
    ),
    (_spelling(rf"{_PART}(?P<month>\d{{1,2}})\s*[./-]\s*(?P<year>\d{{4}})"), _read_month),
    (_spelling(r"(?P<part>)(?P<year>\d{4})-(?P<month>\d{1,2})"), _read_month),
    (
        _spelling(r"(?:Q(?P<number>\d)|(?P<other>\d)\.\s*Quartal)[\s/]*(?P<year>\d{4})"),
        partial(_read_piece, months=3),
    ),
    (
        _spelling(r"(?:H(?P<number>\d)|(?P<other>\d)\.\s*(?:Halbjahr|Hj\.?))[\s/]*(?P<year>\d{4})"),
        partial(_read_piece, months=6),
    ),
    (
        _spelling(r"(?P<day>\d{1,2})\.\s*(?P<month>[a-zäöü]+)\.?\s*(?P<year>\d{4}|\d{2})"),
        _read_named_day,
    ),
    (_spelling(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"), _read_slashes),
    (_spelling(rf"{_PART}(?P<month>[a-zäöü]+)\.?[\s-]*'?(?P<year>\d{{4}}|\d{{2}})"), _read_named),
)
