"""Files that belong to records: what may be attached, and how its kind is proven."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile, File

from gelingen.access.models import Tenant
from gelingen.access.policy import EDITS, Actor, May, allowed_in, require, within
from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.history.removing import remove_many
from gelingen.history.reversal import model_of_subject
from gelingen.history.stored import store, whole
from gelingen.history.trace import subject_of
from gelingen.register.models import Attachment
from gelingen.terms.vocabulary import Verb

LARGEST = 25 * 1024 * 1024
# Rooms whose records not everybody in the tenant may see; nor may they see the files.
# Files of papers and meetings are handed out by these themselves, which know who sees them.
_SEEN_WITH = {
    "talks": May.ASK,
    "surveys": May.ASK,
    "papers": May.EDIT_BOARDS,
    "boards": May.VIEW_CLOSED,
}
# Rooms whose files come and go one by one; those of others are part of what is fixed.
_FREE = frozenset({"register", "process", "talks"})


class UnfitFileError(UserError):
    """The file is too large, empty, or not what its name says."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may be attached.

    Attributes:
        media_type: as told to the browser.
        starts: bytes with which every such file begins; empty for plain text.
        part: for packed formats a member that every such file has.

    """

    media_type: str
    starts: bytes = b""
    part: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    ".pdf": FileKind("application/pdf", b"%PDF-"),
    ".png": FileKind("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": FileKind("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": FileKind("image/jpeg", b"\xff\xd8\xff"),
    ".docx": FileKind(f"{_OFFICE}wordprocessingml.document", b"PK", "word/document.xml"),
    ".xlsx": FileKind(f"{_OFFICE}spreadsheetml.sheet", b"PK", "xl/workbook.xml"),
    ".odt": FileKind(f"{_OPEN}text", b"PK", "content.xml"),
    ".ods": FileKind(f"{_OPEN}spreadsheet", b"PK", "content.xml"),
    ".txt": FileKind("text/plain"),
    ".csv": FileKind("text/csv"),
}
_ALLOWED = "PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, TXT oder CSV"


def media_type_of(name: str, content: File[bytes]) -> str:
    """Prove that a file is what its name says.

    Args:
        name: name of the file with its ending.
        content: the file; it is read at the beginning and rewound.

    Returns:
        The media type.

    Raises:
        UnfitFileError: too large, empty, of a kind that is not taken, or not what it claims.

    """
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise UnfitFileError(f"„{name}“ kann nicht angehängt werden. Möglich sind {_ALLOWED}.")
    if not content.size:
        raise UnfitFileError(f"„{name}“ ist leer.")
    if content.size > LARGEST:
        raise UnfitFileError(
            f"„{name}“ ist zu groß; höchstens {LARGEST // 1024 // 1024} MB sind möglich."
        )
    if not _fits(kind, content):
        raise UnfitFileError(
            f"„{name}“ ist keine Datei dieser Art. Bitte in {_ALLOWED} speichern und neu anhängen."
        )
    return kind.media_type


def _fits(kind: FileKind, content: File[bytes]) -> bool:
    content.seek(0)
    head = content.read(4096)
    content.seek(0)
    if not head.startswith(kind.starts):
        return False
    if not kind.starts:
        return b"\0" not in head
    if not kind.part:
        return True
    try:
        with ZipFile(content) as packed:
            members = set(packed.namelist())
    except BadZipFile:
        return False
    finally:
        content.seek(0)
    macros = any(PurePath(member).name.casefold() == "vbaproject.bin" for member in members)
    return kind.part in members and not macros


def attach(  # noqa: PLR0913  one argument a thing to know
    *, actor: Actor, to: Record, title: str, name: str, content: File[bytes], public: bool = False
) -> Attachment:
    """Attach a file to a record.

    Args:
        actor: who attaches.
        to: the record.
        title: what people read instead of the file's name.
        name: the file's name; only its ending is kept.
        content: the file.
        public: whether the public site may show it.

    Raises:
        PermissionDenied: the actor may not change the record.
        UnfitFileError: the file is not taken; see `media_type_of`.

    """
    require(actor, EDITS[to._meta.app_label], to)
    made = Attachment(title=title, media_type=media_type_of(name, content), public=public)
    return _stored(actor, to, made, name, content.read(), "")


def keep_written(  # noqa: PLR0913  one argument a thing to know
    *, actor: Actor, to: Record, title: str, name: str, media_type: str, content: bytes, batch: str
) -> Attachment:
    """Keep a document that the program wrote itself with a record; only the house sees it.

    Args:
        actor: who had it written.
        to: the record.
        title: what people read instead of the file's name.
        name: the file's name; only its ending is kept.
        media_type: what it is; HTML is allowed here, because nobody from outside wrote it.
        content: the document.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the record.

    """
    require(actor, EDITS[to._meta.app_label], to)
    return _stored(actor, to, Attachment(title=title, media_type=media_type), name, content, batch)


def _stored(  # noqa: PLR0913, PLR0917  one argument a thing to know
    actor: Actor, to: Record, attachment: Attachment, name: str, content: bytes, batch: str
) -> Attachment:
    """Write a file and what is known of it; the file goes again if that fails."""
    key = attachment.key = uuid4().hex
    attachment.tenant, attachment.subject, attachment.size = to.tenant, subject_of(to), len(content)
    suffix = PurePath(name).suffix.lower()
    with whole():
        store(attachment.file, f"{key}{suffix}", ContentFile(content))
        with change(by=actor, verb=Verb.ATTACHED, of=attachment, batch=batch):
            pass
    return attachment


def may_see(actor: Actor, attachment: Attachment) -> bool:
    """Whether the actor may see a file, as far as its record decides it: some take a right."""
    right = _SEEN_WITH.get(attachment.subject.partition(".")[0], May.VIEW)
    return allowed_in(actor, right, attachment.tenant)


def attachments_of(actor: Actor, thing: Record) -> list[Attachment]:
    """List the files of a record by title. One query.

    Who may see the record is asked by whoever read it.
    """
    return attachments_of_all(actor, thing.tenant, [subject_of(thing)])


def attachments_of_all(actor: Actor, tenant: Tenant, subjects: Collection[str]) -> list[Attachment]:
    """List the files of several records by title. One query.

    Who may see the records is asked by whoever read them.

    Args:
        actor: who asks.
        tenant: whose records.
        subjects: the records, as `history.trace.subject_of` writes them.

    """
    found = Attachment.objects.filter(tenant=tenant, subject__in=subjects)
    return list(within(actor, May.VIEW, found).order_by("title", "key"))


def detach(*, actor: Actor, attachment: Attachment, batch: str = "") -> None:
    """Take one file off its record; it stays stored until the time for taking that back is over.

    Args:
        actor: who does it.
        attachment: as somebody read it who may see it.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the record.
        UnfitFileError: the file belongs to something that is fixed, or that is gone.

    """
    model, key = model_of_subject(attachment.subject)
    room = attachment.subject.partition(".")[0]
    found = None
    if model is not None and issubclass(model, Record) and room in _FREE:
        found = model._default_manager.filter(tenant=attachment.tenant_id, key=key).first()
    if found is None:
        raise UnfitFileError("Diese Datei lässt sich hier nicht entfernen.")
    require(actor, EDITS[room], found)
    remove(by=actor, of=attachment, batch=batch)


def detach_all(*, actor: Actor, thing: Record, batch: str) -> None:
    """Take all files off a record that is about to be deleted.

    The files themselves stay until the time for taking it back is over.

    Args:
        actor: who deletes the record.
        thing: the record.
        batch: number of the undertaking that deletes it.

    Raises:
        PermissionDenied: the actor may not change the record.

    """
    require(actor, EDITS[thing._meta.app_label], thing)
    found = attachments_of(actor, thing)
    remove_many(found, by=actor, verb=Verb.REMOVED, batch=batch)
