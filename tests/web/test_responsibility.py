"""Federführung: who leads what, and how units agree on it."""

import re
from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.register.models import Agreement, Responsibility

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MATRIX = DESK + "bestand/federfuehrung/"
CASE = "sprachfoerderung|sprache|frauen|09473112"


def case(*leads, task="sprachfoerderung", **given):
    """Let organisations, by key, lead one task."""
    of = world.task.model.objects.filter(key=task).first() or world.task(key=task, name=task)
    for key in leads:
        found = world.organisation.model.objects.filter(key=key).first()
        one = found or world.organisation(key=key, name=f"Stelle {key}", level="county")
        world.responsibility(organisation=one, task=of, **given)


def test_several_leads_and_none_stand_out_by_word_and_pattern(client):
    case("a", "b")
    case("a", task="allein")
    case("c", task="niemand", kind="participates", territory=world.territory(key="09473115"))
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=aufgabe&spalten=gebiet"))
    assert re.search(r'g-fz--mehrfach"[^>]*><strong>mehrere Federführungen</strong>', page)
    assert re.search(r'g-fz--luecke"[^>]*><strong>keine Federführung</strong>', page)
    assert "<span>Stelle a</span></a>" in page
    assert "1 mit mehreren Federführungen, 1 ohne Federführung" in page


def test_a_lead_for_the_whole_county_leads_in_its_municipalities(client):
    county = world.territory(key="09473", name="Landkreis Coburg")
    case("a", territory=county)
    case("b", kind="participates")
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=aufgabe&spalten=gebiet"))
    assert "0 mit mehreren Federführungen, 0 ohne Federführung" in page
    assert "Federführung im weiteren Feld" in page


def test_the_level_is_that_of_the_organisation_where_none_is_stated(client):
    case("a")
    case("b", task="anders", level="state")
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=aufgabe"))
    row = page.partition(">anders</th>")[2].partition("</tr>")[0]
    cells = row.split("<td>")[1:]
    assert ["Stelle b" in cell for cell in cells] == [False, True, False, False, False, False]


def test_the_day_decides_who_leads(client):
    case("a", ends=date(2017, 1, 1))
    case("b", starts=date(2017, 1, 1))
    sit_down(client)
    for asked, leads in (("31.12.2016", "Stelle a"), ("01.01.2017", "Stelle b")):
        page = text(client.get(f"{MATRIX}?zeilen=aufgabe&stand={asked}"))
        assert f"<span>{leads}</span>" in page
        assert "mehrere Federführungen</strong>" not in page


def test_a_cell_opens_beside_and_says_since_when_and_on_what_basis(client):
    case("a", starts=date(2015, 7, 1), basis="resolution")
    case("b")
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=aufgabe&zeile=sprachfoerderung&spalte=county"))
    drawer = page.partition('id="lade"')[2]
    assert "seit 01.07.2015, Grundlage Beschluss" in drawer
    assert "Beginn nicht bekannt, Grundlage nicht angegeben" in drawer
    assert drawer.count("checked") == 2


def test_an_empty_cell_is_filled_with_what_its_axes_say(client):
    case("a")
    world.task(key="neu", name="Neue Aufgabe")
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=aufgabe&spalten=stelle&zeile=neu&spalte=a"))
    drawer = page.partition('id="lade"')[2]
    assert '<option value="neu" selected>' in drawer
    assert '<option value="a" selected>Stelle a</option>' in drawer


FORM = {
    "task": "sprachfoerderung",
    "topic": "sprache",
    "target_group": "frauen",
    "territory": "09473112",
    "lead": "a",
    "others": ["b"],
    "afterwards": "participate",
    "starts": "01.01.2018",
    "basis": "contract",
}


def test_two_units_agree_and_it_can_be_taken_back(client):
    case("a", "b")
    sit_down(client)
    answer = client.post(MATRIX + "vereinbaren/", FORM, follow=True)
    key = Agreement.objects.get().key
    assert "Es fehlen die Bestätigungen." in text(answer)
    here = f"{DESK}bestand/vereinbarungen/{key}/"
    assert "Es fehlen: Stelle a, Stelle b" in text(client.get(MATRIX))
    given = {"on": "30.05.2017", "by": "Leitung"}
    client.post(here + "bestaetigen/", {"unit": "b", **given})
    assert "Es fehlt: Stelle a" in text(client.get(MATRIX))
    done = client.post(here + "bestaetigen/", {"unit": "a", **given}, follow=True)
    assert "Vereinbart: sprachfoerderung: Stelle a ab 01.01.2018." in text(done)
    assert Responsibility.objects.filter(ends=None).count() == 2
    undo = re.search(r'action="([^"]*zuruecknehmen[^"]*)"', text(done))
    client.post(undo[1])
    assert Responsibility.objects.filter(ends=None, starts=None).count() == 2
    assert Agreement.objects.get().state == "open"


def test_what_is_wrong_stands_in_the_form(client):
    case("a", "b")
    sit_down(client)
    answer = client.post(MATRIX + "vereinbaren/", {**FORM, "others": [], "starts": "bald"})
    assert answer.status_code == 422
    answer = client.post(MATRIX + "vereinbaren/", {**FORM, "others": []})
    assert "Auch Stelle b ist dann federführend" in text(answer)
    assert not Agreement.objects.exists()


def test_an_answer_needs_a_function_and_a_refusal_a_reason(client):
    case("a", "b")
    sit_down(client)
    client.post(MATRIX + "vereinbaren/", FORM)
    here = f"{DESK}bestand/vereinbarungen/{Agreement.objects.get().key}/"
    answer = client.post(here + "bestaetigen/", {"unit": "a", "on": "30.05.2017", "by": ""})
    assert (answer.status_code, "Bitte ausfüllen." in text(answer)) == (422, True)
    assert client.post(here + "ablehnen/", {"unit": "a", "reason": ""}).status_code == 422
    client.post(here + "ablehnen/", {"unit": "a", "reason": "Kein Personal"})
    assert Agreement.objects.get().state == "refused"
    assert "Offene Vereinbarungen" not in text(client.get(MATRIX))


def test_a_partner_answers_for_the_own_unit_only(client):
    case("a", "b")
    sit_down(client)
    client.post(MATRIX + "vereinbaren/", FORM)
    here = f"{DESK}bestand/vereinbarungen/{Agreement.objects.get().key}/"
    own = world.organisation.model.objects.get(key="b")
    sit_down(client, role="partner", organisation=own)
    page = text(client.get(here))
    assert "Stelle b bestätigt" in page
    assert "Stelle a bestätigt" not in page
    given = {"on": "30.05.2017", "by": "Leitung"}
    assert client.post(here + "bestaetigen/", {"unit": "a", **given}).status_code == 403
    client.post(here + "bestaetigen/", {"unit": "b", **given})
    assert Agreement.objects.get().consents[0]["organisation"] == "b"


def test_a_reader_sees_no_form(client):
    case("a", "b")
    sit_down(client, role="reader")
    page = text(client.get(MATRIX + "?zeilen=aufgabe&zeile=sprachfoerderung&spalte=county"))
    assert "Vorschlagen" not in page.partition('id="lade"')[2]
    assert client.post(MATRIX + "vereinbaren/", FORM).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_records(
    client, django_assert_num_queries, number
):
    for position in range(number):
        case("a", "b", task=f"aufgabe_{position}")
    sit_down(client)
    client.get(MATRIX)
    with django_assert_num_queries(12):
        client.get(MATRIX)
    for position in range(number):
        client.post(MATRIX + "vereinbaren/", FORM | {"task": f"aufgabe_{position}"})
    assert Agreement.objects.count() == number
    client.get(MATRIX)
    opened = "?zeilen=aufgabe&zeile=aufgabe_0&spalte=county"
    with django_assert_num_queries(13):
        client.get(MATRIX + opened)
    with django_assert_num_queries(7):
        client.get(f"{DESK}bestand/vereinbarungen/{Agreement.objects.first().key}/")
