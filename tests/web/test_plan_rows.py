"""Plan: rows are changed, added, linked and moved at their place, with script and without."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, county, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.needs.models import Need
from gelingen.plan.models import ImpactGoal, Measure
from gelingen.web.plan import lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PLAN = DESK + "plan/"
ROW = PLAN + "zeile/"
MEASURE = ROW + "measure/m/aendern/"


@pytest.fixture
def desk(client):
    """Sit at a plan with one need, one goal and one measure."""
    need = world.need(key="n", statement="Deutsch lernen")
    goal = world.goal(key="z", title="Frauen sprechen", needs=[need])
    world.organisation(key="vhs", name="Volkshochschule")
    world.measure(key="m", title="Kurs", goals=[goal])
    sit_down(client)
    return client


def sent(**fields):
    return {"title": "Kurs", "stand": "1", **fields}


def test_eine_zeile_wird_auf_einer_eigenen_seite_geaendert(desk):
    assert "Federführung" in text(desk.get(MEASURE))
    answer = desk.post(
        MEASURE, sent(title="Kurs am Abend", lead="vhs", starts="2018", cost_year="4000–6000")
    )
    assert answer.headers["Location"].startswith(PLAN + "#zeile-m")
    changed = Measure.objects.get(key="m")
    assert (changed.title, changed.lead.key, changed.cost_year_high) == (
        "Kurs am Abend",
        "vhs",
        6000,
    )
    assert "Gespeichert: Kurs am Abend." in text(desk.get(PLAN))


def test_mit_skript_kommt_nur_die_zeile_mit_neuen_hinweisen_und_rueckgaengig(desk):
    answer = text(desk.post(MEASURE, sent(lead="vhs"), headers=SCRIPT))
    assert "<html" not in answer
    assert "Volkshochschule" in answer
    assert "Die Federführung fehlt." not in answer
    assert "Rückgängig" in answer
    assert 'id="plan-kopf" data-hx-swap-oob="true"' in answer


def test_ein_falscher_wert_bleibt_in_der_zeile_stehen(desk):
    answer = desk.post(MEASURE, sent(starts="gestern"), headers=SCRIPT)
    assert answer.status_code == 422
    assert 'value="gestern"' in text(answer)
    assert Measure.objects.get(key="m").starts is None


def test_was_jemand_anderes_inzwischen_geaendert_hat_wird_nicht_ueberschrieben(desk):
    desk.post(MEASURE, sent(title="Andere Fassung"))
    answer = text(desk.post(MEASURE, sent(title="Meine Fassung"), headers=SCRIPT))
    assert "Inzwischen hat jemand anderes diese Zeile geändert." in answer
    assert 'value="Meine Fassung"' in answer
    both = text(desk.post(MEASURE, sent(title="Meine Fassung")))
    assert "Inzwischen gespeichert: Andere Fassung" in both
    assert Measure.objects.get(key="m").title == "Andere Fassung"
    desk.post(MEASURE, sent(title="Meine Fassung", stand="2", wahl_title="meine"))
    assert Measure.objects.get(key="m").title == "Meine Fassung"


def test_wer_nur_liest_bekommt_auch_eine_einzelne_zeile_ohne_verweise_zum_aendern(desk):
    assert "aendern/" in text(desk.get(ROW + "measure/m/", headers=SCRIPT))
    sit_down(desk, role="reader")
    assert "aendern/" not in text(desk.get(ROW + "measure/m/", headers=SCRIPT))


def test_ein_hinweis_fuehrt_in_das_feld_das_ihn_behebt(desk):
    link = re.search(r'href="([^"]*feld=lead)"', text(desk.get(PLAN)))[1]
    field = re.search(r'<select[^>]*name="lead"[^>]*>', text(desk.get(link)))[0]
    assert "autofocus" in field


def test_ein_ziel_entsteht_unter_seinem_bedarf_mit_einem_feld(desk):
    answer = desk.post(ROW + "need/n/neu/", {"titel": "Frauen lesen"}, headers=SCRIPT)
    made = ImpactGoal.objects.get(title="Frauen lesen")
    assert [need.key for need in made.needs.all()] == ["n"]
    assert (made.topic.key, made.target_group.key, made.plan.key) == (
        "sprache", "frauen", "masterplan",
    )  # fmt: skip
    assert answer.headers["HX-Retarget"] == "#block-1"
    assert "Frauen lesen" in text(answer)


def test_eine_massnahme_entsteht_unter_ihrem_ziel_und_uebernimmt_dessen_bedarf(desk):
    answer = desk.post(ROW + "impact_goal/z/neu/", {"titel": "Lesecafé"})
    made = Measure.objects.get(title="Lesecafé")
    assert answer.headers["Location"] == f"{PLAN}#zeile-m{made.pk}"
    assert [goal.key for goal in made.goals.all()] == ["z"]
    assert [need.key for need in made.needs.all()] == ["n"]


def test_ohne_titel_entsteht_nichts_und_das_feld_sagt_warum(desk):
    assert "Bitte einen Titel eingeben." in text(desk.post(ROW + "need/n/neu/", {"titel": " "}))
    assert ImpactGoal.objects.count() == 1


def test_ein_zu_langer_titel_bleibt_im_feld_und_wird_gesagt(desk):
    long = "x" * 400
    answer = text(desk.post(ROW + "impact_goal/z/neu/", {"titel": long}, headers=SCRIPT))
    assert "<html" not in answer
    assert f'value="{long}"' in answer
    assert "höchstens 300 Zeichen" in answer


def test_was_ohne_formular_abgelehnt_wird_kommt_als_ganze_seite(desk):
    for title in ("Kurs A", "Kurs B"):
        desk.post(MEASURE, sent(title=title, stand=""))
    done = ChangeEvent.objects.filter(subject="plan.Measure:m", batch__gt="").earliest("pk")
    refused = desk.post(f"{DESK}eintrag/zuruecknehmen/{done.batch}/", headers=SCRIPT)
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (422, "body")
    of_form = desk.post(MEASURE, sent(title="x" * 400, stand=""), headers=SCRIPT)
    assert (of_form.status_code, "HX-Retarget" in of_form.headers) == (422, False)


def test_unter_einer_massnahme_entsteht_nichts(desk):
    assert desk.get(ROW + "measure/m/neu/").status_code == 404


def test_ohne_plan_sagt_das_feld_was_fehlt(client):
    world.need(key="n")
    sit_down(client)
    answer = text(client.post(ROW + "need/n/neu/", {"titel": "Ziel"}))
    assert "Legen Sie zuerst einen Plan mit Planungshorizont an." in answer


@pytest.mark.parametrize(
    ("row", "value", "linked"),
    [
        ("impact_goal/z", "need:o", lambda: ImpactGoal.objects.get(key="z").needs),
        ("need/o", "impact_goal:z", lambda: ImpactGoal.objects.get(key="z").needs),
        ("measure/m", "need:o", lambda: Measure.objects.get(key="m").needs),
    ],
)
def test_bedarf_und_ziel_werden_verbunden_und_geloest(desk, row, value, linked):
    world.need(key="o", statement="Lesen lernen")
    desk.post(f"{ROW}{row}/bezug/", {"zu": value})
    assert "o" in {need.key for need in linked().all()}
    desk.post(f"{ROW}{row}/bezug/", {"los": value})
    assert "o" not in {need.key for need in linked().all()}


def test_eine_zuordnung_in_ein_anderes_themenfeld_laedt_die_seite_neu(desk):
    world.need(key="o", topic=world.topic(key="arbeit", name="Arbeit"))
    answer = desk.post(ROW + "impact_goal/z/bezug/", {"zu": "need:o"}, headers=SCRIPT)
    assert answer.headers["HX-Redirect"].startswith(PLAN)


def test_ein_bedarf_laesst_sich_nicht_mit_einem_bedarf_verbinden(desk):
    assert desk.post(ROW + "need/n/bezug/", {"zu": "need:n"}).status_code == 404


def test_massnahmen_ruecken_unter_ihrem_ziel_auf_und_ab(desk):
    goal = ImpactGoal.objects.get(key="z")
    for key in ("p", "q"):
        world.measure(key=key, title=f"Kurs {key}", goals=[goal])
    answer = desk.post(PLAN + "ordnen/", {"zeile": "measure:q", "richtung": "auf"}, headers=SCRIPT)
    page = text(answer)
    assert page.index(">Kurs q<") < page.index(">Kurs p<")
    assert "Platz 2 von 3" in page
    desk.post(PLAN + "ordnen/", {"zeile": "measure:q", "vor": "m"})
    page = text(desk.get(PLAN))
    assert page.index(">Kurs q<") < page.index(">Kurs<") < page.index(">Kurs p<")


def test_nach_dem_verschieben_bleibt_die_offene_zeile_offen(desk):
    world.measure(key="p", title="Kurs p", goals=[ImpactGoal.objects.get(key="z")])
    moved = {"zeile": "measure:m", "richtung": "ab", "offen": "ja"}
    page = text(desk.post(PLAN + "ordnen/", moved, headers=SCRIPT))
    assert re.search(r'value="ab" autofocus', page)


def test_bedarfe_lassen_sich_nicht_verschieben(desk):
    assert desk.post(PLAN + "ordnen/", {"zeile": "need:n", "richtung": "auf"}).status_code == 404


def test_zwei_federfuehrungen_fallen_in_der_zeile_auf(desk):
    other = world.organisation(key="amt", name="Jugendamt")
    world.responsibility(organisation=other)
    measure = world.measure(
        key="x", title="Treff", lead=world.organisation(name="Verein"), partners=[other]
    )
    page = text(desk.get(f"{ROW}measure/{measure.key}/", headers=SCRIPT))
    assert "Mehrere Federführungen: Verein und Jugendamt." in page


def test_lesende_sehen_keine_wege_zum_aendern_und_aendern_nichts(client):
    county()
    sit_down(client, role="reader")
    page = text(client.get(PLAN))
    assert "aendern/" not in page
    assert "ordnen/" not in page
    paths = ("measure/m_0/aendern/", "need/n_0/neu/", "impact_goal/z_0/bezug/")
    for path in paths:
        assert client.post(ROW + path, {"zu": "need:n_0", "titel": "x"}).status_code == 403
    moved = {"zeile": "measure:m_0", "vor": ""}
    assert client.post(PLAN + "ordnen/", moved).status_code == 403
    assert Measure.objects.count() == ImpactGoal.objects.count() == Need.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_die_gliederung_braucht_immer_gleich_viele_abfragen(client, number):
    county(number)
    sit_down(client)
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(PLAN)
        found.append(len(asked))
    assert found == [14, 4]  # the second time nothing has changed


def test_ein_grosser_plan_wird_nach_themenfeldern_gezeigt(client, monkeypatch):
    monkeypatch.setattr(lines, "LARGE", 2)
    county(2)
    other = world.topic(key="arbeit", name="Arbeit", order=5)
    world.measure(key="m_arbeit", title="Praktikum", topic=other)
    sit_down(client)
    first = text(client.get(PLAN))
    assert "Kurs 0" in first
    assert "Praktikum" not in first
    assert "?thema=arbeit" in first
    second = text(client.get(PLAN + "?thema=arbeit"))
    assert "Praktikum" in second
    assert "Kurs 0" not in second


def test_nach_dem_speichern_einer_zeile_steht_ihr_themenfeld_da(client, monkeypatch):
    monkeypatch.setattr(lines, "LARGE", 2)
    county(2)
    world.measure(key="m_arbeit", title="Praktikum", topic=world.topic(key="arbeit"))
    sit_down(client)
    answer = client.get(f"{ROW}measure/m_arbeit/")
    assert "?thema=arbeit#zeile-m" in answer.headers["Location"]
