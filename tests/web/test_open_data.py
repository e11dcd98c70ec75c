"""Offene Daten der Webseite: Dateien, Schnittstelle, Katalog, Feed, Kalender, für alle."""

import csv
import json
import re
import warnings
from datetime import date
from io import StringIO

import feedparser
import icalendar
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from tests import world
from tests.opendata.shown import county, release
from tests.web.desk import text

from gelingen.access.policy import Operator
from gelingen.history.recording import change
from gelingen.opendata.columns import TABLES
from gelingen.site.models import SiteSettings
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
ROOT = "/09473/"
API = ROOT + "api/v1/"
DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")


@pytest.fixture
def shown():
    return release(county())


def ask(client, path, status=200):
    answer = client.get(API + path)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def test_ohne_freigegebene_ausgabe_gibt_es_nichts(client):
    world.site_settings(switched_on=True)
    county()
    for path in ("daten/measures.csv", "dcat.jsonld", "termine.ics", "api/v1/measures/"):
        assert client.get(ROOT + path).status_code == 404


def test_eine_ausgeschaltete_webseite_gibt_auch_keine_daten(client):
    release(county())
    settings = SiteSettings.objects.get()
    with change(by=Operator(), verb=Verb.CHANGED, of=settings):
        settings.switched_on = False
    for path in ("daten/measures.csv", "api/v1/", "neues.atom"):
        assert client.get(ROOT + path).status_code == 404, path


@pytest.mark.usefixtures("shown")
def test_eine_ausgabe_die_es_nicht_gibt_fehlt(client):
    assert client.get(ROOT + "daten/measures.csv?ausgabe=1").status_code == 200
    for wrong in ("2", "x", "0", "99999999999"):
        assert client.get(f"{ROOT}daten/measures.csv?ausgabe={wrong}").status_code == 404


@pytest.mark.usefixtures("shown")
def test_jede_tabelle_gibt_es_als_csv_und_json_mit_denselben_zeilen(client):
    for name, table in TABLES.items():
        flat = client.get(f"{ROOT}daten/{name}.csv")
        assert flat["Content-Type"] == "text/csv; charset=utf-8; header=present"
        assert flat["Content-Disposition"].endswith(f'"09473-ausgabe-1-{name}.csv"')
        rows = list(csv.DictReader(StringIO(text(flat), newline="")))
        told = client.get(f"{ROOT}daten/{name}.json").json()
        assert len(rows) == len(told["rows"]), name
        assert list(told["columns"]) == [one.name for one in table.columns]
        assert told["license"] == "https://www.govdata.de/dl-de/by-2-0"


@pytest.mark.usefixtures("shown")
def test_was_sich_nicht_geaendert_hat_wird_nicht_noch_einmal_geschickt(client):
    for path in ("daten/measures.csv", "api/v1/measures/", "dcat.jsonld", "neues.atom"):
        first = client.get(ROOT + path)
        again = client.get(ROOT + path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "Set-Cookie" not in first
        assert not first.cookies


@pytest.mark.usefixtures("shown")
def test_die_schnittstelle_filtert_blaettert_und_findet(client):
    every = ask(client, "measures/")
    assert [one["key"] for one in every["data"]] == ["m_0", "m_1"]
    assert every["meta"]["total"] == 2
    page = ask(client, "measures/?size=1&topic=sprache&goals=ziel")
    assert [one["key"] for one in page["data"]] == ["m_0"]
    following = page["links"]["next"].removeprefix("http://testserver" + API)
    assert [one["key"] for one in ask(client, following)["data"]] == ["m_1"]
    assert ask(client, "measures/?q=KURS 1")["meta"]["total"] == 1
    assert ask(client, "measures/?lead=AWO")["meta"]["total"] == 0
    one = ask(client, "measures/m_1/")["data"]
    assert (one["title"], one["lead"]) == ("Kurs 1", "VHS")
    assert one["milestones"] == [{"title": "Beginn", "due": "2018-01-01", "done": None}]
    assert ask(client, "editions/")["data"][0]["resolution"] == "Kreistag, 1. Juni 2017"
    assert ask(client, "indicators/")["data"][0]["series"][0]["low"] == 48
    names = [one["name"] for one in ask(client, "")["data"]]
    assert {"editions", "topics", "goals", "measures", "indicators", "news"} <= set(names)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("path", "status", "code", "parameter"),
    [
        ("measures/?thema=sprache", 400, "unknown_parameter", "thema"),
        ("measures/?page=0", 400, "bad_value", "page"),
        ("measures/?size=201", 400, "bad_value", "size"),
        ("measures/?topic=", 400, "bad_value", "topic"),
        ("measures/?topic=a&topic=b", 400, "repeated_parameter", "topic"),
        ("measures/?edition=7", 404, "not_found", ""),
        ("measures/keine/", 404, "not_found", ""),
        ("menschen/", 404, "not_found", ""),
    ],
)
def test_was_nicht_geht_wird_mit_gleichbleibendem_kennwort_gesagt(
    client, path, status, code, parameter
):
    error = ask(client, path, status)["error"]
    assert (error["code"], error["parameter"]) == (code, parameter)
    assert error["message"].endswith(".")


@pytest.mark.usefixtures("shown")
def test_geschrieben_wird_nichts(client):
    answer = client.post(API + "measures/", {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_eine_fruehere_ausgabe_bleibt_zu_haben(client):
    plan = county()
    first = release(plan)
    world.measure(key="neu", title="Neue Maßnahme", public=True)
    second = release(plan, number=2, previous=first)
    assert ask(client, "measures/")["meta"] == ask(client, "measures/?edition=2")["meta"]
    assert ask(client, "measures/")["meta"]["edition"] == second.number
    assert ask(client, "measures/?edition=1")["meta"]["total"] == 2
    assert ask(client, "editions/2/")["data"]["previous"] == 1


@pytest.mark.parametrize("measures", [1, 3])
def test_die_zahl_der_abfragen_bleibt_gleich(client, django_assert_num_queries, measures):
    release(county(measures))
    for path, number in (("api/v1/measures/", 3), ("daten/measures.csv", 3), ("neues.atom", 2)):
        with django_assert_num_queries(number):
            first = client.get(ROOT + path)
        # Of what is frozen, whoever has it makes nobody read it again.
        with django_assert_num_queries(2):
            again = client.get(ROOT + path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304


@pytest.fixture
def graph(client, shown):  # noqa: ARG001 - something is released
    answer = client.get(ROOT + "dcat.jsonld")
    warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, about itself
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    return rdflib.Graph().parse(data=answer.content, format="json-ld")


REQUIRED = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset],
    DCAT.Dataset: [
        DCTERMS.title, DCTERMS.description, DCATDE.contributorID, DCTERMS.publisher, DCAT.theme,
        DCAT.keyword, DCAT.landingPage, DCTERMS.issued, DCTERMS.modified, DCTERMS.identifier,
        DCAT.distribution, DCAT.contactPoint,
    ],
    DCAT.Distribution: [DCTERMS.title, DCAT.accessURL, DCTERMS.license, DCTERMS["format"]],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Organization: [FOAF.name],
    VCARD.Organization: [VCARD.hasURL],
}  # fmt: skip


def test_der_katalog_hat_jede_pflichtangabe_von_dcat_ap_de(graph):
    for kind, properties in REQUIRED.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            for name in properties:
                assert list(graph.objects(thing, name)), (thing, name)


def test_im_katalog_stehen_adressen_aus_den_vorgeschriebenen_listen(graph):
    assert set(graph.objects(None, DCTERMS.license)) == {
        rdflib.URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
    }
    assert set(graph.objects(None, DCATDE.contributorID)) == {
        rdflib.URIRef("http://dcat-ap.de/def/contributors/openDataBayern")
    }
    lists = "http://publications.europa.eu/resource/authority/"
    for name, within in ((DCTERMS["format"], "file-type/"), (DCAT.theme, "data-theme/")):
        assert all(str(one).startswith(lists + within) for one in graph.objects(None, name))
    assert all(len(list(graph.objects(one, DCATDE.contributorID))) == 1
               for one in graph.subjects(RDF.type, DCAT.Dataset))  # fmt: skip


def test_jede_adresse_im_katalog_gibt_es(client, graph):
    ours = {str(one) for one in graph.objects() if str(one).startswith("http://testserver/")}
    assert len(ours) > 20
    for address in sorted(ours):
        path = address.removeprefix("http://testserver").partition("#")[0]
        assert client.get(path).status_code == 200, path


@pytest.mark.usefixtures("shown")
def test_der_feed_nennt_veroeffentlichte_nachrichten_die_neueste_zuerst(client, settings):
    world.news(key="a", title="Alt & neu", day=date(2017, 5, 1), text="**Fest**", state="published")
    world.news(key="b", title="Neuer", day=date(2017, 6, 1), state="published")
    world.news(key="c", title="Entwurf", day=date(2017, 6, 1))
    world.news(key="d", title="Morgen", day=date(2017, 6, 2), state="published")
    answer = client.get(ROOT + "neues.atom")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert [one.title for one in read.entries] == ["Neuer", "Alt & neu"]
    assert "<strong>Fest</strong>" in read.entries[1].content[0].value
    assert read.entries[0].updated == "2017-06-01T00:00:00Z"
    assert len({one.id for one in read.entries}) == 2
    settings.SITE_HOSTS = {"integration.example": "09473"}
    moved = feedparser.parse(client.get(ROOT + "neues.atom").content)
    assert moved.entries[0].link.startswith("http://integration.example/")
    assert [one.id for one in moved.entries] == [one.id for one in read.entries]
    assert moved.feed.id == read.feed.id
    assert [one["key"] for one in ask(client, "news/")["data"]] == ["b", "a"]


@pytest.mark.usefixtures("shown")
def test_der_kalender_nennt_oeffentliche_sitzungen_und_ereignisse(client):
    answer = client.get(ROOT + "termine.ics")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    told = {(str(one["summary"]), one["dtstart"].dt.isoformat()) for one in events}
    assert told == {("Beirat", "2017-05-03"), ("Konferenz", "2017-03-01")}


@pytest.mark.usefixtures("shown")
def test_die_beschreibung_ist_openapi_und_sagt_zu_jeder_angabe_was_sie_heisst(client):
    told = ask(client, "openapi.json")
    assert told["openapi"].startswith("3.1")
    measure = told["components"]["schemas"]["Measures"]
    assert all(one["description"] for one in measure["properties"].values())
    assert "county = Landkreis" in json.dumps(measure, ensure_ascii=False)


@pytest.mark.usefixtures("shown")
def test_die_seite_der_daten_nennt_lizenz_stand_und_jede_spalte(client):
    page = text(client.get(ROOT + "daten/"))
    assert "https://www.govdata.de/dl-de/by-2-0" in page
    assert "Stand: 01.06.2017, 1. Ausgabe" in page
    for name, table in TABLES.items():
        assert f'href="{ROOT}daten/{name}.csv"' in page
        assert all(f"<code>{column.name}</code>" in page for column in table.columns)


@pytest.mark.usefixtures("shown")
def test_suchmaschinen_finden_jede_seite_und_nichts_vom_arbeitsplatz(client):
    world.news(key="a", title="Neu", day=date(2017, 6, 1), state="published")
    told = text(client.get("/robots.txt"))
    assert "Disallow: /intern/" in told
    assert f"Sitemap: http://testserver{ROOT}sitemap.xml" in told
    listed = client.get(ROOT + "sitemap.xml")
    pages = re.findall("<loc>http://testserver([^<]*)</loc>", text(listed))
    assert f"{ROOT}massnahmen/m_1/" in pages
    assert f"{ROOT}neues/a/" in pages
    for page in pages:
        assert page.startswith(ROOT)
        assert client.get(page).status_code == 200, page
