"""Rows of tables as lines of JSON that say the same on every database, and back."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import connections, models
from django.db.models.sql import InsertQuery

from gelingen.backup.manifest import BackupError

# Who is signed in at the moment is nobody's business later, and a session is as good as a password.
LEFT_OUT = {"sessions.Session", "usersessions.UserSession"}
# Made by setting up the tables; jobs that a server begins by itself.
MADE_BY_ITSELF = {
    "contenttypes.ContentType",
    "auth.Permission",
    "django_tasks_database.DBTaskResult",
}
_AT_ONCE = 500

Model = type[models.Model]


def tables_of(apps: Apps) -> dict[str, Model]:
    """Give all models that are kept, by name, those of links between records among them."""
    found = {
        model._meta.label: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    return {name: found[name] for name in sorted(set(found) - LEFT_OUT)}


def columns_of(model: Model) -> list[Any]:
    """Give the fields of a model that are columns of its table."""
    return [one for one in model._meta.concrete_fields if not getattr(one, "generated", False)]


def lines(model: Model, *, using: str) -> Iterator[bytes]:
    """Yield each row as a line, by number of the row; at no time more than a few in memory.

    The order is that of the numbers, never that of writing: of anonymous answers, which have random
    ones, it tells nothing.
    """
    names = [one.attname for one in columns_of(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield line_of(row)


def line_of(row: Sequence[object]) -> bytes:
    """Write a row; JSON with sorted names, so that equal rows are equal lines."""
    return json.dumps(row, default=_said, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _said(value: object) -> str:
    match value:
        case Decimal() | UUID():
            return str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
    raise TypeError(type(value))


def _heard(column: Any, value: object) -> object:  # noqa: ANN401  a field of a model
    if value is None or isinstance(column, models.JSONField):
        return value
    if isinstance(column, models.BinaryField):
        return bytes.fromhex(str(value))
    return column.to_python(value)


def insert(model: Model, names: Sequence[str], read: Iterable[bytes], *, using: str) -> int:
    """Write rows as they were: no counter, no moment, no rule of the model comes between.

    Args:
        model: whose rows.
        names: its columns in the order of the values; a form of the tables that steps led to may
            have another one than the models of today.
        read: the rows as lines.
        using: the database.

    Raises:
        BackupError: a line is no row of this table.

    """
    known = {one.attname: one for one in columns_of(model)}
    columns, number = [known[name] for name in names], 0
    many = max(1, connections[using].ops.bulk_batch_size(columns, [None] * _AT_ONCE))
    given = iter(read)
    while some := list(islice(given, min(many, _AT_ONCE))):
        rows = [_row(model, columns, line) for line in some]
        query: Any = InsertQuery(model)
        query.insert_values(columns, rows, raw=True)
        query.get_compiler(using=using).execute_sql()
        number += len(rows)
    return number


def _row(model: Model, columns: Sequence[Any], line: bytes) -> SimpleNamespace:
    try:
        values = json.loads(line)
        pairs = zip(columns, values, strict=True)
        return SimpleNamespace(**{one.attname: _heard(one, value) for one, value in pairs})
    except (ValueError, TypeError, ValidationError) as error:
        raise BackupError(
            f"Die Sicherung ist beschädigt: In der Tabelle {model._meta.label} ist eine Zeile "
            "nicht zu lesen."
        ) from error


def last_number(model: Model, *, using: str) -> int | None:
    """Tell the highest number ever given to a row; None where the database gives none.

    Numbers of deleted rows are named by the history: they are never to be given again.
    """
    key, connection = model._meta.pk, connections[using]
    if not isinstance(key, models.AutoField | models.BigAutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        place = connection.ops.quote_name(model._meta.db_table)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [place, key.column])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608
        number, given = cursor.fetchone()
        return int(number) if given else 0


def go_on_from(model: Model, last: int, *, using: str) -> None:
    """Let the database give numbers to rows from where the installation stood."""
    connection, table, key = connections[using], model._meta.db_table, model._meta.pk
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last])
            return
        place = connection.ops.quote_name(table)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
            [place, key.column if key else "", last],
        )


def refuse_rows(models_kept: Iterable[Model], *, using: str) -> None:
    """Refuse to write into an installation that holds anything.

    Raises:
        BackupError: a table has rows that setting up did not make.

    """
    for model in models_kept:
        if model._meta.label in MADE_BY_ITSELF:
            continue
        if model._base_manager.using(using).exists():
            raise BackupError(
                "Zurückspielen geht nur in eine leere Installation; in dieser liegen schon "
                "Einträge. Bitte mit GELINGEN_HOME einen neuen Ordner nennen, mit PostgreSQL auch "
                "eine neue Datenbank."
            )


def empty(model: Model, *, using: str) -> None:
    """Take out what setting up has made, so that it comes as it was."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
