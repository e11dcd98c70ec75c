"""The year's selection at the desk: prepare it, score, and see only what one may see."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, TODAY, sit_down, text
from tests.web.test_lists import names
from tests.web.test_needs import cells

from gelingen.history.models import ChangeEvent
from gelingen.programme.models import Ballot, Candidate, Criterion, Limit, MemberBallot, Selection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "auswahl/"
ONE = BASE + "auswahl/"


def choice(number=2, *, gave=(), **fields):
    """Make a selection with a limit, a criterion, measures, and as many groups that score."""
    made = world.selection(key="auswahl", starts=date(2017, 5, 1), ends=date(2017, 7, 1), **fields)
    world.limit(key="geld", selection=made, amount=Decimal(50_000), origin="Kreis")
    world.criterion(key="nutzen", selection=made, name="Nutzen", weight=2, top=10)
    for position in range(number):
        group = world.body(key=f"ag_{position}", name=f"AG {position}")
        made.groups.add(group)
        measure = world.measure(key=f"m_{position}", title=f"Kurs {position}")
        world.candidate(
            key=f"k_{position}", selection=made, measure=measure, amounts={"geld": "10000.00"}
        )
        if made.state != "preparing" and made.voting == "groups":
            said = {f"k_{each}": {"nutzen": position} for each in range(number)}
            sent = TODAY if position in gave else None
            world.ballot(
                key=f"b_{position}", selection=made, body=group, sent=sent,
                scores=said if position in gave else {},
            )  # fmt: skip
    return made


def test_die_liste_sagt_jahr_stand_und_wie_viele_gruppen_bewertet_haben(client):
    sit_down(client)
    choice(state="scoring", gave=[0])
    page = text(client.get(BASE))
    assert names(page) == ["Jahresauswahl 2018"]
    assert cells(page, "Jahresauswahl 2018") == [
        "2018", "Bewertung läuft", "–", "2", "1 von 2", "–",
    ]  # fmt: skip


def test_ohne_auswahl_steht_da_was_hier_entsteht(client):
    sit_down(client)
    assert "Noch keine Jahresauswahl" in text(client.get(BASE))


@pytest.mark.parametrize("number", [2, 4])
def test_die_seiten_kosten_gleich_viel_bei_zwei_und_bei_vier(client, number):
    choice(number, state="scoring", gave=[0])
    sit_down(client)
    found = {}
    paths = (
        "", "listen/", "wenn/", "bewertung/", "bewertung/ag_0/", "bewertung/ag_1/", "angaben/",
        "grenzen/", "kriterien/", "mindestzahlen/", "massnahmen/", "massnahme/k_0/",
    )  # fmt: skip
    for url in (BASE, *(ONE + path for path in paths)):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        found[url.removeprefix(BASE)] = len(queries)
    assert found == {
        "": 4, "auswahl/": 15, "auswahl/listen/": 16, "auswahl/wenn/": 15, "auswahl/bewertung/": 18,
        "auswahl/bewertung/ag_0/": 19, "auswahl/bewertung/ag_1/": 19, "auswahl/angaben/": 8,
        "auswahl/grenzen/": 7, "auswahl/kriterien/": 7, "auswahl/mindestzahlen/": 9,
        "auswahl/massnahmen/": 6, "auswahl/massnahme/k_0/": 12,
    }  # fmt: skip


# Preparing


def test_was_noch_fehlt_steht_als_liste_mit_wegen_dahin(client):
    sit_down(client)
    world.selection(key="auswahl")
    page = text(client.get(ONE))
    assert "Es fehlt ein Kriterium." in page
    assert f'href="{ONE}grenzen/"' in page.partition("Was noch fehlt")[2].partition("</section>")[0]
    answer = client.post(f"{ONE}eroeffnen/")
    assert answer.status_code == 422
    assert "Es stehen noch keine zwei Maßnahmen zur Wahl." in text(answer)


def test_eine_neue_auswahl_nennt_wer_waehlt_wer_bewertet_und_bis_zum_letzten_tag(client):
    sit_down(client)
    for key in ("steuerung", "ag"):
        world.body(key=key, name=key.title())
    assert 'value="2018"' in text(client.get(f"{BASE}neu/"))
    given = {
        "title": "Auswahl 2018", "year": "2018", "body": "steuerung", "groups": ["ag"],
        "starts": "01.06.2017", "ends": "30.06.2017", "showing": "sent",
        "basis": "points", "middle": "median", "voting": "each",
    }  # fmt: skip
    page = text(client.post(f"{BASE}neu/", given, follow=True))
    assert "Angelegt: Auswahl 2018" in page
    assert "Rückgängig" in page
    assert "01.06.2017 bis 30.06.2017" in page
    made = Selection.objects.get()
    assert (made.ends, made.body.key, made.groups.get().key) == (
        date(2017, 7, 1),
        "steuerung",
        "ag",
    )
    assert made.criteria.count() == 6
    assert made.voting == "each"
    assert "jedes Mitglied; jedes Mitglied zählt gleich" in page


def test_grenzen_in_zeilen_neu_geaendert_und_entfernt(client):
    sit_down(client)
    choice()
    given = {
        "was_geld": "money", "woher_geld": "Kreis", "wieviel_geld": "60.000,50",
        "was_neu1": "fte", "woher_neu1": "", "wieviel_neu1": "1,5", "was_neu2": "money",
    }  # fmt: skip
    page = text(client.post(f"{ONE}grenzen/", given, follow=True))
    assert "60.000,50 EUR" in page
    assert "1,50 VZÄ" in page
    key = Limit.objects.get(resource="fte").key
    kept = {name: one for name, one in given.items() if "neu" not in name}
    more = {f"was_{key}": "fte", f"wieviel_{key}": "1,5", f"weg_{key}": "on"}
    client.post(f"{ONE}grenzen/", kept | more)
    assert [one.key for one in Limit.objects.all()] == ["geld"]
    refused = client.post(f"{ONE}grenzen/", {"was_geld": "money", "wieviel_geld": ""})
    assert refused.status_code == 422
    assert "Bitte ausfüllen." in text(refused)


def test_kriterien_in_der_reihenfolge_der_plaetze(client):
    sit_down(client)
    choice()
    given = {
        "platz_nutzen": "2", "name_nutzen": "Nutzen", "gewicht_nutzen": "3", "punkte_nutzen": "10",
        "platz_neu1": "1", "name_neu1": "Reichweite",
    }  # fmt: skip
    client.post(f"{ONE}kriterien/", given)
    found = [(one.name, one.weight, one.top) for one in Criterion.objects.all()]
    assert found == [("Reichweite", 1, 10), ("Nutzen", 3, 10)]


def test_zwei_die_dieselbe_grenze_aendern_sehen_beide_fassungen(client):
    sit_down(client)
    choice()
    first = {
        "stand": "geld:1", "was_geld": "money", "woher_geld": "Kreis", "wieviel_geld": "70000",
    }  # fmt: skip
    client.post(f"{ONE}grenzen/", first)
    page = text(client.post(f"{ONE}grenzen/", first | {"wieviel_geld": "80000"}))
    assert "Zwei Fassungen" in page
    assert "Ihre Fassung: 80000" in page
    assert "Inzwischen gespeichert: 70000" in page


def test_massnahmen_werden_nach_themenfeld_angekreuzt(client):
    sit_down(client)
    choice()
    world.measure(key="neu", title="Lotsin", cost_year_high=20_000)
    page = text(client.get(f"{ONE}massnahmen/"))
    assert "Lotsin" in page
    assert "Kurs 0" not in page
    page = text(client.post(f"{ONE}massnahmen/", {"wahl": ["neu"]}, follow=True))
    assert "1 Maßnahme steht jetzt zur Wahl." in page
    assert cells(page, "Lotsin")[1] == "20.000 EUR"
    assert client.post(f"{ONE}massnahmen/", {}).status_code == 422


def test_eine_massnahme_gesetzt_mit_grund_und_nur_zusammen_mit_einer_anderen(client):
    sit_down(client)
    choice(3)
    url = f"{ONE}massnahme/k_0/"
    given = {"menge_geld": "12000", "gesetzt": "on", "braucht": ["k_1"], "ohne": ["k_2"]}
    assert "Bitte sagen, warum" in text(client.post(url, given))
    page = text(client.post(url, given | {"warum": "Beschluss"}, follow=True))
    assert cells(page, "Kurs 0")[1:5] == ["12.000 EUR", "ja: Beschluss", "Kurs 1", "Kurs 2"]
    page = text(client.post(f"{url}entfernen/", follow=True))
    assert names(page.partition("Kriterien")[0]) == ["Kurs 1", "Kurs 2"]


def test_mindestzahlen_je_themenfeld(client):
    sit_down(client)
    made = choice()
    topic = made.candidates.first().measure.topic
    page = text(client.get(f"{ONE}mindestzahlen/"))
    assert "2 zur Wahl" in page
    client.post(f"{ONE}mindestzahlen/", {f"zahl_{topic.key}": "1"})
    assert made.minima.get().count == 1
    client.post(f"{ONE}mindestzahlen/", {f"zahl_{topic.key}": ""})
    assert not made.minima.exists()


# Scoring


def leading(client, key, office="chair"):
    """Let somebody with a seat in a group sit at the desk."""
    person = sit_down(client, role="member")
    seat = world.seat(body=world.body.model.objects.get(key=key), office=office)
    world.tenure(seat=seat, person=person)
    return person


def field(candidate="k_0"):
    """Name the field of a candidate for the one criterion."""
    number = Candidate.objects.get(key=candidate).pk
    return f"p{number}_{Criterion.objects.get().pk}"


def test_wer_eine_gruppe_leitet_bewertet_gibt_ab_und_nimmt_zurueck(client):
    made = choice(state="scoring")
    leading(client, "ag_0")
    url = f"{ONE}bewertung/ag_0/"
    page = text(client.get(url))
    assert page.count('type="number"') == 2
    remark = f"b{Candidate.objects.get(key='k_0').pk}"
    page = text(client.post(url, {field(): "7", remark: "Gut"}, follow=True))
    assert "Gespeichert." in page
    assert 'value="7"' in page
    page = text(client.post(url, {field(): "7", remark: "Gut", "tun": "abgeben"}, follow=True))
    assert "Abgegeben am 01.06.2017: 1 von 2 Maßnahmen bewertet." in page
    assert given(page, "Kurs 0") == ["7", "Gut"]
    assert given(page, "Kurs 1") == ["–", "–"]
    assert made.ballots.get(body__key="ag_0").scores == {"k_0": {"nutzen": 7}}
    page = text(client.post(url, {"tun": "zuruecknehmen"}, follow=True))
    assert 'type="number"' in page


def given(page, title):
    """Points and remark of a measure; its title stands over two rows, its needs in the first."""
    row = page.partition(f">{title}<")[2].split("<tr")[1]
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


def needs_behind(page, title):
    """What stands beside a measure to be scored about the needs that it answers."""
    (said,) = cells(page, title)
    return said


def _asks(statement, severity, voices=0, **fields):
    """Make a need that asks for something, with voices of whom nobody knows."""
    made = world.need(statement=statement, severity=severity, **fields)
    for number in range(voices):
        world.voice(need=made, function=f"Stelle {number}", speaker=None, severity=4)
    return made


def test_beim_bewerten_stehen_die_bedarfe_hinter_jeder_massnahme_der_schwerste_zuerst(client):
    choice(state="scoring")
    first, other = (Candidate.objects.get(key=key).measure for key in ("k_0", "k_1"))
    first.needs.add(_asks("Kein Bus am Abend", 2, voices=3), _asks("Nicht beurteilt", None))
    goal = world.goal()
    goal.needs.add(_asks("Keine Wohnung", 5))
    first.goals.add(goal)
    other.needs.add(_asks("Erledigt", 5, state="met", state_since=date(2017, 1, 1)))
    leading(client, "ag_0")
    page = text(client.get(f"{ONE}bewertung/ag_0/"))
    assert needs_behind(page, "Kurs 0") == (
        "Bedarfe: Keine Wohnung (Schwere 5 von 5 nach Eintrag, keine Stimme); "
        "Kein Bus am Abend (Schwere 2 bis 4 von 5 nach Eintrag und Stimmen, 3 Stimmen); "
        "Nicht beurteilt (keine Stimme)"
    )
    assert needs_behind(page, "Kurs 1") == "Kein offener Bedarf."


def test_auch_was_aus_einer_frueheren_runde_weitergeht_steht_beim_bewerten_da(client):
    choice(state="scoring")
    first = Candidate.objects.get(key="k_0").measure
    earlier = _asks("Kein Bus", 3, state="carried", state_since=date(2017, 1, 1))
    first.needs.add(earlier)
    _asks("Kein Bus am Abend", 4, previous=earlier)
    leading(client, "ag_0")
    said = needs_behind(text(client.get(f"{ONE}bewertung/ag_0/")), "Kurs 0")
    assert said == "Bedarf: Kein Bus am Abend (Schwere 4 von 5 nach Eintrag, keine Stimme)"


@pytest.mark.parametrize(
    ("number", "ends"), [(5, "e Stimme)"), (6, "ein weiterer"), (7, "2 weitere")]
)
def test_von_vielen_bedarfen_stehen_beim_bewerten_die_fuenf_schwersten_da(client, number, ends):
    choice(state="scoring")
    first = Candidate.objects.get(key="k_0").measure
    first.needs.add(*(_asks(f"Bedarf {rank}", 5 - rank // 2) for rank in range(number)))
    leading(client, "ag_0")
    said = needs_behind(text(client.get(f"{ONE}bewertung/ag_0/")), "Kurs 0")
    assert re.findall(r"Bedarf (\d)", said) == ["0", "1", "2", "3", "4"]
    assert said.endswith(ends)


def test_eine_bewertung_mit_hunderten_massnahmen_laesst_sich_abschicken(client):
    choice(state="scoring")
    leading(client, "ag_0")
    many = {f"p{number}_9": "" for number in range(4_400)}
    assert client.post(f"{ONE}bewertung/ag_0/", many | {field(): "7"}).status_code == 302


def test_zu_viele_punkte_werden_am_feld_abgelehnt(client):
    choice(state="scoring")
    leading(client, "ag_0")
    answer = client.post(f"{ONE}bewertung/ag_0/", {field(): "11"})
    assert answer.status_code == 422
    assert "Bitte eine ganze Zahl von 0 bis 10." in text(answer)
    page = text(client.post(f"{ONE}bewertung/ag_0/", {field(): "Unsinn?"}))
    assert "Bitte eine ganze Zahl von 0 bis 10." in page
    assert "Unsinn" not in page  # which a field for numbers cannot hold


def test_zwei_aus_einer_gruppe_schreiben_nebeneinander_und_nicht_uebereinander(client):
    choice(state="scoring")
    leading(client, "ag_0")
    url = f"{ONE}bewertung/ag_0/"
    ballot = Ballot.objects.get(body__key="ag_0")
    begun = {"stand": str(ballot.version), field("k_0"): "", field("k_1"): ""}
    client.post(url, begun | {field("k_0"): "3"}, headers=SCRIPT)
    # The other one saw neither, and says something about the second measure.
    quiet = text(client.post(url, begun | {field("k_1"): "5"}, headers=SCRIPT))
    ballot.refresh_from_db()
    assert ballot.scores == {"k_0": {"nutzen": 3}, "k_1": {"nutzen": 5}}
    assert f'name="{field("k_0")}" value="3"' in quiet
    assert "oob" in quiet
    clash = client.post(url, begun | {field("k_0"): "9"}, headers=SCRIPT)
    assert "hat hier gerade „3“" in text(clash)
    both = text(client.post(url, begun | {field("k_0"): "9"}))
    assert "Zwei Fassungen" in both
    assert "Ihre Fassung: 9" in both
    ballot.refresh_from_db()
    assert ballot.scores["k_0"] == {"nutzen": 3}


def test_was_eine_gruppe_auf_einer_seite_eintrug_ist_ein_vorgang_und_laesst_sich_zuruecknehmen(
    client,
):
    choice(state="scoring")
    leading(client, "ag_0")
    url = f"{ONE}bewertung/ag_0/"
    mark = re.findall(r'name="vorgang" value="([^"]+)"', text(client.get(url)))[0]
    for value in ("3", "8"):
        client.post(url, {field(): value, "vorgang": mark}, headers=SCRIPT)
    (batch,) = set(ChangeEvent.objects.exclude(batch="").values_list("batch", flat=True))
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert Ballot.objects.get(body__key="ag_0").scores == {}


# Who sees what: points and remarks of other groups


MARKER = "Heliotrop"


def told(number=2, **fields):
    """Let the second group send a ballot with a remark and points that are found nowhere else."""
    made = choice(number, **fields)
    world.ballot(
        key="b_geheim", selection=made, body=world.body(key="geheim", name="AG Zwei"), sent=TODAY,
        scores={"k_0": {"nutzen": 9}, "k_1": {"nutzen": 1}}, comments={"k_0": MARKER},
    )  # fmt: skip
    made.groups.add(world.body.model.objects.get(key="geheim"))
    return made


PAGES = (
    "", "listen/", "listen/vorlage.html", "bewertung/", "bewertung/geheim/", "bewertung/ag_0/",
    "angaben/", "massnahme/k_0/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["chair", "member", "reader"])
@pytest.mark.parametrize("showing", ["afterwards", "sent", "never"])
def test_was_andere_gruppen_sagen_steht_vorher_auf_keiner_seite(client, who, showing):
    told(state="scoring", showing=showing)
    if who == "reader":
        sit_down(client, role="steering")
    else:
        leading(client, "ag_0", office=who)
    for path in (BASE, DESK, *(ONE + one for one in PAGES)):
        page = text(client.get(path))
        assert MARKER not in page, path
        assert ">90" not in page, path
    assert client.get(f"{ONE}bewertung/geheim/").status_code == 404
    page = text(client.get(f"{ONE}bewertung/"))
    assert cells(page, "AG Zwei") == ["abgegeben am 01.06.2017", "–"]
    assert "Noch ist keine abgegebene Bewertung zu sehen." in page


def test_nach_dem_abschluss_sieht_jeder_was_die_gruppen_sagen_wenn_es_so_vereinbart_ist(client):
    told(state="weighing", showing="afterwards")
    sit_down(client, role="steering")
    page = text(client.get(f"{ONE}bewertung/"))
    assert "90,0" in page
    assert MARKER in text(client.get(f"{ONE}bewertung/geheim/"))


def test_wer_eine_andere_gruppe_leitet_schreibt_nichts_in_diese_bewertung(client):
    told(state="scoring")
    leading(client, "ag_0")
    answer = client.post(f"{ONE}bewertung/geheim/", {"tun": "zuruecknehmen"})
    assert answer.status_code == 404
    for path in ("angaben/", "grenzen/", "kriterien/", "mindestzahlen/", "massnahmen/"):
        assert client.get(ONE + path).status_code == 403
    for path in ("eroeffnen/", "abschliessen/"):
        assert client.post(ONE + path).status_code == 403
    assert Selection.objects.get().state == "scoring"


# Heute


def waiting(page):
    """Titles of what waits on the page of the day."""
    rows = page.split('<div class="g-auf__was">')[1:]
    return [re.sub(r"<[^>]*>", "", one.partition("</a>")[0]) for one in rows]


def test_heute_wartet_die_bewertung_auf_wer_die_gruppe_leitet_und_auf_sonst_niemanden(client):
    choice(state="scoring", gave=[1])
    world.structure(key="s")
    sit_down(client)
    assert "Jahresauswahl 2018: für AG 0 bewerten" not in waiting(text(client.get(DESK)))
    leading(client, "ag_0")
    page = text(client.get(DESK))
    assert "Jahresauswahl 2018: für AG 0 bewerten" in waiting(page)
    assert "Die Gruppe bewertet bis zum 30.06.2017 die Maßnahmen; noch nicht begonnen." in page
    assert f'href="{ONE}bewertung/ag_0/"' in page
    leading(client, "ag_1")
    assert not [one for one in waiting(text(client.get(DESK))) if "bewerten" in one]


@pytest.mark.parametrize(
    ("state", "ends", "waits"),
    [
        ("scoring", date(2017, 6, 2), False),
        ("scoring", TODAY, True),
        ("weighing", date(2017, 7, 1), True),
        ("decided", TODAY, False),
    ],
)
def test_heute_wartet_die_entscheidung_auf_wer_die_auswahl_fuehrt(client, state, ends, waits):
    chosen = world.body(key="steuerung", name="Steuerungsgruppe")
    world.selection(key="auswahl", state=state, ends=ends, body=chosen)
    world.structure(key="s")
    leading(client, "steuerung")
    page = text(client.get(DESK))
    assert ("Jahresauswahl 2018" in waiting(page)) is waits
    way = "" if state == "scoring" else "listen/"
    assert (f'href="{ONE}{way}"' in page) is waits
    sit_down(client, role="reader")
    assert "Jahresauswahl 2018" not in waiting(text(client.get(DESK)))


def test_eine_gruppe_ordnet_statt_zu_bewerten_und_beide_seiten_zeigen_es(client):
    made = choice(3, state="scoring", basis="order")
    sit_down(client)
    page = text(client.get(f"{ONE}bewertung/ag_0/"))
    assert "Platz 1 ist der beste" in page
    assert "Nutzen" not in page
    keys = {one.key: one.pk for one in made.candidates.all()}
    for group, places in (("ag_0", (1, 2, 3)), ("ag_1", (2, 1, 2)), ("ag_2", (3, 1, 2))):
        given = {f"r{keys[f'k_{at}']}": place for at, place in enumerate(places)}
        client.post(f"{ONE}bewertung/{group}/", {**given, "tun": "abgeben"})
    assert Ballot.objects.get(body__key="ag_1").ranking == {"k_0": 2, "k_1": 1, "k_2": 2}
    page = text(client.get(f"{ONE}bewertung/"))
    assert "Eine Reihenfolge aus allen" in page
    assert cells(page.split("Eine Reihenfolge aus allen")[1], "Kurs 1") == ["1", "1", "1"]
    assert "„Kurs 1“ gewinnt jeden direkten Vergleich" in page
    assert "eine Reihenfolge" in text(client.get(f"{ONE}listen/vorlage.html"))


def single(client, group="ag_0", **seat):
    """Let somebody with a voting seat in a group, who leads nothing, sit at the desk."""
    person = sit_down(client, role="member")
    body = world.body.model.objects.get(key=group)
    place = world.seat(key=f"sitz_{person.pk}", body=body, **seat)
    world.tenure(key=f"amt_{person.pk}", seat=place, person=person)
    return person


def alone(**fields):
    return choice(**{"state": "scoring", "voting": "within"} | fields)


def test_ein_mitglied_bewertet_fuer_sich_gibt_ab_und_nimmt_zurueck(client):
    alone()
    person = single(client)
    assert "als Mitglied von AG 0 bewerten" in text(client.get(DESK))
    page = text(client.get(f"{ONE}bewertung/"))
    assert cells(page, "AG 0") == ["0 von 1 Mitglied", "Bewerten"]
    assert cells(page, "AG 1") == ["kein Mitglied mit Konto und Stimme", "–"]
    url = f"{ONE}bewertung/ag_0/"
    assert "Ihre Bewertung sehen nur Sie" in text(client.get(url))
    page = text(client.post(url, {field(): "7", "stand": "0", "tun": "abgeben"}, follow=True))
    assert "Abgegeben am 01.06.2017: 1 von 2 Maßnahmen bewertet." in page
    assert "Rückgängig" not in page
    ballot = MemberBallot.objects.get()
    assert (ballot.person, ballot.scores) == (person, {"k_0": {"nutzen": 7}})
    assert cells(text(client.get(f"{ONE}bewertung/")), "AG 0") == ["1 von 1 Mitglied", "Ansehen"]
    page = text(client.post(url, {"tun": "zuruecknehmen"}, follow=True))
    assert 'type="number"' in page
    assert client.get(f"{ONE}bewertung/ag_1/").status_code == 404


def test_ein_altes_fenster_ueberschreibt_die_eigene_bewertung_nicht(client):
    alone()
    single(client)
    url = f"{ONE}bewertung/ag_0/"
    client.post(url, {field(): "7", "stand": "0"})
    page = client.post(url, {field(): "", field("k_1"): "2", "stand": "0"})
    assert "in einem anderen Fenster geändert" in text(page)
    assert MemberBallot.objects.get().scores == {"k_0": {"nutzen": 7}}


@pytest.mark.parametrize("who", ["chair", "member", "officer"])
def test_was_ein_einzelnes_mitglied_sagt_steht_auf_keiner_seite(client, who):
    made = alone()
    told_by = world.person(role="member")
    world.member_ballot(
        selection=made, body=world.body.model.objects.get(key="ag_0"), person=told_by, sent=TODAY,
        scores={"k_0": {"nutzen": 9}}, comments={"k_0": MARKER},
    )  # fmt: skip
    if who == "officer":
        sit_down(client)
    else:
        single(client, office=who)
    for path in (BASE, DESK, *(ONE + one for one in PAGES)):
        page = text(client.get(path))
        assert MARKER not in page, path
        assert ">90" not in page, path
    assert "Noch ist keine abgegebene Bewertung zu sehen." in text(client.get(f"{ONE}bewertung/"))


def test_nach_dem_abschluss_steht_je_gruppe_was_ihre_mitglieder_zusammen_sagen(client):
    made = alone()
    group = world.body.model.objects.get(key="ag_0")
    for value in (9, 4, 2):
        world.member_ballot(
            selection=made, body=group, person=world.person(role="member"), sent=TODAY,
            scores={"k_0": {"nutzen": value}}, comments={"k_0": "Hilft."},
        )  # fmt: skip
    sit_down(client)
    client.post(f"{ONE}abschliessen/")
    page = text(client.get(f"{ONE}bewertung/"))
    assert cells(page.split("Innerhalb der Gruppen")[1], "Kurs 0") == [
        "AG 0", "3", "50,0", "40,0", "70,0", "0",
    ]  # fmt: skip
    assert cells(page.split("Innerhalb der Gruppen")[1], "Kurs 1")[-1] == "3"
    assert "jedes Mitglied; jede Gruppe zählt gleich" in text(
        client.get(f"{ONE}listen/vorlage.html")
    )


def test_von_weniger_als_drei_mitgliedern_zeigt_keine_seite_was_ihre_gruppe_sagt(client):
    made = alone(state="weighing")
    group = world.body.model.objects.get(key="ag_0")
    for value in (9, 2):
        world.member_ballot(
            selection=made, body=group, person=world.person(role="member"), sent=TODAY,
            scores={"k_0": {"nutzen": value}}, comments={"k_0": MARKER},
        )  # fmt: skip
    sit_down(client)
    pages = [text(client.get(f"{ONE}{part}")) for part in ("bewertung/", "listen/vorlage.html")]
    for page in pages:
        assert "Nicht für sich gezeigt: AG 0." in page
        assert MARKER not in page
    assert "Innerhalb der Gruppen" not in pages[0]
    assert cells(pages[0].split("<h2>Punkte")[1], "Kurs 0") == ["55,0"]


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_der_bewertung_kostet_gleich_viel_bei_einem_und_bei_drei_mitgliedern(
    client, number
):
    made = alone(state="weighing")
    group = world.body.model.objects.get(key="ag_0")
    for _ in range(number):
        world.member_ballot(
            selection=made, body=group, person=world.person(role="member"), sent=TODAY,
            scores={"k_0": {"nutzen": 5}},
        )  # fmt: skip
    sit_down(client)
    client.get(f"{ONE}bewertung/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{ONE}bewertung/")
    assert len(asked) == 20
