"""A kept file checked, shown, written: the steps of an import that people do in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.terms.vocabulary import UploadState
from gelingen.transfer.imports import Preview, apply_import, preview_import, tenant_of
from gelingen.transfer.models import Upload
from gelingen.transfer.summaries import Summary, keep_summary, read_summary
from gelingen.transfer.uploads import folder_of, path_of

_BROKEN = (
    "Das Programm ist dabei auf einen Fehler gestoßen. Nichts wurde geschrieben. Der Grund steht "
    "im Protokoll dieser Installation."
)


class OtherPreviewError(UserError):
    """The import would do something else by now than people have seen."""


class NotReadyError(UserError):
    """The file cannot be imported in its present state."""


def begin_checking(actor: Actor, upload: Upload) -> None:
    """Say that a file is being checked, until `check_upload` has done it.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        NotReadyError: it is being written or is written already.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    free = Upload.objects.filter(pk=upload.pk).exclude(
        state__in=(UploadState.WRITING, UploadState.IMPORTED)
    )
    if not free.update(state=UploadState.CHECKING):
        raise NotReadyError(f"{upload.name}: {UploadState.of(upload.state).label}.")
    upload.state = UploadState.CHECKING


def check_upload(actor: Actor, upload: Upload, *, at: datetime) -> Summary | None:
    """Check a file and keep what importing it would do.

    What stands against reading it at all is kept as its complaint.

    Returns:
        What it would do; None if it cannot be read.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    with _kept_complaint(upload):
        summary, _ = _previewed(actor, upload, at=at)
        upload.state, upload.complaint = UploadState.CHECKED, ""
        upload.save()
        return summary
    return None


def _previewed(actor: Actor, upload: Upload, *, at: datetime) -> tuple[Summary, Preview]:
    path = path_of(upload)
    tenant = tenant_of(path, key=upload.tenant.key)
    preview = preview_import(actor, path, tenant=tenant)
    summary = keep_summary(preview, folder_of(upload), at=at)
    upload.digest = summary.digest
    return summary, preview


def summary_of(upload: Upload) -> Summary | None:
    """Read what importing a file would do; None if it has not been checked."""
    return read_summary(folder_of(upload), upload.digest)


def begin_writing(actor: Actor, upload: Upload, *, digest: str) -> None:
    """Reserve a file for writing, so that nobody writes it twice.

    Args:
        actor: who wants to write.
        upload: the file.
        digest: of the preview that this person has seen.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        NotReadyError: it has mistakes, changes nothing, is not checked or is written already.
        OtherPreviewError: somebody checked it again since.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    summary = summary_of(upload)
    if upload.state != UploadState.CHECKED or summary is None:
        state = UploadState.of(upload.state).label
        raise NotReadyError(f"{upload.name}: {state}. Übernommen wird eine Datei nur einmal.")
    if digest != summary.digest:
        raise OtherPreviewError("Die Vorschau ist inzwischen eine andere. Bitte neu ansehen.")
    if summary.serious or summary.empty:
        what = "Die Datei hat Fehler." if summary.serious else "Es ändert sich nichts."
        raise NotReadyError(f"{what} Nichts wurde geschrieben.")
    free = Upload.objects.filter(pk=upload.pk, state=UploadState.CHECKED)
    if not free.update(state=UploadState.WRITING):
        raise NotReadyError(f"{upload.name} wird gerade übernommen.")
    upload.state = UploadState.WRITING


def write_upload(actor: Actor, upload: Upload, *, at: datetime) -> str:
    """Import a file that is reserved for writing: exactly what its preview says, or nothing.

    Returns:
        The number of the undertaking; "" if nothing was written, for the reason that is kept as
        complaint of the file.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    seen = upload.digest
    with _kept_complaint(upload):
        summary, preview = _previewed(actor, upload, at=at)
        if summary.digest != seen:
            raise OtherPreviewError(
                "Seit der Vorschau hat jemand Einträge geändert. Nichts wurde geschrieben; bitte "
                "die neue Vorschau ansehen."
            )
        with transaction.atomic():
            upload.batch = apply_import(actor, preview)
            upload.state, upload.complaint = UploadState.IMPORTED, ""
            upload.save()
    return upload.batch


@contextmanager
def _kept_complaint(upload: Upload) -> Iterator[None]:
    """Keep with the file why something could not be done with it."""
    try:
        yield
    except UserError as error:
        _fail(upload, str(error))
    except Exception:
        _fail(upload, _BROKEN)
        raise


def _fail(upload: Upload, complaint: str) -> None:
    upload.complaint, upload.batch = complaint, ""
    upload.state = UploadState.CHECKED if summary_of(upload) else UploadState.FAILED
    upload.save()
