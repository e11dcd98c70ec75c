"""Installations of a test: where their database lies, and how they are saved."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connections

from gelingen.backup import write_backup

AT = datetime(2017, 6, 1, 12, tzinfo=UTC)
PLACE = "postgresql://gelingen:geheim@localhost/gelingen"
SET = {"GELINGEN_ORIGIN": "https://example.org", "GELINGEN_DATABASE": PLACE, "PATH": "/bin"}


@contextmanager
def database(path):
    """Open a file of SQLite as the database named "ziel"."""
    like = connections["default"].settings_dict
    options = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": {}}
    connections.databases["ziel"] = like | options
    connections["ziel"].connect()  # what is open already, the suite does not refuse
    try:
        yield
    finally:
        connections["ziel"].close()
        del connections["ziel"], connections.databases["ziel"]


@contextmanager
def lived_in(path):
    """Let a file of SQLite be the database that everything is written into."""
    usual = connections["default"]
    with database(path):
        connections["ziel"].alias, connections["default"] = "default", connections["ziel"]
        try:
            yield
        finally:
            connections["default"], connections["ziel"].alias = usual, "ziel"


def saved(path, *, home, using="default"):
    return write_backup(path, home=home, on=date(2017, 6, 1), at=AT, variables=SET, using=using)
