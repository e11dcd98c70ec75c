"""A kept file checked, shown, written: the steps of an import that people do in a browser."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.terms.desk import UploadState
from gelingen.transfer.imports import Preview, apply_import, preview_import, tenant_of
from gelingen.transfer.models import Upload
from gelingen.transfer.summaries import Summary, keep_summary, read_summary
from gelingen.transfer.uploads import folder_of, forget_folder, path_of

# So long after it began, nobody works on a file any more: the process was ended in the middle.
STALE = timedelta(minutes=15)
_BROKEN = (
    "Das Programm ist dabei auf einen Fehler gestoßen. Nichts wurde geschrieben. Der Grund steht "
    "im Protokoll dieser Installation."
)
_RIGHT_LOST = (
    "Wer das angestoßen hat, darf hier keine Arbeitsmappen mehr einlesen. Nichts wurde geschrieben."
)
_STOPPED = {
    UploadState.CHECKING: "Das Prüfen ist abgebrochen. Bitte noch einmal prüfen.",
    UploadState.WRITING: "Das Übernehmen ist abgebrochen. Bitte noch einmal übernehmen.",
}


class OtherPreviewError(UserError):
    """The import would do something else by now than people have seen."""


class NotReadyError(UserError):
    """The file cannot be imported in its present state."""


def begin_checking(actor: Actor, upload: Upload, *, at: datetime) -> None:
    """Say that a file is being checked, until `check_upload` has done it.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        NotReadyError: it is being checked or written, or is written already.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    free = Upload.objects.filter(pk=upload.pk).exclude(
        Q(state__in=(UploadState.WRITING, UploadState.IMPORTED))
        | Q(state=UploadState.CHECKING, begun__gt=at - STALE)
    )
    if not free.update(state=UploadState.CHECKING, begun=at):
        raise NotReadyError(f"{upload.name}: {UploadState.of(upload.state).label}.")
    upload.state, upload.begun = UploadState.CHECKING, at


def check_upload(actor: Actor, upload: Upload, *, at: datetime) -> Summary | None:
    """Check a file and keep what importing it would do.

    What stands against reading it at all is kept as its complaint.

    Returns:
        What it would do; None if it cannot be read, or if nobody has begun to check it.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    if upload.state != UploadState.CHECKING:
        return None
    with _kept_complaint(upload):
        summary, _ = _previewed(actor, upload, at=at)
        _settle(upload, UploadState.CHECKED)
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


def begin_writing(actor: Actor, upload: Upload, *, digest: str, at: datetime) -> None:
    """Reserve a file for writing, so that nobody writes it twice.

    Args:
        actor: who wants to write.
        upload: the file.
        digest: of the preview that this person has seen.
        at: when.

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
    if not free.update(state=UploadState.WRITING, begun=at):
        raise NotReadyError(f"{upload.name} wird gerade übernommen.")
    upload.state, upload.begun = UploadState.WRITING, at


def write_upload(actor: Actor, upload: Upload, *, at: datetime) -> str:
    """Import a file that is reserved for writing: exactly what its preview says, or nothing.

    Returns:
        The number of the undertaking; "" if nothing was written, for the reason that is kept as
        complaint of the file.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    if upload.state != UploadState.WRITING:
        return ""
    seen = upload.digest
    with _kept_complaint(upload):
        summary, preview = _previewed(actor, upload, at=at)
        if summary.digest != seen:
            raise OtherPreviewError(
                "Seit der Vorschau hat jemand Einträge geändert. Nichts wurde geschrieben; bitte "
                "die neue Vorschau ansehen."
            )
        with transaction.atomic():
            batch = apply_import(actor, preview)
            if not _settle(upload, UploadState.IMPORTED, batch=batch):
                raise NotReadyError("Das hat zu lange gedauert und gilt als abgebrochen.")
    return upload.batch


def discard(actor: Actor, upload: Upload) -> None:
    """Delete a file that somebody sent, with everything that was kept about it.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        NotReadyError: it is being written.

    """
    require(actor, May.EXCHANGE, upload.tenant)
    free = Upload.objects.filter(pk=upload.pk).exclude(state=UploadState.WRITING)
    if not free.delete()[0]:
        raise NotReadyError(
            f"{upload.name} wird gerade übernommen und lässt sich deshalb nicht verwerfen. "
            "Ist der Import fertig, können Sie ihn zurücknehmen."
        )
    forget_folder(upload)


def release_stopped(*, at: datetime) -> int:
    """Give files free at which nobody works any more; gives their number. One query if none is."""
    busy = Upload.objects.filter(state__in=_STOPPED).select_related("tenant")
    return release(busy, at=at)


def release(uploads: Iterable[Upload], *, at: datetime) -> int:
    """Give those of some files free at which nobody works any more. No query if there is none.

    What was begun with them was ended in the middle, for instance together with the machine. As
    records and state are written in one transaction, nothing was written.

    Returns:
        How many were given free; they have their new state.

    """
    stopped = [
        one for one in uploads if one.state in _STOPPED and (one.begun or one.at) <= at - STALE
    ]
    for one in stopped:
        _fail(one, _STOPPED[UploadState.of(one.state)])
    return len(stopped)


def give_up(tenant: Tenant, key: str) -> None:
    """Say beside a file that who ordered something with it may not do that any more."""
    for upload in Upload.objects.filter(tenant=tenant, key=key, state__in=_STOPPED):
        _fail(upload, _RIGHT_LOST)


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
    checked = upload.state == UploadState.WRITING and summary_of(upload)
    _settle(upload, UploadState.CHECKED if checked else UploadState.FAILED, complaint=complaint)


def _settle(upload: Upload, state: UploadState, *, complaint: str = "", batch: str = "") -> bool:
    """Keep how work on a file ended, unless it was taken from who worked on it meanwhile."""
    mine = Upload.objects.filter(pk=upload.pk, state=upload.state, begun=upload.begun)
    end = {"state": state, "complaint": complaint, "batch": batch, "begun": None}
    if not mine.update(digest=upload.digest, **end):
        return False
    for name, value in end.items():
        setattr(upload, name, value)
    return True
