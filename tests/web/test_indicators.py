"""Indicators at the desk: catalogue, sheet, values, what stands beside, how often pages ask."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.indicators.models import Indicator, IndicatorTarget
from gelingen.places.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "umsetzung/kennzahlen/"


@pytest.fixture
def sheet():
    return world.indicator(key="anteil", code="X-1", name="Ausländeranteil")


def value(territory, year, number, **more):
    return world.figure(
        indicator="Ausländeranteil", territory=territory, structure=None, value_low=number,
        value_high=number, reference=date(year, 12, 31), unit="Prozent", **more,
    )  # fmt: skip


def test_der_katalog_wird_uebernommen_und_laesst_sich_zuruecknehmen(client):
    sit_down(client)
    assert "Aus dem Katalog übernehmen" in text(client.get(BASE))
    said = text(client.post(f"{BASE}katalog/", {"wahl": ["X-A10", "X-G1"]}, follow=True))
    assert "Übernommen: 2 Indikatoren." in said
    assert "Rückgängig" in said
    client.post(f"{BASE}katalog/", {"alle": "ja"})
    assert Indicator.objects.count() == 47
    assert "Der ganze Katalog ist übernommen" in text(client.get(f"{BASE}katalog/"))


def test_ein_blatt_der_umsetzung_braucht_die_passende_stufe(client):
    measure = world.measure(key="kurs")
    sit_down(client)
    given = {
        "code": "M-1", "name": "Teilnehmende", "register": "measure", "kind": "output",
        "stair": "5", "measure": measure.key, "definition": "Wer kommt", "periodicity": "yearly",
        "lowest": "county", "migration_definition": "none", "wanted": "rise",
    }  # fmt: skip
    refused = client.post(f"{BASE}neu/", given)
    assert refused.status_code == 422
    assert "eine Stufe von 1 bis 3" in text(refused)
    client.post(f"{BASE}neu/", given | {"stair": "2"})
    assert Indicator.objects.get().figure == "Teilnehmende"


@pytest.mark.usefixtures("sheet")
def test_zwei_leute_am_selben_blatt_ueberschreiben_einander_nicht(client):
    sit_down(client)
    given = {
        "code": "X-1", "name": "Anteil", "register": "context", "definition": "So",
        "periodicity": "yearly", "lowest": "county", "migration_definition": "nationality",
        "wanted": "none", "figure": "Ausländeranteil", "stand": "1",
    }  # fmt: skip
    client.post(f"{BASE}blatt/anteil/aendern/", given)
    late = client.post(f"{BASE}blatt/anteil/aendern/", given | {"name": "Quote"})
    assert "Inzwischen hat jemand dieses Blatt geändert" in text(late)
    assert Indicator.objects.get().name == "Anteil"


@pytest.mark.usefixtures("sheet")
def test_ein_wert_kommt_als_spanne_mit_quelle_in_reihe_und_datei(client):
    place = world.territory(key="09473", name="Landkreis", kind="county")
    value(place, 2014, 4, source="=Register")
    sit_down(client)
    given = {
        "territory": "09473", "reference": "31.12.2015", "value": "ca. 5", "source": "Register",
    }  # fmt: skip
    said = text(client.post(f"{BASE}blatt/anteil/wert/", given, follow=True))
    assert "ca. 5 Prozent, 31.12.2015" in said
    assert Figure.objects.get(reference=date(2015, 12, 31)).certainty == "assumed"
    again = client.post(f"{BASE}blatt/anteil/wert/", given)
    assert "schon einen Wert" in text(again)
    answer = client.get(f"{BASE}blatt/anteil/werte.csv").content.decode()
    assert "'=Register" in answer
    assert "31.12.2015;5" in answer


@pytest.mark.usefixtures("sheet")
def test_ein_wert_eines_monats_steht_auch_in_der_datei_als_monat(client):
    place = world.territory(key="09473", name="Landkreis", kind="county")
    world.figure(
        indicator="Ausländeranteil", territory=place, structure=None, value_low=4, value_high=4,
        reference=date(2014, 7, 1), reference_precision="month", unit="Prozent",
    )  # fmt: skip
    sit_down(client)
    assert "4 Prozent, Juli 2014." in text(client.get(f"{BASE}blatt/anteil/"))
    answer = client.get(f"{BASE}blatt/anteil/werte.csv").content.decode()
    assert ";Juli 2014;4" in answer


@pytest.mark.usefixtures("sheet")
def test_seite_sagt_was_ein_trend_braucht_und_dass_ein_hoechstwert_ueberschritten_ist(client):
    value(world.territory(key="09473", name="Landkreis", kind="county"), 2014, 12)
    world.indicator_target(
        indicator=Indicator.objects.get(), due=date(2020, 12, 31), value_low=None, value_high=10
    )
    sit_down(client)
    said = text(client.get(f"{BASE}blatt/anteil/"))
    assert "Das Ziel zum 31.12.2020 ist um 2 überschritten." in said
    assert "braucht es mindestens acht vergleichbare Werte in gleichem Abstand." in said


@pytest.mark.usefixtures("sheet")
def test_die_seite_sagt_welcher_anteil_mangels_nenner_nicht_hinausgeht(client):
    place = world.territory(key="09473", name="Landkreis", kind="county")
    value(place, 2014, 4)
    count = world.indicator(key="zahl", code="X-2", figure="Ausländer", unit="Personen")
    world.figure(indicator="Ausländer", territory=place, structure=None)
    sit_down(client)
    assert "1 Wert wird nicht veröffentlicht" in text(client.get(f"{BASE}blatt/anteil/"))
    assert "nicht veröffentlicht" not in text(client.get(f"{BASE}blatt/{count.key}/"))


@pytest.mark.usefixtures("sheet")
def test_ein_amtlich_veroeffentlichter_anteil_bleibt_nicht_zurueck(client):
    world.territory(key="09473", name="Landkreis", kind="county")
    sit_down(client)
    given = {"territory": "09473", "reference": "31.12.2015", "value": "5", "source": "INKAR",
             "published": "on"}  # fmt: skip
    assert client.post(f"{BASE}blatt/anteil/wert/", given).status_code == 302
    assert Figure.objects.get().published
    assert "nicht veröffentlicht" not in text(client.get(f"{BASE}blatt/anteil/"))


@pytest.mark.usefixtures("sheet")
def test_ziel_bruch_erhebung_und_nenner_stehen_daneben_und_gehen_wieder(client):
    value(world.territory(key="09473", name="Landkreis", kind="county"), 2014, 4)
    sit_down(client)
    for kind, given in {
        "ziel": {"due": "31.12.2020", "value_low": "6,5"},
        "bruch": {"day": "01.01.2011", "why": "Zensus"},
        "erhebung": {"reference": "31.12.2016", "due": "01.03.2017", "who": "Statistik"},
        "nenner": {"rule": "acht Jahre", "ends": "26.06.2024"},
    }.items():
        sent = client.post(f"{BASE}blatt/anteil/dazu/{kind}/", given)
        assert sent.status_code == 302, text(sent)
    said = text(client.get(f"{BASE}blatt/anteil/"))
    assert "Bis zum Ziel am 31.12.2020 fehlen 2,5." in said
    assert "acht Jahre (bis 26.06.2024)" in said
    target = IndicatorTarget.objects.get()
    client.post(f"{BASE}dazu/ziel/{target.key}/entfernen/")
    assert not IndicatorTarget.objects.exists()


@pytest.mark.usefixtures("sheet")
@pytest.mark.parametrize(("address", "asked"), [("", 5), ("blatt/anteil/", 13)])
def test_die_seiten_fragen_bei_einer_und_drei_zeilen_gleich_oft(client, address, asked):
    place = world.territory(key="09473", name="Landkreis", kind="county")
    value(place, 2014, 4)
    sit_down(client)
    counts = []
    for more in (range(2), ()):
        client.get(BASE + address)
        with CaptureQueriesContext(connection) as found:
            client.get(BASE + address)
        counts.append(len(found))
        for at in more:
            world.indicator(code=f"N-{at}", figure=f"Wert {at}")
            value(world.territory(key=f"0947310{at}", name=f"Ort {at}"), 2014, 5 + at)
    assert counts == [asked, asked]


@pytest.mark.usefixtures("sheet")
def test_wer_nur_liest_sieht_keine_knoepfe_und_aendert_nichts(client):
    sit_down(client, role="reader")
    said = text(client.get(f"{BASE}blatt/anteil/"))
    assert "Blatt ändern" not in said
    assert client.get(f"{BASE}neu/").status_code == 403
    assert client.post(f"{BASE}katalog/", {"alle": "ja"}).status_code == 403


def test_ein_faelliger_wert_steht_auf_heute_und_fuehrt_zum_indikator(client):
    plan = world.collection_plan(indicator=world.indicator(key="anteil"))
    sit_down(client)
    page = client.get(DESK).content.decode()
    assert "Der Wert zum 31.12.2016 sollte bis 31.03.2017 da sein (Statistikstelle)." in page
    assert f"{BASE}blatt/{plan.indicator.key}/" in page


@pytest.mark.usefixtures("sheet")
def test_die_richtung_steht_im_steckbrief_mit_den_worten_der_berichte(client):
    sit_down(client)
    county = world.territory(key="09473", name="Landkreis", kind="county")
    for year in range(2009, 2017):
        value(county, year, year - 2000)
    assert "Steigt um etwa 1,0 je Jahr (1,0)." in text(client.get(f"{BASE}blatt/anteil/"))


def test_eigene_kennzahlen_werden_gezeigt_uebernommen_und_zurueckgenommen(client):
    world.territory(key="09473", name="Landkreis", kind="county")
    world.structure(fte=3, permanence="standing")
    world.structure(fte=1, permanence="project")
    sit_down(client)
    shown = text(client.get(f"{BASE}eigene/"))
    assert "25,0 Prozent" in shown
    assert "1,0 von 4,0 Vollzeitstellen befristet" in shown
    assert "Noch keine namentliche Umfrage mit Einladungen ist geschlossen." in shown
    done = text(client.post(f"{BASE}eigene/", follow=True))
    assert "Übernommen: 1 Wert zum" in done
    assert "Befristungsquote" in done
    again = text(client.post(f"{BASE}eigene/"))
    assert "Die Werte von heute sind schon übernommen." in again


def test_wer_nur_liest_rechnet_keine_eigenen_kennzahlen(client):
    sit_down(client, role="reader")
    assert client.get(f"{BASE}eigene/").status_code == 403
    assert client.post(f"{BASE}eigene/").status_code == 403


def compared(client, *keys):
    asked = "&".join(f"k={key}" for key in keys)
    return text(client.get(f"{BASE}nebeneinander/?{asked}"))


@pytest.fixture
def several():
    """Make three shares and a count, with values of the county."""
    place = world.territory(key="09473", name="Landkreis", kind="county")
    for key, unit, migration in (
        ("a", "Prozent", "nationality"), ("b", "Prozent", "none"), ("c", "Prozent", "history"),
        ("d", "Personen", "none"),
    ):  # fmt: skip
        world.indicator(
            key=key, code=key, name=f"Zahl {key}", figure=f"Zahl {key}", unit=unit,
            migration_definition=migration,
        )  # fmt: skip
        for year in (2014, 2015):
            world.figure(
                indicator=f"Zahl {key}", territory=place, structure=None, unit=unit,
                value_low=ord(key), value_high=ord(key), reference=date(year, 12, 31),
            )  # fmt: skip


@pytest.mark.usefixtures("several")
def test_nebeneinander_stehen_kennzahlen_die_dasselbe_zaehlen_in_denselben_achsen(client):
    sit_down(client)
    shown = compared(client, "a", "b")
    assert "Landkreis, Prozent. Alle Bilder haben dieselben Achsen." in shown
    assert re.search(r"31\.12\.2015.*97.*98.*31\.12\.2014", shown, re.DOTALL)
    assert "Zwei bis vier auswählen." in text(client.get(f"{BASE}nebeneinander/"))


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("keys", "why"),
    [("a", "gewählt sind 1"), ("ac", "bestimmen den Migrationshintergrund verschieden"),
     ("bd", "verschiedene Einheiten"), (["fremd", "a"], "gewählt sind 1")],
)  # fmt: skip
def test_was_nicht_vergleichbar_ist_steht_nicht_nebeneinander(client, keys, why):
    sit_down(client)
    shown = compared(client, *keys)
    assert why in shown
    assert "31.12.2015" not in shown


@pytest.mark.usefixtures("several")
def test_nebeneinander_fragt_bei_zwei_und_vier_kennzahlen_gleich_oft(
    client, django_assert_num_queries
):
    sit_down(client)
    client.get(BASE)
    for keys in ("ab", "abcd"):
        with django_assert_num_queries(7):
            compared(client, *keys)


def test_eigene_kennzahlen_fragen_bei_einem_und_drei_eintraegen_gleich_oft(client):
    world.territory(key="09473", name="Landkreis", kind="county")
    sit_down(client)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            chosen = world.selection(year=2017, state="decided")
            world.candidate(selection=chosen, measure=world.measure(), chosen=True)
            world.structure(fte=1, permanence="project")
            world.responsibility(organisation=world.organisation(), kind="lead")
        client.get(f"{BASE}eigene/")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{BASE}eigene/")
        counts.append(len(found))
    assert counts == [37, 37]
