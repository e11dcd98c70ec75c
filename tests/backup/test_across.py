"""Von SQLite nach PostgreSQL und zurück: was in den Tabellen steht, liest hier SQLite selbst.

Läuft die Suite auf SQLite, ist der Ort dazwischen eine andere Datei von SQLite.
"""

import json
import os
import shutil
import sqlite3
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from tests import world
from tests.backup.places import AT, database, lived_in, saved
from tests.web.desk import TODAY
from tests.web.full import fill

from gelingen.backup import restore
from gelingen.post.models import OutgoingMail
from gelingen.register.attachments import attach

pytestmark = pytest.mark.django_db(transaction=True)
# Who is signed in at the moment is left out of a backup.
LEFT_OUT = {"django_session", "usersessions_usersession"}


@pytest.fixture
def start(settings, home, tables, tmp_path):
    """Give the database of an installation on SQLite with something of nearly everything."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    path = shutil.copy(tables, tmp_path / "anfang.sqlite3")
    with lived_in(path):
        fill()
        OutgoingMail.objects.create(tenant=world.tenant(), to="a@example.org", created=AT).delete()
        attach(
            actor=world.OPERATOR, to=world.structure(), title="Flyer", name="Größe.txt",
            content=ContentFile("Größe – „ß“ ✓\r\n".encode()),
        )  # fmt: skip
        saved(tmp_path / "eins.zip", home=home)
    return path


def read(path):
    """Read every row of every table, without any code of ours; objects of JSON have no order."""
    with sqlite3.connect(path) as connection:
        names = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        return {
            name: sorted(_row(row) for row in connection.execute(f'select * from "{name}"'))  # noqa: S608
            for (name,) in names
            if name not in LEFT_OUT
        }


def _row(row):
    return repr([_plain(value) for value in row])


def _plain(value):
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        return json.dumps(json.loads(value), sort_keys=True)
    except ValueError:
        return value


def files(home):
    """Read every file below a folder of an installation."""
    return {
        one.relative_to(home).as_posix(): one.read_bytes()
        for one in sorted(home.rglob("*")) if one.is_file()
    }  # fmt: skip


def test_von_sqlite_nach_postgresql_und_zurueck_steht_alles_da_wie_am_anfang(
    home, start, tables, tmp_path
):
    middle, end = tmp_path / "mitte", tmp_path / "ende"
    middle.mkdir()
    end.mkdir()
    call_command("flush", interactive=False, verbosity=0)  # numbers of earlier tests go, too
    restore(tmp_path / "eins.zip", home=middle)
    told = saved(tmp_path / "zwei.zip", home=middle)
    with database(shutil.copy(tables, tmp_path / "ende.sqlite3")):
        restore(tmp_path / "zwei.zip", home=end, using="ziel")

    before, after = read(start), read(tmp_path / "ende.sqlite3")
    before["sqlite_sequence"] = [
        one for one in before["sqlite_sequence"] if not any(name in one for name in LEFT_OUT)
    ]
    assert told.database == os.environ.get("GELINGEN_TEST_DATABASE", "sqlite")
    assert len(told.tables) == len(before.keys() - {"sqlite_sequence", "django_migrations"})
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == set()
    assert files(end) == files(home)
    assert sum(1 for rows in before.values() if rows) > 200
    assert len(files(home)) > 15
