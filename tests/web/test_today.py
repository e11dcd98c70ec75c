"""Heute: what waits for the person, done in place."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import world
from tests.web.desk import DESK, SCRIPT, TODAY, county, sit_down, text

from gelingen.access.invitations import invite
from gelingen.desk.models import Postponed, Visit
from gelingen.findings.commands import judge
from gelingen.findings.models import Finding, Verdict
from gelingen.findings.run import run_analyses
from gelingen.history.recording import change, new_batch
from gelingen.plan.models import Measure
from gelingen.register.models import Funding, Structure
from gelingen.terms.vocabulary import Decision, Verb
from gelingen.web.register.extending import proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def do(client, what, row, **given):
    return client.post(f"{DESK}heute/{what}/", {"row": row, **given}, follow=True)


def test_one_sentence_says_how_much_waits_and_how_long_it_takes(client):
    county()
    sit_down(client)
    assert "Punkte warten, zusammen etwa" in text(client.get(DESK))


def test_bei_vielen_punkten_steht_da_was_in_zwanzig_minuten_zu_schaffen_ist(client):
    county(6)
    sit_down(client)
    assert "Die ersten sechs dauern etwa 20 Minuten." in text(client.get(DESK))


def test_what_ends_first_stands_on_top_with_what_hangs_on_it(client):
    county(2)
    world.funding(structure=world.structure(name="Lotsin"), ends=date(2017, 9, 1))
    sit_down(client)
    page = text(client.get(DESK))
    assert page.index("Lotsin") < page.index("Sprachcafé 0")
    assert "Am 31.08.2017 endet das Geld für Lotsin" in page


def test_verlaengern_geschieht_in_der_zeile_und_sie_verschwindet(client):
    county()
    sit_down(client)
    assert "ending:funding:f_0" in text(client.get(DESK))
    page = text(do(client, "verlaengern", "ending:funding:f_0", until="31.12.2019"))
    assert Funding.objects.get(key="f_0").ends == date(2020, 1, 1)
    assert "Verlängert bis 31.12.2019" in page
    assert "ending:funding:f_0" not in page
    assert "Rückgängig" in page


def test_vorgeschlagen_wird_derselbe_letzte_tag_ein_jahr_spaeter(client):
    county()
    sit_down(client)
    assert 'value="31.12.2018"' in text(client.get(DESK))
    assert proposal(date(2024, 2, 29)) == "28.02.2025"
    assert proposal(date(2024, 3, 1)) == "28.02.2025"


def test_was_die_regeln_der_eintraege_verbieten_wird_in_einem_satz_gesagt(client):
    world.funding(key="f", starts=date(2019, 1, 1), ends=None)
    sit_down(client)
    answer = do(client, "verlaengern", "ending:funding:f", until="31.12.2018")
    assert answer.status_code == 422
    assert "Das Ende muss nach dem Beginn liegen." in text(answer)
    assert "So geht es nicht" not in text(answer)


def test_ein_unmoegliches_ende_bleibt_in_der_zeile_stehen(client):
    county()
    sit_down(client)
    answer = do(client, "verlaengern", "ending:funding:f_0", until="31.12.2016")
    assert answer.status_code == 422
    assert "Das neue Ende muss nach dem 31.12.2017 liegen." in text(answer)
    assert 'value="31.12.2016"' in text(answer)


def test_alle_eintraege_eines_traegers_werden_mit_einem_klick_bestaetigt(client):
    county()
    sit_down(client)
    page = text(do(client, "bestaetigen", "confirm:organisation:traeger_0"))
    assert Structure.objects.get(key="angebot_0").last_confirmed == TODAY
    assert "confirm:organisation:traeger_0" not in page


def test_was_schon_bestaetigt_ist_wird_nicht_noch_einmal_bestaetigt(client):
    county()
    sit_down(client)
    do(client, "bestaetigen", "confirm:organisation:traeger_0")
    answer = do(client, "bestaetigen", "confirm:organisation:traeger_0")
    assert "warten nicht mehr auf eine Bestätigung" in text(answer)
    assert "0 Einträge" not in text(answer)


def test_ein_befund_wird_in_der_zeile_bewertet(client):
    county()
    sit_down(client)
    row = f"finding:finding:{Finding.objects.get().pk}"
    given = {"decision": "accepted", "reason": "zu klein", "by_function": "Steuerungsgruppe"}
    page = text(do(client, "bewerten", row, **given))
    assert Verdict.objects.get().reason == "zu klein"
    assert row not in page


def test_ohne_begruendung_wird_nicht_bewertet(client):
    county()
    sit_down(client)
    row = f"finding:finding:{Finding.objects.get().pk}"
    answer = do(client, "bewerten", row, decision="accepted", by_function="Steuerungsgruppe")
    assert "Bitte die Bewertung begründen; ein Satz genügt." in text(answer)
    assert not Verdict.objects.exists()


def test_keine_bewertung_ist_vorausgewaehlt(client):
    county()
    sit_down(client)
    assert '<option value="">bitte wählen</option>' in text(client.get(DESK))


def test_eine_massnahme_bekommt_ihre_federfuehrung_nach_dem_namen(client):
    county()
    world.measure(key="m_ohne", lead=None)
    sit_down(client)
    do(client, "zuweisen", "incomplete:measure:m_ohne", lead="Träger 0")
    assert Measure.objects.get(key="m_ohne").lead.key == "traeger_0"
    answer = do(client, "zuweisen", "incomplete:measure:m_ohne", lead="Niemand")
    assert "ist nicht eingetragen" in text(answer)


def test_gleichnamige_stellen_werden_an_ihrer_kennung_unterschieden(client):
    county()
    for key in ("amt_a", "amt_b"):
        world.organisation(key=key, name="Sozialamt")
    measure = world.measure(key="m_ohne", title="Ohne Federführung")
    sit_down(client)
    assert '<option value="Sozialamt (amt_b)">' in text(client.get(DESK))
    row = "incomplete:measure:m_ohne"
    refused = text(do(client, "zuweisen", row, lead="Sozialamt"))
    assert "heißen mehrere" in refused
    assert Measure.objects.get(key=measure.key).lead is None
    do(client, "zuweisen", row, lead="Sozialamt (amt_a)")
    assert Measure.objects.get(key=measure.key).lead.key == "amt_a"


def test_ein_meilenstein_ist_nach_seinem_letzten_tag_ueberfaellig(client):
    county()
    measure = world.measure(key="m_1", title="Lotsen")
    world.milestone(key="ms_1", title="Konzept liegt vor", measure=measure, due=TODAY)
    world.milestone(key="ms_2", title="Ausschreibung", measure=measure, due=date(2017, 6, 2))
    sit_down(client)
    page = text(client.get(DESK))
    assert "milestone:ms_1" in page
    assert "sollte bis zum 31.05.2017 erreicht sein" in page
    assert "milestone:ms_2" not in page
    assert "bis 31.05.2017" in text(client.get(f"{DESK}plan/massnahmen/m_1/"))


@pytest.mark.parametrize("maturity", ["finished", "handed_over", "dropped"])
def test_eine_beendete_massnahme_ist_nicht_ueberfaellig_und_ihre_meilensteine_auch_nicht(
    client, maturity
):
    county()
    measure = world.measure(key="m_1", ends=TODAY, maturity=maturity)
    world.milestone(key="ms_1", measure=measure, due=TODAY)
    sit_down(client)
    page = text(client.get(DESK))
    assert "overdue:measure:m_1" not in page
    assert "milestone:ms_1" not in page


def test_eine_ueberfaellige_massnahme_sagt_was_sie_erledigt_und_fuehrt_zur_umsetzung(client):
    county()
    world.measure(key="m_1", ends=TODAY, maturity="running")
    sit_down(client)
    page = text(client.get(DESK))
    assert "sein; der Umsetzungsstand ist nicht „abgeschlossen“." in page
    way = f"{DESK}plan/massnahmen/m_1/teil/umsetzung/"
    assert f'href="{way}?feld=light"' in page
    stand = client.get(way).context["edited"].thing.version
    client.post(way, {"stand": stand, "light": "done"})
    assert "overdue:measure:m_1" not in text(client.get(DESK))


def test_zurueckgestellt_verschwindet_bis_zu_seinem_tag_und_laesst_sich_zurueckholen(client):
    county()
    sit_down(client)
    row = "ending:funding:f_0"
    page = text(do(client, "spaeter", row, until="01.08.2017"))
    assert "bis 01.08.2017" in page
    assert "Verlängern" not in page.replace("bis 01.08.2017", "")
    assert Postponed.objects.get().until == date(2017, 8, 1)
    assert "Verlängern" in text(do(client, "wieder", row))


def test_auf_gestern_laesst_sich_nichts_zurueckstellen(client):
    county()
    sit_down(client)
    answer = do(client, "spaeter", "ending:funding:f_0", until="31.05.2017")
    assert "Bitte einen Tag nach dem 01.06.2017 angeben." in text(answer)


def see(client, page=None):
    """Press "Gesehen" on the page, or on one that was opened before."""
    until = re.search(r'name="bis" value="([^"]+)"', page or text(client.get(DESK))).group(1)
    return client.post(f"{DESK}heute/gesehen/", {"bis": until}, follow=True)


def test_gesehen_ist_nur_was_auf_der_seite_stand(client):
    county()
    sit_down(client)
    before = text(client.get(DESK))
    world.structure(name="Eben erst")
    page = text(see(client, before))
    told = page[page.index("Was war?") :]
    assert "Eben erst" in told
    assert "Sprachcafé 0" not in told


def test_was_nicht_mehr_hineinpasst_wird_gezaehlt_und_laesst_sich_zeigen(client):
    sit_down(client)
    for number in range(14):
        world.topic(name=f"Thema {number}")
    world.structure(name="Angebot")
    page = text(client.get(DESK))
    assert "4 weitere zeigen" in page
    assert "Thema 0<" not in page
    assert "Thema 0<" in text(client.get(DESK, {"alle": "ja"}))


@pytest.mark.parametrize("until", ["", "gestern", "2017-02-30T10:00:00+00:00", "2017-06-01T10:00"])
def test_ohne_zeitpunkt_ist_nichts_gesehen(client, until):
    county()
    sit_down(client)
    answer = client.post(f"{DESK}heute/gesehen/", {"bis": until}, follow=True)
    assert answer.status_code == 422
    assert "Bitte die Seite neu laden" in text(answer)
    assert not Visit.objects.exists()


def test_was_andere_geaendert_haben_steht_da_bis_es_gesehen_ist(client):
    county()
    sit_down(client)
    page = text(client.get(DESK))
    assert "Sprachcafé 0" in page[page.index("Was war?") :]
    page = text(see(client))
    assert "Nichts." in page[page.index("Was war?") :]


def test_was_jemand_in_einem_zug_geaendert_hat_ist_eine_zeile(client):
    county()
    sit_down(client)
    see(client)
    structures = [world.structure(key=f"neu_{number}") for number in range(5)]
    batch = new_batch()
    for one in structures:
        with change(by="Import", verb=Verb.IMPORTED, of=one, batch=batch):
            one.note = "läuft aus"
    page = text(client.get(DESK))
    told = page[page.index("Was war?") :]
    assert "<strong>5 Einträge</strong> aus einer Arbeitsmappe übernommen, Import" in told


def test_was_die_auswertung_findet_verdraengt_nicht_was_andere_getan_haben(client):
    county()
    sit_down(client)
    see(client)
    world.structure(name="Neues Angebot")
    run_analyses(actor=world.OPERATOR, tenant=world.tenant(), on=TODAY)
    page = text(client.get(DESK))
    news = page[page.index("Was war?") :]
    assert "Neues Angebot" in news
    assert "festgestellt" not in news


@pytest.mark.parametrize(("role", "told"), [("reader", False), ("auditor", True)])
def test_von_einladungen_erfaehrt_nur_wer_konten_sehen_darf(client, role, told):
    county()
    sit_down(client, role=role)
    invite(
        actor=world.OPERATOR,
        tenant=world.tenant(),
        email="neu@example.org",
        role="reader",
        on=TODAY,
        at=timezone.now(),
    )
    assert ("neu@example.org" in text(client.get(DESK))) is told


def test_wer_keine_eintraege_sieht_erfaehrt_auch_ihre_namen_nicht(client):
    county()
    sit_down(client, role="administrator")
    assert "Sprachcafé 0" not in text(client.get(DESK, headers=SCRIPT))


def test_ein_partner_sieht_nur_das_eigene(client):
    county(2)
    own = Structure.objects.get(key="angebot_1").organisation
    sit_down(client, role="partner", organisation=own)
    page = text(client.get(DESK))
    assert "ending:funding:f_1" in page
    assert "ending:funding:f_0" not in page
    assert "finding:finding" not in page
    assert do(client, "verlaengern", "ending:funding:f_0", until="31.12.2019").status_code == 403


def test_lesende_haben_nichts_zu_tun(client):
    county()
    sit_down(client, role="reader")
    assert "Nichts wartet auf Sie." in text(client.get(DESK))


def test_ein_bewerteter_befund_wartet_nicht_mehr(client):
    county()
    person = sit_down(client)
    judge(
        actor=person, finding=Finding.objects.get(), decision=Decision.ACCEPTED,
        reason="zu klein", by_function="Steuerungsgruppe", on=TODAY,
    )  # fmt: skip
    assert "finding:finding" not in text(client.get(DESK))


def test_mit_skript_kommt_nur_die_liste_zurueck(client):
    county()
    sit_down(client)
    answer = client.post(
        f"{DESK}heute/bestaetigen/", {"row": "confirm:organisation:traeger_0"}, headers=SCRIPT
    )
    assert "<html" not in text(answer)
    assert "Ein Eintrag ist bestätigt." in text(answer)


def test_ruecknehmen_fuehrt_auf_die_seite_zurueck_die_offen_ist(client):
    county()
    sit_down(client)
    here = f"{DESK}?alle=ja"
    page = text(
        client.post(
            f"{DESK}heute/bestaetigen/",
            {"row": "confirm:organisation:traeger_0"},
            headers=SCRIPT | {"HX-Current-URL": f"http://testserver{here}"},
        )
    )
    assert f'name="zurueck" value="{here}"' in page


def test_aufgeklappt_bleibt_aufgeklappt_wenn_ein_punkt_erledigt_ist(client):
    county(20)
    sit_down(client)
    assert "weitere zeigen" in text(client.get(DESK))
    assert "weitere zeigen" in text(do(client, "bestaetigen", "confirm:organisation:traeger_0"))
    page = text(do(client, "bestaetigen", "confirm:organisation:traeger_1", alle="ja"))
    assert "weitere zeigen" not in page


def _names(page):
    """Names of what stands in the list, in its order."""
    return re.findall(r'<li class="g-auf(?:__gesagt)?" id="([\w-]+)"', page)


@pytest.mark.parametrize("script", [{}, {"headers": SCRIPT}])
def test_die_meldung_steht_wo_die_zeile_stand_und_die_naechste_nennt_sie(client, script):
    county(3)
    sit_down(client)
    rows = _names(text(client.get(DESK)))
    third = {"row": "ending:funding:f_2", "until": "31.12.2019", "naechste": rows[2]}
    page = text(client.post(f"{DESK}heute/verlaengern/", third, follow=True, **script))
    assert _names(page)[:4] == [*rows[:2], "gesagt", rows[2]]
    assert "Verlängert bis 31.12.2019" in page
    assert page.count('class="g-meldungen" role="status"') == 1
    assert 'data-naechste aria-describedby="gesagt"' in page


def test_ohne_skript_fuehrt_die_adresse_zur_meldung_und_ruecknehmen_auch(client):
    county()
    sit_down(client)
    given = {"row": "confirm:organisation:traeger_0", "naechste": "zeile-3", "alle": "ja"}
    answer = client.post(f"{DESK}heute/bestaetigen/", given)
    assert answer["Location"] == f"{DESK}?alle=ja&nach=zeile-3#gesagt"
    page = text(client.get(answer["Location"]))
    assert f'name="zurueck" value="{DESK}?alle=ja&amp;nach=zeile-3#gesagt"' in page


def test_nach_der_letzten_zeile_steht_die_meldung_darunter(client):
    county()
    sit_down(client)
    rows = _names(text(client.get(DESK)))
    given = {"row": "confirm:organisation:traeger_0", "naechste": rows[-1]}
    page = text(client.post(f"{DESK}heute/bestaetigen/", given, headers=SCRIPT))
    assert _names(page)[-2:] == [rows[-2], "gesagt"]


@pytest.mark.parametrize("asked", ["", "nach=", "nach=zeile-", "nach=zeile-99999999", "nach=a"])
def test_eine_unbekannte_zeile_laesst_die_meldung_oben(client, asked):
    county()
    sit_down(client)
    do(client, "wieder", "")
    client.post(f"{DESK}heute/wieder/", {"row": ""})
    page = text(client.get(f"{DESK}?{asked}"))
    assert page.index("steht wieder auf der Liste") < page.index("<h1")


def test_an_empty_tenant_is_told_how_to_begin(client):
    sit_down(client)
    assert "Noch nichts erfasst" in text(client.get(DESK))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_of_everything(client, number):
    county(number)
    sit_down(client)
    client.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        client.get(DESK)
    assert len(asked) == 20
