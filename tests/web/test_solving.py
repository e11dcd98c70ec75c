"""From a finding to the measure that solves it."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.findings.models import Finding, Verdict
from gelingen.needs.models import Need
from gelingen.plan.models import ImpactGoal, Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "analyse/befunde/"
GAP = {
    "topic": "sprache", "target_group": "frauen", "place": "09473112", "kind": "operational",
    "type": "ending", "until": "2018-01-01",
}  # fmt: skip


def gap(**fields):
    """Make a county with a need without a goal, and the finding that it is met only until 2017."""
    county()
    return world.finding(
        **{
            "key": "luecke",
            "topic": world.topic.model.objects.get(),
            "evidence": ["need:n_0", "structure:angebot_0", "funding:f_0"],
            "values": GAP,
            "sentence": "Für Frauen gibt es in Ahorn ein Angebot nur bis zum 31.12.2017.",
        }
        | fields
    )


def address(finding):
    return f"{LIST}{finding.pk}/massnahme/"


class Filled(HTMLParser):
    """Reads what a browser would send of the form with class g-maske--eintrag."""

    def __init__(self):
        super().__init__()
        self.values, self.inside, self.name, self.reads = {}, False, "", False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = "g-maske--eintrag" in given.get("class", "")
        if not self.inside:
            return
        if tag in ("select", "textarea"):
            self.name = given["name"]
            self.values[self.name] = ""
            self.reads = tag == "textarea"
        elif tag == "option" and "selected" in given:
            self.values[self.name] = given["value"]
        elif tag == "input" and given.get("type") == "checkbox":
            self.values.setdefault(given["name"], [])
            self.values[given["name"]] += [given["value"]] if "checked" in given else []
        elif tag == "input":
            self.values[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"
        self.name = "" if tag in ("select", "textarea") else self.name

    def handle_data(self, data):
        if self.inside and self.name and self.reads:
            self.values[self.name] = (self.values[self.name] + data).lstrip()


def shown(page):
    """Values of the form as a browser would send them."""
    reader = Filled()
    reader.feed(page)
    return {name: value for name, value in reader.values.items() if value != []}


def test_alles_was_der_befund_weiss_ist_ausgefuellt(client):
    found = gap()
    world.responsibility(key="z", organisation=world.organisation(key="amt", name="Amt"))
    sit_down(client)
    given = shown(text(client.get(address(found))))
    expected = {
        "title": "Angebot sichern: Sprache und Bildung, Frauen, Ahorn",
        "topic": "sprache",
        "target_groups": ["frauen"],
        "territories": ["09473112"],
        "needs": ["n_0"],
        "structures": ["angebot_0"],
        "lead": "amt",
        "starts": "01.01.2018",
        "ends": "31.12.2025",
        "kind": "extension",
        "situation": "Für Frauen gibt es in Ahorn ein Angebot nur bis zum 31.12.2017.",
        "goal_title": "Der Bedarf ist gedeckt: Deutsch lernen 0",
        "decided_by": "Integrationsbeauftragte",
    }
    assert {name: given[name] for name in expected} == expected


def test_bedarfe_stehen_mit_ihren_worten_da_und_nur_die_des_befunds(client):
    found = gap()
    world.need(key="anderer", statement="Ganz anderer Bedarf")
    sit_down(client)
    page = text(client.get(address(found)))
    assert "Deutsch lernen 0" in page
    assert "Ganz anderer Bedarf" not in page


def test_massnahme_ziel_und_bewertung_entstehen_in_einem_vorgang(client):
    found = gap()
    sit_down(client)
    page = text(client.get(address(found)))
    answer = text(client.post(address(found), shown(page), follow=True))
    measure = Measure.objects.get(title__startswith="Angebot sichern")
    goal = ImpactGoal.objects.get(title__startswith="Der Bedarf ist gedeckt")
    assert [one.key for one in measure.goals.all()] == [goal.key]
    assert [one.key for one in goal.needs.all()] == ["n_0"]
    assert goal.due == date(2026, 1, 1)
    verdict = Verdict.objects.get(finding=found)
    assert (verdict.decision, verdict.measure) == ("to_solve", measure)
    assert "Maßnahme angelegt und dem Befund zugeordnet: Angebot sichern" in answer


def test_alles_zusammen_laesst_sich_zuruecknehmen(client):
    found = gap()
    sit_down(client)
    given = shown(text(client.get(address(found))))
    before = (Measure.objects.count(), ImpactGoal.objects.count())
    page = text(client.post(address(found), given, follow=True))
    client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', page)[1])
    assert (Measure.objects.count(), ImpactGoal.objects.count()) == before
    assert not Verdict.objects.exists()
    assert Finding.objects.filter(pk=found.pk).exists()


def test_gibt_es_ein_ziel_zu_den_bedarfen_wird_kein_neues_vorgeschlagen(client):
    found = gap()
    goal = world.goal(key="da", needs=[Need.objects.get(key="n_0")])
    sit_down(client)
    given = shown(text(client.get(address(found))))
    assert "goal_title" not in given
    assert given["goals"] == [goal.key]
    client.post(address(found), given)
    assert [one.key for one in Measure.objects.get(needs__key="n_0").goals.all()] == ["da"]


def test_ein_leerer_titel_des_ziels_heisst_kein_neues_ziel(client):
    found = gap()
    sit_down(client)
    given = shown(text(client.get(address(found)))) | {"goal_title": ""}
    client.post(address(found), given)
    assert not Measure.objects.get(needs__key="n_0").goals.exists()


def test_auslaufendes_geld_wird_mit_kosten_und_traeger_zur_anschlussfinanzierung(client):
    found = gap(
        kind="cliff",
        values={
            "structure": "angebot_0", "day": "2018-01-01", "topics": "sprache",
            "target_groups": "frauen", "places": "09473112", "fte": 0.5, "eur_per_year": 30000.0,
        },
        evidence=["structure:angebot_0", "funding:f_0"],
    )  # fmt: skip
    sit_down(client)
    given = shown(text(client.get(address(found))))
    assert given["title"] == "Anschlussfinanzierung für Sprachcafé 0"
    assert given["lead"] == "traeger_0"
    assert given["cost_year"].replace(".", "") == "30000"
    assert given["fte"] == "0,5"
    assert "goal_title" not in given


def test_was_fehlt_steht_am_feld_und_nichts_ist_geschrieben(client):
    found = gap()
    sit_down(client)
    given = shown(text(client.get(address(found))))
    before = Measure.objects.count()
    for missing in ("title", "decided_why", "decided_by"):
        answer = client.post(address(found), given | {missing: ""})
        assert answer.status_code == 422
        assert f'id="id_{missing}_error"' in text(answer)
    assert Measure.objects.count() == before
    assert not ImpactGoal.objects.filter(title__startswith="Der Bedarf").exists()


@pytest.mark.parametrize("role", ["reader", "partner", "lead"])
def test_wer_nicht_bewerten_darf_macht_keine_massnahme_daraus(client, role):
    found = gap()
    sit_down(client, role=role)
    assert client.get(address(found)).status_code == 403
    assert client.post(address(found), {"title": "x"}).status_code == 403
    assert not Verdict.objects.exists()


def test_ein_befund_eines_anderen_mandanten_ist_nicht_da(client):
    found = gap()
    city = world.tenant("09463", "Stadt Coburg")
    sit_down(client, at=city)
    assert client.get(address(found).replace("09473", "09463", 1)).status_code == 404
