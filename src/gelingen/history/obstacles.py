"""What stands in the way of taking events back, as German sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded
from gelingen.history.removing import links_to, named, references_to
from gelingen.history.reversal import Net, Reversal, by_model, is_link, nets_of, targets
from gelingen.history.trace import chunks
from gelingen.terms.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way.

    Attributes:
        sentence: German: what it is, and who did it when.
        field: name of the field that is at fault; "" if it is the record as a whole.

    """

    sentence: str
    field: str = ""


def obstacles_of(reversal: Reversal) -> list[Obstacle]:
    """Find everything that stands in the way; first what was changed since, then the rest."""
    return [
        *_changed_since(reversal),
        *_gone_or_back(reversal),
        *_depending(reversal),
        *_pointing_nowhere(reversal),
        *_links_nowhere(reversal),
        *_fixed_by_now(reversal),
    ]


def same(model: type[Recorded], name: str, one: object, other: object) -> bool:
    """Compare two values of a field, as stored in an event or read from the database."""
    if is_link(model, name):
        return bool(sorted(one or ()) == sorted(other or ()))  # type: ignore[call-overload]  # keys
    return settled(model, name, one) == settled(model, name, other)


def settled(model: type[Recorded], name: str, value: object) -> object:
    """Bring a value from an event into the form that the field gives."""
    stored: Any = model._meta.get_field(name)
    if isinstance(stored, models.JSONField):
        return value
    if isinstance(stored, models.FileField):
        return str(value or "")
    return stored.to_python(value)


def _changed_since(reversal: Reversal) -> Iterator[Obstacle]:
    turned = [net for net in reversal.to_change() if net.place in reversal.live]
    conflicts = [
        (net, name)
        for net in turned
        for name, pair in net.changed.items()
        if not same(net.model, name, reversal.now(net, name), pair[1])
    ]
    touched = [
        net
        for net in reversal.to_remove()
        if net.place in reversal.live and reversal.live[net.place].version > 1
    ]
    later = _later_events([*touched, *(net for net, _ in conflicts)])
    for net in touched:
        conflicts += [(net, name) for name in _since_added(later.get(net.subject, []))]
    for net, name in conflicts:
        yield Obstacle(_by_whom(net, name, later.get(net.subject, [])), name)


def _since_added(later: Iterable[ChangeEvent]) -> list[str]:
    """Find the fields of a new record that are different now from when it was made.

    The field is "" where it is another record by now: removed and entered anew.
    """
    events = sorted(later, key=lambda event: event.pk)
    if any(event.effect == Effect.ADDED and event.verb != Verb.UNDONE for event in events):
        return [""]
    return [
        name
        for net in nets_of(events)
        for name, (before, after) in net.changed.items()
        if not same(net.model, name, before, after)
    ]


def _later_events(nets: Iterable[Net]) -> dict[tuple[str, str], list[ChangeEvent]]:
    """Read what happened to records after the events, by tenant and subject, latest first."""
    since = {net.subject: net.latest for net in nets}
    subjects = sorted({subject for _, subject in since})
    found: dict[tuple[str, str], list[ChangeEvent]] = {}
    for chunk in chunks(subjects):
        for event in ChangeEvent.objects.filter(subject__in=chunk).order_by("-pk"):
            place = event.tenant, event.subject
            if event.pk > since.get(place, event.pk):
                found.setdefault(place, []).append(event)
    return found


def label_of(model: type[models.Model], name: str) -> str:
    """German name of a field."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _by_whom(net: Net, name: str, later: Iterable[ChangeEvent]) -> str:
    if not name:
        return f"{net.name} wurde inzwischen gelöscht und neu angelegt."
    what = f"{net.name}: {label_of(net.model, name)} wurde inzwischen"
    for event in later:
        if name in event.changed:
            return f"{what} am {_moment(event)} von {event.by} noch einmal geändert."
    return f"{what} noch einmal geändert."


def _moment(event: ChangeEvent) -> str:
    return f"{timezone.localtime(event.at):%d.%m.%Y um %H:%M Uhr}"


def _gone_or_back(reversal: Reversal) -> Iterator[Obstacle]:
    missing = [
        net
        for net in (*reversal.to_change(), *reversal.to_remove())
        if net.place not in reversal.live
    ]
    later = _later_events(missing)
    for net in missing:
        sentence = f"{net.name} gibt es nicht mehr."
        for event in later.get(net.subject, []):
            if event.effect == Effect.REMOVED:
                sentence = f"{net.name} wurde am {_moment(event)} von {event.by} gelöscht."
                break
        yield Obstacle(sentence)
    for net in reversal.to_restore():
        if net.place in reversal.live:
            yield Obstacle(f"{net.name} gibt es wieder.")
        elif net.place not in reversal.versions:
            yield Obstacle(f"Von {net.name} ist kein früherer Stand mehr da.")
    for net in reversal.nets:
        if net.replaced:
            yield Obstacle(
                f"Im selben Schritt wurde {net.name} gelöscht und die Kennung neu vergeben. Bitte "
                "ändern Sie beides von Hand zurück."
            )


def _depending(reversal: Reversal) -> Iterator[Obstacle]:
    """Find what refers or is linked to records that would be removed."""
    falling = {
        model: {reversal.live[net.place].pk: net for net in nets if net.place in reversal.live}
        for model, nets in by_model(reversal.to_remove()).items()
    }
    turned = {
        (net.model, name, reversal.live[net.place].pk)
        for net in reversal.to_change()
        if net.place in reversal.live
        for name in net.changed
    }
    for model, nets in falling.items():
        for field, owner, pk in (*_references(model, nets), *_links(model, nets)):
            kind: Any = type(owner)
            if owner.pk not in falling.get(kind, {}) and (kind, field, owner.pk) not in turned:
                yield Obstacle(f"{nets[pk].name} wird inzwischen gebraucht von {named([owner])}.")


def _references(
    model: type[Recorded], nets: Mapping[int, Net]
) -> Iterator[tuple[str, models.Model, int]]:
    for field in references_to(model):
        for chunk in chunks(list(nets)):
            rows = field.model._base_manager.filter(**{f"{field.name}__in": chunk})
            for owner in rows.order_by("pk"):
                yield field.attname, owner, getattr(owner, field.attname)


def _links(
    model: type[Recorded], nets: Mapping[int, Net]
) -> Iterator[tuple[str, models.Model, int]]:
    for field in links_to(model):
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        for chunk in chunks(list(nets)):
            rows = field.remote_field.through.objects.filter(**{f"{target}__in": chunk})
            for row in rows.select_related(source).order_by("pk"):
                yield field.name, getattr(row, source), getattr(row, f"{target}_id")


def _pointing_nowhere(reversal: Reversal) -> Iterator[Obstacle]:
    """Find records that would refer to what is no more."""
    coming = {
        (net.model, net.changed["id"][0]) for net in reversal.to_restore() if "id" in net.changed
    }
    wanted: dict[tuple[type[models.Model], str], list[tuple[object, Net]]] = {}
    for net in (*reversal.to_change(), *reversal.to_restore()):
        for name, (before, _) in net.changed.items():
            if is_link(net.model, name) or before is None:
                continue
            stored = net.model._meta.get_field(name)
            if isinstance(stored, models.ForeignKey):
                kind: Any = stored.related_model
                if (kind, before) not in coming:
                    wanted.setdefault((kind, name), []).append((before, net))
    for (kind, name), pairs in wanted.items():
        there: set[object] = set()
        for chunk in chunks(sorted({pk for pk, _ in pairs}, key=str)):
            there |= set(kind._base_manager.filter(pk__in=chunk).values_list("pk", flat=True))
        for pk, net in pairs:
            if pk not in there:
                yield Obstacle(_nowhere(net, name), name)


def _nowhere(net: Net, name: str) -> str:
    return (
        f"{net.name}: {label_of(net.model, name)} verwies auf einen Eintrag, den es nicht mehr "
        "gibt. Bitte zuerst diesen wiederherstellen."
    )


def _links_nowhere(reversal: Reversal) -> Iterator[Obstacle]:
    coming = {net.place for net in reversal.to_restore()}
    for model, name, nets in link_changes(reversal):
        kind: Any = model._meta.get_field(name).related_model
        wanted: dict[str, set[str]] = {}
        for net in nets:
            wanted.setdefault(net.tenant, set()).update(net.changed[name][0] or ())
        there = targets(model, name, wanted)
        for net in nets:
            for key in net.changed[name][0] or ():
                if (net.tenant, key) not in there and (kind, net.tenant, key) not in coming:
                    yield Obstacle(_nowhere(net, name), name)


def _fixed_by_now(reversal: Reversal) -> Iterator[Obstacle]:
    """Ask the records themselves: some are fixed once others rely on them."""
    for model, nets in by_model(reversal.nets).items():
        for sentence in model.keeps_its_present(nets):
            yield Obstacle(sentence)


def link_changes(reversal: Reversal) -> Iterator[tuple[type[Recorded], str, list[Net]]]:
    """Give for each many-to-many field the records whose links would be set back."""
    for model, nets in by_model((*reversal.to_change(), *reversal.to_restore())).items():
        for relation in model._meta.many_to_many:
            touched = [net for net in nets if relation.name in net.changed]
            if touched:
                yield model, relation.name, touched
