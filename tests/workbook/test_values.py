"""How single cells are understood: one line per spelling."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from gelingen.terms.vocabulary import FundingState, OrganisationKind
from gelingen.workbook import Column, Kind
from gelingen.workbook.raw import official_key
from gelingen.workbook.values import Reading, read_cell
from tests.workbook.sheets import OFFERS


def read(kind: Kind, raw) -> Reading:
    return read_cell(Column("x", "X", kind, "Probe."), raw)


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("31.12.2019", date(2020, 1, 1)),
        ("bis 31.12.2019", date(2020, 1, 1)),
        ("bis zum 31.12.2019", date(2020, 1, 1)),
        ("bis einschließlich 31.12.2019", date(2020, 1, 1)),
        ("31.12.19", date(2020, 1, 1)),
        ("31. 12. 2019", date(2020, 1, 1)),
        ("1.7.19", date(2019, 7, 2)),
        ("2019-12-31", date(2020, 1, 1)),
        (datetime(2019, 12, 31), date(2020, 1, 1)),  # noqa: DTZ001 - as spreadsheets hold days
        (date(2019, 12, 31), date(2020, 1, 1)),
        ("7/2019", date(2019, 8, 1)),
        ("07.2019", date(2019, 8, 1)),
        ("2019-07", date(2019, 8, 1)),
        ("12/2019", date(2020, 1, 1)),
        ("Juli 2019", date(2019, 8, 1)),
        ("Jul. 19", date(2019, 8, 1)),
        ("März 2019", date(2019, 4, 1)),
        ("Mrz 2019", date(2019, 4, 1)),
        ("Ende Februar 2020", date(2020, 3, 1)),
        ("31. Juli 2019", date(2019, 8, 1)),
        ("2019", date(2020, 1, 1)),
        (2019.0, date(2020, 1, 1)),
        (7.2019, date(2019, 8, 1)),
        ("Ende 2019", date(2020, 1, 1)),
        ("bis Ende 2019", date(2020, 1, 1)),
        ("Q3 2019", date(2019, 10, 1)),
        ("4. Quartal 2019", date(2020, 1, 1)),
        ("1. Halbjahr 2019", date(2019, 7, 1)),
        ("25/7/2019", date(2019, 7, 26)),
    ],
)
def test_der_letzte_tag_gilt_noch(written, after):
    assert read(Kind.LAST_DAY, written) == Reading((after,))


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("01.07.2019", date(2019, 7, 1)),
        ("ab 1.7.2019", date(2019, 7, 1)),
        ("seit Juli 2019", date(2019, 7, 1)),
        ("7/2019", date(2019, 7, 1)),
        ("2019", date(2019, 1, 1)),
        ("Anfang 2018", date(2018, 1, 1)),
        ("Q3 2019", date(2019, 7, 1)),
    ],
)
def test_der_erste_tag_einer_angabe(written, first):
    assert read(Kind.FIRST_DAY, written) == Reading((first,))


@pytest.mark.parametrize(
    ("kind", "written", "day", "shown"),
    [
        (Kind.LAST_DAY, "Anfang 2018", date(2018, 2, 1), "31.01.2018"),
        (Kind.LAST_DAY, "Mitte 2018", date(2018, 7, 1), "30.06.2018"),
        (Kind.FIRST_DAY, "Mitte 2018", date(2018, 7, 1), "01.07.2018"),
        (Kind.FIRST_DAY, "Ende 2018", date(2018, 12, 1), "01.12.2018"),
        (Kind.FIRST_DAY, "ca. 2018", date(2018, 1, 1), "01.01.2018"),
        (Kind.LAST_DAY, "Mitte Juli 2018", date(2018, 7, 16), "15.07.2018"),
        (Kind.LAST_DAY, 43647.0, date(2019, 7, 2), "01.07.2019"),
    ],
)
def test_eine_geratene_angabe_wird_gelesen_und_gezeigt(kind, written, day, shown):
    hint = f"Als {shown} gelesen. Wenn der Tag bekannt ist, bitte eintragen."
    assert read(kind, written) == Reading((day,), hint)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31.06.2019", "Den 31.06.2019 gibt es nicht."),
        ("13/2019", "Einen Monat 13 gibt es nicht. Richtig ist zum Beispiel 7/2019."),
        ("3/4/2019", "Tag und Monat sind nicht zu unterscheiden."),
        ("2014-2016", "Bitte nur einen Zeitpunkt je Zelle"),
        ("2014/15", "Bitte nur einen Zeitpunkt je Zelle"),
        ("01.01.0019", "Das Jahr 19 liegt nicht zwischen 1900 und 2199."),
        ("Sommer 2019", "„Sommer“ ist kein Monat."),
        ("demnächst", "Bitte so schreiben: 01.07.2019, 7/2019 oder 2019."),
        (True, "Bitte so schreiben"),
        (3.5, "Bitte so schreiben"),
        ("1" * 5000, "Bitte so schreiben"),
    ],
)
def test_was_kein_datum_ist_wird_erklaert(written, why):
    reading = read(Kind.LAST_DAY, written)
    assert reading.values == (None,)
    assert reading.serious
    assert reading.remedy.startswith(why)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("unbefristet", (None, "unlimited")),
        ("Unbefristet ", (None, "unlimited")),
        ("auf Dauer", (None, "unlimited")),
        ("bis auf Weiteres", (None, "further_notice")),
        ("bis auf weiteres", (None, "further_notice")),
        ("b.a.w.", (None, "further_notice")),
        ("", (None, "unknown")),
        ("unbekannt", (None, "unknown")),
        ("k. A.", (None, "unknown")),
        ("-", (None, "unknown")),
        ("31.12.2019", (date(2020, 1, 1), "stated")),
    ],
)
def test_ein_offenes_ende(written, values):
    assert read(Kind.OPEN_END, written) == Reading(values)


def test_laufend_heisst_bis_auf_weiteres_und_wird_gemeldet():
    reading = read(Kind.OPEN_END, "laufend")
    assert reading.values == (None, "further_notice")
    assert reading.remedy
    assert not reading.serious


def test_ein_letzter_tag_ohne_ende_bleibt_leer():
    assert read(Kind.LAST_DAY, "unbefristet").values == (None,)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("2014", (date(2014, 1, 1), "year")),
        ("06/2014", (date(2014, 6, 1), "month")),
        ("Juni 2014", (date(2014, 6, 1), "month")),
        ("08.10.2014", (date(2014, 10, 8), "day")),
        ("Stand: 08.10.2014", (date(2014, 10, 8), "day")),
        ("", (None, "")),
    ],
)
def test_ein_datum_ist_so_genau_wie_geschrieben(written, values):
    assert read(Kind.PARTIAL_DATE, written) == Reading(values)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234,50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("1 234,50 EUR", "1234.50"),
        ("1\xa0234,50\xa0€", "1234.50"),
        ("1'234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("0.375", "0.375"),
        ("100,-- €", "100"),
        ("5 Tsd. €", "5000"),
        ("1,2 Mio. €", "1200000"),
        ("−5", "-5"),
        (1234.5, "1234.5"),
        (12, "12"),
        ("12 ", "12"),
    ],
)
def test_ein_betrag(written, number):
    assert read(Kind.EUR, written) == Reading((Decimal(number),))


def test_die_englische_schreibweise_wird_gelesen_und_gemeldet():
    reading = read(Kind.EUR, "1,234.50")
    assert reading.values == (Decimal("1234.50"),)
    assert reading.remedy.startswith("Als 1234,5 gelesen.")
    assert not reading.serious


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("ca. 4000–6000", 4000, 6000),
        ("4000 bis 6000", 4000, 6000),
        ("4.000 - 6.000", 4000, 6000),
        ("zwischen 4000 und 6000", 4000, 6000),
        ("10-15 %", 10, 15),
        ("10 % - 15 %", 10, 15),
        ("120", 120, 120),
        (120.0, 120, 120),
        ("über 120", 120, None),
        ("mind. 120", 120, None),
        ("> 120", 120, None),
        ("120+", 120, None),
        ("bis zu 110", None, 110),
        ("max. 110", None, 110),
        ("-5–10", -5, 10),
        ("", None, None),
        ("unbekannt", None, None),
    ],
)
def test_eine_spanne(written, low, high):
    assert read(Kind.RANGE, written) == Reading((low, high))


def test_eine_ungefaehre_zahl_wird_gelesen_und_gemeldet():
    reading = read(Kind.RANGE, "rund 30")
    assert reading.values == (30, 30)
    assert reading.remedy.startswith("Als 30 gelesen.")
    assert not reading.serious


def test_eine_mitgeschriebene_einheit_wird_gemeldet():
    reading = read(Kind.INTEGER, "12 Plätze")
    assert reading.values == (12,)
    assert reading.remedy.startswith("„Plätze“ wird nicht übernommen")


def test_eine_spanne_die_zum_datum_wurde_wird_erklaert():
    reading = read(Kind.RANGE, datetime(2015, 10, 1))  # noqa: DTZ001 - as spreadsheets hold days
    assert reading.serious
    assert reading.remedy.startswith("Hier steht ein Datum oder eine Uhrzeit (01.10.2015)")


@pytest.mark.parametrize(
    ("kind", "written", "why"),
    [
        (Kind.RANGE, "6-4", "Bei einer Spanne steht die kleinere Zahl zuerst"),
        (Kind.INTEGER, "1,5", "Hier wird eine ganze Zahl gebraucht"),
        (Kind.INTEGER, "4-6", "Hier wird eine einzelne Zahl gebraucht"),
        (Kind.NUMBER, "viele", "Hier wird eine Zahl gebraucht"),
        (Kind.NUMBER, "12.34.5", "„12.34.5“ ist als Zahl nicht eindeutig."),
        (Kind.NUMBER, "50 %", "Hier wird kein Anteil in Prozent gebraucht"),
        (Kind.PERCENT, "120", "Ein Anteil liegt zwischen 0 und 100 %."),
        (Kind.NUMBER, True, "Hier wird eine Zahl gebraucht"),
        (Kind.BOOLEAN, "vielleicht", "Hier wird „ja“ oder „nein“ gebraucht."),
        (Kind.KEY, "a;b", "Eine Kennung darf kein Semikolon enthalten."),
        (Kind.TEXT, "#BEZUG!", "Die Formel in dieser Zelle ist fehlerhaft."),
        (Kind.NUMBER, "#DIV/0!", "Die Formel in dieser Zelle ist fehlerhaft."),
    ],
)
def test_was_nicht_passt_wird_erklaert(kind, written, why):
    reading = read(kind, written)
    assert reading.serious
    assert reading.remedy.startswith(why)


@pytest.mark.parametrize(
    ("written", "share"), [("10 %", "10"), ("10", "10"), ("0,1", "0.1"), (25.0, "25"), ("0", "0")]
)
def test_ein_anteil(written, share):
    assert read(Kind.PERCENT, written) == Reading((Decimal(share),))


def test_eine_zahl_unter_eins_ist_als_anteil_zweifelhaft():
    reading = read(Kind.PERCENT, 0.5)
    assert reading.values == (Decimal("0.5"),)
    assert reading.remedy.startswith("Als 0,5 % gelesen. Wenn 50 % gemeint sind")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, True) for word in ("ja", "x", "X", "✓", "wahr", True, 1.0)),
        *((word, False) for word in ("nein", "", "-", "0", "✗", False)),
    ],
)
def test_ja_und_nein(written, value):
    assert read(Kind.BOOLEAN, written) == Reading((value,))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("bewilligt", "approved"),
        ("Bewilligt ", "approved"),
        ("approved", "approved"),
        ("genehmigt", "approved"),
        ("unbekannt", "unknown"),
        ("", ""),
        ("k. A.", ""),
    ],
)
def test_ein_eintrag_der_liste(written, code):
    assert read_cell(OFFERS.column("state"), written) == Reading((code,))


def test_ein_vertippter_eintrag_wird_vorgeschlagen():
    reading = read_cell(OFFERS.column("state"), "bewiligt")
    assert reading == Reading(("",), "Meinten Sie „bewilligt“?", serious=True)


def test_ein_teil_des_namens_wird_vorgeschlagen():
    column = Column("x", "X", Kind.CHOICE, "Probe.", choices=OrganisationKind)
    assert read_cell(column, "Schule").remedy == "Meinten Sie „Schule/Kita“?"
    assert read_cell(column, "Jobcenter/AA").remedy.startswith("Meinten Sie „Jobcenter/Agentur")


def test_ein_fremder_eintrag_nennt_die_liste():
    reading = read_cell(OFFERS.column("state"), "rot")
    assert reading.remedy == "Erlaubt sind: bewilligt, beantragt, geplant, unbekannt."
    assert isinstance(read_cell(OFFERS.column("state"), "geplant").values[0], FundingState)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("9473112", "09473112"),
        ("09473112", "09473112"),
        ("09 4 73 112", "09473112"),
        ("AGS 9473112", "09473112"),
        ("9473", "09473"),
        ("9", "09"),
        ("94", "094"),
        ("16", "16"),
        ("12345678", "12345678"),
        ("Coburg", "Coburg"),
    ],
)
def test_amtliche_schluessel_behalten_ihre_null(written, key):
    assert official_key(written) == key


def test_texte_verlieren_steuerzeichen_und_doppelte_leerzeichen():
    assert read(Kind.TEXT, "  Haus\xa0 der\nBegegnung\x07 ").values == ("Haus der Begegnung",)
    assert read(Kind.LONG_TEXT, "Eins \r\nzwei\r\n").values == ("Eins\nzwei",)
    assert read(Kind.TEXT, 5.0).values == ("5",)
    assert read(Kind.TEXT, datetime(2019, 7, 1)).values == ("01.07.2019",)  # noqa: DTZ001 - a day
