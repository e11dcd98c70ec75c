"""What a backup says about itself: version, day, tables and files with their checksums."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from gelingen.errors import UserError

FORMAT, VERSION = "gelingen-backup", 1
MEMBER = "inhalt.json"
_LARGEST = 64 * 1024 * 1024  # a list of a million files is shorter


class BackupError(UserError):
    """A backup cannot be written or read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table of a backup.

    Attributes:
        model: such as "plan.Measure".
        columns: names of its columns, in the order of the values of each row.
        rows: how many there are.
        last: the highest number ever given to a row; None where rows are not numbered.
        checksum: SHA-256 of its lines.

    """

    model: str
    columns: tuple[str, ...]
    rows: int
    last: int | None
    checksum: str

    @property
    def member(self) -> str:
        """Name inside the backup."""
        return f"tabellen/{self.model}.jsonl"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a backup: its place under the installation's folder, bytes and SHA-256."""

    path: str
    size: int
    checksum: str

    @property
    def member(self) -> str:
        """Name inside the backup."""
        return f"ordner/{self.path}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        program: version of the program that wrote it.
        database: sqlite or postgresql.
        day: day of the installation, as in 2017-06-01.
        written: moment at which it was written, with its time zone.
        migrations: form of the tables, as (app, name), sorted.
        settings: what was set, without secrets, by name of the variable.
        secrets: names of variables that were set and are not in the backup.
        tables: by name of the model.
        files: by path.

    """

    program: str
    database: str
    day: str
    written: str
    migrations: tuple[tuple[str, str], ...]
    settings: dict[str, str]
    secrets: tuple[str, ...]
    tables: tuple[TableEntry, ...]
    files: tuple[FileEntry, ...] = field(default=())

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(one.rows for one in self.tables)

    @property
    def parts(self) -> "tuple[TableEntry | FileEntry, ...]":
        """Tables and files."""
        return (*self.tables, *self.files)

    def written_out(self) -> bytes:
        """Write it as JSON."""
        told = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_manifest(text: bytes) -> Manifest:
    """Read what a backup says about itself.

    Raises:
        BackupError: it is none, or one of a form that this program does not know yet.

    """
    try:
        told = json.loads(text)
        known = told.pop("format") == FORMAT
        version = int(told.pop("version"))
    except (ValueError, KeyError, TypeError, AttributeError):
        known, version, told = False, 0, {}
    if not known:
        raise BackupError("Das ist keine Sicherung von Gelingen.")
    if version > VERSION:
        raise BackupError(
            "Diese Sicherung stammt aus einer neueren Fassung von Gelingen. Bitte Gelingen zuerst "
            "aktualisieren."
        )
    try:
        return _manifest(told)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("Das Inhaltsverzeichnis der Sicherung ist beschädigt.") from error


def _manifest(told: dict[str, Any]) -> Manifest:
    tables = [TableEntry(**one | {"columns": tuple(one["columns"])}) for one in told.pop("tables")]
    files = [FileEntry(**one) for one in told.pop("files")]
    migrations = tuple((str(app), str(name)) for app, name in told.pop("migrations"))
    secrets = tuple(map(str, told.pop("secrets")))
    return Manifest(
        **told, migrations=migrations, secrets=secrets, tables=tuple(tables), files=tuple(files)
    )


def fits(size: int) -> bool:
    """Tell whether a list of contents of this many bytes is worth reading."""
    return size <= _LARGEST
