"""Points in time as tables of statistics write them."""

import datetime as dt
import re
from dataclasses import dataclass

from gelingen.terms.vocabulary import DatePrecision
from gelingen.workbook.dates import NoDateError, read_span
from gelingen.workbook.folding import clean
from gelingen.workbook.raw import Raw, shown

__all__ = ["Moment", "day_in", "moment"]

_SCHOOL_YEAR = re.compile(r"(?P<year>\d{4})\s*/\s*(?:\d{2}|\d{4})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2}\.\s?\d{1,2}\.\s?\d{4})\b")
_AMONG_WORDS = re.compile(r"(?:Stichtag:?|Stand:?|Jahr|im Jahr|am)\s+", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_TIMELIKE = re.compile(r"\d{4}(?:\D|$)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or the first one of a month or year; `note` says what it is the first part of."""

    day: dt.date
    precision: DatePrecision
    note: str = ""


def moment(raw: Raw) -> Moment | None:
    """Read "2022", "31.12.2022", "2022-12-31", "20221231", "12/2022", "2022/23"; None if none."""
    if isinstance(raw, dt.datetime):
        return Moment(raw.date(), DatePrecision.DAY)
    if isinstance(raw, dt.date):
        return Moment(raw, DatePrecision.DAY)
    if isinstance(raw, bool | dt.time | dt.timedelta):
        return None
    text = _AMONG_WORDS.sub("", clean(shown(raw)))
    if match := _COMPACT.fullmatch(text):
        text = "-".join(match.groups())
    if not _TIMELIKE.search(text):
        return None
    if match := _SCHOOL_YEAR.fullmatch(text):
        begun = _span(match["year"])
        return begun and Moment(begun.day, begun.precision, f"Schul- oder Berichtsjahr {text}.")
    return _span(text)


def _span(text: str) -> Moment | None:
    try:
        span = read_span(text)
    except NoDateError:
        return None
    return Moment(span.first, span.precision)


def day_in(note: str, year: Moment) -> Moment:
    """Give the day with which a note begins if it lies in the year that a column names."""
    match = _DAY_FIRST.match(note.strip())
    told = match and _span(match["day"])
    if told and year.precision is DatePrecision.YEAR and told.day.year == year.day.year:
        return told
    return year
