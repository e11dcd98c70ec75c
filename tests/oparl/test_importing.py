"""Gremien und Sitzungen aus gespeicherten OParl-Antworten: Vorschau, Übernahme, noch einmal."""

import json
from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.cli.test_exchange import output, refusal
from tests.oparl.test_reading import RIS, meeting, organization

from gelingen.access.policy import Operator
from gelingen.boards.models import Body, Meeting
from gelingen.history.recording import change
from gelingen.history.undo import undo_batch
from gelingen.oparl.importing import plan_import
from gelingen.oparl.reading import read_answers
from gelingen.register.steps import carry_out
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)
OPERATOR = Operator(day=DAY)


def plan(*contents, actor=OPERATOR):
    files = [(f"{n}.json", json.dumps(one).encode()) for n, one in enumerate(contents)]
    return plan_import(actor, world.tenant(), read_answers(files), on=DAY)


def take(*contents):
    return carry_out(actor=OPERATOR, plan=plan(*contents))


def edit(thing, **values):
    with change(by="world", verb=Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


def test_gremien_und_sitzungen_entstehen_mit_der_kennung_von_dort_als_quelle():
    child = organization(2, name="Sozialausschuss", subOrganizationOf=f"{RIS}organization/1",
                         startDate="2014-05-01", endDate="2020-04-30")  # fmt: skip
    take([child, organization()], meeting(location={"description": "Saal"}))
    council, committee = Body.objects.order_by("name")
    assert (council.kind, council.source) == ("council", f"{RIS}organization/1")
    assert (committee.kind, committee.parent) == ("committee", council)
    assert (committee.starts, committee.ends) == (date(2014, 5, 1), date(2020, 5, 1))
    made = Meeting.objects.get()
    assert (made.body, made.day, made.begins, made.until) == (
        council, date(2017, 6, 20), time(17), time(19),
    )  # fmt: skip
    assert (made.place, made.title) == ("Saal", "3. Sitzung des Kreistags")
    assert (made.source, made.source_date) == (f"{RIS}meeting/1", "01.05.2017")


def test_was_dort_oeffentlich_ist_ist_es_hier_erst_wenn_jemand_es_sagt():
    take(organization())
    assert Body.objects.get().public is False


def test_die_vorschau_sagt_was_entsteht_und_schreibt_nichts():
    found = plan(
        organization(), meeting(), organization(3, name="Fraktion", classification="Fraktion")
    )
    assert found.sentence == "Neu: 1 Gremium, 1 Sitzung; geändert: 0 Einträge."
    assert [one.said for one in found.steps] == [
        "Kreistag (Kreistag oder Stadtrat)", "Kreistag, Sitzung am 20.06.2017",
    ]  # fmt: skip
    assert found.stays == ("1 Gruppierung Partei, Fraktion oder Verwaltung: kein Gremium.",)
    assert (Body.objects.count(), Meeting.objects.count()) == (0, 0)


def test_dieselben_antworten_noch_einmal_aendern_nichts():
    answers = [organization(), meeting()]
    take(*answers)
    assert plan(*answers).steps == ()


def test_neue_antworten_aendern_statt_zu_verdoppeln():
    take(organization(), meeting())
    found = plan(organization(name="Kreistag Coburg"), meeting(start="2017-06-21T18:00:00+02:00"))
    of_body, of_meeting = (one.said for one in found.steps)
    assert of_body == "Kreistag: Name Kreistag → Kreistag Coburg"
    assert of_meeting == (
        "Kreistag, Sitzung am 20.06.2017: Tag 20.06.2017 → 21.06.2017, "
        "von 17:00 Uhr → 18:00 Uhr, bis 19:00 Uhr → leer"
    )
    carry_out(actor=OPERATOR, plan=found)
    assert Meeting.objects.get().day == date(2017, 6, 21)
    assert Body.objects.get().name == "Kreistag Coburg"


def test_nur_ein_neuerer_stand_ist_keine_aenderung():
    take(organization())
    assert plan(organization(modified="2017-05-20T00:00:00+02:00")).steps == ()


def test_von_hand_eingetragenes_wird_verbunden_und_behaelt_was_es_sagt():
    body = world.body(name="KREISTAG", kind="council", tasks="Beschließt")
    there = world.meeting(body=body, day=date(2017, 6, 20), place="Saal 2")
    take(organization(), meeting(location=None))
    body.refresh_from_db()
    there.refresh_from_db()
    assert (body.name, body.tasks, body.source) == (
        "KREISTAG", "Beschließt", f"{RIS}organization/1",
    )  # fmt: skip
    assert (there.place, there.begins, there.source) == ("Saal 2", time(17), f"{RIS}meeting/1")
    assert (Body.objects.count(), Meeting.objects.count()) == (1, 1)


def test_zwei_gremien_gleichen_namens_werden_nicht_dasselbe():
    world.body(name="Beirat")
    take([organization(1, name="Beirat"), organization(2, name="Beirat")])
    assert Body.objects.count() == 2
    assert plan([organization(1, name="Beirat"), organization(2, name="Beirat")]).steps == ()


def test_zwei_sitzungen_eines_tages_werden_nicht_dieselbe():
    body = world.body(name="Kreistag")
    world.meeting(body=body, day=date(2017, 6, 20))
    take(organization(), [meeting(1), meeting(2)])
    assert Meeting.objects.count() == 2


def test_gremien_die_einander_im_kreis_uebergeordnet_sind_kommen_trotzdem():
    take([
        organization(1, name="A", subOrganizationOf=f"{RIS}organization/2"),
        organization(2, name="B", subOrganizationOf=f"{RIS}organization/1"),
    ])  # fmt: skip
    assert Body.objects.count() == 2


def test_eine_abgesagte_sitzung_ist_auch_hier_abgesagt():
    take(organization(), meeting())
    take(organization(), meeting(cancelled=True))
    assert Meeting.objects.get().state == "cancelled"


@pytest.mark.parametrize("state", ["planned", "invited"])
def test_ist_hier_schon_etwas_vorbereitet_sagt_niemand_anders_die_sitzung_ab(state):
    take(organization(), meeting())
    there = Meeting.objects.get()
    world.agenda_item(body=there.body, meeting=there)
    edit(there, state=state)
    found = plan(organization(), meeting(cancelled=True))
    assert found.steps == ()
    assert "bitte bei der Sitzung absagen" in found.stays[0]


def test_eine_genehmigte_niederschrift_haelt_ihre_sitzung_fest():
    take(organization(), meeting())
    edit(Meeting.objects.get(), state="held", minutes="approved")
    found = plan(organization(), meeting(start="2017-07-01T10:00:00+02:00"))
    assert found.steps == ()
    assert "die Niederschrift ist genehmigt" in found.stays[0]


def test_was_dort_geloescht_ist_bleibt_hier():
    take(organization(), meeting())
    found = plan(meeting() | {"deleted": True})
    assert found.stays == ("1 Eintrag dort gelöscht; was hier steht, bleibt.",)
    assert found.steps == ()


def test_eine_sitzung_eines_unbekannten_gremiums_wird_genannt_und_bleibt_weg():
    found = plan(meeting())
    assert found.steps == ()
    assert found.stays[0].startswith("1 Sitzung von Gremien, die nicht in den Dateien")


def test_die_uebernahme_laesst_sich_als_ganzes_zuruecknehmen():
    batch = take(organization(), meeting())
    undo_batch(batch, by="world")
    assert (Body.objects.count(), Meeting.objects.count()) == (0, 0)


def test_wer_nur_ein_gremium_leitet_liest_nichts_ein():
    body = world.body()
    person = world.person(role="member")
    world.tenure(seat=world.seat(body=body, office="chair"), person=person)
    person.day = DAY
    with pytest.raises(PermissionDenied):
        plan(organization(), actor=person)


def test_eine_vorschau_kostet_gleich_viele_abfragen(django_assert_num_queries):
    numbers = range(1, 6)
    answers = [
        [organization(n, name=f"Rat {n}") for n in numbers],
        [meeting(n, organization=[f"{RIS}organization/{n}"]) for n in numbers],
    ]
    files = [(f"{n}.json", json.dumps(one).encode()) for n, one in enumerate(answers)]
    tenant, found = world.tenant(), read_answers(files)
    with django_assert_num_queries(5):
        assert len(plan_import(OPERATOR, tenant, found, on=DAY).steps) == 10


# Am Kommando


@pytest.fixture
def folder(tmp_path):
    world.tenant()
    (tmp_path / "listen").mkdir()
    (tmp_path / "listen" / "gremien.json").write_text(json.dumps({"data": [organization()]}))
    (tmp_path / "sitzung.json").write_text(json.dumps(meeting()))
    (tmp_path / "liesmich.txt").write_text("kein JSON")
    return tmp_path


def test_der_befehl_zeigt_erst_und_schreibt_dann(folder):
    said = output("oparl", folder, answer="j\n")
    assert "Neu: 1 Gremium, 1 Sitzung; geändert: 0 Einträge." in said
    assert said.endswith("Übernommen.\n")
    assert Meeting.objects.count() == 1
    assert output("oparl", folder, "--yes").endswith("Es ändert sich nichts.\n")


def test_der_befehl_zeigt_auf_wunsch_nur(folder):
    said = output("oparl", folder, "--dry-run")
    assert "neu: Kreistag, Sitzung am 20.06.2017" in said
    assert Body.objects.count() == 0


def test_der_befehl_nennt_datei_und_feld_und_schreibt_nichts(folder):
    (folder / "kaputt.json").write_text(json.dumps(meeting(2, start="bald")))
    assert "kaputt.json: start: „bald“ ist kein Zeitpunkt." in refusal("oparl", folder, "--yes")
    assert Body.objects.count() == 0


def test_eine_datei_die_es_nicht_gibt_wird_genannt(tmp_path):
    world.tenant()
    assert "fehlt.json kann nicht gelesen werden" in refusal("oparl", tmp_path / "fehlt.json")
