"""Labels: what statements are coded with, named alike whatever their kind ("topic:sprache")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.errors import NotFoundError
from gelingen.places.queries import territories
from gelingen.talks.models import Code, Coding
from gelingen.terms.talks import Dimension
from gelingen.topics.queries import target_groups, topics

# The field of a coding that holds the labels of a kind.
FIELDS: Mapping[Dimension, str] = {
    Dimension.TOPIC: "topics",
    Dimension.GROUP: "target_groups",
    Dimension.PLACE: "territories",
    Dimension.CODE: "codes",
}


class UnknownLabelError(NotFoundError):
    """There is no such topic, group, place or code."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its kind, its key and its name."""

    dimension: Dimension
    key: str
    name: str

    @property
    def ident(self) -> str:
        """Name of the label that no label of another kind has."""
        return ident_of(self.dimension, self.key)


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of a tenant, in the order in which pages offer them."""

    all: tuple[Label, ...]

    @property
    def by_ident(self) -> dict[str, Label]:
        """Labels by their name."""
        return {one.ident: one for one in self.all}

    def of(self, dimension: Dimension) -> tuple[Label, ...]:
        """Labels of one kind."""
        return tuple(one for one in self.all if one.dimension is dimension)


def ident_of(dimension: Dimension, key: str) -> str:
    """Name a label."""
    return f"{dimension}:{key}"


def read_labels(actor: Actor, tenant: Tenant) -> Labels:
    """List the labels of a tenant. Four queries."""
    rows: list[tuple[Dimension, Iterable[tuple[str, str]]]] = [
        (Dimension.TOPIC, topics(actor, tenant).values_list("key", "name")),
        (Dimension.GROUP, target_groups(actor, tenant).values_list("key", "name")),
        (Dimension.PLACE, territories(actor, tenant).values_list("key", "name")),
        (Dimension.CODE, codes(actor, tenant).values_list("key", "label")),
    ]
    return Labels(tuple(Label(kind, key, name) for kind, found in rows for key, name in found))


def codes(actor: Actor, tenant: Tenant) -> Any:  # noqa: ANN401 - a queryset
    """Free codes of a tenant, by their word."""
    return within(actor, May.ASK, Code.objects.filter(tenant=tenant))


def links_of(tenant: Tenant, idents: Iterable[str]) -> dict[str, list[Any]]:
    """Find the records of some labels, by the field of a coding. One query for each kind.

    Raises:
        UnknownLabelError: a label leads nowhere in this tenant.

    """
    wanted: dict[str, set[str]] = {name: set() for name in FIELDS.values()}
    for ident in idents:
        kind, _, key = ident.partition(":")
        if kind not in FIELDS:
            raise UnknownLabelError("Dieses Merkmal gibt es nicht.")
        wanted[FIELDS[Dimension.of(kind)]].add(key)
    found: dict[str, list[Any]] = {}
    for name, keys in wanted.items():
        model: Any = Coding._meta.get_field(name).related_model
        records = model._default_manager.filter(tenant=tenant, key__in=keys) if keys else ()
        found[name] = sorted(records, key=lambda one: str(one.key))
        if len(found[name]) != len(keys):
            raise UnknownLabelError("Ein Merkmal gibt es nicht mehr. Bitte neu laden.")
    return found
