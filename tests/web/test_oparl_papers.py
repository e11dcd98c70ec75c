"""Einladung, Ergebnisse und Vorlage als Dateien in OParl: geschrieben, sobald jemand sie abruft."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from tests import world
from tests.documents.reading import pdf_text
from tests.web.test_oparl import HIDDEN, OF_ALL, ROOT, annex, edit, edit_past, every, get, opened

from gelingen.boards.models import AgendaItem, Body, Meeting
from gelingen.papers.models import Deliberation, Paper
from gelingen.web.oparl import papers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "county")]
TOLD = {"name", "fileName", "mimeType", "accessUrl", "downloadUrl"}
PLACES = {"invitation": "meeting", "resultsProtocol": "meeting", "mainFile": "paper"}
APPROVED = {"state": "held", "minutes": "approved"}


@pytest.fixture
def county(settings, tmp_path):
    """A meeting with approved minutes and a paper, both public, and secrets all over them."""
    settings.MEDIA_ROOT = tmp_path
    opened()
    body = world.body(key="beirat", name="Beirat", public=True)
    hidden = world.body(key="stab", name=f"{HIDDEN} Stab", public=False)
    meeting = world.meeting(
        key="m1", body=body, day=date(2017, 6, 20), chair=f"{HIDDEN} Vorsitz",
        secretary=f"{HIDDEN} Protokoll", guests=f"{HIDDEN} Gast", **APPROVED,
    )  # fmt: skip
    item = world.agenda_item(
        key="i1", meeting=meeting, title="Sprachkurse", about="Mehr Plätze", result="unchanged",
        resolution="Es gibt mehr Kurse.", yes=7, no=1, abstain=0, course=f"{HIDDEN} Verlauf",
        dissent=f"{HIDDEN} Meinung", responsible=f"{HIDDEN} Funktion",
    )  # fmt: skip
    world.agenda_item(key="i0", meeting=meeting, title=f"{HIDDEN} Vertrag", public=False)
    world.action_point(body=body, item=item, text=f"{HIDDEN} Auftrag", who=f"{HIDDEN} Amt")
    world.tenure(seat=world.seat(body=body), function=f"{HIDDEN} Sitz")
    paper = world.paper(
        key="p1", subject="Mehr Kurse", number="12/2017", facts="Die Kurse sind voll.",
        state="released", released=date(2017, 5, 3), clerk=f"{HIDDEN} Kraft",
        submitter=f"{HIDDEN} Leitung", body=hidden,
    )  # fmt: skip
    annex(paper, "Übersicht", public=True)
    annex(paper, f"{HIDDEN} Anlage")
    given = {"result": "unchanged", "noted": date(2017, 6, 20)}
    world.deliberation(
        key="d1", paper=paper, body=body, item=item, role="advice", adopted="So sei es.", **given
    )
    world.deliberation(
        key="d2", paper=paper, body=hidden, role="decision", order=2,
        adopted=f"{HIDDEN} Wortlaut", **given,
    )  # fmt: skip


def named(field):
    """A file as its meeting or paper names it."""
    (of,) = (one for one in every(PLACES[field]) if field in one)
    return of[field] | {PLACES[field]: [of["id"]]}


def read(field):
    """What somebody reads who opens it."""
    answer = Client().get(named(field)["downloadUrl"])
    assert answer["Content-Type"] == "application/pdf"
    return pdf_text(b"".join(answer.streaming_content))


@pytest.mark.parametrize("field", PLACES)
@pytest.mark.parametrize("name", sorted(OF_ALL | TOLD))
def test_jedes_feld_der_datei_ist_da(field, name):
    assert get(named(field)["id"])[name] not in (None, "")


@pytest.mark.parametrize("field", PLACES)
def test_sitzung_und_vorlage_nennen_die_datei_und_diese_sie(field):
    found = named(field)
    assert get(found["id"]) == found
    assert found["id"] in {one["id"] for one in every("file")}


@pytest.mark.parametrize(
    ("field", "name", "said"),
    [
        ("invitation", "Einladung zur Sitzung am 20.06.2017.pdf", ["Sprachkurse", "Mehr Plätze"]),
        ("resultsProtocol", "Ergebnisse der Sitzung am 20.06.2017.pdf",
         ["Sprachkurse", "Es gibt mehr Kurse.", "Ja 7, Nein 1", "nveränder"]),
        ("mainFile", "Vorlage 12-2017.pdf",
         ["Mehr Kurse", "Die Kurse sind voll.", "Übersicht", "Beirat", "So sei es."]),
    ],
)  # fmt: skip
def test_wer_sie_oeffnet_liest_was_oeffentlich_ist_und_nichts_anderes(field, name, said):
    assert named(field)["fileName"] == name
    text = read(field)
    assert [one for one in said if one not in text] == []
    assert HIDDEN not in text


def test_die_ergebnisse_gibt_es_erst_wenn_die_niederschrift_genehmigt_ist():
    protocol = named("resultsProtocol")["id"]
    edit(Meeting, "m1", minutes="amended")
    assert get(protocol)["deleted"] is True
    assert not any("resultsProtocol" in one for one in every("meeting"))
    assert "Sprachkurse" in read("invitation")


def test_was_eine_vorlage_ergab_steht_erst_nach_der_genehmigung_in_ihr():
    edit(Meeting, "m1", minutes="draft")
    assert "So sei es." not in read("mainFile")
    edit(Meeting, "m1", minutes="approved")
    edit(AgendaItem, "i1", public=False)
    assert "So sei es." not in read("mainFile")
    edit(Deliberation, "d1", item=None)
    assert "So sei es." in read("mainFile")


GONE = [
    ("invitation", lambda: edit(Meeting, "m1", state="cancelled", minutes="none")),
    ("invitation", lambda: edit(Body, "beirat", public=False)),
    ("resultsProtocol", lambda: edit(Body, "beirat", public=False)),
    ("mainFile", lambda: edit(Paper, "p1", public=False)),
    ("mainFile", lambda: edit(Paper, "p1", state="withdrawn")),
]


@pytest.mark.parametrize(("field", "deed"), GONE)
def test_was_nicht_mehr_oeffentlich_ist_sagt_nur_dass_es_weg_ist(field, deed):
    before = named(field)
    deed()
    assert set(get(before["id"])) == {"id", "type", "created", "modified", "deleted"}
    assert before["id"] not in {one["id"] for one in every("file")}
    assert get(before["downloadUrl"], 410)["message"] == "Diese Datei gibt es nicht mehr."


def test_was_nie_oeffentlich_war_gibt_es_unter_keiner_nummer():
    inner = world.meeting(key="m3", body=Body.objects.get(key="stab"), **APPROVED)
    planned = world.meeting(key="m2", body=Body.objects.get(key="beirat"), day=date(2017, 9, 1))
    draft = world.paper(key="p2", subject=HIDDEN)
    numbers = [(1, inner), (2, inner), (1, planned), (2, planned), (3, draft), (4, inner)]
    for sort, one in numbers:
        for way in ("", "datei/", "herunterladen/"):
            get(f"{ROOT}file/{sort * 10**15 + one.pk}/{way}", 404)


@pytest.mark.parametrize("field", PLACES)
def test_solange_sich_nichts_aendert_ist_die_datei_an_jedem_tag_dieselbe(field, settings):
    url, found = named(field)["accessUrl"], []
    for on in (date(2017, 6, 1), date(2017, 9, 1)):
        settings.ENV = replace(settings.ENV, day=on)
        found.append(b"".join(Client().get(url).streaming_content))
    assert found[0] == found[1]


def test_aendert_sich_ein_punkt_aendern_sich_einladung_und_ergebnisse():
    edit_past(hours=5)
    fields = ("invitation", "resultsProtocol", "mainFile")
    before = [named(one)["modified"] for one in fields]
    edit(AgendaItem, "i1", resolution="Es gibt viele Kurse.")
    after = [named(one)["modified"] for one in fields]
    assert all(now > then for now, then in zip(after, before, strict=True))


@pytest.mark.parametrize("field", PLACES)
def test_wer_die_datei_schon_hat_laesst_sie_nicht_noch_einmal_schreiben(field, monkeypatch):
    url = named(field)["downloadUrl"]
    first = Client().get(url)
    b"".join(first.streaming_content)
    monkeypatch.setattr(papers, "write", lambda *_: pytest.fail("geschrieben"))
    kept = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert (kept.status_code, kept.content, kept["ETag"]) == (304, b"", first["ETag"])
    assert kept["Content-Security-Policy"] == first["Content-Security-Policy"]
