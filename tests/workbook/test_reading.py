"""How messy lists are understood, and what is said about mistakes."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import odfdo
import pytest
import xlsxwriter

from gelingen.terms.vocabulary import EndKind
from gelingen.workbook import Column, Kind, Sheet, describe, read_book
from tests.workbook.files import PLACES, read_offer, read_tables, write_csv, write_xlsx
from tests.workbook.sheets import SHEETS


def told(book) -> list[tuple[str, str, str]]:
    """Cell, what stands there and the remedy of each problem."""
    return [(problem.cell, problem.found, problem.remedy) for problem in book.problems]


def test_koepfe_stehen_in_anderer_ordnung_und_unter_anderen_namen(tmp_path: Path):
    heads = ["LÄUFT BIS", "Kapazität", " titel:\n", "kennung*", "Vzä"]
    book = read_tables(tmp_path, {"Angebote": [heads, ["2019", 12, "Kurs", "k", "0,5"]]})
    (row,) = book.rows["offers"]
    assert told(book) == []
    assert (row.key, row.line) == ("k", 2)
    assert (row.values["ends"], row.values["seats"]) == (date(2020, 1, 1), 12)
    assert (row.values["name"], row.values["posts"]) == ("Kurs", Decimal("0.5"))
    assert book.columns["offers"] == {"key", "name", "ends", "seats", "posts"}


def test_fehlende_spalten_geben_die_werte_leerer_zellen(tmp_path: Path):
    values = read_offer(tmp_path).rows["offers"][0].values
    assert values["actor"] is None
    assert values["places"] == ()
    assert (values["reached_low"], values["reached_high"]) == (None, None)
    assert (values["ends"], values["ends_kind"]) == (None, EndKind.UNKNOWN)
    assert (values["confirmed"], values["confirmed_precision"]) == (None, "")
    assert (values["note"], values["open"], values["level"]) == ("", False, "")


def test_ein_vertippter_kopf_wird_erkannt_und_gemeldet(tmp_path: Path):
    book = read_offer(tmp_path, Anmerkunng="gut")
    assert book.rows["offers"][0].values["note"] == "gut"
    assert told(book) == [("C1", "Anmerkunng", "Als Spalte „Anmerkung“ gelesen.")]
    assert book.sound


def test_eigene_spalten_werden_gemeldet(tmp_path: Path):
    book = read_offer(tmp_path, Zimmer="12", Telefon="0")
    assert book.extra == (("Angebote", "Zimmer"), ("Angebote", "Telefon"))
    assert book.problems == ()


def test_eine_einheit_im_kopf_stoert_nicht(tmp_path: Path):
    book = read_offer(tmp_path, **{"Kosten (EUR im Jahr)": 5})
    assert book.rows["offers"][0].values["costs"] == 5
    assert book.problems == ()


def test_titelzeilen_ueber_dem_kopf_werden_uebergangen(tmp_path: Path):
    lines = [["Landkreis Coburg: Angebote"], [], ["Stand", "06/2017"], *PLACES]
    book = read_tables(tmp_path, {"Orte": lines})
    assert [(row.line, row.key) for row in book.rows["places"]] == [(5, "09473"), (6, "09473112")]


def test_leere_und_wiederholte_kopfzeilen_sind_keine_eintraege(tmp_path: Path):
    lines = [PLACES[0], [], PLACES[1], ["  ", "\xa0"], PLACES[0], PLACES[2], []]
    book = read_tables(tmp_path, {"Orte": lines})
    assert [(row.line, row.key) for row in book.rows["places"]] == [(3, "09473"), (6, "09473112")]


def test_verbundene_zellen_gelten_fuer_alle_ihre_zeilen(tmp_path: Path):
    path = tmp_path / "verbunden.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Angebote")
        page.write_row(0, 0, ["Kennung", "Angebot", "Ebene"])
        page.write_column(1, 0, ["a", "b", "c"])
        page.merge_range(1, 1, 2, 1, "Kurs")
        page.write(3, 1, "Treff")
        page.merge_range(4, 0, 4, 2, "Ab hier: Ehrenamt")
    read = read_book(path, SHEETS, {})
    names = [(row.key, row.values["name"]) for row in read.rows["offers"]]
    assert names == [("a", "Kurs"), ("b", "Kurs"), ("c", "Treff")]
    assert told(read) == [
        ("A5", "Ab hier: Ehrenamt", "Diese Zwischenüberschrift wird nicht übernommen.")
    ]


def test_ein_blatt_unter_anderem_namen_wird_an_den_koepfen_erkannt(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Beginn", "Ende"], ["k", "Kurs", 2018, 2019]]
    book = read_tables(tmp_path, {"Tabelle1": lines, "Notizen": [["x"]]})
    assert len(book.rows["offers"]) == 1
    assert [problem.remedy for problem in book.problems] == [
        "Das Blatt „Tabelle1“ wird als „Angebote“ gelesen.",
        "Dieses Blatt gehört nicht zur Arbeitsmappe und wird nicht übernommen.",
    ]
    assert book.sound


def test_ein_fehlendes_blatt_fehlt_und_ein_leeres_ist_leer(tmp_path: Path):
    book = read_tables(tmp_path, {"Orte": PLACES[:1]})
    assert book.rows == {"places": ()}


def test_ein_verborgenes_blatt_geht_nicht_still_verloren(tmp_path: Path):
    path = tmp_path / "verborgen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notizen")
        for title, lines in {"Orte": PLACES, "Geheim": [["x"]]}.items():
            page = book.add_worksheet(title)
            for row, line in enumerate(lines):
                page.write_row(row, 0, line)
            page.hide()
    read = read_book(path, SHEETS, {})
    assert len(read.rows["places"]) == 2
    assert read.problems == ()


def test_ein_blatt_ohne_kopf_wird_erklaert(tmp_path: Path):
    book = read_tables(tmp_path, {"Angebote": [["Kurs", "VHS"], ["Treff", "Caritas"]]})
    assert "offers" not in book.rows
    assert told(book) == [
        ("", "", "Die Kopfzeile fehlt. Sie muss mindestens diese Spalten nennen: Angebot.")
    ]


def test_eine_fehlende_pflichtspalte_wird_benannt(tmp_path: Path):
    book = read_tables(tmp_path, {"Angebote": [["Kennung", "Ende"], ["k", "2019"]]})
    assert told(book) == [("", "", "Die Spalte „Angebot“ fehlt. Sie wird gebraucht: Name.")]


def test_eine_doppelte_spalte_geht_nicht_still_verloren(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Titel"], ["k", "Kurs", "Kurs 2"]]
    book = read_tables(tmp_path, {"Angebote": lines})
    assert [problem.cell for problem in book.problems] == ["C1"]
    assert not book.sound


@pytest.mark.parametrize("shown", ["mmm yy", "mm/yyyy", 17])
def test_ein_ende_mit_monatsformat_ist_der_ganze_monat(tmp_path: Path, shown: str | int):
    path = tmp_path / "format.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Angebote")
        page.write_row(0, 0, ["Kennung", "Angebot", "Ende", "Anteil"])
        page.write_row(1, 0, ["k", "Kurs"])
        day = datetime(2019, 7, 1)  # noqa: DTZ001 - spreadsheets hold days without zone
        page.write_datetime(1, 2, day, book.add_format({"num_format": shown}))
        page.write_number(1, 3, 0.155, book.add_format({"num_format": "0.0%"}))
        page.write_row(2, 0, ["l", "Kurs"])
        page.write_datetime(2, 2, day, book.add_format({"num_format": "dd.mm.yyyy"}))
    rows = read_book(path, SHEETS, {}).rows["offers"]
    assert [row.values["ends"] for row in rows] == [date(2019, 8, 1), date(2019, 7, 2)]
    assert rows[0].values["share"] == Decimal("15.5")


def test_csv_aus_alten_programmen(tmp_path: Path):
    lines = [["AGS", "Name"], ["9473", "Landkreis Köln "], ["09473112", "Ähorn\xa0"]]
    write_csv(tmp_path / "Orte.csv", lines, encoding="cp1252")
    write_csv(tmp_path / "akteure.csv", [["Organisation", "Kennung"], ["VHS", "v"]], delimiter=",")
    write_csv(tmp_path / "offers.csv", [["Titel", "Träger"], ["Kurs", "v"]], delimiter="\t")
    book = read_book(tmp_path, SHEETS, {})
    assert [row.values for row in book.rows["places"]] == [
        {"key": "09473", "name": "Landkreis Köln"},
        {"key": "09473112", "name": "Ähorn"},
    ]
    assert book.rows["offers"][0].values["actor"] == "v"
    assert book.problems == ()


def test_csv_mit_trennzeichenangabe_und_utf16(tmp_path: Path):
    (tmp_path / "Orte.csv").write_text("sep=;\r\nAGS;Name\r\n09473;A,B,C\r\n", "utf-8")
    (tmp_path / "Akteure.csv").write_text("Kennung\tBezeichnung\r\nv\tVHS Süd\r\n", "utf-16")
    book = read_book(tmp_path, SHEETS, {})
    assert book.rows["places"][0].values["name"] == "A,B,C"
    assert book.rows["actors"][0].values["name"] == "VHS Süd"


def test_eine_einzelne_csv_datei_ist_ein_blatt(tmp_path: Path):
    path = write_csv(tmp_path / "Orte.csv", PLACES)
    assert len(read_book(path, SHEETS, {}).rows["places"]) == 2


def test_ods_wird_gelesen(tmp_path: Path):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Angebote")
    table.set_values(
        [
            ["Kennung", "Angebot", "Plätze", "Beginn", "Ende", "Stellen"],
            ["k", "Kurs", 12, date(2019, 7, 1), "12/2019", Decimal("0.5")],
        ]
    )
    document.body.append(table)
    document.save(tmp_path / "liste.ods")
    book = read_book(tmp_path / "liste.ods", SHEETS, {})
    values = book.rows["offers"][0].values
    assert book.problems == ()
    assert (values["seats"], values["posts"]) == (12, Decimal("0.5"))
    assert (values["starts"], values["ends"]) == (date(2019, 7, 1), date(2020, 1, 1))


ACTORS = [["Kennung", "Bezeichnung", "Übergeordnet"], ["vhs", "Volkshochschule", ""]]


@pytest.mark.parametrize(
    "written", ["vhs", "VHS", "Volkshochschule", " volkshochschule\xa0", "Volkshoch\xadschule"]
)
def test_ein_verweis_gilt_mit_kennung_oder_namen(tmp_path: Path, written: str):
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", written]]
    book = read_tables(tmp_path, {"Angebote": lines, "Organisationen": ACTORS})
    assert told(book) == []
    assert book.rows["offers"][0].values["actor"] == "vhs"


def test_ein_vertippter_verweis_wird_vorgeschlagen(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", "Volkshochschlue"]]
    book = read_tables(tmp_path, {"Angebote": lines, "Organisationen": ACTORS})
    assert told(book) == [("C2", "Volkshochschlue", "Meinten Sie „Volkshochschule“ (vhs)?")]
    assert not book.sound


def test_ein_verweis_findet_auch_was_schon_erfasst_ist(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", "Caritas"]]
    book = read_tables(tmp_path, {"Angebote": lines}, {"actors": {"cv": "Caritas"}})
    assert book.rows["offers"][0].values["actor"] == "cv"


def test_die_datei_geht_dem_bestand_vor(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", "Volkshochschule"]]
    tables = {"Angebote": lines, "Organisationen": ACTORS}
    book = read_tables(tmp_path, tables, {"actors": {"alt": "Volkshochschule"}})
    assert book.rows["offers"][0].values["actor"] == "vhs"


def test_ein_verweis_ins_leere_sagt_wo_einzutragen_ist(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", "Caritas"]]
    assert told(read_tables(tmp_path, {"Angebote": lines})) == [
        (
            "C2",
            "Caritas",
            "Auf dem Blatt „Organisationen“ steht noch nichts. Bitte dort zuerst eintragen.",
        )
    ]


def test_ein_mehrdeutiger_name_nennt_die_kennungen(tmp_path: Path):
    actors = [["Kennung", "Bezeichnung"], ["a", "Treff"], ["b", "Treff"]]
    lines = [["Kennung", "Angebot", "Träger"], ["k", "Kurs", "Treff"]]
    book = read_tables(tmp_path, {"Angebote": lines, "Organisationen": actors})
    assert told(book) == [
        (
            "C2",
            "Treff",
            "„Treff“ ist nicht eindeutig: a (Treff) oder b (Treff). Bitte die Kennung eintragen.",
        )
    ]


KNOWN_PLACES = {
    "places": {
        "09473": "Landkreis Coburg",
        "09463000": "Stadt Coburg",
        "09473112": "Ahorn",
        "09473121": "Ebersdorf b.Coburg",
        "09473159": "Rödental",
    }
}


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Lkr. Coburg", ("09473",)),
        ("LK Coburg", ("09473",)),
        ("Landkreis Coburg", ("09473",)),
        ("Coburg, Landkreis", ("09473",)),
        ("Coburg (Stadt)", ("09463000",)),
        ("Kreisfreie Stadt Coburg", ("09463000",)),
        ("Gemeinde Ahorn", ("09473112",)),
        ("Ebersdorf bei Coburg", ("09473121",)),
        ("Roedental", ("09473159",)),
        ("9473112", ("09473112",)),
        (9473112.0, ("09473112",)),
        ("9473112; Lkr. Coburg", ("09473112", "09473")),
        ("Ahorn, Rödental", ("09473112", "09473159")),
        ("Ahorn\nRödental;", ("09473112", "09473159")),
        ("-", ()),
    ],
)
def test_orte_gelten_unter_vielen_namen(tmp_path: Path, written, keys):
    lines = [["Kennung", "Angebot", "Orte"], ["k", "Kurs", written]]
    book = read_tables(tmp_path, {"Angebote": lines}, KNOWN_PLACES)
    assert told(book) == []
    assert book.rows["offers"][0].values["places"] == keys


def test_stadt_oder_landkreis_wird_gefragt(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Orte"], ["k", "Kurs", "Coburg"]]
    (problem,) = read_tables(tmp_path, {"Angebote": lines}, KNOWN_PLACES).problems
    assert problem.remedy == (
        "„Coburg“ ist nicht eindeutig: 09463000 (Stadt Coburg) oder 09473 (Landkreis Coburg). "
        "Bitte die Kennung eintragen."
    )


def test_eine_leere_kennung_wird_gebildet(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Träger"], ["", "Café für Ältere", "Volkshochschule"]]
    book = read_tables(tmp_path, {"Angebote": lines, "Organisationen": ACTORS})
    assert book.rows["offers"][0].key == "cafe_fuer_aeltere|vhs"
    assert book.rows["offers"][0].values["key"] == "cafe_fuer_aeltere|vhs"


def test_eine_gebildete_kennung_folgt_dem_gebildeten_verweis(tmp_path: Path):
    actors = [["Bezeichnung", "Übergeordnet"], ["Haus Süd", ""], ["Büro", "Haus Süd"]]
    lines = [["Angebot", "Träger"], ["Kurs", "HAUS SÜD"]]
    book = read_tables(tmp_path, {"Angebote": lines, "Organisationen": actors})
    assert [row.key for row in book.rows["actors"]] == ["haus_sued", "buero"]
    assert book.rows["actors"][1].values["parent"] == "haus_sued"
    assert book.rows["offers"][0].key == "kurs|haus_sued"
    assert book.problems == ()


def test_doppelte_kennungen_nennen_die_andere_zeile(tmp_path: Path):
    lines = [["Kennung", "Angebot"], ["k", "Kurs"], ["l", "Treff"], ["k", "Café"]]
    book = read_tables(tmp_path, {"Angebote": lines})
    (problem,) = book.problems
    assert (problem.cell, problem.found) == ("A4", "k")
    assert problem.remedy.startswith("Die Kennung „k“ steht schon in Zeile 2.")


def test_ein_schon_erfasster_name_ohne_kennung_wird_gemeldet(tmp_path: Path):
    actors = [["Kennung", "Bezeichnung"], ["", "Caritas"]]
    book = read_tables(tmp_path, {"Organisationen": actors}, {"actors": {"cv": "Caritas"}})
    assert [(p.cell, p.serious) for p in book.problems] == [("B2", False)]
    assert "unter der Kennung „cv“ erfasst" in book.problems[0].remedy


def test_eine_fehlende_pflichtangabe(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Ende"], ["k", "", "2019"]]
    assert told(read_tables(tmp_path, {"Angebote": lines})) == [
        ("B2", "", "Diese Angabe wird gebraucht: Name.")
    ]


def test_ein_ende_vor_dem_beginn(tmp_path: Path):
    book = read_offer(tmp_path, Beginn="01.07.2019", Ende="30.06.2019")
    assert told(book) == [("D2", "30.06.2019", "Das Ende liegt vor dem Beginn (01.07.2019).")]
    assert read_offer(tmp_path, Beginn="01.07.2019", Ende="01.07.2019").problems == ()


def test_eine_zelle_hat_hoechstens_ein_problem(tmp_path: Path):
    book = read_offer(tmp_path, Beginn="2019", Ende="Mitte 2018", Anteil="viel", Plätze="4-6")
    cells = [problem.cell for problem in book.problems]
    assert cells == ["D2", "E2", "F2"]


def test_probleme_stehen_in_der_ordnung_von_blatt_und_zelle(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Plätze", "Ende"]]
    lines += [[f"k{n}", "Kurs", "x" if n in (3, 8) else "", "y"] for n in range(1, 11)]
    tables = {"Angebote": lines, "Orte": [["AGS", "Name"], ["1", ""]]}
    book = read_tables(tmp_path, tables)
    places = [(p.sheet, int(p.cell[1:]), p.cell[0]) for p in book.problems]
    assert places[0] == ("Orte", 2, "B")
    assert places[1:] == sorted(places[1:])
    assert len(places) == 13


def test_die_beispielzeile_wird_uebergangen(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Beginn"], ["Beispiel", "Kurs", "01.07.2019"], ["k", "Kurs"]]
    book = read_tables(tmp_path, {"Angebote": lines})
    assert [row.key for row in book.rows["offers"]] == ["k"]
    assert book.problems == ()


def test_eine_ueberschriebene_beispielzeile_geht_nicht_still_verloren(tmp_path: Path):
    lines = [["Kennung", "Angebot"], ["Beispiel", "Unser Kurs"]]
    book = read_tables(tmp_path, {"Angebote": lines})
    assert [(p.cell, p.serious) for p in book.problems] == [("A2", False)]


def test_der_bericht_nennt_blatt_zelle_inhalt_und_abhilfe(tmp_path: Path):
    lines = [["Kennung", "Angebot", "Plätze", "Ende"], ["k", "", "viele", "Mitte 2018"]]
    book = read_tables(tmp_path, {"Angebote": lines})
    assert describe(book.problems) == (
        "Angebote\n"
        "  B2  leer – Diese Angabe wird gebraucht: Name.\n"
        "  C2  „viele“ – Hier wird eine Zahl gebraucht, zum Beispiel 30.\n"
        "  D2  Hinweis: „Mitte 2018“ – Als 30.06.2018 gelesen. Wenn der Tag bekannt ist, bitte "
        "eintragen.\n"
        "\n"
        "2 Fehler, 1 Hinweis."
    )
    assert describe(()) == "Keine Fehler, keine Hinweise."


def test_ein_blatt_ohne_kennung_und_ohne_ableitung_braucht_die_spalte(tmp_path: Path):
    book = read_tables(tmp_path, {"Orte": [["Name", "Einwohner"], ["Ahorn", 1]]})
    assert not book.sound


def test_kreise_in_der_ableitung_enden(tmp_path: Path):
    one = Sheet(
        "one",
        "Eins",
        "Eins.",
        (
            Column("key", "Kennung", Kind.KEY, "K."),
            Column("two", "Zwei", Kind.REFERENCE, "Z.", refers="two"),
        ),
        ("two",),
    )
    two = Sheet(
        "two",
        "Zwei",
        "Zwei.",
        (
            Column("key", "Kennung", Kind.KEY, "K."),
            Column("one", "Eins", Kind.REFERENCE, "E.", refers="one"),
        ),
        ("one",),
    )
    tables = {
        "Eins": [["Kennung", "Zwei"], ["", "b"]],
        "Zwei": [["Kennung", "Eins"], ["b", "b"]],
    }
    path = write_xlsx(tmp_path / "kreis.xlsx", tables)
    book = read_book(path, (one, two), {})
    assert (book.rows["one"][0].key, book.rows["one"][0].values["two"]) == ("b", "b")


def test_ein_kopf_genuegt_wenn_das_blatt_keinen_anderen_braucht(tmp_path: Path):
    book = read_tables(tmp_path, {"Organisationen": [["Träger", "Telefon"], ["AWO", "09561"]]})
    assert [row.values["name"] for rows in book.rows.values() for row in rows] == ["AWO"]
