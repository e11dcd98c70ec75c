"""Forget what is personal: blank it in old versions and events when its time is over.

    redact(model, *, before) -> Redacted
    redact_all(*, before) -> Redacted
    redact_record(thing, names)

Whatever a model declares as `personal` is blanked in versions and taken out of events that are
older than a day. What a living record says now stays: only its latest version is spared. So a
declared field stays as long as its record, and after that until the day given here; until then a
removal can be undone with everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from gelingen.history.models import ChangeEvent
from gelingen.history.recorded import Recorded
from gelingen.history.trace import chunks, subject_of

# Long enough to notice a wrong deletion.
KEPT_DAYS = 365


@dataclass(frozen=True, slots=True)
class Redacted:
    """How much was blanked: versions and events."""

    versions: int = 0
    events: int = 0

    def __add__(self, other: "Redacted") -> "Redacted":
        """Add up."""
        return Redacted(self.versions + other.versions, self.events + other.events)


def redact_all(*, before: date) -> Redacted:
    """Do `redact` for every model that declares personal fields.

    Args:
        before: what is older than this day is blanked; by rule the day `KEPT_DAYS` ago.

    """
    total = Redacted()
    for model in apps.get_models():
        declared = getattr(model, "personal", {}) and model is not ChangeEvent
        if declared and not hasattr(model, "instance_type"):
            total += redact(model, before=before)
    return total


def redact(model: type[models.Model], *, before: date) -> Redacted:
    """Blank the personal fields of a model in versions and events older than a day.

    Doing it again changes nothing. Files that only blanked versions name are deleted.

    Args:
        model: the model; what it declares in `personal` is blanked.
        before: first day that is kept.

    Returns:
        How many versions and events held something and hold it no more.

    """
    moment = timezone.make_aware(datetime.combine(before, time.min))
    fields = _personal_fields(model)
    with transaction.atomic():
        if issubclass(model, Recorded):
            events = _redact_events(model, fields, _personal_words(model, fields), moment)
            versions = _redact_versions(model, fields, moment)
        else:
            events = _redact_events(model, fields, _gone(model), moment)
            versions = 0
    return Redacted(versions, events)


def redact_record(thing: Recorded, names: Iterable[str]) -> None:
    """Blank some fields of one record in all that was there before it was changed last.

    For what somebody has the right to have forgotten; what the record says now is the caller's.
    """
    fields: list[Any] = [thing._meta.get_field(name) for name in names]
    known = {name for field in fields for name in (field.name, field.attname)}
    blank = {field.attname: None if field.null else field.get_default() for field in fields}
    versions: Any = type(thing).history
    with transaction.atomic():
        versions.filter(id=thing.pk).update(**blank)
        touched = []
        for event in ChangeEvent.objects.filter(subject=subject_of(thing)):
            event.changed = {
                name: said for name, said in event.changed.items() if name not in known
            }
            touched.append(event)
        ChangeEvent.objects.bulk_update(touched, ["changed"], batch_size=500)


def _personal_fields(model: type[models.Model]) -> list[Any]:
    declared: Iterable[str] = getattr(model, "personal", {})
    return [model._meta.get_field(name) for name in declared]


def _personal_words(model: type[Recorded], fields: Iterable[Any]) -> dict[str, set[str]]:
    """Collect what personal fields ever said, by key of the record."""
    words: dict[str, set[str]] = {}
    names = [field.attname for field in fields]
    for key, *said in model.history.values_list("key", *names):
        words.setdefault(key, set()).update(str(word)[:200] for word in said if word)
    return words


def _gone(model: type[models.Model]) -> dict[str, set[str]]:
    """Collect the labels of accounts and roles that are no more, by key."""
    living = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
    events = ChangeEvent.objects.filter(subject__startswith=f"{model._meta.label}:")
    labels: dict[str, set[str]] = {}
    for subject, label in events.values_list("subject", "label"):
        key = subject.partition(":")[2]
        if key not in living:
            labels.setdefault(key, set()).add(label)
    return labels


def _redact_events(
    model: type[models.Model],
    fields: Iterable[Any],
    labels: dict[str, set[str]],
    moment: datetime,
) -> int:
    """Take personal values out of old events, and labels that are such a value."""
    names = {name for field in fields for name in (field.name, field.attname)}
    kind = str(model._meta.verbose_name)
    touched = []
    old = ChangeEvent.objects.filter(subject__startswith=f"{model._meta.label}:", at__lt=moment)
    for event in old.order_by("pk").iterator():
        kept = {name: pair for name, pair in event.changed.items() if name not in names}
        personal = event.label in labels.get(event.subject.partition(":")[2], set())
        if kept != event.changed or personal:
            event.changed, event.label = kept, kind if personal else event.label
            touched.append(event)
    ChangeEvent.objects.bulk_update(touched, ["changed", "label"], batch_size=500)
    return len(touched)


def _redact_versions(model: type[Recorded], fields: Iterable[Any], moment: datetime) -> int:
    """Blank personal fields in old versions, but not in the latest one of a living record."""
    versions: Any = model.history.model._base_manager
    living = model._base_manager.values("pk")
    latest = versions.filter(id__in=living).order_by().values("id").annotate(last=Max("history_id"))
    old = versions.filter(history_date__lt=moment).exclude(history_id__in=latest.values("last"))
    blank = {field.attname: None if field.null else field.get_default() for field in fields}
    held = ~models.Q(**blank) if blank else models.Q(pk__in=[])
    pks = list(old.filter(held).order_by("history_id").values_list("history_id", flat=True))
    files = [field for field in fields if isinstance(field, models.FileField)]
    for field in files:
        _drop_files(model, field, pks)
    for chunk in chunks(pks):
        versions.filter(history_id__in=chunk).update(**blank)
    return len(pks)


def _drop_files(model: type[Recorded], field: Any, pks: list[int]) -> None:  # noqa: ANN401  a file field
    """Delete files that are named by the versions given, and by no other and no record."""
    versions: Any = model.history.model._base_manager
    named = versions.exclude(**{field.attname: ""}).values_list("history_id", field.attname)
    gone: set[str] = set()
    kept: set[str] = set(model._base_manager.values_list(field.attname, flat=True))
    chosen = set(pks)
    for pk, name in named:
        (gone if pk in chosen else kept).add(name)
    for name in sorted(gone - kept):
        transaction.on_commit(partial(field.storage.delete, name))
