"""Take back what was done: one field, one change, or a whole undertaking.

    undo(event, *, by, reason="") -> batch
    undo_field(event, field, *, by, reason="") -> batch
    undo_batch(batch, *, by, tenant="", reason="") -> batch
    preview_undo(batch, *, tenant="") -> UndoPreview

A change is set back to the values before it, links included; a new record is removed; a removed
one comes back with its old primary key, its parts and its links. Everything or nothing, and never
over what somebody did since: then `UndoRefusedError` says in German what stands in the way, and
`error.free` names the fields of the event that can be set back with `undo_field`.

Taking back is itself a change with events (`Verb.UNDONE`) and versions, and can be taken back by
handing the returned number to `undo_batch`. Who may do it is asked by the caller: events and
undertakings of a tenant are found with `history.queries.get_event` and `get_undertaking`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction

from gelingen.errors import NotFoundError, UserError
from gelingen.history.many import Draft, Links, change_many, new_batch
from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.obstacles import Obstacle, link_changes, obstacles_of, settled
from gelingen.history.recorded import Recorded
from gelingen.history.recording import change
from gelingen.history.removing import remove_many
from gelingen.history.reversal import (
    Net,
    Place,
    Reversal,
    by_model,
    is_about_a_record,
    is_link,
    model_of_subject,
    read_reversal,
    targets,
)
from gelingen.terms.vocabulary import Verb

_TOLD = 3
# So many records are checked one by one, as if they were entered by hand.
_FEW = 100


class UndoRefusedError(UserError):
    """Something stands in the way of taking a change back.

    Attributes:
        obstacles: everything that stands in the way, one German sentence each.
        free: fields of the event that can be set back by themselves; empty for undertakings.

    """

    def __init__(self, obstacles: Sequence[str], free: Sequence[str] = ()) -> None:
        """Tell the first few obstacles."""
        self.obstacles = tuple(obstacles)
        self.free = tuple(free)
        more = len(obstacles) - _TOLD
        rest = f" Dazu {more} weitere Hindernisse." if more > 0 else ""
        super().__init__(f"Das lässt sich nicht zurücknehmen. {' '.join(obstacles[:_TOLD])}{rest}")


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What taking back an undertaking would do.

    Attributes:
        batch: its number.
        changed: how many records would be set back, by German plural of their kind.
        removed: how many new ones would be removed.
        restored: how many removed ones would come back.
        obstacles: what stands in the way, one German sentence each; empty: it can be done.
        stays: names of what is no record and stays as it is, such as a tenant with a new name.

    """

    batch: str
    changed: dict[str, int]
    removed: dict[str, int]
    restored: dict[str, int]
    obstacles: tuple[str, ...]
    stays: tuple[str, ...] = ()


def undo(event: ChangeEvent, *, by: object, reason: str = "") -> str:
    """Take back one change of one record; a removed record comes back with its parts and links.

    Returns:
        The number of the undertaking, with which the taking back can be taken back.

    Raises:
        UndoRefusedError, NotARecordError.

    """
    return _undo([*_went_along(event), event], by=by, reason=reason)


def undo_field(event: ChangeEvent, field: str, *, by: object, reason: str = "") -> str:
    """Set back one field of one change, or several that belong together.

    Args:
        event: a change of a record that was there before and after.
        field: name of the field as the event has it ("ends", "structure_id", "needs"); several
            with commas between ("starts,ends"): all of them or none.
        by: who does it.
        reason: why.

    Raises:
        UndoRefusedError, NotARecordError.

    """
    fields = field.split(",")
    if event.effect != Effect.CHANGED or not set(fields) <= event.changed.keys():
        raise UndoRefusedError([f"Dieses Feld hat sich bei „{event.label}“ nicht geändert."])
    part = ChangeEvent(
        pk=event.pk,
        tenant=event.tenant,
        subject=event.subject,
        label=event.label,
        effect=event.effect,
        changed={name: event.changed[name] for name in fields},
    )
    return _undo([part], by=by, reason=reason)


def undo_batch(batch: str, *, by: object, tenant: models.Model | str = "", reason: str = "") -> str:
    """Take back a whole undertaking, all or nothing; tenants and accounts in it stay.

    Args:
        batch: its number.
        by: who does it.
        tenant: whose undertaking it has to be, as key or record; empty: anybody's.
        reason: why.

    Raises:
        NotFoundError: there is no such undertaking.
        UndoRefusedError, NotARecordError.

    """
    records, _ = _events(batch, tenant)
    with transaction.atomic():
        done = _undo(records, by=by, reason=reason)
        ChangeEvent.objects.filter(batch=done).update(undoes=batch)
    return done


def preview_undo(batch: str, *, tenant: models.Model | str = "") -> UndoPreview:
    """Say what taking back an undertaking would do; nothing is written.

    Raises:
        NotFoundError, NotARecordError.

    """
    records, others = _events(batch, tenant)
    found = read_reversal(records, lock=False)
    return UndoPreview(
        batch,
        _counts(found.to_change()),
        _counts(found.to_remove()),
        _counts(found.to_restore()),
        tuple(obstacle.sentence for obstacle in obstacles_of(found)),
        tuple(sorted({event.label for event in others})),
    )


def _counts(nets: Iterable[Net]) -> dict[str, int]:
    counted = Counter(str(net.model._meta.verbose_name_plural) for net in nets)
    return dict(sorted(counted.items()))


def _events(batch: str, tenant: models.Model | str) -> tuple[list[ChangeEvent], list[ChangeEvent]]:
    """Read the events of an undertaking: those of records, and the others."""
    events = ChangeEvent.objects.filter(batch=batch).order_by("pk")
    if tenant:
        events = events.filter(tenant=tenant.pk if isinstance(tenant, models.Model) else tenant)
    found = list(events) if batch else []
    if not found:
        raise NotFoundError("Diesen Vorgang gibt es nicht.")
    records = [event for event in found if is_about_a_record(event)]
    return records, [event for event in found if not is_about_a_record(event)]


def _went_along(event: ChangeEvent) -> list[ChangeEvent]:
    """Find what a removal took along: parts of the record, and links of others to it."""
    if event.effect != Effect.REMOVED or not event.batch:
        return []
    gone = {event.subject: event}
    earlier = ChangeEvent.objects.filter(batch=event.batch, tenant=event.tenant, pk__lt=event.pk)
    along = []
    for other in earlier.order_by("-pk"):
        if other.effect == Effect.REMOVED and _is_part(other, gone.values()):
            gone[other.subject] = other
            along.append(other)
        elif other.effect == Effect.CHANGED and _lost_link(other, gone.values()):
            along.append(other)
    return sorted((*along, event), key=lambda one: one.pk)[:-1]


def _is_part(event: ChangeEvent, wholes: Iterable[ChangeEvent]) -> bool:
    """Tell whether an event removed a part of one of the removed wholes."""
    model, _ = model_of_subject(event.subject)
    if model is None:
        return False
    above = {
        (field.related_model, event.changed[field.attname][0])
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and field.attname in event.changed
    }
    return any((model_of_subject(w.subject)[0], w.changed["id"][0]) in above for w in wholes)


def _lost_link(event: ChangeEvent, wholes: Iterable[ChangeEvent]) -> bool:
    """Tell whether an event did nothing but take links to one of the removed wholes away."""
    model, _ = model_of_subject(event.subject)
    gone = {model_of_subject(whole.subject) for whole in wholes}
    return (
        model is not None
        and bool(event.changed)
        and all(
            is_link(model, name)
            and {
                (model._meta.get_field(name).related_model, key) for key in set(before) - set(after)
            }
            <= gone
            for name, (before, after) in event.changed.items()
        )
    )


def _undo(events: Sequence[ChangeEvent], *, by: object, reason: str) -> str:
    try:
        with transaction.atomic():
            found = read_reversal(events, lock=True)
            if obstacles := obstacles_of(found):
                raise UndoRefusedError([o.sentence for o in obstacles], _free(found, obstacles))
            batch = _carry_out(found, by=by, reason=reason)
            connection.check_constraints()
    except ValidationError as error:
        raise UndoRefusedError([" ".join(error.messages)]) from error
    except (IntegrityError, DataError) as error:
        raise UndoRefusedError(
            ["Der frühere Stand verträgt sich nicht mit anderen Einträgen von heute."]
        ) from error
    return batch


def _free(found: Reversal, obstacles: Iterable[Obstacle]) -> list[str]:
    changes = found.to_change()
    stuck = {obstacle.field for obstacle in obstacles}
    if len(changes) != 1 or "" in stuck:
        return []
    return [name for name in changes[0].changed if name not in stuck]


def _carry_out(found: Reversal, *, by: object, reason: str) -> str:
    """Bring back, set back, remove; what was done last is undone first."""
    batch = new_batch()
    fresh = {net.place: found.versions[net.place] for net in found.to_restore()}
    old = {net.place: found.live[net.place] for net in found.to_change()}
    few = len(found.nets) <= _FEW
    for nets, things in ((found.to_restore(), fresh), (found.to_change(), old)):
        links = _links_before(found, things)
        for model_nets in by_model(nets).values() if not few else ():
            drafts = [_draft(net, things[net.place], links[net.place], found) for net in model_nets]
            change_many(drafts, by=by, verb=Verb.UNDONE, reason=reason, batch=batch)
        for net in nets if few else ():
            thing, linked = things[net.place], links[net.place]
            with change(
                by=by, verb=Verb.UNDONE, of=thing, links=linked, reason=reason, batch=batch
            ):
                _set_back(net, thing)
    for nets in by_model(found.to_remove()).values():
        falling = [found.live[net.place] for net in nets]
        remove_many(falling, by=by, verb=Verb.UNDONE, reason=reason, batch=batch)
    return batch


def _links_before(found: Reversal, things: dict[Place, Recorded]) -> dict[Place, Links]:
    """Find the records that were linked before, by place and field."""
    links: dict[Place, dict[str, list[models.Model]]] = {place: {} for place in things}
    for model, name, nets in link_changes(found):
        nets = [net for net in nets if net.place in things]  # noqa: PLW2901
        wanted: dict[str, set[str]] = {}
        for net in nets:
            wanted.setdefault(net.tenant, set()).update(net.changed[name][0] or ())
        there = targets(model, name, wanted)
        for net in nets:
            keys: Any = net.changed[name][0] or ()
            links[net.place][name] = [there[net.tenant, key] for key in keys]
    return links  # type: ignore[return-value]  # lists are sequences


def _draft(net: Net, thing: Recorded, links: Links, found: Reversal) -> Draft:
    """Give a record the values it had before."""
    adding = thing._state.adding
    before = {} if adding else thing.field_values()
    links_before = {} if adding else {name: found.now(net, name) for name in links}
    _set_back(net, thing)
    return Draft(thing, links, before, links_before)  # type: ignore[arg-type]  # keys of links


def _set_back(net: Net, thing: Recorded) -> None:
    for name, (value, _) in net.changed.items():
        if not is_link(net.model, name):
            setattr(thing, name, settled(net.model, name, value))
