"""Which record a sheet holds, and the way from a record's fields to a row's values and back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from gelingen.access.models import Tenant
from gelingen.access.record import Record
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.declare import Kind, Row, Sheet

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
    "voice": "needs.Voice",
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
    "body": "boards.Body",
    "seat": "boards.Seat",
    "tenure": "boards.Tenure",
    "phase": "process.Phase",
    "event": "process.Event",
    "step": "process.Step",
    "support": "process.Support",
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


def settle_rows(
    sheet: Sheet, rows: Iterable[Row], present: Collection[str]
) -> list[tuple[Row, dict[str, object]]]:
    """Bring the rows' values into the form in which the database keeps them.

    Decimals are rounded to the places of their field, references are ordered, an empty cell of a
    field that cannot be empty becomes the field's default.

    Args:
        sheet: the sheet of the rows.
        rows: checked rows.
        present: names of the columns that the file has; what it lacks stays as it is stored.

    Returns:
        Each row with its values, in the given order.

    """
    model = model_of(sheet)
    settlers = [
        (name, _settler(column.kind, None if column.refers else model._meta.get_field(name)))
        for column in sheet.columns
        if column.name in present and column.kind is not Kind.KEY
        for name in column.fields
    ]
    return [
        (row, {"key": row.key, **{name: settle(row.values[name]) for name, settle in settlers}})
        for row in rows
    ]


def _settler(kind: Kind, field: Any) -> Callable[[Any], object]:  # noqa: ANN401  any model field
    """Choose how the values of one field are settled."""
    if kind is Kind.REFERENCES:
        return lambda keys: tuple(sorted(keys or ()))
    if kind is Kind.REFERENCE:
        return lambda key: key or None
    empty = field.get_default() if field.has_default() else None if field.null else ""
    if isinstance(field, models.DecimalField):
        places = field.decimal_places
        return lambda value: empty if value is None else round(value, places)
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        return lambda text: text.replace("\r\n", "\n").strip() if text else empty
    return lambda value: empty if value in (None, "") else value
