"""Analyse: any two axes, any two days, and what opened and closed between them."""

from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.web.analysis.axes import AXES
from gelingen.web.analysis.fields import CLOSED, OPEN, RANKS, Field, turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MATRIX = DESK + "analyse/"
SIGN = '<span class="g-wende g-wende--{}"><span aria-hidden="true">{}</span> {}</span>'
OPENS = SIGN.format("opens", "+", "öffnet sich")
CLOSES = SIGN.format("closes", "−", "schließt sich")


def later_supply():
    """Make a gap now that closes on 1 January 2019."""
    county(0)
    world.need(key="n")
    world.inquiry()
    world.reach()
    structure = world.structure.model.objects.get()
    world.funding(structure=structure, starts=date(2015, 1, 1), ends=date(2016, 1, 1))
    world.funding(structure=structure, starts=date(2019, 1, 1), ends=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("covered", "gap", "opens"),
        ("not-known", "too-small", "opens"),
        ("no-demand", "gap", "opens"),
        ("gap", "covered", "closes"),
        ("gap", "ending", "closes"),
        ("too-small", "no-demand", "closes"),
        ("gap", "too-small", ""),
        ("gap", "not-known", ""),
        ("gap", "unknown-funding", ""),
        ("covered", "ending", ""),
    ],
)
def test_was_sich_oeffnet_und_was_sich_schliesst(earlier, later, expected):
    assert turn(Field(earlier), Field(later)) == expected


def test_jeder_zustand_ist_offen_geschlossen_oder_nicht_bekannt():
    unknown = {"not-known", "unknown-funding"}
    assert {*OPEN, *CLOSED} | unknown == {*RANKS, "no-demand"}
    assert not {*OPEN} & {*CLOSED}


def test_ein_feld_das_sich_oeffnet_traegt_zeichen_und_wort_und_steht_oben(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX))
    assert page.count(OPENS) == 2
    assert CLOSES not in page
    assert "Bis 31.12.2025 öffnet sich ein Feld, keines schließt sich." in page
    assert 'zeile=frauen&amp;spalte=sprache"' in page
    assert ">Frauen: Sprache und Bildung</a>" in page


def test_ein_feld_das_sich_schliesst(client):
    later_supply()
    sit_down(client)
    page = text(client.get(MATRIX))
    assert "Bis 31.12.2025 öffnet sich kein Feld, eines schließt sich." in page
    assert CLOSES in page


def test_mit_einem_frueheren_tag_verglichen_wird_von_dort_her_erzaehlt(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX + "?stand=01.02.2018&vergleich=01.06.2017"))
    assert "Seit 01.06.2017 hat sich ein Feld geöffnet, keines geschlossen." in page
    assert OPENS in page


def test_endet_heisst_es_am_frueheren_tag_auch_wenn_er_der_verglichene_ist(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX + "?stand=01.02.2018&vergleich=01.06.2017"))
    assert 'g-z--endet">endet' in page


def test_ohne_wende_steht_das_da(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX + "?stand=01.06.2017&vergleich=02.06.2017"))
    assert "Zwischen dem 01.06.2017 und dem 02.06.2017 öffnet und schließt sich kein Feld." in page


@pytest.mark.parametrize("rows", AXES)
@pytest.mark.parametrize("columns", AXES)
def test_jede_achse_mit_jeder_anderen(client, rows, columns):
    county()
    sit_down(client)
    page = text(client.get(f"{MATRIX}?zeilen={rows}&spalten={columns}"))
    names = {
        "thema": "Sprache und Bildung",
        "zielgruppe": "Frauen",
        "gemeinde": "Ahorn",
        "ebene": "Gemeinde",
        "funktion": "erbringt",
    }
    assert f'<th scope="row">{names[rows]}</th>' in page
    other = columns if columns != rows else "thema" if rows == "zielgruppe" else "zielgruppe"
    assert f'<th scope="col">{names[other]}</th>' in page


def test_die_ebene_des_bedarfs_geht_vor_der_seines_gebiets(client):
    county(0)
    world.need(key="n", level="county")
    sit_down(client)
    page = text(client.get(MATRIX + "?zeilen=ebene"))
    assert '<th scope="row">Landkreis oder kreisfreie Stadt</th>' in page
    assert '<th scope="row">Gemeinde</th>' not in page


def test_ein_bedarf_ohne_struktur_steht_bei_keiner_funktion(client):
    county(0)
    world.need(key="n")
    sit_down(client)
    assert '<th scope="row">keine Struktur</th>' in text(client.get(MATRIX + "?zeilen=funktion"))


def test_ein_feld_aus_zwei_anderen_achsen_oeffnet_sich_und_nennt_den_rest(client):
    county()
    sit_down(client)
    query = "?zeilen=ebene&spalten=funktion&zeile=municipality&spalte=delivers"
    page = text(client.get(MATRIX + query))
    assert '<h2 id="lade-titel" tabindex="-1">Gemeinde</h2>' in page
    assert "<h3>Sprache und Bildung, Frauen, Ahorn, Angebot</h3>" in page
    assert client.get(MATRIX + "feld/" + query).status_code == 200


def test_methoden_heissen_nur_im_letzten_abschnitt_bei_ihrem_namen(client):
    county()
    sit_down(client)
    before, _, after = text(client.get(MATRIX)).partition("So wurde gerechnet")
    assert "max-min" not in before
    assert "max-min" in after


def test_mehrere_federfuehrungen_im_kreis_stehen_in_dem_feld_das_gedeckt_ist(client):
    county()
    world.funding(structure=world.structure.model.objects.get(), ends=None, ends_kind="unlimited")
    whole = world.territory(key="09473", name="Landkreis", kind="county")
    for key in ("a", "b"):
        world.responsibility(
            key=key, organisation=world.organisation(key=key), territory=whole, level="county"
        )
    sit_down(client)
    assert 'g-z--mehrfach">mehrfach' in text(client.get(MATRIX))
