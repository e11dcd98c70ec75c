"""Changes in the words of the people who read them: German fields, German values.

names_for(events) -> Names                        a fixed number of queries for n events
say_changes(model, event, names) -> list[FieldChange]     pure
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded
from gelingen.history.reversal import model_of_subject
from gelingen.history.trace import chunks
from gelingen.terms.spelling import day, last_day, number

# Fields that hold the first day after; people read and write the last day.
LAST_DAYS = frozenset({"ends", "due", "funding_ends", "horizon", "planned_ends"})
NO_LINK = "—"
# Both ends of a span, entered together, are one thing to read and to take back.
SPANS = {
    ("starts", "ends"): "Zeitraum",
    ("planned_starts", "planned_ends"): "Geplanter Zeitraum",
    ("opens", "closes"): "Offen",
}
_OWN = frozenset({"id", "tenant_id", "version"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change as people read it.

    Attributes:
        name: the field as the event has it; of a span both, with a comma. `undo_field` takes it.
        label: its German name.
        before: its German value before; "" is an empty field. For links what was taken away.
        after: its German value afterwards. For links what was added.

    """

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Names:
    """How people name what events refer to.

    Attributes:
        by_pk: labels by kind and primary key.
        by_key: labels by kind, tenant and key.

    """

    by_pk: Mapping[tuple[type[models.Model], str], str] = field(default_factory=dict)
    by_key: Mapping[tuple[type[models.Model], str, str], str] = field(default_factory=dict)


NO_NAMES = Names()


def field_of(model: type[models.Model], name: str) -> Any:  # noqa: ANN401  any kind of model field
    """Find a field by the name that events use; None for one that is no more."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def names_for(events: Iterable[ChangeEvent]) -> Names:
    """Read the names of everything that events refer to.

    One query for each kind referred to and one for each kind of which some are deleted by now,
    for 500 names each.
    """
    pks: dict[type[models.Model], set[str]] = {}
    keys: dict[type[models.Model], set[str]] = {}
    for event in events:
        model, _ = model_of_subject(event.subject)
        for name, (before, after) in event.changed.items() if model else ():
            stored = field_of(model, name) if model else None
            if isinstance(stored, models.ForeignKey) and name not in _OWN:
                kind: Any = stored.related_model
                pks.setdefault(kind, set()).update(str(pk) for pk in (before, after) if pk)
            elif isinstance(stored, models.ManyToManyField):
                linked: Any = stored.related_model
                keys.setdefault(linked, set()).update(before or (), after or ())
    by_pk, by_key = {}, {}
    for kind in sorted({*pks, *keys}, key=lambda one: one._meta.label):
        for thing in _things(kind, pks.get(kind, set()), keys.get(kind, set())):
            by_pk[kind, str(thing.pk)] = str(thing)
            tenant = str(getattr(thing, "tenant_id", ""))
            by_key[kind, tenant, str(getattr(thing, "key", ""))] = str(thing)
    return Names(by_pk, by_key)


def _things(kind: type[models.Model], pks: set[str], keys: set[str]) -> list[Any]:
    """Read records of one kind; deleted ones as they last were."""
    found: list[Any] = []
    for chunk in chunks(sorted(pks)):
        found += kind._base_manager.filter(pk__in=chunk)
    manager: Any = kind._base_manager
    for chunk in chunks(sorted(keys)):
        found += manager.filter(key__in=chunk)
    if not issubclass(kind, Recorded):
        return found
    here = {str(thing.pk) for thing in found} | {thing.key for thing in found}
    lost = kind.history.filter(history_type=Effect.REMOVED.value).order_by("history_id")
    gone: list[Any] = []
    for chunk in chunks(sorted(pks - here)):
        gone += [version.instance for version in lost.filter(id__in=chunk)]
    for chunk in chunks(sorted(keys - here)):
        gone += [version.instance for version in lost.filter(key__in=chunk)]
    return [*gone, *found]


def say_changes(
    model: type[models.Model] | None, event: ChangeEvent, names: Names = NO_NAMES
) -> list[FieldChange]:
    """Say what an event changed, in the order of the model's fields.

    What was and stays empty is left out, and so are the fields that no one edits.

    Args:
        model: kind of the thing; None for a kind that is no more.
        event: the event.
        names: how people name what it refers to; what is missing there is named by its key.

    """
    if model is None:
        return [
            FieldChange(name, name, _text(before), _text(after))
            for name, (before, after) in sorted(event.changed.items())
        ]
    known = [f.attname for f in model._meta.concrete_fields]
    known += [f.name for f in model._meta.many_to_many]
    ordered = sorted(
        (name for name in event.changed if name not in _OWN),
        key=lambda name: (known.index(name) if name in known else len(known), name),
    )
    said = [_say(model, event, name, names) for name in ordered]
    return [one for one in said if {one.before, one.after} - {"", NO_LINK}]


def joined(changes: Iterable[FieldChange]) -> list[FieldChange]:
    """Put both ends of a span into one line where both have changed; it stands at the first."""
    found = list(changes)
    for (first, last), label in SPANS.items():
        ends = [one for one in found if one.name in (first, last)]
        if len(ends) == len((first, last)):
            begin, end = sorted(ends, key=lambda one: one.name != first)
            span = FieldChange(
                f"{first},{last}",
                label,
                _span(begin.before, end.before),
                _span(begin.after, end.after),
            )
            at = found.index(ends[0])
            found = [one for one in found if one not in ends]
            found.insert(at, span)
    return found


def _span(begin: str, end: str) -> str:
    if begin and end:
        return f"{begin} bis {end}"
    return f"ab {begin}" if begin else f"bis {end}" if end else ""


def _say(model: type[models.Model], event: ChangeEvent, name: str, names: Names) -> FieldChange:
    before, after = event.changed[name]
    stored = field_of(model, name)
    label = str(getattr(stored, "verbose_name", name))
    if isinstance(stored, models.ManyToManyField):
        gone = [key for key in before or () if key not in (after or ())]
        come = [key for key in after or () if key not in (before or ())]
        return FieldChange(
            name,
            label,
            _linked("entfernt", stored.related_model, event.tenant, gone, names),
            _linked("hinzugefügt", stored.related_model, event.tenant, come, names),
        )
    return FieldChange(name, label, _value(stored, before, names), _value(stored, after, names))


def _linked(verb: str, kind: Any, tenant: str, keys: Iterable[str], names: Names) -> str:  # noqa: ANN401  a model
    said = ", ".join(sorted(names.by_key.get((kind, tenant, key), key) for key in keys))
    return f"{verb}: {said}" if said else NO_LINK


def _value(stored: Any, value: Any, names: Names) -> str:  # noqa: ANN401  any field and its value
    """Say one value as German text; "" for an empty one."""
    if value is None or value == "":
        return ""
    if isinstance(stored, models.ForeignKey):
        return names.by_pk.get((stored.related_model, str(value)), str(value))
    if getattr(stored, "choices", None):
        return str(dict(stored.flatchoices).get(value, value))
    if isinstance(stored, models.DateField):
        moment = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        return day(last_day(moment) if stored.name in LAST_DAYS else moment)
    if isinstance(stored, (models.DecimalField, models.FloatField, models.IntegerField)):
        return _number(value)
    return _text(value)


def _number(value: object) -> str:
    """Write a number with German signs and as many digits as it has."""
    try:
        exact = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    return number(float(exact), max(0, -int(exact.as_tuple().exponent)))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, (list, dict)):
        return f"{len(value)} Angaben" if len(value) != 1 else "1 Angabe"
    return "" if value is None else str(value)
