"""Entries confirmed by a link without account, proposals decided on at the desk, the outbox."""

import logging
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests import world
from tests.web.desk import DESK, SCRIPT, TODAY, county, sit_down, text

from gelingen.config.logs import HideLinks
from gelingen.confirmations.models import Proposal, Request
from gelingen.editing import remove_record
from gelingen.history.recording import change
from gelingen.jobs import send_mail
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Organisation, Structure
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

ASK = f"{DESK}bestand/vorschlaege/bitten/"
PROPOSALS = f"{DESK}bestand/vorschlaege/"
OUTBOX = f"{DESK}verwaltung/postausgang/"


@pytest.fixture
def inventory(fixed_day):  # noqa: ARG001 - comes before
    """One organisation with a mailbox and three entries that nobody has confirmed."""
    county()
    owner = world.organisation(key="vhs", name="VHS", mailbox="kurse@vhs.example")
    for number in range(3):
        one = world.structure(
            key=f"kurs_{number}", name=f"Kurs {number}", organisation=owner, capacity_low=16,
            capacity_high=16, ends=date(2018, 1, 1), ends_kind="stated",
        )  # fmt: skip
        world.funding(structure=one, programme=f"Landesmittel {number}")
        world.reach(structure=one)
    return owner


def send(client, **given):
    values = {"wahl": ["vhs"], "subject": "Stimmt es noch?", "text": "Guten Tag,", **given}
    return client.post(ASK, values, follow=True)


@pytest.fixture
def link(client, inventory):  # noqa: ARG001 - comes before
    """Ask as an officer; give the path of the link."""
    sit_down(client)
    send(client)
    return OutgoingMail.objects.latest("pk").link.removeprefix("http://testserver")


@pytest.fixture
def partner():
    """Give a browser of somebody without account."""
    return Client()


def entry(number):
    found = Request.objects.get().entries.get(structure=f"kurs_{number}")
    return found.pk


# Asking


@pytest.mark.usefixtures("inventory")
def test_vor_dem_senden_steht_da_wer_gefragt_wird_und_wer_kein_postfach_hat(client):
    sit_down(client)
    page = text(client.get(ASK))
    assert "VHS, 3 Einträge" in page
    assert "kurse@vhs.example" in page
    assert "Träger 0: Postfach eintragen" in page
    assert "An kurse@vhs.example" in page
    assert "– Kurs 0\n– Kurs 1\n– Kurs 2" in page


@pytest.mark.usefixtures("inventory")
def test_die_vorschau_zeigt_den_eigenen_text_und_schreibt_nichts(client):
    sit_down(client)
    page = text(send(client, text="Liebe Kursleitung,", vorschau="ja"))
    assert page.count("Liebe Kursleitung,") == 2
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("inventory")
def test_gesendet_liegt_die_nachricht_im_postausgang_und_der_arbeiter_weiss_davon(client):
    sit_down(client)
    page = text(send(client))
    assert "Eine Nachricht liegt im Postausgang." in page
    assert "nicht gesendet: kein Mailserver" in page
    assert DBTaskResult.objects.filter(task_path=send_mail.module_path).count() == 1
    assert "0 von 3 beantwortet" in text(client.get(ASK))


@pytest.mark.usefixtures("inventory")
def test_ohne_auswahl_oder_mit_fremder_auswahl_wird_niemand_gefragt(client):
    sit_down(client)
    for whom in ([], ["traeger_0"], ["gibt-es-nicht"]):
        assert send(client, wahl=whom).status_code == 422
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("inventory")
@pytest.mark.parametrize("role", ["reader", "partner"])
def test_fragen_und_den_postausgang_sehen_duerfen_nicht_alle(client, role):
    sit_down(client, role=role, organisation=Organisation.objects.get(key="vhs"))
    assert client.get(ASK).status_code == 403
    assert client.get(OUTBOX).status_code == 403
    assert send(client).status_code == 403
    assert "Vorschläge" not in text(client.get(f"{DESK}bestand/"))


@pytest.mark.usefixtures("inventory")
def test_von_heute_fuehrt_ein_klick_zur_frage_an_diese_organisation(client):
    sit_down(client)
    assert f"{ASK}?traeger=vhs" in text(client.get(DESK))
    assert "Träger 0" not in text(client.get(f"{ASK}?traeger=vhs"))


def test_eine_bitte_laesst_sich_zurueckziehen(client, link, partner):
    page = client.post(f"{ASK}{Request.objects.get().pk}/zurueckziehen/", follow=True)
    assert "Zurückgezogen: Bitte um Bestätigung an VHS." in text(page)
    assert partner.get(link).status_code == 410


# The link


def test_der_verweis_zeigt_die_eintraege_in_kurzen_worten_ohne_konto(partner, link):
    page = text(partner.get(link))
    assert "Stimmen Ihre drei Einträge noch?" in page
    assert "16 Plätze, läuft bis 31.12.2017" in page
    assert "Sprache und Bildung, für Frauen" in page
    assert "Geld: Landesmittel 0 bis 31.12.2017" in page
    assert "nichts über Sie als Person" in page


def test_mit_einem_druck_ist_alles_bestaetigt_und_der_verweis_zu(partner, link):
    page = partner.post(f"{link}alle/", follow=True)
    assert "Vielen Dank" in text(page)
    assert "3 Einträge sind bestätigt." in text(page)
    days = Structure.objects.filter(organisation__key="vhs").values_list("last_confirmed")
    assert set(days) == {(TODAY,)}
    answer = partner.get(link)
    assert answer.status_code == 410
    assert "Ihre Antwort ist schon da" in text(answer)


def test_jede_antwort_ist_sofort_gespeichert_und_es_geht_beim_naechsten_weiter(partner, link):
    answer = partner.post(f"{link}{entry(0)}/stimmt/")
    assert answer["Location"] == f"{link}#eintrag-{entry(1)}"
    assert Structure.objects.get(key="kurs_0").last_confirmed == TODAY
    page = text(partner.get(link))
    assert page.count("Ihre Antwort:") == 1
    assert "Alle zwei stimmen noch" in page


def test_geaendert_zeigt_die_wichtigen_felder_ausgefuellt_und_wird_zum_vorschlag(partner, link):
    form = text(partner.get(f"{link}{entry(0)}/geaendert/"))
    for known in ('value="Kurs 0"', 'value="31.12.2017"', 'value="16"'):
        assert known in form
    given = {"name": "Kurs 0", "ends": "31.07.2018", "capacity": "18", "contact": "Kursbüro"}
    answer = partner.post(f"{link}{entry(0)}/geaendert/", given)
    assert answer["Location"] == f"{link}#eintrag-{entry(1)}"
    assert Proposal.objects.get(subject="structure:kurs_0").after == {
        "ends": "31.07.2018", "capacity": "18",
    }  # fmt: skip
    assert Structure.objects.get(key="kurs_0").ends == date(2018, 1, 1)


def test_was_sich_nicht_lesen_laesst_bleibt_im_formular_stehen(partner, link):
    given = {"name": "Kurs 0", "ends": "irgendwann", "capacity": "16", "contact": ""}
    answer = partner.post(f"{link}{entry(0)}/geaendert/", given)
    assert answer.status_code == 422
    assert 'value="irgendwann"' in text(answer)
    assert not Proposal.objects.exists()


def test_wer_nichts_aendert_wird_darauf_hingewiesen(partner, link):
    given = {"name": "Kurs 0", "ends": "31.12.2017", "capacity": "16", "contact": ""}
    answer = partner.post(f"{link}{entry(0)}/geaendert/", given)
    assert "Es ist nichts anders als bisher." in text(answer)


def test_gibt_es_nicht_mehr_fragt_nach_dem_letzten_tag(partner, link):
    assert 'value="01.06.2017"' in text(partner.get(f"{link}{entry(2)}/weg/"))
    partner.post(f"{link}{entry(2)}/weg/", {"ends": "31.03.2017"})
    assert Proposal.objects.get().after == {"ends": "31.03.2017"}


def test_ist_alles_beantwortet_wird_abgeschlossen(partner, link):
    for number in range(2):
        partner.post(f"{link}{entry(number)}/stimmt/")
    answer = partner.post(f"{link}{entry(2)}/weg/", {"ends": "31.03.2017"})
    assert answer["Location"] == f"{link}#fertig"
    assert "Antwort abschließen" in text(partner.get(link))
    page = text(partner.post(f"{link}fertig/", follow=True))
    assert "2 Einträge sind bestätigt. Ein Vorschlag liegt jetzt" in page
    assert partner.get(link).status_code == 410


def test_unbekannt_und_abgelaufen_verraten_nichts(partner, link):
    for wrong in (f"{link[:-2]}x/", "/bestaetigen/x/", f"{link[:-2]}x/fertig/"):
        answer = partner.get(wrong)
        assert answer.status_code == 404
        assert "VHS" not in text(answer)
        assert "Landkreis" not in text(answer)
    Request.objects.update(expires=timezone.now() - timedelta(seconds=1))
    answer = partner.get(link)
    assert answer.status_code == 410
    assert "VHS" not in text(answer)
    assert partner.post(f"{link}alle/").status_code == 410
    assert Structure.objects.filter(last_confirmed=TODAY).count() == 0


def test_ein_eintrag_einer_anderen_bitte_ist_nicht_zu_erreichen(partner, link):
    other = Request.objects.create(
        tenant=world.tenant(), organisation="traeger_0", name="Träger 0", mailbox="x@y.example",
        token_hash="0", asked=timezone.now(), expires=timezone.now() + timedelta(days=1),  # noqa: S106 - no secret
    )  # fmt: skip
    foreign = other.entries.create(structure="angebot_0")
    for way in ("stimmt", "geaendert", "weg"):
        assert partner.post(f"{link}{foreign.pk}/{way}/").status_code == 404
    assert Structure.objects.get(key="angebot_0").last_confirmed is None


def test_ansehen_allein_bewirkt_nichts(partner, link):
    assert partner.get(link).status_code == 200
    assert partner.head(link).status_code == 200
    for way in ("alle/", "fertig/", f"{entry(0)}/stimmt/"):
        assert partner.get(f"{link}{way}").status_code == 405
    assert Request.objects.get().answered is None


def test_die_seite_bleibt_aus_zwischenspeichern_und_suchmaschinen(partner, link):
    answer = partner.get(link)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_wer_raet_wird_gebremst(partner, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_by_link": "3/m/ip"}
    codes = [partner.get(f"/bestaetigen/{number}/").status_code for number in range(4)]
    assert codes == [404, 404, 404, 429]


def test_alle_stimmen_noch_bestaetigt_auch_wenn_ein_eintrag_inzwischen_geloescht_ist(partner, link):
    remove_record(actor=world.OPERATOR, of=Structure.objects.get(key="kurs_2"))
    assert "Alle zwei stimmen noch" in text(partner.get(link))
    page = text(partner.post(f"{link}alle/", follow=True))
    assert "2 Einträge sind bestätigt." in page
    assert Structure.objects.filter(last_confirmed=TODAY).count() == 2
    assert Request.objects.get().answered


def test_eine_zweite_bitte_schliesst_sich_wenn_nur_geloeschtes_offen_ist(client, partner, link):
    world.structure(key="kurs_3", organisation=Organisation.objects.get(key="vhs"))
    send(client)
    remove_record(actor=world.OPERATOR, of=Structure.objects.get(key="kurs_3"))
    partner.post(f"{link}alle/")
    assert not Request.objects.filter(answered=None).exists()


def test_wer_einen_guten_verweis_hat_wird_nie_gebremst(partner, link, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_by_link": "1/m/ip"}
    tried = (link, "/bestaetigen/x/", "/bestaetigen/y/", link)
    assert [partner.get(path).status_code for path in tried] == [200, 404, 429, 200]


def test_das_protokoll_nennt_den_verweis_nicht(link):
    line = logging.LogRecord("x", logging.ERROR, "", 1, "Forbidden: %s", (f"{link}alle/",), None)
    assert HideLinks().filter(line)
    assert line.getMessage() == "Forbidden: /bestaetigen/…/alle/"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["links"]


def test_gezaehlt_wird_was_der_eintrag_zaehlt(partner, link):
    structure = Structure.objects.get(key="kurs_0")
    with change(by="x", verb=Verb.CHANGED, of=structure):
        structure.capacity_unit = "Paten"
    assert ">Paten</label>" in text(partner.get(f"{link}{entry(0)}/geaendert/"))
    assert ">Plätze</label>" in text(partner.get(f"{link}{entry(1)}/geaendert/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_entries(partner, link, number):
    for one in Request.objects.get().entries.all()[number:]:
        one.delete()
    with CaptureQueriesContext(connection) as asked:
        assert partner.get(link).status_code == 200
    assert len(asked) == 7


# Deciding


@pytest.fixture
def proposal(partner, link):
    given = {"name": "Kurs A", "ends": "31.12.2017", "capacity": "18", "contact": ""}
    partner.post(f"{link}{entry(0)}/geaendert/", given)
    return Proposal.objects.get()


def test_der_vorschlag_steht_auf_heute_und_wird_dort_uebernommen(client, proposal):
    page = text(client.get(DESK))
    assert "Hat sich geändert, sagt VHS (per Verweis) am 01.06.2017" in page
    assert "Name Kurs 0 → Kurs A, Kapazität 16 → 18" in page
    row = f"proposal:proposal:{proposal.key}"
    page = text(client.post(f"{DESK}heute/uebernehmen/", {"row": row}, headers=SCRIPT))
    assert "Übernommen: Kurs 0." in page
    assert row not in page
    assert Structure.objects.get(key="kurs_0").name == "Kurs A"


def test_der_vorschlag_steht_bei_der_struktur_um_die_es_geht_bis_er_entschieden_ist(
    client, proposal
):
    page = f"{DESK}bestand/strukturen/kurs_0/"
    said = text(client.get(page))
    assert "Ein Vorschlag wartet auf eine Entscheidung." in said
    assert f'href="{PROPOSALS}#{proposal.key}"' in said
    assert "Ein Vorschlag wartet" not in text(client.get(page.replace("kurs_0", "kurs_1")))
    client.post(f"{PROPOSALS}{proposal.key}/ablehnen/")
    assert "Ein Vorschlag wartet" not in text(client.get(page))


def test_wer_nicht_entscheidet_sieht_den_wartenden_vorschlag_nicht(proposal):
    reader = Client()
    reader.force_login(world.person(role="reader"))
    said = text(reader.get(f"{DESK}bestand/strukturen/kurs_0/"))
    assert "Kurs 0" in said
    assert "Ein Vorschlag wartet" not in said
    assert proposal.by_function not in said


def test_auf_heute_laesst_er_sich_ablehnen(client, proposal):
    row = f"proposal:proposal:{proposal.key}"
    page = text(client.post(f"{DESK}heute/ablehnen/", {"row": row}, follow=True))
    assert "bleibt, wie es ist" in page
    assert row not in page
    assert Structure.objects.get(key="kurs_0").name == "Kurs 0"


def test_wurde_inzwischen_geaendert_sagt_es_heute_und_ueberschreibt_nichts(client, proposal):
    values = {"name": "Kurs B", "organisation": "vhs", "function": "delivers"}
    client.post(f"{DESK}eintrag/structure/kurs_0/aendern/", values)
    row = f"proposal:proposal:{proposal.key}"
    answer = client.post(f"{DESK}heute/uebernehmen/", {"row": row})
    assert answer.status_code == 422
    assert "wurde seit dem Vorschlag geändert" in text(answer)
    page = text(client.get(PROPOSALS))
    assert "bisher Kurs 0, jetzt eingetragen: Kurs B, vorgeschlagen: <ins>Kurs A</ins>" in page


def test_feld_fuer_feld_uebernommen_und_zurueckgenommen(client, proposal):
    page = text(client.get(PROPOSALS))
    assert "<del>Kurs 0</del>" in page
    assert "<ins>Kurs A</ins>" in page
    stand = Structure.objects.get(key="kurs_0").version
    way = f"{PROPOSALS}{proposal.key}/uebernehmen/"
    page = text(client.post(way, {"feld": ["capacity"], "stand": stand}, follow=True))
    structure = Structure.objects.get(key="kurs_0")
    assert (structure.name, structure.capacity_low) == ("Kurs 0", 18)
    assert "Rückgängig" in page
    assert Proposal.objects.get().taken == ["capacity"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"feld": [], "stand": "1"}, "Bitte mindestens ein Feld übernehmen"),
        ({"feld": ["name"], "stand": "0"}, "Bitte noch einmal vergleichen"),
    ],
)
def test_was_nicht_geht_steht_beim_vorschlag(client, proposal, given, sentence):
    answer = client.post(f"{PROPOSALS}{proposal.key}/uebernehmen/", given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Structure.objects.get(key="kurs_0").name == "Kurs 0"


def test_ein_unmoeglicher_wert_wird_nicht_geschrieben(client, partner, link):
    structure = Structure.objects.get(key="kurs_0")
    values = {"name": "Kurs 0", "organisation": "vhs", "function": "delivers", "ends": "2017",
              "capacity": "16", "starts": "01.01.2017"}  # fmt: skip
    client.post(f"{DESK}eintrag/structure/kurs_0/aendern/", values)
    partner.post(f"{link}{entry(0)}/weg/", {"ends": "31.12.2015"})
    ended = Proposal.objects.get(kind="end")
    structure.refresh_from_db()
    for answer in (
        client.post(
            f"{PROPOSALS}{ended.key}/uebernehmen/", {"feld": ["ends"], "stand": structure.version}
        ),
        client.post(f"{DESK}heute/uebernehmen/", {"row": f"proposal:proposal:{ended.key}"}),
    ):
        assert answer.status_code == 422
        assert "Das Ende muss nach dem Beginn liegen." in text(answer)


def test_ein_partner_schlaegt_fuer_einen_fremden_eintrag_vor(client, inventory):
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_0"))
    way = f"{PROPOSALS}neu/kurs_0/"
    assert 'value="Kurs 0"' in text(client.get(way))
    given = {"name": "Kurs X", "ends": "31.12.2017", "capacity": "16"}
    page = text(client.post(way, given, follow=True))
    assert "Vorgeschlagen: Kurs 0." in page
    assert Proposal.objects.get().after == {"name": "Kurs X"}
    assert client.get(f"{PROPOSALS}neu/angebot_0/").status_code == 302
    del inventory


@pytest.mark.usefixtures("inventory")
def test_lesende_schlagen_nichts_vor(client):
    sit_down(client, role="reader")
    assert client.get(f"{PROPOSALS}neu/kurs_0/").status_code == 403


def test_vorschlaege_anderer_mandanten_sind_nicht_zu_erreichen(client, proposal):
    city = world.tenant("09463", "Stadt Coburg")
    sit_down(client, at=city)
    assert client.get(PROPOSALS).status_code == 404
    elsewhere = PROPOSALS.replace("09473", "09463")
    assert "Kurs" not in text(client.get(elsewhere))
    assert client.post(f"{elsewhere}{proposal.key}/uebernehmen/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_proposals_cost_the_same_for_one_and_three(client, partner, link, number):
    given = {"name": "Kurs A", "ends": "31.12.2017", "capacity": "18", "contact": ""}
    for one in range(number):
        partner.post(f"{link}{entry(one)}/geaendert/", given)
    with CaptureQueriesContext(connection) as asked:
        assert text(client.get(PROPOSALS)).count("Kurs A") == number
    assert len(asked) == 5


# Outbox


@pytest.mark.usefixtures("link")
def test_ohne_mailserver_zeigt_der_postausgang_was_gesendet_wuerde_mit_dem_verweis(client):
    page = text(client.get(OUTBOX))
    assert "Diese Installation sendet nichts." in page
    mail = OutgoingMail.objects.get()
    page = text(client.get(f"{OUTBOX}{mail.pk}/"))
    assert mail.link in page
    assert "Es geht um 3 Einträge (VHS):" in page
    html = client.get(f"{OUTBOX}{mail.pk}/html/")
    assert "<p>Guten Tag,</p>" in text(html)
    assert mail.link not in text(html)


def test_mit_mailserver_sieht_den_verweis_nur_das_postfach(client, inventory, settings):
    settings.EMAIL_HOST = "mail.example"
    sit_down(client)
    assert "wird gesendet" in text(send(client))
    mail = OutgoingMail.objects.get()
    assert mail.link not in text(client.get(f"{OUTBOX}{mail.pk}/"))
    send_mail.func()
    assert mail.link in django_mail.outbox[0].body
    assert "nur in der gesendeten Nachricht" in text(client.get(f"{OUTBOX}{mail.pk}/"))
    del inventory


def test_was_sich_nicht_senden_liess_steht_im_ersten_satz_und_geht_noch_einmal(
    client, link, settings
):
    OutgoingMail.objects.update(held=False, attempts=6, error="Der Mailserver ist weg.")
    settings.EMAIL_HOST = "mail.example"
    page = text(client.get(OUTBOX))
    assert "Eine Nachricht ließ sich nicht senden." in page
    assert "Der Mailserver ist weg." in page
    mail = OutgoingMail.objects.get()
    page = text(client.post(f"{OUTBOX}{mail.pk}/senden/", follow=True))
    assert "wird gesendet" in page
    send_mail.func()
    assert link in django_mail.outbox[0].body


@pytest.mark.parametrize("number", [1, 3])
def test_the_outbox_costs_the_same_for_one_and_three(client, inventory, number):
    sit_down(client)
    for _ in range(number):
        send(client)
    client.get(OUTBOX)
    with CaptureQueriesContext(connection) as asked:
        client.get(OUTBOX)
    assert len(asked) == 4
    del inventory
