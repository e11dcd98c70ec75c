"""Karte: municipalities as tiles in the state of their needs."""

from decimal import Decimal

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MAP = DESK + "analyse/karte/"


def two_places():
    """Make two municipalities, of which one is served, and a need of the whole county."""
    county()
    world.territory(
        key="09473151", name="Neustadt", latitude=Decimal("50.327"), longitude=Decimal("11.122")
    )
    world.need(
        key="kreis",
        statement="Im ganzen Kreis",
        territory=world.territory(key="09473", name="Landkreis", kind="county"),
        topic=world.topic.model.objects.get(),
        target_group=world.target_group.model.objects.get(),
    )


def row(page, name):
    return page[page.index(f">{name}</a></th>") :].split("</tr>")[0]


def test_ein_bedarf_des_kreises_wird_je_gemeinde_danach_beurteilt_was_sie_erreicht(client):
    two_places()
    sit_down(client)
    page = text(client.get(MAP))
    assert 'g-z--endet">endet' in row(page, "Ahorn")
    assert 'g-z--unklar">unklar' in row(page, "Neustadt")


def test_nur_was_eine_lage_hat_wird_kachel_in_der_tabelle_stehen_alle(client):
    two_places()
    sit_down(client)
    page = text(client.get(MAP))
    picture, table = page.split('<ul class="g-kacheln">')[1].split("</ul>", 1)
    assert "<strong>Neustadt</strong>" in picture
    assert "Ahorn" not in picture
    assert "Ahorn" in table


def test_thema_zielgruppe_und_bedarf_schraenken_ein(client):
    two_places()
    world.topic(key="wohnen", name="Wohnen")
    ahorn = world.territory.model.objects.get(key="09473112")
    world.need(key="steuern", kind="strategic", territory=ahorn)
    sit_down(client)
    assert 'g-z--kein">kein Bedarf' in row(text(client.get(MAP + "?bedarf=steuern")), "Neustadt")
    assert 'g-z--unklar">unklar' in row(text(client.get(MAP + "?bedarf=steuern")), "Ahorn")
    assert 'g-z--kein">kein Bedarf' in row(text(client.get(MAP + "?thema=wohnen")), "Neustadt")
    assert 'g-z--unklar">unklar' in row(text(client.get(MAP + "?bedarf=kreis")), "Neustadt")
    assert 'g-z--unklar">unklar' in row(text(client.get(MAP + "?zielgruppe=frauen")), "Neustadt")


def test_eine_gemeinde_oeffnet_sich_mit_ihren_saetzen(client):
    two_places()
    sit_down(client)
    page = text(client.get(MAP + "?gemeinde=09473151&geld=expected"))
    assert '<h2 id="lade-titel" tabindex="-1">Neustadt</h2>' in page
    assert "Ob es für Frauen in Neustadt zu Sprache und Bildung ein Angebot gibt" in page
    assert 'aria-current="true"' in page
    close = page.split("data-escape")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "geld=expected" in close
    assert "gemeinde" not in close


def test_ohne_gemeinden_steht_der_naechste_schritt_da(client):
    world.structure()
    sit_down(client)
    assert "Keine Gemeinden eingetragen" in text(client.get(MAP))
