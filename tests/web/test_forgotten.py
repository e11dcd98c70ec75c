"""Passwort vergessen: a link by mail, never more said than that."""

import logging
import re
from dataclasses import replace

import pytest
from django.core import mail
from tests import world
from tests.web.desk import DESK, text

from gelingen.config.logs import HideLinks
from gelingen.jobs import send_mail
from gelingen.post.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
FORGOTTEN = "/konto/vergessen/"
OLD, NEW = "Ein langes Wort 7", "Zimtstern-Ahorn-47"


@pytest.fixture
def server(settings):
    settings.EMAIL_HOST = "mail.example"


def anna(**given):
    return world.person(email="anna@example.org", **({"password": OLD} | given))


def ask(client, email="anna@example.org"):
    return client.post(FORGOTTEN, {"email": email}, follow=True)


def sent_link():
    send_mail.func()
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]


def open_link(client, link):
    return client.get(re.sub(r"^https?://[^/]+", "", link), follow=True)


@pytest.mark.usefixtures("server")
def test_der_verweis_aus_der_nachricht_fuehrt_zu_einem_neuen_passwort(client):
    person = anna()
    assert FORGOTTEN in text(client.get("/anmelden/"))
    assert "ist die Nachricht unterwegs" in text(ask(client))
    page = open_link(client, sent_link())
    assert "<h1>Neues Passwort</h1>" in text(page)
    where = page.redirect_chain[-1][0]
    refused = client.post(where, {"password1": NEW, "password2": OLD})
    assert "Beide Eingaben müssen gleich sein." in text(refused)
    refused = client.post(where, {"password1": "kurz", "password2": "kurz"})
    assert "zu kurz" in text(refused)
    done = client.post(where, {"password1": NEW, "password2": NEW}, follow=True)
    assert done.redirect_chain[-1][0] == "/anmelden/"
    person.refresh_from_db()
    assert person.check_password(NEW)
    entered = client.post("/anmelden/", {"login": "anna@example.org", "password": NEW})
    assert entered.headers["Location"] == "/intern/"


@pytest.mark.usefixtures("server")
def test_der_verweis_gilt_nur_einmal_und_nur_einen_tag(client, settings):
    anna()
    ask(client)
    link = sent_link()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "gilt nicht mehr" in text(open_link(client, link))
    settings.PASSWORD_RESET_TIMEOUT = 60
    where = open_link(client, link).redirect_chain[-1][0]
    client.post(where, {"password1": NEW, "password2": NEW})
    assert "gilt nicht mehr" in text(open_link(client, link))


@pytest.mark.usefixtures("server")
def test_die_antwort_ist_dieselbe_ob_es_das_konto_gibt_oder_nicht(client):
    anna()
    world.person(email="weg@example.org", password=OLD, is_active=False)
    emails = ["anna@example.org", "weg@example.org", "niemand@example.org"]
    answers = [(a.status_code, text(a)) for a in (ask(client, one) for one in emails)]
    assert len(set(answers)) == 1
    assert [one.to for one in OutgoingMail.objects.all()] == ["anna@example.org"]


@pytest.mark.usefixtures("server")
def test_die_nachricht_nennt_nur_die_eigene_adresse_und_kommt_als_text_und_html(client, settings):
    settings.ENV = replace(settings.ENV, origin="https://integration.landkreis.example")
    anna()
    ask(client)
    assert sent_link().startswith("https://integration.landkreis.example/konto/vergessen/")
    letter = mail.outbox[-1]
    (html,) = [body for body, kind in letter.alternatives if kind == "text/html"]
    hosts = set(re.findall(r"https?://([^/\s\"]+)", letter.body + html))
    assert hosts == {"integration.landkreis.example"}
    assert letter.subject == "Neues Passwort für Gelingen"


def test_ohne_mailserver_liest_die_nachricht_nur_wer_gemeint_ist_mit_ihrem_verweis(client):
    person = anna()
    assert "versendet noch keine Nachrichten" in text(ask(client))
    letter = OutgoingMail.objects.get()
    here = f"{DESK}verwaltung/postausgang/{letter.pk}/"
    client.force_login(world.person())
    page = text(client.get(here))
    assert "ein neues Passwort angefordert" in page
    assert letter.link not in page
    client.force_login(person)
    assert letter.link in text(client.get(here))


def test_nach_drei_nachrichten_an_dieselbe_adresse_ist_schluss(client):
    anna()
    answers = [ask(client).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    unknown = [ask(client, "niemand@example.org").status_code for _ in range(4)]
    assert unknown == answers


def test_wer_nur_die_anmeldung_des_hauses_hat_bekommt_keinen_zweiten_weg(client):
    anna(password=None)
    ask(client)
    assert not OutgoingMail.objects.exists()


def test_hat_niemand_ein_passwort_gibt_es_nichts_zu_vergessen(client, settings):
    house = {"oidc_address": "https://haus.example", "oidc_client": "g", "oidc_secret": "s"}
    settings.ENV = replace(settings.ENV, **house)
    anna(password=None)
    assert FORGOTTEN not in text(client.get("/anmelden/"))
    assert client.get(FORGOTTEN).headers["Location"] == "/anmelden/"
    world.person(password=OLD)
    assert FORGOTTEN in text(client.get("/anmelden/"))
    assert client.get(FORGOTTEN).status_code == 200


@pytest.mark.parametrize("path", ["/konto/vergessen/1-abc-def/", "/einladung/abc-def/"])
def test_der_verweis_steht_nie_im_protokoll(path):
    line = logging.LogRecord("django", logging.ERROR, "", 0, "Fehler bei %s", (path,), None)
    assert HideLinks().filter(line)
    assert "abc-def" not in line.getMessage()
