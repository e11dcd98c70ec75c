"""Heads that nobody declared: what people are asked, and that it is known the next time."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from gelingen.workbook import Problem, read_book
from gelingen.workbook.archives import unpack_lists
from gelingen.workbook.guard import UnreadableFileError
from gelingen.workbook.mapping import answered, layout_of
from gelingen.workbook.marking import marked_copy
from tests.workbook.files import write_csv, write_xlsx
from tests.workbook.sheets import SHEETS

OFFERS = [["Kennung", "Angebot", "Wer macht das", "Zimmer"], ["k", "Kurs", "VHS", "4"]]


@pytest.fixture
def offers(tmp_path):
    return write_xlsx(tmp_path / "liste.xlsx", {"Angebote": OFFERS})


def told(path, sources=()):
    """Layout of a file by title: sheet, and for each asked head its state."""
    return {
        one.title: (
            one.sheet.name if one.sheet else None,
            {head.head: (head.suggestion, head.answer, head.open) for head in one.heads},
        )
        for one in layout_of(path, SHEETS, sources).lists
    }


def test_nur_nach_unbekannten_koepfen_wird_gefragt(offers):
    assert told(offers) == {
        "Angebote": ("offers", {"Wer macht das": ("", None, True), "Zimmer": ("", None, True)})
    }
    (one,) = layout_of(offers, SHEETS, ()).lists
    assert [(head.cell, head.examples) for head in one.heads] == [("C1", ("VHS",)), ("D1", ("4",))]
    assert {"key", "name"} & {column.name for column in one.free} == set()


def test_zugeordnetes_gilt_beim_naechsten_mal_von_selbst(offers):
    answers = {"Angebote": ("offers", {"Wer macht das": "actor", "Zimmer": ""})}
    sources = answered(offers, SHEETS, answers)

    book = read_book(offers, SHEETS, {"actors": {"vhs": "VHS"}}, sources)

    assert book.rows["offers"][0].values["actor"] == "vhs"
    assert book.extra == (("Angebote", "Zimmer"),)
    assert [problem.remedy for problem in book.problems if problem.cell == "C1"] == [
        "Als Spalte „Träger“ gelesen, wie zuletzt zugeordnet."
    ]
    assert not layout_of(offers, SHEETS, sources).open


def test_was_nicht_uebernommen_werden_soll_wird_auch_bei_aehnlichkeit_nicht_geraten(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx", {"Angebote": [["Kennung", "Angebot", "Plaetzee"], ["k", "Kurs", "3"]]}
    )
    assert read_book(path, SHEETS, {}).rows["offers"][0].values["seats"] == 3
    assert told(path)["Angebote"][1] == {"Plaetzee": ("seats", None, False)}

    sources = answered(path, SHEETS, {"Angebote": ("offers", {"Plaetzee": ""})})

    assert read_book(path, SHEETS, {}, sources).rows["offers"][0].values["seats"] is None


def test_auch_ein_bekannter_kopf_bleibt_draussen_wenn_er_nicht_uebernommen_werden_soll(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"Akteure": [["Kennung", "Haus"], ["17", "AWO"]]})
    sources = answered(path, SHEETS, {"Akteure": ("actors", {"Kennung": "", "Haus": "name"})})
    book = read_book(path, SHEETS, {}, sources)
    assert [row.key for row in book.rows["actors"]] == ["awo"]


def test_ein_unbekanntes_blatt_wird_zum_benannten(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", {"Adressen 2016": [["Haus", "Ort"], ["AWO", "1"]]})
    assert told(path)["Adressen 2016"] == (None, {})

    first = answered(path, SHEETS, {"Adressen 2016": ("actors", {})})
    assert set(told(path, first)["Adressen 2016"][1]) == {"Haus", "Ort"}
    sources = answered(path, SHEETS, {"Adressen 2016": ("actors", {"Haus": "name", "Ort": ""})})

    rows = read_book(path, SHEETS, {}, sources).rows["actors"]
    assert [row.values["name"] for row in rows] == ["AWO"]


def test_die_liste_des_naechsten_jahres_ist_dieselbe_liste(tmp_path):
    old = write_xlsx(tmp_path / "a.xlsx", {"Adressen 2016": [["Haus", "Ort"], ["AWO", "1"]]})
    new = write_xlsx(
        tmp_path / "b.xlsx", {"Adressen 2017": [["Haus", "Ort", "Fax"], ["VHS", "2", "3"]]}
    )
    sources = answered(old, SHEETS, {"Adressen 2016": ("actors", {"Haus": "name", "Ort": ""})})
    assert told(new, sources)["Adressen 2017"] == (
        "actors",
        {"Haus": ("name", "name", False), "Ort": ("", "", False), "Fax": ("", None, True)},
    )


def test_eine_andere_liste_unter_demselben_allgemeinen_titel_ist_eine_andere(tmp_path):
    old = write_xlsx(tmp_path / "a.xlsx", {"Tabelle1": [["Haus", "Strasse"], ["AWO", "1"]]})
    new = write_xlsx(tmp_path / "b.xlsx", {"Tabelle1": [["Kurs", "Raum"], ["Deutsch", "2"]]})
    sources = answered(old, SHEETS, {"Tabelle1": ("actors", {"Haus": "name", "Strasse": ""})})
    assert told(new, sources)["Tabelle1"][0] is None


def test_ein_blatt_das_nicht_uebernommen_wird_bleibt_draussen_auch_wenn_es_bekannt_heisst(offers):
    sources = answered(offers, SHEETS, {"Angebote": ("", {})})
    book = read_book(offers, SHEETS, {}, sources)
    assert book.rows == {}
    assert book.problems[0].remedy == "Dieses Blatt wird nicht übernommen, wie zuletzt zugeordnet."


def marked(path, problems, sources=()):
    content = io.BytesIO(marked_copy(path, SHEETS, sources, problems))
    return CalamineWorkbook.from_filelike(content), zipfile.ZipFile(content)


def test_die_markierte_datei_hat_dieselben_zellen_und_nennt_was_richtig_waere(offers):
    problems = [
        Problem("Angebote", "C2", "VHS", "Meinten Sie „VHS Coburg“?"),
        Problem("Angebote", "Zeile 2", "", "Beides passt nicht zusammen."),
        Problem("Angebote", "", "", "Eine Spalte fehlt."),
    ]
    book, package = marked(offers, problems)
    assert book.get_sheet_by_name("Angebote").to_python() == OFFERS
    notes = book.get_sheet_by_name("Hinweise").to_python()[2:]
    assert [row[1:] for row in notes] == [
        ["C2", "Fehler", "VHS", "Meinten Sie „VHS Coburg“?"],
        ["Zeile 2", "Fehler", "", "Beides passt nicht zusammen."],
        ["", "Fehler", "", "Eine Spalte fehlt."],
    ]
    comments = package.read("xl/comments1.xml").decode()
    assert 'ref="C2"' in comments
    assert 'ref="A2"' in comments
    assert "F7C9C9" in package.read("xl/styles.xml").decode()


def test_die_markierte_datei_laesst_sich_wieder_einlesen(offers):
    book, package = marked(offers, [Problem("Angebote", "C2", "VHS", "Gibt es nicht.")])
    del book
    again = offers.with_name("wieder.xlsx")
    package.fp.seek(0)
    again.write_bytes(package.fp.read())
    assert read_book(again, SHEETS, {}).rows == read_book(offers, SHEETS, {}).rows
    once_more, _ = marked(again, [])
    assert once_more.sheet_names == ["Angebote", "Hinweise"]


def test_eine_csv_liste_kommt_als_arbeitsmappe_zurueck_und_formeln_bleiben_text(tmp_path):
    path = write_csv(tmp_path / "Angebote: neu.csv", [["Angebot"], ["=1+1"], ["Kurs"]])
    book, package = marked(path, [Problem("Angebote", "A2", "=1+1", "Bitte den Namen eintragen.")])
    assert book.sheet_names == ["Angebote  neu", "Hinweise"]
    assert book.get_sheet_by_name("Angebote  neu").to_python()[1] == ["=1+1"]
    assert "<f>" not in package.read("xl/worksheets/sheet1.xml").decode()


def archive(path, members):
    with zipfile.ZipFile(path, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return path


def test_ein_archiv_gibt_nur_seine_listen_her_und_nur_in_den_ordner(tmp_path):
    path = archive(
        tmp_path / "a.zip",
        {"../Orte.csv": "Name\n", "x/Angebote.csv": "Angebot\nKurs\n", "boese.exe": "MZ"},
    )
    assert unpack_lists(path, tmp_path / "listen")
    assert [file.name for file in (tmp_path / "listen").iterdir()] == ["Angebote.csv"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.zip", "listen"]


def test_zwei_gleichnamige_listen_in_einem_archiv_werden_abgelehnt(tmp_path):
    path = archive(tmp_path / "a.zip", {"a/Orte.csv": "Name\nA\n", "b/orte.csv": "Name\nB\n"})
    with pytest.raises(UnreadableFileError, match="zwei Listen mit demselben Namen"):
        unpack_lists(path, tmp_path / "listen")


def test_eine_arbeitsmappe_ist_kein_archiv(offers, tmp_path):
    assert not unpack_lists(offers, tmp_path / "listen")
    assert not (tmp_path / "listen").exists()
