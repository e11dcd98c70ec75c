"""Befunde: the list with its filters, one finding, the verdict."""

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.findings.models import Finding, Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "analyse/befunde/"
GIVEN = {"decision": "accepted", "reason": "zu klein", "by_function": "Steuerungsgruppe"}


def sheet():
    return f"{LIST}{Finding.objects.order_by('pk').first().pk}/"


def finding(**fields):
    return world.finding(**{"values": {"n": 1}, "evidence": ["need:n_0"]} | fields)


def test_the_weightiest_comes_first_and_filters_narrow(client):
    finding(sentence="Leicht", weight=1.0)
    finding(sentence="Schwer", weight=9.0, kind="overlap")
    sit_down(client)
    page = text(client.get(LIST))
    assert page.index("Schwer") < page.index("Leicht")
    assert "Leicht" not in text(client.get(LIST + "?art=overlap"))
    assert "Kein Befund in dieser Auswahl" in text(client.get(LIST + "?zustand=erledigt"))


def test_a_finding_names_its_records_with_the_way_to_them(client):
    county()
    finding(
        key="alles",
        evidence=["need:n_0", "structure:angebot_0", "funding:f_0", "organisation:traeger_0"],
        weight=99,
    )
    sit_down(client)
    page = text(client.get(f"{LIST}{Finding.objects.get(key='alles').pk}/"))
    for way in (
        f'<a href="{DESK}plan/bedarfe/n_0/">Deutsch lernen 0</a>',
        f'<a href="{DESK}bestand/strukturen/angebot_0/">Sprachcafé 0</a>',
        f'<a href="{DESK}bestand/strukturen/angebot_0/">Programm 0</a>',
        f'<a href="{DESK}bestand/organisationen/traeger_0/">Träger 0</a>',
    ):
        assert way in page


def test_a_verdict_is_stored_and_leaves_the_list_of_open_findings(client):
    county()
    person = sit_down(client)
    page = text(client.post(sheet(), GIVEN, follow=True))
    verdict = Verdict.objects.get()
    assert (verdict.decision, verdict.by_function) == ("accepted", "Steuerungsgruppe")
    assert "Bewertung gespeichert: Für Frauen gibt es in Ahorn kein Angebot." in page
    assert "<strong>hingenommen</strong>, Steuerungsgruppe: zu klein" in page
    assert person.username in page
    assert "Für Frauen" not in text(client.get(LIST))
    assert "hingenommen" in text(client.get(LIST + "?zustand=beurteilt"))


def test_earlier_verdicts_stay_readable(client):
    county()
    sit_down(client)
    client.post(sheet(), GIVEN)
    page = text(client.post(sheet(), GIVEN | {"decision": "intended"}, follow=True))
    assert page.index("beabsichtigt</strong>") < page.index("hingenommen</strong>")
    assert "(ersetzt)" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"by_function": " "}, "by_function"),
        ({"decision": ""}, "decision"),
        ({"decision": "erfunden"}, "decision"),
        ({"decision": "to_solve"}, "measure"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, given, field):
    county()
    sit_down(client)
    answer = client.post(sheet(), GIVEN | given)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert not Verdict.objects.exists()


def test_a_measure_solves_a_finding_and_is_linked(client):
    county()
    sit_down(client)
    given = GIVEN | {"decision": "to_solve", "measure": "m_0"}
    page = text(client.post(sheet(), given, follow=True))
    assert f'<a href="{DESK}plan/massnahmen/m_0/">Kurs 0</a>' in page


def test_a_measure_of_another_tenant_cannot_be_named(client):
    county()
    city = world.tenant("09463", "Stadt Coburg")
    world.measure(key="fremd", tenant=city, topic=world.topic(tenant=city))
    sit_down(client)
    answer = client.post(sheet(), GIVEN | {"decision": "to_solve", "measure": "fremd"})
    assert answer.status_code == 422


@pytest.mark.parametrize("role", ["reader", "partner"])
def test_who_may_not_judge_reads_who_may(client, role):
    county()
    sit_down(client, role=role)
    assert "Befunde bewerten dürfen" in text(client.get(sheet()))
    assert client.post(sheet(), GIVEN).status_code == 403
    assert not Verdict.objects.exists()


def test_a_gap_leads_to_its_field_of_the_matrix(client):
    finding(values={"topic": "sprache", "target_group": "frauen"})
    sit_down(client)
    assert f'href="{DESK}analyse/?zeile=frauen&amp;spalte=sprache"' in text(client.get(sheet()))
