"""A table that somebody sent: read it from a place of its own, and leave nothing there."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from gelingen.errors import UserError
from gelingen.register.attachments import LARGEST

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Read = TypeVar("Read")
# A name in a folder has 255 bytes at most, one that is sent 255 letters; an umlaut takes two.
_MOST_BYTES, _MOST_OF_END = 200, 10


class LargeTableError(UserError):
    """The table is larger than what we take."""


def read_sent(sent: "UploadedFile[bytes]", read: Callable[[Path], Read]) -> Read:
    """Give what a function reads out of a table that was sent.

    Args:
        sent: the file, as the form has it.
        read: gets where it lies for the moment, under its own name, by which it is told if it
            cannot be read, shortened where it is very long; without an end it is taken for CSV.

    Raises:
        LargeTableError: the file is larger than what may be attached.

    """
    if sent.size is None or sent.size > LARGEST:
        raise LargeTableError(f"Die Datei ist zu groß; höchstens {LARGEST // 1024 // 1024} MB.")
    name = Path(Path(sent.name or "Liste").name)
    end = name.suffix[:_MOST_OF_END] or ".csv"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name.stem.encode()[:_MOST_BYTES].decode(errors='ignore')}{end}"
        with path.open("wb") as target:
            for chunk in sent.chunks():
                target.write(chunk)
        return read(path)
