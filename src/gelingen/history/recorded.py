"""What can be recorded, and the lock that keeps everything else from writing it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Protocol

from django.db import models
from simple_history.models import HistoricalRecords

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Past(Protocol):
    """What is known of a record whose past is to be brought back: before and after by field."""

    @property
    def tenant(self) -> str:
        """Key of its tenant."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def changed(self) -> Mapping[str, list[Any]]:
        """Before and after of each field."""


class UnrecordedWriteError(RuntimeError):
    """A recorded model was written outside `change`: a mistake in the program."""


@contextmanager
def writing() -> Iterator[None]:
    """Open the lock; only the functions that keep a trace do so."""
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
    # What to do instead of deleting a record that others need.
    instead: ClassVar[str] = "Bitte zuerst dort ändern."

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

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterable[str]:
        """Say in German why the past of some records cannot be brought back; by default it can."""
        del pasts
        return ()

    def field_values(self) -> dict[str, object]:
        """Name and value of every concrete field except the counter of versions."""
        return {
            field.attname: field.get_prep_value(getattr(self, field.attname))
            for field in self._meta.concrete_fields
            if field.attname != "version"
        }
