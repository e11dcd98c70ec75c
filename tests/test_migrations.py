"""Der Weg durch alle Migrationen führt zu denselben Tabellen wie ein Anlegen auf einmal.

Tests, die eine Datenbank brauchen, legen sie aus den Modellen an; hier wird einmal auf jeder der
beiden Datenbanken der lange Weg gegangen, den eine laufende Installation gegangen ist.
"""

import json
import os
import subprocess
import sys

import pytest

from tests import databases

# Its own migrations count the rows of this table in big numbers, its own model in small ones; we
# give nobody rights by groups.
OF_DJANGO = {"auth_group_permissions"}
CODE = """
import json
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from gelingen import tables

if sys.argv[1] == "steps":
    call_command("migrate", interactive=False, verbosity=0)
else:
    tables.bring_up_to_date()
found = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        columns = connection.introspection.get_table_description(cursor, table)
        limits = connection.introspection.get_constraints(cursor, table)
        found[table] = {
            "columns": sorted([str(part) for part in one] for one in columns),
            "limits": sorted(json.dumps(one, default=str, sort_keys=True)
                             for one in limits.values()),
        }
    cursor.execute("select app, name from django_migrations")
    found["steps"] = sorted(list(row) for row in cursor.fetchall())
    cursor.execute("select count(*) from auth_permission")
    found["rights"] = cursor.fetchone()
print(json.dumps(found))
"""


@pytest.fixture
def empty(tmp_path):
    """Give the settings of a new installation whose database has no tables yet."""
    with databases.empty(tmp_path) as settings:
        yield settings


def tables(settings, way):
    """Make the tables in a process of its own; tell what there is of them."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GELINGEN_")}
    given = {"DJANGO_SETTINGS_MODULE": "gelingen.config.settings", **settings}
    command = [sys.executable, "-c", CODE, way]
    done = subprocess.run(  # noqa: S603 - our own code
        command, env=kept | given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_schritt_fuer_schritt_und_auf_einmal_entstehen_dieselben_tabellen(empty):
    stepwise, at_once = tables(empty("schrittweise"), "steps"), tables(empty("auf_einmal"), "once")
    assert stepwise.keys() == at_once.keys()
    differ = {name for name in stepwise if stepwise[name] != at_once[name]}
    assert differ <= OF_DJANGO
    assert len(stepwise) > 100
