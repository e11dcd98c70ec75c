"""The register of needs: the list, its weights, the matrix, bulk changes, the page of a need."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text
from tests.web.test_lists import heads, names

from gelingen.history.models import ChangeEvent
from gelingen.needs.models import Need, Voice
from gelingen.transfer.imports import preview_import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "bedarfe/"
DAY = date(2017, 6, 1)


def listed(client, path=""):
    return names(text(client.get(BASE + path)))


def cells(page, name):
    """Cells of the row whose title begins with a name, without what is for ears only."""
    rows = [one for one in page.split("<tr")[1:] if (names(one) or [""])[0].startswith(name)]
    found = re.findall(r"<td.*?</td>", rows[0].partition("</tr>")[0])
    quiet = [re.sub(r'<span class="kern-sr-only">.*?</span>', "", one) for one in found]
    return [" ".join(re.sub(r"<[^>]*>", " ", one).split()) for one in quiet]


def need(statement, **fields):
    return world.need(statement=statement, **fields)


# What it costs


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei_bedarfen(client, number):
    county(number)
    for position in range(number):
        world.voice(need=world.need(key=f"s_{position}"))
    sit_down(client)
    found = {}
    for path in ("", "?stand=01.01.2016", "matrix/", "ansichten/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 5, "?stand=01.01.2016": 9, "matrix/": 9, "ansichten/": 4}


# The list


def test_die_liste_zeigt_was_gebraucht_wird_und_nichts_erledigtes(client):
    sit_down(client)
    need("Offen")
    need("Künftig", starts=date(2018, 1, 1))
    need("Vorbei", ends=DAY)
    need("Erfüllt", state="met", state_since=DAY)
    need("Bald erfüllt", state="met", state_since=date(2017, 7, 1))

    assert listed(client) == ["Bald erfüllt", "Künftig", "Offen"]
    assert listed(client, "?zeigen=met") == ["Erfüllt"]
    assert listed(client, "?zeigen=over") == ["Vorbei"]
    assert listed(client, "?zeigen=met&stand=01.07.2017") == ["Bald erfüllt", "Erfüllt"]
    assert len(listed(client, "?zeigen=alle")) == 5
    assert listed(client, "?wann=spaeter") == ["Künftig"]


def test_geplant_ist_was_eine_massnahme_beantwortet_auch_ueber_ein_ziel_oder_aus_frueherer_runde(
    client,
):
    sit_down(client)
    direct, by_goal, dropped = need("Direkt"), need("Über Ziel"), need("Aufgegeben")
    old = need("Alt", state="carried", state_since=DAY)
    need("Weiter", previous=old)
    world.measure(needs=[direct, old])
    world.measure(goals=[world.goal(needs=[by_goal])])
    world.measure(needs=[dropped], maturity="dropped")

    assert listed(client, "?zeigen=planned") == ["Direkt", "Über Ziel", "Weiter"]
    assert listed(client, "?zeigen=open") == ["Aufgegeben"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("thema=wohnen", ["B"]),
        ("gruppe=jugend", ["B"]),
        ("gebiet=09473112", ["A"]),
        ("gebiet=09473", ["A", "B"]),
        ("ebene=county", ["B"]),
        ("art=strategic", ["B"]),
        ("stimme=Verein", ["B"]),
        ("suche=B", ["B"]),
    ],
)
def test_filter_stehen_in_der_adresse(client, query, expected):
    sit_down(client)
    need("A")
    other = need(
        "B",
        topic=world.topic(key="wohnen", name="Wohnen"),
        target_group=world.target_group(key="jugend", name="Jugend"),
        territory=world.territory(key="09473", name="Landkreis Coburg"),
        level="county",
        kind="strategic",
    )
    world.voice(need=other, group="Verein")
    assert listed(client, f"?{query}") == expected


def test_schwere_ist_eine_spanne_aus_eintrag_und_stimmen(client):
    sit_down(client)
    one = need("Eins", severity=3)
    world.voice(need=one, severity=5)
    need("Zwei", severity=4)
    page = text(client.get(BASE + "?spalten=name,schwere&ordnung=-schwere"))

    assert names(page) == ["Eins", "Zwei"]
    assert cells(page, "Eins")[1:2] == ["3 bis 5"]
    assert cells(page, "Zwei")[1:2] == ["4"]


# Weights


def voices(of, group, number):
    for position in range(number):
        world.voice(need=of, group=group, key=f"{of.key}_{group}_{position}")


def shares(client, query=""):
    page = text(client.get(f"{BASE}?spalten=name,anteil&{query}"))
    return {name: cells(page, name)[1] for name in names(page)}


def test_der_filter_aendert_die_anteile_nicht(client):
    sit_down(client)
    voices(need("A"), "Verein", 1)
    voices(need("B"), "Verein", 3)
    voices(need("Erfüllt", state="met", state_since=DAY), "Verein", 4)
    assert shares(client) == {"A": "25,0 %", "B": "75,0 %"}
    assert shares(client, "zeigen=alle") == {"A": "25,0 %", "B": "75,0 %", "Erfüllt": "–"}
    assert shares(client, "zeigen=open&suche=A") == {"A": "25,0 %"}


def test_eine_grosse_gruppe_zaehlt_ohne_gewichte_nicht_mehr_als_eine_kleine(client):
    sit_down(client)
    big, small = need("Großes"), need("Kleines")
    voices(big, "Verein", 9)
    voices(small, "Verein", 1)
    voices(small, "Gemeinde", 1)
    need("Ohne Stimme")

    assert shares(client) == {"Großes": "45,0 %", "Kleines": "55,0 %", "Ohne Stimme": "–"}
    assert list(shares(client, "ordnung=-anteil")) == ["Kleines", "Großes", "Ohne Stimme"]


def test_gewichte_stehen_in_der_adresse_und_bleiben_beim_filtern(client):
    sit_down(client)
    big, small = need("Großes"), need("Kleines")
    voices(big, "Verein", 9)
    voices(small, "Gemeinde", 1)
    query = "gewicht:Verein=3&gewicht:Gemeinde=1"

    assert shares(client, query) == {"Großes": "75,0 %", "Kleines": "25,0 %"}
    page = text(client.get(f"{BASE}?{query}"))
    assert '<input type="hidden" name="gewicht:Verein" value="3"' in page
    assert "geteilt durch die Summe der Gewichte" in page


def test_unter_der_liste_steht_dass_auch_eine_kleine_gruppe_gleich_viel_zaehlt(client):
    sit_down(client)
    voices(need("Großes"), "Verein", 5)
    small = need("Kleines")
    assert "jede Gruppe zählt" not in text(client.get(BASE))  # there is but one
    voices(small, "Gemeinde", 4)
    said = "jede Gruppe zählt gleich viel, wie viele Stimmen sie auch hat"
    assert f"{said} (weniger als 5: Gemeinde)." in text(client.get(BASE))
    weighed = text(client.get(f"{BASE}?gewicht:Verein=3"))
    assert said not in weighed
    assert "nach ihren Gewichten; wie viele Stimmen eine Gruppe hat" in weighed
    world.voice(need=small, group="Gemeinde", key="fuenfte")
    assert "weniger als 5" not in text(client.get(BASE))


@pytest.mark.parametrize("nonsense", ["viel", "-1", "nan", "101", ""])
def test_was_kein_gewicht_ist_wiegt_eins(client, nonsense):
    sit_down(client)
    voices(need("Großes"), "Verein", 9)
    voices(need("Kleines"), "Gemeinde", 1)
    assert shares(client, f"gewicht:Verein={nonsense}")["Großes"] == "50,0 %"


def test_sind_alle_gewichte_null_hat_niemand_einen_anteil(client):
    sit_down(client)
    voices(need("Großes"), "Verein", 9)
    assert shares(client, "gewicht:Verein=0") == {"Großes": "0,0 %"}


# Topics of earlier rounds


def test_bedarfe_eines_alten_themenfelds_stehen_unter_seinem_nachfolger(client):
    sit_down(client)
    new = world.topic(key="neu", name="Bildung")
    old = world.topic(key="alt", name="Schule", ends=DAY, successors=[new])
    need("Nachhilfe", topic=old)

    page = text(client.get(BASE + "?thema=neu"))
    assert names(page) == ["Nachhilfe"]
    assert "früher: Schule" in page
    assert listed(client, "?thema=alt&stand=31.05.2017") == ["Nachhilfe"]


def test_nach_einer_teilung_steht_ein_bedarf_in_jedem_teil_und_zaehlt_zusammen_einmal(client):
    sit_down(client)
    parts = [world.topic(key=key, name=key.title()) for key in ("kita", "schule")]
    old = world.topic(key="bildung", name="Bildung", ends=DAY, successors=parts)
    need("Nachhilfe", topic=old)

    assert listed(client, "?thema=kita") == listed(client, "?thema=schule") == ["Nachhilfe"]
    page = text(client.get(BASE + "matrix/"))
    assert [cells(page, row)[-1] for row in ("Kita", "Schule", "Zusammen")] == [
        "1 Bedarf Schwere nicht gesagt"] * 3  # fmt: skip


# The matrix


def test_die_matrix_zaehlt_bedarfe_und_sagt_was_niemand_gefragt_hat(client):
    sit_down(client)
    need("A", severity=2)
    need("B", severity=5)
    housing = world.topic(key="wohnen", name="Wohnen")
    work = world.topic(key="arbeit", name="Arbeit")
    world.inquiry(topic=housing)
    world.inquiry(topic=work, state="not_asked")
    page = text(client.get(BASE + "matrix/"))

    assert cells(page, "Sprache und Bildung")[0] == "2 Bedarfe Schwere 2 bis 5"
    assert cells(page, "Wohnen")[0] == "keiner genannt"
    assert cells(page, "Arbeit")[0] == "nicht gefragt"
    assert "?thema=sprache&amp;gruppe=frauen" in page


def test_die_matrix_hat_dieselben_filter_wie_die_liste(client):
    sit_down(client)
    need("A", kind="strategic")
    need("B")
    page = text(client.get(BASE + "matrix/?art=strategic"))
    assert cells(page, "Sprache und Bildung")[0].startswith("1 Bedarf")
    assert "?art=strategic&amp;thema=sprache&amp;gruppe=frauen" in page


def test_wo_in_einem_anderen_ort_gefragt_wurde_ist_hier_nicht_gefragt(client):
    sit_down(client)
    need("A", territory=world.territory(key="09473159", name="Neustadt"))
    world.topic(key="wohnen", name="Wohnen")
    world.inquiry(territory=world.territory(key="09473112"))

    assert cells(text(client.get(BASE + "matrix/")), "Wohnen")[0] == "keiner genannt"
    page = text(client.get(BASE + "matrix/?gebiet=09473159"))
    assert cells(page, "Wohnen")[0] == "nicht gefragt"


# Columns, views and export


def test_spalten_lassen_sich_waehlen_und_die_liste_als_ansicht_speichern(client):
    sit_down(client)
    need("A")
    assert heads(text(client.get(BASE + "?spalten=name,aus")))[:2] == [
        "Bedarf",
        "Stimmen nach Gruppe",
    ]
    client.post(BASE + "ansichten/", {"name": "Nach Stimmen", "query": "ordnung=-anteil"})
    assert "Nach Stimmen" in text(client.get(BASE))
    assert "Nach Stimmen" in text(client.get(BASE + "ansichten/"))


def test_die_ausgabe_der_liste_laesst_sich_unveraendert_wieder_einlesen(client, tmp_path):
    person = sit_down(client)
    old = need("Alt", state="carried", state_since=DAY)
    need("Neu", previous=old)
    file = tmp_path / "liste.xlsx"
    file.write_bytes(client.get(BASE + "ausgabe/?zeigen=alle").content)
    preview = preview_import(person, file, tenant=old.tenant)
    assert [one for one in preview.book.problems if one.serious] == []
    assert preview.empty


# Several at once


def act(client, deed, *keys, **given):
    """Do something with needs as a person does: look at the preview, then write it."""
    sent = {"wahl": keys, "tat": deed, "vorschau": "ja", **given}
    preview = text(client.post(BASE + "sammeln/", sent))
    stamp = re.search(r'name="stempel" value="(\w+)"', preview).group(1)
    return preview, client.post(BASE + "sammeln/", {**sent, "stempel": stamp})


def test_erst_kommt_die_frage_dann_die_vorschau_dann_wird_geschrieben(client):
    sit_down(client)
    need("A", key="a")
    first = client.post(BASE + "sammeln/", {"wahl": ["a"], "tat": "state"})
    assert first.status_code == 200
    assert "Ab welchem Tag" in text(first)
    assert "Vorschau</h2>" not in text(first)
    empty = {"wahl": ["a"], "tat": "state", "vorschau": "ja"}
    assert client.post(BASE + "sammeln/", empty).status_code == 422

    given = {"state": "met", "on": "01.06.2017", "reason": "Kurs läuft"}
    preview, _ = act(client, "state", "a", **given)
    assert "„A“: erfüllt seit 01.06.2017, bisher offen" in preview
    one = Need.objects.get(key="a")
    assert (one.state, one.state_since) == ("met", DAY)
    assert ChangeEvent.objects.filter(reason="Kurs läuft").exists()


def test_ist_die_vorschau_ueberholt_wird_nichts_geschrieben(client):
    sit_down(client)
    need("A", key="a")
    sent = {"wahl": ["a"], "tat": "state", "vorschau": "ja", "state": "met", "on": "1.6.2017"}
    page = text(client.post(BASE + "sammeln/", {**sent, "stempel": "alt"}))
    assert "Nichts wurde geschrieben" in page
    assert Need.objects.get().state == "open"


def test_weiterfuehren_laesst_sich_in_einem_schritt_zuruecknehmen(client):
    sit_down(client)
    need("A", key="a")
    need("B", key="b")
    act(client, "carry", "a", "b", on="01.06.2017")
    assert Need.objects.filter(previous__isnull=False).count() == 2
    batch = ChangeEvent.objects.latest("pk").batch
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert set(Need.objects.values_list("key", "state")) == {("a", "open"), ("b", "open")}


def test_zusammenfuehren_fragt_welcher_bedarf_bleibt(client):
    sit_down(client)
    need("A", key="a")
    need("B", key="b")
    asked = client.post(BASE + "sammeln/", {"wahl": ["a"], "tat": "merge"}, follow=True)
    assert "mindestens zwei Bedarfe ankreuzen" in text(asked)
    act(client, "merge", "a", "b", kept="b")
    assert [one.key for one in Need.objects.all()] == ["b"]


def test_wer_bedarfe_nicht_aendern_darf_sieht_keine_haken_und_wird_abgewiesen(client):
    sit_down(client, role="reader")
    need("A", key="a")
    assert "sammel" not in text(client.get(BASE))
    assert client.post(BASE + "sammeln/", {"wahl": ["a"], "tat": "state"}).status_code == 403
    assert client.get(BASE + "bedarf/a/stimme/").status_code == 403


@pytest.mark.parametrize("nonsense", ["", "fliegen"])
def test_was_es_nicht_gibt_laesst_sich_mit_bedarfen_nicht_machen(client, nonsense):
    sit_down(client)
    need("A", key="a")
    assert client.post(BASE + "sammeln/", {"wahl": ["a"], "tat": nonsense}).status_code == 404


# The page of a need


def own(client, key="a"):
    return text(client.get(f"{DESK}bedarfe/bedarf/{key}/"))


def test_die_seite_eines_bedarfs_nennt_stimmen_mit_gruppe_tag_und_herkunft(client):
    sit_down(client)
    one = need("A", key="a", voice="Leitung Kursbüro", voiced=DAY)
    world.voice(need=one, group="Verein", function="Vorstand", day=DAY, origin="survey:u1")
    page = own(client)

    assert "2 unabhängige Stimmen: ohne Angabe 1, Verein 1." in page
    assert cells(page, "Vorstand")[:5] == ["Verein", "01.06.2017", "–", "–", "Umfrage"]
    assert f'href="{BASE}umfragen/u1/"' in page


def test_welche_organisation_spricht_sieht_nur_wer_umfragen_fuehrt(client):
    one = need("A", key="a")
    world.voice(need=one, speaker=world.organisation(name="Verein Brücke"), origin="survey:u1")
    sit_down(client, role="reader")
    page = own(client)
    assert "Verein Brücke" not in page
    assert "umfragen/u1/" not in page
    sit_down(client)
    assert "Verein Brücke" in own(client)


def test_eine_stimme_laesst_sich_eintragen_und_zuruecknehmen(client):
    sit_down(client)
    need("A", key="a")
    sent = {"group": "Schule", "function": "Schulleitung", "day": "1.5.2017", "severity": "4"}
    assert client.post(BASE + "bedarf/a/stimme/", {"group": ""}).status_code == 422
    client.post(BASE + "bedarf/a/stimme/", sent)
    voice = Voice.objects.get()
    assert (voice.function, voice.day, voice.severity) == ("Schulleitung", date(2017, 5, 1), 4)
    client.post(f"{DESK}eintrag/zuruecknehmen/{ChangeEvent.objects.latest('pk').batch}/")
    assert not Voice.objects.exists()


def test_die_seite_sagt_wie_der_bedarf_steht_und_woher_er_kommt(client):
    sit_down(client)
    old = need("Alt", key="a", state="carried", state_since=DAY)
    new = need("Neu", key="b", previous=old)
    assert "Weitergeführt seit 01.06.2017." in own(client)
    assert "weitergeführt als: " in own(client)
    assert "Offen: Keine Maßnahme antwortet darauf." in own(client, "b")
    assert "führt fort: " in own(client, "b")
    world.measure(needs=[old])
    assert "Geplant: eine Maßnahme antwortet darauf." in own(client, new.key)
    need("Bald", key="c", state="carried", state_since=date(2017, 7, 1))
    assert "Offen: Keine Maßnahme antwortet darauf. Ab 01.07.2017: weitergeführt." in own(
        client, "c"
    )


def test_in_der_gliederung_mahnt_kein_bedarf_dessen_fruehere_runde_beantwortet_ist(client):
    sit_down(client)
    world.plan()
    old = need("Alt", state="carried", state_since=DAY)
    need("Weiter", previous=old)
    need("Vorbei", ends=DAY)
    world.measure(needs=[old])
    assert "Diesen Bedarf beantwortet noch kein Wirkungsziel." not in text(
        client.get(f"{DESK}plan/")
    )
    need("Neu")
    assert "Diesen Bedarf beantwortet noch kein Wirkungsziel." in text(client.get(f"{DESK}plan/"))


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_eines_bedarfs_kostet_gleich_viel_bei_einer_und_bei_drei_stimmen(client, number):
    sit_down(client)
    one = need("A", key="a")
    for _ in range(number):
        world.voice(need=one, speaker=world.organisation())
    own(client)
    with CaptureQueriesContext(connection) as queries:
        own(client)
    assert len(queries) == 8
