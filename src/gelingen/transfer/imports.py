"""From a checked workbook to records: first what would change, then all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import IntegrityError, transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, Operator, require
from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change_many
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.constraints import RowCheck
from gelingen.transfer.records import RECORD_SHEETS, Stored, model_of, settle_rows, snapshot
from gelingen.transfer.sheets import SHEETS
from gelingen.transfer.sheets.foundations import TENANT
from gelingen.workbook import read_book
from gelingen.workbook.declare import Book, Kind, Problem, Row, Sheet


class NoTenantError(UserError):
    """The file does not say whose it is."""


class ForbiddenByDatabaseError(UserError):
    """The database refused a row that the check let through."""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What an import would do to one sheet.

    Attributes:
        sheet: the sheet.
        new: settled values of new rows, by key, in the order of the file.
        changed: settled values of changed rows, by key.
        differences: for each changed key the fields that differ, as (field, before, after).
        untouched: number of rows that are as stored.
        missing: keys of stored records that the file does not have; they stay.

    """

    sheet: Sheet
    new: Mapping[str, Mapping[str, object]]
    changed: Mapping[str, Mapping[str, object]]
    differences: Mapping[str, Sequence[tuple[str, object, object]]]
    untouched: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything an import would do, and what stands against it."""

    tenant: Tenant
    book: Book
    sheets: tuple[SheetChange, ...]
    stored: Mapping[str, Mapping[str, Stored]]

    @property
    def empty(self) -> bool:
        """Whether the import would change nothing."""
        return not any(sheet.new or sheet.changed for sheet in self.sheets)


def known_keys(stored: Mapping[str, Mapping[str, Stored]]) -> dict[str, dict[str, str]]:
    """For each sheet the keys already recorded and the label people know them by."""
    return {
        sheet.name: {
            key: str(record.values.get(sheet.label, "")) if sheet.label else ""
            for key, record in stored[sheet.name].items()
        }
        for sheet in RECORD_SHEETS
    }


def tenant_of(path: Path, *, key: str = "") -> Tenant:
    """Find out whose workbook it is: by `key`, by its sheet "Mandant", or the only one there is.

    The tenant may be one that is not stored yet. Raises NoTenantError, UnreadableFileError.
    """
    rows = read_book(path, (TENANT,), {}).rows.get(TENANT.name, ())
    if len(rows) > 1:
        raise NoTenantError(
            "Das Blatt „Mandant“ hat mehrere Zeilen; eine Arbeitsmappe gehört zu genau einem "
            "Landkreis oder einer Stadt."
        )
    named = {row.key: str(row.values["name"]) for row in rows}
    if key and key not in named:
        found = Tenant.objects.filter(pk=key).first()
        if found is None:
            raise NoTenantError(f"Den Mandanten „{key}“ gibt es nicht.")
        return found
    for stored_key, name in named.items():
        return Tenant(key=stored_key, name=name)
    if Tenant.objects.count() == 1:
        return Tenant.objects.get()
    raise NoTenantError(
        "Die Datei sagt nicht, wem sie gehört. Bitte das Blatt „Mandant“ ausfüllen (amtlicher "
        "Schlüssel und Name) oder den Mandanten mit --tenant angeben."
    )


def preview_import(actor: Actor, path: Path, *, tenant: Tenant) -> Preview:
    """Read and check a file and compare it with the records; nothing is written.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        UnreadableFileError: the file cannot be read at all.

    """
    if not isinstance(actor, Operator):
        require(actor, May.EXCHANGE, tenant)
    stored = snapshot(tenant)
    book = read_book(path, SHEETS, known_keys(stored))
    settled = {
        sheet.name: settle_rows(sheet, book.rows[sheet.name], book.columns[sheet.name])
        for sheet in RECORD_SHEETS
        if sheet.name in book.rows
    }
    problems = [
        problem
        for sheet in RECORD_SHEETS
        for problem in _problems(sheet, settled.get(sheet.name, ()), stored[sheet.name])
    ]
    changes = tuple(
        _compare(sheet, settled[sheet.name], stored[sheet.name])
        for sheet in RECORD_SHEETS
        if sheet.name in book.rows
    )
    return Preview(tenant, replace(book, problems=(*book.problems, *problems)), changes, stored)


def _problems(
    sheet: Sheet,
    rows: Sequence[tuple[Row, Mapping[str, object]]],
    stored: Mapping[str, Stored],
) -> list[Problem]:
    """Name by line what the database would refuse, one problem a row."""
    check = RowCheck(model_of(sheet))
    found = []
    for row, values in rows:
        whole = {**stored[row.key].values, **values} if row.key in stored else values
        if complaint := check(values, whole):
            text, message = complaint
            found.append(Problem(sheet.title, f"Zeile {row.line}", text[:80], message))
    return found


def _compare(
    sheet: Sheet,
    rows: Sequence[tuple[Row, Mapping[str, object]]],
    stored: Mapping[str, Stored],
) -> SheetChange:
    new: dict[str, Mapping[str, object]] = {}
    changed: dict[str, Mapping[str, object]] = {}
    differences: dict[str, list[tuple[str, object, object]]] = {}
    for row, values in rows:
        if row.key not in stored:
            new[row.key] = values
            continue
        before = stored[row.key].values
        different = [(n, before[n], v) for n, v in values.items() if before[n] != v]
        if different:
            changed[row.key], differences[row.key] = values, different
    keys = {row.key for row, _ in rows}
    return SheetChange(
        sheet,
        new,
        changed,
        differences,
        untouched=len(keys) - len(new) - len(changed),
        missing=tuple(key for key in stored if key not in keys),
    )


def apply_import(actor: Actor, preview: Preview) -> str:
    """Write everything that the preview announces, all or nothing.

    Returns:
        The number of the undertaking, under which all its changes are recorded.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        ForbiddenByDatabaseError: the database refused something; nothing was written.

    """
    if not preview.book.sound:
        raise ValueError("a file with serious problems must not be imported")
    if not isinstance(actor, Operator):
        require(actor, May.EXCHANGE, preview.tenant)
    things: dict[str, dict[str, Record]] = {
        name: {key: stored.thing for key, stored in records.items()}
        for name, records in preview.stored.items()
    }
    batch = ""
    try:
        with transaction.atomic():
            preview.tenant.save()
            for part in preview.sheets:
                drafts = _drafts(part, preview, things)
                batch = change_many(drafts, by=actor, verb=Verb.IMPORTED, batch=batch)
    except IntegrityError as error:
        raise ForbiddenByDatabaseError(
            f"Die Datenbank nimmt das nicht an, nichts wurde geschrieben: {error}"
        ) from error
    return batch


def _drafts(
    part: SheetChange, preview: Preview, things: dict[str, dict[str, Record]]
) -> list[Draft]:
    """Make the drafts of one sheet; new records enter `things`, where others find them."""
    model = model_of(part.sheet)
    known = things[part.sheet.name]
    before = {key: known[key].field_values() for key in part.changed}
    known |= {key: model(tenant=preview.tenant) for key in part.new}
    drafts = []
    for key, values in (*part.new.items(), *part.changed.items()):
        draft = Draft(known[key], before=before.get(key, {}))
        links = {}
        for column in part.sheet.columns:
            target = things.get(column.refers, {})
            if column.kind is Kind.REFERENCES and column.name in values:
                links[column.name] = [target[other] for other in values[column.name]]  # type: ignore[attr-defined]
            elif column.kind is Kind.REFERENCE and column.name in values:
                other = values[column.name]
                setattr(draft.thing, column.name, target[str(other)] if other else None)
            else:
                for name in column.fields:
                    if name in values:
                        setattr(draft.thing, name, values[name])
        draft.links = links
        if key in part.changed:
            old = preview.stored[part.sheet.name][key].values
            draft.links_before = {name: list(old[name]) for name in links}  # type: ignore[call-overload]
        drafts.append(draft)
    return drafts
