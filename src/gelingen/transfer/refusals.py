"""Why an import that was fine when it was shown cannot be written any more."""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint

from gelingen.access.record import Record
from gelingen.errors import UserError

_CHUNK = 500
_NAME = re.compile(r"\w+")
_AGAIN = "Nichts wurde geschrieben. Bitte die Datei noch einmal einlesen und die Vorschau ansehen."


class StalePreviewError(UserError):
    """Somebody else changed records between the preview and the import."""


class ForbiddenByDatabaseError(UserError):
    """The database refused a row that the check let through."""


def refuse_stale(model: type[Record], changed: Iterable[Record]) -> None:
    """Compare what is to be written with what is stored now; to be called in the transaction.

    Args:
        model: the model of the records.
        changed: the records as the preview read them.

    Raises:
        StalePreviewError: a record was changed or removed since.

    """
    read: Mapping[int, Record] = {thing.pk: thing for thing in changed}
    for chunk in _chunks(list(read)):
        rows = model._default_manager.select_for_update().filter(pk__in=chunk).order_by("pk")
        now = dict(rows.values_list("pk", "version"))
        for pk in chunk:
            if now.get(pk) != read[pk].version:
                what = "geändert" if pk in now else "gelöscht"
                raise StalePreviewError(f"„{read[pk]}“ wurde inzwischen {what}. {_AGAIN}")


def _chunks(items: list[int]) -> Iterator[list[int]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))


def translated(error: IntegrityError, models: Iterable[type[Model]]) -> ForbiddenByDatabaseError:
    """Say in the words of the broken constraint what the database refused."""
    text = str(error)
    named = frozenset(_NAME.findall(text))
    for model in models:
        for constraint in model._meta.constraints:
            if constraint.name in named or _columns(model, constraint) == _columns_in(text):
                what = f"{model._meta.verbose_name_plural}: {constraint.violation_error_message}"
                return ForbiddenByDatabaseError(f"{what} {_AGAIN}")
    if "foreign key" in text.lower():
        what = "Ein Eintrag, auf den die Datei verweist, wurde inzwischen gelöscht."
        return ForbiddenByDatabaseError(f"{what} {_AGAIN}")
    return ForbiddenByDatabaseError(f"Die Datenbank nimmt das nicht an ({text}). {_AGAIN}")


def _columns(model: type[Model], constraint: object) -> frozenset[str]:
    """Columns of a unique constraint as SQLite names them, which keeps its name to itself."""
    if not isinstance(constraint, UniqueConstraint):
        return frozenset()
    table, fields = model._meta.db_table, model._meta.concrete_fields
    return frozenset(f"{table}.{f.column}" for f in fields if f.name in constraint.fields)


def _columns_in(text: str) -> frozenset[str]:
    return frozenset(text.partition("UNIQUE constraint failed: ")[2].split(", "))
