"""Zeitstrahl: structures over years, and how sure their money is."""

import re
from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.findings.current import current
from gelingen.web.pictures.stretches import Stretch, stretches_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LINE = DESK + "bestand/zeitstrahl/"
FIRST, LAST = date(2016, 1, 1), date(2020, 1, 1)


def stretches(key="angebot"):
    inventory = current(world.OPERATOR, world.tenant()).inputs.inventory
    found = stretches_of(inventory, starts=FIRST, ends=LAST).get(key, [])
    return [(one.starts, one.ends, one.state) for one in found]


def test_laeuft_das_geld_aus_ist_die_struktur_danach_offen():
    world.structure(key="angebot", ends=date(2019, 1, 1))
    world.funding(ends=date(2018, 1, 1))
    assert stretches() == [
        (FIRST, date(2018, 1, 1), "secured"),
        (date(2018, 1, 1), date(2019, 1, 1), "open"),
    ]


def test_gesichertes_geht_vor_beantragtem_und_das_vor_geplantem():
    world.structure(key="angebot")
    world.funding(ends=date(2017, 1, 1))
    world.funding(state="applied", ends=date(2018, 1, 1))
    world.funding(state="planned", ends=date(2019, 1, 1))
    assert [(state, ends.year) for _, ends, state in stretches()] == [
        ("secured", 2017),
        ("applied", 2018),
        ("planned", 2019),
        ("open", 2020),
    ]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"permanence": "standing"}, "secured"),
        ({"permanence": "volunteer"}, "secured"),
        ({}, "unknown"),
    ],
)
def test_ohne_eingetragenes_geld_zaehlt_was_die_struktur_traegt(given, state):
    world.structure(key="angebot", **given)
    assert stretches() == [(FIRST, LAST, state)]


def test_was_sich_nicht_aendert_ist_ein_balken():
    world.structure(key="angebot")
    world.funding(ends=date(2017, 1, 1))
    world.funding(starts=date(2017, 1, 1), ends=LAST)
    assert stretches() == [(FIRST, LAST, "secured")]


def test_die_rechnung_stimmt_tag_fuer_tag_mit_den_analysen():
    world.structure(key="angebot", starts=date(2016, 5, 1), ends=date(2019, 3, 1))
    world.funding(starts=date(2016, 2, 1), ends=date(2017, 9, 1))
    world.funding(state="applied", starts=date(2017, 6, 1), ends=date(2018, 2, 1))
    known = current(world.OPERATOR, world.tenant())
    found = [Stretch(*one) for one in stretches()]
    words = {"secured": "secured", "applied": "applied", "none": "open"}
    for year in range(2016, 2020):
        for month in range(1, 13):
            on = date(year, month, 1)
            mine = [one.state for one in found if one.starts <= on < one.ends]
            exists = date(2016, 5, 1) <= on < date(2019, 3, 1)
            band = known.money(on)["angebot"].band
            assert (on, mine) == (on, [words[band]] if exists else [])


def page(client, query=""):
    return text(client.get(LINE + query))


def test_bars_have_pattern_and_word_and_names_lead_to_the_structure(client):
    county()
    world.funding(
        structure=world.structure.model.objects.get(), state="applied",
        starts=date(2018, 1, 1), ends=date(2022, 1, 1),
    )  # fmt: skip
    sit_down(client)
    shown = page(client)
    assert f'<a href="{DESK}bestand/strukturen/angebot_0/"><title>Sprachcafé 0</title>' in shown
    assert "<title>gesichert 01.01.2016 bis 31.12.2017</title>" in shown
    assert "url(#muster-beantragt)" in shown
    assert ">beantragt</text>" in shown
    assert ">offen ab 01/2022</text>" in shown


def test_today_and_the_horizon_are_marked(client):
    county()
    sit_down(client)
    shown = page(client)
    assert '<line class="heute"' in shown
    assert "Heute 01.06.2017</text>" in shown
    assert '<line class="horizont"' in shown
    assert "Horizont 31.12.2025</text>" in shown
    assert "Heute 01.06.2017</text>" not in page(client, "?von=2018&bis=2019")


def test_the_picture_has_a_title_a_description_and_a_table_of_the_same(client):
    county()
    sit_down(client)
    shown = page(client)
    assert '<title id="zs-t">Strukturen und ihr Geld, 2015 bis 2025</title>' in shown
    assert '<desc id="zs-d">' in shown
    rows = re.findall(r'data-k="Zeitraum"[^>]*>([^<]*)<', shown)
    assert rows == [
        "01.01.2015 bis 31.12.2015",
        "01.01.2016 bis 31.12.2017",
        "01.01.2018 bis 31.12.2025",
    ]


def test_years_are_in_the_address_and_are_moved_by_one(client):
    county()
    sit_down(client)
    shown = page(client, "?von=2016&bis=2018&gruppen=traeger")
    assert "?von=2015&amp;bis=2017&amp;gruppen=traeger" in shown
    assert "?von=2015&amp;bis=2019&amp;gruppen=traeger" in shown
    assert "?von=2017&amp;bis=2017&amp;gruppen=traeger" in shown
    assert "2017 bis 2017" in page(client, "?von=2017&bis=2010")
    assert "2015 bis 2025" in page(client, "?von=gestern&bis=")


def test_groups_follow_topic_or_organisation(client):
    county(2)
    world.structure(name="Ohne Reichweite")
    sit_down(client)
    heads = '<text class="tb" x="8" y="[0-9]+">([^<]*)</text>'
    assert re.findall(heads, page(client)) == ["Sprache und Bildung", "ohne Themenfeld"]
    assert re.findall(heads, page(client, "?gruppen=traeger"))[:2] == ["Träger 0", "Träger 1"]
    assert re.findall(heads, page(client, "?gruppen=ohne")) == []


def test_filters_narrow_the_picture(client):
    county(2)
    world.structure(name="Kreistag", level="county")
    sit_down(client)
    names = "<title>([^<0-9]*[0-9]?)</title><text"
    assert re.findall(names, page(client, "?ebene=county")) == ["Kreistag"]
    assert re.findall(names, page(client, "?traeger=traeger_1")) == ["Sprachcafé 1"]
    assert re.findall(names, page(client, "?thema=sprache")) == ["Sprachcafé 0", "Sprachcafé 1"]
    assert "Kein Treffer" in page(client, "?ebene=federal")


def test_more_than_sixty_structures_are_paged(client):
    owner = world.organisation()
    for number in range(61):
        world.structure(name=f"Angebot {number:02}", organisation=owner)
    sit_down(client)
    assert page(client).count("</text></a>") == 60
    assert page(client, "?seite=2").count("</text></a>") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_records(
    client, django_assert_num_queries, number
):
    county(number)
    sit_down(client)
    client.get(LINE)
    with django_assert_num_queries(7):
        client.get(LINE)


def test_for_print_long_pictures_are_cut_between_rows(client):
    owner = world.organisation()
    for number in range(43):
        world.structure(name=f"Angebot {number:02}", organisation=owner)
    sit_down(client)
    parts = page(client).split("<svg xmlns")[1:]
    assert [part.count("</text></a>") for part in parts] == [19, 19, 5]
    assert [part.count('<line class="heute"') for part in parts] == [1, 1, 1]
    assert ["ohne Themenfeld</text>" in part for part in parts] == [True, True, True]


def falls(client, query=""):
    """Read the table of what falls away: each row as its texts."""
    part = page(client, query).partition('id="wegfall"')[2].partition("</section>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", part.partition("<tbody>")[2], re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in cells(row)] for row in rows]


def cells(row):
    return re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)


def test_unter_dem_bild_steht_was_bis_zum_horizont_wegfaellt(client):
    county()
    late = world.structure(key="spaet", name="Lotsin", fte=2)
    world.funding(structure=late, programme="Bund", eur_per_year=9000, ends=date(2019, 1, 1))
    world.funding(
        structure=late,
        programme="Land",
        state="applied",
        starts=date(2019, 1, 1),
        ends=date(2020, 1, 1),
    )
    world.structure(key="ewig", name="Amt", permanence="standing")
    world.structure(key="kurz", name="Büro", permanence="standing", ends=date(2020, 1, 1))
    sit_down(client)
    first, second, third = falls(client)
    assert third[:3] == ["Büro", "die Struktur selbst", "31.12.2019"]
    assert third[5] == "Struktur endet"
    assert first[:3] == ["Sprachcafé 0", "Programm 0", "31.12.2017"]
    assert second[:5] == ["Lotsin", "Bund", "31.12.2018", "9.000", "2,00"]
    assert (first[5], second[5]) == ("offen", "beantragt")


def test_die_tabelle_laesst_sich_sortieren_und_folgt_dem_filter(client):
    county()
    late = world.structure(key="spaet", name="Lotsin", level="county")
    world.funding(structure=late, eur_per_year=1, ends=date(2019, 1, 1))
    sit_down(client)
    names = [row[0] for row in falls(client, "?ordnung=struktur")]
    assert names == ["Lotsin", "Sprachcafé 0"]
    assert [row[0] for row in falls(client, "?ordnung=-tag")] == names
    assert [row[0] for row in falls(client, "?ebene=county")] == ["Lotsin"]


def test_nur_befristete_zeigt_was_einen_bekannten_letzten_tag_hat(client):
    county()
    world.structure(key="ewig", name="Amt", permanence="standing")
    world.structure(key="kurz", name="Projekt", permanence="standing", ends=date(2018, 1, 1))
    sit_down(client)
    names = "<title>([^<0-9]*[0-9]?)</title><text"
    assert re.findall(names, page(client, "?gruppen=ohne")) == ["Amt", "Projekt", "Sprachcafé 0"]
    limited = page(client, "?gruppen=ohne&dauer=befristet")
    assert re.findall(names, limited) == ["Projekt", "Sprachcafé 0"]
    assert "gruppen=ohne&amp;dauer=befristet" in limited
