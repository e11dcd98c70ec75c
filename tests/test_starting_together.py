"""Zwei, die zugleich beginnen, und einer, der mittendrin stirbt: Am Ende sind die Tabellen ganz."""

import os
import subprocess
import sys

import pytest

from tests import databases

CODE = """
import os
import sys
import time
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from gelingen import tables

def die(*args, **kwargs):
    os.kill(os.getpid(), 9)

{plan}
print("bereit", flush=True)
sys.stdin.readline()
tables.bring_up_to_date()
call_command("migrate", check_unapplied=True, verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("select count(*) from auth_permission")
    (rights,) = cursor.fetchone()
print(len(connection.introspection.table_names()) > 100 and rights > 100)
"""
AT_THE_END = "tables.emit_post_migrate_signal = die"
AMONG_TABLES = """
model = list(tables.apps.get_models())[60]
model._meta.can_migrate = die
"""


@pytest.fixture
def settings(tmp_path):
    """Give the settings of a new installation whose database has no tables yet."""
    with databases.empty(tmp_path) as make:
        yield make("zugleich")


def begun(settings, plan=""):
    """Start a process up to where it turns to the tables."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GELINGEN_")}
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", CODE.format(plan=plan)],
        env=kept | {"DJANGO_SETTINGS_MODULE": "gelingen.config.settings", **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "bereit\n"
    return process


def ended(process):
    told, wrong = process.communicate(timeout=300)
    return process.returncode, told, wrong[-500:]


DONE = (0, "True\n", "")


def test_beginnen_zwei_zugleich_wartet_einer_und_beide_finden_alle_tabellen(settings):
    both = [begun(settings), begun(settings)]
    for one in both:
        one.stdin.write("los\n")
        one.stdin.flush()
    assert [ended(one) for one in both] == [DONE, DONE]


@pytest.mark.parametrize("plan", [AMONG_TABLES, AT_THE_END], ids=["mittendrin", "am Ende"])
def test_stirbt_der_erste_beim_anlegen_faengt_der_naechste_von_vorne_an(settings, plan):
    first = begun(settings, plan)
    assert ended(first)[0] == -9
    assert ended(begun(settings)) == DONE
