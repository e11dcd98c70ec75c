"""What holds for every page of the desk: who may see it, how many statements, without script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, county, sit_down, text

from gelingen.findings.models import Finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]

# Statements of a page whose records have not changed since somebody last looked at them; the first
# three are session, person and roles.
PAGES = {
    "": 20,
    "bestand/": 5,
    "bestand/organisationen/": 5,
    "bestand/strukturen/angebot_0/": 7,
    "bestand/organisationen/traeger_0/": 6,
    "analyse/": 6,
    "analyse/?zeilen=gemeinde&spalten=ebene": 6,
    "analyse/?zeile=frauen&spalte=sprache": 7,
    "analyse/feld/?zeile=frauen&spalte=sprache": 7,
    "analyse/befunde/": 6,
    "analyse/befunde/?gruppe=ursache": 7,
    "analyse/befunde/{finding}/": 8,
    "analyse/befunde/{finding}/massnahme/": 15,
    "analyse/verlauf/": 5,
    "analyse/karte/": 7,
    "analyse/karte/?gemeinde=09473112": 7,
    "plan/": 4,
    "bedarfe/bedarf/n_0/": 8,
    "plan/ziele/z_0/": 5,
    "plan/massnahmen/m_0/": 7,
    "dokumente/": 5,
}


def address(path):
    finding = Finding.objects.order_by("pk").first()
    return DESK + path.format(finding=finding.pk if finding else 1)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_whatever_the_number_of_records(client, number):
    county(number)
    sit_down(client)
    found = {}
    for path in PAGES:
        url = address(path)
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as statements:
            client.get(url)
        found[path] = len(statements)
    assert found == PAGES


def test_a_page_has_one_title_and_marks_its_area(client):
    county()
    sit_down(client)
    pages = {path: text(client.get(address(path))) for path in PAGES}
    assert {path: page.count("<h1") for path, page in pages.items()} == dict.fromkeys(PAGES, 1)
    menus = {path: page[page.index("<nav") : page.index("</nav")] for path, page in pages.items()}
    marked = {path: menu.count('aria-current="page"') for path, menu in menus.items()}
    assert marked == dict.fromkeys(PAGES, 1)


def test_a_person_of_another_tenant_finds_nothing(client):
    county()
    sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    found = {path: client.get(address(path)).status_code for path in PAGES}
    assert found == dict.fromkeys(PAGES, 404)


@pytest.mark.parametrize("path", PAGES)
def test_without_signing_in_a_page_leads_to_the_form(client, path):
    assert client.get(address(path)).headers["Location"].startswith("/anmelden/")


@pytest.mark.parametrize(
    "path",
    [
        "bestand/strukturen/angebot_0/",
        "bestand/organisationen/traeger_0/",
        "analyse/feld/?zeile=frauen&spalte=sprache",
        "analyse/befunde/{finding}/",
        "analyse/befunde/{finding}/massnahme/",
        "bedarfe/bedarf/n_0/",
        "plan/ziele/z_0/",
        "plan/massnahmen/m_0/",
    ],
)
def test_records_of_another_tenant_do_not_exist_at_ones_own_desk(client, path):
    county()
    city = world.tenant("09463", "Stadt Coburg")
    sit_down(client, at=city)
    answer = client.get(address(path).replace("09473", "09463", 1))
    assert answer.status_code == 404
    assert "gibt es nicht" in text(answer)


@pytest.mark.parametrize("path", ["", "bestand/", "analyse/", "analyse/befunde/", "plan/"])
def test_an_empty_tenant_reads_the_next_step(client, path):
    sit_down(client)
    page = text(client.get(DESK + path))
    assert "Noch nichts erfasst" in page
    assert "gelingen import" in page
    assert f'href="{DESK}bestand/einlesen/"' in page
    assert f'href="{DESK}bestand/strukturen/neu/"' in page


@pytest.mark.parametrize("path", ["analyse/", "analyse/verlauf/", "analyse/karte/"])
def test_ohne_bedarfe_heisst_es_nicht_es_gebe_keine_luecken(client, path):
    sit_down(client)
    world.structure(name="Sprachcafé")
    world.territory(key="09473115")
    page = text(client.get(DESK + path))
    assert "Hier ist kein Bedarf eingetragen. Ob etwas fehlt, lässt sich so nicht sagen." in page
    county()
    page = text(client.get(DESK + path))
    assert "Hier ist kein Bedarf eingetragen." not in page


@pytest.mark.parametrize(
    ("path", "region"),
    [
        ("bestand/?suche=caf", "liste"),
        ("bestand/organisationen/", "liste"),
        ("analyse/", "bild"),
        ("analyse/befunde/", "liste"),
        ("analyse/verlauf/", "verlauf"),
        ("analyse/karte/", "karte"),
        ("dokumente/", "regal"),
    ],
)
def test_htmx_gets_only_the_region_and_everybody_else_the_page(client, path, region):
    county()
    sit_down(client)
    part, page = text(client.get(DESK + path, headers=SCRIPT)), text(client.get(DESK + path))
    assert part.startswith(f'<div id="{region}"')
    assert page.startswith("<!doctype html>")
    assert f'<div id="{region}"' in page


def test_what_changes_is_seen_at_once(client):
    county()
    sit_down(client)
    assert "Sprachcafé 9" not in text(client.get(DESK + "bestand/"))
    world.structure(key="neu", name="Sprachcafé 9")
    assert "Sprachcafé 9" in text(client.get(DESK + "bestand/"))


def test_what_changes_in_the_plan_is_seen_at_once(client):
    county()
    sit_down(client)
    pages = ("", "plan/")
    assert [text(client.get(DESK + path)).count("Praktikum 9") for path in pages] == [0, 0]
    world.measure(key="m_neu", title="Praktikum 9", lead=None)
    assert all("Praktikum 9" in text(client.get(DESK + path)) for path in pages)
    assert client.get(DESK + "plan/massnahmen/m_neu/").status_code == 200


@pytest.mark.parametrize("number", ["abc", "1" * 40])
def test_eine_verfaelschte_zeile_wird_abgewiesen(client, number):
    county()
    sit_down(client)
    row = {"row": f"finding:finding:{number}", "decision": "accepted"}
    given = row | {"reason": "zu klein", "by_function": "Steuerungsgruppe"}
    assert client.post(f"{DESK}heute/bewerten/", given).status_code == 422


def test_eine_verletzte_regel_wird_in_einem_satz_gesagt(client):
    county()
    sit_down(client)
    answer = client.post(f"{DESK}plan/zeile/impact_goal/z_0/neu/", {"titel": "x" * 400})
    assert answer.status_code == 422
    assert "höchstens 300 Zeichen" in text(answer)


@pytest.mark.parametrize(
    ("role", "offered"),
    [("officer", (True, True)), ("partner", (False, True)), ("reader", (False, False))],
)
def test_ein_leerer_bestand_bietet_nur_an_was_die_person_darf(client, role, offered):
    sit_down(client, role=role, organisation=world.organisation() if role == "partner" else None)
    page = text(client.get(DESK + "plan/"))
    assert (f'href="{DESK}bestand/einlesen/"' in page, "strukturen/neu/" in page) == offered
