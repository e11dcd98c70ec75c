"""Write and record in one step: the only way in which domain data changes.

`change` writes one record, `change_many` writes thousands in one statement a table, `remove`
deletes one. Each keeps a full version (django-simple-history) and one event that says who did
what and what is different. Anything else that tries to write a recorded model is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias
from uuid import uuid4

from django.db import connection, models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from gelingen.errors import UserError
from gelingen.history.models import ChangeEvent
from gelingen.terms.vocabulary import Verb

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_BATCH = 500

Links: TypeAlias = Mapping[str, Sequence[models.Model]]


class UnrecordedWriteError(RuntimeError):
    """A recorded model was written outside `change`: a mistake in the program."""


class LostUpdateError(UserError):
    """Somebody else changed the record since it was read."""


@contextmanager
def _open() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def _refuse(name: str) -> Callable[..., Any]:
    def method(self: models.QuerySet[Any], *args: object, **kwargs: object) -> object:
        if not _writing.get():
            raise UnrecordedWriteError(f"{self.model._meta.label}.{name}() outside change()")
        return getattr(models.QuerySet, name)(self, *args, **kwargs)

    method.__name__ = name
    method.__doc__ = f"Refuse `{name}` unless a recorded change is under way."
    return method


class RecordedQuerySet(models.QuerySet[Any]):
    """A queryset that cannot write past the record of changes."""

    update = _refuse("update")
    delete = _refuse("delete")
    bulk_create = _refuse("bulk_create")
    bulk_update = _refuse("bulk_update")


class Recorded(models.Model):
    """A model that can be written inside `change` and nowhere else."""

    # Each model says itself which of its fields may tell of a person, and how long they stay.
    personal: ClassVar[dict[str, str]]

    version = models.PositiveIntegerField("Stand", default=0, editable=False)

    history = HistoricalRecords(inherit=True, history_user_id_field=models.IntegerField(null=True))
    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        """Refuse a write that would leave no trace."""
        if not _writing.get():
            raise UnrecordedWriteError(f"{self._meta.label} saved outside change()")
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Refuse a deletion that would leave no trace."""
        if not _writing.get():
            raise UnrecordedWriteError(f"{self._meta.label} deleted outside remove()")
        return super().delete(*args, **kwargs)

    def field_values(self) -> dict[str, object]:
        """Name and value of every concrete field except the counter of versions."""
        return {
            field.attname: field.get_prep_value(getattr(self, field.attname))
            for field in self._meta.concrete_fields
            if field.attname != "version"
        }


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

    def difference(self) -> dict[str, list[object]]:
        """Before and after of every value and link that differs; nothing for a new record."""
        if not self.before:
            return {}
        links = {name: _keys(things) for name, things in self.links.items()}
        return _difference(self.before, self.thing.field_values()) | _difference(
            self.links_before, links
        )


def _subject(thing: Recorded) -> str:
    return f"{thing._meta.label}:{getattr(thing, 'key', '') or thing.pk}"


def _event(  # noqa: PLR0913  one argument a column
    thing: Recorded,
    changed: dict[str, list[object]],
    *,
    by: object,
    verb: Verb,
    batch: str,
    reason: str,
) -> ChangeEvent:
    return ChangeEvent(
        by=str(by),
        verb=verb,
        tenant=str(getattr(thing, "tenant_id", "") or ""),
        subject=_subject(thing)[:250],
        label=str(thing)[:200],
        batch=batch,
        reason=reason,
        changed=changed,
    )


def _difference(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, list[object]]:
    """Before and after of what differs; nothing for a new record, whose first version says all."""
    if not before:
        return {}
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


def _keys(things: Iterable[models.Model]) -> list[str]:
    return [str(getattr(thing, "key", thing.pk)) for thing in things]


def _refuse_lost_update(thing: Recorded) -> None:
    stored = type(thing)._base_manager.select_for_update().filter(pk=thing.pk)
    version = stored.values_list("version", flat=True).first()
    if version != thing.version:
        raise LostUpdateError(
            f"„{thing}“ wurde inzwischen von jemand anderem geändert. "
            "Bitte laden Sie die Seite neu und tragen Sie Ihre Änderung noch einmal ein."
        )


@contextmanager
def change(
    *, by: object, verb: Verb, of: Recorded, links: Links | None = None, reason: str = ""
) -> Iterator[None]:
    """Change one thing: check it, save it and record the difference, all or nothing.

    with change(by=actor, verb=Verb.CHANGED, of=funding):
        funding.ends = until

    Args:
        by: who does it; stored as text.
        verb: what is done.
        of: the record, new or read before.
        links: for each many-to-many field the records it shall hold afterwards.
        reason: why, in the words of the person who does it.

    Raises:
        ValidationError: a value or a constraint is broken; the messages are German.
        LostUpdateError: somebody else saved the record since it was read.

    """
    adding = of._state.adding
    before = {} if adding else of.field_values()
    old_links = {} if adding else {name: _keys(getattr(of, name).all()) for name in links or {}}
    with transaction.atomic(), _open():
        if not adding:
            _refuse_lost_update(of)
        yield
        of.full_clean()
        of.version += 1
        of.save()
        for name, things in (links or {}).items():
            getattr(of, name).set(things)
        changed = _difference(before, of.field_values())
        changed |= _difference(old_links, {n: _keys(t) for n, t in (links or {}).items()})
        _event(of, changed, by=by, verb=verb, batch="", reason=reason).save()


def change_many(
    drafts: Sequence[Draft], *, by: object, verb: Verb, reason: str = "", batch: str = ""
) -> str:
    """Write many records of one model with one statement a table and one event a record.

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

    """
    batch = batch or uuid4().hex
    if not drafts:
        return batch
    model = type(drafts[0].thing)
    new = [draft for draft in drafts if draft.thing._state.adding]
    old = [draft for draft in drafts if not draft.thing._state.adding]
    for draft in drafts:
        draft.thing.version += 1
    with transaction.atomic(), _open():
        for wave in _waves(model, [draft.thing for draft in new]):
            model.objects.bulk_create(wave, batch_size=_BATCH)
            _keep_versions(model, [thing.pk for thing in wave], mark="+")
        if old:
            names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
            model.objects.bulk_update([draft.thing for draft in old], names, batch_size=_BATCH)
            _keep_versions(model, [draft.thing.pk for draft in old], mark="~")
        _set_links(model, drafts)
        ChangeEvent.objects.bulk_create(
            [
                _event(
                    draft.thing,
                    draft.difference(),
                    by=by,
                    verb=verb,
                    batch=batch,
                    reason=reason,
                )
                for draft in drafts
            ],
            batch_size=_BATCH,
        )
    return batch


class CircleError(UserError):
    """Records refer to each other in a circle."""


def _waves(model: type[Recorded], things: Sequence[Recorded]) -> Iterator[list[Recorded]]:
    """Order new records so that one is written after those of its own kind it refers to."""
    upward = [field.name for field in model._meta.fields if field.related_model is model]
    rest = list(things)
    while rest:
        wave = [
            thing
            for thing in rest
            if all((above := getattr(thing, name)) is None or above.pk for name in upward)
        ]
        if not wave:
            names = ", ".join(f"„{thing}“" for thing in rest[:3])
            raise CircleError(f"Diese Einträge verweisen im Kreis aufeinander: {names}.")
        yield wave
        rest = [thing for thing in rest if not thing.pk]


def _keep_versions(model: type[Recorded], pks: Sequence[int], *, mark: str) -> None:
    """Copy the rows just written into the table of versions, inside the database.

    django-simple-history would build each version in Python, which for an import of 20,000 rows
    takes as long as all the rest (ADR 0004).
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    table, versions = quote(model._meta.db_table), quote(model.history.model._meta.db_table)
    moment: Any = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        for start in range(0, len(pks), _BATCH):
            chunk = pks[start : start + _BATCH]
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(
                f"INSERT INTO {versions} ({columns}, history_date, history_type)"  # noqa: S608  only names of our own tables and columns are put in
                f" SELECT {columns}, %s, %s FROM {table} WHERE id IN ({marks}) ORDER BY id",
                [moment, mark, *chunk],
            )


def _set_links(model: type[Recorded], drafts: Sequence[Draft]) -> None:
    """Replace the rows of the link tables, two statements a field."""
    for relation in model._meta.many_to_many:
        touched = [draft for draft in drafts if relation.name in draft.links]
        if not touched:
            continue
        through: Any = relation.remote_field.through
        source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
        pks = [draft.thing.pk for draft in touched if draft.before]
        for start in range(0, len(pks), _BATCH):
            through.objects.filter(**{f"{source}__in": pks[start : start + _BATCH]}).delete()
        through.objects.bulk_create(
            [
                through(**{source: draft.thing.pk, target: linked.pk})
                for draft in touched
                for linked in draft.links[relation.name]
            ],
            batch_size=_BATCH,
        )


def remove(*, by: object, of: Recorded, reason: str = "") -> None:
    """Delete one record; its versions and the event stay."""
    with transaction.atomic(), _open():
        _refuse_lost_update(of)
        event = _event(
            of,
            {name: [value, None] for name, value in of.field_values().items()},
            by=by,
            verb=Verb.REMOVED,
            batch="",
            reason=reason,
        )
        of.delete()
        event.save()
