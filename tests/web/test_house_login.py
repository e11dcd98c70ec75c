"""The login of the house, against a real OpenID Connect provider (npm package oidc-provider)."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from django.urls import reverse
from django.utils import timezone
from tests import world
from tests.web.desk import DESK, text
from tests.web.packages import package

from gelingen.access.invitations import invite
from gelingen.access.models import Membership, User
from gelingen.config.checks import operation_is_safe
from gelingen.config.env import SettingError, read_env
from gelingen.history.models import ChangeEvent

BACK = "/anmelden/oidc/haus/login/callback/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def house():
    """Start the provider; what it needs is installed on first use."""
    node = shutil.which("node")
    assert node, "Node.js fehlt (ab Version 18): scripts/need test"
    package("oidc-provider")
    script = Path(__file__).with_name("oidc") / "provider.mjs"
    running = subprocess.Popen(  # noqa: S603
        [node, str(script), f"http://testserver{BACK}"], stdout=subprocess.PIPE, text=True
    )
    port = running.stdout.readline().strip()
    assert port.isdecimal(), "Der Anbieter ist nicht gestartet."
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait(timeout=10)
    running.stdout.close()


@pytest.fixture(autouse=True)
def _settings(settings, house):
    app = {
        "provider_id": "haus",
        "name": "Anmeldung des Hauses",
        "client_id": "gelingen",
        "secret": "geheim-fuer-den-test",
        "settings": {"server_url": house},
    }
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**ours, "APPS": [app]}}


def enter(client, email):
    """Sign in at the house as somebody, as a browser would, and come back."""
    begun = client.post(reverse("openid_connect_login", kwargs={"provider_id": "haus"}))
    assert begun.status_code == 302, text(begun)
    url, session = begun.headers["Location"], requests.Session()
    assert "code_challenge=" in url
    for _ in range(12):
        if url.startswith("http://testserver"):
            session.close()
            return client.get(url.removeprefix("http://testserver"), follow=True)
        answer = session.get(url, allow_redirects=False)
        if answer.is_redirect:
            url = requests.compat.urljoin(url, answer.headers["Location"])
            continue
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text).group(1)
        action = re.search(r'action="([^"]+)"', answer.text).group(1)
        given = {"prompt": prompt, "login": email, "password": "x"}
        sent = session.post(requests.compat.urljoin(url, action), data=given, allow_redirects=False)
        url = requests.compat.urljoin(url, sent.headers["Location"])
    raise AssertionError("Der Anbieter führt im Kreis.")


def invited(email="mia@example.org", **more):
    return invite(
        actor=world.OPERATOR, tenant=world.tenant(), email=email, role="planner",
        on=timezone.now().date(), at=timezone.now(), **more,
    )  # fmt: skip


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_wer_eingeladen_ist_bekommt_mit_der_anmeldung_des_hauses_konto_und_rolle(client):
    invited()
    answer = enter(client, "mia@example.org")
    assert answer.redirect_chain[-1][0] == DESK
    person = User.objects.get(email="mia@example.org")
    assert [held.role for held in person.memberships.all()] == ["planner"]
    assert not person.has_usable_password()


def test_wer_nicht_eingeladen_ist_bekommt_kein_konto(client):
    world.tenant()
    answer = enter(client, "fremd@example.org")
    assert "hier sind Sie nicht eingeladen" in text(answer)
    assert not signed_in(client)
    assert not User.objects.exists()


def test_ein_bestehendes_konto_oeffnet_sich_mit_derselben_adresse(client):
    person = world.person(email="mia@example.org")
    enter(client, "mia@example.org")
    assert signed_in(client) == str(person.pk)
    client.logout()
    enter(client, "mia@example.org")
    assert signed_in(client) == str(person.pk)
    assert User.objects.count() == 1


def test_eine_adresse_die_das_haus_nicht_bestaetigt_oeffnet_nichts(client):
    world.person(email="x-unverified@example.org")
    invited("x-unverified@example.org")
    enter(client, "x-unverified@example.org")
    assert not signed_in(client)
    assert Membership.objects.count() == 1


def test_ein_gesperrtes_konto_oeffnet_auch_das_haus_nicht(client):
    world.person(email="mia@example.org", is_active=False)
    enter(client, "mia@example.org")
    assert not signed_in(client)


def test_die_anmeldung_bietet_das_haus_nur_an_wenn_es_eingestellt_ist(client, settings):
    page = reverse("account_login")
    assert "Anmeldung des Hauses" in text(client.get(page))
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Anmeldung des Hauses" not in text(client.get(page))


def test_eine_halbe_einstellung_wird_abgelehnt():
    with pytest.raises(SettingError, match="GELINGEN_OIDC_CLIENT"):
        read_env({"GELINGEN_OIDC_ADDRESS": "https://anmeldung.example.org"})


@pytest.fixture
def groups(settings):
    mapped = "integration=09473:planner; cn=lesende,ou=amt=09473:reader; lesende=09473:reader"
    settings.ENV = replace(settings.ENV, oidc_groups=mapped)
    return world.tenant()


def held(**given):
    roles = Membership.objects.filter(ends=None, **given)
    return sorted(roles.values_list("role", "by_house"))


@pytest.mark.usefixtures("groups")
def test_wer_in_einer_gruppe_ist_kommt_ohne_einladung_herein_und_hat_ihre_rolle(client):
    answer = enter(client, "mia+integration+fremd@example.org")
    assert answer.redirect_chain[-1][0] == DESK
    assert User.objects.get().email == "mia@example.org"
    assert held() == [("planner", True)]


@pytest.mark.usefixtures("groups")
def test_wer_in_keiner_genannten_gruppe_ist_bleibt_draussen(client):
    assert "hier sind Sie nicht eingeladen" in text(enter(client, "mia+fremd@example.org"))
    assert not User.objects.exists()


@pytest.mark.usefixtures("groups")
def test_mit_der_gruppe_wechselt_die_rolle_und_von_hand_gegebene_bleiben(client):
    enter(client, "mia+integration@example.org")
    person = User.objects.get()
    Membership.objects.create(user=person, tenant=world.tenant(), role="finance")
    client.logout()
    enter(client, "mia+lesende@example.org")
    assert held() == [("finance", False), ("reader", True)]
    ended = Membership.objects.get(role="planner")
    assert ended.ends is not None
    event = ChangeEvent.objects.filter(verb="ended").get()
    assert event.by == "Anmeldung des Hauses"
    client.logout()
    enter(client, "mia@example.org")
    assert held() == [("finance", False)]


@pytest.mark.usefixtures("groups")
def test_was_von_hand_gegeben_ist_gibt_die_gruppe_nicht_noch_einmal(client):
    world.person(email="mia@example.org", role="reader")
    enter(client, "mia+lesende@example.org")
    assert held() == [("reader", False)]


@pytest.mark.usefixtures("groups")
def test_ein_konto_dem_das_haus_die_adresse_nicht_bestaetigt_bekommt_auch_mit_gruppe_nichts(client):
    enter(client, "x-unverified+integration@example.org")
    assert not User.objects.exists()


def test_ohne_einstellung_geben_gruppen_nichts(client):
    world.person(email="mia@example.org", role="reader")
    enter(client, "mia+integration@example.org")
    assert held() == [("reader", False)]


@pytest.mark.parametrize("text_", ["a", "a=09473", "=09473:reader", "a=:reader"])
def test_eine_falsch_geschriebene_zuordnung_wird_abgelehnt(text_):
    with pytest.raises(SettingError, match="richtig wäre etwa"):
        read_env({"GELINGEN_OIDC_GROUPS": text_})


def test_eine_gruppe_gibt_keine_unbekannte_rolle_und_keine_einer_organisation(settings):
    mapped = "a=09473:partner; b=09473:koenig; c=09473:reader"
    settings.ENV = replace(settings.ENV, oidc_groups=mapped)
    found = [one.msg for one in operation_is_safe(None) if one.id == "gelingen.E004"]
    assert [re.search("„(.*)“", one)[1] for one in found] == ["koenig", "partner"]
