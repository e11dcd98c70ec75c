"""When a record could be seen by everybody, read from its versions; and what is gone since.

versions_of(kept, *fields) -> {number: [Version]}
spans(versions, shown) -> [Span], overlap(one, other) -> [Span]
stamp(number, spans, changes) -> Stamp | None

Whoever keeps a copy of what is public has to be told of what is no longer there. The records do
not know it, their versions do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_REMOVED = "-"  # of django-simple-history


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was from a moment on.

    Attributes:
        at: since when.
        there: whether there was such a record; the last version of a removed one says no.
        values: the fields that were asked for, by name.

    """

    at: datetime
    there: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A time without a gap, half-open; `ends` is None where it lasts."""

    starts: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What somebody who keeps a copy has to know of a record.

    Attributes:
        number: number of the record.
        created: when it could be seen first.
        modified: when something that can be seen changed last; of what is gone, when it went.
        gone: whether it was removed or is not shown any more.
        of: number of the record that it is a part of; None where there is none.

    """

    number: int
    created: datetime
    modified: datetime
    gone: bool
    of: int | None = None


def versions_of(kept: Any, *fields: str) -> dict[int, list[Version]]:  # noqa: ANN401  its manager is made by the history
    """Read versions by the number of their record, the earliest first. One query.

    Args:
        kept: versions of one model, as `Body.history.filter(…)`.
        fields: names of the fields to read.

    """
    found: dict[int, list[Version]] = {}
    rows = kept.order_by("id", "history_date", "history_id")
    for number, at, kind, *values in rows.values_list(
        "id", "history_date", "history_type", *fields
    ):
        one = Version(at, kind != _REMOVED, dict(zip(fields, values, strict=True)))
        found.setdefault(number, []).append(one)
    return found


def spans(versions: Sequence[Version], shown: Callable[[Mapping[str, Any]], bool]) -> list[Span]:
    """Give the times in which a record was there and a rule showed it, in their order."""
    found: list[Span] = []
    since: datetime | None = None
    for one in versions:
        visible = one.there and shown(one.values)
        if visible and since is None:
            since = one.at
        elif not visible and since is not None:
            found.append(Span(since, one.at))
            since = None
    return found if since is None else [*found, Span(since, None)]


def overlap(one: Iterable[Span], other: Sequence[Span]) -> list[Span]:
    """Give the times that lie in both, in their order."""
    found = []
    for left in one:
        for right in other:
            starts = max(left.starts, right.starts)
            ends = min((end for end in (left.ends, right.ends) if end is not None), default=None)
            if ends is None or starts < ends:
                found.append(Span(starts, ends))
    return found


def stamp(
    number: int, seen: Sequence[Span], changes: Iterable[datetime] = (), of: int | None = None
) -> Stamp | None:
    """Say since when a record can be seen and when that changed last; None if it never could be.

    Args:
        number: its number.
        seen: when it could be seen, in order.
        changes: when anything changed that is shown with it.
        of: number of the record that it is a part of.

    """
    if not seen:
        return None
    first, last = seen[0], seen[-1]
    if last.ends is not None:
        return Stamp(number, first.starts, last.ends, gone=True, of=of)
    modified = max((last.starts, *(at for at in changes if at > last.starts)))
    return Stamp(number, first.starts, modified, gone=False, of=of)
