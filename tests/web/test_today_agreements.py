"""Heute: who is to lead waits for the units that have to agree."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.register.agreements import Terms, get_agreement, propose
from gelingen.register.models import Agreement, Responsibility
from gelingen.terms.vocabulary import Afterwards, Basis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def proposed(number=1):
    """Propose for so many tasks that Amt a leads and Träger b no longer does."""
    world.structure(key="angebot", name="Sprachcafé")
    units = [world.organisation(key=key, name=f"Stelle {key}") for key in "ab"]
    for position in range(number):
        task = world.task(key=f"aufgabe_{position}", name=f"Beratung {position}")
        for unit in units:
            world.responsibility(organisation=unit, task=task)
        found = Responsibility.objects.filter(task=task).first()
        cell = {
            name: getattr(found, name).key
            for name in ("task", "topic", "target_group", "territory")
        }
        terms = Terms(cell, "a", ("b",), Afterwards.END, date(2017, 7, 1), Basis.RESOLUTION)
        propose(actor=world.OPERATOR, tenant=world.tenant(), terms=terms)
    return units


def rows(page):
    return re.findall(r'name="row" value="(agreement:[^"]*)"', page)


def answer(client, what, row, **given):
    return client.post(f"{DESK}heute/{what}/", {"row": row, **given}, follow=True)


def test_ein_partner_liest_auf_heute_was_auf_seine_zustimmung_wartet(client):
    _, own = proposed()
    sit_down(client, role="partner", organisation=own)
    page = text(client.get(DESK))
    assert {row.split(":")[2] for row in rows(page)} == {"b"}
    assert "Beratung 0: Stelle b soll zustimmen" in page
    assert "Ab 01.07.2017 soll Stelle a federführend sein" in page
    assert "Grundlage: Beschluss." in page


def test_zustimmen_geschieht_in_der_zeile_und_ist_ruecknehmbar(client):
    _, own = proposed()
    sit_down(client, role="partner", organisation=own)
    row = rows(text(client.get(DESK)))[0]
    page = text(answer(client, "zustimmen", row, by="Leitung", until="30.05.2017"))
    assert "Bestätigung eingetragen: Beratung 0: Stelle a." in page
    assert not rows(page)
    assert Agreement.objects.get().consents == [
        {"organisation": "b", "on": "2017-05-30", "by": "Leitung"}
    ]
    client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', page)[1])
    assert Agreement.objects.get().consents == []
    assert rows(text(client.get(DESK)))


def test_mit_der_letzten_zustimmung_gilt_es(client):
    proposed()
    sit_down(client)
    first, second = dict.fromkeys(rows(text(client.get(DESK))))
    page = text(answer(client, "zustimmen", first, by="Leitung", until="30.05.2017"))
    assert "Bestätigt hat schon: Stelle a." in page
    page = text(answer(client, "zustimmen", second, by="Leitung", until="30.05.2017"))
    assert "Vereinbart: Beratung 0: Stelle a ab 01.07.2017." in page
    assert Responsibility.objects.get(organisation__key="b").ends == date(2017, 7, 1)


def test_ablehnen_braucht_einen_grund_und_schliesst_die_vereinbarung(client):
    _, own = proposed()
    sit_down(client, role="partner", organisation=own)
    row = rows(text(client.get(DESK)))[0]
    refused = answer(client, "nicht-zustimmen", row, reason="")
    assert refused.status_code == 422
    assert "Bitte begründen, warum die Stelle nicht zustimmt." in text(refused)
    page = text(answer(client, "nicht-zustimmen", row, reason="Kein Personal"))
    assert "Abgelehnt: Beratung 0: Stelle a." in page
    assert Agreement.objects.get().state == "refused"


def test_ohne_funktion_bleibt_die_zeile_mit_dem_satz_stehen(client):
    _, own = proposed()
    sit_down(client, role="partner", organisation=own)
    row = rows(text(client.get(DESK)))[0]
    refused = answer(client, "zustimmen", row, by="", until="30.05.2017")
    assert (refused.status_code, "Bitte die Funktion angeben" in text(refused)) == (422, True)


def test_wer_nur_liest_wird_nicht_gefragt_und_darf_nicht_antworten(client):
    proposed()
    sit_down(client, role="reader")
    assert not rows(text(client.get(DESK)))
    row = f"agreement:agreement:b:{Agreement.objects.get().key}"
    assert answer(client, "zustimmen", row, by="x", until="30.05.2017").status_code == 403


def test_die_seite_der_organisation_zeigt_ihre_vereinbarungen(client):
    proposed()
    world.organisation(key="c", name="Stelle c")
    sit_down(client)
    page = text(client.get(f"{DESK}bestand/organisationen/b/"))
    assert "Es fehlen: Stelle a, Stelle b." in page
    assert "Vereinbarungen" not in text(client.get(f"{DESK}bestand/organisationen/c/"))


def test_ist_sie_abgelehnt_steht_das_dort(client):
    proposed()
    found = get_agreement(world.OPERATOR, world.tenant(), Agreement.objects.get().key)
    sit_down(client)
    row = f"agreement:agreement:b:{found.key}"
    answer(client, "nicht-zustimmen", row, reason="Kein Personal")
    assert "abgelehnt." in text(client.get(f"{DESK}bestand/organisationen/b/"))


@pytest.mark.parametrize("number", [1, 3])
def test_vereinbarungen_kosten_keine_abfrage_mehr(client, number):
    county(number)
    proposed(number)
    sit_down(client)
    found = []
    for path in ("", "bestand/organisationen/b/"):
        client.get(DESK + path)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK + path)
        found.append(len(asked))
    assert found == [20, 6]
