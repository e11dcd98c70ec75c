"""Delete records so that they can be brought back, with everything that goes with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from gelingen.errors import UserError
from gelingen.history.many import Draft, change_many, new_batch
from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded, writing
from gelingen.history.trace import (
    BATCH,
    chunks,
    drop_rows,
    event_of,
    keep_versions,
    keys_of,
    stored_links,
)
from gelingen.terms.vocabulary import Verb

_NAMED = 3


class LostUpdateError(UserError):
    """Somebody else changed the record since it was read."""


class StillNeededError(UserError):
    """Other records depend on the one that shall be deleted."""


def refuse_lost_update(thing: Recorded) -> None:
    """Raise LostUpdateError if the record was saved since it was read; locks its row."""
    stored = type(thing)._base_manager.select_for_update().filter(pk=thing.pk).order_by("pk")
    version = stored.values_list("version", flat=True).first()
    if version != thing.version:
        raise LostUpdateError(
            f"„{thing}“ wurde inzwischen von jemand anderem geändert. "
            "Bitte laden Sie die Seite neu und tragen Sie Ihre Änderung noch einmal ein."
        )


def remove(
    *,
    by: object,
    of: Recorded,
    reason: str = "",
    batch: str = "",
    verb: Verb = Verb.REMOVED,
) -> str:
    """Delete one record with its parts; versions and events stay, so that it can be undone.

    Parts (the money and reach of a structure) go with it, each with an event of its own. Other
    records that are linked to it lose the link, with an event too.

    Args:
        by: who does it; stored as text.
        of: the record as it was read.
        reason: why.
        batch: number of the undertaking that the removal belongs to; empty: a new one.
        verb: what is done.

    Returns:
        The number of the undertaking.

    Raises:
        LostUpdateError: somebody else saved the record since it was read.
        StillNeededError: other records depend on it; the message names them.

    """
    batch = batch or new_batch()
    with transaction.atomic():
        refuse_lost_update(of)
        falling = _with_parts(of)
        for model in falling:
            _unlink(model, falling, by=by, batch=batch)
        for model in reversed(falling):
            remove_many(falling[model], by=by, verb=verb, reason=reason, batch=batch)
    return batch


def remove_many(
    things: Sequence[Recorded], *, by: object, verb: Verb, reason: str = "", batch: str = ""
) -> str:
    """Delete many records of one model with a few statements and one event a record.

    The caller has made sure that nothing depends on them.

    Args:
        things: records of one model, as they are stored.
        by: who does it; stored as text.
        verb: what is done.
        reason: why.
        batch: number of the undertaking; empty: a new one.

    Returns:
        The number of the undertaking.

    """
    batch = batch or new_batch()
    if not things:
        return batch
    model = type(things[0])
    pks = [thing.pk for thing in things]
    links = {f.name: stored_links(model, f.name, pks) for f in model._meta.many_to_many}
    events = []
    for thing in things:
        changed: dict[str, list[object]] = {
            name: [value, None] for name, value in thing.field_values().items()
        }
        changed |= {name: [keys[thing.pk], []] for name, keys in links.items() if thing.pk in keys}
        events.append(
            event_of(
                thing, changed, effect=Effect.REMOVED, by=by, verb=verb, batch=batch, reason=reason
            )
        )
    with transaction.atomic(), writing():
        keep_versions(model, pks, mark="-")
        drop_rows(model, pks)
        ChangeEvent.objects.bulk_create(events, batch_size=BATCH)
    return batch


def references_to(model: type[models.Model]) -> Iterator[Any]:
    """Give the foreign keys of stored models that lead to a model; not those of link tables."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and not relation.many_to_many):
            continue
        kind: Any = relation.related_model
        if not kind._meta.auto_created and not hasattr(kind, "instance_type"):
            yield relation.field  # type: ignore[union-attr]  # what leads here is a foreign key


def links_to(model: type[models.Model]) -> Iterator[Any]:
    """Give the many-to-many fields that lead to a model."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.many_to_many:
            yield relation.field  # type: ignore[union-attr]  # what leads here is a link field


def _with_parts(of: Recorded) -> dict[type[Recorded], list[Recorded]]:
    """Collect a record and everything that goes with it, by model, what is above first.

    Raises StillNeededError where something depends on it that is no part of it.
    """
    falling: dict[type[Recorded], list[Recorded]] = {type(of): [of]}
    needing: list[models.Model] = []
    waiting: list[tuple[type[Recorded], list[Recorded]]] = [(type(of), [of])]
    while waiting:
        model, found = waiting.pop()
        for field in references_to(model):
            hanging = _hanging(field, [thing.pk for thing in found])
            part = field.remote_field.on_delete is models.CASCADE
            if not (part and issubclass(field.model, Recorded)):
                needing.extend(hanging)
            elif hanging:
                falling.setdefault(field.model, []).extend(hanging)
                waiting.append((field.model, hanging))
    gone = {(type(thing), thing.pk) for things in falling.values() for thing in things}
    needing = [thing for thing in needing if (type(thing), thing.pk) not in gone]
    if needing:
        raise StillNeededError(f"„{of}“ wird noch gebraucht von {named(needing)}. {of.instead}")
    return falling


def _hanging(field: Any, pks: Sequence[int]) -> list[Any]:  # noqa: ANN401  a foreign key
    manager = field.model._base_manager
    return [
        thing
        for chunk in chunks(pks)
        for thing in manager.filter(**{f"{field.name}__in": chunk}).order_by("pk")
    ]


def named(things: Sequence[models.Model]) -> str:
    """Name the first few of some things with their kind: "Struktur „Kurs A“ und 4 weiteren"."""
    first = ", ".join(f"{thing._meta.verbose_name} „{thing}“" for thing in things[:_NAMED])
    rest = len(things) - _NAMED
    return f"{first} und {rest} weiteren" if rest > 0 else first


def _unlink(
    model: type[Recorded],
    falling: Mapping[type[Recorded], Sequence[Recorded]],
    *,
    by: object,
    batch: str,
) -> None:
    """Take the links of staying records to falling ones away, so that their history tells it."""
    pks = {thing.pk for thing in falling[model]}
    for field in links_to(model):
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        rows = field.remote_field.through.objects.filter(**{f"{target}__in": pks})
        gone = {thing.pk for thing in falling.get(field.model, ())}
        owners = sorted(set(rows.values_list(f"{source}_id", flat=True)) - gone)
        drafts = []
        for owner in (
            field.model._base_manager.select_for_update().filter(pk__in=owners).order_by("pk")
        ):
            stays = [one for one in getattr(owner, field.name).all() if one.pk not in pks]
            before = {field.name: keys_of(getattr(owner, field.name).all())}
            drafts.append(Draft(owner, {field.name: stays}, owner.field_values(), before))
        change_many(drafts, by=by, verb=Verb.CHANGED, batch=batch)
