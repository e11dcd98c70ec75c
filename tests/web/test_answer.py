"""A survey is answered by a link, without account: page by page, or all in the browser."""

import re
from datetime import date, timedelta
from logging import ERROR, LogRecord

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.surveys.asking import answered, invite, open_link, question, survey
from tests.web.desk import DESK, sit_down, text

from gelingen.cli.serve import _web
from gelingen.config.logs import HideLinks
from gelingen.confirmations.models import Proposal
from gelingen.history.recording import change
from gelingen.register.models import Structure
from gelingen.surveys.models import (
    AnonymousAnswer,
    Invitation,
    LanguageRelease,
    PageCount,
    Response,
    WaitingAnswer,
)
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def asked(fixed_day):  # noqa: ARG001 - comes before
    """Two pages: a choice that must be answered, then a text."""
    of = survey()
    question(of, "choice", required=True, others={"tr": "Soru"})
    question(of, "text", page=2)
    return of


@pytest.fixture
def person():
    """Give a browser of somebody without account."""
    return Client(enforce_csrf_checks=True)


def changed(thing, **fields):
    with change(by="x", verb=Verb.CHANGED, of=thing):
        for name, value in fields.items():
            setattr(thing, name, value)


def fields_of(answer):
    """Give what the form of a page carries in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text(answer))
    return {name: [v for n, v in found if n == name] for name, _ in found}


# Named: saved page by page


def test_die_erste_seite_sagt_wer_fragt_warum_und_wie_lange_es_dauert(person, asked):
    _, link = invite(asked)
    page = text(person.get(link))
    for words in (
        "Wir wollen wissen, was fehlt.", "Es fragt: Landkreis Coburg", "Integrationsstelle",
        "Rechtsgrundlage", "Ihre Einwilligung.", "etwa 2 Minuten", "bis zum 10.06.2017",
        "Jede Seite wird gespeichert.", "Türkçe", "العربية",
    ):  # fmt: skip
        assert words in page
    assert not Response.objects.exists()


def test_die_erste_seite_sagt_fuer_wen_man_antwortet_und_wann_alles_geloescht_wird(person, asked):
    changed(asked, keep_until=date(2017, 12, 31), open_link=True)
    _, link = invite(asked, organisation="vhs", name="VHS")
    page = text(person.get(link))
    assert "Sie antworten für: <bdi>VHS</bdi>" in page
    assert "Ihre Antworten werden am 31.12.2017 gelöscht." in page
    assert "Your answers will be deleted on 31.12.2017." in text(person.get(f"{link}?sprache=en"))
    shared = text(Client().get(open_link(asked)))
    assert "Sie antworten für" not in shared
    assert "Ihre Antworten werden am 31.12.2017 gelöscht." in shared


def test_jede_seite_wird_gespeichert_und_am_anderen_geraet_geht_es_weiter(person, asked):
    invited, link = invite(asked)
    first = text(person.get(f"{link}seite/1/"))
    assert "Seite 1 von 2" in first
    answer = person.post(f"{link}seite/1/", {"umfrage_choice": "zwei", "_stand": "0"})
    assert answer["Location"] == f"{link}seite/2/"
    saved = Response.objects.get(invitation=invited)
    assert (saved.values, saved.page, saved.version) == ({"umfrage_choice": "zwei"}, 1, 1)
    assert (saved.sent, saved.group, saved.channel) == (None, "Träger", "link")
    elsewhere = Client()
    assert f'href="{link}seite/2/"' in text(elsewhere.get(link))
    assert 'value="zwei" checked' in text(elsewhere.get(f"{link}seite/1/"))


def test_vor_dem_absenden_steht_alles_da_und_danach_zaehlt_es(person, asked):
    invited, link = invite(asked)
    person.post(f"{link}seite/1/", {"umfrage_choice": "zwei", "_stand": "0"})
    person.post(f"{link}seite/2/", {"umfrage_text": "Mehr Kurse", "_stand": "1"})
    page = text(person.get(f"{link}uebersicht/"))
    assert "Zwei" in page
    assert "Mehr Kurse" in page
    assert not Invitation.objects.get().used
    sent = person.post(f"{link}uebersicht/", {"_stand": "2"}, follow=True)
    assert "Vielen Dank" in text(sent)
    invited.refresh_from_db()
    assert invited.used
    assert Response.objects.get().sent
    again = text(person.get(link))
    assert "Ihre Antwort ist da." in again
    person.post(f"{link}seite/2/", {"umfrage_text": "Weniger", "_stand": "3"})
    saved = Response.objects.get()
    assert saved.values["umfrage_text"] == "Weniger"
    assert saved.sent


def test_was_ueber_eigene_eintraege_gesagt_wird_wirkt_beim_absenden_und_berichtigen(person):
    of = survey()
    question(of, "entries")
    owner = world.organisation(key="vhs")
    world.structure(key="cafe", organisation=owner)
    _, link = invite(of, organisation="vhs")
    person.post(f"{link}seite/1/", {"umfrage_entries.cafe": "true", "_stand": "0"})
    assert Structure.objects.get().last_confirmed is None
    person.post(f"{link}uebersicht/", {"_stand": "1"})
    assert Structure.objects.get().last_confirmed is not None
    gone = {"umfrage_entries.cafe": "gone", "umfrage_entries.cafe.until": "31.12.2017"}
    person.post(f"{link}seite/1/", {**gone, "_stand": "2"})
    assert Structure.objects.get().last_confirmed is None
    assert Proposal.objects.get().subject == "structure:cafe"
    person.post(f"{link}zurueckziehen/")
    assert not Proposal.objects.exists()


def test_fehlt_der_letzte_tag_nennt_die_meldung_den_eintrag_und_was_genuegt(person):
    of = survey()
    question(of, "entries")
    owner = world.organisation(key="vhs")
    world.structure(key="cafe", name="Café", organisation=owner)
    _, link = invite(of, organisation="vhs")
    gone = {"umfrage_entries.cafe": "gone", "_stand": "0"}
    page = text(person.post(f"{link}seite/1/", gone))
    assert "(Café)</a>: Bitte angeben, bis wann es das Angebot gab; ungefähr genügt." in page


@pytest.mark.parametrize("link_of", [lambda of: invite(of, organisation="vhs")[1], open_link])
def test_wer_keine_eintraege_hat_wird_nicht_danach_gefragt_und_kann_absenden(person, link_of):
    of = survey(open_link=True)
    question(of, "entries", required=True)
    question(of, "text", page=2)
    world.organisation(key="vhs")
    link = link_of(of)
    here = person.get(link)
    if "offen" in link:
        for said in ({"_beginn": "1"}, {"umfrage_text": "Kurse", "_weiter": "1"}, {"_senden": "1"}):
            here = person.post(f"{link}fragen/", {**fields_of(here), **said})
    else:
        assert f'href="{link}seite/2/"' in text(here)
        person.post(f"{link}seite/2/", {"umfrage_text": "Kurse", "_stand": "0"})
        person.post(f"{link}uebersicht/", {"_stand": "1"})
    assert Response.objects.get().sent


@pytest.fixture
def branching(fixed_day):  # noqa: ARG001 - comes before
    """A choice; who says "eins" is asked about entries, who says "zwei" must give a number."""
    of = survey()
    first = question(of, "choice", required=True)
    one, two = ({"question": first.key, "is": [code]} for code in ("eins", "zwei"))
    question(of, "entries", page=2, condition=one)
    question(of, "number", page=3, required=True, condition=two)
    world.structure(key="cafe", organisation=world.organisation(key="vhs"))
    _, link = invite(of, organisation="vhs")
    return link


def test_wer_nach_dem_absenden_anders_abbiegt_sagt_nichts_mehr_auf_dem_alten_weg(person, branching):
    link = branching
    person.post(f"{link}seite/1/", {"umfrage_choice": "eins", "_stand": "0"})
    gone = {"umfrage_entries.cafe": "gone", "umfrage_entries.cafe.until": "31.12.2017"}
    person.post(f"{link}seite/2/", {**gone, "_stand": "1"})
    person.post(f"{link}uebersicht/", {"_stand": "2"})
    assert Proposal.objects.exists()
    turned = person.post(f"{link}seite/1/", {"umfrage_choice": "zwei", "_stand": "3"})
    assert Response.objects.get().values == {"umfrage_choice": "zwei"}
    assert not Proposal.objects.exists()
    # The number is needed now; it is asked for, and said to be missing.
    assert turned["Location"] == f"{link}seite/3/"
    page = text(person.get(f"{link}uebersicht/"))
    assert "Es fehlt noch: Frage: Zahl" in page
    assert "Mehr ist nicht zu tun" not in page
    person.post(f"{link}seite/3/", {"umfrage_number.low": "12", "_stand": "4"})
    assert "Mehr ist nicht zu tun" in text(person.get(f"{link}uebersicht/"))


def test_zurueck_mit_etwas_unlesbarem_laesst_stehen_was_gespeichert_war(person, branching):
    link = branching
    person.post(f"{link}seite/1/", {"umfrage_choice": "zwei", "_stand": "0"})
    person.post(f"{link}seite/3/", {"umfrage_number.low": "12", "_stand": "1"})
    before = Response.objects.get().values
    back = {"umfrage_number.low": "abc", "_stand": "2", "_zurueck": "1"}
    assert person.post(f"{link}seite/3/", back)["Location"] == f"{link}seite/1/"
    assert Response.objects.get().values == before


def test_was_noetig_ist_und_fehlt_wird_am_feld_gesagt(person, asked):
    _, link = invite(asked)
    refused = person.post(f"{link}seite/1/", {"_stand": "0"})
    assert refused.status_code == 422
    assert "Bitte antworten: Diese Frage ist nötig." in text(refused)
    assert 'href="#frage-umfrage_choice"' in text(refused)
    assert not Response.objects.exists()
    person.post(f"{link}seite/2/", {"umfrage_text": "x", "_stand": "0"})
    refused = person.post(f"{link}uebersicht/", {"_stand": "1"})
    assert refused.status_code == 422
    assert "Es fehlt noch: Frage: eine Antwort" in text(refused)


def test_zwei_geraete_ueberschreiben_einander_nicht(person, asked):
    _, link = invite(asked)
    person.post(f"{link}seite/2/", {"umfrage_text": "zuerst", "_stand": "0"})
    late = person.post(f"{link}seite/2/", {"umfrage_text": "danach", "_stand": "0"})
    assert late.status_code == 409
    assert "an einem anderen Gerät" in text(late)
    assert "danach" in text(late)
    assert Response.objects.get().values == {"umfrage_text": "zuerst"}
    seen = fields_of(late)["_stand"]
    person.post(f"{link}seite/2/", {"umfrage_text": "danach", "_stand": seen})
    assert Response.objects.get().values == {"umfrage_text": "danach"}


def test_zurueck_speichert_auch_und_verlangt_nichts(person, asked):
    _, link = invite(asked)
    answer = person.post(f"{link}seite/2/", {"umfrage_text": "x", "_stand": "0", "_zurueck": "1"})
    assert answer["Location"] == f"{link}seite/1/"
    assert Response.objects.get().values == {"umfrage_text": "x"}


def test_zurueckgezogen_ist_alles_geloescht_und_man_kann_neu_beginnen(person, asked):
    invited, link = invite(asked)
    answered(asked, invited, {"umfrage_choice": "eins"})
    Invitation.objects.update(used=True)
    assert "gelöscht" in text(person.get(f"{link}zurueckziehen/"))
    page = text(person.post(f"{link}zurueckziehen/", follow=True))
    assert "Ihre Antworten sind gelöscht." in page
    assert not Response.objects.exists()
    assert not Invitation.objects.get().used


def test_antworten_vom_letzten_mal_lassen_sich_uebernehmen(person, asked):
    before = survey(key="frueher", state="closed")
    question(before, "choice", key="frueher_choice")
    question(before, "text", german="Ganz anders?", key="frueher_x")
    changed(asked, previous=before)
    old, _ = invite(before, organisation="vhs")
    answered(before, old, {"frueher_choice": "drei", "frueher_x": "passt zu nichts"})
    _, link = invite(asked, organisation="vhs")
    assert "vom letzten Mal" in text(person.get(link))
    answer = person.post(f"{link}voriges/")
    assert answer["Location"] == f"{link}seite/1/"
    assert Response.objects.get(survey=asked).values == {"umfrage_choice": "drei"}


def test_nach_dem_ende_vor_dem_anfang_und_ohne_einladung_ist_nichts_zu_sehen(person, asked):
    invited, link = invite(asked)
    changed(asked, opens=date(2017, 6, 2))
    assert "noch nicht begonnen" in text(person.get(link))
    changed(asked, opens=date(2017, 5, 1), closes=date(2017, 6, 1))
    over = person.post(f"{link}seite/2/", {"umfrage_text": "x", "_stand": "0"})
    assert over.status_code == 410
    assert "zu Ende" in text(over)
    changed(asked, closes=date(2017, 7, 1))
    Invitation.objects.filter(pk=invited.pk).update(withdrawn=True)
    assert person.get(link).status_code == 410
    assert person.get("/umfrage/x/").status_code == 404
    assert "Frage" not in text(person.get(link))


def test_wer_raet_wird_gebremst(person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_by_link": "2/m/ip"}
    codes = [person.get(f"/umfrage/{number}/").status_code for number in range(3)]
    assert codes == [404, 404, 429]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_a_fixed_number_of_statements(person, asked, rows):
    for number in range(rows - 1):
        question(asked, "text", key=f"umfrage_mehr_{number}")
    _, link = invite(asked)
    said = {f"umfrage_mehr_{number}": "x" for number in range(rows)}
    with CaptureQueriesContext(connection) as seen:
        person.get(f"{link}seite/1/")
    assert len(seen) == 3
    with CaptureQueriesContext(connection) as saved:
        person.post(f"{link}seite/1/", {"umfrage_choice": "eins", "_stand": "0", **said})
    assert Response.objects.exists()
    with CaptureQueriesContext(connection) as saved_again:
        person.post(f"{link}seite/1/", {"umfrage_choice": "zwei", "_stand": "1", **said})
    assert Response.objects.get().values["umfrage_choice"] == "zwei"
    # Within a transaction of its own: two statements, and the savepoints of a test.
    assert (len(saved), len(saved_again)) == (9, 7)


# Anonymous: in the browser until it is sent


@pytest.fixture
def secret(fixed_day):  # noqa: ARG001 - comes before
    of = survey(mode="anonymous", threshold=3, open_link=True)
    question(of, "choice", required=True)
    question(of, "text", page=2)
    changed(of, group_question="umfrage_choice")
    return of


def through(person, link, *, choice="zwei", words="Mehr Kurse"):
    """Go through both pages; give the page with all answers."""
    here = person.post(f"{link}fragen/", {"_beginn": "1"})
    here = person.post(
        f"{link}fragen/", {**fields_of(here), "umfrage_choice": choice, "_weiter": "1"}
    )
    return person.post(f"{link}fragen/", {**fields_of(here), "umfrage_text": words, "_weiter": "1"})


def send(person, link, **said):
    everything = through(person, link, **said)
    return person.post(f"{link}fragen/", {**fields_of(everything), "_senden": "1"}, follow=True)


def test_anonym_steht_der_tag_des_loeschens_da_und_nicht_wer_antwortet(person, secret):
    changed(secret, keep_until=date(2017, 12, 31))
    _, link = invite(secret, organisation="vhs", name="VHS")
    page = text(person.get(link))
    assert "Ihre Antworten werden am 31.12.2017 gelöscht." in page
    assert "Sie antworten für" not in page


def test_anonym_wird_vor_dem_absenden_nichts_gespeichert_als_zahlen(person, secret):
    _, link = invite(secret)
    assert "anonym" in text(person.get(link))
    everything = text(through(person, link))
    assert "Zwei" in everything
    assert "Mehr Kurse" in everything
    assert not Response.objects.exists()
    assert not WaitingAnswer.objects.exists()
    assert not Invitation.objects.get().used
    assert dict(PageCount.objects.values_list("page", "reached")) == {1: 1, 2: 1}


def test_anonym_abgesendet_wartet_die_antwort_und_der_verweis_gilt_nicht_mehr(person, secret):
    _, link = invite(secret)
    assert "Niemand weiß, welche Antworten Ihre sind." in text(send(person, link))
    waiting = WaitingAnswer.objects.get()
    assert waiting.values == {"umfrage_choice": "zwei", "umfrage_text": "Mehr Kurse"}
    assert Invitation.objects.get().used
    assert "Ihre Antwort ist schon da" in text(person.get(link))
    assert person.post(f"{link}fragen/", {"_senden": "1"}).status_code == 410
    assert WaitingAnswer.objects.count() == 1


def test_zurueck_und_aendern_verlieren_nichts(person, secret):
    _, link = invite(secret)
    everything = through(person, link)
    first = person.post(f"{link}fragen/", {**fields_of(everything), "_zu": "1"})
    assert 'value="zwei" checked' in text(first)
    assert fields_of(first)["umfrage_text"] == ["Mehr Kurse"]
    back = person.post(f"{link}fragen/", {**fields_of(everything), "_zurueck": "1"})
    assert "Mehr Kurse</textarea>" in text(back)
    assert dict(PageCount.objects.values_list("page", "reached")) == {1: 1, 2: 1}


def test_fehlt_etwas_wird_nichts_abgesendet(person, secret):
    _, link = invite(secret)
    refused = person.post(f"{link}fragen/", {"umfrage_text": "x", "_senden": "1"})
    assert refused.status_code == 422
    assert "Seite 1 von 2" in text(refused)
    assert fields_of(refused)["umfrage_text"] == ["x"]
    assert not WaitingAnswer.objects.exists()


def test_anonyme_seiten_setzen_kein_cookie_und_keine_sitzung(person, secret):
    _, link = invite(secret)
    page = person.get(link)
    send(person, link)
    assert dict(person.cookies.items()).keys() <= {f"umfrage_{secret.pk}"}
    assert page["Cache-Control"] == "no-store"
    assert "csrf" not in text(page)


def test_der_offene_verweis_gilt_fuer_viele_und_je_geraet_einmal(secret):
    link = open_link(secret)
    for choice in ("eins", "eins", "eins", "zwei"):
        one = Client(enforce_csrf_checks=True)
        assert "Vielen Dank" in text(send(one, link, choice=choice))
        assert "Ihre Antwort ist schon da" in text(one.get(link))
    assert set(AnonymousAnswer.objects.values_list("group", "channel")) == {("Eins", "open-link")}
    assert AnonymousAnswer.objects.count() == 3
    assert WaitingAnswer.objects.get().group == "Zwei"


def test_ueber_den_offenen_verweis_kommen_hoechstens_so_viele_in_der_minute(settings, secret):
    settings.ACCOUNT_RATE_LIMITS = {"answer_by_open_link": "2/m/key"}
    link = open_link(secret)
    seen = [send(Client(), link, choice="eins").status_code for _ in range(3)]
    assert seen == [200, 200, 429]


def test_in_einer_namentlichen_umfrage_zaehlt_der_offene_verweis_sofort(person, asked):
    changed(asked, open_link=True)
    send(person, open_link(asked))
    saved = Response.objects.get()
    assert (saved.channel, saved.invitation, bool(saved.sent)) == ("open-link", None, True)


# Languages


def test_die_seiten_sprechen_die_sprache_der_wahl_des_browsers_oder_der_einladung(person, asked):
    _, link = invite(asked)
    turkish = text(person.get(f"{link}seite/1/", headers={"Accept-Language": "tr,de;q=0.5"}))
    assert '<html lang="tr">' in turkish
    assert "Soru" in turkish
    _, arabic = invite(asked, name="B", language="ar")
    page = text(Client().get(f"{arabic}seite/1/"))
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="de" dir="ltr">Frage: eine Antwort</span>' in page
    chosen = Client()
    chosen.get(f"{link}?sprache=uk")
    assert '<html lang="uk">' in text(chosen.get(link))


def test_eine_sprache_die_niemand_geprueft_hat_sagt_es(person, asked):
    _, link = invite(asked)
    said = "maschin"
    assert said not in text(person.get(link))
    english = "machine"
    assert english in text(person.get(f"{link}?sprache=en"))
    world.language_release(language="en")
    assert LanguageRelease.objects.exists()
    assert english not in text(person.get(f"{link}?sprache=en"))


def test_nur_die_sprachen_der_umfrage_werden_angeboten(person, asked):
    changed(asked, languages=["de", "tr"])
    _, link = invite(asked)
    page = text(person.get(link, headers={"Accept-Language": "ru"}))
    assert '<html lang="de">' in page
    assert "Türkçe" in page
    assert "Русский" not in page


def test_mitten_in_der_anonymen_umfrage_wechselt_die_sprache_ohne_verlust(person, secret):
    _, link = invite(secret)
    here = person.post(f"{link}fragen/", {"_beginn": "1"})
    given = {**fields_of(here), "umfrage_choice": "zwei", "_sprache": "ar"}
    page = person.post(f"{link}fragen/", given)
    assert '<html lang="ar" dir="rtl">' in text(page)
    assert 'value="zwei" checked' in text(page)


def test_auch_namentlich_wechselt_die_sprache_mitten_auf_der_seite_ohne_verlust(person, asked):
    _, link = invite(asked)
    here = person.get(f"{link}seite/2/")
    given = {**fields_of(here), "umfrage_text": "Noch nicht fertig"}
    button = re.search(r'<button class="g-option"[^>]*name="(_sprache)" value="(tr)"', text(here))
    page = text(person.post(f"{link}seite/2/", {**given, button[1]: button[2]}))
    assert '<html lang="tr">' in page
    assert "Noch nicht fertig" in page
    assert not Response.objects.exists()
    assert '<html lang="tr">' in text(person.get(link))


def test_wer_noch_einmal_absenden_muss_ueberschreibt_damit_kein_anderes_geraet(person, asked):
    _, link = invite(asked)
    here = f"{link}seite/1/"
    Client().post(here, {"umfrage_choice": "eins", "_stand": "0"})
    refused = person.post(here, {"_stand": "0"})
    assert refused.status_code == 422
    second = person.post(here, {**fields_of(refused), "umfrage_choice": "zwei"})
    assert second.status_code == 409
    assert Response.objects.get().values == {"umfrage_choice": "eins"}


def test_protokolle_nennen_weder_verweise_noch_wer_zugreift(secret):
    for link in (invite(secret)[1], open_link(secret)):
        line = LogRecord("x", ERROR, "", 1, "Forbidden: %s", (f"{link}fragen/",), None)
        assert HideLinks().filter(line)
        assert link.split("/")[-2] not in line.getMessage()
    assert not [word for word in _web("localhost", 8000, 2) if "access" in word]


# At the desk


def test_fuer_jemanden_der_anruft_wird_die_antwort_am_arbeitsplatz_aufgenommen(client, asked):
    sit_down(client)
    invited, _ = invite(asked)
    way = f"{DESK}bedarfe/antworten/umfrage/{invited.pk}/"
    assert "Antwort aufnehmen" in text(client.get(way))
    begun = client.post(way, {"channel": "phone", "taken_by": "Sachbearbeitung"})
    assert begun["Location"] == f"{way}seite/1/"
    assert "Frage: eine Antwort" in text(client.get(f"{way}seite/1/"))
    client.post(f"{way}seite/1/", {"umfrage_choice": "eins", "_stand": "1"})
    client.post(f"{way}seite/2/", {"umfrage_text": "x", "_stand": "2"})
    done = client.post(f"{way}uebersicht/", {"_stand": "3"}, follow=True)
    assert "Antwort aufgenommen: VHS." in text(done)
    saved = Response.objects.get()
    assert (saved.channel, saved.taken_by, bool(saved.sent)) == ("phone", "Sachbearbeitung", True)


def test_eine_aufgenommene_antwort_findet_sich_wieder_und_bleibt_nach_dem_ende_wie_sie_ist(
    client, asked
):
    sit_down(client)
    invited, _ = invite(asked)
    way = f"{DESK}bedarfe/antworten/umfrage/{invited.pk}/"
    home = f"{DESK}bedarfe/umfragen/umfrage/ruecklauf/"
    client.post(way, {"channel": "phone", "taken_by": "Sachbearbeitung"})
    client.post(f"{way}seite/1/", {"umfrage_choice": "eins", "_stand": "1"})
    assert "Antwort ansehen" not in text(client.get(home))
    client.post(f"{way}uebersicht/", {"_stand": "2"})
    page = text(client.get(home))
    assert f'href="{way}uebersicht/"' in page
    assert "Sachbearbeitung" in page
    changed(asked, state="closed")
    assert "Eins" in text(client.get(f"{way}uebersicht/"))
    refused = client.post(f"{way}seite/1/", {"umfrage_choice": "zwei", "_stand": "3"})
    assert refused.status_code == 422
    assert Response.objects.get().values == {"umfrage_choice": "eins"}


def test_nach_dem_aufnehmen_fuehrt_ein_knopf_zum_ruecklauf_zurueck(client, person, asked):
    sit_down(client)
    invited, link = invite(asked)
    way = f"{DESK}bedarfe/antworten/umfrage/{invited.pk}/"
    home = f"{DESK}bedarfe/umfragen/umfrage/ruecklauf/"
    client.post(way, {"channel": "phone", "taken_by": "Sachbearbeitung"})
    assert f'href="{home}"' in text(client.get(f"{way}seite/1/"))
    client.post(f"{way}seite/1/", {"umfrage_choice": "eins", "_stand": "1"})
    done = text(client.post(f"{way}uebersicht/", {"_stand": "2"}, follow=True))
    assert "Zum Rücklauf" in done
    assert "Sie können diese Seite schließen" not in done
    # Who answers by the link has no desk to go back to.
    person.post(f"{link}seite/1/", {"umfrage_choice": "eins", "_stand": "3"})
    own = text(person.get(f"{link}uebersicht/"))
    assert "Zum Rücklauf" not in own


def test_wer_nach_dem_anruf_selbst_weitermacht_hat_selbst_geantwortet(client, person, asked):
    sit_down(client)
    invited, link = invite(asked)
    way = f"{DESK}bedarfe/antworten/umfrage/{invited.pk}/"
    client.post(way, {"channel": "phone", "taken_by": "Sachbearbeitung"})
    person.post(f"{link}seite/1/", {"umfrage_choice": "eins", "_stand": "1"})
    saved = Response.objects.get()
    assert (saved.channel, saved.taken_by) == ("link", "")


def test_wer_selbst_geantwortet_hat_fuer_den_nimmt_niemand_auf(client, asked):
    sit_down(client)
    invited, _ = invite(asked)
    answered(asked, invited, {})
    way = f"{DESK}bedarfe/antworten/umfrage/{invited.pk}/"
    refused = client.post(way, {"channel": "phone", "taken_by": "X"})
    assert refused.status_code == 422
    assert "hat schon selbst geantwortet" in text(refused)


@pytest.mark.usefixtures("secret")
def test_ein_papierbogen_einer_anonymen_umfrage_gehoert_zu_keiner_einladung(client):
    sit_down(client)
    way = f"{DESK}bedarfe/antworten/umfrage/papier/"
    here = client.get(way)
    here = client.post(way, {**fields_of(here), "umfrage_choice": "eins", "_weiter": "1"})
    here = client.post(way, {**fields_of(here), "umfrage_text": "Bogen", "_weiter": "1"})
    done = client.post(way, {**fields_of(here), "_senden": "1"}, follow=True)
    assert "Papierbogen aufgenommen." in text(done)
    waiting = WaitingAnswer.objects.get()
    assert (waiting.channel, waiting.values["umfrage_text"]) == ("paper", "Bogen")
    assert not PageCount.objects.exists()


def test_wer_nicht_fragen_darf_nimmt_nichts_auf(client, asked):
    sit_down(client, role="reader")
    invited, _ = invite(asked)
    for way in (f"umfrage/{invited.pk}/", f"umfrage/{invited.pk}/seite/1/", "umfrage/papier/"):
        assert client.get(f"{DESK}bedarfe/antworten/{way}").status_code in {403, 404}


def test_noch_gilt_die_umfrage_bis_zum_letzten_tag(person, asked):
    changed(asked, closes=date(2017, 6, 1) + timedelta(days=1))
    _, link = invite(asked)
    assert "bis zum 01.06.2017" in text(person.get(link))
