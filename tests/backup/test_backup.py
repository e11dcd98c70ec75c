"""Eine Installation in eine Datei und zurück: dasselbe in jeder Tabelle und jeder Datei."""

import json
import os
import shutil
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError
from tests import world
from tests.backup.places import AT, PLACE, database, saved

from gelingen.access.models import Tenant
from gelingen.backup import BackupError, links_of, restore
from gelingen.backup.manifest import MEMBER, read_manifest
from gelingen.backup.reading import _put_in_place
from gelingen.backup.tables import line_of
from gelingen.backup.writing import files_of
from gelingen.cli import main
from gelingen.history.recording import change
from gelingen.plan.models import Measure
from gelingen.post.models import Attachment, OutgoingMail
from gelingen.register.attachments import attach
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(tmp_path, tables):
    """Give an empty installation on SQLite: its folder, beside a database named "ziel"."""
    folder = tmp_path / "neu"
    folder.mkdir()
    (folder / "geheimnis.txt").write_text("neu gemacht", encoding="utf-8")
    with database(shutil.copy(tables, folder)):
        yield folder


@pytest.fixture
def county(home):
    """Give a county with a bit of everything that is hard to carry over."""
    del home
    measure = world.measure(
        key="kurs", title="Kurse – „abends“ ✓", starts=date(2017, 1, 1), fte="0.50"
    )
    with change(by="anna", verb=Verb.CHANGED, of=measure):
        measure.title = "Kurse am Abend"
    world.goal(needs=[world.need(key="bedarf")])
    world.paper_version(content={"public": "ja", "zahl": 1.5, "leer": None, "liste": [1, "ä"]})
    world.person()
    attach(
        actor=world.OPERATOR, to=world.structure(), title="Flyer", name="flyer.txt",
        content=ContentFile("Größe".encode()),
    )  # fmt: skip
    mail = OutgoingMail.objects.create(
        tenant=world.tenant(), to="a@example.org", subject="Termin", why="Sitzung", created=AT
    )
    Attachment.objects.create(mail=mail, name="t.ics", media_type="x", content=b"\x00\xff")
    gone = world.topic(name="Gibt es nicht mehr")
    with change(by="anna", verb=Verb.CHANGED, of=gone):
        gone.name = "Bald weg"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("county")
def test_hin_und_zurueck_steht_in_jeder_tabelle_und_jeder_datei_dasselbe(home, goal, tmp_path):
    first = saved(tmp_path / "eins.zip", home=home)
    restore(tmp_path / "eins.zip", home=goal, using="ziel")
    second = saved(tmp_path / "zwei.zip", home=goal, using="ziel")

    assert first.rows > 30
    assert len(first.files) == 2
    assert second.tables == first.tables
    assert second.files == first.files
    assert Measure.objects.using("ziel").get().title == "Kurse am Abend"
    assert (goal / "geheimnis.txt").read_text(encoding="utf-8") == "schlüssel"

    call_command("flush", interactive=False, verbosity=0)
    back = tmp_path / "zurueck"
    back.mkdir()
    restore(tmp_path / "zwei.zip", home=back)

    assert saved(tmp_path / "drei.zip", home=back).tables == first.tables
    assert world.measure().pk > Measure.objects.get(key="kurs").pk


@pytest.mark.usefixtures("county")
def test_die_datei_ist_nur_fuer_ihren_besitzer_und_enthaelt_kein_kennwort_der_datenbank(
    home, tmp_path
):
    path = tmp_path / "eins.zip"
    told = saved(path, home=home)
    assert path.stat().st_mode & 0o777 == 0o600
    assert told.settings == {"GELINGEN_ORIGIN": "https://example.org"}
    assert told.secrets == ("GELINGEN_DATABASE",)
    with zipfile.ZipFile(path) as packed:
        assert not any(PLACE.encode() in packed.read(name) for name in packed.namelist())
        assert read_manifest(packed.read(MEMBER)) == told
        assert "tabellen/sessions.Session.jsonl" not in packed.namelist()
    with pytest.raises(BackupError, match="gibt es schon"):
        saved(path, home=home)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["daten", "eins.zip"]


def altered(path, name, text):
    """Write a backup again with one member that says something else."""
    other = path.with_name("anders.zip")
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(other, "w") as out:
        for one in packed.namelist():
            out.writestr(one, text(packed.read(one)) if one == name else packed.read(one))
    return other


def told(**changed):
    return lambda text: json.dumps(json.loads(text) | changed).encode()


BROKEN = "Die Sicherung ist beschädigt oder nicht vollständig. Nichts wurde geschrieben."
TENANTS = "tabellen/access.Tenant.jsonl"
NEWER = [["plan", "0001_initial"], ["plan", "9999_morgen"]]


def locked(path):
    """Say of each member of a backup that it is encrypted, as a program with a password does."""
    other = path.with_name("verschlossen.zip")
    text = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = text.find(mark)
        while at >= 0:
            text[at + flags] |= 1
            at = text.find(mark, at + 1)
    other.write_bytes(text)
    return other


def spoilt(path):
    """Give what is no whole backup, each with what is said about it."""
    cut, alien = path.with_name("abgeschnitten.zip"), path.with_name("fremd.zip")
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    alien.write_bytes(b"nichts")
    yield cut, BROKEN
    yield locked(path), "mit einem Kennwort verschlüsselt"
    yield alien, "Das ist keine Sicherung von Gelingen."
    yield altered(path, MEMBER, lambda _: b"{}"), "Das ist keine Sicherung von Gelingen."
    yield altered(path, MEMBER, told(version=2)), "aus einer neueren Fassung von Gelingen."
    yield altered(path, MEMBER, told(migrations=NEWER)), "aus einer neueren Fassung von Gelingen"
    yield altered(path, MEMBER, told(files=[])), BROKEN
    yield altered(path, TENANTS, lambda text: text.replace(b"Coburg", b"Hof")), BROKEN


@pytest.mark.usefixtures("county")
def test_was_keine_heile_sicherung_ist_wird_mit_einem_satz_abgelehnt_und_nichts_geschrieben(
    home, goal, tmp_path
):
    saved(tmp_path / "eins.zip", home=home)
    for path, said in spoilt(tmp_path / "eins.zip"):
        with pytest.raises(BackupError, match=said):
            restore(path, home=goal, using="ziel")
        assert not Tenant.objects.using("ziel").exists()
        assert sorted(one.name for one in goal.iterdir()) == ["geheimnis.txt", "gelingen.sqlite3"]


def test_eine_sicherung_mit_dateien_ausserhalb_des_ordners_wird_nicht_angenommen(home, tmp_path):
    saved(tmp_path / "eins.zip", home=home)
    entry = {"path": "dateien/../../boese.txt", "size": 5, "checksum": sha256(b"boese").hexdigest()}
    spoilt = altered(tmp_path / "eins.zip", MEMBER, told(files=[entry]))
    with zipfile.ZipFile(spoilt) as packed, zipfile.ZipFile(tmp_path / "zwei.zip", "w") as out:
        for name in packed.namelist():
            if not name.startswith("ordner/"):
                out.writestr(name, packed.read(name))
        out.writestr("ordner/dateien/../../boese.txt", b"boese")
    with pytest.raises(BackupError, match=BROKEN):
        restore(tmp_path / "zwei.zip", home=home)


@pytest.mark.usefixtures("county")
def test_die_reihenfolge_der_spalten_ist_die_der_sicherung(home, goal, tmp_path):
    """Tables that were changed step by step have their columns in another order than new ones."""
    saved(tmp_path / "eins.zip", home=home)
    with zipfile.ZipFile(tmp_path / "eins.zip") as packed:
        rows = [json.loads(line)[::-1] for line in packed.read(TENANTS).splitlines()]
        kept = json.loads(packed.read(MEMBER))
    text = b"".join(line_of(row) for row in rows)
    entry = next(one for one in kept["tables"] if one["model"] == "access.Tenant")
    entry |= {"columns": entry["columns"][::-1], "checksum": sha256(text).hexdigest()}
    turned = altered(tmp_path / "eins.zip", TENANTS, lambda _: text)
    turned = altered(turned.rename(tmp_path / "zwei.zip"), MEMBER, told(tables=kept["tables"]))
    restore(turned, home=goal, using="ziel")
    assert Tenant.objects.using("ziel").get().name == Tenant.objects.get().name


@pytest.mark.usefixtures("county")
def test_in_eine_installation_mit_eintraegen_wird_nicht_zurueckgespielt(home, tmp_path):
    saved(tmp_path / "eins.zip", home=home)
    done = CliRunner().invoke(main, ["restore", str(tmp_path / "eins.zip")])
    assert done.exit_code == 1
    assert done.stderr.startswith("Zurückspielen geht nur in eine leere Installation")
    assert len(done.stderr.splitlines()) == 1
    assert Tenant.objects.count() == 1


@pytest.mark.usefixtures("county")
def test_passt_etwas_nicht_zusammen_bleiben_tabellen_und_ordner_leer(
    home, goal, tmp_path, monkeypatch
):
    """What comes last of all fails: the rows go back, and so do files that lay in place."""
    saved(tmp_path / "eins.zip", home=home)

    def fail(ready, place, undo):
        _put_in_place(ready, place, undo)
        raise IntegrityError

    (goal / "geheimnis.txt").chmod(0o600)
    before = (goal / "geheimnis.txt").stat().st_mode
    monkeypatch.setattr("gelingen.backup.reading._put_in_place", fail)
    with pytest.raises(BackupError, match="passen nicht zusammen"):
        restore(tmp_path / "eins.zip", home=goal, using="ziel")
    assert not Tenant.objects.using("ziel").exists()
    assert sorted(one.name for one in goal.iterdir()) == ["geheimnis.txt", "gelingen.sqlite3"]
    assert (goal / "geheimnis.txt").read_text(encoding="utf-8") == "neu gemacht"
    assert (goal / "geheimnis.txt").stat().st_mode == before


@pytest.mark.usefixtures("county")
def test_ein_verweis_im_ordner_der_dateien_wird_weder_gesichert_noch_befolgt(home, goal, tmp_path):
    outside = tmp_path / "woanders"
    outside.mkdir()
    (outside / "fremd.txt").write_text("geht niemanden etwas an", encoding="utf-8")
    (home / "dateien" / "ordner").symlink_to(outside)
    (home / "dateien" / "fremd.txt").symlink_to(outside / "fremd.txt")
    told = saved(tmp_path / "eins.zip", home=home)
    assert not [one.path for one in told.files if "fremd" in one.path or "ordner" in one.path]
    assert links_of(home) == ["dateien/fremd.txt", "dateien/ordner"]

    for link in (goal / "dateien", goal / "dokumente" / "alt"):
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(outside)
        with pytest.raises(BackupError, match=f"{link.name} ist ein Verweis"):
            restore(tmp_path / "eins.zip", home=goal, using="ziel")
        link.unlink()
    assert [one.name for one in outside.iterdir()] == ["fremd.txt"]


@pytest.mark.usefixtures("county")
def test_eine_datei_die_waehrend_der_sicherung_geloescht_wird_haelt_sie_nicht_auf(
    home, goal, tmp_path, monkeypatch
):
    (home / "dateien" / "zuletzt.txt").write_text("bald weg", encoding="utf-8")
    opened = Path.open

    def late(path, *args, **kwargs):
        if path.name == "zuletzt.txt":
            path.unlink(missing_ok=True)
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", late)
    told = saved(tmp_path / "eins.zip", home=home)
    assert [Path(one.path).suffix for one in told.files] == [".txt", ".txt"]
    restore(tmp_path / "eins.zip", home=goal, using="ziel")
    assert not (goal / "dateien" / "zuletzt.txt").exists()


def test_ein_ordner_der_nicht_gelesen_werden_kann_fehlt_nicht_einfach(home, tmp_path, monkeypatch):
    (home / "dateien" / "zu").mkdir()
    listed = os.scandir

    def refuse(path):
        if str(path).endswith("zu"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        saved(tmp_path / "eins.zip", home=home)


def test_vor_ihrem_namen_liegt_die_sicherung_ganz_auf_dem_datentraeger(home, tmp_path, monkeypatch):
    kept, sync = [], os.fsync

    def seen(handle):
        place = Path(f"/proc/self/fd/{handle}").resolve()
        kept.append((place == tmp_path, zipfile.is_zipfile(place), (tmp_path / "a.zip").exists()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", seen)
    saved(tmp_path / "a.zip", home=home)
    assert kept == [(False, True, False), (True, False, True)]


def test_wer_sichert_erfaehrt_was_ein_verweis_ist_und_fehlt(home, tmp_path):
    (home / "dateien" / "alt").symlink_to(tmp_path)
    (tmp_path / "fremd.txt").write_text("2017-06-01", encoding="utf-8")
    (home / "tag.txt").symlink_to(tmp_path / "fremd.txt")
    done = CliRunner().invoke(main, ["backup", str(tmp_path / "eins.zip")])
    assert "weil es Verweise auf andere Orte sind: dateien/alt, tag.txt." in done.stdout
    assert files_of(home) == ["geheimnis.txt"]
