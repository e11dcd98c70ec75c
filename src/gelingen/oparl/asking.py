"""What a program asks a list for: times, a page of so many, with or without what is inside.

read_asked(given) -> Asked
chosen(stamps, asked, since) -> [Stamp]
listed(address, asked, total) -> (pagination, links)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from urllib.parse import urlencode

from gelingen.errors import UserError
from gelingen.history.shown import Stamp

MOST = 100  # objects of a page
_TIMES = ("created_since", "created_until", "modified_since", "modified_until")


class AskedWrongError(UserError):
    """A parameter has a value that it cannot have."""


class NoSuchPageError(UserError):
    """The list has fewer pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks a list for.

    Attributes:
        times: the moments that were given, by name of the parameter.
        limit: how many objects a page has; None: as many as we like.
        page: which page, from 1.
        bare: whether what lies inside of objects is left out.

    """

    times: Mapping[str, datetime] = field(default_factory=dict)
    limit: int | None = None
    page: int = 1
    bare: bool = False

    @property
    def size(self) -> int:
        """How many objects a page has."""
        return MOST if self.limit is None else self.limit

    def query(self, page: int) -> str:
        """Write it as part of an address; the same always in the same way."""
        given: list[tuple[str, str]] = [
            (name, self.times[name].isoformat()) for name in _TIMES if name in self.times
        ]
        if self.limit is not None:
            given.append(("limit", str(self.limit)))
        if self.bare:
            given.append(("omit_internal", "true"))
        if page > 1:
            given.append(("page", str(page)))
        return f"?{urlencode(given)}" if given else ""


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read what is asked for; what is not known is left alone.

    Raises:
        AskedWrongError: a moment without a time zone, or a number that is none.

    """
    times = {name: _moment(name, given[name]) for name in _TIMES if given.get(name)}
    limit = _number("limit", given["limit"]) if given.get("limit") else None
    return Asked(
        times=times,
        limit=None if limit is None else min(limit, MOST),
        page=_number("page", given.get("page") or "1"),
        bare=given.get("omit_internal") in {"true", "1"},
    )


def _moment(name: str, text: str) -> datetime:
    wrong = AskedWrongError(
        f"{name} braucht Tag, Uhrzeit und Zeitzone, zum Beispiel 2017-06-01T00:00:00+02:00."
    )
    try:
        # In an address a "+" that is not encoded is read as a space.
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError as error:
        raise wrong from error
    if found.tzinfo is None:
        raise wrong
    return found


def _number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not int(text):  # noqa: PLR2004  as many pages as nobody has
        raise AskedWrongError(f"{name} braucht eine Zahl ab 1.")
    return int(text)


def chosen(stamps: Iterable[Stamp], asked: Asked, *, since: datetime) -> list[Stamp]:
    """Keep what is asked for, by number.

    What is gone is told only to who asks for changes since a moment, and only if it went after the
    endpoint was opened.

    Args:
        stamps: objects that can or could be seen.
        asked: what is asked for.
        since: when the endpoint was opened.

    """
    found = [one for one in stamps if _fits(one, asked, since)]
    return sorted(found, key=lambda one: one.number)


def _fits(one: Stamp, asked: Asked, since: datetime) -> bool:
    if one.gone and ("modified_since" not in asked.times or one.modified < since):
        return False
    # As they are told: to the second.
    created, modified = (at.replace(microsecond=0) for at in (one.created, one.modified))
    times = asked.times
    return all(
        (
            "created_since" not in times or created >= times["created_since"],
            "created_until" not in times or created <= times["created_until"],
            "modified_since" not in times or modified >= times["modified_since"],
            "modified_until" not in times or modified <= times["modified_until"],
        )
    )


def listed(address: str, asked: Asked, total: int) -> tuple[dict[str, int], dict[str, str]]:
    """Say how many there are, and where the other pages are.

    Raises:
        NoSuchPageError: the page that was asked for lies behind the last.

    """
    last = max(1, ceil(total / asked.size))
    if asked.page > last:
        raise NoSuchPageError(f"Diese Liste hat nur {last} Seiten.")
    ways = {"first": 1, "self": asked.page, "last": last}
    if asked.page > 1:
        ways["prev"] = asked.page - 1
    if asked.page < last:
        ways["next"] = asked.page + 1
    pagination = {
        "totalElements": total,
        "elementsPerPage": asked.size,
        "currentPage": asked.page,
        "totalPages": last,
    }
    return pagination, {name: f"{address}{asked.query(page)}" for name, page in ways.items()}
