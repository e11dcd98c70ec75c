"""An import that is ended in the middle: nothing is half written, and it can be done again."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world

from gelingen.register.models import Organisation
from gelingen.transfer import checking, uploads
from gelingen.transfer.checking import NotReadyError
from gelingen.transfer.models import Upload

SCRIPT = Path(__file__).with_name("killed.py")
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
STALE = checking.STALE


def run(home, step):
    kept = {name: text for name, text in os.environ.items() if not name.startswith("GELINGEN_")}
    given = {"GELINGEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gelingen.config.settings"}
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(SCRIPT), step],
        env=kept | given,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.once  # in an SQLite of its own
def test_wird_der_arbeiter_beim_schreiben_getoetet_ist_nichts_geschrieben_und_es_geht_noch_einmal(
    tmp_path,
):
    prepared = run(tmp_path, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    assert run(tmp_path, "write").returncode == -signal.SIGKILL
    assert (tmp_path / "halfway").exists()
    looked = run(tmp_path, "look")
    assert looked.returncode == 0, looked.stderr
    again = "Das Übernehmen ist abgebrochen. Bitte noch einmal übernehmen."
    assert json.loads(looked.stdout) == [
        ["writing", "", 0, 0],
        ["writing", "", 0, 0],
        ["checked", again, 0, 0],
        ["imported", "", 20, 20],
    ]


@pytest.fixture
def kept(settings, tmp_path):
    settings.HOME = tmp_path
    person = world.person()
    sent = SimpleUploadedFile("Organisationen.csv", b"Kennung;Name\nawo;AWO")
    found, _ = uploads.keep_upload(person, world.tenant(), sent, at=AT)
    checking.begin_checking(person, found, at=AT)
    return found


def checked(upload):
    checking.check_upload(upload.user, upload, at=AT)
    return upload


def stored():
    return Upload.objects.get()


@pytest.mark.django_db
def test_ein_abgebrochenes_pruefen_wird_nach_einer_weile_frei(kept):
    assert checking.release_stopped(at=AT + STALE - timedelta(seconds=1)) == 0
    assert checking.release_stopped(at=AT + STALE) == 1
    assert (stored().state, stored().complaint) == (
        "failed",
        "Das Prüfen ist abgebrochen. Bitte noch einmal prüfen.",
    )
    again = stored()
    checking.begin_checking(kept.user, again, at=AT + STALE)
    assert checked(again).state == "checked"


@pytest.mark.django_db
def test_was_gerade_geprueft_wird_wird_nicht_noch_einmal_geprueft(kept):
    with pytest.raises(NotReadyError, match="wird geprüft"):
        checking.begin_checking(kept.user, stored(), at=AT + STALE - timedelta(seconds=1))
    again = stored()
    checking.begin_checking(kept.user, again, at=AT + STALE)
    checked(kept)
    assert stored().state == "checking"
    assert checked(again).state == "checked"


@pytest.mark.django_db
def test_wer_zu_spaet_fertig_wird_ueberschreibt_nichts(kept):
    late = stored()
    checking.release_stopped(at=AT + STALE)
    again = stored()
    checking.begin_checking(kept.user, again, at=AT + STALE)
    checked(again)
    checking.begin_writing(kept.user, again, digest=again.digest, at=AT + STALE)
    checking.write_upload(kept.user, again, at=AT + STALE)
    checked(late)
    assert (stored().state, stored().batch) == ("imported", again.batch)


@pytest.mark.django_db
def test_wer_zu_spaet_schreibt_schreibt_nichts(kept):
    checked(kept)
    checking.begin_writing(kept.user, kept, digest=kept.digest, at=AT)
    late = stored()
    checking.release_stopped(at=AT + STALE)
    assert checking.write_upload(kept.user, late, at=AT + STALE) == ""
    assert not Organisation.objects.exists()
    assert stored().state == "checked"


@pytest.mark.django_db
def test_was_gerade_geschrieben_wird_laesst_sich_nicht_verwerfen(kept):
    checked(kept)
    checking.begin_writing(kept.user, kept, digest=kept.digest, at=AT)
    with pytest.raises(NotReadyError, match="wird gerade übernommen"):
        checking.discard(kept.user, kept)
    uploads.drop_old_uploads(AT + timedelta(days=31))
    assert uploads.path_of(stored()).exists()
