"""Which record a sheet holds, and the way from a record's fields to a row's values and back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from gelingen.access.models import Tenant
from gelingen.access.record import Record
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.declare import Kind, Sheet

MODELS = {
    "territory": "places.Territory",
    "topic": "topics.Topic",
    "target_group": "topics.TargetGroup",
    "task": "topics.Task",
    "organisation": "register.Organisation",
    "structure": "register.Structure",
    "post": "register.Post",
    "reach": "register.Reach",
    "funding": "register.Funding",
    "responsibility": "register.Responsibility",
    "cooperation": "register.Cooperation",
    "need": "needs.Need",
    "inquiry": "needs.Inquiry",
    "figure": "places.Figure",
    "plan": "plan.Plan",
    "period": "plan.PlanningPeriod",
    "chapter": "plan.ChapterText",
    "guiding_goal": "plan.GuidingGoal",
    "impact_goal": "plan.ImpactGoal",
    "measure": "plan.Measure",
    "milestone": "plan.Milestone",
    "chance": "plan.Chance",
    "other_plan": "plan.OtherPlan",
}
RECORD_SHEETS = tuple(sheet for sheet in SHEETS if sheet.name in MODELS)


@cache
def model_of(sheet: Sheet) -> type[Record]:
    """Find the model whose records a sheet holds."""
    return apps.get_model(MODELS[sheet.name])


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored record beside its row values."""

    thing: Record
    values: dict[str, object]


def _linked_keys(model: type[Record], tenant: Tenant, name: str) -> dict[int, tuple[str, ...]]:
    """Keys of the records linked by one many-to-many field, by primary key. One query."""
    rows = (
        model._default_manager.filter(tenant=tenant, **{f"{name}__isnull": False})
        .order_by("pk", f"{name}__key")
        .values_list("pk", f"{name}__key")
    )
    linked: dict[int, tuple[str, ...]] = {}
    for pk, key in rows:
        linked[pk] = (*linked.get(pk, ()), key)
    return linked


def snapshot(tenant: Tenant) -> dict[str, dict[str, Stored]]:
    """Read every record of a tenant with its row values, by sheet and key, ordered by key.

    One query for each sheet and one for each of its many-to-many columns.
    """
    keys: dict[str, dict[int, str]] = {}
    records: dict[str, list[Record]] = {}
    for sheet in RECORD_SHEETS:
        found = list(model_of(sheet)._default_manager.filter(tenant=tenant).order_by("key"))
        records[sheet.name] = found
        keys[sheet.name] = {thing.pk: thing.key for thing in found}
    return {
        sheet.name: _stored(sheet, tenant, records[sheet.name], keys) for sheet in RECORD_SHEETS
    }


def _stored(
    sheet: Sheet,
    tenant: Tenant,
    records: Iterable[Record],
    keys: Mapping[str, Mapping[int, str]],
) -> dict[str, Stored]:
    linked = {
        column.name: _linked_keys(model_of(sheet), tenant, column.name)
        for column in sheet.columns
        if column.kind is Kind.REFERENCES
    }
    return {thing.key: Stored(thing, _values(sheet, thing, keys, linked)) for thing in records}


def _values(
    sheet: Sheet,
    thing: Record,
    keys: Mapping[str, Mapping[int, str]],
    linked: Mapping[str, Mapping[int, tuple[str, ...]]],
) -> dict[str, object]:
    values: dict[str, object] = {}
    for column in sheet.columns:
        if column.kind is Kind.REFERENCES:
            values[column.name] = linked[column.name].get(thing.pk, ())
        elif column.kind is Kind.REFERENCE:
            pk = getattr(thing, f"{column.name}_id")
            values[column.name] = None if pk is None else keys[column.refers][pk]
        else:
            values |= {name: getattr(thing, name) for name in column.fields}
    return values


def settle(
    sheet: Sheet, values: Mapping[str, object], present: Collection[str]
) -> dict[str, object]:
    """Bring a row's values into the form in which the database keeps them.

    Decimals are rounded to the places of their field, references are ordered, an empty cell of a
    field that cannot be empty becomes the field's default.

    Args:
        sheet: the sheet of the row.
        values: the row's values as the workbook gives them.
        present: names of the columns that the file has; what it lacks stays as it is stored.

    """
    model = model_of(sheet)
    settled: dict[str, object] = {}
    for column in sheet.columns:
        if column.name not in present and column.kind is not Kind.KEY:
            continue
        for name in column.fields:
            value = values[name]
            if column.kind is Kind.REFERENCES:
                settled[name] = tuple(sorted(value or ()))  # type: ignore[call-overload]
            elif column.kind is Kind.REFERENCE:
                settled[name] = value or None
            else:
                settled[name] = _settle_value(model._meta.get_field(name), value)
    return settled


def _settle_value(field: Any, value: object) -> object:  # noqa: ANN401  any kind of model field
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    if value in (None, ""):
        if field.has_default():
            return field.get_default()
        return None if field.null else ("" if field.empty_strings_allowed else field.default)
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        return round(value, field.decimal_places)
    return value
