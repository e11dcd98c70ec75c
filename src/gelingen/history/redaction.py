"""Forget what is personal: blank it in old versions and events when its time is over.

    redact(model, *, before) -> Redacted
    redact_all(*, before) -> Redacted
    redact_record(model, *, tenant, pk, blank)
    erase_record(model, *, tenant, pk)

Whatever a model declares as `personal` is blanked in versions and taken out of events that are
older than a day. What a living record says now stays: only its latest version is spared. So a
declared field stays as long as its record, and after that until the day given here; until then a
removal can be undone with everything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from gelingen.history.models import ChangeEvent
from gelingen.history.recorded import Recorded
from gelingen.history.trace import chunks

# Long enough to notice a wrong deletion.
KEPT_DAYS = 365
# So much of a value can stand as the label of an event.
_LABEL = 200
# Labels that are personal, by tenant and key of the thing.
_Labels: TypeAlias = dict[tuple[str, str], set[str]]


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


def redact_record(
    model: type[Recorded], *, tenant: str, pk: int, blank: Mapping[str, object], latest: bool = True
) -> None:
    """Blank some fields of one record, there or gone, in all that was there before.

    For what somebody has the right to have forgotten; what the record says now is the caller's.

    Args:
        model: kind of the record.
        tenant: key of its tenant.
        pk: its number.
        blank: what stands in each field afterwards, by column name of the model ("speaker_id").
        latest: whether the latest version is blanked too; without, it goes on saying what the
            record says now.

    """
    versions = _versions_of(model, tenant, pk)
    if not latest:
        versions = versions.exclude(history_id=versions.aggregate(last=Max("history_id"))["last"])
    named = {field.name for field in model._meta.concrete_fields if field.attname in blank}
    with transaction.atomic():
        said = {str(word)[:_LABEL] for row in versions.values_list(*blank) for word in row if word}
        files = [field for field in _files(model) if field.attname in blank]
        for field in files:
            _drop_files(model, field, list(versions.values_list("history_id", flat=True)))
        touched = []
        for event in _events_of(model, tenant, versions):
            event.changed = {
                name: pair for name, pair in event.changed.items() if name not in {*named, *blank}
            }
            if event.label in said:
                event.label = str(model._meta.verbose_name)
            touched.append(event)
        versions.update(**blank)
        ChangeEvent.objects.bulk_update(touched, ["changed", "label"], batch_size=500)


def erase_record(model: type[Recorded], *, tenant: str, pk: int) -> None:
    """Erase a record that is gone: its versions, its events, and files that nothing else names.

    For what says of a person as a whole, its key perhaps too. Afterwards it cannot come back.

    Args:
        model: kind of the record.
        tenant: key of its tenant.
        pk: its number.

    """
    versions = _versions_of(model, tenant, pk)
    with transaction.atomic():
        for field in _files(model):
            _drop_files(model, field, list(versions.values_list("history_id", flat=True)))
        _events_of(model, tenant, versions).delete()
        versions.delete()


def _versions_of(model: type[Recorded], tenant: str, pk: int) -> models.QuerySet[Any]:
    versions: Any = model.history.model._base_manager
    found: models.QuerySet[Any] = versions.filter(tenant_id=tenant, id=pk)
    return found


def _events_of(
    model: type[Recorded], tenant: str, versions: models.QuerySet[Any]
) -> models.QuerySet[ChangeEvent]:
    """Find what happened to a record; other tenants have records of the same key."""
    keys = versions.order_by().values_list("key", flat=True).distinct()
    subjects = [f"{model._meta.label}:{key}"[:250] for key in keys]
    return ChangeEvent.objects.filter(tenant=tenant, subject__in=subjects)


def _files(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if isinstance(one, models.FileField)]


def _personal_fields(model: type[models.Model]) -> list[Any]:
    declared: Iterable[str] = getattr(model, "personal", {})
    return [model._meta.get_field(name) for name in declared]


def _personal_words(model: type[Recorded], fields: Iterable[Any]) -> _Labels:
    """Collect what personal fields ever said, by tenant and key of the record."""
    words: _Labels = {}
    names = [field.attname for field in fields]
    for tenant, key, *said in model.history.values_list("tenant_id", "key", *names):
        words.setdefault((tenant, key), set()).update(str(word)[:_LABEL] for word in said if word)
    return words


def _gone(model: type[models.Model]) -> _Labels:
    """Collect the labels of accounts and roles that are no more, by tenant and key."""
    living = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
    events = ChangeEvent.objects.filter(subject__startswith=f"{model._meta.label}:")
    labels: _Labels = {}
    for tenant, subject, label in events.values_list("tenant", "subject", "label"):
        key = subject.partition(":")[2]
        if key not in living:
            labels.setdefault((tenant, key), set()).add(label)
    return labels


def _redact_events(
    model: type[models.Model],
    fields: Iterable[Any],
    labels: _Labels,
    moment: datetime,
) -> int:
    """Take personal values out of old events, and labels that are such a value."""
    names = {name for field in fields for name in (field.name, field.attname)}
    kind = str(model._meta.verbose_name)
    touched = []
    old = ChangeEvent.objects.filter(subject__startswith=f"{model._meta.label}:", at__lt=moment)
    for event in old.order_by("pk").iterator():
        kept = {name: pair for name, pair in event.changed.items() if name not in names}
        place = (event.tenant, event.subject.partition(":")[2])
        personal = event.label in labels.get(place, set())
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
