"""The process as stretches and marks over time, for pictures of it on pages and papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gelingen.process.standing import Days

if TYPE_CHECKING:
    from gelingen.process.models import Event
    from gelingen.process.queries import Course, PublicCourse, PublicEvent

    _Events = Sequence[Event] | Sequence[PublicEvent]

Period = tuple[date, date]
LOOSE = "Ereignisse ohne Phase"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the day on which it was, or for which it is planned."""

    title: str
    day: date
    said: str  # as far as it is known
    planned: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A phase, or the events without one; all periods are half-open.

    Attributes:
        name: what stands beside it.
        key: of the phase; "" for events without one, and where everybody reads it.
        planned: as it was meant; None where a day is missing.
        actual: as it was, until the day of the picture if it has not ended.
        told, meant: the days as they were and as they were planned, None for what is not known.
        rests: since when it is interrupted, until the day of the picture.
        marks: events in the order of time.

    """

    name: str
    key: str
    planned: Period | None
    actual: Period | None
    told: tuple[date | None, date | None]
    meant: tuple[date | None, date | None]
    rests: Period | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The picture: its rows from top to bottom, and the whole years [starts, ends) it shows."""

    rows: tuple[Row, ...]
    starts: date
    ends: date


def whole_of(course: "Course", *, on: date) -> Whole | None:
    """Lay the process out over time as of a day; None where no day is known at all."""
    rows = [_row(one.phase.name, one.phase.key, one.days, one.events, on) for one in course.phases]
    return _whole(rows, course.loose, on)


def public_whole(course: "PublicCourse", *, on: date) -> Whole | None:
    """Lay out as `whole_of` what everybody may see; its rows have no keys."""
    rows = [_row(one.name, "", one.days, one.events, on) for one in course.phases]
    return _whole(rows, course.loose, on)


def _whole(rows: list[Row], loose: "_Events", on: date) -> Whole | None:
    if any(one.day or one.planned for one in loose):
        rows.append(_row(LOOSE, "", Days(), loose, on))
    found = [at for row in rows for at in _days(row)]
    if not found:
        return None
    first, last = min([*found, on]), max([*found, on])
    return Whole(tuple(rows), date(first.year, 1, 1), date(last.year + 1, 1, 1))


def _row(name: str, key: str, days: Days, events: "_Events", on: date) -> Row:
    planned = (days.planned_starts, days.planned_ends)
    tomorrow = on + _DAY
    actual = rests = None
    if days.starts is not None and days.starts <= on:
        actual = (days.starts, days.ends or tomorrow)
    if days.resting is not None and days.resting <= on and days.ends is None:
        rests = (days.resting, tomorrow)
    return Row(
        name,
        key,
        (planned[0], planned[1]) if planned[0] and planned[1] else None,
        actual,
        (days.starts, days.ends),
        planned,
        rests,
        tuple(_marks(events)),
    )


def _marks(events: "_Events") -> Iterable[Mark]:
    for one in events:
        at = one.day or one.planned
        if at is not None:
            yield Mark(one.title, at, one.day_said or one.planned_said, planned=one.day is None)


def _days(row: Row) -> Iterable[date]:
    for first, after in filter(None, (row.planned, row.actual, row.rests)):
        yield from (first, after - _DAY)
    yield from (one.day for one in row.marks)
