"""Berichte über den Plan: was sie sagen, was vor der Freigabe fehlt, und dass sie dann bleiben."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world
from tests.yearly.year import ON, build

from gelingen.documents import html_fragment, untraced
from gelingen.history.recording import LostUpdateError, change, new_batch
from gelingen.history.undo import undo_batch
from gelingen.plan.models import Measure
from gelingen.reports.yearly import (
    funder_report,
    kept_content,
    municipality_extract,
    programmes,
    read_told,
    write_book,
    written,
    year_report,
)
from gelingen.reports.yearly.paper import NothingToReportError
from gelingen.terms.vocabulary import Verb
from gelingen.yearly.council import draft_paper
from gelingen.yearly.models import YearReport
from gelingen.yearly.queries import get_file, get_report, reports
from gelingen.yearly.subjects import missing, read_year
from gelingen.yearly.writing import (
    ReportError,
    conclude,
    keep_on_course,
    release,
    remove_report,
    write_text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return get_report(world.OPERATOR, build().tenant, "bericht")


def year_of(report):
    return read_year(world.OPERATOR, report, on=ON)


def told_of(report):
    return read_told(world.OPERATOR, report, on=ON)


def said(report):
    return html_fragment(year_report(told_of(report)))


def conclude_all(report):
    """Say for everything what a release asks for."""
    keep_on_course(actor=world.OPERATOR, year=year_of(report), batch=new_batch())
    for thing in ("goal:w01", "measure:bus", "measure:still"):
        conclude(
            actor=world.OPERATOR, report=report, thing=thing, verdict="decide", text="Neu planen."
        )


def released(report):
    conclude_all(report)
    told = told_of(report)
    release(
        actor=world.OPERATOR, year=told.year, content=kept_content(told),
        files={"pdf": b"%PDF-", "xlsx": b"PK"}, on=ON,
    )  # fmt: skip
    return get_report(world.OPERATOR, report.tenant, "bericht")


def as_released(report, content):
    """Give what a draft is about as if it had been released with this content."""
    year = year_of(report)
    report.state, report.released, report.content = "released", ON, content
    return replace(year, report=report)


def test_berichtet_wird_ueber_ziele_und_massnahmen_ideen_gehoeren_nicht_dazu(report):
    year = year_of(report)
    assert [one.thing for one in year.subjects] == [
        "goal:w01", "measure:kurs", "measure:bus", "measure:still",
    ]  # fmt: skip
    assert [one.state.value for one in year.subjects] == ["late", "on_course", "late", "unknown"]
    assert year.subjects[0].reason == "2 Maßnahmen: 1 im Plan, 1 verzögert."
    assert [one.measure.key for one in year.silent] == ["still"]


def test_ueber_eine_idee_wird_berichtet_sobald_zu_ihr_ein_sachstand_vorliegt(report):
    idea = Measure.objects.get(key="idee")
    world.progress_report(measure=idea, starts=report.starts, ends=report.ends, day=ON)
    assert "idee" in [one.measure.key for one in year_of(report).lines]


def test_was_fertig_ist_steht_nur_im_bericht_des_jahres_in_dem_es_endete(report):
    for key, ended in (("frueher", date(2016, 11, 30)), ("jetzt", date(2017, 11, 30))):
        world.measure(key=key, title=key, maturity="finished", light="done", progress_day=ended)
    keys = [one.measure.key for one in year_of(report).lines]
    assert "frueher" not in keys
    assert "jetzt" in keys


def test_was_fuer_das_vorjahr_als_abgeschlossen_gemeldet_wurde_kommt_nicht_noch_einmal(report):
    over = world.measure(key="vorbei", title="Vorbei", maturity="running", light="done",
                         progress_day=date(2017, 1, 20))  # fmt: skip
    world.progress_report(
        measure=over, starts=date(2016, 1, 1), ends=report.starts, assessment="done",
        day=date(2017, 1, 20),
    )  # fmt: skip
    assert "vorbei" not in [one.measure.key for one in year_of(report).lines]


def test_ohne_folgerungen_wird_nicht_freigegeben_und_gesagt_was_fehlt(report):
    assert missing(year_of(report)) == [
        "Für 1 Wirkungsziel fehlt die Folgerung.",
        "Für 3 Maßnahmen fehlt die Folgerung.",
    ]
    with pytest.raises(ReportError, match="Für 3 Maßnahmen fehlt die Folgerung"):
        release(actor=world.OPERATOR, year=year_of(report), content={}, files={}, on=ON)


def test_was_im_plan_laeuft_wird_mit_einem_griff_weitergefuehrt_der_rest_braucht_worte(report):
    assert keep_on_course(actor=world.OPERATOR, year=year_of(report), batch=new_batch()) == 1
    conclude(actor=world.OPERATOR, report=report, thing="measure:bus", verdict="keep")
    assert missing(year_of(report)) == [
        "Für 1 Wirkungsziel fehlt die Folgerung.",
        "Für 1 Maßnahme fehlt die Folgerung.",
        "Für 1 Maßnahme fehlt die Begründung der Folgerung.",
    ]


def test_freigegeben_bleibt_er_wie_er_ist_auch_gegen_rueckgaengig(report):
    batch = new_batch()
    write_text(actor=world.OPERATOR, report=report, chapter="ueberblick", text="Gut.", batch=batch)
    kept = released(report)
    assert kept.content["states"] == {"kurs": "on_course", "bus": "late", "still": "unknown"}
    with get_file(kept, "pdf").file.open() as file:
        assert file.read() == b"%PDF-"
    for act in (
        lambda: write_text(actor=world.OPERATOR, report=kept, chapter="luecken", text="x"),
        lambda: conclude(actor=world.OPERATOR, report=kept, thing="goal:w01", verdict="keep"),
        lambda: remove_report(actor=world.OPERATOR, report=kept),
    ):
        with pytest.raises(ReportError, match="ist freigegeben"):
            act()
    with (
        pytest.raises(ValidationError, match="ist freigegeben"),
        change(by="x", verb=Verb.CHANGED, of=kept),
    ):
        kept.title = "Anders"
    with pytest.raises(Exception, match="ist freigegeben"):
        undo_batch(batch, by=world.OPERATOR)
    get_file(kept, "pdf").file.delete(save=False)
    get_file(kept, "xlsx").file.delete(save=False)


def test_was_ein_freigegebener_bericht_folgert_bleibt_auch_wenn_sich_die_eintraege_aendern(report):
    kept = released(report)
    before, paper = year_of(kept).subjects, draft_paper(year_of(kept))
    bus = Measure.objects.get(key="bus")
    with change(by="x", verb=Verb.CHANGED, of=bus):
        bus.title, bus.light, bus.light_reason = "Rufbus", "done", ""
    world.measure(key="neu", title="Erst danach", maturity="running")
    world.goal(key="w99", plan=kept.plan, topic=bus.topic, title="Auch erst danach")
    later = read_year(world.OPERATOR, kept, on=ON.replace(year=2019))
    assert (later.on, later.subjects) == (ON, before)
    assert draft_paper(later) == paper
    assert {one.measure.key: one.state.state.value for one in later.lines} == (
        kept.content["states"]
    )
    assert "rst danach" not in said(kept)
    assert "Über die Maßnahme „Fahrdienst“ wird entschieden: Neu planen." in paper.proposal
    for one in kept.files.all():
        one.file.delete(save=False)


@pytest.mark.parametrize(
    ("thing", "verdict", "text", "wanted"),
    [
        ("measure:bus", "change", "Ein Bus mehr,\r\n\nab Mai",
         "Die Maßnahme „Der ‚Bus‘“ wird geändert: Ein Bus mehr, ab Mai."),
        ("measure:bus", "decide", "Wer zahlt?",
         "Über die Maßnahme „Der ‚Bus‘“ wird entschieden: Wer zahlt?"),
        ("measure:bus", "stop", "Kein Geld.", "Die Maßnahme „Der ‚Bus‘“ wird beendet: Kein Geld."),
        ("goal:w01", "change", "Bis 2020",
         "Das Wirkungsziel „Frauen sprechen Deutsch“ wird geändert: Bis 2020."),
        ("goal:w01", "decide", "Bis 2020.",
         "Über das Wirkungsziel „Frauen sprechen Deutsch“ wird entschieden: Bis 2020."),
        ("goal:w01", "stop", "Erreicht!",
         "Das Wirkungsziel „Frauen sprechen Deutsch“ wird beendet: Erreicht!"),
    ],
)  # fmt: skip
def test_jeder_vorschlag_ist_ein_satz_den_das_gremium_so_beschliesst(
    report, thing, verdict, text, wanted
):
    bus = Measure.objects.get(key="bus")
    with change(by="x", verb=Verb.CHANGED, of=bus):
        bus.title = "Der „Bus“"
    conclude(actor=world.OPERATOR, report=report, thing=thing, verdict=verdict, text=text)
    proposal = draft_paper(as_released(report, {})).proposal
    assert proposal.splitlines()[1:] == [f"2. {wanted}"]


@pytest.mark.parametrize(
    ("states", "wanted"),
    [
        ({}, []),
        ({"a": "late"}, ["Stand der einen Maßnahme bei der Freigabe: verzögert."]),
        (
            {"a": "late", "b": "late", "c": "done"},
            ["Stand der 3 Maßnahmen bei der Freigabe: 2 verzögert, 1 abgeschlossen."],
        ),
    ],
)
def test_die_vorlage_sagt_den_stand_von_einer_und_vielen_massnahmen_und_von_keiner_nichts(
    report, states, wanted
):
    paper = draft_paper(as_released(report, {"states": states}))
    last = "Der ganze Bericht mit allen Folgerungen ist angehängt."
    assert paper.facts == "\n\n".join([*wanted, last])


def test_wer_den_entwurf_vor_der_freigabe_las_schreibt_danach_nichts_mehr_hinein(report):
    early = get_report(world.OPERATOR, report.tenant, "bericht")
    kept = released(report)
    for act in (
        lambda: write_text(actor=world.OPERATOR, report=early, chapter="luecken", text="x"),
        lambda: conclude(actor=world.OPERATOR, report=early, thing="goal:neu", verdict="stop"),
    ):
        with pytest.raises(ReportError, match="ist freigegeben"):
            act()
    for one in kept.files.all():
        one.file.delete(save=False)


def test_entwuerfe_sieht_wer_den_plan_aendern_darf_freigegebenes_alle(report):
    reader, planner = world.person(role="reader"), world.person(role="planner")
    assert not reports(reader, report.tenant).exists()
    assert reports(planner, report.tenant).count() == 1
    with pytest.raises(PermissionDenied):
        conclude(actor=reader, report=report, thing="goal:w01", verdict="keep")
    kept = released(report)
    assert reports(reader, report.tenant).count() == 1
    for one in kept.files.all():
        one.file.delete(save=False)


def test_zwei_schreiben_dieselbe_folgerung_und_nichts_geht_verloren(report):
    conclude(actor=world.OPERATOR, report=report, thing="goal:w01", verdict="keep", text="Gut.")
    first, second = (report.conclusions.get().version for _ in range(2))
    common = {"actor": world.OPERATOR, "report": report, "thing": "goal:w01", "verdict": "stop"}
    conclude(**common, text="Erste", version=first)
    with pytest.raises(LostUpdateError):
        conclude(**common, text="Zweite", version=second)


def test_der_bericht_sagt_zahlen_mit_quelle_stand_mit_grund_und_wer_geschwiegen_hat(report):
    conclude_all(report)
    text = said(report)
    assert "Nicht berichtet haben: Verein." in text
    assert "12.001 EUR" in text
    assert "Sozialamt, 20.01.2018" in text
    assert "Der Bus fehlt." in text
    assert "2: es wird genutzt (gewollt: 4)" in text
    assert "Neu planen." in text
    assert "Für 2018 gibt es noch keine Jahresauswahl." in text
    assert "Ausländeranteil" in text
    assert "Sie messen nicht, was die Maßnahmen" in text
    assert [one.text for one in untraced(year_report(told_of(report)))] == []


def test_lage_und_umsetzung_stehen_getrennt_mit_ziel_bruch_und_belegter_stufe(report):
    world.indicator_break(indicator=world.indicator(key="anteil"), day=date(2016, 6, 1))
    world.figure(
        territory=world.territory.model.objects.get(key="09473"), indicator="Ausländeranteil",
        value_low=7, value_high=7, unit="Prozent", reference=date(2015, 12, 31), source="Register",
    )  # fmt: skip
    goal = told_of(report).year.goals[0]
    proof = world.indicator(
        key="b1", code="X-2", name="B1-Quote", figure="B1-Quote", register="measure",
        kind="outcome", stair=4, goal=goal, migration_definition="none",
        denominator_figure="Prüflinge",
    )  # fmt: skip
    county = world.territory.model.objects.get(key="09473")
    world.figure(territory=county, indicator="Prüflinge", value_low=80, value_high=80)
    world.indicator_target(indicator=proof, due=date(2020, 12, 31), value_low=80)
    world.figure(
        territory=county, indicator="B1-Quote",
        value_low=50, value_high=50, unit="Prozent", source="Träger",
    )  # fmt: skip
    text = said(report)
    assert "Lage (Staatsangehörigkeit)" in text
    assert "Ausländeranteil, 01.06.2016: Zensus 2011" in text
    assert "nicht bestimmbar" in text
    assert "Kennzahlen der Umsetzung" in text
    assert "mindestens 80 am 31.12.2020: es fehlen 30" in text
    assert "4: Wissen und Können (gewollt: 4)" in text
    assert text.index("B1-Quote") < text.index("Lage (Staatsangehörigkeit)")


def test_ein_anteil_an_unbekannt_vielen_steht_auch_als_zahl_ohne_blatt_nicht_im_bericht(report):
    world.indicator(key="quote", code="X-3", name="Quote", figure="Quote", unit="Prozent")
    world.figure(
        territory=world.territory.model.objects.get(key="09473"), indicator="Quote",
        value_low=33, value_high=33, unit="Prozent", source="Träger",
    )  # fmt: skip
    assert "Quote" not in said(report)


def test_weniger_als_fuenf_menschen_stehen_nicht_im_bericht_und_in_keiner_summe(report):
    few = world.measure(key="klein", title="Kleingruppe", maturity="running")
    world.progress_report(
        measure=few, starts=report.starts, ends=report.ends, participants=3, day=ON
    )
    told = told_of(report)
    assert "<td>unter 5</td>" in re.sub(r" class=\"[^\"]*\"", "", said(report))
    assert kept_content(told)["sums"]["participants"] == {"value": "40", "of": 2}
    texts = ZipFile(BytesIO(write_book(told))).read("xl/sharedStrings.xml").decode()
    assert "unter 5" in texts


def test_der_naechste_bericht_sagt_was_sich_seit_dem_vorigen_bewegt_hat(report):
    for one in released(report).files.all():
        one.file.delete(save=False)
    measure = next(one.measure for one in told_of(report).lines if one.measure.key == "bus")
    with change(by="x", verb=Verb.CHANGED, of=measure):
        measure.light = "done"
        measure.light_reason = ""
    coming = world.year_report(
        key="b2", title="Sachstand 2018", starts=report.ends, ends=ON.replace(year=2019)
    )
    text = said(get_report(world.OPERATOR, coming.tenant, "b2"))
    assert "Gegenüber „Sachstand 2017“ steht 1 Maßnahme anders:" in text
    assert "von „verzögert“ zu „abgeschlossen“" in text


def test_auszuege_gibt_es_fuer_gemeinde_und_foerderung(report):
    told = told_of(report)
    assert programmes(told) == ["Landesprogramm"]
    paid = html_fragment(funder_report(told, "Landesprogramm"))
    assert "Kurse am Abend" in paid
    assert "Fahrdienst" not in paid
    place = world.territory(key="09473112", name="Ahorn")
    assert "Maßnahmen im ganzen Gebiet" in html_fragment(municipality_extract(told, place))


def test_ein_auszug_eines_freigegebenen_berichts_sagt_was_bei_der_freigabe_galt(report):
    kept = released(report)
    course = Measure.objects.get(key="kurs")
    with change(by="x", verb=Verb.CHANGED, of=course):
        course.title, course.maturity = "Kurse am Morgen", "idea"
    still = Measure.objects.get(key="still")
    with change(by="x", verb=Verb.CHANGED, of=still):
        still.title, still.maturity, still.ends = "Aus", "dropped", date(2017, 1, 1)
        still.starts = date(2016, 1, 1)
    world.progress_report(
        measure=still, starts=report.starts, ends=report.ends, effect="Später gemeldet.",
        day=date(2018, 3, 1),
    )  # fmt: skip
    told = told_of(kept)
    assert [one.measure.key for one in told.lines] == ["kurs", "bus", "still"]
    assert [one.measure.key for one in told.year.silent] == ["still"]
    place = world.territory(key="09473112", name="Ahorn")
    text = html_fragment(municipality_extract(told, place))
    assert "Treffpunkt" in text
    assert "Später gemeldet." not in text
    assert "Kurse am Morgen" not in text + html_fragment(funder_report(told, "Landesprogramm"))
    assert "die Angaben aus dem Plan sind von heute." in text
    for one in kept.files.all():
        one.file.delete(save=False)


def test_der_auszug_eines_entwurfs_sagt_nichts_von_einer_freigabe(report):
    assert "Freigabe" not in html_fragment(funder_report(told_of(report), "Landesprogramm"))


def test_eine_struktur_hat_mehrere_programme_abgelaufenes_und_kuenftiges_geld_zaehlt_nicht(report):
    house = world.structure(key="haus")
    world.measure(key="treff", title="Treff", maturity="running", structures=[house])
    for name, starts, ends in (
        ("Bund", date(2016, 1, 1), date(2018, 1, 1)),
        ("Stiftung", None, None),
        ("Vorbei", date(2014, 1, 1), date(2017, 1, 1)),
        ("Kommt erst", date(2018, 1, 1), None),
    ):
        world.funding(structure=house, programme=name, starts=starts, ends=ends)
    told = told_of(report)
    assert programmes(told) == ["Bund", "Landesprogramm", "Stiftung"]
    assert "Treff" in html_fragment(funder_report(told, "Bund"))
    with pytest.raises(NothingToReportError):
        funder_report(told, "Vorbei")


def test_alle_formate_kommen_aus_denselben_angaben(report):
    told = told_of(report)
    made = written(told)
    assert list(made) == ["pdf", "docx", "html", "xlsx"]
    assert made["pdf"].startswith(b"%PDF-")
    texts = ZipFile(BytesIO(made["xlsx"])).read("xl/sharedStrings.xml").decode()
    page = made["html"].decode()
    for word in ("Die Hälfte legt B1 ab.", "Kurse am Abend", "Der Bus fehlt.", "Sozialamt"):
        assert word in texts
        assert word in page


@pytest.mark.parametrize("more", [0, 3])
def test_die_zahl_der_abfragen_waechst_nicht_mit_den_massnahmen(
    report, more, django_assert_num_queries
):
    for _ in range(more):
        world.measure(maturity="running")
    with django_assert_num_queries(26):
        told_of(report)


def test_ein_evaluationsbericht_wiegt_ziele_ueber_mehrere_jahre(report):
    long = world.year_report(
        key="e", kind="evaluation", title="Evaluation", starts=report.starts,
        ends=report.ends.replace(year=2020),
    )  # fmt: skip
    year = year_of(get_report(world.OPERATOR, long.tenant, "e"))
    assert [one.thing for one in year.subjects] == ["goal:w01"]
    assert "Vorschlag für das Folgejahr" not in said(year.report)


def test_ein_bericht_ohne_plan_inhalt_sagt_was_fehlt():
    report = world.year_report(key="leer")
    report = get_report(world.OPERATOR, report.tenant, "leer")
    assert missing(year_of(report)) == [
        "Im Plan steht weder ein Wirkungsziel noch eine Maßnahme, über die zu berichten ist."
    ]
    assert "Im Plan steht noch keine Maßnahme" in said(report)
    assert YearReport.objects.count() == 1
