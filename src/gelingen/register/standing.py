"""When an entry of the register exists and ends, and how long it counts as confirmed."""

from datetime import date

from django.db.models import Q

from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import EndKind

MONTHS_TRUE = 12  # so long an entry counts as confirmed


def standing(on: date, prefix: str = "") -> Q:
    """Choose what exists on a day; an open beginning or end never stands in the way.

    Args:
        on: the day.
        prefix: the way to the records from those that are filtered, such as "structures__".

    """
    starts, ends = f"{prefix}starts", f"{prefix}ends"
    begun = Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": on})
    return begun & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": on}))


def end_words(ends: date | None, kind: str) -> str:
    """Say by its last day when something ends, or what is known about it."""
    return day(last_day(ends)) if ends else EndKind.of(kind).label


def is_confirmed(last_confirmed: date | None, *, on: date) -> bool:
    """Whether somebody said within the last twelve months that an entry is true."""
    if last_confirmed is None:
        return False
    months = (on.year - last_confirmed.year) * 12 + on.month - last_confirmed.month
    return months < MONTHS_TRUE or (months == MONTHS_TRUE and on.day < last_confirmed.day)
