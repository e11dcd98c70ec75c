"""Jede Form einer amtlichen Tabelle wird gelesen, wie sie ausgeliefert wird.

Die Auszüge sind für diese Tests nach der beschriebenen Form gemacht; die Zahlen sind erfunden.
"""

import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from gelingen.official import Shape, read_official
from gelingen.terms.vocabulary import DatePrecision
from gelingen.workbook.guard import UnreadableFileError

FLAT_OLD = """\
Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;\
1_Auspraegung_Code;1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;\
2_Auspraegung_Label;BEVSTD__Bevoelkerungsstand__Anzahl;BEVSTD__Bevoelkerungsstand__q
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2022;KREISE;Kreise;\
09473;Coburg, Landkreis;NAT;Nationalität;;Insgesamt;87103;e
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2022;KREISE;Kreise;\
09473;Coburg, Landkreis;NAT;Nationalität;NATA;Ausländer(innen);5501;p
12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;31.12.2022;KREISE;Kreise;\
09463;Coburg, krfr. Stadt;NAT;Nationalität;NATA;Ausländer(innen);.;e
"""
FLAT_NEW = """\
statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;\
1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;\
2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;\
value_variable_label
1000A;Bevölkerung;STAG;Stichtag;2022-05-15;GEOGM1;Gemeinden;094730112112;Ahorn;EWGNEU;\
Einwanderungsgeschichte;EWG01;Eingewanderte;401;Anzahl;PRS018;Personen
1000A;Bevölkerung;STAG;Stichtag;2022-05-15;GEOGM1;Gemeinden;094730112112;Ahorn;EWGNEU;\
Einwanderungsgeschichte;;Insgesamt;4200;Anzahl;PRS018;Personen
"""
GENESIS = """\
GENESIS-Tabelle: 12411-01-01-4
Bevölkerungsstand: Bevölkerung nach Geschlecht;;;;
- Stichtag 31.12. -;;;;
regionale Tiefe: Kreise und krfr. Städte;;;;
Fortschreibung des Bevölkerungsstandes;;;;
Bevölkerungsstand (Anzahl);;;;
;;31.12.2015;31.12.2015;31.12.2016
;;Insgesamt;männlich;Insgesamt
DG;Deutschland;82175684;40514123;82521653
09;  Bayern;12843514;6353103;12930751
09463;      Coburg, Kreisfreie Stadt;41236;20054;-
09473;      Coburg, Landkreis;86719;42776;/
__________
"© Statistische Ämter des Bundes und der Länder, Deutschland, 2018.
Dieses Werk ist lizenziert."
Stand: 02.02.2018 / 12:53:48
"""
INKAR = """\
Kennziffer;Raumeinheit;Aggregat;Arbeitslosenquote;Arbeitslosenquote;Medianalter
;;;2017;2018;2018
9463;Coburg, Stadt;kreisfreie Stadt;5,4;5,1;46,2
9473;Coburg;Landkreis;2,7;2,5;47,1
"""
INKAR_WHOLE = """\
Bereich;ID;Kuerzel;Indikator;Raumbezug;Kennziffer;Name;Zeitbezug;Wert
LRB;12;q_alo;Arbeitslosenquote;Kreise;9473;Coburg;2018;2,5
LRB;12;q_alo;Arbeitslosenquote;Kreise;9463;Coburg, Stadt;2018;5,1
"""
LONG = """\
area_key,area_name,indicator,value,unit,year,source,note
09463000,Coburg,auslaenderanteil,12.5,Prozent,2022,Zensus 2022,
09473112,Ahorn,wohnungen,1942.0,Anzahl,2022,Zensus 2022,
09473,Landkreis Coburg,bevoelkerung,86483,Personen,2020,np-coburg.de,30.06.2020
09473,Landkreis Coburg,veraenderung,-2.1,Prozent,2040,Vorausberechnung,
"""
WIDE = """\
Gemeinde;AGS;Plätze in Kursen 2022;Plätze in Kursen 2023;Wartende (Personen) 2023
Ahorn;09473112;12;15;-
Meeder;09473144;1.200;10–15;4
"""


def read(tmp_path, text, encoding="utf-8", name="tabelle.csv"):
    file = tmp_path / name
    file.write_text(text, encoding=encoding)
    return read_official(file)


def told(table):
    return {
        (one.territory, one.series.name, str(one.reference)): (one.low, one.series.unit)
        for one in table.observations
    }


def test_eine_flache_tabelle_der_regionaldatenbank_nennt_werte_einheit_und_vorlaeufiges(tmp_path):
    table = read(tmp_path, FLAT_OLD, "cp1252")
    assert (table.shape, table.name) == (Shape.FLAT, "12411")
    assert told(table) == {
        ("09473", "Bevoelkerungsstand", "2022-12-31"): (87103, "Anzahl"),
        ("09473", "Bevoelkerungsstand, Ausländer(innen)", "2022-12-31"): (5501, "Anzahl"),
    }
    assert table.observations[1].note == "Vorläufiger Wert."
    assert table.observations[0].precision is DatePrecision.DAY
    (secret,) = table.skipped
    assert (secret.place, secret.found, secret.serious) == ("Zeile 4", ".", False)
    assert "geheim" in secret.why


def test_die_zensusdatenbank_nennt_gemeinden_mit_zwoelf_stellen(tmp_path):
    table = read(tmp_path, FLAT_NEW, "utf-8-sig")
    assert told(table) == {
        ("09473112", "Personen, Eingewanderte", "2022-05-15"): (401, "Anzahl"),
        ("09473112", "Personen", "2022-05-15"): (4200, "Anzahl"),
    }


def test_eine_genesis_tabelle_hat_koepfe_ueber_und_neben_den_werten(tmp_path):
    table = read(tmp_path, GENESIS, "cp1252")
    assert (table.shape, table.name, table.as_of) == (
        Shape.GENESIS, "12411-01-01-4", "02.02.2018",
    )  # fmt: skip
    found = told(table)
    assert found["09473", "Bevölkerungsstand", "2015-12-31"] == (86719, "Anzahl")
    assert found["09473", "Bevölkerungsstand, männlich", "2015-12-31"] == (42776, "Anzahl")
    assert found["09", "Bevölkerungsstand", "2016-12-31"] == (12930751, "Anzahl")
    assert ("09473", "Bevölkerungsstand", "2016-12-31") not in found
    assert [one.found for one in table.skipped] == ["/"]


def test_ein_strich_ist_in_der_amtlichen_statistik_genau_null_und_das_steht_dabei(tmp_path):
    (none,) = [one for one in read(tmp_path, GENESIS).observations if one.low == 0]
    assert none.territory == "09463"
    assert "genau 0" in none.note


def test_inkar_hat_die_jahre_unter_den_kennzahlen_und_keine_fuehrende_null(tmp_path):
    table = read(tmp_path, INKAR)
    assert (table.shape, table.source) == (Shape.INKAR, "INKAR (BBSR)")
    assert told(table) == {
        ("09463", "Arbeitslosenquote", "2017-01-01"): (Decimal("5.4"), ""),
        ("09463", "Arbeitslosenquote", "2018-01-01"): (Decimal("5.1"), ""),
        ("09463", "Medianalter", "2018-01-01"): (Decimal("46.2"), ""),
        ("09473", "Arbeitslosenquote", "2017-01-01"): (Decimal("2.7"), ""),
        ("09473", "Arbeitslosenquote", "2018-01-01"): (Decimal("2.5"), ""),
        ("09473", "Medianalter", "2018-01-01"): (Decimal("47.1"), ""),
    }


def test_inkar_gibt_es_auch_als_ein_wert_je_zeile(tmp_path):
    table = read(tmp_path, INKAR_WHOLE)
    assert table.shape is Shape.INKAR
    assert [(one.territory, one.series.code, one.low) for one in table.observations] == [
        ("09473", "q_alo", Decimal("2.5")),
        ("09463", "q_alo", Decimal("5.1")),
    ]


def test_eine_regionaltabelle_des_zensus_ist_eine_arbeitsmappe_mit_kennungen(tmp_path):
    file = tmp_path / "Regionaltabelle.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Einwohnerzahl").write_row(0, 0, ["Zensus 2022: Einwohnerzahl"])
        sheet = book.add_worksheet("CSV-Einwohnerzahl")
        sheet.write_row(0, 0, ["Berichtszeitpunkt", "_RS", "Name", "Regionalebene", "EWZ", "EWZ_M"])
        sheet.write_row(1, 0, ["20220515", "09473", "Coburg", "Stadtkreis/Landkreis", 85000, "/"])
        sheet.write_row(2, 0, ["15.05.2022", "094730112112", "Ahorn", "Gemeinde", 4201, "–"])
    table = read_official(file)
    assert (table.shape, table.source) == (Shape.ZENSUS, "Zensus 2022")
    assert told(table) == {
        ("09473", "EWZ", "2022-05-15"): (85000, ""),
        ("09473112", "EWZ", "2022-05-15"): (4201, ""),
        ("09473112", "EWZ_M", "2022-05-15"): (0, ""),
    }


def test_eine_eigene_lange_liste_bringt_quelle_einheit_und_den_tag_aus_der_anmerkung_mit(tmp_path):
    table = read(tmp_path, LONG)
    assert [(one.low, one.source) for one in table.observations] == [
        (Decimal("12.5"), "Zensus 2022"), (1942, "Zensus 2022"), (86483, "np-coburg.de"),
        (Decimal("-2.1"), "Vorausberechnung"),
    ]  # fmt: skip
    third = table.observations[2]
    assert (third.reference, third.precision) == (date(2020, 6, 30), DatePrecision.DAY)


def test_eine_eigene_breite_liste_hat_spannen_und_ein_strich_ist_keine_null(tmp_path):
    table = read(tmp_path, WIDE)
    assert table.shape is Shape.WIDE
    assert [
        (one.territory, one.series.name, one.series.unit, one.reference.year, one.low, one.high)
        for one in table.observations
    ] == [
        ("09473112", "Plätze in Kursen", "", 2022, 12, 12),
        ("09473112", "Plätze in Kursen", "", 2023, 15, 15),
        ("09473144", "Plätze in Kursen", "", 2022, 1200, 1200),
        ("09473144", "Plätze in Kursen", "", 2023, 10, 15),
        ("09473144", "Wartende", "Personen", 2023, 4, 4),
    ]
    assert [(one.found, one.serious) for one in table.skipped] == [("-", False)]


@pytest.mark.parametrize(
    "text",
    [FLAT_OLD, FLAT_NEW, INKAR_WHOLE, LONG, WIDE],
    ids=["alt", "neu", "inkar", "lang", "breit"],
)
def test_die_reihenfolge_der_zeilen_aendert_nichts(tmp_path, text):
    head, *rows = text.splitlines()
    turned = "\n".join([head, *reversed(rows)])
    assert told(read(tmp_path, text)) == told(read(tmp_path, turned))


@pytest.mark.parametrize(
    ("cell", "what"),
    [(".", "geheim"), ("/", "sicher"), ("...", "fest"), ("x", "gesperrt"), ("viele", "keine Zahl")],
)
def test_ein_zeichen_wird_nie_zu_einer_zahl(tmp_path, cell, what):
    table = read(tmp_path, INKAR_WHOLE.replace("2,5", cell))
    assert len(table.observations) == 1
    (skipped,) = table.skipped
    assert what in skipped.why
    assert skipped.place == "tabelle I2"


def test_klammern_und_buchstaben_hinter_dem_wert_bleiben_als_anmerkung(tmp_path):
    table = read(tmp_path, INKAR_WHOLE.replace("2,5", "(2,5)").replace("5,1", "5,1 p"))
    assert [(one.low, one.note) for one in table.observations] == [
        (Decimal("2.5"), "Aussagewert eingeschränkt, in der Quelle in Klammern."),
        (Decimal("5.1"), "Vorläufiger Wert."),
    ]


def test_tausender_und_schuljahre_werden_ausgeschrieben(tmp_path):
    table = read(
        tmp_path,
        "Kreis;AGS;Jahr;Kennzahl;Wert;Einheit\nCoburg;9473;2021/22;Ausgaben;1,5;Mill. EUR\n",
    )
    (one,) = table.observations
    assert (one.low, one.series.unit, one.reference.year) == (1_500_000, "EUR", 2021)
    assert "2021/22" in one.note


def test_derselbe_wert_zweimal_zaehlt_einmal_und_ein_widerspruch_ist_ein_fehler(tmp_path):
    line = "LRB;12;q_alo;Arbeitslosenquote;Kreise;9473;Coburg;2018;"
    table = read(tmp_path, f"{INKAR_WHOLE}{line}2,5\n{line}2,6\n")
    assert len(table.observations) == 2
    assert [one.serious for one in table.skipped] == [False, True]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "leer"),
        ("Hallo;Welt\n1;2\n", "keine Tabelle"),
        ("GENESIS-Tabelle: 1\nNur ein Titel;;\n", "Kopfzeilen"),
        ("GENESIS-Tabelle: 1\n;;2015\n", "keine Werte"),
        ("Statistik_Code;Statistik_Label;Zeit\n", "kein einziger"),
        ("Kennziffer;Raumeinheit;Aggregat;A\n;;;2017\n", "kein einziger"),
    ],
    ids=["leer", "fremd", "ohne Köpfe", "abgeschnitten", "nur Kopf", "INKAR ohne Zeilen"],
)
def test_was_keine_tabelle_ist_wird_mit_einem_satz_abgelehnt(tmp_path, text, what):
    with pytest.raises(UnreadableFileError, match=what):
        read(tmp_path, text)


def test_abgeschnittene_zeilen_brechen_nichts_ab(tmp_path):
    for cut in range(40, len(GENESIS), 61):
        for text in (GENESIS, FLAT_OLD, FLAT_NEW, INKAR, WIDE):
            with suppress(UnreadableFileError):
                read(tmp_path, text[:cut])


OWN = "AGS;Gebiet;Kennzahl;Jahr;Wert\n"


def of_values(tmp_path, *values):
    """Read a list with one line for each value, each of another year."""
    lines = [f"09473;Coburg;Quote;{2010 + n};{value}\n" for n, value in enumerate(values)]
    return read(tmp_path, OWN + "".join(lines))


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        (["85,942", "3.5"], ["85942", "3.5"]),
        (["85.942", "3.5"], ["85.942", "3.5"]),
        (["85,942", "3,5"], ["85.942", "3.5"]),
        (["85.942", "3,5"], ["85942", "3.5"]),
        (["85,942", "0,345"], ["85.942", "0.345"]),
        (["85,942–90,000", "1,234,567"], ["85942", "1234567"]),
        (["(85,942)", "1,234.5"], ["85942", "1234.5"]),
        (["1.200", "85.942"], ["1200", "85942"]),
    ],
)
def test_die_uebrigen_zahlen_einer_tabelle_sagen_ob_ein_komma_tausender_trennt(
    tmp_path, values, meant
):
    table = of_values(tmp_path, *values)
    assert [one.low for one in table.observations] == [Decimal(one) for one in meant]
    assert not table.skipped


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (["85,942"], ["85,942"]),
        (["85,942", "1.200"], ["85,942", "1.200"]),
        (["85,942", "3.5", "3,5"], ["85,942"]),
        (["85.942", "3.5", "3,5"], ["85.942"]),
    ],
)
def test_was_zwei_zahlen_sein_kann_wird_nicht_geraten_sondern_als_fehler_genannt(
    tmp_path, values, asked
):
    table = of_values(tmp_path, *values)
    assert [one.found for one in table.problems] == asked
    assert "nicht eindeutig" in table.problems[0].why
    assert f"{asked[0].replace(',', '').replace('.', '')} oder 85,9420" in table.problems[0].why


def packed(tmp_path, **members):
    file = tmp_path / "tabellen.zip"
    with zipfile.ZipFile(file, "w") as package:
        for name, text in members.items():
            package.writestr(f"{name}.csv", text)
    return file


def test_mehrere_tabellen_in_einem_archiv_werden_beim_namen_genannt_und_abgelehnt(tmp_path):
    file = packed(tmp_path, leute=GENESIS, arbeit=INKAR, hinweise="Bitte lesen\n")
    with pytest.raises(
        UnreadableFileError, match=r"mehrere Tabellen: „arbeit“, „leute“\. .*Quelle"
    ):
        read_official(file)


def test_eine_tabelle_im_archiv_wird_gelesen_auch_neben_einer_liste_von_hinweisen(tmp_path):
    table = read_official(packed(tmp_path, arbeit=INKAR, hinweise="Bitte lesen\n"))
    assert len(table.observations) == 6
