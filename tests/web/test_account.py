"""Konto: how a person works, kept with the account."""

import pytest
from tests.web.desk import DESK, sit_down, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def test_die_taste_zur_suche_laesst_sich_ausschalten_und_bleibt_es(client):
    person = sit_down(client)
    assert 'aria-keyshortcuts="/"' in text(client.get(DESK))
    told = text(client.post("/konto/", {}, follow=True))
    assert "Gespeichert: Die Taste „/“ ist ausgeschaltet." in told
    client.logout()
    client.force_login(person)
    assert "aria-keyshortcuts" not in text(client.get(DESK))
    told = text(client.post("/konto/", {"single_keys": "on"}, follow=True))
    assert "Gespeichert: Die Taste „/“ springt zur Suche." in told
    assert 'aria-keyshortcuts="/"' in text(client.get(DESK))


def test_jede_person_waehlt_fuer_sich(client):
    sit_down(client)
    client.post("/konto/", {})
    sit_down(client)
    assert 'aria-keyshortcuts="/"' in text(client.get(DESK))
