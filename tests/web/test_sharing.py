"""Freigaben auf den Seiten: the owner decides, the other side reads, and nothing else leaks."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, county, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.register.given import Share
from gelingen.register.models import Structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
THERE = "/intern/09463/"
OWN = THERE + "bestand/strukturen/kurs/"
SEEN = DESK + "bestand/strukturen/@09463:kurs/"
LIST = DESK + "bestand/"
HIDDEN = ("Geheim", "4711", "geheim@example.org", "Verborgen")


def town():
    return world.tenant("09463", "Stadt Coburg")


def course(number=1):
    """Make structures of the town with everything that is nobody else's business."""
    tenant = town()
    owner = world.organisation(
        tenant=tenant, key="geheimer_traeger", name="Geheimer Träger", contact="Verborgene Stelle",
        mailbox="geheim@example.org", source="Verborgen",
    )  # fmt: skip
    for position in range(number):
        one = world.structure(
            tenant=tenant, key=f"kurs_{position}" if position else "kurs", organisation=owner,
            name=f"Kurs am Markt {position}", kind="offer", level="municipality",
            capacity_low=12, capacity_high=12, capacity_unit="Personen",
            note="Verborgene Notiz", source="Verborgene Akte", languages="Verborgen",
        )  # fmt: skip
        world.reach(tenant=tenant, structure=one)
        world.funding(
            tenant=tenant, structure=one, programme="Geheimes Programm", eur_per_year=4711,
            note="Verborgen",
        )  # fmt: skip
    world.structure(tenant=tenant, key="nachbarin", name="Verborgene Nachbarin")


def shown(key="kurs", **given):
    one = Structure.objects.get(tenant=town(), key=key)
    return world.share(tenant=town(), structure=one, with_tenant=world.tenant(), **given)


def officer_there(client, role="officer"):
    return sit_down(client, role=role, at=town())


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(text(answer))


def main(told):
    return told[told.index("<main") : told.index("</main>")]


# The owner


def test_ohne_zweiten_mandanten_ist_von_freigaben_keine_rede(client):
    county()
    sit_down(client)
    assert "Freigegeben" not in page(client, DESK + "bestand/strukturen/angebot_0/")
    assert "freigegebene" not in page(client, LIST)


def test_freigeben_zeigt_sie_dort_und_laesst_sich_zuruecknehmen(client):
    course()
    world.tenant()
    person = officer_there(client)
    assert "Landkreis Coburg" in page(client, OWN)
    answer = client.post(OWN + "freigeben/", {"with_tenant": "09473", "note": "Beschluss"})
    assert answer.status_code == 302
    made = Share.objects.get()
    assert (made.starts, made.ends, made.note) == (TODAY, None, "Beschluss")
    told = page(client, answer["Location"])
    assert "Freigegeben: Kurs am Markt 0 für Landkreis Coburg." in told
    assert "ab 01.06.2017" in told
    sit_down(client, role="reader")
    assert client.get(SEEN).status_code == 200
    client.force_login(person)
    batch = ChangeEvent.objects.get(verb="shared").batch
    client.post(f"{THERE}eintrag/zuruecknehmen/{batch}/")
    assert not Share.objects.exists()
    sit_down(client, role="reader")
    assert client.get(SEEN).status_code == 404


def test_der_letzte_tag_wird_als_letzter_tag_gelesen(client):
    course()
    world.tenant()
    officer_there(client)
    client.post(
        OWN + "freigeben/",
        {"with_tenant": "09473", "starts": "01.07.2017", "ends": "31.12.2017"},
    )
    made = Share.objects.get()
    assert (made.starts, made.ends) == (date(2017, 7, 1), date(2018, 1, 1))
    assert "ab 01.07.2017 bis 31.12.2017" in page(client, OWN)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "Bitte wählen."),
        ({"with_tenant": "09473", "ends": "1.1.2017"}, "Der letzte Tag liegt vor dem ersten."),
        ({"with_tenant": "09473", "starts": "bald"}, "Bitte als Tag.Monat.Jahr"),
    ],
)
def test_was_falsch_ist_steht_im_formular(client, given, wrong):
    course()
    world.tenant()
    officer_there(client)
    answer = client.post(OWN + "freigeben/", given)
    assert answer.status_code == 422
    assert wrong in html.unescape(text(answer))
    assert not Share.objects.exists()


def test_beenden_nimmt_sie_sofort_weg_und_laesst_sich_zuruecknehmen(client):
    course()
    made = shown()
    person = officer_there(client)
    answer = client.post(f"{THERE}bestand/freigaben/{made.key}/beenden/")
    assert "Freigabe beendet" in page(client, answer["Location"])
    assert "beendet" in page(client, OWN)
    sit_down(client, role="reader")
    assert client.get(SEEN).status_code == 404
    assert "Kurs am Markt" not in page(client, LIST + "?quelle=auch&zeigen=alle")
    client.force_login(person)
    batch = ChangeEvent.objects.get(verb="ended").batch
    client.post(f"{THERE}eintrag/zuruecknehmen/{batch}/")
    sit_down(client, role="reader")
    assert client.get(SEEN).status_code == 200


@pytest.mark.parametrize("role", ["partner", "reader"])
def test_wer_nicht_freigeben_darf_sieht_nur_fuer_wen_es_gilt(client, role):
    course()
    made = shown()
    owner = Structure.objects.get(key="kurs").organisation
    client.force_login(world.person(role=role, at=town(), organisation=owner))
    told = page(client, OWN)
    assert "Landkreis Coburg" in told
    assert "freigeben/" not in told
    assert "Freigabe beenden" not in told
    assert client.post(OWN + "freigeben/", {"with_tenant": "09473"}).status_code == 403
    assert client.post(f"{THERE}bestand/freigaben/{made.key}/beenden/").status_code == 403


def test_der_empfaenger_kommt_an_keine_freigabe_heran(client):
    course()
    made = shown()
    sit_down(client)
    for path in (
        f"{DESK}bestand/freigaben/{made.key}/beenden/",
        SEEN,
        SEEN + "freigeben/",
        SEEN + "beenden/",
        DESK + "eintrag/structure/@09463:kurs/aendern/",
        DESK + "eintrag/structure/kurs/aendern/",
    ):
        assert client.post(path, {"with_tenant": "09463"}).status_code == 404, path
    assert Share.objects.get().version == 1
    assert Structure.objects.get(key="kurs").version == 1


# The other side: the page


def test_die_seite_der_freigegebenen_zeigt_quelle_und_vereinbarte_angaben(client):
    county()
    course()
    shown(ends=date(2018, 1, 1))
    sit_down(client, role="reader")
    told = main(page(client, SEEN))
    for word in (
        "Kurs am Markt 0", "Stadt Coburg", "nur zum Lesen", "bis 31.12.2017", "12 Personen",
        "Gemeinde", "Angebot", "gesichert", "Ahorn", "Deutsch lernen 0",
    ):  # fmt: skip
        assert word in told, word


def test_die_seite_der_freigegebenen_verraet_sonst_nichts_und_fuehrt_zu_keiner_aenderung(client):
    county()
    course()
    shown(note="Verborgene Anmerkung")
    sit_down(client)
    told = page(client, SEEN)
    assert not [word for word in HIDDEN if word in told]
    assert "<form" not in main(told)
    assert "aendern" not in main(told)
    assert "/intern/09463/" not in told


def test_was_nicht_freigegeben_ist_gibt_es_dort_nicht(client):
    course()
    shown()
    sit_down(client)
    assert client.get(DESK + "bestand/strukturen/@09463:nachbarin/").status_code == 404
    assert client.get(DESK + "bestand/strukturen/kurs/").status_code == 404


# The other side: lists, search, workbook, analyses


def test_die_liste_zeigt_sie_nur_auf_wunsch_und_mit_quelle(client):
    county()
    course()
    shown()
    sit_down(client)
    assert "Kurs am Markt" not in page(client, LIST)
    both = main(page(client, LIST + "?quelle=auch"))
    assert "Sprachcafé 0" in both
    assert "Kurs am Markt 0 (aus Stadt Coburg)" in both
    assert "2 Strukturen, davon 1 von anderen freigegeben" in both
    assert re.search(r"<th[^>]*>(?:<[^>]*>)*Quelle", both)
    only = main(page(client, LIST + "?quelle=fremd"))
    assert "Sprachcafé 0" not in only
    assert not [word for word in HIDDEN if word in both]


def test_in_der_liste_laesst_sie_sich_weder_ankreuzen_noch_aendern(client):
    county()
    course()
    shown()
    sit_down(client)
    told = page(client, LIST + "?quelle=auch")
    assert re.findall(r'name="wahl" value="([^"]*)"', told) == ["angebot_0"]
    assert "09463:kurs/aendern" not in told


def test_die_freigegebene_faellt_unter_dieselben_filter(client):
    county()
    course()
    shown()
    sit_down(client)
    for query, there in (("thema=sprache", True), ("geld=secured", True), ("art=body", False),
                         ("stand=01.01.2015&geld=secured", False)):  # fmt: skip
        told = page(client, f"{LIST}?quelle=auch&{query}")
        assert ("Kurs am Markt" in main(told)) is there, query


def test_ausgegeben_wird_die_liste_ohne_sie(client):
    county()
    course()
    shown()
    sit_down(client)
    answer = client.get(DESK + "bestand/ausgabe/structure/?quelle=auch")
    assert answer.status_code == 200
    assert b"Markt" not in answer.content


def test_die_suche_findet_sie_mit_ihrer_quelle(client):
    county()
    course()
    shown()
    sit_down(client)
    told = main(page(client, DESK + "suche/?q=Kurs am Markt"))
    assert "aus Stadt Coburg" in told
    assert "@09463" in told
    assert not [word for word in HIDDEN if word in told]
    assert "Verborgene Nachbarin" not in page(client, DESK + "suche/?q=Nachbarin")


def test_das_feld_der_analyse_nennt_sie_mit_ihrer_quelle(client):
    world.plan(key="masterplan", horizon=date(2026, 1, 1))
    world.need(key="n", statement="Deutsch lernen")
    course()
    shown()
    sit_down(client)
    told = page(client, DESK + "analyse/feld/?zeile=frauen&spalte=sprache")
    assert "Kurs am Markt 0 (aus Stadt Coburg)" in told
    assert "@09463" in told
    assert not [word for word in HIDDEN if word in told]


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_wie_viele_auch_freigegeben_sind(client, number):
    county(number)
    course(number)
    for position in range(number):
        shown(f"kurs_{position}" if position else "kurs")
    sit_down(client)
    paths = {SEEN: 4, LIST + "?quelle=auch": 5, DESK + "suche/?q=Kurs": 14}
    found = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as statements:
            client.get(path)
        found[path] = len(statements)
    assert found == paths
    officer_there(client)
    client.get(OWN)
    with CaptureQueriesContext(connection) as statements:
        client.get(OWN)
    assert len(statements) == 7, [one["sql"][:90] for one in statements]
