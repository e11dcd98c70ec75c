"""The search in everything: what it finds, where it leads, what can be done at once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.register.models import Organisation
from gelingen.search.queries import MOST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
SEARCH = DESK + "suche/"


def found(client, words):
    return text(client.get(SEARCH, {"q": words}))


def heads(page):
    return re.findall(r"<h2>([^<]*)</h2>", page)


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_the_same_whatever_it_finds(client, number):
    county(number)
    sit_down(client)
    found(client, "Sprach")
    with CaptureQueriesContext(connection) as statements:
        found(client, "Sprach")
    assert len(statements) == 14


def test_a_search_finds_every_kind_and_leads_to_its_page(client):
    county()
    world.structure(name="Deutsch Sprachcafé", key="deutsch")
    world.organisation(name="Deutschkurse e. V.", key="verein")
    world.funding(programme="Deutsch", key="geld")
    world.goal(title="Alle können Deutsch", key="ziel")
    world.measure(title="Deutsch am Abend", key="abend")
    world.body(name="AG Deutsch", key="ag")
    one = world.finding(key="gap:x", sentence="Deutsch fehlt in Ahorn.")
    sit_down(client)
    page = found(client, "deutsch")
    assert heads(page) == [
        "Strukturen", "Organisationen", "Finanzierungen", "Bedarfe", "Wirkungsziele", "Maßnahmen",
        "Gremien", "Befunde",
    ]  # fmt: skip
    links = re.findall(r'<li><a href="([^"]*)"', page[page.index("<main") :])
    assert links == [
        DESK + "bestand/strukturen/deutsch/",
        DESK + "bestand/organisationen/verein/",
        DESK + "bestand/strukturen/angebot/",
        DESK + "bedarfe/bedarf/n_0/",
        DESK + "plan/ziele/ziel/",
        DESK + "plan/massnahmen/abend/",
        DESK + "gremien/gremium/ag/",
        DESK + f"analyse/befunde/{one.pk}/",
    ]
    assert all(client.get(link).status_code == 200 for link in links)


def test_short_forms_find_what_belongs_to_an_organisation_behind_what_is_named_so(client):
    owner = world.organisation(name="Arbeiterwohlfahrt, Kreisverband Coburg")
    world.structure(name="Bürgertreff", organisation=owner)
    world.structure(name="Treff der AWO")
    sit_down(client)
    page = found(client, "AWO")
    structures = page[page.index("Strukturen</h2>") : page.index("Organisationen</h2>")]
    assert structures.index("Treff der AWO") < structures.index("Bürgertreff")
    assert "3 Treffer für „AWO“." in page


def test_what_is_only_similar_or_not_there_is_said(client):
    world.structure(name="Wohnraumlotse")
    sit_down(client)
    assert "Kein genauer Treffer" in found(client, "Wohnruamlotse")
    page = found(client, "Wonrumlose A")
    assert "Kein Treffer für" in page
    assert 'Meinten Sie <a href="?q=Wohnraumlotse">' in page


def test_nothing_typed_explains_and_finds_nothing(client):
    county()
    sit_down(client)
    page = found(client, "  ")
    assert heads(page) == []
    assert "Gesucht wird in" in page


def test_of_many_hits_the_list_shows_the_rest(client):
    for number in range(MOST + 1):
        world.structure(name=f"Kurs {number}")
    sit_down(client)
    page = found(client, "Kurs")
    assert f"{MOST + 1} Treffer" in page
    assert f'<a href="{DESK}bestand/?suche=Kurs">Weitere in der Liste: Strukturen' in page


def test_a_funding_is_extended_from_its_result(client):
    county()
    sit_down(client)
    page = found(client, "Programm")
    action = re.search(r'action="([^"]*verlaengern/)"', page)[1]
    until = re.search(r'name="until" value="([^"]*)"', page)[1]
    assert until == "31.12.2018"
    answer = client.post(action, {"until": until, "zurueck": SEARCH + "?q=Programm"}, follow=True)
    assert "Verlängert: Programm 0 bis 31.12.2018." in text(answer)
    assert "bis 31.12.2018" in text(answer)


def test_only_who_may_change_money_is_offered_to_extend_it(client):
    county(2)
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_1"))
    assert re.findall(r'action="[^"]*/(f_\d)/verlaengern/"', found(client, "Programm")) == ["f_1"]
    sit_down(client, role="reader")
    assert "verlaengern" not in found(client, "Programm")


def test_nothing_of_another_tenant_is_found(client):
    county()
    sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    page = text(client.get("/intern/09463/suche/", {"q": "Sprachcafé"}))
    assert "Kein Treffer" in page
    assert "angebot_0" not in page


def test_hostile_words_stay_text(client):
    county()
    sit_down(client)
    page = found(client, '"><script>x</script>')
    assert "<script>x" not in page


def test_every_page_of_the_desk_has_the_search(client):
    county()
    sit_down(client)
    for path in ("", "bestand/", "analyse/"):
        page = text(client.get(DESK + path))
        assert f'<form class="g-suche" role="search" method="get" action="{SEARCH}">' in page
