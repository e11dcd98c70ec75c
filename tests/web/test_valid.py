"""Every page is HTML as the standard has it: the Nu checker (npm package vnu-jar) finds nothing."""

import json
import shutil
import subprocess

import pytest
from tests.web.packages import package
from tests.web.walk import patterns

# Pages are the same on both databases: opened on SQLite only.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Pages that lead elsewhere whoever opens them: closed ways of allauth, forms, steps between.
ELSEWHERE = {
    "account_email",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "merge-pair",
    "mfa_login_webauthn",
    "plan-row",
    "root",
    "socialaccount_connections",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "take-paper-sent",
    "take-sent",
}
# Only forms of other people's pages lead there: the answers by link, the login of the house.
BY_FORM = {"link-all", "link-finish", "link-true", "openid_connect_callback"}
# Says of every other address of the interface that it is none.
NOWHERE = {"site-api-nowhere"}
REDIRECT, FORM_ONLY = 302, 405
# Half the time for a program that ends after half a minute; the schema needs a deep stack.
SHORT_RUN = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]


def test_jede_seite_der_adresstabelle_wurde_geoeffnet(opened):
    asked = {name for name, _ in patterns()} - BY_FORM - NOWHERE
    shown = {page.name for page in opened if page.status == 200}  # as a page or as a file
    sent = {page.name for page in opened if page.status == FORM_ONLY}
    led = {page.name for page in opened if page.status == REDIRECT}
    assert asked - shown - sent == ELSEWHERE
    assert led >= ELSEWHERE
    assert [(page.name, page.url) for page in opened if page.status >= 500] == []


def test_jede_seite_ist_gueltiges_html(opened, tmp_path):
    pages = {page.html: page for page in reversed(opened) if page.html}
    files = {}
    for number, page in enumerate(pages.values()):
        files[f"{number:04}.html"] = page
        (tmp_path / f"{number:04}.html").write_text(page.html)
    assert len(files) > 400
    assert found(tmp_path, files) == []


def test_der_pruefer_sieht_was_nicht_gilt(tmp_path):
    page = '<!doctype html><html lang="de"><title>Seite</title>{}</html>'
    (tmp_path / "gut.html").write_text(page.format("<p>Text</p>"))
    for name, faulty in (
        ("form", "<span><form></form></span>"),
        ("warnung", "<section></section>"),
    ):
        (tmp_path / f"{name}.html").write_text(page.format(faulty))
    assert {line.split(":")[0] for line in found(tmp_path, {})} == {"form.html", "warnung.html"}


def found(folder, pages):
    """What the checker says about the files of a folder, errors and warnings, by page."""
    java = shutil.which("java")
    assert java, "Java fehlt (ab Version 11): scripts/need test"
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--exit-zero-always", "--skip-non-html"]
    run = subprocess.run(  # noqa: S603
        [java, *SHORT_RUN, "-jar", str(jar), *options, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr.startswith("{"), f"Der Prüfer läuft nicht: {run.stderr[:500]}"
    lines = set()
    for said in json.loads(run.stderr)["messages"]:
        file = said["url"].rpartition("/")[2]
        page = f"{pages[file].name} {pages[file].url}" if file in pages else file
        lines.add(f"{page}: {said['message']} {said.get('extract', '')}")
    return sorted(lines)
