"""Read stored answers of an OParl endpoint: single objects, pages of lists, packed or not.

unpacked(name, content) -> [(name, content)], read_answers(files) -> Answers
"""

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import BadZipFile, ZipFile

from gelingen.boards.calendar import ZONE
from gelingen.errors import UserError
from gelingen.workbook.folding import clean

MOST_FILES, MOST_BYTES = 5_000, 100 * 1024 * 1024
_TOLD = 10
_JSON = ".json"


class BrokenAnswersError(UserError):
    """Files cannot be read; the message names the file and the field of each fault."""


@dataclass(frozen=True, slots=True)
class FoundBody:
    """An organization as it was answered; days are its first and its last."""

    id: str
    name: str
    kind: str
    classification: str
    parent: str
    starts: date | None
    ends: date | None
    modified: str


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting as it was answered, at the time of its place."""

    id: str
    bodies: tuple[str, ...]
    name: str
    day: date
    begins: time | None
    until: time | None
    place: str
    cancelled: bool
    held: bool
    modified: str


@dataclass(slots=True)
class Answers:
    """What stands in files.

    Attributes:
        bodies: organizations that are there, each once.
        meetings: meetings that are there and have a day, each once.
        gone: how many organizations and meetings were deleted there.
        undated: how many meetings have no day.
        others: how many objects of other types there are, by type.

    """

    bodies: dict[str, FoundBody] = field(default_factory=dict)
    meetings: dict[str, FoundMeeting] = field(default_factory=dict)
    gone: int = 0
    undated: int = 0
    others: Counter[str] = field(default_factory=Counter)


def unpacked(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Take a packed file apart; any other stays as it is.

    Raises:
        BrokenAnswersError: it is packed badly, or too large.

    """
    if not content.startswith(b"PK"):
        return [(name, content)]
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            inside = [one for one in packed.infolist() if one.filename.lower().endswith(_JSON)]
            _refuse_many(len(inside), sum(one.file_size for one in inside))
            return [(f"{name}/{one.filename}", packed.read(one)) for one in inside]
    except (BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BrokenAnswersError(f"{name} lässt sich nicht entpacken.") from error


def _refuse_many(files: int, size: int) -> None:
    if files > MOST_FILES or size > MOST_BYTES:
        mega = MOST_BYTES // 1024 // 1024
        raise BrokenAnswersError(
            f"Das ist zu viel auf einmal: höchstens {MOST_FILES} Dateien und {mega} MB."
        )


class _Fault(Exception):  # noqa: N818  never leaves this module
    """A value cannot be read: where, and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}" if where else why)


def read_answers(files: Iterable[tuple[str, bytes]]) -> Answers:
    """Read answers of an endpoint, in the versions 1.0 and 1.1.

    Where an object stands in several files, the one that was changed last counts.

    Args:
        files: name and content of each; what is packed is taken apart before.

    Raises:
        BrokenAnswersError: a file or a field cannot be read, or nothing in them can be used.

    """
    found, places, faults = Answers(), dict[str, str](), list[str]()
    objects = []
    given = list(files)
    _refuse_many(len(given), sum(len(content) for _, content in given))
    for name, content in given:
        try:
            objects += [(name, where, one) for where, one in _objects(_parsed(content))]
        except _Fault as fault:
            faults.append(f"{name}: {fault}")
    for _, _, one in objects:
        if _type(one) == "Location":
            places[str(one.get("id", ""))] = _address(one)
    for name, where, one in objects:
        try:
            _take(found, one, where, places)
        except _Fault as fault:
            faults.append(f"{name}: {fault}")
    _refuse_broken(found, faults)
    return found


def _refuse_broken(found: Answers, faults: list[str]) -> None:
    if faults:
        more = len(faults) - _TOLD
        rest = [f"… und {more} weitere Stellen."] if more > 0 else []
        raise BrokenAnswersError("\n".join([*faults[:_TOLD], *rest]))
    if not (found.bodies or found.meetings or found.gone or found.undated):
        raise BrokenAnswersError(
            "In den Dateien steht weder ein Gremium (Organization) noch eine Sitzung (Meeting)."
        )


def _parsed(content: bytes) -> Any:  # noqa: ANN401  any JSON
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _Fault("", "ist nicht in UTF-8 geschrieben.") from error
    except json.JSONDecodeError as error:
        where = f"Zeile {error.lineno}, Spalte {error.colno}"
        raise _Fault("", f"ist kein JSON ({where}).") from error
    except RecursionError as error:
        raise _Fault("", "ist zu tief verschachtelt.") from error


def _objects(content: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401  any JSON
    """Give the objects of an answer, each with where it stands in its file."""
    rows, head = content, ""
    if isinstance(content, dict):
        if "data" not in content:
            yield "", content
            return
        rows, head = content["data"], "data"
    if not isinstance(rows, list):
        raise _Fault(head, "hier wird ein Objekt oder eine Liste erwartet.")
    for number, one in enumerate(rows):
        where = f"{head}[{number}]"
        if not isinstance(one, dict):
            raise _Fault(where, "hier wird ein Objekt erwartet.")
        yield where, one


def _type(one: Mapping[str, Any]) -> str:
    return str(one.get("type", "")).rpartition("/")[2]


def _take(found: Answers, one: Mapping[str, Any], where: str, places: Mapping[str, str]) -> None:
    kind = _type(one)
    if kind not in {"Organization", "Meeting"}:
        found.others[kind or "ohne Art"] += 1
        return
    number = _text(one, "id", where)
    if not number.startswith(("http://", "https://")) or len(number) > 500:  # noqa: PLR2004  as long as an address may be
        raise _Fault(_at(where, "id"), "fehlt oder ist keine Adresse.")
    if one.get("deleted") is True:
        found.gone += 1
    elif kind == "Organization":
        _newer(found.bodies, _organization(one, number, where))
    elif one.get("start"):
        _newer(found.meetings, _meeting(one, number, where, places))
    else:
        found.undated += 1


def _newer(known: dict[str, Any], one: Any) -> None:  # noqa: ANN401  a body or a meeting
    before = known.get(one.id)
    if before is None or before.modified <= one.modified:
        known[one.id] = one


def _organization(one: Mapping[str, Any], number: str, where: str) -> FoundBody:
    name = clean(_text(one, "name", where))
    if not name:
        raise _Fault(_at(where, "name"), "fehlt.")
    starts, ends = _day(one, "startDate", where), _day(one, "endDate", where)
    if starts and ends and ends < starts:
        raise _Fault(_at(where, "endDate"), "liegt vor startDate.")
    return FoundBody(
        id=number,
        name=name,
        kind=_text(one, "organizationType", where),
        classification=_text(one, "classification", where),
        parent=_text(one, "subOrganizationOf", where),
        starts=starts,
        ends=ends,
        modified=_text(one, "modified", where),
    )


def _meeting(
    one: Mapping[str, Any], number: str, where: str, places: Mapping[str, str]
) -> FoundMeeting:
    start = _moment(one, "start", where)
    end = _moment(one, "end", where) if one.get("end") else None
    # A day without a time is written as midnight.
    begins = start.time() if start.time() != time() else None
    same_day = end is not None and end.date() == start.date() and end > start
    bodies = one.get("organization", [])
    bodies = [bodies] if isinstance(bodies, str) else bodies
    if not isinstance(bodies, list) or not all(isinstance(part, str) for part in bodies):
        raise _Fault(_at(where, "organization"), "hier werden Adressen von Gremien erwartet.")
    return FoundMeeting(
        id=number,
        bodies=tuple(bodies),
        name=clean(_text(one, "name", where)),
        day=start.date(),
        begins=begins,
        until=end.time() if end is not None and begins and same_day else None,
        place=_place(one.get("location"), where, places),
        cancelled=one.get("cancelled") is True,
        held=_text(one, "meetingState", where).casefold().startswith("durchgef"),
        modified=_text(one, "modified", where),
    )


def _place(given: Any, where: str, places: Mapping[str, str]) -> str:  # noqa: ANN401  any JSON
    if given is None:
        return ""
    if isinstance(given, str):
        return places.get(given, "")
    if isinstance(given, dict):
        return _address(given)
    raise _Fault(_at(where, "location"), "hier wird ein Ort oder seine Adresse erwartet.")


def _address(one: Mapping[str, Any]) -> str:
    """Say a place in a line: its description, or room and address."""
    town = " ".join(str(one[name]) for name in ("postalCode", "locality") if one.get(name))
    parts = [str(one[name]) for name in ("room", "streetAddress") if one.get(name)]
    return clean(str(one.get("description") or ", ".join(part for part in (*parts, town) if part)))


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _text(one: Mapping[str, Any], name: str, where: str) -> str:
    value = one.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Fault(_at(where, name), "hier wird ein Text erwartet.")
    return value


def _day(one: Mapping[str, Any], name: str, where: str) -> date | None:
    text = _text(one, name, where)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise _Fault(_at(where, name), f"„{text}“ ist kein Tag.") from error


def _moment(one: Mapping[str, Any], name: str, where: str) -> datetime:
    """Read a moment as it is at the place; one without a time zone is meant so."""
    text = _text(one, name, where)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _Fault(_at(where, name), f"„{text}“ ist kein Zeitpunkt.") from error
    local = found if found.tzinfo is None else found.astimezone(ZONE)
    return local.replace(second=0, microsecond=0, tzinfo=None)


def after(last: date | None) -> date | None:
    """First day after a last one; None where no end is known."""
    return last + timedelta(days=1) if last is not None else None
