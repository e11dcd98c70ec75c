"""Files beside the database: it takes back its own when something fails, they have to be deleted.

whole() around what comes about as a whole, store(file, name, content) inside of it;
store_written(record, fmt, content) for what Gelingen wrote itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

if TYPE_CHECKING:
    from django.core.files.base import File

_noted: ContextVar[list[FieldFile] | None] = ContextVar("files of the whole", default=None)


@contextmanager
def whole() -> Iterator[None]:
    """Keep everything that is done inside, with its files, or nothing of it.

    A transaction that also takes back files; one inside another hands its files on to the outer.
    """
    outer, own = _noted.get(), list[FieldFile]()
    token = _noted.set(own)
    try:
        # Files go after the transaction: what fails while it is concluded counts as well.
        with transaction.atomic():
            yield
    except BaseException:
        for file in own:
            file.delete(save=False)
        raise
    finally:
        _noted.reset(token)
    if outer is not None:
        outer.extend(own)


def store(file: FieldFile, name: str, content: "File[bytes]") -> None:
    """Store a file of a record that is not saved yet; it goes if its whole does not come about.

    Args:
        file: the field of the record.
        name: of the file.
        content: what is in it.

    Raises:
        RuntimeError: nobody would take it back, as no `whole` is open.

    """
    noted = _noted.get()
    if noted is None:
        msg = "a file is stored inside of a whole only"
        raise RuntimeError(msg)
    file.save(name, content, save=False)
    noted.append(file)


def store_written(record: Any, fmt: str, content: bytes) -> None:  # noqa: ANN401  recorded models of several rooms
    """Store a written file of a record that is not saved yet, with its size and checksum.

    Args:
        record: has a key, and the fields `size`, `checksum` and `file`.
        fmt: ending of the file; its name is the key.
        content: what is in it.

    Raises:
        RuntimeError: nobody would take it back, as no `whole` is open.

    """
    record.size, record.checksum = len(content), sha256(content).hexdigest()
    store(record.file, f"{record.key}.{fmt}", ContentFile(content))
