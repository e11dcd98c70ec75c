"""Verlauf: open cells quarter by quarter, and which money ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.web.analysis.course import quarter_ends

COURSE = DESK + "analyse/verlauf/"
DAYS = st.dates(date(2016, 1, 1), date(2019, 12, 31))
pages = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def marked(test):
    for mark in pages:
        test = mark(test)
    return test


@given(DAYS, DAYS)
def test_vierteljahre_enden_an_ihrem_letzten_tag_und_das_letzte_am_letzten_tag(a, b):
    first, last = sorted((a, b))
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    month_ends = {(3, 31), (6, 30), (9, 30), (12, 31)}
    expected = [day for day in days[:-1] if (day.month, day.day) in month_ends]
    assert quarter_ends(first, last) == [*expected, last]


@marked
def test_die_luecke_steht_in_dem_vierteljahr_mit_dem_das_geld_endet(client):
    county()
    sit_down(client)
    page = text(client.get(COURSE))
    assert "Vom 01.06.2017 bis 31.12.2025: von 0 auf 1 offene Felder." in page
    assert "Am meisten öffnet sich im Vierteljahr 4/2017: 1." in page
    table = page.split("Als Tabelle")[1].split("</table>")[0]
    before = table.split('<th scope="row">3/2017')[1].split("</tr>")[0]
    after = table.split('<th scope="row">4/2017')[1].split("</tr>")[0]
    assert before.endswith('<td class="g-zahl">0</td>')
    assert after.endswith('<td class="g-zahl">1</td>')


@marked
def test_was_endet_steht_im_vierteljahr_seines_letzten_tags_mit_weg_zur_struktur(client):
    county()
    sit_down(client)
    events = text(client.get(COURSE)).split("Was wann endet")[1]
    ends = events.split('<th scope="row">4/2017')[1].split("</tr>")[0]
    assert "Am 31.12.2017 endet das Geld für Sprachcafé 0" in ends
    assert f'href="{DESK}bestand/strukturen/angebot_0/"' in ends
    assert "Sprache und Bildung, Frauen, Ahorn" in ends


@marked
def test_ein_thema_ohne_bedarf_hat_keinen_verlauf(client):
    county()
    world.topic(key="wohnen", name="Wohnen")
    sit_down(client)
    page = text(client.get(COURSE + "?thema=wohnen"))
    assert "Hier ist kein Bedarf eingetragen." in page
    assert "Sprachcafé" not in page


@marked
def test_erhofftes_geld_zaehlt_wo_man_es_waehlt(client):
    county()
    structure = world.structure.model.objects.get()
    later = {"starts": date(2018, 1, 1), "ends": date(2030, 1, 1)}
    world.funding(structure=structure, state="planned", **later)
    sit_down(client)
    assert "von 0 auf 1 offene" in text(client.get(COURSE))
    assert "von 0 auf 0 offene" in text(client.get(COURSE + "?geld=optimistic"))


@marked
def test_das_bild_hat_titel_und_fuer_jedes_vierteljahr_eine_zeile(client):
    county()
    sit_down(client)
    page = text(client.get(COURSE + "?stand=01.01.2017&bis=31.12.2018"))
    svg = page.split('<svg class="g-kurve" width="900"')[1].split("</svg>")[0]
    assert svg.count('fill="url(#k-funding_cliff)"') == 5
    assert svg.count('class="k-ende"') == 1
    assert "Lücken und ungeklärte Felder je Vierteljahr vom 01.01.2017 bis 31.12.2018" in svg
    assert page.split("Als Tabelle")[1].split("</table>")[0].count('<th scope="row">') == 8


@marked
def test_ein_ende_vor_dem_anfang_wird_der_anfang(client):
    county()
    sit_down(client)
    page = text(client.get(COURSE + "?stand=01.06.2017&bis=01.01.2016"))
    assert "Vom 01.06.2017 bis 01.06.2017" in page
