"""What has to be done to take events back: their net effect on each record, and the records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models

from gelingen.errors import UserError
from gelingen.history.models import ChangeEvent, Effect
from gelingen.history.recorded import Recorded
from gelingen.history.trace import chunks, stored_links

Place: TypeAlias = tuple[type[Recorded], str, str]


class NotARecordError(UserError):
    """The event tells about something that cannot be set back."""


@dataclass(slots=True)
class Net:
    """What some events together did to one record.

    Attributes:
        model: kind of the record.
        tenant: key of its tenant.
        key: its key.
        label: how people name it.
        existed: whether it was there before.
        exists: whether it was there afterwards.
        changed: before and after of each field or link that the events changed; where the record
            was removed in the end, the values before say what it was linked to.
        latest: number of the last of the events.
        kept: what was changed before a removal; it holds again once the record is back.
        replaced: whether one undertaking removed it and gave its key to a new record.
        removed_in: number of the undertaking that removed it last.

    """

    model: type[Recorded]
    tenant: str
    key: str
    label: str
    existed: bool
    exists: bool
    changed: dict[str, list[Any]]
    latest: int
    kept: dict[str, list[Any]] = field(default_factory=dict)
    replaced: bool = False
    removed_in: str = ""

    @property
    def place(self) -> Place:
        """Where the record is found."""
        return self.model, self.tenant, self.key

    @property
    def subject(self) -> tuple[str, str]:
        """Tenant and subject, as events name them."""
        return self.tenant, f"{self.model._meta.label}:{self.key}"[:250]

    @property
    def name(self) -> str:
        """Kind and name for a sentence: Struktur „Kurs A“."""
        return f"{self.model._meta.verbose_name} „{self.label}“"


def model_of_subject(subject: str) -> tuple[type[models.Model] | None, str]:
    """Split "app.Model:key" into the model and the key; None for a kind that is no more."""
    label, _, key = subject.partition(":")
    try:
        return apps.get_model(label), key
    except (LookupError, ValueError):
        return None, key


def is_about_a_record(event: ChangeEvent) -> bool:
    """Tell whether an event is about a record, and not about a tenant or an account."""
    model, _ = model_of_subject(event.subject)
    return model is not None and issubclass(model, Recorded)


def nets_of(events: Iterable[ChangeEvent]) -> list[Net]:
    """Sum up events by record, in the order in which the records were last touched.

    Args:
        events: in the order in which they happened.

    Raises:
        NotARecordError: an event tells about something that is no record.

    """
    nets: dict[tuple[str, str], Net] = {}
    for event in events:
        known = nets.pop((event.tenant, event.subject), None)
        net = known or _begun(event)
        net.exists = event.effect != Effect.REMOVED
        net.latest, net.label = event.pk, event.label
        if event.effect == Effect.REMOVED:
            net.kept, net.removed_in = dict(net.changed), event.batch
        elif event.effect == Effect.ADDED:
            net.replaced |= bool(event.batch) and event.batch == net.removed_in
            net.changed = net.kept
        for name, (before, after) in event.changed.items():
            net.changed[name] = [net.changed.get(name, [before])[0], after]
        nets[event.tenant, event.subject] = net
    return list(nets.values())


def _begun(event: ChangeEvent) -> Net:
    model, key = model_of_subject(event.subject)
    if model is None or not issubclass(model, Recorded):
        raise NotARecordError(
            f"„{event.label}“ ist kein Eintrag, dessen Änderung sich zurücknehmen lässt. "
            "Bitte ändern Sie es dort, wo es eingegeben wird."
        )
    return Net(
        model,
        event.tenant,
        key,
        event.label,
        existed=event.effect != Effect.ADDED,
        exists=True,
        changed={},
        latest=event.pk,
    )


@dataclass(slots=True)
class Reversal:
    """Everything needed to take some events back, read with few queries.

    Attributes:
        nets: what the events did, last touched first.
        live: the records as they are now, by place.
        versions: the last version of removed records, by place.
        links: keys linked now, by model and field, then by primary key.

    """

    nets: list[Net]
    live: dict[Place, Recorded] = field(default_factory=dict)
    versions: dict[Place, Recorded] = field(default_factory=dict)
    links: dict[tuple[type[Recorded], str], dict[int, list[str]]] = field(default_factory=dict)

    def to_change(self) -> list[Net]:
        """Give the records that were there before and after."""
        return [net for net in self.nets if net.existed and net.exists and net.changed]

    def to_remove(self) -> list[Net]:
        """Give the records that the events made."""
        return [net for net in self.nets if net.exists and not net.existed]

    def to_restore(self) -> list[Net]:
        """Give the records that the events removed."""
        return [net for net in self.nets if net.existed and not net.exists]

    def now(self, net: Net, name: str) -> object:
        """Value of a field of a record now; for links the keys."""
        thing = self.live[net.place]
        if is_link(net.model, name):
            return self.links[net.model, name].get(thing.pk, [])
        return getattr(thing, name)


def is_link(model: type[models.Model], name: str) -> bool:
    """Tell whether a field links to many."""
    return any(relation.name == name for relation in model._meta.many_to_many)


def by_model(nets: Iterable[Net]) -> dict[type[Recorded], list[Net]]:
    """Group by model, in the order given."""
    groups: dict[type[Recorded], list[Net]] = {}
    for net in nets:
        groups.setdefault(net.model, []).append(net)
    return groups


def read_reversal(events: Sequence[ChangeEvent], *, lock: bool) -> Reversal:
    """Read what is needed to take events back; a fixed number of queries for 500 records a model.

    Args:
        events: in the order in which they happened.
        lock: whether the rows are locked; needs a transaction.

    Raises:
        NotARecordError: an event tells about something that is no record.

    """
    found = Reversal(nets_of(events)[::-1])
    for model, nets in by_model(found.nets).items():
        for tenant, keys in _keys_by_tenant(nets):
            found.live |= _live(model, tenant, keys, lock=lock)
        names = {name for net in nets for name in net.changed if is_link(model, name)}
        pks = [found.live[net.place].pk for net in nets if net.place in found.live]
        for name in sorted(names):
            found.links[model, name] = stored_links(model, name, pks)
    for model, nets in by_model(found.to_restore()).items():
        found.versions |= _last_versions(model, nets)
    return found


def _keys_by_tenant(nets: Iterable[Net]) -> Iterator[tuple[str, list[str]]]:
    keys: dict[str, list[str]] = {}
    for net in nets:
        keys.setdefault(net.tenant, []).append(net.key)
    yield from keys.items()


def _live(
    model: type[Recorded], tenant: str, keys: Sequence[str], *, lock: bool
) -> dict[Place, Recorded]:
    manager: Any = model._base_manager
    rows = manager.filter(tenant_id=tenant)
    rows = rows.order_by("pk").select_for_update() if lock else rows
    return {
        (model, tenant, thing.key): thing
        for chunk in chunks(keys)
        for thing in rows.filter(key__in=chunk)
    }


def _last_versions(model: type[Recorded], nets: Sequence[Net]) -> dict[Place, Recorded]:
    """Read the last version of removed records, as records not stored yet."""
    places = {net.changed["id"][0]: net.place for net in nets if "id" in net.changed}
    found: dict[Place, Recorded] = {}
    versions = model.history.filter(history_type=Effect.REMOVED.value).order_by("history_id")
    for chunk in chunks(list(places)):
        for version in versions.filter(id__in=chunk):
            thing: Recorded = version.instance
            thing._state.adding = True
            found[places[thing.pk]] = thing
    return found


def targets(
    model: type[Recorded], name: str, wanted: Mapping[str, Iterable[str]]
) -> dict[tuple[str, str], Recorded]:
    """Find the records that links name, by tenant and key.

    Args:
        model: kind of the record that has the links.
        name: the many-to-many field.
        wanted: keys by tenant.

    """
    kind: Any = model._meta.get_field(name).related_model
    return {
        (tenant, thing.key): thing
        for tenant, keys in wanted.items()
        for chunk in chunks(sorted(set(keys)))
        for thing in kind._base_manager.filter(tenant_id=tenant, key__in=chunk)
    }
