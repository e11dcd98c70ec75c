"""Befunde: the list with its filters, one finding, the verdict."""

import re

import pytest
from django_tasks_db.models import DBTaskResult
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.findings.models import Finding, Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "analyse/befunde/"
GIVEN = {"decision": "accepted", "reason": "zu klein", "by_function": "Steuerungsgruppe"}


def run_waiting():
    """Do what a worker does with the oldest order."""
    order = DBTaskResult.objects.filter(status="READY").earliest("enqueued_at")
    order.claim("worker")
    order.set_successful(order.task.call(**order.args_kwargs["kwargs"]))


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
        f'<a href="{DESK}bedarfe/bedarf/n_0/">Deutsch lernen 0</a>',
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


def test_ein_befund_wird_in_der_liste_bewertet_und_die_naechste_zeile_rueckt_nach(client):
    county(2)
    sit_down(client)
    page = text(client.get(LIST + "?art=gap"))
    first, second = Finding.objects.order_by("key")
    back = f"{LIST}?art=gap#befund-{second.pk}"
    assert f'action="{LIST}{first.pk}/"' in page
    assert f'name="zurueck" value="{back}"' in page
    assert 'name="by_function" value="Integrationsbeauftragte"' in page
    answer = client.post(f"{LIST}{first.pk}/", GIVEN | {"zurueck": back})
    assert answer.headers["Location"] == back
    page = text(client.get(LIST))
    assert f"befund-{first.pk}" not in page
    assert f"befund-{second.pk}" in page
    assert "zuruecknehmen" in page


def test_eine_bewertung_laesst_sich_zuruecknehmen(client):
    county()
    sit_down(client)
    page = text(client.post(sheet(), GIVEN, follow=True))
    client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', page)[1])
    assert not Verdict.objects.exists()


def test_wer_nicht_bewerten_darf_sieht_in_der_liste_kein_formular(client):
    county()
    sit_down(client, role="reader")
    page = text(client.get(LIST))
    assert "Bewerten" not in page
    assert "Auswertung neu rechnen" not in page


def test_befunde_mit_derselben_endenden_struktur_stehen_unter_ihr(client):
    county()
    finding(key="c", kind="cliff", sentence="Das Geld endet.", evidence=["structure:angebot_0"])
    finding(key="m", kind="carrying", sentence="Die Maßnahme verliert ihren Träger.",
            evidence=["measure:m_0", "funding:f_0"])  # fmt: skip
    finding(key="x", kind="bridge", sentence="Eine Brücke.", evidence=["organisation:traeger_0"])
    sit_down(client)
    page = text(client.get(LIST + "?gruppe=ursache"))
    way = f'<a href="{DESK}bestand/strukturen/angebot_0/">Sprachcafé 0</a>'
    cause = f"{way} endet oder verliert Geld: 3 Befunde"
    together, alone = page.split(cause)[1].split("Ohne gemeinsame Ursache: 1 Befund")
    for sentence in ("Das Geld endet.", "verliert ihren Träger", "kein Angebot"):
        assert sentence in together
    assert "Eine Brücke." in alone


def test_neu_rechnen_laeuft_als_auftrag_und_sagt_wie_weit_es_ist(client):
    county()
    sit_down(client)
    client.post(LIST + "rechnen/")
    run_waiting()
    world.need(key="neu", statement="Neu", kind="strategic")
    page = text(client.get(LIST))
    assert "Seit der letzten Auswertung gab es eine Änderung." in page
    assert "kann überholt sein" in page
    client.post(LIST + "rechnen/")
    assert "Die Auswertung läuft." in text(client.get(LIST))
    client.post(LIST + "rechnen/")
    assert DBTaskResult.objects.count() == 2
    run_waiting()
    page = text(client.get(LIST))
    assert "Die Auswertung läuft." not in page
    assert "Seit der letzten Auswertung" not in page


def test_ein_lauf_der_nichts_aendert_macht_die_befunde_trotzdem_wieder_aktuell(client):
    county()
    sit_down(client)
    client.post(LIST + "rechnen/")
    run_waiting()
    world.organisation(name="Noch ein Träger")
    assert "gab es eine Änderung." in text(client.get(LIST))
    client.post(LIST + "rechnen/")
    run_waiting()
    assert "Seit der letzten Auswertung" not in text(client.get(LIST))


def test_ist_der_lauf_gescheitert_steht_das_da(client):
    county(0)
    sit_down(client)
    finding()
    client.post(LIST + "rechnen/")
    order = DBTaskResult.objects.get()
    order.set_failed(ValueError("Kein Horizont"))
    page = text(client.get(LIST))
    assert "Die letzte Auswertung ist gescheitert." in page


def test_neu_rechnen_darf_nur_wer_bewerten_darf(client):
    county()
    sit_down(client, role="reader")
    assert client.post(LIST + "rechnen/").status_code == 403
    assert client.get(LIST + "rechnen/").status_code == 405
    assert not DBTaskResult.objects.exists()


def test_eine_ueberschneidung_zweier_strukturen_fuehrt_zum_zusammenfuehren(client):
    first, second = world.structure(key="a"), world.structure(key="b")
    pair = world.finding(
        key="overlap:a|b",
        kind="overlap",
        evidence=[f"structure:{one.key}" for one in (first, second)],
    )
    sit_down(client)
    page = text(client.get(f"{LIST}{pair.pk}/"))
    assert "zusammenfuehren/?a=a&amp;b=b" in page
    client.logout()
    sit_down(client, role="reader")
    assert "zusammenfuehren" not in text(client.get(f"{LIST}{pair.pk}/"))
