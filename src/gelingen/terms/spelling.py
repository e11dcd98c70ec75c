"""Numbers, money and days as Germans write them, for every text that people read."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from gelingen.terms.vocabulary import DatePrecision

NOT_KNOWN = "nicht bekannt"
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with German signs: 1.234,5; None is "nicht bekannt".

    Halves are rounded away from zero as people do, after the binary value is read as it prints.
    """
    if value is None:
        return NOT_KNOWN
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    swapped = f"{rounded:,f}".translate(str.maketrans(",.", ".,"))
    return swapped.replace("-", "−")


def number_range(low: float | None, high: float | None, digits: int = 0) -> str:
    """Write a range: "4.000 bis 6.000", "mindestens 4.000", "höchstens 6.000"."""
    if low is None and high is None:
        return NOT_KNOWN
    if low is None:
        return f"höchstens {number(high, digits)}"
    if high is None:
        return f"mindestens {number(low, digits)}"
    if number(low, digits) == number(high, digits):
        return number(low, digits)
    return f"{number(low, digits)} bis {number(high, digits)}"


def euro(value: float | None, digits: int = 0) -> str:
    """Write an amount: "1.234 EUR"."""
    return NOT_KNOWN if value is None else f"{number(value, digits)} EUR"


def euro_range(low: float | None, high: float | None) -> str:
    """Write a range of amounts: "4.000 bis 6.000 EUR"."""
    text = number_range(low, high)
    return text if text == NOT_KNOWN else f"{text} EUR"


def percent(share: float | None, digits: int = 0) -> str:
    """Write a share of one as per cent: 0.125 becomes "13 %", with one digit "12,5 %"."""
    return NOT_KNOWN if share is None else f"{number(share * 100, digits)} %"


def day(value: date | None) -> str:
    """Write a day: 31.12.2019."""
    return NOT_KNOWN if value is None else f"{value:%d.%m.}{value.year:04d}"


def rough_day(value: date | None, precision: str) -> str:
    """Write a day as precisely as it is known: "31.12.2016", "Dezember 2016", "2016"."""
    if value is None:
        return NOT_KNOWN
    if precision == DatePrecision.YEAR:
        return f"{value.year:04d}"
    if precision == DatePrecision.MONTH:
        return f"{MONTHS[value.month - 1]} {value.year:04d}"
    return day(value)


def rough_end(value: date, precision: str) -> date:
    """Give the last day that may be meant: of a month or a year its last, else the day itself."""
    if precision == DatePrecision.YEAR:
        return value.replace(month=len(MONTHS), day=31)
    if precision == DatePrecision.MONTH:
        return value.replace(day=monthrange(value.year, value.month)[1])
    return value


def iso_day(value: date, precision: str) -> str:
    """Write a day for programs as precisely as it is known: "2016-12-31", "2016-12", "2016"."""
    digits = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}.get(precision, 10)
    return value.isoformat()[:digits]


def read_iso(text: str) -> tuple[date, DatePrecision]:
    """Read what `iso_day` wrote; of a year or a month the first day.

    Raises:
        ValueError: the text is no day, month or year.

    """
    known = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}
    precision = known.get(len(text), DatePrecision.DAY)
    return date.fromisoformat(text + "0000-01-01"[len(text) :]), precision


def last_day(end: date) -> date:
    """Give the last day of a half-open period: the day before its end."""
    return end - timedelta(days=1)


def period(starts: date | None, ends: date | None) -> str:
    """Write a half-open period by its first and last day.

    "01.01.2017 bis 31.12.2019", "ab 01.01.2017", "bis 31.12.2019", or "nicht bekannt" where both
    are open.
    """
    if starts and ends:
        return f"{day(starts)} bis {day(last_day(ends))}"
    if starts:
        return f"ab {day(starts)}"
    return f"bis {day(last_day(ends))}" if ends else NOT_KNOWN
