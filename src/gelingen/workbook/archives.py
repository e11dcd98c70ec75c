"""An archive of CSV files, as people send several lists at once."""

from pathlib import Path, PurePosixPath
from zipfile import ZipInfo, is_zipfile

from gelingen.workbook.guard import UnreadableFileError, check_size, open_package

__all__ = ["unpack_lists"]

_LISTS = frozenset({".csv", ".tsv"})
_WORKBOOKS = frozenset({"mimetype", "[Content_Types].xml"})


def unpack_lists(path: Path, folder: Path) -> bool:
    """Unpack the CSV files of an archive; whatever else lies in it is left out.

    Args:
        path: any file.
        folder: where the files are written, without the folders of the archive.

    Returns:
        Whether the file was such an archive; a workbook or another file is left alone.

    Raises:
        UnreadableFileError: if the archive is broken, encrypted, far larger unpacked, or has two
            lists of the same name.

    """
    check_size(path)
    if not is_zipfile(path):
        return False
    with open_package(path) as package:
        lists = {info.filename: info for info in package.infolist() if _is_list(info)}
        if not lists or _WORKBOOKS & set(package.namelist()):
            return False
        names = [PurePosixPath(name).name for name in lists]
        if len({name.casefold() for name in names}) < len(names):
            message = f"Im Archiv {path.name} gibt es zwei Listen mit demselben Namen."
            raise UnreadableFileError(f"{message} Bitte eine umbenennen.")
        folder.mkdir()
        for name, info in zip(names, lists.values(), strict=True):
            (folder / name).write_bytes(package.read(info))
    return True


def _is_list(info: ZipInfo) -> bool:
    place = PurePosixPath(info.filename)
    hidden = any(part.startswith((".", "__")) for part in place.parts)
    return place.suffix.lower() in _LISTS and not info.is_dir() and not hidden
