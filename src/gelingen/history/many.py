"""Write thousands of records in a few statements a table, each with its version and event."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import uuid4

from django.db import models, transaction

from gelingen.errors import UserError
from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded, writing
from gelingen.history.trace import (
    BATCH,
    Difference,
    chunks,
    difference,
    event_of,
    keep_versions,
    keys_of,
    set_links,
    write_columns,
)
from gelingen.terms.vocabulary import Verb

Links: TypeAlias = Mapping[str, Sequence[models.Model]]


class ForeignLinkError(UserError):
    """A record refers to one of another tenant."""


class CircleError(UserError):
    """Records refer to each other in a circle."""


def new_batch() -> str:
    """Make the number of an undertaking that several changes belong to."""
    return uuid4().hex


@dataclass(slots=True)
class Draft:
    """One record to be written by `change_many`, with the links it shall have afterwards.

    Attributes:
        thing: the record with its new values; a new one has no primary key yet.
        links: for each many-to-many field the linked records; fields left out stay as they are.
        before: field values before the change; empty for a new record.
        links_before: keys of the linked records before the change, by field.

    """

    thing: Recorded
    links: Links = field(default_factory=dict)
    before: Mapping[str, object] = field(default_factory=dict)
    links_before: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def difference(self) -> Difference:
        """Before and after of every value and link that differs; nothing for a new record."""
        if not self.before:
            return {}
        links = {name: keys_of(things) for name, things in self.links.items()}
        links_before = {name: sorted(keys) for name, keys in self.links_before.items()}
        return difference(self.before, self.thing.field_values()) | difference(links_before, links)


def tenant_of(thing: models.Model) -> object:
    """Give the tenant of a record; None for what has none."""
    return getattr(thing, "tenant_id", None)


def change_many(
    drafts: Sequence[Draft], *, by: object, verb: Verb, reason: str = "", batch: str = ""
) -> str:
    """Write many records of one model with a few statements a table and one event a record.

    Values are taken as checked by the caller; what the database forbids raises IntegrityError
    and nothing is written.

    Args:
        drafts: records of one model, new ones and changed ones mixed.
        by: who does it; stored as text.
        verb: what is done.
        reason: why.
        batch: number of the undertaking that these changes belong to; empty: a new one.

    Returns:
        The number of the undertaking.

    Raises:
        CircleError: new records refer to each other in a circle.
        ForeignLinkError: a record refers to one of another tenant.

    """
    batch = batch or new_batch()
    if not drafts:
        return batch
    model = type(drafts[0].thing)
    refuse_foreign(model, drafts)
    new = [draft for draft in drafts if draft.thing._state.adding]
    old = [draft for draft in drafts if not draft.thing._state.adding]
    effects = [Effect.ADDED if d.thing._state.adding else Effect.CHANGED for d in drafts]
    changes = [draft.difference() for draft in drafts]
    for draft in drafts:
        draft.thing.version += 1
    with transaction.atomic(), writing():
        for wave in _waves(model, [draft.thing for draft in new]):
            model.objects.bulk_create(wave, batch_size=BATCH)
            keep_versions(model, [thing.pk for thing in wave], mark="+")
        _rewrite(model, [draft.thing for draft in old], {name for one in changes for name in one})
        _relink(model, drafts, fresh={draft.thing.pk for draft in new})
        ChangeEvent.objects.bulk_create(
            [
                event_of(
                    draft.thing, changed, effect=effect, by=by, verb=verb, batch=batch,
                    reason=reason,
                )
                for draft, changed, effect in zip(drafts, changes, effects, strict=True)
            ],
            batch_size=BATCH,
        )  # fmt: skip
    return batch


def _rewrite(model: type[Recorded], things: Sequence[Recorded], changed: set[str]) -> None:
    """Write the columns in which any of the records differs, and keep the versions."""
    if not things:
        return
    write_columns(model, things, {*changed, "version"})
    keep_versions(model, [thing.pk for thing in things], mark="~")


def _relink(model: type[Recorded], drafts: Sequence[Draft], *, fresh: set[int]) -> None:
    for relation in model._meta.many_to_many:
        links = {d.thing.pk: d.links[relation.name] for d in drafts if relation.name in d.links}
        if links:
            set_links(model, relation.name, links, fresh)


def _waves(model: type[Recorded], things: Sequence[Recorded]) -> Iterator[list[Recorded]]:
    """Order new records so that one is written after those of its own kind it refers to."""
    upward = [field for field in model._meta.fields if field.related_model is model]
    rest = list(things)
    while rest:
        coming = {thing.pk for thing in rest if thing.pk}
        wave = [
            thing for thing in rest if not any(_is_coming(thing, field, coming) for field in upward)
        ]
        if not wave:
            names = ", ".join(f"„{thing}“" for thing in rest[:3])
            raise CircleError(f"Diese Einträge verweisen im Kreis aufeinander: {names}.")
        yield wave
        rest = [thing for thing in rest if thing._state.adding]


def _is_coming(thing: Recorded, field: Any, coming: set[int]) -> bool:  # noqa: ANN401  a foreign key
    """Tell whether a record refers to one that is still to be written."""
    if field.is_cached(thing):
        above = getattr(thing, field.name)
        return above is not None and above._state.adding
    return getattr(thing, field.attname) in coming


def refuse_foreign(model: type[Recorded], drafts: Sequence[Draft]) -> None:
    """Refuse records that refer to one of another tenant.

    What a record refers to already was checked when it was written. One query for each relation
    whose targets are not at hand.
    """
    for draft in drafts:
        for name, things in draft.links.items():
            if any(tenant_of(linked) != tenant_of(draft.thing) for linked in things):
                raise _foreign(model, name, draft.thing)
    for relation in model._meta.concrete_fields:
        if isinstance(relation, models.ForeignKey):
            _refuse_foreign_targets(model, relation, drafts)


def _refuse_foreign_targets(
    model: type[Recorded], relation: "models.ForeignKey[Any, Any]", drafts: Sequence[Draft]
) -> None:
    kind = relation.related_model
    if not (isinstance(kind, type) and issubclass(kind, Recorded)):
        return
    unseen: dict[int, list[Recorded]] = {}
    for draft in drafts:
        thing, pk = draft.thing, getattr(draft.thing, relation.attname)
        if relation.is_cached(thing):
            target = getattr(thing, relation.name)
            if target is not None and tenant_of(target) != tenant_of(thing):
                raise _foreign(model, relation.name, thing)
        elif pk is not None and draft.before.get(relation.attname) != pk:
            unseen.setdefault(pk, []).append(thing)
    for chunk in chunks(list(unseen)):
        for target in kind._base_manager.filter(pk__in=chunk):
            for thing in unseen[target.pk]:
                if tenant_of(thing) != tenant_of(target):
                    raise _foreign(model, relation.name, thing)


def _foreign(model: type[Recorded], name: str, thing: Recorded) -> ForeignLinkError:
    label = getattr(model._meta.get_field(name), "verbose_name", name)
    return ForeignLinkError(
        f"„{thing}“: {label} führt zu einem Eintrag eines anderen Mandanten. "
        "Richtig wäre ein Eintrag des eigenen."
    )
