"""Tables of coded statements: what is read, what would be new, all of it or nothing."""

from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.editing import take_back
from gelingen.history.recording import new_batch
from gelingen.talks.commands import ClosedTalkError, change_statement, close_talk
from gelingen.talks.comparing import mean_agreement
from gelingen.talks.importing import NothingNewError, plan, write
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.talks.queries import codings_in
from gelingen.talks.segments import NoSegmentsError, read_segments

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 20)
HEAD = ["Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Segment", "Bearbeiter"]
LINES = [
    ["Gemeinden", "Ahorn", "Mobilität > Bus", "1", "1", "Abends fährt kein Bus.", "AH"],
    ["Gemeinden", "Ahorn", "Frauen", "1", "1", "Abends fährt kein Bus.", "AH"],
    ["Gemeinden", "Ahorn", "Mobilität", "1", "1", "Abends fährt kein Bus.", "BK"],
    ["Gemeinden", "Ahorn", "Themen\\Wohnen; Miete", "4", "4", "Es gibt keine Wohnungen.", "AH"],
    ["Gemeinden", "Ahorn", "Wohnen", "4", "4", "Es gibt keine Wohnungen.", "BK"],
    ["Gemeinden", "Runde", "", "2", "2", "Wir helfen gern.", "AH"],
    ["Gemeinden", "Runde", "Wohnen", "3", "3", "", "AH"],
]


@pytest.fixture
def known():
    world.topic(key="mobilitaet", name="Mobilität")
    world.topic(key="wohnen", name="Wohnen")
    world.target_group(key="frauen", name="Frauen")
    return world.territory(key="09473112", name="Ahorn")


def xlsx(folder, lines=LINES, head=HEAD):
    path = folder / "segmente.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Codierte Segmente")
        for row, line in enumerate([head, *lines]):
            page.write_row(row, 0, line)
    return path


def csv(folder, text):
    path = folder / "aussagen.csv"
    path.write_text(text, encoding="utf-8")
    return path


def taken_in(path, person=None, batch=""):
    person = person or world.person()
    planned = plan(person, world.tenant(), read_segments(path).segments)
    write(actor=person, tenant=world.tenant(), planned=planned, day=DAY, batch=batch or new_batch())
    return planned


def test_zeilen_einer_aussage_gehoeren_zusammen_und_namen_werden_nicht_gelesen(tmp_path):
    read = read_segments(xlsx(tmp_path))
    first, second = read.segments[:2]
    assert (first.document, first.codes, first.coder) == (
        "Ahorn", (("Mobilität", "Bus"), ("Frauen",)), 1,
    )  # fmt: skip
    assert (second.codes, second.coder) == ((("Mobilität",),), 2)
    assert read.segments[2].codes == (("Themen", "Wohnen"), ("Miete",))
    assert read.left_out == (("F8", "ohne Wortlaut"),)
    assert "AH" not in repr(read)


def test_auch_mehrere_codes_in_einer_zelle_und_mehrere_spalten_werden_gelesen(tmp_path):
    text = (
        'Dokument;Zitat-Inhalt;Codes;Code 2;Funktion\nAhorn;Kein Bus;"Mobilität\nBus";Frauen;Amt\n'
    )
    (one,) = read_segments(csv(tmp_path, text)).segments
    assert one.codes == (("Mobilität",), ("Bus",), ("Frauen",))
    assert one.speaker == "Amt"


def test_ohne_dokument_heisst_das_gespraech_wie_die_datei(tmp_path):
    (one,) = read_segments(csv(tmp_path, "Text;Code\nKein Bus;Mobilität\n")).segments
    assert one.document == "aussagen"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Name;Ort\nA;B\n", "fehlt die Spalte mit den Aussagen"),
        ("Text;Code\n;Mobilität\n", "steht keine Aussage"),
    ],
)
def test_was_keine_aussagen_hat_wird_mit_grund_abgelehnt(tmp_path, text, says):
    with pytest.raises(NoSegmentsError, match=says):
        read_segments(csv(tmp_path, text))


@pytest.mark.usefixtures("known")
def test_die_vorschau_sagt_was_neu_waere_und_schreibt_nichts(tmp_path):
    segments = read_segments(xlsx(tmp_path)).segments
    planned = plan(world.person(), world.tenant(), segments)
    assert [(one.title, one.key, one.added) for one in planned.talks] == [
        ("Ahorn", "", 2), ("Runde", "", 1),
    ]  # fmt: skip
    assert planned.codes == ("Mobilität > Bus", "Miete")
    assert [one.name for one in planned.labels] == ["Mobilität", "Frauen", "Wohnen"]
    assert (planned.added, planned.known, planned.codings, planned.coders) == (3, 0, 5, 2)
    assert not Talk.objects.exists()


def test_eine_tabelle_wird_ganz_uebernommen_und_ganz_zurueckgenommen(tmp_path, known):
    person, batch = world.person(), new_batch()
    taken_in(xlsx(tmp_path), person, batch)
    talk = Talk.objects.get(title="Ahorn")
    assert (talk.territory, talk.day, talk.planned) == (known, DAY, 2)
    assert talk.finished == ["Eingelesen 1", "Eingelesen 2"]
    found = codings_in(person, talk)
    first = Statement.objects.get(text__startswith="Abends")
    assert found.own("Eingelesen 1")[first.key] == {
        "topic:mobilitaet", "group:frauen", f"code:{Code.objects.get(label='Mobilität > Bus').key}",
    }  # fmt: skip
    assert found.opened
    assert mean_agreement(found).labels == 5
    take_back(actor=person, tenant=talk.tenant, batch=batch)
    left = [model.objects.count() for model in (Talk, Statement, Coding, Code)]
    assert left == [0, 0, 0, 0]


@pytest.mark.usefixtures("known")
def test_zum_zweiten_mal_gelesen_kommt_nur_dazu_was_fehlt(tmp_path):
    taken_in(xlsx(tmp_path))
    with pytest.raises(NothingNewError, match="schon da"):
        taken_in(xlsx(tmp_path))
    more = [*LINES, ["Gemeinden", "Ahorn", "Wohnen", "9", "9", "Die Mieten steigen.", "AH"]]
    planned = taken_in(xlsx(tmp_path, more))
    assert (planned.added, planned.known, planned.codings, planned.codes) == (1, 3, 1, ())
    assert Talk.objects.count() == 2


@pytest.mark.usefixtures("known")
def test_geht_beim_schreiben_etwas_schief_bleibt_alles_wie_es_war(tmp_path):
    segments = read_segments(xlsx(tmp_path)).segments
    person = world.person()
    planned = plan(person, world.tenant(), segments)
    broken = planned.talks[1].statements[0].codings
    broken["Eingelesen 1"] = ("topic:verschwunden",)
    with pytest.raises(Exception, match="gibt es nicht mehr"):
        write(actor=person, tenant=world.tenant(), planned=planned, day=DAY, batch=new_batch())
    assert (Talk.objects.count(), Code.objects.count()) == (0, 0)


@pytest.mark.usefixtures("known")
def test_in_ein_abgeschlossenes_gespraech_wird_nichts_eingelesen(tmp_path):
    taken_in(xlsx(tmp_path))
    close_talk(actor=world.person(), talk=Talk.objects.get(title="Ahorn"))
    with pytest.raises(ClosedTalkError):
        taken_in(xlsx(tmp_path))


@pytest.mark.usefixtures("known")
def test_wer_nicht_fragen_darf_liest_nichts_ein(tmp_path):
    with pytest.raises(PermissionDenied):
        taken_in(xlsx(tmp_path), world.person(role="reader"))


@pytest.mark.usefixtures("known")
def test_tausend_aussagen_kommen_mit_hundert_abfragen_an(tmp_path, django_assert_max_num_queries):
    lines = [["", "Ahorn", "Wohnen", "", "", f"Satz {n}", "AH"] for n in range(1000)]
    with django_assert_max_num_queries(110):
        taken_in(xlsx(tmp_path, lines))
    assert Coding.objects.count() == 1000


# What a table does not say


def test_ohne_spalte_mit_codes_gilt_nichts_als_kodiert(tmp_path):
    text = "Dokument;Aussage;Funktion\nRunde;Kein Bus;Amt\nRunde;Keine Wohnung;\n"
    planned = taken_in(csv(tmp_path, text))
    talk = Talk.objects.get()
    assert (planned.added, planned.codings, planned.coders) == (2, 0, 0)
    assert (talk.finished, talk.planned, Coding.objects.count()) == ([], 1, 0)
    assert not codings_in(world.person(), talk).opened


# Who coded, and who spoke

ONE = ["Gemeinden", "Ahorn", "Mobilität", "1", "1", "Abends fährt kein Bus.", "AH"]
TWO = ["Gemeinden", "Ahorn", "Wohnen", "1", "1", "Abends fährt kein Bus.", "BK"]


@pytest.mark.usefixtures("known")
def test_jede_person_mit_eigener_tabelle_ist_eine_eigene_kodierende(tmp_path):
    taken_in(xlsx(tmp_path, [ONE]))
    taken_in(xlsx(tmp_path, [TWO]))
    talk = Talk.objects.get()
    assert talk.finished == ["Eingelesen 1", "Eingelesen 2"]
    first, second = codings_in(world.person(), talk).compared
    assert (*first.values(), *second.values()) == ({"topic:mobilitaet"}, {"topic:wohnen"})


@pytest.mark.usefixtures("known")
def test_die_nummern_zaehlen_ueber_gespraeche_verschiedener_tabellen_weiter(tmp_path):
    taken_in(xlsx(tmp_path, [ONE]))
    taken_in(xlsx(tmp_path, [["Gemeinden", "Runde", *TWO[2:]]]))
    assert Talk.objects.get(title="Runde").finished == ["Eingelesen 2"]


@pytest.mark.usefixtures("known")
def test_wer_in_allem_einig_ist_und_doch_jemand_anders_muss_gesagt_werden(tmp_path):
    path = xlsx(tmp_path, [ONE])
    taken_in(path)
    segments = read_segments(path).segments
    assert plan(world.person(), world.tenant(), segments).codings == 0
    planned = plan(world.person(), world.tenant(), segments, others=True)
    assert list(planned.talks[0].statements[0].codings) == ["Eingelesen 2"]


@pytest.mark.usefixtures("known")
def test_auch_eine_zweite_tabelle_desselben_gespraechs_laesst_sich_zuruecknehmen(tmp_path):
    person, batch = world.person(), new_batch()
    taken_in(xlsx(tmp_path, [ONE]), person)
    taken_in(xlsx(tmp_path, [TWO]), person, batch)
    assert Talk.objects.get().uncovered == ["Eingelesen 1", "Eingelesen 2"]
    take_back(actor=person, tenant=world.tenant(), batch=batch)
    assert Talk.objects.get().uncovered == ["Eingelesen 1"]
    assert Coding.objects.count() == 1


def test_derselbe_satz_von_zwei_funktionen_sind_zwei_aussagen(tmp_path):
    text = "Dokument;Aussage;Funktion\nRunde;Kein Bus;Amt\nRunde;Kein Bus;Schule\nRunde;Kein Bus;\n"
    taken_in(csv(tmp_path, text))
    said = Statement.objects.order_by("order")
    assert [one.speaker for one in said] == ["Amt", "Schule"]
    with pytest.raises(NothingNewError):
        taken_in(csv(tmp_path, text))


def test_eine_inzwischen_berichtigte_funktion_macht_keine_zweite_aussage(tmp_path):
    text = "Dokument;Aussage;Funktion\nRunde;Kein Bus;Frau Muster\n"
    taken_in(csv(tmp_path, text))
    change_statement(
        actor=world.person(), statement=Statement.objects.get(), text="Kein Bus", speaker="Amt"
    )
    with pytest.raises(NothingNewError):
        taken_in(csv(tmp_path, text))
