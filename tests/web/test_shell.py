"""The frame around all pages: who gets in, what always stands there, how errors look."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import override_settings
from django.urls import path, reverse

from gelingen.access.models import Membership, Tenant, User
from gelingen.config import day
from gelingen.config.urls import urlpatterns as real_pages
from gelingen.errors import NotFoundError, UserError
from gelingen.web import urls

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Ein langes Wort 7"  # noqa: S105 - of a test
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    person = User.objects.create_user("anna", "anna@example.org", PASSWORD)
    for key, name in (("09473", "Landkreis Coburg"), ("09463", "Stadt Coburg")):
        tenant = Tenant.objects.create(key=key, name=name)
        Membership.objects.create(user=person, tenant=tenant, role="officer")
    return person


def sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def text(response):
    return response.content.decode()


# The way in


@pytest.mark.parametrize("login", ["anna", "anna@example.org"])
@pytest.mark.usefixtures("person")
def test_one_signs_in_by_user_name_or_address(client, login):
    assert sign_in(client, login).headers["Location"] == "/intern/"


@pytest.mark.usefixtures("person")
def test_a_wrong_password_is_said_beside_the_form_in_german(client):
    page = text(sign_in(client, "anna", "falsch"))
    assert 'role="alert"' in page
    assert "Benutzername oder Passwort stimmen nicht." in page


@pytest.mark.usefixtures("person")
def test_many_wrong_passwords_close_the_door_for_a_while(client):
    for _ in range(5):
        sign_in(client, "anna", "falsch")
    page = text(sign_in(client, "anna"))
    assert "_auth_user_id" not in client.session
    assert "Zu viele" in page


def test_a_second_step_asks_for_a_code(client, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    step = sign_in(client, "anna")
    assert step.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(step.headers["Location"], {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_nobody_makes_an_account_or_a_password_without_the_administration(client, name):
    for answer in (
        client.get(reverse(name)),
        client.post(reverse(name), {"email": "x@example.org"}),
    ):
        assert answer.headers["Location"] == reverse("account_login")


@pytest.mark.parametrize("name", ["start", "account", "gallery", "mfa_index"])
def test_without_signing_in_every_page_leads_to_the_form(client, name):
    assert client.get(reverse(name)).headers["Location"].startswith(reverse("account_login"))


def change(client, *, old=PASSWORD, new="Noch ein Wort 8", again="Noch ein Wort 8"):
    given = {"oldpassword": old, "password1": new, "password2": again}
    return client.post(reverse("account_change_password"), given, follow=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"old": "falsch"}, "Das bisherige Passwort stimmt nicht."),
        ({"again": "anders"}, "Beide Eingaben müssen gleich sein."),
        ({"new": "kurz", "again": "kurz"}, "mindestens 12 Zeichen"),
    ],
)
def test_a_new_password_is_refused_in_our_words(client, person, given, words):
    client.force_login(person)
    assert words in text(change(client, **given))
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_one_changes_the_password_oneself(client, person):
    client.force_login(person)
    assert "Das neue Passwort gilt ab jetzt." in text(change(client))
    person.refresh_from_db()
    assert person.check_password("Noch ein Wort 8")


@pytest.mark.usefixtures("person")
def test_the_second_step_is_set_up_on_the_pages_after_the_password_once_more(client):
    sign_in(client, "anna")
    asked = client.get(reverse("mfa_activate_totp"))
    page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    done = text(client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True))
    assert len(re.findall(r"<li><code>", done)) == 10


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
    ],
)
def test_pages_of_the_account_say_sie(client, person, name):
    sign_in(client, "anna")
    TOTP.activate(person, generate_totp_secret())
    page = text(client.get(reverse(name), follow=True))
    words = set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", page).lower()))
    assert words & {"du", "dein", "deine", "dich", "password", "sign", "security", "you"} == set()


# Tenants


def test_the_start_is_the_desk_of_the_first_tenant(client, person):
    client.force_login(person)
    assert client.get(reverse("start")).headers["Location"] == "/intern/09473/"


def test_a_person_without_a_role_reads_what_to_do(client):
    client.force_login(User.objects.create_user("neu"))
    assert "Noch keine Rolle" in text(client.get(reverse("start")))


@pytest.mark.parametrize("key", ["09999", "09464"])
def test_a_tenant_that_is_not_mine_does_not_exist(client, person, key):
    Tenant.objects.create(key="09464", name="Stadt Hof")
    client.force_login(person)
    answer = client.get(f"/intern/{key}/")
    assert answer.status_code == 404
    assert "Zum Anfang" in text(answer)


def test_with_several_tenants_every_page_offers_the_change(client, person):
    client.force_login(person)
    page = text(client.get("/intern/09473/"))
    assert '<a href="/intern/09473/" aria-current="true">Landkreis Coburg</a>' in page
    assert '<a href="/intern/09463/">Stadt Coburg</a>' in page


def test_the_menu_marks_where_one_is(client, person):
    client.force_login(person)
    assert '<a href="/intern/09473/" aria-current="page">Heute</a>' in text(
        client.get("/intern/09473/")
    )


def test_every_entry_of_the_menu_leads_somewhere(client, person):
    client.force_login(person)
    page = text(client.get("/intern/09473/"))
    menu = re.search(r'<nav class="g-nav".*?</nav>', page, re.DOTALL).group()
    links = re.findall(r'href="([^"]+)"', menu)
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_frame_costs_four_queries(client, person, django_assert_num_queries):
    client.force_login(person)
    page = reverse("organisations", kwargs={"tenant": "09473"})
    client.get(page)
    # session, person, roles, state of the records, and three of the page's own
    with django_assert_num_queries(7):
        client.get(page)


# The day


@pytest.fixture
def day_file():
    file = settings.HOME / day.DAY_FILE
    yield file
    file.unlink(missing_ok=True)


def test_pages_show_the_day_of_the_clock(client, person):
    client.force_login(person)
    assert f"Heute: {day.today():%d.%m.%Y}" in text(client.get("/intern/09473/"))


def test_a_fixed_day_stands_on_every_page_and_is_called_so(client, person, day_file):
    day_file.write_text("2017-06-01\n")
    client.force_login(person)
    for name in ("account", "mfa_index"):
        assert "Fester Tag: 01.06.2017" in text(client.get(reverse(name)))


def test_the_setting_wins_over_the_file(day_file):
    day_file.write_text("2017-06-01")
    with override_settings(ENV=type(settings.ENV)(day=date(2018, 1, 2))):
        assert day.today() == date(2018, 1, 2)


# Errors


def refuse(_request):
    raise PermissionDenied("Befunde beurteilen")


def miss(_request):
    class NoSuchStructureError(NotFoundError):
        pass

    raise NoSuchStructureError("Diese Struktur gibt es nicht.")


def decline(_request):
    raise UserError("Diese Finanzierung ist bereits unbefristet.")


def tumble(_request):
    raise RuntimeError


def lose(_request):
    raise Http404


urlpatterns = [
    path("verboten/", refuse),
    path("fehlt/", miss),
    path("geht-nicht/", decline),
    path("kaputt/", tumble),
    path("verloren/", lose),
    *real_pages,
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/verboten/", 403, "Befunde beurteilen"),
        ("/fehlt/", 404, "Diese Struktur gibt es nicht."),
        ("/verloren/", 404, "Die Adresse führt zu nichts."),
        ("/nirgends/", 404, "Die Adresse führt zu nichts."),
        ("/geht-nicht/", 422, "bereits unbefristet"),
        ("/kaputt/", 500, "Der Fehler liegt bei uns"),
    ],
)
def test_errors_are_said_in_german_and_show_a_way_out(client, address, status, words):
    client.raise_request_exception = False
    answer = client.get(address)
    assert answer.status_code == status
    assert words in text(answer)
    assert 'href="/intern/"' in text(answer)


@pytest.mark.urls(__name__)
def test_an_error_replaces_the_whole_page_also_when_a_part_was_asked_for(client):
    answer = client.get("/verboten/", headers={"HX-Request": "true"})
    assert (answer.headers["HX-Retarget"], answer.status_code) == ("body", 403)


def test_an_expired_session_leads_to_the_form_also_when_a_part_was_asked_for(client):
    answer = client.get("/intern/09473/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith(reverse("account_login"))


# What every answer carries, and foreign files


def test_the_policy_of_contents_allows_this_host_alone(client):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


TEMPLATES = sorted((Path(urls.__file__).parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_templates_have_no_inline_style_no_inline_handler_and_no_foreign_host(template):
    source = template.read_text()
    assert re.findall(r"\sstyle=|<style|\son(?!e=)[a-z]+=|https?://", source) == []
    assert re.findall(r"<script(?![^>]*(src=|application/json))", source) == []


@pytest.mark.parametrize("folder", ["src/gelingen/web/static/vendor", "tests/browser/vendor"])
def test_foreign_files_are_the_ones_that_were_taken_in(folder):
    lines = (ROOT / folder / "SHA256SUMS").read_text().splitlines()
    found = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(ROOT)}"
        for file in sorted((ROOT / folder).rglob("*"))
        if file.is_file() and file.name != "SHA256SUMS"
    ]
    assert sorted(found, key=lambda line: line[66:]) == lines


def test_the_licences_of_the_look_are_shipped():
    folder = Path(urls.__file__).parent / "static" / "vendor"
    assert "EUROPEAN UNION PUBLIC LICENCE" in (folder / "kern/LICENSE.md").read_text().upper()
    assert "SIL OPEN FONT LICENSE" in (folder / "fira-sans/OFL.txt").read_text()
