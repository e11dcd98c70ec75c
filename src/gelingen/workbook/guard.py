"""Refuse files that are broken, encrypted, huge or hostile before anything reads them."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from gelingen.errors import UserError

__all__ = [
    "FileKind",
    "UnreadableFileError",
    "check_size",
    "kind_of",
    "members",
    "open_package",
    "walk_xml",
]

MEGABYTE = 1024 * 1024
_LARGEST_FILE = 50 * MEGABYTE
_LARGEST_CONTENT = 200 * MEGABYTE
_MOST_MEMBERS = 2_000
_SQUEEZED_FROM = 10 * MEGABYTE  # smaller contents may be as repetitive as they like
_HIGHEST_RATIO = 300  # ordinary tables shrink to a tenth, very monotonous ones to a hundredth
_CHUNK = 256 * 1024
_XML = frozenset({".xml", ".rels"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Bitte als Excel-Arbeitsmappe (.xlsx) speichern und diese Datei verwenden."


class UnreadableFileError(UserError):
    """A file cannot be read as a workbook; the message is one or two German sentences."""


class FileKind(Enum):
    """How a workbook is stored."""

    XLSX = auto()
    ODS = auto()
    CSV = auto()
    FOLDER = auto()


def kind_of(path: Path) -> FileKind:
    """Find out by its content what a file is.

    Raises:
        UnreadableFileError: if it is missing, empty, too large, encrypted or of another kind.

    """
    if path.is_dir():
        return FileKind.FOLDER
    check_size(path)
    with _opened(path) as stream:
        start = stream.read(4096)
        if start.startswith(_OLE):
            raise UnreadableFileError(_describe_ole(path, start + stream.read(MEGABYTE)))
    if start.startswith(b"PK"):
        with open_package(path) as package:
            return _kind_of_package(path, package)
    if path.suffix.lower() in {".csv", ".tsv", ".txt"} and not start.startswith(b"%PDF"):
        return FileKind.CSV
    raise UnreadableFileError(_describe_other(path, start))


def check_size(*paths: Path) -> None:
    """Check that files exist, are not all empty and together not too large.

    Raises:
        UnreadableFileError: if one of that does not hold.

    """
    first = paths[0]
    try:
        size = sum(path.stat().st_size for path in paths)
    except OSError:
        message = f"Die Datei {first.name} gibt es nicht oder sie darf nicht gelesen werden."
        raise UnreadableFileError(message) from None
    if size == 0:
        message = f"Die Datei {first.name} ist leer."
        raise UnreadableFileError(message)
    if size > _LARGEST_FILE:
        what = f"Die Datei {first.name} ist" if len(paths) == 1 else "Die Dateien sind zusammen"
        message = (
            f"{what} {size // MEGABYTE} MB groß. Gelesen werden höchstens "
            f"{_LARGEST_FILE // MEGABYTE} MB; bitte Bilder entfernen oder die Blätter aufteilen."
        )
        raise UnreadableFileError(message)


@contextmanager
def open_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an XLSX or ODS file as the archive it is.

    Raises:
        UnreadableFileError: if the archive is cut off, encrypted, or far larger unpacked.

    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_members(path, package.infolist())
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        message = (
            f"Die Datei {path.name} ist beschädigt oder unvollständig. Bitte in der "
            "Tabellenkalkulation öffnen, neu speichern und noch einmal versuchen."
        )
        raise UnreadableFileError(message) from error


def members(package: zipfile.ZipFile) -> list[str]:
    """List the members of an archive that are XML and not empty, in the order of the archive."""
    infos = [info for info in package.infolist() if info.file_size]
    names = [info.filename for info in infos]
    return [name for name in names if PurePosixPath(name).suffix.lower() in _XML]


def walk_xml(
    path: Path,
    package: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream the elements of one XML member, without ever expanding an entity.

    Args:
        path: the file, for messages.
        package: its opened archive.
        member: name inside the archive.
        start: called with the name and the attributes of each element.
        text: called with each piece of text.

    Raises:
        UnreadableFileError: if the XML is broken or declares a document type.

    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        with package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError as error:
        message = f"Die Datei {path.name} ist beschädigt: Der Teil {member} ist nicht lesbar."
        raise UnreadableFileError(message) from error


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableFileError(
        "Die Datei enthält eigene XML-Definitionen. Das tun nur schädliche Dateien; "
        "sie wird nicht gelesen."
    )


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        stream = path.open("rb")
    except OSError:
        message = f"Die Datei {path.name} darf nicht gelesen werden."
        raise UnreadableFileError(message) from None
    with stream:
        yield stream


def _check_members(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    squeezed = unpacked > _SQUEEZED_FROM and unpacked / packed > _HIGHEST_RATIO
    names = [info.filename.casefold().lstrip("/") for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFileError(_encrypted(path))
    if unpacked > _LARGEST_CONTENT or squeezed or len(infos) > _MOST_MEMBERS:
        message = (
            f"Die Datei {path.name} ist ausgepackt zu groß ({unpacked // MEGABYTE} MB). Sie wird "
            "nicht gelesen. Bitte leere Zeilen und Bilder entfernen oder die Blätter aufteilen."
        )
        raise UnreadableFileError(message)
    if len(set(names)) < len(names):
        message = f"Die Datei {path.name} ist beschädigt: Teile kommen doppelt vor."
        raise UnreadableFileError(message)


def _kind_of_package(path: Path, package: zipfile.ZipFile) -> FileKind:
    names = {info.filename for info in package.infolist()}
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "mimetype" in names:
        media = package.read("mimetype")[:200].strip()
        if _is_encrypted_ods(path, package, names):
            raise UnreadableFileError(_encrypted(path))
        if media.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return FileKind.ODS
    if "xl/workbook.bin" in names:
        what = "eine binäre Excel-Datei (.xlsb)"
    elif "word/document.xml" in names:
        what = "ein Word-Dokument"
    elif "content.xml" in names:
        what = "ein Textdokument oder eine Präsentation"
    else:
        what = "ein Archiv, aber keine Arbeitsmappe"
    message = f"Die Datei {path.name} ist {what}. {_SAVE_AS}"
    raise UnreadableFileError(message)


def _is_encrypted_ods(path: Path, package: zipfile.ZipFile, names: set[str]) -> bool:
    found: list[str] = []
    if "META-INF/manifest.xml" in names:
        walk_xml(
            path,
            package,
            "META-INF/manifest.xml",
            lambda name, _attributes: found.append(name) if "encryption-data" in name else None,
        )
    return bool(found) or "encrypted-package" in names


def _encrypted(path: Path) -> str:
    return (
        f"Die Datei {path.name} ist mit einem Kennwort verschlüsselt. Bitte ohne Kennwort "
        "speichern und diese Datei verwenden."
    )


def _describe_ole(path: Path, content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _encrypted(path)
    return f"Die Datei {path.name} hat das alte Office-Format (.xls oder .doc). {_SAVE_AS}"


def _describe_other(path: Path, start: bytes) -> str:
    if start.startswith(b"%PDF"):
        return f"Die Datei {path.name} ist ein PDF. Gebraucht wird die Tabelle selbst. {_SAVE_AS}"
    if path.suffix.lower() in {".xlsx", ".xlsm", ".ods"}:
        return (
            f"Die Datei {path.name} ist keine Arbeitsmappe, auch wenn sie so heißt, oder sie ist "
            f"beschädigt. {_SAVE_AS}"
        )
    return (
        f"Die Datei {path.name} ist keine Arbeitsmappe. Gelesen werden Dateien in den Formaten "
        ".xlsx, .ods und .csv."
    )
