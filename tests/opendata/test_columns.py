"""Offene Daten: einmal erklärt, und was niemand erklärt hat, geht nicht hinaus."""

import csv
from datetime import date
from io import StringIO

from gelingen.editions.tables import COLUMNS
from gelingen.opendata.columns import TABLES, Kind, rows_of
from gelingen.opendata.edition import Open
from gelingen.opendata.feeds import calendar
from gelingen.opendata.files import csv_file


def opened(**tables):
    return Open(
        "09473", "Landkreis", 1, "Masterplan", date(2017, 6, 1), date(2017, 6, 1), "", tables,
        "https://www.example.org/09473/",
    )  # fmt: skip


def test_jede_spalte_einer_ausgabe_ist_erklaert_und_keine_andere():
    own = {name: [c.name for c in one.columns] for name, one in TABLES.items() if not one.of}
    assert own == {name.value: list(columns) for name, columns in COLUMNS.items()}


def test_jede_liste_von_zeilen_ist_auch_eine_eigene_tabelle():
    for table in TABLES.values():
        for column in table.columns:
            if column.kind is Kind.ROWS:
                assert TABLES[column.many].of == table.name
            assert not column.points or column.points in TABLES


def test_was_nicht_erklaert_ist_fehlt_auch_in_der_tiefe():
    row = {"key": "a", "geheim": "Mondstein", "milestones": [{"title": "Beginn", "wer": "Mond"}]}
    (found,) = rows_of(TABLES["measures"], {"measures": (row,)})
    assert "geheim" not in found
    assert found["milestones"] == [{"title": "Beginn", "due": None, "done": None}]
    (part,) = rows_of(TABLES["milestones"], {"measures": (row,)})
    assert part == {"of": "a", "title": "Beginn", "due": None, "done": None}


def test_csv_kommt_nach_rfc_4180_wieder_so_heraus():
    rows = [
        {"key": "a", "title": 'Frauen "lernen", schnell\nund gut', "topic": "t", "order": 1},
        {"key": "b", "title": "Zwei", "topic": None, "order": None},
    ]
    content = csv_file(opened(guiding_goals=rows), TABLES["guiding_goals"])
    assert content.startswith(b"key,topic,title,order\r\n")
    read = list(csv.DictReader(StringIO(content.decode(), newline="")))
    assert [one["title"] for one in read] == [rows[0]["title"], "Zwei"]
    assert read[1]["topic"] == ""


def test_listen_stehen_in_einem_wert_und_ja_heisst_ja():
    row = {"key": "a", "name": "Sprache", "cross_cutting": True, "replaces": ["x", "y"]}
    content = csv_file(opened(topics=[row]), TABLES["topics"]).decode()
    assert content.splitlines()[1] == "a,Sprache,,ja,x | y"


def test_kein_text_laeuft_im_tabellenprogramm_als_formel():
    rows = [
        {"key": "a", "title": '=HYPERLINK("https://fremd.example")', "topic": "-5", "order": -1},
        {"key": "b", "title": "-5 bis +3 Grad", "topic": "@b", "order": 1},
    ]
    content = csv_file(opened(guiding_goals=rows), TABLES["guiding_goals"]).decode()
    read = [list(one.values()) for one in csv.DictReader(StringIO(content, newline=""))]
    assert read == [
        ["a", "-5", '\'=HYPERLINK("https://fremd.example")', "-1"],
        ["b", "'@b", "'-5 bis +3 Grad", "1"],
    ]
    value = {"territory": "09", "reference": "2016", "low": -1.5, "high": -1.5, "note": "+"}
    figures = csv_file(opened(indicators=[{"key": "k", "series": [value]}]), TABLES["values"])
    assert b",-1.5,-1.5,,'+" in figures
    named = [{"key": "t", "name": "T", "replaces": ["=1+1", "x"]}]
    assert "'=1+1 | x" in csv_file(opened(topics=named), TABLES["topics"]).decode()


def test_im_kalender_steht_kein_ereignis_von_dem_nur_der_monat_bekannt_ist():
    events = [
        {"title": title, "day": day, "planned": planned, "place": "", "result": ""}
        for title, day, planned in (
            ("Am Tag", "2017-03-01", None), ("Im Monat", "2017-01", "2017-01-05"),
            ("Im Jahr", None, "2018"), ("Ohne", None, None),
        )
    ]  # fmt: skip
    written = calendar(opened(phases=[{"key": "p", "events": events}])).decode()
    assert "Am Tag" in written
    assert not any(title in written for title in ("Im Monat", "Im Jahr", "Ohne"))
