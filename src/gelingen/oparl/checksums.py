"""Checksums of public files, by which a program sees that what it fetched is whole."""

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

_KEPT = 20_000  # checksums of 128 characters


def sha512_of(one: "Attachment") -> str:
    """Give the SHA-512 of a file in hexadecimal digits; "" if the file is lost.

    It is reckoned once in each process: a file is written once, under a name of its own.
    """
    try:
        return _reckoned(str(one.file))
    except FileNotFoundError:
        return ""


@lru_cache(maxsize=_KEPT)
def _reckoned(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
