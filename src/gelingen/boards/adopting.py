"""Take bodies and meetings over from another system: first what would happen, then all of it.

plan_adoption(actor, tenant, bodies, meetings, on=...) -> Plan, for `register.steps.carry_out`

What was taken over keeps in its source how the other system names it; by that it is found again,
so that a second time changes it and adds nothing. What was entered by hand before is found by the
name of the body, and by the day of the meeting.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.boards.models import AgendaItem, Body, Meeting
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.boards import BodyKind, MeetingState, MinutesState
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Verb
from gelingen.wording.words import counted
from gelingen.workbook.folding import clean, fold

_LINES = 200  # of a name, a title, a place


@dataclass(frozen=True, slots=True)
class OtherBody:
    """A body as the other system tells it.

    Attributes:
        source: how the other system names it.
        stand: when it was changed there last, for people.
        name: its name.
        kind: which kind it is here.
        parent: how the other system names the one it belongs to; "" for none.
        starts: its first day.
        ends: first day after its last.

    """

    source: str
    stand: str
    name: str
    kind: BodyKind
    parent: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class OtherMeeting:
    """A meeting as the other system tells it; `body` is how that names the body."""

    source: str
    stand: str
    body: str
    day: date
    begins: time | None = None
    until: time | None = None
    place: str = ""
    title: str = ""
    cancelled: bool = False
    held: bool = False


class _Taking:
    """What is there already, and the steps so far."""

    def __init__(self, tenant: Tenant, bodies: Iterable[OtherBody]) -> None:
        """Read the bodies and meetings of the tenant. Three queries."""
        self.tenant = tenant
        self.steps: list[Step] = []
        self.stays: list[str] = []
        there = list(Body.objects.filter(tenant=tenant).select_related("parent"))
        self.known = {one.source: one for one in there if one.source}
        self.others = list(bodies)
        by_name = {fold(one.name): one for one in there if not _foreign(one.source)}
        # Only the first of several that are called the same is the one that is here.
        self.same = {
            one.source: self.known.get(one.source) or by_name.pop(fold(one.name), None)
            for one in self.others
        }
        self.taken: set[str] = set()
        meetings = Meeting.objects.filter(tenant=tenant).select_related("body")
        self.meetings: list[Meeting] = list(meetings.order_by("day", "key"))
        self.by_source = {one.source: one for one in self.meetings if one.source}
        items = AgendaItem.objects.filter(tenant=tenant, meeting__isnull=False).order_by()
        self.busy = set(items.values_list("meeting", flat=True))


def plan_adoption(
    actor: Actor,
    tenant: Tenant,
    bodies: Sequence[OtherBody],
    meetings: Sequence[OtherMeeting],
    *,
    on: date,
) -> Plan:
    """Say which bodies and meetings would be added or changed.

    Three queries, and one for the keys of each kind that is new.

    Args:
        actor: who takes them over.
        tenant: where.
        bodies: each once, in any order.
        meetings: each once, in any order; one of an unknown body is left out, and it is said.
        on: the day.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    taking = _Taking(tenant, bodies)
    _bodies(taking)
    _meetings(taking, sorted(meetings, key=lambda one: (one.day, one.source)))
    new = [
        sum(one.new for one in taking.steps if isinstance(one.thing, m)) for m in (Body, Meeting)
    ]
    said = (
        f"Neu: {counted(new[0], 'Gremium', 'Gremien')}, {counted(new[1], 'Sitzung', 'Sitzungen')}; "
        f"geändert: {counted(len(taking.steps) - sum(new), 'Eintrag', 'Einträge')}."
    )
    return Plan(Verb.CHANGED, said, tuple(taking.steps), tuple(taking.stays), on)


def _foreign(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _bodies(taking: _Taking) -> None:
    """Add the steps of the bodies, each behind the one it belongs to."""
    new = [one for one in taking.others if taking.same[one.source] is None]
    keys = free_keys(Body, taking.tenant.pk, [key_of(clean(one.name)) for one in new])
    wished = {one.source: key for one, key in zip(new, keys, strict=True)}
    waiting = list(taking.others)
    while waiting:
        pending = {one.source for one in waiting}
        # Bodies that belong to each other in a circle come as they are.
        first = [one for one in waiting if one.parent not in pending] or waiting
        for one in first:
            _body(taking, one, wished.get(one.source, ""))
        waiting = [one for one in waiting if one not in first]


def _body(taking: _Taking, one: OtherBody, key: str) -> None:
    found = taking.same[one.source]
    values: dict[str, Any] = {
        "name": clean(one.name)[:_LINES],
        "kind": one.kind.value,
        "source": one.source,
        "source_date": one.stand,
        "starts": one.starts,
        "ends": one.ends,
    }
    parent = taking.known.get(one.parent)
    if found is None:
        made = Body(tenant=taking.tenant, key=key)
        # What is public there need not be so here: that is for people to say.
        taking.known[one.source] = made
        taking.steps.append(
            Step(
                made, f"{values['name']} ({one.kind.label})", values | {"parent": parent}, new=True
            )
        )
        return
    taking.known[one.source] = found
    if found.source == one.source and found.kind != values["kind"]:
        # The kind was derived once; since then people may have said it better.
        values["kind"] = found.kind
    if found.source != one.source:
        values = {name: values[name] for name in ("source", "source_date")}
    elif parent is not None and parent != found:
        values["parent"] = parent
    _changed(taking, found, values, found.name)


def _changed(taking: _Taking, thing: Any, values: Mapping[str, Any], name: str) -> None:  # noqa: ANN401  a body or a meeting
    """Add a step for what differs; that only the stand of the source is newer is no change."""
    different = {field: value for field, value in values.items() if getattr(thing, field) != value}
    if not set(different) - {"source_date"}:
        return
    told = [
        _told(thing, field, value)
        for field, value in different.items()
        if field in _TOLD and (field != "source" or thing.source)
    ]
    said = ", ".join(told) or "von nun an verbunden"
    taking.steps.append(Step(thing, f"{name}: {said}", different))


_TOLD = {
    "name": "Name", "parent": "gehört zu", "starts": "Beginn", "ends": "bis", "day": "Tag",
    "begins": "von", "until": "bis", "place": "Ort", "title": "Titel", "state": "Stand",
    "source": "Quelle",
}  # fmt: skip


def _told(thing: Any, field: str, value: Any) -> str:  # noqa: ANN401  any field of a record
    return f"{_TOLD[field]} {_spelled(field, getattr(thing, field))} → {_spelled(field, value)}"


def _spelled(field: str, value: Any) -> str:  # noqa: ANN401  any field of a record
    if value in (None, ""):
        return "leer"
    if isinstance(value, date):
        return day(last_day(value) if field == "ends" else value)
    if isinstance(value, time):
        return f"{value:%H:%M} Uhr"
    return MeetingState.of(value).label if field == "state" else str(value)


def _meetings(taking: _Taking, found: Sequence[OtherMeeting]) -> None:
    known = [one for one in found if one.body in taking.known]
    strange = len(found) - len(known)
    if strange:
        taking.stays.append(
            f"{counted(strange, 'Sitzung', 'Sitzungen')} von Gremien, die nicht in den Dateien "
            "und nicht hier stehen."
        )
    pairs = [(one, _same(taking, one)) for one in known]
    new = [one for one, there in pairs if there is None]
    wished = [key_of(taking.known[one.body].key, f"{one.day}") for one in new]
    keys = iter(free_keys(Meeting, taking.tenant.pk, wished))
    for one, there in pairs:
        if there is None:
            made = Meeting(tenant=taking.tenant, key=next(keys))
            body = taking.known[one.body]
            said = f"{clean(_named(taking, one.body))}, Sitzung am {day(one.day)}"
            values = {"body": body, "source": one.source, **_values(one), "state": _state(one)}
            taking.steps.append(Step(made, said, values, new=True))
        else:
            _meeting(taking, one, there)


def _named(taking: _Taking, source: str) -> str:
    return next((one.name for one in taking.others if one.source == source), "") or str(
        taking.known[source]
    )


def _same(taking: _Taking, one: OtherMeeting) -> Meeting | None:
    """Find a meeting: by its source, or the only one of its body on that day without another."""
    if one.source in taking.by_source:
        return taking.by_source[one.source]
    body = taking.known[one.body]
    beside = [
        there
        for there in taking.meetings
        if there.body_id == body.pk
        and there.day == one.day
        and not _foreign(there.source)
        and there.key not in taking.taken
    ]
    if body.pk is None or len(beside) != 1:
        return None
    taking.taken.add(beside[0].key)
    return beside[0]


def _state(one: OtherMeeting) -> str:
    if one.cancelled:
        return MeetingState.CANCELLED.value
    return (MeetingState.HELD if one.held else MeetingState.PLANNED).value


def _values(one: OtherMeeting) -> dict[str, Any]:
    return {
        "day": one.day,
        "begins": one.begins,
        "until": one.until,
        "place": clean(one.place)[:_LINES],
        "title": clean(one.title)[:_LINES],
        "source_date": one.stand,
    }


def _meeting(taking: _Taking, one: OtherMeeting, there: Meeting) -> None:
    name = f"{there.body}, {there}"
    if there.minutes == MinutesState.APPROVED:
        taking.stays.append(f"{name}: bleibt, denn die Niederschrift ist genehmigt.")
        return
    values = _values(one)
    if there.source != one.source:
        values["source"] = one.source
        # What people wrote stays where the other system says nothing.
        values = {field: value for field, value in values.items() if value not in (None, "")}
    if one.cancelled and there.state in (MeetingState.PLANNED, MeetingState.INVITED):
        if there.pk in taking.busy or there.state == MeetingState.INVITED:
            taking.stays.append(
                f"{name}: ist dort abgesagt. Hier ist schon eingeladen, oder es stehen Punkte auf "
                "der Tagesordnung; bitte bei der Sitzung absagen."
            )
        else:
            values["state"] = MeetingState.CANCELLED.value
    elif one.held and there.state == MeetingState.PLANNED:
        values["state"] = MeetingState.HELD.value
    _changed(taking, there, values, name)
