"""Das Dokument einer Ausgabe: alle Kapitel, alle Maßnahmen, Zahlen wie überall."""

import re
from datetime import date

import pytest
from tests import world

from gelingen.documents import html_fragment
from gelingen.editions.freezing import tables_of
from gelingen.reports.editions import edition_document
from gelingen.reports.masterplan.paper import CHAPTERS

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)


@pytest.fixture
def plan():
    found = world.plan(key="masterplan")
    goal = world.goal(key="w01", plan=found, title="Alle finden Arbeit")
    world.measure(key="kurs", title="Abendkurs", public=True, goals=[goal])
    return found


def frozen(plan):
    return tables_of(world.tenant(), plan, on=DAY)


def said(plan, rows):
    return html_fragment(edition_document(world.edition(plan=plan), rows, number=1))


def test_jedes_kapitel_mit_eigenen_worten_steht_in_der_reihenfolge_des_masterplans(plan):
    for code in reversed(CHAPTERS):
        world.chapter(plan=plan, chapter=code, text=f"Wort zu {code}.")
    found = re.findall(r"Wort zu (\w+)\.", said(plan, frozen(plan)))
    assert found == list(CHAPTERS)


def test_ohne_eigene_worte_gibt_es_das_kapitel_nicht(plan):
    world.chapter(plan=plan, chapter="bedarfe", text=" ")
    assert CHAPTERS["bedarfe"] not in said(plan, frozen(plan))


def test_zwei_texte_zu_einem_kapitel_stehen_beide_da_unter_einer_ueberschrift(plan):
    world.chapter(plan=plan, chapter="vorwort", text="Der erste.")
    world.chapter(plan=plan, chapter="Vorwort ", text="Der zweite.")
    text = said(plan, frozen(plan))
    assert "Der erste." in text
    assert "Der zweite." in text
    assert text.count(">Vorwort</h") == 1


def test_ziele_und_massnahmen_ohne_themenfeld_der_ausgabe_gehen_nicht_verloren(plan):
    rows = {**frozen(plan), "topics": []}
    text = said(plan, rows)
    assert "Abendkurs" in text
    assert "Alle finden Arbeit" in text
    assert "Ohne Themenfeld" in text


def test_querschnittsthemen_nennen_die_massnahmen_die_sie_nennen(plan):
    across = world.topic(key="gender", name="Gleichstellung", cross_cutting=True)
    world.measure(key="treff", title="Frauentreff", public=True, cross_topics=[across])
    text = said(plan, frozen(plan))
    chapter = text[text.index(CHAPTERS["querschnitt"]) :]
    assert re.search("Gleichstellung.*Frauentreff", chapter, re.DOTALL)
    assert "Abendkurs" not in chapter


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (1234567.0, 1234567.0, "1.234.567"),
        (12345678901.0, 12345678901.0, "12.345.678.901"),
        (-3.5, -3.5, "−3,5"),
        (0.00001, 0.00001, "0,00001"),
        (0.1 + 0.2, 0.1 + 0.2, "0,3"),
        (None, 5.0, "höchstens 5"),
        (4000.0, None, "mindestens 4.000"),
        (4.5, 6.0, "4,5 bis 6,0"),
        (None, None, "nicht bekannt"),
    ],
)
def test_zahlen_sind_geschrieben_wie_ueberall(plan, low, high, wanted):
    value = {
        "territory": "09473", "territory_name": "Landkreis", "reference": "2016-12-31",
        "low": low, "high": high, "source": "Zensus", "note": "", "counted": "",
    }  # fmt: skip
    sheet = {"key": "k", "name": "Kennzahl", "definition": "", "unit": "", "series": [value]}
    text = said(plan, {**frozen(plan), "indicators": [sheet]})
    assert re.search(rf"<td[^>]*>{re.escape(wanted)}</td>", text)
