"""Eine leere Datenbank bekommt ihre Tabellen auf einmal, eine mit Tabellen nur, was ihr fehlt."""

import os
import sqlite3
import subprocess
import sys

import pytest

# In an SQLite of its own, with all migrations.
pytestmark = pytest.mark.once
CODE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.models import Model
from gelingen import tables

def refuse(*args, **kwargs):
    raise SystemExit("migrate")

tables.bring_up_to_date()
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
tables.call_command = refuse
tables.bring_up_to_date()
{more}
"""
UNAPPLY = """
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_unapplied("plan", "0003_words")
tables.bring_up_to_date()
"""


def run(home, more=""):
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GELINGEN_")}
    given = {"GELINGEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gelingen.config.settings"}
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", CODE.format(more=more)],
        env=kept | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_was_angelegt_wurde_gilt_als_auf_dem_stand_und_wird_nicht_noch_einmal_angefasst(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    made = sqlite3.connect(tmp_path / "gelingen.sqlite3")
    (steps,) = made.execute("select count(*) from django_migrations").fetchone()
    (rights,) = made.execute("select count(*) from auth_permission").fetchone()
    assert steps > 100
    assert rights > 100


def test_fehlt_ein_schritt_wird_er_nachgeholt(tmp_path):
    done = run(tmp_path, UNAPPLY)
    assert (done.returncode, done.stderr) == (1, "migrate\n")
