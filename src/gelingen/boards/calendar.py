"""Meetings as iCalendar (RFC 5545, RFC 5546): one in a mail, all of a body in a feed.

meeting_file(entry, *, method, organizer, attendee="") -> bytes
feed_file(name, entries) -> bytes
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from gelingen.boards.models import Meeting
from gelingen.terms.boards import MeetingState

ZONE = ZoneInfo("Europe/Berlin")
MEDIA_TYPE = "text/calendar; charset=utf-8"
# By rule and not by a list of days, as the library would write it: not every calendar reads such a
# list, and the library's is an hour late on the days themselves. It holds since 1996.
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


class Method(StrEnum):
    """What a calendar shall do with a meeting that comes by mail."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in a calendar.

    Attributes:
        uid: its mark, the same in every letter and in the feed.
        sequence: counts the letters about it.
        summary: what it is called there.
        day: on which it is.
        begins, until: from when to when; without a beginning it takes the day.
        place: where; "" if that is not known.
        description: what else may be read by everybody.
        cancelled: whether it is called off.
        stamp: when this was last changed.

    """

    uid: str
    sequence: int
    summary: str
    day: date
    begins: time | None
    until: time | None
    place: str
    description: str
    cancelled: bool
    stamp: datetime


def uid_of(meeting: Meeting) -> str:
    """Give the mark of a meeting in calendars; it follows from its key and never changes."""
    return meeting.uid or str(uuid5(NAMESPACE_URL, f"gelingen:{meeting.tenant_id}:{meeting.key}"))


def entry_of(meeting: Meeting, *, description: str, sequence: int, stamp: datetime) -> Entry:
    """Put a meeting into a calendar: day, place and what the description says, nothing else."""
    return Entry(
        uid=uid_of(meeting),
        sequence=sequence,
        summary=f"{meeting.body}: {meeting.title}" if meeting.title else str(meeting.body),
        day=meeting.day,
        begins=meeting.begins,
        until=meeting.until,
        place=meeting.place,
        description=description,
        cancelled=meeting.state == MeetingState.CANCELLED,
        stamp=stamp,
    )


def meeting_file(entry: Entry, *, method: Method, organizer: str, attendee: str = "") -> bytes:
    """Write one meeting as a mail carries it.

    Args:
        entry: the meeting.
        method: REQUEST for a new or changed one, CANCEL for one that is called off.
        organizer: mailbox of who invites.
        attendee: mailbox of who gets the mail.

    """
    event = _event(entry)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    if attendee:
        guest = vCalAddress(f"mailto:{attendee}")
        guest.params["ROLE"] = "REQ-PARTICIPANT"
        guest.params["RSVP"] = "FALSE"
        event.add("attendee", guest)
    found = _calendar((event,))
    found.add("method", str(method))
    return bytes(found.to_ical())


def feed_file(name: str, entries: Iterable[Entry]) -> bytes:
    """Write the meetings of a body as a calendar to subscribe to; the same gives the same bytes."""
    found = _calendar(_event(one) for one in entries)
    found.add("x-wr-calname", name)
    found.add("x-published-ttl", "PT12H")
    return bytes(found.to_ical())


def _calendar(events: Iterable[Event]) -> Calendar:
    found = Calendar()
    found.add("prodid", "-//Gelingen//Sitzungen//DE")
    found.add("version", "2.0")
    found.add_component(Timezone.from_ical(_ZONE))
    for one in events:
        found.add_component(one)
    return found


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
    if entry.begins is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    else:
        event.add("dtstart", datetime.combine(entry.day, entry.begins, ZONE))
        if entry.until is not None and entry.until > entry.begins:
            event.add("dtend", datetime.combine(entry.day, entry.until, ZONE))
    event.add("summary", entry.summary)
    for name, text in (("location", entry.place), ("description", entry.description)):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
