"""Antworten von außen: gelesen, alle oder keine übernommen, als solche zu sehen, ganz zurück."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.surveys.asking import ON, answered, invite, question, survey

from gelingen.history.recording import change
from gelingen.surveys.models import AnonymousAnswer, Invitation, KnownColumns, Response, Survey
from gelingen.surveys.outside import NotTakenInError, columns_of, read_answers
from gelingen.surveys.outside_columns import NoAnswersError, Sheet, guess, read_sheet
from gelingen.surveys.results import results
from gelingen.surveys.taking_in import (
    ChangedImportError,
    UnknownImportError,
    take_back,
    take_in,
    taken_in,
)
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold

pytestmark = pytest.mark.django_db
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
CHOICE = "Frage: eine Antwort"
SEVERAL = "Frage: mehrere Antworten"


@pytest.fixture
def officer():
    return world.person()


def asked(mode="named", kinds=("choice", "several", "number"), **more):
    of = survey(mode=mode, threshold=3, **more)
    for kind in kinds:
        question(of, kind)
    return of


def read(officer, of, heads, *rows):
    columns = columns_of(officer, of, on=ON)
    sheet = Sheet(tuple(heads), tuple(rows))
    idents = guess(heads, columns.offered, columns.remembered, named=columns.named)
    return read_answers(columns, sheet, idents), dict(zip(map(fold, heads), idents, strict=True))


def take(officer, of, heads, *rows, at=AT, on=ON):
    reading, means = read(officer, of, heads, *rows)
    return take_in(actor=officer, survey=of, reading=reading, means=means, on=on, at=at)


def values(of):
    return [one.values for one in of.responses.order_by("pk")]


def test_spalten_werden_an_ihren_worten_erkannt_und_zellen_gelesen_wie_von_hand(officer):
    of = asked(kinds=("choice", "several", "scale", "number", "date", "text", "missing"))
    heads = [CHOICE, SEVERAL, "Frage: Stufen", "Frage: Zahl oder Spanne", "Frage: Tag",
             "Frage: freier Text", "Frage: Was fehlt?", "Bemerkung"]  # fmt: skip
    row = ("Zwei", "eins; Drei", "sehr", "10–15", "31.12.2016", "Gut", "Ein Chor", "egal")
    take(officer, of, heads, row)
    (found,) = values(of)
    missing = found.pop("umfrage_missing")
    assert missing[0]["statement"] == "Ein Chor"
    assert found == {
        "umfrage_choice": "zwei", "umfrage_several": ["eins", "drei"], "umfrage_scale": 5,
        "umfrage_number": {"low": "10", "high": "15"}, "umfrage_date": "2016-12-31",
        "umfrage_text": "Gut",
    }  # fmt: skip


def test_eine_spalte_je_antwort_wird_angekreuzt_oder_nicht(officer):
    of = asked()
    heads = [f"{SEVERAL} [{word}]" for word in ("Eins", "Zwei", "Drei")]
    take(officer, of, heads, ("x", "0", "ja"))
    assert values(of) == [{"umfrage_several": ["eins", "drei"]}]


def test_was_keine_antwort_ist_wird_mit_seiner_zelle_genannt_und_nichts_uebernommen(officer):
    of = asked()
    rows = [("Eins", "3"), ("Vier", "3"), ("Zwei", "viele")]
    reading, means = read(officer, of, [CHOICE, "Frage: Zahl oder Spanne"], *rows)
    assert reading.wrong == (
        ("A3", "„Vier“ ist keine der Antworten. Möglich sind: „Eins“, „Zwei“, „Drei“."),
        ("B4", "Bitte nur eine Zahl schreiben."),
    )
    with pytest.raises(NotTakenInError, match="alles oder nichts"):
        take_in(actor=officer, survey=of, reading=reading, means=means, on=ON, at=AT)
    assert not Response.objects.exists()


def test_leere_zeilen_und_antworten_auf_nicht_gestellte_fragen_bleiben_weg(officer):
    of = asked(kinds=("choice",))
    question(of, "text", page=2, condition={"question": "umfrage_choice", "is": ["eins"]})
    reading, _ = read(
        officer, of, [CHOICE, "Frage: freier Text"], ("eins", "A"), ("zwei", "B"), ("", "")
    )
    assert [one.values for one in reading.answers] == [
        {"umfrage_choice": "eins", "umfrage_text": "A"}, {"umfrage_choice": "zwei"}
    ]  # fmt: skip
    assert (reading.empty, reading.unasked) == (1, 1)


def test_wer_eingeladen_ist_dessen_einladung_gilt_als_beantwortet_andere_bekommen_eine(officer):
    of = asked()
    world.organisation(key="awo", name="AWO Kreisverband")
    known, _ = invite(of, organisation="vhs", name="VHS")
    take(officer, of, ["Organisation", CHOICE], ("vhs", "Eins"), ("AWO Kreisverband", "Zwei"),
         ("Chor", "Drei"))  # fmt: skip
    known.refresh_from_db()
    assert known.used
    assert known.response.values == {"umfrage_choice": "eins"}
    found = dict(Invitation.objects.values_list("name", "organisation"))
    assert found == {"VHS": "vhs", "AWO Kreisverband": "awo", "Chor": ""}
    assert set(Response.objects.values_list("channel", flat=True)) == {"outside"}


def test_wer_schon_geantwortet_hat_oder_zweimal_dasteht_haelt_alles_auf(officer):
    of = asked()
    known, _ = invite(of, name="VHS")
    answered(of, known, {})
    with pytest.raises(NotTakenInError, match="A3: VHS hat schon geantwortet"):
        take(officer, of, ["Organisation", CHOICE], ("Chor", "Eins"), ("VHS", "Eins"))
    with pytest.raises(NotTakenInError, match="In A2 und A3 antwortet dieselbe Stelle"):
        take(officer, of, ["Organisation", CHOICE], ("Chor", "Eins"), ("CHOR", "Zwei"))
    assert Response.objects.count() == Invitation.objects.count() == 1


def test_zurueckgenommen_wird_ein_ganzer_lauf_und_sonst_nichts(officer):
    of = asked()
    known, _ = invite(of, name="VHS")
    take(officer, of, ["Organisation", CHOICE], ("VHS", "Eins"), ("Chor", "Zwei"))
    later = AT.replace(hour=11)
    take(officer, of, ["Organisation", CHOICE], ("Verein", "Drei"), at=later)
    assert [one.number for one in taken_in(officer, of)] == [1, 2]
    ident = taken_in(officer, of)[1].ident
    assert take_back(actor=officer, survey=of, ident=ident, number=2) == 2
    known.refresh_from_db()
    assert not known.used
    assert set(Invitation.objects.values_list("name", flat=True)) == {"VHS", "Verein"}
    assert values(of) == [{"umfrage_choice": "drei"}]
    with pytest.raises(UnknownImportError):
        take_back(actor=officer, survey=of, ident=ident, number=2)


def test_anonym_bleibt_weder_reihenfolge_noch_zeit_noch_name(officer):
    of = asked("anonymous", kinds=("choice", "text"))
    heads = ["Organisation", "Gruppe", CHOICE, "Frage: freier Text"]
    rows = [("VHS", "Kurse", "Eins", f"{n:02}") for n in range(30)]
    take(officer, of, heads, *rows)
    assert not Invitation.objects.exists()
    said = list(of.anonymous_answers.order_by("id").values_list("values", flat=True))
    order = [one["umfrage_text"] for one in said]
    assert sorted(order) == [f"{n:02}" for n in range(30)]
    assert order != sorted(order)
    assert "VHS" not in str(said)
    assert set(of.anonymous_answers.values_list("day", "channel")) == {(ON, "outside")}


def test_anonym_verlieren_kleine_gruppen_ihren_namen_und_keine_antwort_wartet(officer):
    of = asked("anonymous", kinds=("choice",), group_question="umfrage_choice")
    rows = [("Eins",)] * 4 + [("Zwei",)] * 3 + [("Drei",)]
    take(officer, of, [CHOICE], *rows)
    groups = Counter(of.anonymous_answers.values_list("group", flat=True))
    # One alone would be known, so the next smallest loses its name too.
    assert groups == {"Eins": 4, "": 4}
    nameless = of.anonymous_answers.filter(group="")
    assert set(map(str, nameless.values_list("values", flat=True))) == {"{}"}
    assert not of.waiting.exists()


def test_anonym_kommen_wenige_auf_einmal_nicht_hinein(officer):
    of = asked("anonymous")
    with pytest.raises(NotTakenInError, match="erst ab 3"):
        take(officer, of, [CHOICE], ("Eins",), ("Zwei",))
    assert not AnonymousAnswer.objects.exists()


def test_anonym_gehen_die_eines_tages_ganz_zurueck_und_andere_bleiben(officer):
    of = asked("anonymous")
    for name in "abc":
        AnonymousAnswer.objects.create(survey=of, group="x", day=ON, values={"umfrage_text": name})
    take(officer, of, [CHOICE], *[("Eins",)] * 4)
    (found,) = taken_in(officer, of)
    assert (found.day, found.number) == (ON, 4)
    assert take_back(actor=officer, survey=of, ident=found.ident, number=4) == 4
    assert of.anonymous_answers.count() == 3


def test_was_spalten_bedeuten_wird_fuer_die_naechste_tabelle_gemerkt(officer):
    of = asked()
    columns = columns_of(officer, of, on=ON)
    sheet = Sheet(("F1",), (("Eins",),))
    reading = read_answers(columns, sheet, ["umfrage_choice"])
    means = {"f1": "umfrage_choice"}
    take_in(actor=officer, survey=of, reading=reading, means=means, on=ON, at=AT)
    assert KnownColumns.objects.get().means == means
    assert read(officer, of, ["F1"], ("Zwei",))[0].answers[0].values == {"umfrage_choice": "zwei"}


@pytest.mark.parametrize(
    ("idents", "why"),
    [(["umfrage_choice"] * 2, "dasselbe"), (["", "@group"], "mindestens einer")],
)
def test_zwei_spalten_bedeuten_nie_dasselbe_und_eine_frage_muss_dabei_sein(officer, idents, why):
    columns = columns_of(officer, asked(), on=ON)
    with pytest.raises(NotTakenInError, match=why):
        read_answers(columns, Sheet(("A", "B"), (("Eins", "Zwei"),)), idents)


def test_was_seit_dem_ansehen_dazukam_wird_nicht_mit_entfernt(officer):
    of = asked("anonymous")
    take(officer, of, [CHOICE], *[("Eins",)] * 3)
    (shown,) = taken_in(officer, of)
    take(officer, of, [CHOICE], *[("Zwei",)] * 4)
    with pytest.raises(ChangedImportError, match="nicht mehr 3, sondern 7"):
        take_back(actor=officer, survey=of, ident=shown.ident, number=shown.number)
    assert of.anonymous_answers.count() == 7


def test_zwei_namen_derselben_einladung_halten_alles_auf(officer):
    of = asked()
    world.organisation(key="vhs", name="Volkshochschule")
    invite(of, organisation="vhs", name="VHS Stadt")
    rows = [("VHS Stadt", "Eins"), ("Chor", "Eins"), ("Volkshochschule", "Zwei")]
    with pytest.raises(NotTakenInError, match="In A2 und A4 antwortet VHS Stadt"):
        take(officer, of, ["Organisation", CHOICE], *rows)
    assert not Response.objects.exists()


def test_sind_die_antworten_seit_der_vorschau_geloescht_kommt_keine_mehr_hinein(officer):
    of = asked()
    reading, means = read(officer, of, [CHOICE], ("Eins",))
    meanwhile = Survey.objects.get()
    with change(by=officer, verb=Verb.CHANGED, of=meanwhile):
        meanwhile.state = "cleared"
    with pytest.raises(NotTakenInError, match="gelöscht"):
        take_in(actor=officer, survey=of, reading=reading, means=means, on=ON, at=AT)
    assert not Response.objects.exists()


@pytest.mark.parametrize(("state", "keep"), [("draft", None), ("cleared", None), ("open", ON)])
def test_in_einen_entwurf_und_nach_dem_loeschen_kommt_nichts(officer, state, keep):
    of = asked(state=state, closes=ON, keep_until=keep)
    with pytest.raises(NotTakenInError):
        columns_of(officer, of, on=ON)


def test_einlesen_darf_nur_wer_umfragen_fuehrt():
    with pytest.raises(PermissionDenied):
        columns_of(world.person(role="reader"), asked(), on=ON)


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize(("mode", "queries"), [("named", 14), ("anonymous", 14)])
def test_mehr_zeilen_kosten_keine_abfrage_mehr(officer, mode, queries, number):
    of = asked(mode)
    rows = [(f"Stelle {n}", "Eins") for n in range(number)]
    reading, means = read(officer, of, ["Organisation", CHOICE], *rows)
    with CaptureQueriesContext(connection) as asked_:
        take_in(actor=officer, survey=of, reading=reading, means=means, on=ON, at=AT)
    assert len(asked_) == queries


def test_ergebnisse_zaehlen_sie_mit(officer):
    of = asked()
    take(officer, of, ["Gruppe", CHOICE], ("Kurse", "Eins"), ("Vereine", "Eins"))
    found = results(officer, of, public=False, on=date(2017, 7, 1))
    assert found.sizes == {"": 2, "Kurse": 1, "Vereine": 1}


def test_gelesen_wird_die_erste_zeile_mit_inhalt_als_kopf(tmp_path):
    path = tmp_path / "antworten.csv"
    path.write_text("\n;\nGruppe;Frage\nKurse;ja\n;\nVereine;nein\n;\n", encoding="utf-8")
    found = read_sheet(path)
    assert found.heads == ("Gruppe", "Frage")
    assert [row for row in found.rows if any(row)] == [("Kurse", "ja"), ("Vereine", "nein")]
    path.write_text("Gruppe;Frage\n", encoding="utf-8")
    with pytest.raises(NoAnswersError):
        read_sheet(path)
