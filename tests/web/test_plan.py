"""Plan: the outline with its hints, and needs, goals and measures one by one."""

from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.needs.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PLAN = DESK + "plan/"
NEED = f"{DESK}bedarfe/bedarf/"


def chain():
    """One need, answered by a goal that a measure serves."""
    need = world.need(key="n", statement="Deutsch lernen")
    goal = world.goal(
        key="z", title="Frauen sprechen", needs=[need], due=date(2020, 1, 1), stair=5,
        indicator="Anteil mit A2",
    )  # fmt: skip
    lead = world.organisation(name="Volkshochschule")
    return world.measure(
        key="m", title="Kurs", goals=[goal], needs=[need], lead=lead, starts=date(2018, 1, 1),
        ends=date(2020, 1, 1), cost_year_low=5000, cost_year_high=8000, indicators="60 Frauen",
        funding_ends=date(2020, 1, 1),
    )  # fmt: skip


def test_the_outline_goes_from_need_to_goal_to_measure(client):
    chain()
    sit_down(client)
    page = text(client.get(PLAN))
    order = [page.index(words) for words in ("Deutsch lernen", "Frauen sprechen", ">Kurs<")]
    assert order == sorted(order)
    assert "bis 31.12.2019" in page
    assert "01.01.2018 bis 31.12.2019" in page
    assert "5.000 bis 8.000" in page
    assert "5 von 6" in page
    assert "Es fehlt nirgends etwas." in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (world.need, "Diesen Bedarf beantwortet noch kein Wirkungsziel."),
        (world.goal, "Zu diesem Ziel gibt es noch keine Maßnahme."),
        (world.measure, "Die Federführung fehlt."),
    ],
)
def test_a_hint_says_what_is_missing(client, make, words):
    world.plan(key="masterplan")
    make()
    sit_down(client)
    assert words in text(client.get(PLAN))
    assert words in text(client.get(PLAN + "?nur=hinweise"))
    assert words not in text(client.get(PLAN + "?nur=too_late"))


def test_a_goal_of_two_needs_stands_in_full_once(client):
    chain()
    second = world.need(key="o", statement="Sprechen üben")
    world.goal(key="y", title="Zweimal", needs=[Need.objects.get(key="n"), second])
    sit_down(client)
    page = text(client.get(PLAN))
    assert page.count(">Zweimal<") == 2
    assert page.count("steht schon oben") == 1


def test_planning_periods_are_written_with_their_last_day(client):
    world.plan(key="masterplan")
    world.period()
    sit_down(client)
    assert "Aufbau (01.01.2017 bis 31.12.2018)" in text(client.get(PLAN))


def test_a_measure_shows_all_fields_and_names_the_empty_ones(client):
    chain()
    sit_down(client)
    page = text(client.get(PLAN + "massnahmen/m/"))
    for words in ("Volkshochschule", "5.000 bis 8.000 EUR", "60 Frauen", "Frauen sprechen"):
        assert words in page
    money = page.split('id="teil-geld"')[1].split("</section>")[0]
    assert "Haushaltsstelle" in money.split("Nicht angegeben")[1]


def test_a_need_shows_who_voiced_it_and_how_far_it_is_met(client):
    county()
    sit_down(client)
    page = text(client.get(NEED + "n_0/"))
    assert "endet" in page
    assert "01.06.2017" in page
    assert "31.12.2025" in page


def test_a_need_leads_to_its_goals_and_measures_and_back(client):
    chain()
    sit_down(client)
    need, goal = text(client.get(NEED + "n/")), text(client.get(PLAN + "ziele/z/"))
    assert f'href="{PLAN}ziele/z/"' in need
    assert f'href="{PLAN}massnahmen/m/"' in need
    assert f'href="{NEED}n/"' in goal
    assert f'href="{PLAN}massnahmen/m/"' in goal


def test_ziel_und_bedarf_lassen_sich_von_ihrer_seite_aus_aendern(client):
    chain()
    sit_down(client)
    goal, need = text(client.get(PLAN + "ziele/z/")), text(client.get(NEED + "n/"))
    assert f'href="{DESK}eintrag/impact_goal/z/aendern/?zurueck={PLAN}ziele/z/"' in goal
    assert f'href="{DESK}eintrag/need/n/aendern/?zurueck={NEED}n/"' in need
    sit_down(client, role="reader")
    assert "aendern/" not in text(client.get(PLAN + "ziele/z/"))


def test_die_seite_eines_ziels_nennt_seine_hinweise(client):
    world.goal(key="z", title="Durchführung von Kursen")
    sit_down(client)
    assert "nennt eine Tätigkeit („Durchführung“)" in text(client.get(PLAN + "ziele/z/"))
