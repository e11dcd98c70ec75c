"""The example county is whole: it reads without a problem, and every row says where it is from."""

import csv
import re
import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from gelingen.cli.demo import DAY
from gelingen.cli.example_progress import FIRST
from gelingen.terms.vocabulary import Certainty, EndKind
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook import Book, Row, read_book

EXAMPLE = Path(__file__).parent.parent / "examples" / "coburg"
FOLDERS = ("landkreis", "stadt")
COUNTY, TOWN = "09473", "09463000"
INHABITANTS_2019 = 86_747
HORIZON = date(2026, 1, 1)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
SALUTATION = re.compile(r"\b(?:Herrn?|Frau|Dr\.|Prof\.)\s")


@cache
def book(folder: str) -> Book:
    return read_book(EXAMPLE / folder, SHEETS, {})


def rows(folder: str, sheet: str) -> tuple[Row, ...]:
    return book(folder).rows[sheet]


def cells(folder: str) -> list[tuple[str, int, str, str]]:
    """Every filled cell as sheet, line, head, text; read without the engine."""
    found = []
    for sheet in SHEETS:
        with (EXAMPLE / folder / f"{sheet.title}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as file:
            reader = csv.DictReader(file, delimiter=";")
            found += [
                (sheet.title, line, head, text)
                for line, row in enumerate(reader, start=2)
                for head, text in row.items()
                if text
            ]
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_die_mappe_wird_ohne_jede_beanstandung_gelesen(folder: str) -> None:
    assert book(folder).problems == ()
    assert book(folder).extra == ()
    assert set(book(folder).rows) == {sheet.name for sheet in SHEETS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_die_dateien_haben_die_koepfe_der_arbeitsmappe(folder: str) -> None:
    files = {path.stem: path for path in (EXAMPLE / folder).iterdir()}
    assert set(files) == {sheet.title for sheet in SHEETS}
    for sheet in SHEETS:
        head = files[sheet.title].read_text(encoding="utf-8-sig").splitlines()[0]
        assert head.split(";") == [column.head for column in sheet.columns]


def test_die_17_gemeinden_hatten_ende_2019_zusammen_86747_einwohner() -> None:
    municipalities = {
        row.key for row in rows("landkreis", "territory") if row.values["above"] == COUNTY
    }
    counted = {
        row.values["territory"]: row.values["value_low"]
        for row in rows("landkreis", "figure")
        if row.key.startswith("gvisys_") and row.values["reference"] == date(2019, 12, 31)
    }
    assert set(counted) == municipalities
    assert len(municipalities) == 17
    assert sum(map(int, map(str, counted.values()))) == INHABITANTS_2019


@pytest.mark.parametrize("folder", FOLDERS)
def test_jede_zeile_nennt_ihre_quelle_oder_ist_als_annahme_gekennzeichnet(folder: str) -> None:
    without = [
        (sheet.title, row.key)
        for sheet in SHEETS
        if sheet.name != "tenant"
        for row in rows(folder, sheet.name)
        if not row.values["certainty"]
        or not (row.values["source"] or row.values["certainty"] == Certainty.ASSUMED)
    ]
    assert without == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_jede_annahme_sagt_was_angenommen_ist(folder: str) -> None:
    silent = [
        (sheet.title, row.key)
        for sheet in SHEETS
        for row in rows(folder, sheet.name)
        if row.values.get("certainty") == Certainty.ASSUMED
        and "Annahme" not in str(row.values["note"])
    ]
    assert silent == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_keine_zeile_gehoert_zu_einem_anderen_landkreis(folder: str) -> None:
    assert [cell for cell in cells(folder) if re.search("Germersheim|07334", cell[3])] == []
    keys = {row.key for row in rows(folder, "territory")}
    foreign = {key for key in keys if not key.startswith((COUNTY, TOWN))}
    assert foreign == {"09", "094"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_nirgends_steht_eine_person_oder_ihr_postfach(folder: str) -> None:
    personal = {"Ansprechstelle (Funktion)", "Funktionspostfach", "Sachstand von (Funktion)"}
    assert [cell for cell in cells(folder) if cell[2] in personal] == []
    assert [cell for cell in cells(folder) if MAIL.search(cell[3])] == []
    assert [cell for cell in cells(folder) if SALUTATION.search(cell[3])] == []


@pytest.mark.parametrize(("folder", "tenant"), [("landkreis", COUNTY), ("stadt", TOWN)])
def test_gebiete_liegen_auch_ihren_schluesseln_nach_ineinander(folder: str, tenant: str) -> None:
    above = {row.key: row.values["above"] for row in rows(folder, "territory")}
    assert [row.key for row in rows(folder, "tenant")] == [tenant]
    assert tenant in above
    assert [key for key, up in above.items() if up and not key.startswith(str(up))] == []


@pytest.mark.parametrize(("folder", "own"), [("landkreis", COUNTY), ("stadt", TOWN)])
def test_jede_mappe_versorgt_nur_ihr_eigenes_gebiet(folder: str, own: str) -> None:
    for sheet in ("reach", "need", "responsibility", "inquiry"):
        places = {str(row.values["territory"]) for row in rows(folder, sheet)}
        assert {place for place in places if not place.startswith(own)} <= {"09", "094"}, sheet


@pytest.mark.parametrize(
    ("sheet", "some"),
    [("organisation", {"vhs", "caritas", "ihk"}), ("structure", {"ausb_ukraine", "bik_bs1"})],
)
def test_was_in_beiden_mappen_steht_heisst_dort_gleich(sheet: str, some: set[str]) -> None:
    county = {row.key: row.values["name"] for row in rows("landkreis", sheet)}
    town = {row.key: row.values["name"] for row in rows("stadt", sheet)}
    shared = county.keys() & town.keys()
    assert some <= shared
    assert all(county[key] == town[key] for key in shared)


@pytest.mark.parametrize("folder", FOLDERS)
def test_die_abschnitte_reichen_ohne_luecke_bis_zum_planungshorizont(folder: str) -> None:
    (plan,) = rows(folder, "plan")
    assert plan.values["horizon"] == HORIZON
    periods = [row.values for row in rows(folder, "period")]
    assert all(before["ends"] == after["starts"] for before, after in pairwise(periods))
    assert periods[-1]["ends"] == HORIZON


@pytest.mark.parametrize("folder", FOLDERS)
def test_ein_ende_ohne_angabe_bleibt_unbekannt(folder: str) -> None:
    unlimited = {
        row.key
        for sheet in ("structure", "funding")
        for row in rows(folder, sheet)
        if row.values["ends_kind"] not in {EndKind.UNKNOWN, EndKind.STATED}
    }
    assert unlimited == ({"f_027"} if folder == "landkreis" else set())


def test_ein_rang_ist_keine_schwere() -> None:
    ranked = {row.key: row.values for folder in FOLDERS for row in rows(folder, "need")}
    assert {values["severity"] for values in ranked.values()} == {None}
    assert ranked["n01"]["severity_note"] == "Rang 1 von 6 nach Nennungen"


def test_die_liesmich_datei_zaehlt_richtig() -> None:
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for sheet in SHEETS:
        counts = [len(rows(folder, sheet.name)) for folder in FOLDERS]
        assumed = sum(
            row.values.get("certainty") == Certainty.ASSUMED
            for folder in FOLDERS
            for row in rows(folder, sheet.name)
        )
        assert f"| {sheet.title} | {counts[0]} | {counts[1]} | {assumed} |" in text, sheet.title


@pytest.mark.parametrize(("folder", "tenant"), [("landkreis", COUNTY), ("stadt", TOWN)])
def test_berichtet_wird_nur_fuer_jahre_in_denen_die_massnahme_lief(
    folder: str, tenant: str
) -> None:
    told = tomllib.loads((EXAMPLE / "umsetzung.toml").read_text(encoding="utf-8"))
    measures = {row.key: row.values for row in rows(folder, "measure")}
    reports = told[tenant]["berichte"]
    assert len({one["measure"] for one in reports}) == len(reports) >= 8
    for one in reports:
        measure = measures[one["measure"]]
        for year in {"2015", "2016"} & one.keys():
            first, after = date(int(year), 1, 1), date(int(year) + 1, 1, 1)
            starts, ends = measure["starts"], measure["ends"]
            assert isinstance(starts, date)
            assert starts < after, one["measure"]
            assert ends is None or ends > first, one["measure"]


def test_die_tage_der_umsetzung_liegen_vor_dem_tag_des_beispiels() -> None:
    told = tomllib.loads((EXAMPLE / "umsetzung.toml").read_text(encoding="utf-8"))
    example = date.fromisoformat(DAY)
    first, second = told["runden"]
    assert first["reported"] < FIRST < second["reported"] < told["jahresbericht"]["on"] < example
    for round_ in (first, second):
        assert round_["asks_from"] <= round_["reported"] < round_["closes"] <= example
