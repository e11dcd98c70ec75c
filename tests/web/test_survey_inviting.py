"""What is written and ticked on the page of invitations stays while one looks for others."""

import re
from html import unescape

import pytest
from tests import world
from tests.web.desk import sit_down, text
from tests.web.test_survey_sending import ONE, opened

from gelingen.post.models import OutgoingMail
from gelingen.surveys.letters import INVITATION, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

PAGE = f"{ONE}einladen/"


@pytest.fixture
def desk(client):
    """Three clubs and an office with a mailbox, an open survey in German and Turkish."""
    opened(3, languages=["de", "tr"])
    world.organisation(key="amt", name="Amt", kind="county_office", mailbox="amt@kreis.example")
    sit_down(client)
    return client


def sent_by(answer, **more):
    """Everything that the form would send, with what somebody does to it."""
    page = text(answer)
    form = page[page.index("<form", page.index("Postfächer von Hand")) :]
    tags = re.findall(r"<input ([^>]*)>", form)
    found = {}
    for tag in tags:
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if told.get("type") != "checkbox" or " checked" in tag:
            found.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form):
        found[name] = re.findall(r'value="([^"]*)" selected', options)
    for name, words in re.findall(r'<textarea name="(\w+)"[^>]*>\n([^<]*)</textarea>', form):
        found[name] = [unescape(words)]
    return {**found, **more}


def ticks(answer):
    return set(re.findall(r'name="wahl" value="([^"]+)" checked', text(answer)))


def test_wer_anders_einschraenkt_behaelt_brief_und_haekchen(desk):
    here = desk.get(PAGE)
    assert ticks(here) == {"amt", "o0", "o1", "o2"}
    mine = {"subject": "Eigener Betreff", "text": "Eigene Worte", "group": "Vereine"}
    given = sent_by(here, **mine, wahl=["amt", "o0"], art="club", suchen="ja")
    clubs = desk.post(PAGE, given)
    assert ticks(clubs) == {"o0"}
    assert not OutgoingMail.objects.exists()
    every = desk.post(PAGE, sent_by(clubs, art="", suchen="ja"))
    assert ticks(every) == {"amt", "o0"}
    assert desk.post(PAGE, sent_by(every)).status_code == 302
    letter = OutgoingMail.objects.first()
    assert (letter.subject, "Eigene Worte" in letter.plain) == ("Eigener Betreff", True)
    assert OutgoingMail.objects.count() == 2


def test_in_der_neuen_sprache_wird_vorgeschlagen_was_niemand_geaendert_hat(desk):
    given = sent_by(desk.get(PAGE), text="Eigene Worte", sprache="tr", suchen="ja")
    page = desk.post(PAGE, given)
    turkish = proposed(world.Survey.objects.get(), "tr", INVITATION)
    found = sent_by(page)
    assert (found["subject"], found["text"]) == ([turkish.subject], ["Eigene Worte"])
    assert found["other"] == [turkish.other]


def test_gesendet_wird_nur_was_zu_sehen_war(desk):
    refused = desk.post(PAGE, sent_by(desk.get(PAGE), art="club", subject="Eigener Betreff"))
    assert "Noch nicht gesendet." in text(refused)
    assert sent_by(refused)["subject"] == ["Eigener Betreff"]
    assert ticks(refused) == {"o0", "o1", "o2"}
    assert not OutgoingMail.objects.exists()
    assert desk.post(PAGE, sent_by(refused)).status_code == 302
    assert OutgoingMail.objects.count() == 3


def test_postfaecher_von_hand_bleiben_wenn_die_sprache_wechselt(desk):
    way = f"{PAGE}?weg=postfaecher"
    given = sent_by(desk.get(way), lines="a@kurs.example\nb@kurs.example", sprache="tr")
    page = desk.post(way, {**given, "suchen": "ja"})
    assert sent_by(page)["lines"] == ["a@kurs.example\nb@kurs.example"]
    assert "Dasselbe auf Türkisch" in text(page)
    assert desk.post(way, sent_by(page)).status_code == 302
    assert OutgoingMail.objects.count() == 2


def test_passt_niemand_bleibt_der_brief_trotzdem(desk):
    empty = desk.post(PAGE, sent_by(desk.get(PAGE), text="Mein Brief", art="school", suchen="ja"))
    assert "Keine Organisation passt" in text(empty)
    back = desk.post(PAGE, sent_by(empty, art="", suchen="ja"))
    assert sent_by(back)["text"] == ["Mein Brief"]
    assert ticks(back) == {"amt", "o0", "o1", "o2"}


def test_ein_postfach_mit_einladung_ist_nicht_angekreuzt_und_es_steht_dabei(desk):
    assert desk.post(PAGE, sent_by(desk.get(PAGE), wahl=["o0"])).status_code == 302
    world.organisation(key="o9", name="Zweigstelle", kind="club", mailbox="O0@stelle.example")
    page = desk.get(PAGE)
    assert ticks(page) == {"amt", "o1", "o2"}
    assert text(page).count("dieses Postfach hat schon eine Einladung") == 1


def test_hat_keine_ein_postfach_behauptet_die_seite_keine_einladung(client):
    opened(0)
    world.organisation(key="o1", name="Stelle", kind="club")
    sit_down(client)
    page = text(client.get(PAGE))
    assert "Keine der passenden Organisationen hat ein Postfach." in page
    assert "haben schon eine Einladung" not in page
    assert "Stelle: Postfach eintragen" in page
