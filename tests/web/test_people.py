"""Administration: people, invitations, roles, deputies, locked accounts, one's own sessions."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.urls import reverse
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.access.models import Invitation, Membership, User
from gelingen.access.policy import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for this test
INVITATIONS = f"{DESK}verwaltung/einladungen/"


def invite(client, **more):
    given = {"email": "mia@example.org", "role": "planner", "ends": "31.12.2099", **more}
    return client.post(INVITATIONS, given, follow=True)


def link_in(answer):
    return re.search(r"http://testserver(/einladung/[^<]+)<", text(answer)).group(1)


def of(person):
    return f"{DESK}verwaltung/person/{person.pk}/"


# Invitations


@pytest.mark.usefixtures("fixed_day")
def test_ob_eine_rolle_schon_vorbei_ist_sagt_der_tag_der_installation(client):
    sit_down(client)
    assert link_in(invite(client, ends="31.12.2018"))
    assert "schon vorbei" in text(invite(client, ends="31.05.2017"))


def test_vom_verweis_bis_zur_ersten_seite(client, anonymous):
    sit_down(client)
    link = link_in(invite(client))
    assert "Landkreis Coburg lädt Sie ein. Ihre Rolle: Planungsstab" in text(anonymous.get(link))

    made = anonymous.post(
        link, {"username": "mia", "password": PASSWORD, "again": PASSWORD}, follow=True
    )
    assert "Ihr Konto ist angelegt." in text(made)

    entered = anonymous.post(
        reverse("account_login"), {"login": "mia@example.org", "password": PASSWORD}, follow=True
    )
    assert entered.redirect_chain[-1][0] == DESK
    assert Membership.objects.get(user__username="mia").ends == date(2100, 1, 1)
    gone = anonymous.get(link)
    assert (gone.status_code, "gilt nicht mehr" in text(gone)) == (404, True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "kurz", "again": "kurz"}, "mindestens 12 Zeichen"),
        ({"password": PASSWORD, "again": "anders"}, "Beide Eingaben müssen gleich sein."),
        ({"username": "", "password": PASSWORD, "again": PASSWORD}, "Bitte ausfüllen."),
    ],
)
def test_ein_untaugliches_passwort_wird_auf_deutsch_abgelehnt(client, anonymous, given, words):
    sit_down(client)
    answer = anonymous.post(link_in(invite(client)), {"username": "mia", **given})
    assert (answer.status_code, words in text(answer)) == (422 if "kurz" in given.values() else
                                                           answer.status_code, True)  # fmt: skip
    assert not User.objects.filter(username="mia").exists()


def test_ohne_mailserver_geht_keine_nachricht_und_der_verweis_steht_da(client):
    sit_down(client)
    answer = invite(client)
    assert "Bitte geben Sie den Verweis unten selbst weiter." in text(answer)
    assert mail.outbox == []


def test_mit_mailserver_traegt_die_nachricht_den_verweis(client, settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    sit_down(client)
    link = link_in(invite(client))
    assert [(one.to, link in one.body) for one in mail.outbox] == [(["mia@example.org"], True)]


def test_eine_zurueckgezogene_einladung_oeffnet_nichts_mehr(client, anonymous):
    sit_down(client)
    link = link_in(invite(client))
    number = Invitation.objects.get().pk
    client.post(f"{INVITATIONS}{number}/zurueckziehen/")
    assert anonymous.get(link).status_code == 404
    assert "Keine Einladung ist offen." in text(client.get(INVITATIONS))


def test_wer_schon_ein_konto_hat_nimmt_mit_ihm_an(client, anonymous):
    sit_down(client)
    person = world.person(at=world.tenant("09463", "Stadt Coburg"), email="mia@example.org")
    link = link_in(invite(client))
    assert "gibt es schon ein Konto" in text(anonymous.get(link))
    anonymous.force_login(world.person())
    assert anonymous.post(link).status_code == 422
    anonymous.force_login(person)
    assert anonymous.post(link, follow=True).redirect_chain[-1][0] == DESK


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in {"officer", "administrator"}]
)
def test_nur_wer_personen_verwaltet_laedt_ein(client, role):
    sit_down(client, role=role)
    invite(client)
    assert not Invitation.objects.exists()


# People and roles


def test_die_liste_nennt_jede_person_mit_dem_grund(client):
    officer = sit_down(client)
    world.person(role="reader")
    page = text(client.get(f"{DESK}verwaltung/"))
    assert "2 von 2 Personen haben heute eine Rolle" in page
    assert f">{officer}</a>" in page


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_braucht_gleich_viele_abfragen(client, number, django_assert_num_queries):
    sit_down(client)
    for _ in range(number):
        world.person(role="reader")
    with django_assert_num_queries(4):  # session, person, roles, everybody's roles
        client.get(f"{DESK}verwaltung/")


def test_wer_andere_nicht_sehen_darf_sieht_die_eigenen_rechte(client):
    sit_down(client, role="reader")
    answer = client.get(f"{DESK}verwaltung/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{DESK}verwaltung/meine-rechte/"
    assert "Bestand, Bedarfe, Befunde und Plan sehen" in text(answer)


def test_die_letzte_anmeldung_steht_da_mit_dem_tag_des_ortes(client):
    person = sit_down(client)
    late = datetime(2017, 5, 31, 22, 30, tzinfo=UTC)
    User.objects.filter(pk=person.pk).update(last_login=late)
    assert "01.06.2017" in text(client.get(of(person)))


def test_rolle_geben_beenden_und_wieder_oeffnen(client):
    sit_down(client)
    person = world.person(role="reader")
    page = client.post(f"{of(person)}rolle/", {"rolle-role": "planner"}, follow=True)
    assert "Planungsstab, unbefristet" in text(page)
    given = Membership.objects.get(user=person, role="planner")
    page = client.post(f"{DESK}verwaltung/rolle/{given.pk}/beenden/", follow=True)
    assert "Planungsstab, bis 31.05.2017" in text(page)
    client.post(f"{DESK}verwaltung/rolle/{given.pk}/wieder/")
    given.refresh_from_db()
    assert given.ends is None


def test_ein_letzter_tag_in_ferner_zukunft_wird_am_feld_abgelehnt(client):
    sit_down(client)
    assert "zwischen 1900 und 2199" in text(invite(client, ends="31.12.9999"))
    assert not Invitation.objects.exists()


def test_eine_abgelehnte_rolle_sagt_warum(client):
    sit_down(client)
    person = world.person(role="reader")
    answer = client.post(f"{of(person)}rolle/", {"rolle-role": "partner"})
    assert (answer.status_code, "gilt für eine Organisation" in text(answer)) == (422, True)


def test_eine_vertretung_darf_bis_zum_letzten_tag(client, anonymous):
    sit_down(client)
    officer, deputy = world.person(), world.person(role="reader")
    given = {
        "vertretung-deputy": deputy.pk,
        "vertretung-starts": "01.06.2017",
        "vertretung-ends": "02.06.2017",
    }
    client.post(f"{of(officer)}vertretung/", given)
    page = text(client.get(of(deputy)))
    assert f"Vertretung von {officer} (Integrationsbeauftragte), bis 02.06.2017" in page
    anonymous.force_login(deputy)
    assert anonymous.get(f"{DESK}verwaltung/").status_code == 200
    Membership.objects.filter(user=deputy).exclude(stands_in_for=None).update(ends="2017-06-01")
    assert anonymous.get(f"{DESK}verwaltung/").status_code == 302


def test_ein_gesperrtes_konto_ist_sofort_abgemeldet(client, anonymous):
    sit_down(client)
    person = User.objects.create_user("mia", "mia@example.org", PASSWORD)
    Membership.objects.create(user=person, tenant=world.tenant(), role="reader")
    anonymous.post(reverse("account_login"), {"login": "mia", "password": PASSWORD})
    assert anonymous.get(DESK).status_code == 200

    page = client.post(f"{of(person)}sperren/", follow=True)

    assert "Beendete Anmeldungen: 1." in text(page)
    assert anonymous.get(DESK).headers["Location"].startswith(reverse("account_login"))
    client.post(f"{of(person)}sperren/")
    assert anonymous.get(DESK).status_code == 302
    anonymous.post(reverse("account_login"), {"login": "mia", "password": PASSWORD})
    assert anonymous.get(DESK).status_code == 200


def test_die_letzte_verwaltende_person_bleibt_auf_der_seite(client):
    sit_down(client, role="administrator")
    Membership.objects.update(ends="2099-01-01")
    last = world.person()
    held = last.memberships.get()
    answer = client.post(f"{DESK}verwaltung/rolle/{held.pk}/beenden/")
    assert (answer.status_code, "Das ist die letzte Person" in text(answer)) == (422, True)


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in {"officer", "administrator"}]
)
def test_nur_wer_personen_verwaltet_aendert_etwas(client, role):
    sit_down(client, role=role)
    person = world.person(role="reader")
    held = person.memberships.get()
    before = list(Membership.objects.values())
    statuses = {
        client.post(url, {"rolle-role": "head"}).status_code
        for url in (
            f"{of(person)}rolle/",
            f"{of(person)}vertretung/",
            f"{of(person)}sperren/",
            f"{DESK}verwaltung/rolle/{held.pk}/beenden/",
            f"{DESK}verwaltung/rolle/{held.pk}/wieder/",
        )
    }
    assert statuses <= {403}
    assert list(Membership.objects.values()) == before
    assert User.objects.get(pk=person.pk).is_active


def test_zu_jedem_eintrag_steht_wer_ihn_aendern_darf(client):
    structure = world.structure(key="angebot")
    officer = sit_down(client)
    partner = world.person(role="partner", organisation=structure.organisation)
    page = text(client.get(f"{DESK}verwaltung/wer-darf/structure/angebot/"))
    assert str(officer) in page
    assert f"{partner}" in page
    assert f"Partner für {structure.organisation}" in page


def test_die_rollen_stehen_mit_ihren_rechten_da(client):
    sit_down(client, role="reader")
    page = text(client.get(f"{DESK}verwaltung/rollen/"))
    assert [role.label for role in ROLES.values() if role.label not in page] == []


# One's own sessions


def test_man_beendet_andere_anmeldungen_und_bleibt_selbst_angemeldet(client, anonymous):
    person = User.objects.create_user("mia", "mia@example.org", PASSWORD)
    Membership.objects.create(user=person, tenant=world.tenant(), role="reader")
    for one in (client, anonymous):
        one.post(
            reverse("account_login"),
            {"login": "mia", "password": PASSWORD},
            headers={"User-Agent": "Testprogramm"},
        )
    page = text(client.get(reverse("sessions")))
    assert page.count("Testprogramm") == 2
    assert page.count("dieses Gerät") == 1
    client.post(reverse("sessions"))
    assert client.get(DESK).status_code == 200
    assert anonymous.get(DESK).status_code == 302


def test_niemand_beendet_fremde_anmeldungen(client, anonymous):
    for name, one in (("mia", client), ("eva", anonymous)):
        person = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
        Membership.objects.create(user=person, tenant=world.tenant(), role="reader")
        one.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    foreign = User.objects.get(username="eva").usersession_set.get()
    client.post(reverse("sessions"), {"sitzung": foreign.pk})
    assert anonymous.get(DESK).status_code == 200


@pytest.fixture
def anonymous():
    from django.test import Client  # noqa: PLC0415 - only here

    return Client()


def test_meine_rechte_und_die_rollen_sagen_was_ein_sitz_gibt(client):
    person = sit_down(client, role="member")
    seat = world.seat(body=world.body(name="AG Sprache"), office="chair")
    world.tenure(seat=seat, person=person)
    page = text(client.get(f"{DESK}verwaltung/meine-rechte/"))
    assert "im Gremium „AG Sprache“" in page
    assert "Sitz in „AG Sprache“ (Vorsitz)" in page
    page = text(client.get(f"{DESK}verwaltung/rollen/"))
    assert "Sitze in Gremien" in page
    assert "stellvertretender Vorsitz" in page
