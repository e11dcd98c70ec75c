"""Django for the command line: set up before the modules of records are imported."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import DatabaseError, connection

from gelingen.cli.speech import Refused
from gelingen.config.env import SettingError

_BUSY = "Gerade schreibt ein anderes Programm. Bitte in einer Minute noch einmal."
_FULL = "Der Datenträger ist voll."
_READ_ONLY = "Die Daten dürfen nicht geändert werden. Bitte die Rechte prüfen."
# What is wrong with the machine rather than with this program: SQLite's names, PostgreSQL's codes.
_TROUBLE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_CANTOPEN": "Die Daten lassen sich nicht öffnen. Bitte die Rechte prüfen.",
    "SQLITE_FULL": _FULL,
    "SQLITE_NOTADB": "Die Datei gelingen.sqlite3 ist keine Datenbank. Bitte die Sicherung holen.",
    "SQLITE_CORRUPT": "Die Datei gelingen.sqlite3 ist beschädigt. Bitte die Sicherung holen.",
    "25006": _READ_ONLY,
    "40": _BUSY,
    "42501": "Dem Benutzer der Datenbank fehlen Rechte. Er braucht eine Datenbank, die ihm gehört.",
    "53100": _FULL,
    "55P03": _BUSY,
    "57P": "Die Datenbank ist angehalten worden. Bitte noch einmal, wenn sie wieder läuft.",
}


def set_up() -> None:
    """Set Django up once; no table is touched.

    Raises:
        Refused: a setting holds something that cannot be used; the sentence is German.

    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    try:
        django.setup()
    except SettingError as error:
        raise Refused(str(error)) from error


@contextmanager
def database() -> Iterator[None]:
    """Work with the database; raises Refused for what its machine or its settings are to blame."""
    try:
        yield
    except DatabaseError as error:
        said = _said(error)
        if not said:
            raise
        raise Refused(f"{said} Nichts wurde geschrieben.") from error


def _said(error: DatabaseError) -> str:
    """Say what is wrong with the machine; nothing if the program is."""
    if connection.vendor == "postgresql" and connection.connection is None:
        return _unreached(str(error))
    cause = error.__cause__
    code = str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None))
    return next((said for begins, said in _TROUBLE.items() if code.startswith(begins)), "")


def _unreached(told: str) -> str:
    """Say that there is no connection; what the server tells helps those who look after it."""
    place = connection.settings_dict
    where = f"{place['HOST'] or 'localhost'}:{place['PORT'] or 5432}"
    return (
        f"Die Datenbank „{place['NAME']}“ auf {where} ist für „{place['USER']}“ nicht zu "
        "erreichen. Bitte prüfen: Läuft der Server, gibt es Datenbank und Benutzer, stimmt "
        f"GELINGEN_DATABASE? Gemeldet wird: „{' '.join(told.split())}“."
    )
