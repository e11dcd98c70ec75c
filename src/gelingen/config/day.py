"""The day of the installation: the only place that asks the clock. Interfaces alone use it."""

from datetime import date

from django.conf import settings
from django.utils.timezone import localdate  # noqa: TID251 - the rule points to this module

DAY_FILE = "tag.txt"


def fixed_day() -> date | None:
    """Day on which this installation stands still; None where the clock counts.

    GELINGEN_DAY comes first, then the file `tag.txt` in the installation's folder, which the
    example county writes.

    Raises:
        ValueError: the file holds something else than a day such as 2017-06-01.

    """
    if settings.ENV.day is not None:
        day: date = settings.ENV.day
        return day
    try:
        text = (settings.HOME / DAY_FILE).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    return date.fromisoformat(text.strip())


def today() -> date:
    """Return the fixed day, or else the day of the clock in German time."""
    return fixed_day() or localdate()
