"""Vectors of words that the house has put on this computer, for grouping by meaning."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gelingen.analysis.meaning import WordVectors, WordVectorsError, read_vectors

_log = logging.getLogger(__name__)


def house_vectors() -> WordVectors | None:
    """Give the vectors of the file that GELINGEN_SEMANTIK names; None without one.

    They are read once and stay in the process. A file that cannot be read is noted in the log, and
    grouping goes on without it; `gelingen serve` says so before.
    """
    name = settings.ENV.semantik
    if not name:
        return None
    path = Path(name)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, WordVectorsError) as error:
        _log.warning("GELINGEN_SEMANTIK: %s", error)
        return None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> WordVectors:
    del changed  # another file under the same name is read anew
    return read_vectors(path)
