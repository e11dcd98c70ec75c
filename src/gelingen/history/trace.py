"""The trace that a write leaves: events, versions and the rows of link tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models
from django.utils import timezone

from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded
from gelingen.terms.vocabulary import Verb

BATCH = 500
Difference = dict[str, list[object]]
T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that fit into one statement."""
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def subject_of(thing: models.Model) -> str:
    """Name a thing as events refer to it: its kind and its key."""
    return f"{thing._meta.label}:{getattr(thing, 'key', '') or thing.pk}"[:250]


def keys_of(things: Iterable[models.Model]) -> list[str]:
    """Give the keys by which events name linked records, ordered."""
    return sorted(str(getattr(thing, "key", thing.pk)) for thing in things)


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> Difference:
    """Before and after of what differs; nothing for a new record, whose first version says all."""
    if not before:
        return {}
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


def event_of(  # noqa: PLR0913  one argument a column
    thing: models.Model,
    changed: Difference,
    *,
    effect: Effect,
    by: object,
    verb: Verb,
    batch: str,
    reason: str,
) -> ChangeEvent:
    """Make the event of one change, not stored yet."""
    return ChangeEvent(
        by=str(by)[:150],
        account=by.pk if isinstance(by, AbstractBaseUser) else None,
        verb=verb,
        effect=effect,
        tenant=str(getattr(thing, "tenant_id", "") or ""),
        subject=subject_of(thing),
        label=str(thing)[:200],
        batch=batch,
        reason=reason,
        changed=changed,
    )


def keep_versions(model: type[Recorded], pks: Sequence[int], *, mark: str) -> None:
    """Copy the rows just written into the table of versions, inside the database.

    django-simple-history would build each version in Python, which for an import of 20,000 rows
    takes as long as all the rest (ADR 0004).
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    table, versions = quote(model._meta.db_table), quote(model.history.model._meta.db_table)
    moment: Any = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        for chunk in chunks(pks):
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(
                f"INSERT INTO {versions} ({columns}, history_date, history_type)"  # noqa: S608  only names of our own tables and columns are put in
                f" SELECT {columns}, %s, %s FROM {table} WHERE id IN ({marks}) ORDER BY id",
                [moment, mark, *chunk],
            )


def write_columns(model: type[Recorded], things: Sequence[Recorded], names: set[str]) -> None:
    """Write some columns of rows that are there, one prepared statement for all of them.

    `bulk_update` of Django builds an expression for each value, which takes most of the time of
    an import that changes 20,000 rows.
    """
    fields = [field for field in model._meta.concrete_fields if field.attname in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s"  # noqa: S608  only names of our own tables and columns are put in
    rows = [
        [
            *(
                field.get_db_prep_save(getattr(thing, field.attname), connection)
                for field in fields
            ),
            thing.pk,
        ]
        for thing in things
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def stored_links(model: type[Recorded], name: str, pks: Sequence[int]) -> dict[int, list[str]]:
    """Keys of the records linked by one many-to-many field, by primary key, ordered by key."""
    relation: Any = model._meta.get_field(name)
    source = relation.m2m_field_name()
    target = f"{relation.m2m_reverse_field_name()}__key"
    linked: dict[int, list[str]] = {}
    for chunk in chunks(pks):
        rows = relation.remote_field.through.objects.filter(**{f"{source}__in": chunk})
        for pk, key in rows.order_by(source, target).values_list(source, target):
            linked.setdefault(pk, []).append(key)
    return linked


def set_links(
    model: type[Recorded], name: str, links: Mapping[int, Sequence[models.Model]], fresh: set[int]
) -> None:
    """Replace the rows of one link table, two statements for 500 records.

    Args:
        model: the model of the records.
        name: the many-to-many field.
        links: the linked records by primary key.
        fresh: primary keys of records just made, which have no links yet.

    """
    relation: Any = model._meta.get_field(name)
    through = relation.remote_field.through
    source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
    for chunk in chunks([pk for pk in links if pk not in fresh]):
        through.objects.filter(**{f"{source}__in": chunk}).delete()
    through.objects.bulk_create(
        [
            through(**{source: pk, target: linked.pk})
            for pk, things in links.items()
            for linked in things
        ],
        batch_size=BATCH,
    )


def drop_rows(model: type[Recorded], pks: Sequence[int]) -> None:
    """Delete rows and the links from and to them, inside the database.

    The collector of Django would read every row again and let django-simple-history build its
    last version in Python; what depends on the rows is the caller's concern.
    """
    for field in model._meta.get_fields(include_hidden=True):
        through: Any = field.related_model
        if field.one_to_many and through._meta.auto_created:
            name = field.remote_field.name  # type: ignore[union-attr]  # the key of the link table
            for chunk in chunks(pks):
                through.objects.filter(**{f"{name}__in": chunk}).delete()
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for chunk in chunks(pks):
            marks = ", ".join(["%s"] * len(chunk))
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({marks})", list(chunk))  # noqa: S608  only the name of our own table is put in
