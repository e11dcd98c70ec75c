"""Amtliche Tabellen werden Kennzahlen: zuordnen, ansehen, ganz oder gar nicht, noch einmal."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.policy import Operator
from gelingen.history.recording import change
from gelingen.history.undo import undo_batch
from gelingen.official import read_official
from gelingen.official.keys import closest_place
from gelingen.places.models import Figure, Territory
from gelingen.terms.vocabulary import Certainty, Verb
from gelingen.transfer.figures.mapping import ADDED, Answers, ask, remember
from gelingen.transfer.figures.planning import plan_figures
from gelingen.transfer.figures.writing import FaultyTableError, write_figures
from gelingen.transfer.refusals import StalePreviewError

pytestmark = pytest.mark.django_db
OPERATOR = Operator()
NOW = datetime(2017, 6, 1, 12, tzinfo=UTC)
# An excerpt of a list that was put together for the example county.
EXCERPT = Path(__file__).with_name("coburg_kennzahlen_auszug.csv")
INKAR = """\
Kennziffer;Raumeinheit;Aggregat;Arbeitslosenquote;Arbeitslosenquote
;;;2017;2018
9473;Coburg;Landkreis;2,7;2,5
9463;Coburg, Stadt;kreisfreie Stadt;5,4;5,1
1001;Flensburg;kreisfreie Stadt;8,0;7,9
"""


def table(tmp_path, text=INKAR):
    file = tmp_path / "inkar.csv"
    file.write_text(text, encoding="utf-8")
    return read_official(file)


def plan_of(found, actor=OPERATOR, **changed):
    answers = ask(actor, world.tenant(), found).answers
    told = {name: changed.get(name, getattr(answers, name)) for name in answers.__slots__}
    return plan_figures(actor, world.tenant(), found, Answers(**told))


def county():
    world.territory(key="09473", name="Landkreis Coburg", kind="county")
    world.territory(key="09463000", name="Stadt Coburg", kind="city")


def values():
    found = Figure.objects.order_by("territory__key", "reference")
    return [(one.territory.key, one.reference.year, one.value_low) for one in found]


def test_der_auszug_kommt_ganz_herein_mit_jedem_wert_und_seiner_quelle():
    county()
    with EXCERPT.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    plan = plan_of(read_official(EXCERPT))
    write_figures(OPERATOR, plan, file=EXCERPT.name)
    assert Figure.objects.count() == len(rows) == len(plan.new)
    twins = {"09463": "09463000"}
    for row in rows:
        key = twins.get(row["area_key"], row["area_key"])
        found = Figure.objects.get(
            territory__key=key, indicator=row["indicator"], source=row["source"],
            reference__year=int(row["year"]), unit=row["unit"],
        )  # fmt: skip
        assert found.value_low == found.value_high == Decimal(row["value"])
        assert found.note == row["note"]
    assert Territory.objects.get(key="07334").kind == "county"
    assert Territory.objects.get(key="09473151").kind == "town"
    assert Territory.objects.get(key="09473112").above.key == "09473"


def test_wer_dieselbe_tabelle_noch_einmal_einliest_aendert_nichts(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    again = plan_of(table(tmp_path))
    assert (again.empty, again.untouched) == (True, 4)


def test_eine_neuere_tabelle_aendert_nur_was_anders_ist_und_laesst_sich_zuruecknehmen(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    newer = plan_of(table(tmp_path, INKAR.replace("2,5", "2,6")))
    (changed,) = newer.changed
    assert (changed.before, changed.after, newer.untouched) == ("2,5", "2,6", 3)
    batch = write_figures(OPERATOR, newer, file="inkar.csv")
    assert ("09473", 2018, Decimal("2.6")) in values()
    undo_batch(batch, by=OPERATOR, tenant="09473")
    assert ("09473", 2018, Decimal("2.5")) in values()


def test_was_hier_zu_einem_wert_vermerkt_ist_bleibt_und_ein_altes_zeichen_geht(tmp_path):
    county()
    early = table(tmp_path, INKAR.replace("2,5", "2,5 p").replace("5,1", "5,1 p"))
    write_figures(OPERATOR, plan_of(early), file="inkar.csv")
    ours = Figure.objects.get(territory__key="09473", reference__year=2018)
    with change(by="world", verb=Verb.CHANGED, of=ours):
        ours.note = "Vom Jobcenter bestätigt."
    final = plan_of(table(tmp_path))
    assert [one.territory for one in final.changed] == ["09463000"]
    write_figures(OPERATOR, final, file="inkar.csv")
    notes = Figure.objects.filter(reference__year=2018).order_by("territory__key")
    assert [one.note for one in notes] == ["", "Vom Jobcenter bestätigt."]


def test_nennt_die_tabelle_nur_das_jahr_ist_der_eine_stichtag_dieses_jahres_gemeint(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    ours = Figure.objects.get(territory__key="09473", reference__year=2018)
    with change(by="world", verb=Verb.CHANGED, of=ours):
        ours.reference, ours.reference_precision = date(2018, 6, 30), "day"
    again = plan_of(table(tmp_path))
    assert (again.empty, again.untouched) == (True, 4)


def test_ein_neuer_wert_gilt_als_belegt_und_behaelt_den_zensus_auf_dem_er_beruht(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    ours = Figure.objects.get(territory__key="09473", reference__year=2018)
    with change(by="world", verb=Verb.CHANGED, of=ours):
        ours.base, ours.certainty = "Fortschreibung Zensus 2011", Certainty.ASSUMED.value
    newer = plan_of(table(tmp_path, INKAR.replace("2,5", "2,6")))
    write_figures(OPERATOR, newer, file="inkar.csv")
    ours.refresh_from_db()
    assert (ours.value_low, ours.base) == (Decimal("2.6"), "Fortschreibung Zensus 2011")
    assert ours.certainty == Certainty.STATED


def test_nur_was_die_statistik_selbst_ausgibt_gilt_als_amtlich_veroeffentlicht(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    assert all(one.published for one in Figure.objects.all())
    own = table(tmp_path, "AGS;Gebiet;Kennzahl;Jahr;Wert\n09473;Coburg;Quote;2018;3\n")
    write_figures(OPERATOR, plan_of(own), file="eigene.csv")
    assert not Figure.objects.get(value_low=3).published


def test_wer_eine_amtliche_tabelle_noch_einmal_einliest_kennzeichnet_was_schon_da_ist(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    ours = Figure.objects.get(territory__key="09473", reference__year=2018)
    with change(by="world", verb=Verb.CHANGED, of=ours):
        ours.published = False
    (only,) = plan_of(table(tmp_path)).changed
    assert only.after == f"{only.before}; neu: amtlich veröffentlicht"


def test_die_stadt_wird_nie_zum_landkreis_ihres_namens_solange_die_schluessel_es_besser_wissen(
    tmp_path,
):
    world.territory(key="09473", name="Landkreis Coburg", kind="county")
    world.territory(key="09473112", name="Ahorn", kind="municipality")
    asked = ask(OPERATOR, world.tenant(), table(tmp_path))
    assert asked.answers.places == {"09463": "", "01001": ""}
    whole = table(tmp_path, INKAR.replace("9463;", "09463000;").replace("1001;F", "09372112;Ah"))
    assert set(ask(OPERATOR, world.tenant(), whole).answers.places.values()) == {""}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Coburg", ""),
        ("Coburg, Landkreis", "09473"),
        ("Coburg, krfr. Stadt", "09463000"),
        ("Ahorn", "09473112"),
        ("Ahornn", "09473112"),
        ("Flensburg", ""),
    ],
)
def test_ohne_schluessel_gilt_ein_name_nur_wenn_er_ein_einziges_gebiet_meint(name, ours):
    known = {"09473": "Landkreis Coburg", "09463000": "Stadt Coburg", "09473112": "Ahorn"}
    assert closest_place("", name, known) == ours


def test_eine_stadt_ohne_schluessel_ist_nicht_der_landkreis_der_als_einziger_so_heisst():
    assert not closest_place("", "Coburg, Stadt", {"09473": "Landkreis Coburg"})


def test_ein_jahreswert_neben_einem_stichtag_desselben_jahres_wird_ein_eigener(tmp_path):
    county()
    head = "AGS;Gebiet;Kennzahl;Jahr;Wert\n"
    text = f"{head}09473;Coburg;Quote;2018;3\n09473;Coburg;Quote;30.06.2018;2\n"
    write_figures(OPERATOR, plan_of(table(tmp_path, text.rsplit("09473", 1)[0])), file="a.csv")
    thing = Figure.objects.get()
    with change(by="world", verb=Verb.CHANGED, of=thing):
        thing.reference, thing.reference_precision, thing.value_low = date(2018, 6, 30), "day", 2
        thing.value_high = 2
    plan = plan_of(table(tmp_path, text))
    assert (len(plan.new), plan.untouched, plan.changed) == (1, 1, ())


def test_die_kreisfreie_stadt_wird_erkannt_und_fremde_kreise_bleiben_draussen(tmp_path):
    county()
    asked = ask(OPERATOR, world.tenant(), table(tmp_path))
    assert asked.answers.places == {"09463": "09463000", "01001": ""}
    plan = plan_of(table(tmp_path))
    assert (len(plan.new), plan.elsewhere, plan.territories) == (4, 2, ())


def test_was_zugeordnet_wurde_gilt_beim_naechsten_mal_von_selbst(tmp_path):
    county()
    found = table(tmp_path)
    (series,) = found.series
    answers = Answers({series.id: ("Erwerbslose", "Prozent")}, {"01001": ADDED, "09463": ""}, "X")
    remember(OPERATOR, world.tenant(), found, answers, at=NOW)
    asked = ask(OPERATOR, world.tenant(), found)
    assert asked.answers == answers
    assert not asked.open
    write_figures(OPERATOR, plan_of(found), file="inkar.csv")
    stored = Figure.objects.get(territory__key="01001", reference__year=2017)
    assert (stored.indicator, stored.unit, stored.source) == ("Erwerbslose", "Prozent", "X")


def test_eine_aehnliche_kennzahl_wird_vorgeschlagen(tmp_path):
    county()
    world.figure(
        key="alt", indicator="Arbeitslosen-Quote", unit="Prozent", value_low=1, value_high=1,
        territory=Territory.objects.get(key="09473"),
    )  # fmt: skip
    found = table(tmp_path)
    assert list(ask(OPERATOR, world.tenant(), found).answers.series.values()) == [
        ("Arbeitslosen-Quote", "Prozent")
    ]


def test_zwei_werte_fuer_dasselbe_sind_ein_fehler_und_nichts_wird_geschrieben(tmp_path):
    county()
    plan = plan_of(table(tmp_path), places={"09463": "09473"})
    assert plan.problems == 2
    with pytest.raises(FaultyTableError):
        write_figures(OPERATOR, plan, file="inkar.csv")
    assert not Figure.objects.exists()


def test_ein_fehler_in_der_datei_haelt_alles_auf(tmp_path):
    county()
    plan = plan_of(table(tmp_path, INKAR.replace("2,7", "viel")))
    assert plan.problems == 1
    assert plan.skipped[0].place == "inkar D3"


def test_wer_inzwischen_etwas_anderes_schrieb_wird_nicht_ueberschrieben(tmp_path):
    county()
    write_figures(OPERATOR, plan_of(table(tmp_path)), file="inkar.csv")
    plan = plan_of(table(tmp_path, INKAR.replace("2,5", "2,6")))
    thing = Figure.objects.get(territory__key="09473", reference__year=2018)
    with change(by="world", verb=Verb.CHANGED, of=thing):
        thing.note = "geprüft"
    with pytest.raises(StalePreviewError):
        write_figures(OPERATOR, plan, file="inkar.csv")


def test_der_stempel_der_vorschau_aendert_sich_mit_dem_was_geschrieben_wuerde(tmp_path):
    county()
    one = plan_of(table(tmp_path))
    assert one.stamp == plan_of(table(tmp_path)).stamp
    assert one.stamp != plan_of(table(tmp_path, INKAR.replace("2,5", "2,6"))).stamp


def test_die_reihenfolge_der_zeilen_aendert_nicht_was_gespeichert_wird(tmp_path):
    county()
    head, years, *rows = INKAR.splitlines()
    turned = "\n".join([head, years, *reversed(rows)])
    write_figures(OPERATOR, plan_of(table(tmp_path, turned)), file="inkar.csv")
    assert plan_of(table(tmp_path)).untouched == 4


def test_wer_zahlen_nicht_aendern_darf_liest_nichts_ein(tmp_path):
    county()
    reader = world.person(role="reader")
    with pytest.raises(PermissionDenied):
        plan_of(table(tmp_path), actor=reader)


def test_die_vorschau_kostet_sechs_abfragen(tmp_path, django_assert_num_queries):
    county()
    found = table(tmp_path)
    tenant = world.tenant()
    with django_assert_num_queries(6):
        plan_figures(OPERATOR, tenant, found, ask(OPERATOR, tenant, found).answers)
