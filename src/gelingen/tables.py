"""Tables of the installed version: made at once in an empty database, otherwise brought up to date.

Going through every migration takes minutes in an empty database: nearly every record refers to the
tenant, and Django builds all models that hang together anew for each one that is added.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

__all__ = ["bring_up_to_date"]


_LOCK = 0x47454C49  # of advisory locks of one database; any number that nothing else uses


def bring_up_to_date(using: str = DEFAULT_DB_ALIAS) -> None:
    """Give a database the tables of the installed version; nothing happens where it has them.

    Of several processes that start at once, one does the work and the others wait for it.

    Args:
        using: the database.

    Raises:
        DatabaseError: the database refuses; an empty one stays empty.

    """
    if not _steps(using):
        return
    with _alone(using):
        if _empty(using):
            _make(using)
        elif _steps(using):
            call_command("migrate", database=using, interactive=False, verbosity=0)


def _empty(using: str) -> bool:
    return not connections[using].introspection.table_names()


def _steps(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone(using: str) -> Iterator[None]:
    """Wait for other processes that are at the tables; a process that is killed lets go."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            with suppress(DatabaseError), connection.cursor() as cursor:  # if lost, it let go
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    elif connection.is_in_memory_db():  # type: ignore[attr-defined]  # of SQLite only
        yield
    else:
        # The folder and not the file: closing a file would take SQLite's own locks on it away.
        handle = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _make(using: str) -> None:
    """Create every table as the models say and note each migration as done, all or nothing.

    What Django adds after migrations, such as kinds of content, belongs to the whole: nobody would
    add it later to tables that are up to date.
    """
    connection = connections[using]
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=using)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder = MigrationRecorder(connection)
        editor.create_model(recorder.Migration)
        for statement in editor.deferred_sql:  # PostgreSQL changes no table with rows on their way
            editor.execute(statement, None)
        editor.deferred_sql.clear()
        steps = sorted(MigrationExecutor(None).loader.disk_migrations or ())
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in steps
        )
        emit_post_migrate_signal(verbosity=0, interactive=False, db=using)
