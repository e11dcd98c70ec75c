"""Write one record that a person has entered or changed."""

from collections.abc import Mapping

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import EDITS, Actor, allowed, ever_allowed, require
from gelingen.access.record import Record, UnknownRecordError
from gelingen.editing.records import KINDS
from gelingen.history.recording import change, remove
from gelingen.register.keys import free_keys
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.records import model_of, settle_rows
from gelingen.workbook.declare import Kind, Row, Sheet
from gelingen.workbook.references import derive_key


def may_change(actor: Actor, thing: Record) -> bool:
    """Whether the actor may change a record by hand."""
    return allowed(actor, EDITS[thing._meta.app_label], thing)


def may_create(actor: Actor, tenant: Tenant, sheet: Sheet) -> bool:
    """Whether the actor may enter records of a kind, at least for one's own organisation."""
    return ever_allowed(actor, EDITS[model_of(sheet)._meta.app_label], tenant)


def save_record(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenant: Tenant,
    sheet: Sheet,
    values: Mapping[str, object],
    of: Record | None = None,
    version: int | None = None,
    verb: Verb | None = None,
    reason: str = "",
    batch: str = "",
) -> Record:
    """Write a new record, or some values of one that is there; what is not given stays.

    Args:
        actor: who does it.
        tenant: whose record.
        sheet: the declaration of the record.
        values: by field as `workbook.declare.Kind` describes them; references are keys. A new
            record without "key" gets one made from its own words.
        of: the record to change; None for a new one.
        version: the version that the person saw; None: the one just read.
        verb: what is done; by default "angelegt" or "geändert".
        reason: why.
        batch: number of the undertaking to which the change belongs.

    Returns:
        The record as written.

    Raises:
        PermissionDenied: before or after the change the actor has no right to the record.
        LostUpdateError: somebody else changed it since.
        UnknownRecordError: a reference leads nowhere.
        ValidationError: a value or a rule is broken; the messages are German, by field.

    """
    model = model_of(sheet)
    thing = of or model(tenant=tenant, key=str(values.get("key") or ""))
    if of is not None:
        require(actor, EDITS[of._meta.app_label], of)
        of.version = of.version if version is None else version
    elif not thing.key:
        wished = derive_key(sheet, values) or sheet.name
        (thing.key,) = free_keys(model_of(sheet), tenant.pk, [wished])
    given = _settled(sheet, thing.key, values)
    links = _links(tenant, sheet, given)
    verb = verb or (Verb.CHANGED if of else Verb.CREATED)
    with transaction.atomic():
        with change(by=actor, verb=verb, of=thing, links=links, reason=reason, batch=batch):
            _assign(tenant, sheet, thing, given)
        # By now the new record can be found, so the same rule decides as for lists.
        require(actor, EDITS[thing._meta.app_label], thing)
    return thing


def remove_record(*, actor: Actor, of: Record, reason: str = "", batch: str = "") -> None:
    """Remove a record; its versions stay, and it can be brought back.

    Raises:
        PermissionDenied: the actor has no right to the record.
        StillNeededError: other records refer to it.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, EDITS[of._meta.app_label], of)
    remove(by=actor, of=of, reason=reason, batch=batch)


def _settled(sheet: Sheet, key: str, values: Mapping[str, object]) -> dict[str, object]:
    """Bring the values into the form in which the database keeps them."""
    present = {
        column.name
        for column in sheet.columns
        if column.kind is not Kind.KEY and all(name in values for name in column.fields)
    }
    ((_, settled),) = settle_rows(sheet, [Row(0, key, dict(values))], present)
    del settled["key"]
    return settled


def _referred(tenant: Tenant, kind: str, keys: list[str]) -> list[Record]:
    """Find records by their keys, in that order."""
    model = model_of(KINDS[kind])
    found = {one.key: one for one in model._default_manager.filter(tenant=tenant, key__in=keys)}
    if lost := [key for key in keys if key not in found]:
        raise UnknownRecordError(f"Diesen Eintrag gibt es nicht mehr: {', '.join(lost)}.")
    return [found[key] for key in keys]


def _links(tenant: Tenant, sheet: Sheet, values: Mapping[str, object]) -> dict[str, list[Record]]:
    return {
        column.name: _referred(tenant, column.refers, list(values[column.name]))  # type: ignore[call-overload]  # a tuple of keys
        for column in sheet.columns
        if column.kind is Kind.REFERENCES and column.name in values
    }


def _assign(tenant: Tenant, sheet: Sheet, thing: Record, values: Mapping[str, object]) -> None:
    for column in sheet.columns:
        if column.kind is Kind.REFERENCES:
            continue
        if column.kind is Kind.REFERENCE and column.name in values:
            key = values[column.name]
            other = _referred(tenant, column.refers, [str(key)])[0] if key else None
            setattr(thing, column.name, other)
            continue
        for name in column.fields:
            if name in values:
                setattr(thing, name, values[name])
