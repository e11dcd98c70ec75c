"""From a checked workbook to records: first what would change, then all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from gelingen.access.commands import keep_tenant
from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, Operator, require
from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change_many, new_batch
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.differences import Difference, names_of, spelled_differences
from gelingen.transfer.mapping import sources_of
from gelingen.transfer.problems import by_sheet, left_out, row_problems
from gelingen.transfer.records import RECORD_SHEETS, Stored, model_of, settle_rows, snapshot
from gelingen.transfer.refusals import refuse_stale, translated
from gelingen.transfer.sheets import SHEETS
from gelingen.transfer.sheets.foundations import TENANT
from gelingen.workbook import read_book
from gelingen.workbook.declare import Book, Kind, Row, Sheet
from gelingen.workbook.raw import official_key
from gelingen.workbook.spelling import Names, spell_cells
from gelingen.workbook.template import as_text

_TENANT_SHEET = (
    "Bitte ein Blatt „Mandant“ (bei CSV: eine Datei Mandant.csv im selben Ordner) mit den Spalten "
    "„Amtlicher Schlüssel“ und „Name“ ergänzen, zum Beispiel 09473 und Landkreis Coburg."
)


_UNFIT = (
    "Ein Wert passt nicht in sein Feld: ein Text ist zu lang, eine Zahl zu groß, oder ein Text "
    "enthält ein Zeichen, das sich nicht speichern lässt. Nichts wurde geschrieben. Bitte die "
    "Datei prüfen (gelingen check nennt die Zelle, wo es sie erkennt) und noch einmal einlesen."
)


class NoTenantError(UserError):
    """It is not clear whose the file is."""


class UnfitValueError(UserError):
    """The database has no room for a value that the check let through."""


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What an import would do to one sheet.

    Attributes:
        sheet: the sheet.
        new: settled values of new rows, by key, in the order of the file.
        changed: settled values of changed rows, by key.
        differences: for each changed key the columns that differ, as (head, before, after) in the
            spelling of the workbook; "" is an empty cell.
        labels: how people name the record, for each new, changed or missing key.
        untouched: number of rows that are as stored.
        missing: keys of stored records that the file does not have; they stay.

    """

    sheet: Sheet
    new: Mapping[str, Mapping[str, object]]
    changed: Mapping[str, Mapping[str, object]]
    differences: Mapping[str, Sequence[Difference]]
    labels: Mapping[str, str]
    untouched: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything an import would do, and what stands against it. It is applied once at most.

    Attributes:
        tenant: whose records; perhaps not stored yet, or with a new name.
        name_before: the stored name of the tenant; "" for a new one.
        book: the checked file.
        sheets: what would change, in the order of the sheets; those that the file has.
        stored: the records that the file was compared with.

    """

    tenant: Tenant
    name_before: str
    book: Book
    sheets: tuple[SheetChange, ...]
    stored: Mapping[str, Mapping[str, Stored]]

    @property
    def empty(self) -> bool:
        """Whether the import would change nothing."""
        same_name = self.name_before == self.tenant.name
        return same_name and not any(sheet.new or sheet.changed for sheet in self.sheets)


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
    """Find out whose workbook it is: by its sheet "Mandant", by `key`, or the only one there is.

    The tenant may be one that is not stored yet. Raises NoTenantError, UnreadableFileError.
    """
    wanted = official_key(key)
    rows = read_book(path, (TENANT,), {}).rows.get(TENANT.name, ())
    if len(rows) > 1:
        raise NoTenantError(
            "Das Blatt „Mandant“ hat mehrere Zeilen; eine Arbeitsmappe gehört zu genau einem "
            "Landkreis oder einer Stadt."
        )
    for row in rows:
        named = _named_tenant(row)
        if wanted and wanted != named.key:
            raise NoTenantError(
                f"Laut Blatt „Mandant“ gehört die Datei {named} ({named.key}); angegeben ist "
                f"{wanted}. Bitte eines von beiden berichtigen."
            )
        return named
    if wanted:
        return _stored_tenant(wanted)
    if Tenant.objects.count() == 1:
        return Tenant.objects.get()
    raise NoTenantError(
        f"Die Datei sagt nicht, wem sie gehört. {_TENANT_SHEET} Ist der Mandant schon erfasst, "
        "genügt --tenant mit seinem amtlichen Schlüssel."
    )


def _named_tenant(row: Row) -> Tenant:
    tenant = Tenant(key=row.key, name=str(row.values["name"]))
    try:
        tenant.clean_fields()
    except ValidationError as error:
        raise NoTenantError(
            f"Blatt „Mandant“, Zeile {row.line}: {' '.join(error.messages)}"
        ) from error
    other = Tenant.objects.filter(name=tenant.name).exclude(pk=tenant.pk).first()
    if other:
        raise NoTenantError(
            f"Blatt „Mandant“, Zeile {row.line}: {other} ist schon unter dem Schlüssel {other.pk} "
            f"erfasst, hier steht {tenant.pk}. Bitte berichtigen."
        )
    return tenant


def _stored_tenant(key: str) -> Tenant:
    found = Tenant.objects.filter(pk=key).first()
    if found is None:
        raise NoTenantError(f"Der Mandant {key} ist noch nicht erfasst. {_TENANT_SHEET}")
    return found


def preview_import(actor: Actor, path: Path, *, tenant: Tenant) -> Preview:
    """Read and check a file and compare it with the records; nothing is written.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        UnreadableFileError: the file cannot be read at all.

    """
    if not isinstance(actor, Operator):
        require(actor, May.EXCHANGE, tenant)
    stored = snapshot(tenant)
    book = read_book(path, SHEETS, known_keys(stored), sources_of(tenant))
    settled = {
        sheet.name: settle_rows(sheet, book.rows[sheet.name], book.columns[sheet.name])
        for sheet in RECORD_SHEETS
        if sheet.name in book.rows
    }
    complaints = [
        problem
        for sheet in RECORD_SHEETS
        for problem in row_problems(sheet, settled.get(sheet.name, ()), stored[sheet.name], book)
    ]
    names = names_of(stored, settled)
    changes = tuple(
        _compare(sheet, settled[sheet.name], stored[sheet.name], names)
        for sheet in RECORD_SHEETS
        if sheet.name in book.rows
    )
    was = Tenant.objects.filter(pk=tenant.pk).first()
    book = replace(book, problems=by_sheet((*left_out(book), *book.problems, *complaints)))
    return Preview(tenant, was.name if was else "", book, changes, stored)


def _compare(
    sheet: Sheet,
    rows: Sequence[tuple[Row, Mapping[str, object]]],
    stored: Mapping[str, Stored],
    names: Names,
) -> SheetChange:
    new: dict[str, Mapping[str, object]] = {}
    changed: dict[str, Mapping[str, object]] = {}
    differences: dict[str, list[Difference]] = {}
    for row, values in rows:
        if row.key not in stored:
            new[row.key] = values
            continue
        before = stored[row.key].values
        if any(before[name] != value for name, value in values.items()):
            changed[row.key] = values
            differences[row.key] = spelled_differences(sheet, before, {**before, **values}, names)
    keys = {row.key for row, _ in rows}
    missing = tuple(key for key in stored if key not in keys)
    told = {**new, **{key: stored[key].values for key in (*changed, *missing)}}
    parts = sheet.only(*sheet.key_from) if not sheet.label else sheet.only(sheet.label)
    labels = {key: _label(parts, values, names) or key for key, values in told.items()}
    return SheetChange(
        sheet,
        new,
        changed,
        differences,
        labels,
        untouched=len(keys) - len(new) - len(changed),
        missing=missing,
    )


def _label(parts: Sheet, values: Mapping[str, object], names: Names) -> str:
    """Name a record by its label, else by what makes its key: "Café, Sprache, Frauen, Ahorn"."""
    return ", ".join(text for cell in spell_cells(parts, values, names) if (text := as_text(cell)))


def apply_import(actor: Actor, preview: Preview) -> str:
    """Write everything that the preview announces, all or nothing.

    Returns:
        The number of the undertaking, under which all its changes are recorded.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        StalePreviewError: somebody else changed one of these records since; nothing was written.
        ForbiddenByDatabaseError: the database refused something; nothing was written.
        UnfitValueError: the database has no room for a value; nothing was written.

    """
    if not preview.book.sound:
        raise ValueError("a file with serious problems must not be imported")
    if not isinstance(actor, Operator):
        require(actor, May.EXCHANGE, preview.tenant)
    things: dict[str, dict[str, Record]] = {
        name: {key: stored.thing for key, stored in records.items()}
        for name, records in preview.stored.items()
    }
    batch = new_batch()
    models = [model_of(part.sheet) for part in preview.sheets]
    try:
        with transaction.atomic():
            keep_tenant(actor=actor, tenant=preview.tenant, batch=batch)
            for part in preview.sheets:
                refuse_stale(
                    model_of(part.sheet), [things[part.sheet.name][k] for k in part.changed]
                )
                drafts = _drafts(part, preview, things)
                change_many(drafts, by=actor, verb=Verb.IMPORTED, batch=batch)
    except IntegrityError as error:
        raise translated(error, models) from error
    except (DataError, OverflowError, InvalidOperation) as error:
        raise UnfitValueError(_UNFIT) from error
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
