"""Tables of the installed version: made at once in an empty database, otherwise brought up to date.

Going through every migration takes minutes in an empty database: nearly every record refers to the
tenant, and Django builds all models that hang together anew for each one that is added.
"""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

__all__ = ["bring_up_to_date"]


def bring_up_to_date(using: str = DEFAULT_DB_ALIAS) -> None:
    """Give a database the tables of the installed version; nothing happens where it has them.

    Args:
        using: the database.

    Raises:
        DatabaseError: the database refuses; an empty one stays empty.

    """
    if not connections[using].introspection.table_names():
        _make(using)
    elif _steps(using):
        call_command("migrate", database=using, interactive=False, verbosity=0)


def _steps(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _make(using: str) -> None:
    """Create every table as the models say and note each migration as done, all or nothing."""
    connection = connections[using]
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=using)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder = MigrationRecorder(connection)
        editor.create_model(recorder.Migration)
        steps = sorted(MigrationExecutor(None).loader.disk_migrations or ())
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in steps
        )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=using)
