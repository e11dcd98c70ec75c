"""News as an Atom feed (RFC 4287) and public dates as a calendar (RFC 5545)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from gelingen.boards.calendar import Entry, feed_file
from gelingen.opendata.edition import Open

ATOM_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50


def atom(  # noqa: PLR0913 - what a feed consists of
    *,
    title: str,
    publisher: str,
    tenant: str,
    root: str,
    rows: Sequence[Mapping[str, Any]],
    page: str = "neues/",
) -> bytes:
    """Write news as a feed; the same news give the same bytes.

    Args:
        title: of the feed.
        publisher: who writes.
        tenant: key of the tenant; the marks of the feed and its news are made of it, so that they
            stay the same when the site moves to another host.
        root: whole address of the site, with a slash at its end.
        rows: news with key, title, day and html, the latest first.
        page: path of the page of the news below the root.

    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": "de"})
    _add(feed, "id", _mark(tenant, "neues"))
    _add(feed, "title", title)
    _add(feed, "updated", _moment(rows[0]["day"] if rows else None))
    _link(feed, "self", f"{root}neues.atom", "application/atom+xml")
    _link(feed, "alternate", f"{root}{page}", "text/html")
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", publisher)
    for row in rows[:LATEST]:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        place = f"{root}{page}{row['key']}/"
        _add(entry, "id", _mark(tenant, f"neues:{row['key']}"))
        _add(entry, "title", str(row["title"]))
        _add(entry, "updated", _moment(row["day"]))
        _add(entry, "published", _moment(row["day"]))
        _link(entry, "alternate", place, "text/html")
        _add(entry, "content", str(row["html"] or "")).set("type", "html")
    text = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def _mark(tenant: str, what: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'gelingen:{tenant}:{what}')}"


def _add(above: ET.Element, name: str, text: str) -> ET.Element:
    found = ET.SubElement(above, f"{{{_ATOM}}}{name}")
    found.text = text
    return found


def _link(above: ET.Element, rel: str, href: str, media: str) -> None:
    ET.SubElement(above, f"{{{_ATOM}}}link", {"rel": rel, "href": href, "type": media})


def _moment(day: object) -> str:
    """Write a day as Atom wants it: the moment at which it begins; 1970 where nobody knows."""
    found = day if isinstance(day, date) else date.fromisoformat(str(day or "1970-01-01")[:10])
    return datetime.combine(found, time(), UTC).isoformat().replace("+00:00", "Z")


_DAY = len("2017-06-01")


def calendar(of: Open) -> bytes:
    """Write the public meetings and events of an edition as a calendar to subscribe to.

    An event of which no more than the month or the year is known has no place in it.
    """
    stamp = datetime.combine(of.released, time(), UTC)
    meetings = [
        _entry(
            of, f"sitzung:{row['key']}", _named(row), row, "\n".join(row.get("items") or ()), stamp
        )
        for row in of.tables.get("meetings", ())
        if row.get("day")
    ]
    events = [
        _entry(
            of,
            f"ereignis:{phase['key']}:{number}",
            str(row["title"]),
            {**row, "day": row.get("day") or row.get("planned")},
            str(row.get("result") or ""),
            stamp,
        )
        for phase in of.tables.get("phases", ())
        for number, row in enumerate(phase.get("events") or ())
        if len(str(row.get("day") or row.get("planned") or "")) == _DAY
    ]
    return feed_file(f"Integration {of.publisher}", [*meetings, *events])


def _named(row: Mapping[str, Any]) -> str:
    title = row.get("title")
    return f"{row['body']}: {title}" if title else str(row["body"])


def _entry(  # noqa: PLR0913, PLR0917 - what an entry consists of
    of: Open, mark: str, summary: str, row: Mapping[str, Any], said: str, stamp: datetime
) -> Entry:
    begins = row.get("begins")
    return Entry(
        uid=str(uuid5(NAMESPACE_URL, f"gelingen:{of.key}:{mark}")),
        sequence=of.number,
        summary=summary,
        day=date.fromisoformat(str(row["day"])[:10]),
        begins=time.fromisoformat(str(begins)) if begins else None,
        until=None,
        place=str(row.get("place") or ""),
        description=said,
        cancelled=False,
        stamp=stamp,
    )
