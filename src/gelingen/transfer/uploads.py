"""Files that people send for import: kept for a while, then deleted.

A file lies in a folder of its own under GELINGEN_HOME, beside the preview of what it would change.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings

from gelingen.access.models import Tenant, User
from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError, UserError
from gelingen.terms.desk import UploadState
from gelingen.transfer.mapping import sources_of
from gelingen.transfer.models import Upload
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.archives import unpack_lists
from gelingen.workbook.guard import UnreadableFileError
from gelingen.workbook.mapping import Layout, layout_of

KEPT = timedelta(days=30)
# From so many lines on, the worker checks and writes, so that no page keeps people waiting.
LARGE = 2_000
_LONGEST_NAME = 100
_UNFIT_FOR_NAMES = re.compile(r"[^\w .,()+-]")


class UnknownUploadError(NotFoundError):
    """There is no such file, or it has been deleted by now."""


class NoListError(UserError):
    """The file holds nothing that could be imported."""


class Sent(Protocol):
    """A file as it comes from a browser."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Give its content in pieces."""


def keep_upload(actor: User, tenant: Tenant, sent: Sent, *, at: datetime) -> tuple[Upload, Layout]:
    """Keep a file that somebody sent, if it can be read as a workbook.

    Files that have been kept for long enough are deleted on this occasion.

    Args:
        actor: who sent it.
        tenant: whose records it is about.
        sent: an XLSX, ODS or CSV file, or an archive of CSV files.
        at: when.

    Returns:
        The kept file, and what people have to be asked about its heads.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        UnreadableFileError: the file is broken, encrypted, too large or hostile.
        NoListError: it holds no list.

    """
    require(actor, May.EXCHANGE, tenant)
    with keeping(actor, tenant, sent, state=UploadState.RECEIVED, at=at) as upload:
        found = layout(upload)
        upload.lines = found.lines
    return upload, found


@contextmanager
def keeping(
    actor: User, tenant: Tenant, sent: Sent, *, state: UploadState, at: datetime
) -> Iterator[Upload]:
    """Keep a file that was sent, if it can be read inside; of one that cannot, nothing stays.

    Args:
        actor: who sent it, and has been found to be allowed to.
        tenant: whose records it is about.
        sent: the file.
        state: what it waits for.
        at: when; files that have been kept for long enough are deleted on this occasion.

    Raises:
        UserError: what was raised inside.

    """
    drop_old_uploads(at)
    upload = Upload(
        key=uuid4().hex, tenant=tenant, user=actor, state=state, at=at, expires=at + KEPT
    )
    try:
        store(upload, sent)
        yield upload
    except UserError:
        forget_folder(upload)
        raise
    upload.save()


def store(upload: Upload, sent: Sent) -> None:
    """Write a file that was sent into a folder of its own, under a name that harms nothing.

    Raises:
        UnreadableFileError: it is an archive without lists, or a hostile one.

    """
    upload.name = _safe_name(sent.name or "")
    folder = folder_of(upload)
    folder.mkdir(mode=0o700, parents=True)
    path = folder / upload.name
    with path.open("wb") as target:
        for chunk in sent.chunks():
            target.write(chunk)
    if unpack_lists(path, folder / "listen"):
        path.unlink()
    elif path.suffix.lower() == ".zip":
        message = "In diesem Archiv liegen keine CSV-Dateien. Gelesen werden .xlsx, .ods und .csv."
        raise UnreadableFileError(message)


def _safe_name(name: str) -> str:
    """Make a name of a file that no folder misunderstands; its ending stays."""
    plain = _UNFIT_FOR_NAMES.sub("_", Path(name).name).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if stem else f"Liste{dot}{ending[:10]}"


def root() -> Path:
    """Name the folder under which all files lie that were sent."""
    return Path(settings.HOME) / "eingelesen"


def folder_of(upload: Upload) -> Path:
    """Name the folder of one file."""
    return root() / upload.key


def path_of(upload: Upload) -> Path:
    """Name the file itself, or the folder of its CSV files."""
    lists = folder_of(upload) / "listen"
    return lists if lists.is_dir() else folder_of(upload) / upload.name


def layout(upload: Upload) -> Layout:
    """Find out how the file is laid out, with what people said about such lists before.

    Raises:
        NoListError: it holds no list.

    """
    found = layout_of(path_of(upload), SHEETS, sources_of(upload.tenant))
    if not found.lists:
        raise NoListError(
            f"In {upload.name} steht nichts. Richtig wäre eine Liste mit einer Kopfzeile und "
            "mindestens einer Zeile darunter."
        )
    return found


def uploads(actor: Actor, tenant: Tenant) -> list[Upload]:
    """List the files of a tenant that are not imported yet, the latest first. One query.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, tenant)
    others = (UploadState.IMPORTED, UploadState.FIGURES)
    kept = Upload.objects.filter(tenant=tenant).exclude(state__in=others)
    return list(kept.select_related("user"))


def get_upload(actor: Actor, tenant: Tenant, key: str) -> Upload:
    """Find a file of a tenant.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.
        UnknownUploadError: there is none.

    """
    require(actor, May.EXCHANGE, tenant)
    kept = Upload.objects.filter(tenant=tenant, key=key).exclude(state=UploadState.FIGURES)
    found = kept.select_related("tenant", "user").first()
    if found is None or not path_of(found).exists():
        raise UnknownUploadError(
            f"Diese Datei gibt es nicht oder nicht mehr. Hochgeladene Dateien werden nach "
            f"{KEPT.days} Tagen gelöscht; bitte noch einmal hochladen."
        )
    return found


def forget_folder(upload: Upload) -> None:
    """Delete the file itself and what lies beside it."""
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def drop_old_uploads(before: datetime) -> int:
    """Delete the files whose time is over by then, and folders that no file belongs to any more.

    Returns:
        How many files were deleted.

    """
    over = Upload.objects.filter(expires__lte=before).exclude(state=UploadState.WRITING)
    for upload in over:
        forget_folder(upload)
    gone = over.delete()[0]
    kept = set(Upload.objects.values_list("key", flat=True))
    # A file that somebody is sending just now has a folder before it is known.
    yesterday = (before - timedelta(days=1)).timestamp()
    for folder in root().glob("*"):
        if folder.name not in kept and folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)
    return gone
