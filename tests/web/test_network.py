"""Netzwerk: who works with whom, who works alone, and ties entered in one go."""

import re

import pytest
from tests import world
from tests.web.desk import DESK, TODAY, sit_down, text

from gelingen.findings.current import current
from gelingen.register.models import Cooperation
from gelingen.web.pictures.web_of_actors import web_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
NET = DESK + "bestand/netzwerk/"
ENTRY = NET + "verbindungen/"


def actors(*keys, **given):
    return [world.organisation(key=key, name=f"Stelle {key}", **given) for key in keys]


def chain():
    """Let a work with b and b with c; d was asked and works with nobody, e was not asked."""
    a, b, c, d, _ = actors("a", "b", "c", "d", "e")
    world.cooperation(key="k_1", a=a, b=b, reported_by="both", kind="staff")
    world.cooperation(key="k_2", a=b, b=c, reported_by="a", topic=world.topic(key="arbeit"))
    world.inquiry(organisation=d)
    return a, b, c, d


def web(**given):
    return web_on(current(world.OPERATOR, world.tenant()), on=TODAY, **given)


def states(**given):
    return {one.key: (one.state, one.bridge, one.one_sided) for one in web(**given).actors}


def test_wer_befragt_ist_und_niemanden_nennt_ist_isoliert():
    chain()
    assert states() == {
        "a": ("connected", False, 0),
        "b": ("connected", True, 1),
        "c": ("connected", False, 1),
        "d": ("isolated", False, 0),
        "e": ("not_known", False, 0),
    }


def test_nach_art_zaehlen_nur_verbindungen_dieser_art():
    chain()
    assert [one[:2] for one in web(kind="staff").ties] == [("a", "b")]


def test_nach_thema_zaehlt_wer_darin_arbeitet_oder_verbunden_ist():
    a, *_ = chain()
    assert sorted(states(topic="arbeit")) == ["b", "c"]
    arbeit = world.topic.model.objects.get(key="arbeit")
    world.reach(structure=world.structure(organisation=a), topic=arbeit)
    found = web(topic="arbeit")
    assert [one.key for one in found.actors] == ["a", "b", "c"]
    assert [one[:2] for one in found.ties] == [("a", "b"), ("b", "c")]
    world.responsibility(organisation=world.organisation.model.objects.get(key="e"), topic=arbeit)
    assert [one.key for one in web(topic="arbeit").actors] == ["a", "b", "c", "e"]


def test_the_picture_tells_alone_by_word_and_shape_and_leads_to_the_pages(client):
    chain()
    sit_down(client)
    page = text(client.get(NET))
    lone = re.search(
        r'<a href="([^"]*)"><title>Stelle d, Wohlfahrtsverband, [^<]*</title>(.*?)</a>', page
    )
    assert lone[1] == f"{DESK}bestand/organisationen/d/"
    assert "n-allein" in lone[2]
    assert ">Stelle d (isoliert)</text>" in lone[2]
    assert page.count('n-kante"') == 1
    assert page.count("n-kante--eine") == 1


def test_the_table_says_the_same(client):
    chain()
    sit_down(client)
    page = text(client.get(NET)).partition("Als Tabelle")[2]
    rows = [
        re.sub(r"<[^>]*>", "|", row).strip("|")
        for row in re.findall(r"<tr><th scope=\"row\".*?</tr>", page)
    ]
    cells = [[cell for cell in row.split("|") if cell] for row in rows]
    assert cells == [
        ["Stelle a", "Wohlfahrtsverband", "1", "0", "in Verbindung", "–", "Stelle b"],
        [
            "Stelle b",
            "Wohlfahrtsverband",
            "2",
            "1",
            "in Verbindung",
            "Brücke",
            "Stelle a, Stelle c",
        ],
        ["Stelle c", "Wohlfahrtsverband", "1", "1", "in Verbindung", "–", "Stelle b"],
        ["Stelle d", "Wohlfahrtsverband", "0", "0", "isoliert", "–", "–"],
        ["Stelle e", "Wohlfahrtsverband", "0", "0", "nicht befragt", "–", "–"],
    ]


def test_a_report_of_one_side_is_confirmed_in_place(client):
    chain()
    sit_down(client)
    page = text(client.get(NET))
    assert "„Stelle b“ nennt" in page or "Stelle b nennt" in page
    answer = client.post(NET + "bestaetigen/", {"tie": ["k_2"]}, follow=True)
    assert "Von beiden Seiten genannt: Stelle b – Stelle c." in text(answer)
    assert "Einseitig genannt" not in text(answer).partition("<main")[2].partition("<table")[0]
    assert Cooperation.objects.get(key="k_2").reported_by == "both"


def test_only_the_silent_side_may_confirm(client):
    _, b, c, _ = chain()
    sit_down(client, role="partner", organisation=b)
    assert "bestaetigen/" not in text(client.get(NET))
    assert client.post(NET + "bestaetigen/", {"tie": ["k_2"]}).status_code == 403
    sit_down(client, role="partner", organisation=c)
    assert "bestaetigen/" in text(client.get(NET))


def ticks(page):
    found = re.findall(r'name="partner" value="(\w)"( checked)?', page)
    return {key for key, on in found if on}


def test_one_save_begins_and_ends_ties(client):
    chain()
    sit_down(client)
    page = text(client.get(ENTRY + "?organisation=b"))
    assert ticks(page) == {"a", "c"}
    given = {"organisation": "b", "vorher": ["a", "c"], "partner": ["c", "d"], "speichern": "ja"}
    terms = {"kind": "coordination", "topic": "", "intensity": "2", "reported_by": "a"}
    answer = client.post(ENTRY, given | terms, follow=True)
    assert "Stelle b: neue Verbindungen 1, beendete 1." in text(answer)
    assert ticks(text(answer)) == {"c", "d"}
    new = Cooperation.objects.get(b__key="d")
    assert (new.a.key, new.kind, new.intensity, new.starts) == ("b", "coordination", 2, TODAY)
    undo = re.search(r'action="([^"]*zuruecknehmen[^"]*)"', text(answer))
    client.post(undo[1])
    assert ticks(text(client.get(ENTRY + "?organisation=b"))) == {"a", "c"}


def test_nach_dem_speichern_geht_es_bei_derselben_stelle_weiter(client):
    chain()
    world.organisation(key="b&b", name="Bau & Boden")
    sit_down(client)
    given = {"organisation": "b&b", "partner": ["a"], "speichern": "ja", "topic": ""}
    terms = {"kind": "coordination", "intensity": "2", "reported_by": "a"}
    answer = client.post(ENTRY, given | terms, follow=True)
    assert "Bau &amp; Boden: neue Verbindungen 1, beendete 0." in text(answer)
    assert ticks(text(answer)) == {"a"}


def test_searching_keeps_the_ticks_and_writes_nothing(client):
    chain()
    sit_down(client)
    given = {"organisation": "b", "vorher": ["a", "c"], "partner": ["c", "e"], "suchen": "ja"}
    page = text(client.post(ENTRY, given | {"suche": "stelle E", "reported_by": "a"}))
    assert re.findall(r'type="checkbox" name="partner" value="(\w)"', page) == ["e"]
    assert '<input type="hidden" name="partner" value="c">' in page
    assert re.findall(r'name="vorher" value="(\w)"', page) == ["a", "c"]
    assert ticks(page) == {"e"}
    assert Cooperation.objects.count() == 2


def test_a_reader_sees_ties_and_may_not_change_them(client):
    chain()
    sit_down(client, role="reader")
    page = text(client.get(ENTRY + "?organisation=b"))
    assert 'name="speichern"' not in page
    assert page.count(" disabled") == 4
    given = {"organisation": "b", "vorher": ["a"], "speichern": "ja", "reported_by": "a"}
    assert client.post(ENTRY, given).status_code == 403
    assert client.get(ENTRY + "?organisation=fehlt").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_records(
    client, django_assert_num_queries, number
):
    a = actors("a")[0]
    for position in range(number):
        world.cooperation(a=a, b=actors(f"b{position}")[0], reported_by="a")
    sit_down(client)
    client.get(NET)
    with django_assert_num_queries(5):
        client.get(NET)
    with django_assert_num_queries(9):
        client.get(ENTRY + "?organisation=a")
