"""The pages on which a survey is sent and watched."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, county, sit_down, text

from gelingen.history.recording import change
from gelingen.post.models import OutgoingMail
from gelingen.surveys.models import Invitation, Response
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

ONE = f"{DESK}bedarfe/umfragen/umfrage/"
WORDS = {"subject": "Umfrage: Akteure", "text": "Guten Tag,\n\nbitte antworten."}


def opened(number=2, **fields):
    """An open survey, and organisations with a mailbox."""
    for one in range(number):
        world.organisation(
            key=f"o{one}", name=f"Stelle {one}", mailbox=f"o{one}@stelle.example", kind="club"
        )
    given = {"state": "open", "opens": TODAY, "closes": TODAY.replace(month=7), **fields}
    survey = world.survey(key="umfrage", title="Akteure", **given)
    world.question(key="umfrage.eins", survey=survey)
    return survey


def invited(client, *, days=0, **more):
    """Send to all, and let it be so many days ago."""
    keys = [f"o{one}" for one in range(len(world.Organisation.objects.filter(kind="club")))]
    answer = client.post(f"{ONE}einladen/", {**WORDS, "wahl": keys, **more})
    assert answer.status_code == 302, text(answer)[:3000]
    if days:
        Invitation.objects.update(invited=TODAY.replace(month=5))


def test_eingeladen_wird_wer_angekreuzt_ist_und_die_post_liegt_im_ausgang(client):
    opened(3)
    sit_down(client)
    assert "3 Nachrichten" in text(client.get(f"{ONE}einladen/"))
    answer = client.post(f"{ONE}einladen/", {**WORDS, "wahl": ["o0", "o2"]}, follow=True)
    assert "2 Nachrichten liegen im Postausgang." in text(answer)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "o0@stelle.example",
        "o2@stelle.example",
    }
    page = text(client.get(f"{ONE}einladen/"))
    assert "Schon eingeladen" in page
    assert 'value="o1"' in page
    assert 'value="o0"' not in page


def test_der_verweis_der_nachricht_oeffnet_die_umfrage(client):
    opened(1)
    sit_down(client)
    invited(client)
    link = OutgoingMail.objects.get().link
    client.logout()
    answer = client.get(link.replace("http://testserver", ""))
    assert answer.status_code == 200
    assert "Akteure" in text(answer)


def test_die_vorschau_zeigt_den_geaenderten_text_und_sendet_nichts(client):
    opened(1)
    sit_down(client)
    given = {**WORDS, "text": "Hallo zusammen", "wahl": ["o0"], "vorschau": "ja"}
    answer = client.post(f"{ONE}einladen/", given)
    assert re.search(r'<pre class="g-nachricht"[^>]*>Hallo zusammen', text(answer))
    assert not OutgoingMail.objects.exists()


def test_filter_stehen_in_der_adresse(client):
    opened(1)
    world.organisation(key="amt", name="Amt", kind="county_office", mailbox="amt@kreis.example")
    sit_down(client)
    page = text(client.get(f"{ONE}einladen/?art=county_office"))
    assert 'value="amt"' in page
    assert 'value="o0"' not in page
    assert '<option value="county_office" selected>' in page


def test_wer_kein_postfach_hat_bekommt_einen_weg_es_nachzutragen(client):
    opened(0)
    world.organisation(key="ohne", name="Ohne", mailbox="")
    sit_down(client)
    page = text(client.get(f"{ONE}einladen/"))
    assert f"{DESK}eintrag/organisation/ohne/aendern/?zurueck=" in page


def test_postfaecher_von_hand_mit_gruppe(client):
    opened(0)
    sit_down(client)
    lines = "a@kurs.example\nHelferkreis; b@kurs.example"
    address = f"{ONE}einladen/?weg=postfaecher"
    wrong = client.post(address, {**WORDS, "lines": "a@kurs.example\nkein Postfach"})
    assert wrong.status_code == 422
    assert "Zeile 2 lässt sich nicht lesen." in text(wrong)
    answer = client.post(address, {**WORDS, "lines": lines, "group": "Teilnehmende"})
    assert answer.status_code == 302
    assert dict(Invitation.objects.values_list("mailbox", "group")) == {
        "a@kurs.example": "Teilnehmende",
        "b@kurs.example": "Helferkreis",
    }


def test_in_einer_anderen_sprache_sind_beide_texte_zu_aendern(client):
    opened(1, languages=["de", "tr"])
    sit_down(client)
    page = text(client.get(f"{ONE}einladen/?sprache=tr"))
    assert "Dasselbe auf Türkisch" in page
    answer = client.post(
        f"{ONE}einladen/?sprache=tr", {**WORDS, "other": "Merhaba", "wahl": ["o0"]}
    )
    assert answer.status_code == 302
    assert "Merhaba" in OutgoingMail.objects.get().plain


def test_ein_entwurf_sagt_warum_noch_niemand_einzuladen_ist(client):
    opened(1, state="draft")
    sit_down(client)
    page = text(client.get(f"{ONE}einladen/"))
    assert "Diese Umfrage ist nicht offen." in page
    assert 'name="wahl"' not in page


def test_erinnert_werden_nur_die_fehlenden_und_nur_einmal_am_tag(client):
    opened(3)
    sit_down(client)
    invited(client, days=14)
    Invitation.objects.filter(organisation="o0").update(used=True)
    OutgoingMail.objects.all().delete()
    assert "Erinnern" in text(client.get(f"{ONE}ruecklauf/"))
    page = text(client.get(f"{ONE}erinnern/"))
    assert "2 Nachrichten" in page
    answer = client.post(f"{ONE}erinnern/", {"de.subject": "Noch einmal", "de.text": "Bitte"})
    assert answer.status_code == 302
    assert OutgoingMail.objects.filter(subject="Noch einmal").count() == 2
    assert "Heute ist niemand zu erinnern" in text(client.get(f"{ONE}erinnern/"))


def test_vom_ruecklauf_fuehrt_ein_verweis_in_den_postausgang_sobald_dort_etwas_liegt(client):
    opened(1)
    sit_down(client)
    way = f'href="{DESK}verwaltung/postausgang/"'
    assert way not in text(client.get(f"{ONE}ruecklauf/"))
    invited(client)
    assert way in text(client.get(f"{ONE}ruecklauf/"))


def test_ein_neuer_verweis_und_das_zurueckziehen_je_einladung(client):
    opened(1)
    sit_down(client)
    invited(client)
    one = Invitation.objects.get()
    page = f"{ONE}einladungen/{one.pk}/"
    assert "Neuen Verweis senden" in text(client.get(page))
    assert client.post(page, WORDS).status_code == 302
    assert Invitation.objects.get().token_hash != one.token_hash
    assert client.post(f"{page}zurueckziehen/").status_code == 302
    assert Invitation.objects.get().withdrawn
    assert client.get(page).status_code == 404


def test_namentlich_steht_da_wer_fehlt_und_wie_weit(client):
    survey = opened(2)
    sit_down(client)
    invited(client)
    first = Invitation.objects.get(organisation="o0")
    moment = "2017-06-01T10:00:00Z"
    Response.objects.create(survey=survey, invitation=first, started=moment, changed=moment, page=1)
    page = text(client.get(f"{ONE}ruecklauf/"))
    assert "0 von 2 haben geantwortet; offen bis 30.06.2017." in page
    assert "bis Seite 1" in page
    assert "nicht begonnen" in page
    assert f"{DESK}bedarfe/antworten/umfrage/{first.pk}/" in page


def test_geschlossen_sagt_der_ruecklauf_es_und_bietet_nichts_mehr_aufzunehmen(client):
    survey = opened(2)
    sit_down(client)
    invited(client)
    assert "Antwort aufnehmen" in text(client.get(f"{ONE}ruecklauf/"))
    with change(by="x", verb=Verb.ENDED, of=survey):
        survey.state = "closed"
    page = text(client.get(f"{ONE}ruecklauf/"))
    assert "0 von 2 haben geantwortet; die Umfrage ist geschlossen." in page
    assert "offen bis" not in page
    assert "Antwort aufnehmen" not in page


def test_nach_dem_letzten_tag_sagt_der_ruecklauf_bis_wann_sie_offen_war(client):
    survey = opened(1)
    sit_down(client)
    invited(client)
    with change(by="x", verb=Verb.CHANGED, of=survey):
        survey.opens, survey.closes = TODAY.replace(month=4), TODAY
    page = text(client.get(f"{ONE}ruecklauf/"))
    assert "0 von 1 haben geantwortet; offen war sie bis 31.05.2017." in page
    assert "Antwort aufnehmen" not in page


def test_anonym_steht_nirgends_wer_geantwortet_hat(client):
    opened(6, mode="anonymous")
    sit_down(client)
    invited(client)
    before = text(client.get(f"{ONE}ruecklauf/"))
    Invitation.objects.filter(organisation="o0").update(used=True)
    after = text(client.get(f"{ONE}ruecklauf/"))
    assert "0 von 6" in before
    assert "weniger als 5 von 6" in after

    def people(page):
        return page[page.index("Einladungen</h2>") : page.index("Auf Papier")]

    assert people(before) == people(after)
    # Nor by the page of one invitation.
    one = Invitation.objects.get(organisation="o0").pk
    other = Invitation.objects.get(organisation="o1").pk
    shown = [text(client.get(f"{ONE}einladungen/{pk}/")) for pk in (one, other)]
    assert "Antwort aufnehmen" not in shown[0]
    assert shown[0].count("\n") == shown[1].count("\n")


def test_ohne_einladungen_sagt_die_seite_den_naechsten_schritt(client):
    opened(0)
    sit_down(client)
    assert "Noch ist niemand eingeladen" in text(client.get(f"{ONE}ruecklauf/"))


def test_der_papierbogen_ist_eine_datei_in_der_gewuenschten_sprache(client):
    opened(0, languages=["de", "ar"], open_link=True)
    sit_down(client)
    german, arabic = (client.get(f"{ONE}bogen/?sprache={one}") for one in ("de", "ar"))
    assert german.content.startswith(b"%PDF")
    assert german.content != arabic.content
    assert arabic["Content-Disposition"] == 'attachment; filename="akteure-ar.pdf"'


def test_der_aushang_zeigt_den_offenen_verweis_als_bild_und_als_text(client):
    opened(0, open_link=True)
    sit_down(client)
    page = text(client.get(f"{ONE}aushang/"))
    assert "<svg" in page
    link = re.search(r"http://testserver(/umfrage/offen/[^<]+)", page)[1]
    client.logout()
    assert client.get(link).status_code == 200


def test_ohne_offenen_verweis_gibt_es_keinen_aushang(client):
    opened(0)
    sit_down(client)
    assert client.get(f"{ONE}aushang/").status_code == 404


PAGES = {"einladen/": 9, "ruecklauf/": 15, "erinnern/": 6, "aushang/": 5}


@pytest.mark.parametrize("number", [1, 3])
def test_eine_seite_kostet_gleich_viel_bei_jeder_zahl_von_einladungen(client, number):
    opened(number, open_link=True)
    sit_down(client)
    invited(client, days=14)
    found = {}
    for path in PAGES:
        assert client.get(ONE + path).status_code == 200
        with CaptureQueriesContext(connection) as statements:
            client.get(ONE + path)
        found[path] = len(statements)
    assert found == PAGES


@pytest.mark.parametrize("role", ["reader", "partner"])
def test_wer_keine_umfragen_fuehrt_findet_die_seiten_nicht(client, role):
    opened(1)
    sit_down(client, role=role, organisation=world.Organisation.objects.get())
    found = {path: client.get(ONE + path).status_code for path in (*PAGES, "bogen/")}
    assert found == dict.fromkeys(found, 404)


def test_auf_heute_steht_eine_umfrage_die_bald_endet_solange_antworten_fehlen(client):
    county()
    opened(2, closes=TODAY.replace(day=11))
    sit_down(client)
    invited(client)
    said = "Die Umfrage endet am 10.06.2017, von 2 fehlen 2 Antworten."
    assert said in text(client.get(DESK))
    # Answers change no record; the page knows them all the same.
    Invitation.objects.filter(organisation="o0").update(used=True)
    assert "von 2 fehlt eine Antwort." in text(client.get(DESK))
    Invitation.objects.update(used=True)
    assert "Die Umfrage endet" not in text(client.get(DESK))


def test_auf_heute_steht_keine_umfrage_die_noch_lange_laeuft_oder_die_andere_fuehren(client):
    county()
    opened(1, closes=TODAY.replace(day=16))
    sit_down(client)
    invited(client)
    assert "Die Umfrage endet" not in text(client.get(DESK))
    sit_down(client, role="reader")
    assert "Die Umfrage endet" not in text(client.get(DESK))
