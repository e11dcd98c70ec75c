"""Cross-cutting topics as second axis of the plan."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.plan.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
GRID = DESK + "plan/querschnitt/"


@pytest.fixture
def topics():
    """Make two measures in one topic, of which one carries a cross-cutting topic."""
    women = world.topic(key="gleichstellung", name="Gleichstellung", cross_cutting=True)
    need = world.need(key="n", statement="Deutsch lernen")
    goal = world.goal(key="z", title="Frauen sprechen", needs=[need])
    world.measure(key="a", title="Kurs", goals=[goal], cross_topics=[women])
    world.measure(key="b", title="Treff")
    return women


@pytest.mark.usefixtures("topics")
def test_wo_thema_und_querschnittsthema_sich_treffen_stehen_die_massnahmen(client):
    sit_down(client)
    page = text(client.get(GRID))
    assert "1 von 2 Maßnahmen tragen zu einem Querschnittsthema bei." in page
    table = page.split("<tbody>")[1]
    assert ">Kurs<" in table
    assert ">Treff<" not in table
    assert table.index("Sprache und Bildung") < table.index(">Kurs<")


def test_die_gliederung_zeigt_nur_den_weg_zu_diesen_massnahmen(client, topics):
    sit_down(client)
    page = text(client.get(DESK + f"plan/?querschnitt={topics.key}"))
    for words in (">Deutsch lernen<", ">Frauen sprechen<", ">Kurs<"):
        assert words in page
    assert ">Treff<" not in page
    assert "Nur was zu „Gleichstellung“ beiträgt." in page


def test_massnahmen_werden_in_einem_schritt_zugeordnet_und_zurueckgenommen(client, topics):
    sit_down(client)
    form = GRID + f"{topics.key}/"
    assert text(client.get(form)).count(" checked") == 1
    answer = text(client.post(form, {"measure": ["b"], "vorher": ["a"]}, follow=True))
    assert "Gleichstellung: 2 Zuordnungen geändert." in answer
    carried = Measure.objects.filter(cross_topics=topics)
    assert [one.key for one in carried.all()] == ["b"]
    client.post(re.search(r'action="([^"]*zuruecknehmen/[^"]*)"', answer)[1])
    assert [one.key for one in carried.all()] == ["a"]


def test_was_andere_inzwischen_zugeordnet_haben_bleibt(client, topics):
    sit_down(client)
    form = GRID + f"{topics.key}/"
    before = re.findall(r'name="vorher" value="(\w)"', text(client.get(form)))
    assert before == ["a"]
    client.post(form, {"measure": ["a", "b"], "vorher": before})  # a colleague
    client.post(form, {"measure": [], "vorher": before})
    assert [one.key for one in Measure.objects.filter(cross_topics=topics)] == ["b"]


@pytest.mark.usefixtures("topics")
def test_nur_querschnittsthemen_lassen_sich_zuordnen(client):
    sit_down(client)
    assert client.get(GRID + "sprache/").status_code == 404


def test_lesende_ordnen_nichts_zu(client, topics):
    sit_down(client, role="reader")
    assert "zuordnen" not in text(client.get(GRID))
    assert client.post(GRID + f"{topics.key}/", {"measure": []}).status_code == 403
    assert Measure.objects.filter(cross_topics=topics).count() == 1


def test_ohne_querschnittsthema_sagt_die_seite_wie_man_eines_anlegt(client):
    sit_down(client)
    assert "Noch kein Querschnittsthema" in text(client.get(GRID))


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_braucht_immer_gleich_viele_abfragen(client, number):
    county(number)
    sit_down(client)
    with CaptureQueriesContext(connection) as asked:
        client.get(GRID)
    assert len(asked) == 5
