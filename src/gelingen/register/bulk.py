"""Change several records of the register at once: first what would change, then all or nothing.

plan_bulk(actor, tenant, kind=…, keys=…, wish=…) -> BulkPlan      nothing is written
write_bulk(actor, tenant, kind=…, keys=…, wish=…, stamp=…) -> int
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeAlias

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change_many
from gelingen.register.bulk_reach import Entry, reach_of, with_topic
from gelingen.register.lists import KINDS, changeable
from gelingen.register.queries import organisations
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import EndKind, Verb
from gelingen.topics.queries import topics
from gelingen.workbook.folding import fold


class StaleBulkError(UserError):
    """Somebody changed one of the records between the preview and the writing."""


class UnknownTargetError(UserError):
    """The topic or organisation that was chosen does not exist."""


class Deed(StrEnum):
    """What can be done with several records at once."""

    CONFIRM = "confirm"
    TOPIC = "topic"
    LEAD = "lead"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with all of them.

    Attributes:
        deed: what.
        on: the day of confirming.
        topic: key of the topic, for TOPIC.
        instead: key of the topic of a structure that it takes the place of; "": it is added.
        organisation: key of the organisation, for LEAD.
        ends: the first day after, for RETIRE.

    """

    deed: Deed
    on: date
    topic: str = ""
    instead: str = ""
    organisation: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One record that would change: what, from what, to what."""

    label: str
    what: str
    before: str
    after: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Left:
    """One record that stays as it is, and why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What would happen, by label; of one record in the order of its keys.

    `stamp` is the same as long as none of the records has changed.
    """

    steps: tuple[Step, ...]
    left: tuple[Left, ...]
    stamp: str


Outcome: TypeAlias = Step | Left
_VERBS = {
    Deed.CONFIRM: Verb.CONFIRMED,
    Deed.TOPIC: Verb.CHANGED,
    Deed.LEAD: Verb.CHANGED,
    Deed.RETIRE: Verb.ENDED,
}
_WITH = {
    "structure": ("organisation",),
    "organisation": (),
    "funding": ("structure", "funder"),
    "responsibility": ("organisation", "task", "topic"),
    "cooperation": ("a", "b", "topic"),
}


def plan_bulk(
    actor: Actor, tenant: Tenant, *, kind: str, keys: Iterable[str], wish: Wish
) -> BulkPlan:
    """Say what a wish would change; nothing is written. At most six queries.

    Args:
        actor: who asks.
        tenant: whose records.
        kind: a name of `register.lists.KINDS`.
        keys: which records; what does not exist or may not be seen is left out.
        wish: what is to be done.

    Raises:
        UnknownTargetError: the topic or organisation does not exist.
        PermissionDenied: the actor may not hand records over to that organisation.

    """
    found = within(actor, May.VIEW, KINDS[kind]._default_manager.filter(tenant=tenant))
    things = list(found.filter(key__in=set(keys)).select_related(*_WITH[kind]).order_by("key"))
    may = changeable(actor, tenant, kind, [thing.key for thing in things])
    outcomes: list[Outcome] = [
        Left(str(thing), "Sie dürfen diesen Eintrag nicht ändern.")
        for thing in things
        if thing.key not in may
    ]
    own = [thing for thing in things if thing.key in may]
    outcomes += _DEEDS[wish.deed](actor, tenant, own, wish)
    outcomes.sort(key=lambda one: fold(one.label))
    steps = tuple(one for one in outcomes if isinstance(one, Step))
    left = tuple(one for one in outcomes if isinstance(one, Left))
    return BulkPlan(steps, left, _stamp(things, steps))


def write_bulk(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenant: Tenant,
    kind: str,
    keys: Iterable[str],
    wish: Wish,
    stamp: str,
    batch: str = "",
) -> int:
    """Do what `plan_bulk` announced, all or nothing.

    Args:
        actor: who does it.
        tenant: whose records.
        kind: as for `plan_bulk`, like `keys` and `wish`.
        keys: which records.
        wish: what is to be done.
        stamp: of the plan that the person has seen.
        batch: number of the undertaking; empty: a new one.

    Returns:
        How many records were changed; the others stay as they are.

    Raises:
        StaleBulkError: what would change now is not what was announced; nothing was written.
        UnknownTargetError: the topic or organisation does not exist.
        PermissionDenied: the actor may not hand records over to that organisation.

    """
    wished = set(keys)
    with transaction.atomic():
        # Locked first and read after: what is compared with the preview is what is written.
        list(KINDS[kind]._default_manager.select_for_update().filter(tenant=tenant, key__in=wished))
        plan = plan_bulk(actor, tenant, kind=kind, keys=wished, wish=wish)
        if plan.stamp != stamp:
            raise StaleBulkError(
                "Inzwischen hat jemand einen dieser Einträge geändert. Nichts wurde geschrieben; "
                "bitte die neue Vorschau ansehen."
            )
        drafts = [one.draft for one in plan.steps]
        change_many(drafts, by=actor, verb=_VERBS[wish.deed], batch=batch)
        return len(drafts)


def _stamp(things: Sequence[Record], steps: Sequence[Step]) -> str:
    seen = [(thing.key, thing.version) for thing in things]
    told = [(one.label, one.what, one.before, one.after) for one in steps]
    return sha256(repr((seen, told)).encode()).hexdigest()


def _draft(thing: Record, **values: object) -> Draft:
    before = thing.field_values()
    for name, value in values.items():
        setattr(thing, name, value)
    return Draft(thing, before=before)


def _confirming(
    actor: Actor, tenant: Tenant, things: Sequence[Any], wish: Wish
) -> Iterator[Outcome]:
    del actor, tenant
    for thing in things:
        last = thing.last_confirmed
        if last is not None and last >= wish.on:
            yield Left(str(thing), f"Ist schon am {day(last)} bestätigt.")
            continue
        before = day(last) if last else "–"
        draft = _draft(thing, last_confirmed=wish.on)
        yield Step(str(thing), "Zuletzt bestätigt", before, day(wish.on), draft)


def _ending(actor: Actor, tenant: Tenant, things: Sequence[Any], wish: Wish) -> Iterator[Outcome]:
    del actor, tenant
    if wish.ends is None:
        raise ValueError("retiring needs an end")
    for thing in things:
        starts, ends = getattr(thing, "starts", None), thing.ends
        if ends is not None and ends <= wish.ends:
            yield Left(str(thing), f"Endet schon am {day(last_day(ends))}.")
        elif starts is not None and starts >= wish.ends:
            yield Left(str(thing), f"Beginnt erst am {day(starts)}.")
        else:
            kind = {"ends_kind": EndKind.STATED} if hasattr(thing, "ends_kind") else {}
            before = day(last_day(ends)) if ends else "–"
            draft = _draft(thing, ends=wish.ends, **kind)
            yield Step(str(thing), "Ende", before, day(last_day(wish.ends)), draft)


def _handing_over(
    actor: Actor, tenant: Tenant, things: Sequence[Any], wish: Wish
) -> Iterator[Outcome]:
    target = organisations(actor, tenant).filter(key=wish.organisation).first()
    if target is None:
        raise UnknownTargetError("Diese Organisation gibt es nicht mehr.")
    require(actor, May.EDIT_REGISTER, target)
    for thing in things:
        old = thing.organisation
        if old.pk == target.pk:
            yield Left(str(thing), f"Ist schon bei {target}.")
            continue
        label = thing._meta.get_field("organisation").verbose_name
        yield Step(str(thing), label, str(old), str(target), _draft(thing, organisation=target))


def _sorting(actor: Actor, tenant: Tenant, things: Sequence[Any], wish: Wish) -> Iterator[Outcome]:
    known = {topic.key: topic for topic in topics(actor, tenant)}
    target, old = known.get(wish.topic), known.get(wish.instead)
    if target is None or (wish.instead and old is None):
        raise UnknownTargetError("Dieses Themenfeld gibt es nicht mehr.")
    if things and type(things[0]) is KINDS["structure"]:
        yield from map(_told, with_topic(reach_of(things), things, target, instead=old))
        return
    for thing in things:
        if thing.topic_id == target.pk:
            yield Left(str(thing), f"Hat schon das Themenfeld {target}.")
            continue
        before = str(thing.topic) if thing.topic else "–"
        draft = _draft(thing, topic=target)
        yield Step(_titled(thing), "Themenfeld", before, str(target), draft)


def _told(entry: Entry) -> Outcome:
    if entry.draft is None:
        return Left(entry.label, entry.said)
    return Step(entry.label, entry.said, entry.before, entry.after, entry.draft)


def _titled(thing: Any) -> str:  # noqa: ANN401 - a responsibility or a tie
    task = getattr(thing, "task", None)
    return f"{task}, {thing.organisation}" if task else str(thing)


_DEEDS: dict[Deed, Callable[[Actor, Tenant, Sequence[Any], Wish], Iterable[Outcome]]] = {
    Deed.CONFIRM: _confirming,
    Deed.TOPIC: _sorting,
    Deed.LEAD: _handing_over,
    Deed.RETIRE: _ending,
}
