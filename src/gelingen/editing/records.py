"""Stored records as rows of their sheet: the values that a form shows and takes."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any, TypeAlias

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import Record, UnknownRecordError
from gelingen.transfer.records import RECORD_SHEETS, model_of
from gelingen.workbook.declare import Column, Kind, Sheet
from gelingen.workbook.spelling import Names, spell_cells
from gelingen.workbook.template import as_text

# Values of one record as `workbook.declare.Kind` describes them; references are keys.
Row: TypeAlias = Mapping[str, object]

KINDS = {sheet.name: sheet for sheet in RECORD_SHEETS}
_REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)
# By what people know a row whose sheet has no name that a workbook could use instead of the key.
_KNOWN_BY = {"need": "statement"}
_LONGEST = 100  # letters of a statement in a list to choose from


def sheet_of(kind: str) -> Sheet:
    """Find the declaration of a kind of record by its English name.

    Raises:
        UnknownRecordError: there is no such kind.

    """
    if kind not in KINDS:
        raise UnknownRecordError("Diese Art von Eintrag gibt es nicht.")
    return KINDS[kind]


def get_record(actor: Actor, tenant: Tenant, sheet: Sheet, key: str) -> Record:
    """Find one record with everything it refers to. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    model = model_of(sheet)
    upward = [column.name for column in sheet.columns if column.kind is Kind.REFERENCE]
    found = within(actor, May.VIEW, model._default_manager.filter(tenant=tenant, key=key))
    thing: Record | None = (found.select_related(*upward) if upward else found).first()
    if thing is None:
        raise UnknownRecordError(f"Diesen Eintrag gibt es nicht ({sheet.title}).")
    return thing


def row_of(sheet: Sheet, thing: Record) -> dict[str, object]:
    """Values of a record. One query for each column of several references."""
    row: dict[str, object] = {}
    for column in sheet.columns:
        if column.kind is Kind.REFERENCES:
            linked: Any = getattr(thing, column.name)
            row[column.name] = tuple(linked.order_by("key").values_list("key", flat=True))
        elif column.kind is Kind.REFERENCE:
            other = getattr(thing, column.name)
            row[column.name] = other.key if other else None
        else:
            row |= {name: getattr(thing, name) for name in column.fields}
    return row


def row_at(sheet: Sheet, thing: Record, version: int) -> dict[str, object] | None:
    """Values of a record as they were in an earlier version; None if it was not kept.

    Several references are not part of a version and are left out. One query, and one for each
    reference.
    """
    history: Any = type(thing).history
    kept = history.filter(id=thing.pk, version=version).first()
    return None if kept is None else row_of(_without_links(sheet), kept.instance)


def _without_links(sheet: Sheet) -> Sheet:
    columns = tuple(one for one in sheet.columns if one.kind is not Kind.REFERENCES)
    return Sheet(sheet.name, sheet.title, sheet.meaning, columns, sheet.key_from, sheet.label)


def texts_of(sheet: Sheet, row: Row) -> dict[str, object]:
    """Spell a row as a form shows it: by column the text, for a list its code, for references keys.

    Columns of which the row has nothing are left out.
    """
    there = [one for one in sheet.columns if all(name in row for name in one.fields)]
    spelled = dict(
        zip((one.name for one in sheet.columns), spell_cells(sheet, row, _NO_NAMES), strict=True)
    )
    return {one.name: _shown(one, row, spelled[one.name]) for one in there}


_NO_NAMES = Names((), {})


def _shown(column: Column, row: Row, spelled: object) -> object:
    if column.kind in (*_REFERENCES, Kind.CHOICE, Kind.BOOLEAN):
        value = row[column.name]
        return list(value) if isinstance(value, tuple) else value
    return as_text(spelled)  # type: ignore[arg-type]  # a spelled cell


def offers(actor: Actor, tenant: Tenant, sheet: Sheet) -> dict[str, list[tuple[str, str]]]:
    """Find what the references of a sheet may point to: by column, key and name, by name.

    Topics and target groups keep the order of the plan. One query for each sheet referred to.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for column in sheet.columns:
        if column.kind in _REFERENCES and column.refers not in found:
            found[column.refers] = _names(actor, tenant, KINDS[column.refers])
    return {
        column.name: found[column.refers] for column in sheet.columns if column.kind in _REFERENCES
    }


def _names(actor: Actor, tenant: Tenant, sheet: Sheet) -> list[tuple[str, str]]:
    model = model_of(sheet)
    things = within(actor, May.VIEW, model._default_manager.filter(tenant=tenant))
    label = sheet.label or _KNOWN_BY.get(sheet.name, "key")
    rows = [(key, _known_as(str(name)) or key) for key, name in things.values_list("key", label)]
    ordered = sheet.name in ("topic", "target_group")
    return rows if ordered else sorted(rows, key=lambda pair: pair[1].casefold())


def _known_as(name: str) -> str:
    return name if len(name) <= _LONGEST else shorten(name, _LONGEST, placeholder=" …")
