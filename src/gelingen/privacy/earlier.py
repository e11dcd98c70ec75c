"""What records said before, and what records said that are gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from gelingen.access.models import Tenant
from gelingen.history.recorded import Recorded
from gelingen.privacy.kinds import OWNERS, fields_of
from gelingen.privacy.wanted import Wanted, texts_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a field of one record said before.

    Attributes:
        model: kind of the record.
        pk: its number.
        of: the field.
        texts: what stood there, in words, the oldest first; each once, and not what stands there
            now.
        values: the same as it is stored.

    """

    model: type[Recorded]
    pk: int
    of: Any
    texts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)


def earlier(
    model: type[Recorded], tenant: Tenant, wanted: Wanted, rows: Mapping[object, Model]
) -> list[Earlier]:
    """Find what is wanted in the versions of records, by number and field.

    One query; another where a row names the organisation to which it belongs by its number, and
    one for each field that leads to something else.

    Args:
        model: kind of the records.
        tenant: whose records.
        wanted: what is looked for.
        rows: the records that are there, by number, as they are now.

    """
    fields = fields_of(model)
    names = {one.name: _names(model, one, tenant) for one in fields if one.is_relation}
    column, owners = _owners(model, tenant, wanted.organisation)
    columns = ("id", column, *(one.attname for one in fields))
    found: dict[tuple[int, str], Earlier] = {}
    versions = model.history.filter(tenant=tenant).order_by("id", "history_id")
    for pk, owner, *stored in versions.values_list(*columns):
        for of, kept in zip(fields, stored, strict=True):
            value = names[of.name].get(kept, "") if of.is_relation else kept
            text = ", ".join(texts_of(value))
            if not text or not (owner in owners or wanted.says(text)):
                continue
            if text == _now(rows.get(pk), of.name):
                continue
            one = found.setdefault((pk, of.name), Earlier(model, pk, of))
            if text not in one.texts:
                one.texts.append(text)
                one.values.append(value)
    return [found[place] for place in sorted(found)]


def _now(row: Model | None, name: str) -> str:
    return "" if row is None else ", ".join(texts_of(getattr(row, name)))


def _owners(model: type[Recorded], tenant: Tenant, organisation: str) -> tuple[str, set[Any]]:
    """Say which column names the owner, and what stands there if it is the organisation.

    What is gone keeps the number of its organisation, which may be gone too.
    """
    path = OWNERS.get(model._meta.label, "")
    if not path or not organisation:
        return "id", set()
    name, _, key = path.partition("__")
    if not key:
        return name, {organisation}
    above: Any = model._meta.get_field(name)
    of_it = above.related_model.history.filter(tenant=tenant, **{key: organisation})
    return above.attname, set(of_it.values_list("id", flat=True))


def _names(model: type[Recorded], of: Any, tenant: Tenant) -> dict[int, str]:  # noqa: ANN401 - a field of any model
    """Give what a field leads to in words, by number; of records also those that are gone."""
    kind = of.related_model
    if issubclass(kind, Recorded):
        versions = kind.history.filter(tenant=tenant).order_by("history_id")
        return dict(versions.values_list("id", "name"))
    named = model.history.filter(tenant=tenant).values(of.attname)
    return {row.pk: str(row) for row in kind._base_manager.filter(pk__in=named)}


def was_there(model: type[Recorded], tenant: Tenant, pk: int) -> bool:
    """Tell whether versions are kept of a record, there or gone. One query."""
    return bool(model.history.filter(tenant=tenant, id=pk).exists())
