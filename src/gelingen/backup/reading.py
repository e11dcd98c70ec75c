"""Play a backup into an empty installation: checked whole, then written whole or not at all."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - it is an exception

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from gelingen.backup.manifest import (
    MEMBER,
    BackupError,
    FileEntry,
    Manifest,
    TableEntry,
    fits,
    read_manifest,
)
from gelingen.backup.tables import (
    MADE_BY_ITSELF,
    columns_of,
    empty,
    go_on_from,
    insert,
    refuse_rows,
    tables_of,
)
from gelingen.backup.writing import FOLDERS, SINGLE, links_of, migrations_of
from gelingen.tables import bring_up_to_date

_PIECE = 1024 * 1024
_ENCRYPTED = 0x1  # of the flags of a member
_BROKEN = "Die Sicherung ist beschädigt oder nicht vollständig. Nichts wurde geschrieben."


def restore(path: Path, *, home: Path, using: str = "default") -> Manifest:
    """Play a backup into an empty installation.

    The whole file is read and checked before anything is written. Tables that are not there yet
    get the form that the backup has, and are brought up to date afterwards.

    Args:
        path: the backup.
        home: folder of the installation.
        using: its database.

    Raises:
        BackupError: it is no backup, broken, too new, or the installation is not empty.
        OSError: a file cannot be read or written.

    """
    with _opened(path) as packed:
        told = _contents(packed)
        for one in told.parts:
            _check(packed, one)
        _refuse_files(home)
        apps = _form_of(told, using=using)
        with _laid_ready(packed, told, home) as ready, ExitStack() as undo:
            with _all_or_nothing(using):
                _rows(packed, told, apps, using=using)
                _put_in_place(ready, home, undo)
            undo.pop_all()
    bring_up_to_date(using)
    return told


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as packed:
            yield packed
    except BadZipFile as error:
        raise BackupError(_unreadable(path)) from error
    except (EOFError, ZlibError) as error:
        raise BackupError(_BROKEN) from error


def _unreadable(path: Path) -> str:
    """Tell a file that was cut off from one that is something else."""
    with path.open("rb") as file:
        begins = file.read(4)
    return _BROKEN if begins == b"PK\x03\x04" else "Das ist keine Sicherung von Gelingen."


def _contents(packed: ZipFile) -> Manifest:
    """Read what is in it; nothing may be there that it does not name, and nothing may lack."""
    if any(one.flag_bits & _ENCRYPTED for one in packed.infolist()):
        raise BackupError(
            "Die Sicherung ist mit einem Kennwort verschlüsselt. Bitte entschlüsseln, ohne ihren "
            "Inhalt zu ändern, und noch einmal zurückspielen. Nichts wurde geschrieben."
        )
    names = packed.namelist()
    if MEMBER not in names or not fits(packed.getinfo(MEMBER).file_size):
        raise BackupError("Das ist keine Sicherung von Gelingen.")
    told = read_manifest(_text(packed, MEMBER))
    wanted = [MEMBER, *(one.member for one in told.parts)]
    if sorted(names) != sorted(wanted) or not all(_fitting(one.path) for one in told.files):
        raise BackupError(_BROKEN)
    return told


def _text(packed: ZipFile, name: str) -> bytes:
    with _known_packing():
        return packed.read(name)


@contextmanager
def _known_packing() -> Iterator[None]:
    """Refuse what is packed in a way that we never use."""
    try:
        yield
    # What zipfile raises for encrypted files is the first, for other ways of packing the second.
    except (RuntimeError, NotImplementedError) as error:
        raise BackupError(_BROKEN) from error


def _fitting(path: str) -> bool:
    """Whether a file lies where files of an installation lie, and nowhere above."""
    parts = PurePosixPath(path).parts
    inside = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\\" not in path
    return inside or path in SINGLE


def _check(packed: ZipFile, entry: TableEntry | FileEntry) -> None:
    found = hashlib.sha256()
    with _known_packing(), packed.open(entry.member) as member:
        for piece in iter(lambda: member.read(_PIECE), b""):
            found.update(piece)
    if found.hexdigest() != entry.checksum:
        raise BackupError(_BROKEN)


def _refuse_files(home: Path) -> None:
    if links := [*(name for name in FOLDERS if (home / name).is_symlink()), *links_of(home)]:
        raise BackupError(
            f"{home / links[0]} ist ein Verweis auf einen anderen Ort. Bitte ihn wegnehmen, "
            "zurückspielen und danach neu anlegen. Nichts wurde geschrieben."
        )
    for name in FOLDERS:
        if any(one.is_file() for one in (home / name).rglob("*")):
            raise BackupError(
                f"Zurückspielen geht nur in eine leere Installation; in {home / name} liegen schon "
                "Dateien. Bitte mit GELINGEN_HOME einen neuen Ordner nennen."
            )


def _form_of(told: Manifest, *, using: str) -> Apps:
    """Give the tables the form that the backup has; return the models of that form."""
    executor = MigrationExecutor(connections[using])
    steps, wanted = executor.loader.graph.node_map, set(told.migrations)
    if not wanted <= set(executor.loader.disk_migrations or ()):
        raise BackupError(
            f"Diese Sicherung stammt aus einer neueren Fassung von Gelingen ({told.program}). "
            "Bitte Gelingen zuerst aktualisieren. Nichts wurde geschrieben."
        )
    there = set(migrations_of(using))
    if there == wanted:
        return installed
    if there:
        raise BackupError(
            "Die Tabellen dieser Installation haben eine andere Form als die der Sicherung. Bitte "
            "mit GELINGEN_HOME einen neuen, leeren Ordner nennen, mit PostgreSQL auch eine neue, "
            "leere Datenbank. Nichts wurde geschrieben."
        )
    if wanted >= set(steps):
        bring_up_to_date(using)
        return installed
    ends = [
        one
        for one in sorted(wanted & set(steps))
        if not any(after.key in wanted and after.key[0] == one[0] for after in steps[one].children)
    ]
    executor.migrate(ends)
    found: Apps = MigrationExecutor(connections[using]).loader.project_state(ends).apps
    return found


@contextmanager
def _all_or_nothing(using: str) -> Iterator[None]:
    """Write rows in one step; what does not fit together is refused."""
    try:
        with transaction.atomic(using=using):
            yield
            connections[using].check_constraints()
    except IntegrityError as error:
        raise BackupError(
            "Die Einträge der Sicherung passen nicht zusammen. Nichts wurde geschrieben."
        ) from error
    except DatabaseError as error:
        raise BackupError(
            f"Die Datenbank nimmt die Sicherung nicht an: {error}. Nichts wurde geschrieben."
        ) from error


def _rows(packed: ZipFile, told: Manifest, apps: Apps, *, using: str) -> None:
    models = tables_of(apps)
    fitting = {name: sorted(one.attname for one in columns_of(models[name])) for name in models}
    if {one.model: sorted(one.columns) for one in told.tables} != fitting:
        raise BackupError(
            "Die Tabellen der Sicherung haben eine andere Form als die dieser Fassung von "
            f"Gelingen; sie stammt aus {told.program}. Nichts wurde geschrieben."
        )
    refuse_rows(models.values(), using=using)
    for name in sorted(MADE_BY_ITSELF & set(models), reverse=True):
        empty(models[name], using=using)
    for entry in told.tables:
        with packed.open(entry.member) as member:
            written = insert(models[entry.model], entry.columns, member, using=using)
        if written != entry.rows:
            raise BackupError(_BROKEN)
        if entry.last:
            go_on_from(models[entry.model], entry.last, using=using)


@contextmanager
def _laid_ready(packed: ZipFile, told: Manifest, home: Path) -> Iterator[Path]:
    """Unpack the files beside the place where they belong."""
    with tempfile.TemporaryDirectory(prefix=".zurueckspielen-", dir=home) as name:
        ready = Path(name)
        for entry in told.files:
            place = ready / entry.path
            place.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(entry.member) as member, place.open("wb") as file:
                shutil.copyfileobj(member, file, _PIECE)
            place.chmod(0o600)
        yield ready


def _put_in_place(ready: Path, home: Path, undo: ExitStack) -> None:
    """Move the files to where they belong; `undo` takes them away if the rows do not stay."""
    for one in sorted(ready.iterdir()):
        goal = home / one.name
        if goal.is_dir():
            shutil.rmtree(goal)  # holds no file, as was seen before
            undo.callback(goal.mkdir)
        elif goal.exists():
            before = Path(shutil.copy2(goal, ready / f"{one.name}.zuvor"))  # with its rights
            undo.callback(before.replace, goal)
        one.replace(goal)
        undo.callback(goal.replace, one)
