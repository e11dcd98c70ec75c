"""What is written comes back as it was, and is safe to open."""

import csv
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gelingen.errors import UserError
from gelingen.terms.vocabulary import DatePrecision, EndKind, FundingState, Level
from gelingen.workbook import read_book, write_book, write_template
from gelingen.workbook.folding import clean, clean_lines
from gelingen.workbook.guard import open_package
from gelingen.workbook.template import TextTooLongError, UnwritableFileError
from gelingen.workbook.xlsx_sheets import scan_sheet, stream_sheet
from tests.workbook.sheets import OFFERS, SHEETS

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
WORDS = st.one_of(
    st.sampled_from(["a", "Ä b", "=1+1", "+1", "-x", "@a", "'=a", "''-", "'", '"', ";", "1", "-5"]),
    st.sampled_from(
        ["unbekannt", "_x0041_", "007", "1.234", "01.07.2019", "sep=;", "Name", "#REF!x"]
    ),
    LETTERS,
)
NAMES = WORDS.map(clean).filter(bool)
NUMBERS = st.decimals(-10_000, 10_000, places=3).map(lambda n: n.normalize() + 0)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 30))
AFTER = st.one_of(st.none(), st.dates(date(1900, 1, 2), date(2199, 12, 31)))


@st.composite
def partial_dates(draw):
    day, precision = draw(DAYS), draw(st.sampled_from(DatePrecision))
    if precision is DatePrecision.YEAR:
        day = day.replace(month=1, day=1)
    elif precision is DatePrecision.MONTH:
        day = day.replace(day=1)
    return draw(st.sampled_from([(None, ""), (day, precision)]))


@st.composite
def ranges(draw):
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    return draw(st.sampled_from([(None, None), (low, high), (low, low), (low, None), (None, high)]))


@st.composite
def ends(draw):
    open_kinds = (EndKind.UNLIMITED, EndKind.FURTHER_NOTICE, EndKind.UNKNOWN)
    after = draw(AFTER)
    return (after, EndKind.STATED) if after else (None, draw(st.sampled_from(open_kinds)))


@st.composite
def offers(draw, key, places, actors):
    low, high = draw(ranges())
    after, kind = draw(ends())
    confirmed, precision = draw(partial_dates())
    starts = draw(st.one_of(st.none(), DAYS))
    return {
        "key": key,
        "name": draw(NAMES),
        "actor": draw(st.sampled_from([None, *actors])),
        "places": tuple(draw(st.lists(st.sampled_from(places), unique=True, max_size=3))),
        "note": clean_lines(draw(st.lists(WORDS, max_size=3).map("\n".join))),
        "seats": draw(st.one_of(st.none(), st.integers(-5, 10**6))),
        "posts": draw(st.one_of(st.none(), NUMBERS)),
        "reached_low": low,
        "reached_high": high,
        "share": draw(st.one_of(st.none(), st.integers(0, 1000).map(lambda n: Decimal(n) / 10))),
        "costs": draw(st.one_of(st.none(), NUMBERS)),
        "open": draw(st.booleans()),
        "starts": None if starts and after and starts >= after else starts,
        "ends": after,
        "ends_kind": kind,
        "paid_until": draw(AFTER),
        "confirmed": confirmed,
        "confirmed_precision": precision,
        "level": draw(st.sampled_from(["", *Level])),
        "state": draw(st.sampled_from(["", *FundingState])),
    }


@st.composite
def books(draw):
    places = ["09", "094", "09473", "09463000", "09473112"]
    names = st.sampled_from(["Coburg", "Landkreis Coburg", "Stadt Coburg", "Ahorn", "a;b", "-"])
    actors = draw(st.lists(st.sampled_from(["vhs", "cv", "a1", "=x", "1", "A b"]), unique=True))
    labels = st.one_of(NAMES, st.sampled_from(["vhs", "CV", "Treff", "treff"]))
    return {
        "places": [{"key": key, "name": draw(names)} for key in places],
        "actors": [
            {"key": key, "name": draw(labels), "parent": draw(st.sampled_from([None, *actors]))}
            for key in actors
        ],
        "offers": [
            draw(offers(f"k{number}", places, actors)) for number in range(draw(st.integers(0, 3)))
        ],
    }


@pytest.mark.parametrize("place", ["mappe.xlsx", "mappe"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=books())
def test_was_geschrieben_wird_kommt_genauso_zurueck(tmp_path: Path, place: str, rows):
    write_book(tmp_path / place, SHEETS, rows)
    book = read_book(tmp_path / place, SHEETS, {})
    assert book.problems == ()
    assert {name: [row.values for row in lines] for name, lines in book.rows.items()} == rows


def offer(**values: object) -> dict[str, list[dict[str, object]]]:
    return {"offers": [{"key": "k", "name": "Kurs"} | values]}


def csv_line(folder: Path, rows) -> dict[str, str]:
    write_book(folder / "csv", SHEETS, rows)
    text = (folder / "csv" / "Angebote.csv").read_text("utf-8-sig")
    heads, line = csv.reader(text.splitlines(), delimiter=";")
    return dict(zip(heads, line, strict=True))


@pytest.mark.parametrize(
    ("values", "head", "written"),
    [
        ({"ends": date(2020, 1, 1), "ends_kind": "stated"}, "Ende", "31.12.2019"),
        ({"ends": None, "ends_kind": "unlimited"}, "Ende", "unbefristet"),
        ({"ends": None, "ends_kind": "further_notice"}, "Ende", "bis auf Weiteres"),
        ({"ends": None, "ends_kind": "unknown"}, "Ende", ""),
        ({"starts": date(2019, 7, 1)}, "Beginn", "01.07.2019"),
        ({"paid_until": date(2020, 1, 1)}, "Bezahlt bis", "31.12.2019"),
        ({"reached_low": 4000, "reached_high": 6000}, "Erreicht", "4000–6000"),
        ({"reached_low": 120, "reached_high": 120}, "Erreicht", "120"),
        ({"reached_low": 120, "reached_high": None}, "Erreicht", "mindestens 120"),
        ({"reached_low": None, "reached_high": 110}, "Erreicht", "bis zu 110"),
        ({"confirmed": date(2014, 1, 1), "confirmed_precision": "year"}, "Stand", "2014"),
        ({"confirmed": date(2014, 6, 1), "confirmed_precision": "month"}, "Stand", "06/2014"),
        ({"confirmed": date(2014, 10, 8), "confirmed_precision": "day"}, "Stand", "08.10.2014"),
        ({"costs": Decimal("1234.50")}, "Kosten", "1234,5"),
        ({"level": "federal"}, "Ebene", "Bund"),
        ({"open": True}, "Offen für alle", "ja"),
        ({"name": "=1+1"}, "Angebot", "'=1+1"),
        ({"name": "@SUMME(A1)"}, "Angebot", "'@SUMME(A1)"),
        ({"posts": Decimal(-5)}, "Stellen", "-5"),
    ],
)
def test_menschen_lesen_den_letzten_tag_und_deutsche_zahlen(
    tmp_path: Path, values: dict[str, object], head: str, written: str
):
    assert csv_line(tmp_path, offer(**values))[head] == written


def test_verweise_werden_mit_namen_geschrieben_wenn_er_eindeutig_ist(tmp_path: Path):
    actors = [
        {"key": "a", "name": "Treff"},
        {"key": "b", "name": "treff"},
        {"key": "c", "name": "X"},
        {"key": "d", "name": "C"},
    ]
    for key, written in (("a", "a"), ("b", "b"), ("c", "X"), ("d", "d"), ("fremd", "fremd")):
        line = csv_line(tmp_path, {"actors": actors, **offer(actor=key)})
        assert line["Träger"] == written


@pytest.mark.parametrize("place", ["mappe.xlsx", "mappe"])
def test_zweimal_geschrieben_sind_dieselben_bytes(tmp_path: Path, place: str):
    contents = []
    for folder in ("eins", "zwei"):
        path = tmp_path / folder / place
        path.parent.mkdir()
        write_book(path, SHEETS, offer(ends=date(2020, 1, 1)))
        files = [path] if path.is_file() else sorted(path.iterdir())
        contents.append([file.read_bytes() for file in files])
    assert contents[0] == contents[1]


def test_texte_werden_in_xlsx_nie_zu_formeln(tmp_path: Path):
    names = {"name": "=1+1", "note": '=HYPERLINK("http://x")'}
    write_book(tmp_path / "m.xlsx", SHEETS, offer(**names))
    with zipfile.ZipFile(tmp_path / "m.xlsx") as package:
        pages = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in package.read(page) for page in pages)


def test_ein_zu_langer_text_wird_nicht_still_gekuerzt(tmp_path: Path):
    with pytest.raises(TextTooLongError, match="Anmerkung"):
        write_book(tmp_path / "m.xlsx", SHEETS, offer(note="a" * 40_000))


@pytest.mark.parametrize("place", ["m.ods", "gibtsnicht/m.xlsx"])
def test_wohin_nicht_geschrieben_werden_kann_wird_gesagt(tmp_path: Path, place: str):
    with pytest.raises(UnwritableFileError) as caught:
        write_book(tmp_path / place, SHEETS, {})
    assert isinstance(caught.value, UserError)


@pytest.fixture
def template(tmp_path: Path) -> zipfile.ZipFile:
    write_template(tmp_path / "vorlage.xlsx", SHEETS)
    return zipfile.ZipFile(tmp_path / "vorlage.xlsx")


def test_die_vorlage_hat_anleitung_blaetter_und_eine_verborgene_liste(template: zipfile.ZipFile):
    book = template.read("xl/workbook.xml").decode()
    titles = re.findall(r'<sheet name="([^"]+)"', book)
    assert titles == ["Anleitung", "Orte", "Organisationen", "Angebote", "Listen"]
    assert re.findall(r'<sheet name="([^"]+)"[^>]*state="hidden"', book) == ["Listen"]


def test_die_vorlage_hat_klapplisten_und_datumspruefungen(template: zipfile.ZipFile):
    page = template.read("xl/worksheets/sheet4.xml").decode()
    lists = dict(re.findall(r'type="list"[^>]*sqref="([A-Z])2:[^>]*><formula1>([^<]*)<', page))
    assert lists["C"] == "'Organisationen'!$B$3:$B$2002"
    assert lists["P"] == "'Listen'!$A$2:$A$7"
    assert lists["Q"] == "'Listen'!$B$2:$B$5"
    assert lists["K"] == '"ja,nein"'
    assert re.findall(r'type="date"[^>]*sqref="([A-Z])2:', page) == ["L", "M", "N"]


def test_die_vorlage_erklaert_jede_spalte_und_haelt_den_kopf_fest(template: zipfile.ZipFile):
    page = template.read("xl/worksheets/sheet4.xml").decode()
    assert 'state="frozen"' in page
    assert "<autoFilter" in page
    notes = [template.read(n) for n in template.namelist() if n.startswith("xl/comments")]
    assert max(note.count(b"<comment ") for note in notes) == len(OFFERS.columns)


def test_die_vorlage_und_die_gefuellte_mappe_werden_gleich_gelesen(tmp_path: Path):
    """Both ways of scanning a sheet see the same."""
    rows = offer(ends=date(2020, 1, 1), costs=Decimal("1.5"), note="a\nb", share=Decimal(5))
    write_book(tmp_path / "m.xlsx", SHEETS, rows)
    write_template(tmp_path / "v.xlsx", SHEETS)
    formats = {str(number): "percent" for number in range(0, 20, 2)}
    for path in (tmp_path / "m.xlsx", tmp_path / "v.xlsx"):
        with open_package(path) as package:
            for number in range(1, 6):
                member = f"xl/worksheets/sheet{number}.xml"
                swept = scan_sheet(path, package, member, formats)
                streamed = stream_sheet(path, package, member, formats)
                assert swept.filled > 0
                assert (swept.rows, swept.columns) == (streamed.rows, streamed.columns)
                assert (swept.filled, swept.marks) == (streamed.filled, streamed.marks)
