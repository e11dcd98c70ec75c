"""What stands beside an opened field, and what can be done from there."""

import re

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.findings.models import Verdict
from gelingen.register.models import Reach, Structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
FIELD = DESK + "analyse/?zeile=frauen&spalte=sprache"
CELL = "topic=sprache&target_group=frauen&territory=09473112"
NEW = f"{DESK}bestand/strukturen/neu/"
REACHED = "topics=sprache&target_groups=frauen&territories=09473112"


def unasked():
    county(0)
    world.need(key="n")


def test_wer_zustaendig_ist_steht_da_auch_wenn_er_fuer_den_ganzen_kreis_zustaendig_ist(client):
    county()
    world.responsibility(
        key="z",
        organisation=world.organisation(key="amt", name="Amt für Integration"),
        territory=world.territory(key="09473", name="Landkreis", kind="county"),
    )
    sit_down(client)
    page = text(client.get(FIELD))
    way = f'Federführung: <a href="{DESK}bestand/organisationen/amt/">Amt für Integration</a>'
    assert f"{way}, Sprachförderung" in page


def test_ist_niemand_zustaendig_steht_auch_das_da(client):
    county()
    sit_down(client)
    assert "Niemand ist eingetragen." in text(client.get(FIELD))


def test_ein_bedarf_laesst_sich_mit_allem_bekannten_anlegen(client):
    county()
    sit_down(client)
    page = text(client.get(FIELD))
    start = f'href="{DESK}eintrag/need/neu/?{CELL.replace("&", "&amp;")}'
    assert start in page
    url = page[page.index(start) + 6 :].split('"')[0].replace("&amp;", "&")
    form = text(client.get(url))
    for value in ("sprache", "frauen", "09473112", "operational"):
        assert f'<option value="{value}" selected>' in form


def test_hat_niemand_gefragt_fuehrt_ein_weg_zur_nachfrage(client):
    unasked()
    sit_down(client)
    page = text(client.get(FIELD))
    assert "wurde nicht erhoben" in page
    assert f'href="{DESK}eintrag/inquiry/neu/?{CELL.replace("&", "&amp;")}' in page


def test_ist_gefragt_worden_fehlt_der_weg_zur_nachfrage(client):
    unasked()
    world.inquiry()
    sit_down(client)
    assert "eintrag/inquiry/neu/" not in text(client.get(FIELD))


def test_eine_struktur_entsteht_mit_ihrer_reichweite_in_einem_schritt(client):
    unasked()
    world.organisation(key="awo", name="AWO")
    sit_down(client)
    page = text(client.get(FIELD))
    start = f'href="{NEW}?{REACHED.replace("&", "&amp;")}'
    url = page[page.index(start) + 6 :].split('"')[0].replace("&amp;", "&")
    ticked = re.findall(r'name="(\w+)" value="(\w+)"[^>]* checked', text(client.get(url)))
    assert ticked == [("topics", "sprache"), ("target_groups", "frauen"),
                      ("territories", "09473112")]  # fmt: skip
    given = {"name": "Treff", "organisation": "awo", "function": "delivers", "zurueck": FIELD}
    for name, key in ticked:
        given[name] = [key]
    page = text(client.post(url, given, follow=True))
    reach = Reach.objects.get(structure__name="Treff")
    assert (reach.topic.key, reach.target_group.key, reach.territory.key) == (
        "sprache", "frauen", "09473112",
    )  # fmt: skip
    assert "Angelegt: Treff." in page
    assert "lade-titel" in page
    client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', page)[1])
    assert not Structure.objects.filter(name="Treff").exists()
    assert not Reach.objects.exists()


def test_der_befund_wird_beim_feld_bewertet_und_man_bleibt_dort(client):
    county()
    world.finding(
        key="gap:sprache|frauen|09473112|operational", values={"n": 1}, evidence=["need:n_0"]
    )
    sit_down(client)
    page = text(client.get(FIELD))
    form = page[page.index('aria-label="Befund bewerten"') :]
    back = form.split('name="zurueck" value="')[1].split('"')[0].replace("&amp;", "&")
    url = page[: page.index('aria-label="Befund bewerten"')].rsplit('action="', 1)[1].split('"')[0]
    given = {"decision": "accepted", "reason": "klein", "by_function": "Amt", "zurueck": back}
    answer = client.post(url, given, follow=True)
    assert answer.redirect_chain[-1][0] == back
    assert "Bewertet: hingenommen." in text(answer)
    assert Verdict.objects.get().by_function == "Amt"


def test_wer_nur_liest_bekommt_nichts_zum_eintragen_angeboten(client):
    county()
    world.finding(
        key="gap:sprache|frauen|09473112|operational", values={"n": 1}, evidence=["need:n_0"]
    )
    sit_down(client, role="reader")
    page = text(client.get(FIELD))
    assert "Noch nicht bewertet." in page
    for words in ("eintrag/need/neu/", "strukturen/neu/", "Befund bewerten", "massnahme/"):
        assert words not in page
    assert client.get(NEW).status_code == 403
