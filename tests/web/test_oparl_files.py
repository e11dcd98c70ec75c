"""Dateien an öffentlichen Sitzungen und Punkten in OParl, nach der Spezifikation 1.1."""

from datetime import date
from hashlib import sha512

import pytest
from django.test import Client
from tests import world
from tests.web.test_oparl import HIDDEN, OF_ALL, ROOT, annex, edit, edit_past, every, get, opened

from gelingen.boards.models import AgendaItem, Body, Meeting
from gelingen.history.recording import new_batch, remove
from gelingen.history.undo import undo_batch
from gelingen.register.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "county")]
TOLD = {"name", "fileName", "mimeType", "size", "sha512Checksum", "accessUrl", "downloadUrl"}


@pytest.fixture
def county(settings, tmp_path):
    """A public body: a meeting and an item with a public file each, and secrets beside them."""
    settings.MEDIA_ROOT = tmp_path
    opened()
    body = world.body(key="beirat", public=True)
    meeting = world.meeting(key="m1", body=body, day=date(2017, 6, 20), state="invited")
    item = world.agenda_item(key="i1", meeting=meeting, title="Sprachkurse")
    annex(meeting, "Anfahrt", public=True)
    annex(item, "Kursliste", public=True)
    annex(meeting, f"{HIDDEN} Vermerk")
    closed = world.agenda_item(key="i0", meeting=meeting, title=HIDDEN, public=False)
    annex(closed, f"{HIDDEN} Gutachten", public=True)
    planned = world.meeting(key="m2", body=body, day=date(2017, 9, 1))
    annex(planned, f"{HIDDEN} Entwurf", public=True)
    inner = world.meeting(key="m3", body=world.body(key="stab", public=False), state="held")
    annex(inner, f"{HIDDEN} intern", public=True)


def files():
    return {one["name"]: one for one in every("file") if one["mimeType"] != "application/pdf"}


def both():
    """The meeting and its item, each alone."""
    meeting = next(one for one in every("meeting") if "auxiliaryFile" in one)
    return meeting, get(meeting["agendaItem"][0]["id"])


@pytest.mark.parametrize("title", ["Anfahrt", "Kursliste"])
@pytest.mark.parametrize("field", sorted(OF_ALL | TOLD))
def test_jedes_feld_der_datei_einer_sitzung_oder_eines_punkts_ist_da(title, field):
    assert get(files()[title]["id"])[field] not in (None, "")


def test_sitzung_und_punkt_nennen_ihre_dateien_und_diese_sie():
    meeting, item = both()
    for of, kind, title in ((meeting, "meeting", "Anfahrt"), (item, "agendaItem", "Kursliste")):
        (inside,) = of["auxiliaryFile"]
        assert inside["name"] == title
        assert get(inside["id"]) == inside | {kind: [of["id"]]}
    assert meeting["agendaItem"][0]["auxiliaryFile"] == item["auxiliaryFile"]


def test_ohne_eingebettete_objekte_fehlen_auch_die_dateien():
    for one in every("meeting", omit_internal="true"):
        assert "auxiliaryFile" not in one


@pytest.mark.parametrize("title", ["Anfahrt", "Kursliste"])
def test_heruntergeladen_wird_was_groesse_art_und_pruefsumme_sagen(title):
    found = files()[title]
    for way in ("accessUrl", "downloadUrl"):
        answer = Client().get(found[way])
        content = b"".join(answer.streaming_content)
        assert content.decode() == f"{title} Inhalt"
        assert (len(content), answer["Content-Type"]) == (found["size"], found["mimeType"])
        assert sha512(content).hexdigest() == found["sha512Checksum"]


def test_was_nicht_oeffentlich_ist_gibt_es_weder_als_objekt_noch_als_datei():
    assert set(files()) == {"Anfahrt", "Kursliste"}
    hidden = Attachment.objects.filter(title__startswith=HIDDEN)
    assert len(hidden) == 4
    for one in hidden:
        for way in ("", "datei/", "herunterladen/"):
            get(f"{ROOT}file/{one.pk}/{way}", 404)
    for kind in ("meeting", "agendaItem", "file"):
        assert HIDDEN not in str(every(kind, modified_since="2017-01-01T00:00:00+01:00")), kind


def hide(title):
    edit(Attachment, Attachment.objects.get(title=title).key, public=False)


GONE = [
    ("Anfahrt", lambda: hide("Anfahrt")),
    ("Anfahrt", lambda: remove(by="world", of=Attachment.objects.get(title="Anfahrt"))),
    ("Anfahrt", lambda: edit(Body, "beirat", public=False)),
    ("Anfahrt", lambda: edit(Meeting, "m1", state="planned")),
    ("Kursliste", lambda: hide("Kursliste")),
    ("Kursliste", lambda: edit(AgendaItem, "i1", public=False)),
    ("Kursliste", lambda: edit(AgendaItem, "i1", meeting=None)),
    ("Kursliste", lambda: remove(by="world", of=AgendaItem.objects.get(key="i1"))),
    ("Kursliste", lambda: edit(Meeting, "m1", state="cancelled")),
]


@pytest.mark.parametrize(("title", "deed"), GONE)
def test_eine_datei_die_nicht_mehr_oeffentlich_ist_ist_weg_und_sagt_es(title, deed):
    before = files()[title]
    deed()
    found = get(before["id"])
    assert set(found) == {"id", "type", "created", "modified", "deleted"}
    assert title not in files()
    changed = every("file", modified_since="2017-01-01T00:00:00+01:00")
    assert {one["id"]: one.get("deleted") for one in changed}[before["id"]] is True
    assert get(before["downloadUrl"], 410)["message"] == "Diese Datei gibt es nicht mehr."
    for kind in ("meeting", "agendaItem"):
        assert before["id"] not in str(every(kind))


@pytest.mark.parametrize("title", ["Anfahrt", "Kursliste"])
def test_kommt_oder_geht_eine_datei_ist_auch_die_sitzung_geaendert(title):
    edit_past(hours=5)
    before = both()[0]["modified"]
    hide(title)
    (after,) = (one["modified"] for one in every("meeting") if "agendaItem" in one)
    assert after > before


def test_eine_zurueckgeholte_datei_hat_ihre_alte_kennung():
    before, batch = files()["Anfahrt"], new_batch()
    remove(by="world", of=Attachment.objects.get(title="Anfahrt"), batch=batch)
    undo_batch(batch, by="world")
    assert files()["Anfahrt"]["id"] == before["id"]
