"""The pages of a structure and of an organisation: everything on one page, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.register.models import Funding, Organisation, Structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
ONE = DESK + "bestand/strukturen/angebot_0/"
OWNER = DESK + "bestand/organisationen/traeger_0/"


def changed(thing, **values):
    with world.change(by="Erika", verb=world.Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "cost"), [(ONE, 7), (OWNER, 6)])
def test_eine_seite_kostet_gleich_viel_wie_viele_eintraege_es_auch_gibt(client, path, cost, number):
    county(number)
    sit_down(client)
    client.get(path)  # the register is read once after each change
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    assert len(seen) == cost, [one["sql"][:90] for one in seen]


def test_nach_jeder_aenderung_zeigt_die_seite_den_neuen_stand(client):
    county()
    sit_down(client)
    assert "Programm 0" in text(client.get(ONE))
    changed(Funding.objects.get(), programme="Neues Programm")
    assert "Neues Programm" in text(client.get(ONE))


def test_wer_aendern_darf_kommt_von_jeder_zeile_zum_formular_und_zurueck(client):
    county()
    sit_down(client)
    page = text(client.get(ONE))
    back = "?zurueck=%2Fintern%2F09473%2Fbestand%2Fstrukturen%2Fangebot_0%2F"
    for way in (
        f"/eintrag/funding/f_0/aendern/{back}",
        f"/eintrag/reach/r_0/aendern/{back}",
        "/eintrag/funding/neu/?structure=angebot_0&amp;zurueck=",
        f"/eintrag/structure/angebot_0/aendern/{back}#id_organisation",
    ):
        assert way in page
    for way in ("verlaengern", "beenden", "ersetzen", "teilen", "zusammenfuehren", "bestaetigen"):
        assert f"{ONE}{way}/" in page


def test_wer_nur_liest_sieht_alles_und_keinen_weg_zum_aendern(client):
    county()
    changed(Structure.objects.get(), fte=2)
    sit_down(client, role="reader")
    for path in (ONE, OWNER):
        page = text(client.get(path))
        for word in ("aendern/", "/neu/", "beenden/", "Zurücknehmen", "Hinzufügen"):
            assert word not in page
    assert "Programm 0" in text(client.get(ONE))


def test_ein_partner_sieht_wege_nur_an_eigenen_eintraegen(client):
    county(2)
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_0"))
    assert "beenden/" in text(client.get(ONE))
    assert "beenden/" not in text(client.get(ONE.replace("angebot_0", "angebot_1")))


def test_das_geld_steht_als_bild_und_als_tabelle(client):
    county()
    world.funding(structure=Structure.objects.get(), programme="Antrag", state="applied")
    sit_down(client)
    page = text(client.get(ONE))
    assert "<title>Programm 0: gesichert, 01.01.2016 bis 31.12.2017.</title>" in page
    assert "<title>Antrag: beantragt, 01.01.2016 bis 31.12.2017.</title>" in page
    assert 'fill="url(#muster-beantragt)"' in page
    assert "Heute 01.06.2017" in page
    assert "Horizont 31.12.2025" in page
    assert '<th scope="row">Antrag</th>' in page


def test_ohne_tage_gibt_es_kein_bild_nur_die_tabelle(client):
    county()
    changed(Funding.objects.get(), starts=None, ends=None)
    sit_down(client)
    page = text(client.get(ONE))
    assert "<svg" not in page
    assert '<th scope="row">Programm 0</th>' in page


def test_der_verlauf_sagt_wer_wann_was_auch_an_geld_und_reichweite(client):
    county()
    changed(Funding.objects.get(), ends=date(2019, 1, 1))
    sit_down(client)
    page = text(client.get(ONE))
    assert "Ende: 31.12.2017 → 31.12.2018" in page
    assert "geändert, Erika" in page
    assert "Zurücknehmen" in page


def test_wer_beginn_und_ende_zusammen_aendert_nimmt_sie_zusammen_zurueck(client):
    county()
    funding = Funding.objects.get()
    before = (funding.starts, funding.ends)
    changed(funding, starts=date(2018, 1, 1), ends=date(2019, 1, 1))
    sit_down(client)
    page = text(client.get(ONE))
    assert page.count('name="feld"') == 1
    assert "01.01.2018 bis 31.12.2018" in page
    event = ChangeEvent.objects.filter(subject=f"register.Funding:{funding.key}").latest("pk")
    client.post(f"{DESK}bestand/aenderungen/{event.pk}/", {"feld": "starts,ends"})
    funding.refresh_from_db()
    assert (funding.starts, funding.ends) == before


def test_die_kette_fuehrt_vom_bedarf_bis_zur_struktur(client):
    county()
    need, goal = world.Need.objects.get(), world.ImpactGoal.objects.get()
    with world.change(by="w", verb=world.Verb.CHANGED, of=goal, links={"needs": [need]}):
        pass
    world.measure(
        key="kurs", title="Kurse sichern", goals=[goal], structures=[Structure.objects.get()]
    )
    sit_down(client)
    page = text(client.get(ONE))
    chain = page.split('<ol class="g-kette')[1].split("</ol>")[0]
    steps = ("Deutsch lernen 0", "Frauen lernen 0", "Kurse sichern", "Sprachcafé 0")
    places = [chain.index(word) for word in steps]
    assert places == sorted(places)


def test_fehlt_in_der_kette_ein_glied_steht_es_da(client):
    county()
    world.measure(key="kurs", title="Kurse sichern", structures=[Structure.objects.get()])
    sit_down(client)
    assert "noch keines genannt" in text(client.get(ONE))


def test_nach_dem_ende_nennt_die_seite_wer_folgt(client):
    county(2)
    after = Structure.objects.get(key="angebot_1")
    ended = {"ends": date(2017, 1, 1), "ends_kind": "stated", "successor": after}
    changed(Structure.objects.get(key="angebot_0"), **ended)
    sit_down(client)
    page = text(client.get(ONE))
    assert "Diese Struktur endete am 31.12.2016. Ihr folgt „Sprachcafé 1“." in page


def test_die_organisation_zeigt_strukturen_einheiten_zustaendigkeiten_und_partner(client):
    county()
    owner = Organisation.objects.get(key="traeger_0")
    world.organisation(key="einheit", name="Ortsverein", above=owner)
    world.responsibility(organisation=owner)
    world.cooperation(a=owner)
    sit_down(client)
    page = text(client.get(OWNER))
    for word in ("Sprachcafé 0", "Ortsverein", "Sprachförderung", "Zusammenarbeit"):
        assert word in page
    assert f"{DESK}bestand/strukturen/neu/?organisation=traeger_0" in page
