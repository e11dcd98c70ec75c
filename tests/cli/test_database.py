"""Was an der Datenbank liegt, sagt die Befehlszeile in einem Satz."""

import os
import subprocess
import sys

import pytest
from django.db import DatabaseError
from psycopg import errors

from gelingen.cli.database import database
from gelingen.cli.speech import Refused

NOWHERE = "postgresql://gelingen:geheim@127.0.0.1:1/gelingen"
UNREACHED = (
    "Die Datenbank „gelingen“ auf 127.0.0.1:1 ist für „gelingen“ nicht zu erreichen. Bitte prüfen: "
    "Läuft der Server, gibt es Datenbank und Benutzer, stimmt GELINGEN_DATABASE? Gemeldet wird: „"
)


def run(tmp_path, name, address):
    """Call a command in a process of its own: its settings are read at its start."""
    code = f"import sys; from gelingen.cli import main; main(['{name}'], prog_name='gelingen')"
    given = {"GELINGEN_HOME": str(tmp_path), "GELINGEN_DATABASE": address}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "gelingen.config.settings", **given},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", ["findings", "gaps", "serve", "work"])
def test_eine_unerreichbare_datenbank_wird_mit_dem_genannt_was_zu_pruefen_ist(tmp_path, name):
    done = run(tmp_path, name, NOWHERE)
    assert done.returncode == 1
    assert done.stderr.startswith(UNREACHED)
    assert "geheim" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("address", ["mysql://a/b", "quatsch", "postgresql://rechner:x/y"])
def test_eine_unlesbare_adresse_wird_mit_einer_richtigen_beantwortet(tmp_path, address):
    done = run(tmp_path, "findings", address)
    assert done.returncode == 1
    assert done.stderr == (
        "GELINGEN_DATABASE ist nicht die Adresse einer Datenbank. Richtig wäre zum Beispiel "
        "postgresql://gelingen:KENNWORT@localhost:5432/gelingen.\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (errors.DiskFull(), "Der Datenträger ist voll."),
        (errors.DeadlockDetected(), "Gerade schreibt ein anderes Programm."),
        (errors.LockNotAvailable(), "Gerade schreibt ein anderes Programm."),
        (errors.InsufficientPrivilege(), "Dem Benutzer der Datenbank fehlen Rechte."),
        (errors.ReadOnlySqlTransaction(), "Die Daten dürfen nicht geändert werden."),
        (errors.AdminShutdown(), "Die Datenbank ist angehalten worden."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_was_am_server_liegt_wird_gesagt(cause, said):
    with pytest.raises(Refused) as refused, database():
        raise DatabaseError from cause
    assert refused.value.message.startswith(said)
    assert refused.value.message.endswith("Nichts wurde geschrieben.")


@pytest.mark.django_db
def test_ein_fehler_des_programms_bleibt_einer():
    with pytest.raises(DatabaseError), database():
        raise DatabaseError from errors.UndefinedColumn()
