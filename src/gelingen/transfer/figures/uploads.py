"""Tables of statistics that people have sent, kept until they are written or thrown away."""

from datetime import datetime
from pathlib import Path

from gelingen.access.models import Tenant, User
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.official import OfficialTable, read_official
from gelingen.terms.desk import UploadState
from gelingen.transfer.models import Upload
from gelingen.transfer.uploads import (
    Sent,
    UnknownUploadError,
    folder_of,
    forget_folder,
    keeping,
)


def keep_table(
    actor: User, tenant: Tenant, sent: Sent, *, at: datetime
) -> tuple[Upload, OfficialTable]:
    """Keep a table that somebody sent, if it can be read.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.
        UnreadableFileError: the file is broken, too large, hostile, or no such table.

    """
    require(actor, May.EDIT_BASICS, tenant)
    with keeping(actor, tenant, sent, state=UploadState.FIGURES, at=at) as upload:
        table = table_of(upload)
        upload.lines = len(table.observations)
    return upload, table


def table_of(upload: Upload) -> OfficialTable:
    """Read a kept table."""
    lists = folder_of(upload) / "listen"
    files = sorted(lists.iterdir()) if lists.is_dir() else [folder_of(upload) / upload.name]
    if len(files) != 1:
        raise UserError("In diesem Archiv liegen mehrere Tabellen. Bitte einzeln hochladen.")
    return read_official(Path(files[0]))


def tables(actor: Actor, tenant: Tenant) -> list[Upload]:
    """List the tables that are not written yet, the latest first. One query.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.

    """
    require(actor, May.EDIT_BASICS, tenant)
    kept = Upload.objects.filter(tenant=tenant, state=UploadState.FIGURES)
    return list(kept.select_related("user"))


def get_table(actor: Actor, tenant: Tenant, key: str) -> Upload:
    """Find a kept table.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.
        UnknownUploadError: there is none.

    """
    require(actor, May.EDIT_BASICS, tenant)
    kept = Upload.objects.filter(tenant=tenant, key=key, state=UploadState.FIGURES)
    found = kept.select_related("tenant", "user").first()
    if found is None or not folder_of(found).exists():
        raise UnknownUploadError(
            "Diese Tabelle gibt es nicht oder nicht mehr. Bitte noch einmal hochladen."
        )
    return found


def settle_table(upload: Upload, *, batch: str) -> None:
    """Say that a table is written; the file itself is no longer needed."""
    kept = Upload.objects.filter(pk=upload.pk)
    kept.update(state=UploadState.IMPORTED, batch=batch)
    forget_folder(upload)


def drop_table(actor: Actor, upload: Upload) -> None:
    """Delete a table that was sent; no record changes.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.

    """
    require(actor, May.EDIT_BASICS, upload.tenant)
    forget_folder(upload)
    upload.delete()
