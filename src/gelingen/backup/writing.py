"""Write a backup: all tables as they stood at one moment, then all files, then what is in it."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from gelingen.backup.manifest import MEMBER, BackupError, FileEntry, Manifest, TableEntry
from gelingen.backup.tables import Model, columns_of, last_number, lines, tables_of

# What belongs to an installation beside its database; all else is made anew by starting it.
FOLDERS = ("dateien", "dokumente", "eingelesen")
SINGLE = ("geheimnis.txt", "tag.txt", "beispiel-anmeldung.txt")
_SECRET = ("DATABASE", "PASSWORD", "SECRET")
_PIECE = 1024 * 1024
# Packed already.
_PACKED = {".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".odt", ".ods", ".zip"}


def write_backup(  # noqa: PLR0913  what is kept, of when, and where to
    path: Path,
    *,
    home: Path,
    on: date,
    at: datetime,
    variables: Mapping[str, str],
    using: str = "default",
) -> Manifest:
    """Write a whole installation into one file that only its owner may read.

    Args:
        path: the file; it must not exist. It appears whole or not at all.
        home: folder of the installation.
        on: day of the installation.
        at: moment, with its time zone.
        variables: environment of the installation; secrets of it are named, not kept.
        using: the database.

    Raises:
        BackupError: the file exists already.
        OSError: it cannot be written.

    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as packed:
                with one_moment(using):
                    tables = tuple(_table(packed, one, using) for one in tables_of(apps).values())
                    forms = migrations_of(using)
                found = (_file(packed, home, one) for one in files_of(home))
                told = Manifest(
                    program=version("gelingen"),
                    database=connections[using].vendor,
                    day=on.isoformat(),
                    written=at.isoformat(timespec="seconds"),
                    migrations=forms,
                    tables=tables,
                    files=tuple(one for one in found if one),
                    **_settings(variables),
                )
                packed.writestr(MEMBER, told.written_out())
            # Only now the list of members stands at its end, without which a ZIP is none.
            file.flush()
            os.fsync(handle)
        _named(draft, path)
        _lasting(path.parent)
    finally:
        draft.unlink(missing_ok=True)
    return told


def _named(draft: Path, path: Path) -> None:
    """Give the finished file its name, never over another one."""
    try:
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise BackupError(f"{path} gibt es schon. Bitte einen anderen Namen nennen.") from error
    except OSError:  # a file system without such links
        if path.exists():
            raise BackupError(f"{path} gibt es schon. Bitte einen anderen Namen nennen.") from None
        draft.replace(path)


def _lasting(folder: Path) -> None:
    """Have the names of a folder on the disk, so that a finished backup outlasts a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def one_moment(using: str) -> Iterator[None]:
    """Read everything as it stands now, without keeping anybody from writing."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def migrations_of(using: str) -> tuple[tuple[str, str], ...]:
    """Name the form that the tables have."""
    return tuple(sorted(MigrationRecorder(connections[using]).applied_migrations()))


def _table(packed: ZipFile, model: Model, using: str) -> TableEntry:
    columns = tuple(one.attname for one in columns_of(model))
    entry = TableEntry(model._meta.label, columns, 0, None, "")
    with packed.open(_info(entry.member), "w", force_zip64=True) as member:
        rows, checksum = _poured(lines(model, using=using), member)
    last = last_number(model, using=using)
    return TableEntry(entry.model, columns, rows, last, checksum)


def _file(packed: ZipFile, home: Path, name: str) -> FileEntry | None:
    """Write a file; None if somebody deleted it after the files were listed."""
    entry, place = FileEntry(name, 0, ""), home / name
    info = _info(entry.member, packed=place.suffix.lower() in _PACKED)
    try:
        source = place.open("rb")
    except FileNotFoundError:
        return None
    with source, packed.open(info, "w", force_zip64=True) as member:
        pieces = iter(lambda: source.read(_PIECE), b"")
        _, checksum = _poured(pieces, member)
        size = source.tell()
    return FileEntry(name, size, checksum)


def _poured(pieces: Iterable[bytes], into: IO[bytes]) -> tuple[int, str]:
    """Write pieces; return their number and the checksum of all."""
    sum_of_all, number = hashlib.sha256(), 0
    for piece in pieces:
        into.write(piece)
        sum_of_all.update(piece)
        number += 1
    return number, sum_of_all.hexdigest()


def _info(name: str, *, packed: bool = False) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def files_of(home: Path) -> list[str]:
    """List the files that belong to an installation, relative to its folder, in order."""
    return sorted(name for name, link in _kept(home) if not link)


def links_of(home: Path) -> list[str]:
    """List the links among them, in order: they lead elsewhere, and a backup does not follow."""
    return sorted(name for name, link in _kept(home) if link)


def _kept(home: Path) -> Iterator[tuple[str, bool]]:
    """Yield single files and what lies in the folders of an installation; and if it is a link."""
    for name in SINGLE:
        link = (home / name).is_symlink()
        if link or (home / name).is_file():
            yield name, link
    for top in FOLDERS:
        for folder, folders, files in os.walk(home / top, onerror=_unless_gone):
            for one in (Path(folder, name) for name in [*folders, *files]):
                link = one.is_symlink()
                if link or one.is_file():
                    yield one.relative_to(home).as_posix(), link


def _unless_gone(error: OSError) -> None:
    """Go on without a folder that somebody deleted; one that cannot be read would be missing."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _settings(variables: Mapping[str, str]) -> dict[str, Any]:
    """Keep what was set except the folder, which is another one afterwards, and secrets."""
    given = {name: text for name, text in sorted(variables.items()) if name.startswith("GELINGEN_")}
    given.pop("GELINGEN_HOME", None)
    secret = [name for name in given if name.endswith(_SECRET)]
    return {
        "settings": {name: text for name, text in given.items() if name not in secret},
        "secrets": tuple(secret),
    }
