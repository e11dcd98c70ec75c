"""Der Befehl balance: Bilanz sehr vieler Felder aus zwei Tabellen."""

import csv
import io
import json
from datetime import date, timedelta

import polars as pl
import pytest
from click.testing import CliRunner

from gelingen.cli import main

DEMANDS = (
    "need;topic;target_group;place;quantity;starts;bis\n"
    "b1;sprache;frauen;09473112;30;;\n"
    "b2;sprache;frauen;09473112;0,1;01.01.2025;31.03.2025\n"
    "b3;wohnen;alle;09473112;1234,5;01.01.2025;30.06.2025\n"
    "b4;arbeit;alle;09473120;4;;\n"
)
SUPPLIES = (
    "structure,topic,target_group,place,capacity,starts,ends\n"
    "k1,sprache,frauen,09473112,20,,2025-10-01\n"
    "k2,arbeit,alle,09473120,5,2025-04-01,\n"
    "k3,sport,alle,09473120,7,,\n"
)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]


@pytest.fixture
def state(tmp_path):
    (tmp_path / "celldemands.csv").write_text(DEMANDS, encoding="utf-8")
    (tmp_path / "cellsupplies.csv").write_text(SUPPLIES, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["balance", *map(str, arguments)])


def output(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refusal(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return result.stderr


def row_by_row(on):
    """Add up row by row, field by field, as one would with a pencil."""
    fields = {}
    for side, text, mark in ((0, DEMANDS, ";"), (1, SUPPLIES, ",")):
        for row in csv.DictReader(io.StringIO(text), delimiter=mark):
            starts, last = row["starts"], row.get("bis") or row.get("ends")
            begin = _day(starts) if starts else date.min
            end = _day(last) + timedelta(days="bis" in row) if last else date.max
            if begin <= on < end:
                field = fields.setdefault((row["topic"], row["target_group"], row["place"]), [0, 0])
                amount = row.get("quantity") or row.get("capacity")
                field[side] += float(amount.replace(",", "."))
    return {
        field: (demand, supply, max(demand - supply, 0))
        for field, (demand, supply) in sorted(fields.items())
    }


def _day(text):
    return date(*map(int, text.split(".")[::-1])) if "." in text else date.fromisoformat(text)


def test_die_tabelle_gibt_dieselben_summen_wie_zeile_fuer_zeile_gerechnet(state):
    text = output("--data", state, "--on", "2025-01-01", "--until", "31.12.2025", "--format", "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["day", "topic", "target_group", "place", "demand", "supply", "unmet"]
    for day in QUARTERS:
        found = {tuple(row[1:4]): tuple(map(float, row[4:])) for row in rows if row[0] == str(day)}
        expected = row_by_row(day)
        assert list(found) == list(expected)
        for field, figures in expected.items():
            assert found[field] == pytest.approx(figures, abs=1e-9)
    assert {row[0] for row in rows[1:]} == set(map(str, QUARTERS))


def test_ein_satz_sagt_was_am_stichtag_fehlt_und_die_schwersten_felder_stehen_oben(state):
    lines = output("--data", state, "--on", "01.01.2025").splitlines()
    assert lines[0] == "Am 01.01.2025 fehlen 1.248,6 Plätze in 3 von 3 Feldern mit Bedarf."
    assert "Wo am 01.01.2025 am meisten fehlt (3 von 3)" in lines
    assert [line.split()[0] for line in lines[-3:]] == ["wohnen", "sprache", "arbeit"]
    assert lines[-3].split()[2:] == ["09473112", "1.234,5", "0", "1.234,5"]


def test_der_letzte_tag_gehoert_noch_zum_bedarf(state):
    assert "1.244,5" in output("--data", state, "--on", "30.06.2025")
    assert output("--data", state, "--on", "01.07.2025").startswith(
        "Am 01.07.2025 fehlen 10 Plätze in 1 von 2 Feldern mit Bedarf.\n"
    )


def test_mit_until_wird_jeder_quartalsbeginn_bis_zum_letzten_tag_gerechnet(state):
    text = output("--data", state, "--on", "15.02.2025", "--until", "01.10.2025")
    days = [
        line.split()[0] for line in text.splitlines() if line.startswith("  ") and "2025" in line
    ]
    assert days == ["15.02.2025", "01.04.2025", "01.07.2025", "01.10.2025"]
    assert "01.10.2025" not in output("--data", state, "--on", "15.02.2025", "--until", "30.9.2025")
    assert text.startswith("An 4 Tagen gerechnet. So steht es am schlechtesten Tag:\nAm 15.02.2025")


def test_fehlt_ein_einziger_platz_steht_der_satz_in_der_einzahl(state):
    (state / "celldemands.csv").write_text(DEMANDS[: DEMANDS.index("\n")] + "\nb;a;b;c;1;;\n")
    assert output("--data", state, "--on", "2025-01-01").startswith(
        "Am 01.01.2025 fehlt 1 Platz in 1 von 1 Feld mit Bedarf.\n"
    )


@pytest.mark.parametrize(
    ("demand", "sentence"),
    [
        ("b;sport;alle;09473120;7;;\n", "Am 01.01.2025 fehlt kein Platz in 1 Feld mit Bedarf.\n"),
        ("", "Am 01.01.2025 ist kein Bedarf erfasst.\n"),
    ],
)
def test_fehlt_nichts_wird_das_gesagt_und_kein_feld_genannt(state, demand, sentence):
    head = DEMANDS[: DEMANDS.index("\n") + 1]
    (state / "celldemands.csv").write_text(head + demand, encoding="utf-8")
    text = output("--data", state, "--on", "2025-01-01")
    assert text.startswith(sentence)
    assert "am meisten fehlt" not in text


def test_json_und_parquet_tragen_dieselben_felder_wie_csv(state, tmp_path_factory):
    other = tmp_path_factory.mktemp("parquet")
    for name, mark in (("celldemands", ";"), ("cellsupplies", ",")):
        frame = pl.read_csv(state / f"{name}.csv", separator=mark, infer_schema=False)
        numbers = [key for key in ("quantity", "capacity") if key in frame.columns]
        frame.with_columns(
            pl.col(numbers).str.replace(",", ".", literal=True).cast(pl.Float64)
        ).write_parquet(other / f"{name}.parquet")
    arguments = ("--on", "2025-01-01", "--until", "2025-12-31", "--format")
    assert output("--data", other, *arguments, "csv") == output("--data", state, *arguments, "csv")
    found = json.loads(output("--data", state, *arguments, "json"))
    assert [entry["day"] for entry in found["days"]] == list(map(str, QUARTERS))
    for entry, day in zip(found["days"], QUARTERS, strict=True):
        fields = [tuple(cell.values())[:3] for cell in entry["cells"]]
        assert fields == list(row_by_row(day))
        assert entry["unmet"] == pytest.approx(sum(row[2] for row in row_by_row(day).values()))
        assert entry["sentence"].startswith(f"Am {day:%d.%m.%Y} fehl")


def test_was_nach_dem_letzten_tag_verschwindet_laesst_keinen_rest(state):
    (state / "celldemands.csv").write_text(
        DEMANDS[: DEMANDS.index("\n") + 1]
        + "b1;a;b;c;0,1;;31.03.2025\nb2;a;b;c;0,2;;31.03.2025\nb3;a;b;c;0,3;;31.03.2025\n",
        encoding="utf-8",
    )
    text = output("--data", state, "--on", "2025-01-01", "--until", "2025-04-01", "--format", "csv")
    assert "2025-01-01,a,b,c,0.6,0.0,0.6\n" in text
    assert "2025-04-01,a," not in text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--on", "2025-01-01"), "Es fehlt der Ordner mit den Tabellen."),
        (("--data", "."), "Es fehlt der Stichtag."),
        (("--data", ".", "--on", "2025-01-01", "--until", "2024-12-31"), "31.12.2024 kann nicht"),
        (("--data", ".", "--on", "2025-01-01", "--until", "9999-12-31"), "31.12.9999 kann nicht"),
        (("--data", ".", "--on", "2025-02-30"), "„2025-02-30“ ist kein Tag."),
        (("--daten", "."), "Den Zusatz --daten gibt es nicht. Meinten Sie --data?"),
    ],
)
def test_falsche_angaben_werden_auf_deutsch_abgelehnt(arguments, sentence):
    assert refusal(*arguments).startswith(sentence)


def test_fehlende_und_doppelte_tabellen_werden_genannt(state):
    arguments = ("--data", state, "--on", "2025-01-01")
    (state / "celldemands.parquet").write_bytes(b"")
    assert "Die Tabelle „Bedarf je Zelle“ liegt hier zweimal: " in refusal(*arguments)
    (state / "celldemands.parquet").unlink()
    (state / "cellsupplies.csv").unlink()
    text = refusal(*arguments)
    assert "Hier fehlt die Tabelle „Angebot je Zelle“." in text
    assert "cellsupplies.csv oder cellsupplies.parquet in den Ordner; Spalten: structure" in text


def test_ein_falscher_wert_wird_mit_datei_und_zeile_genannt(state):
    (state / "celldemands.csv").write_text(DEMANDS + "b5;a;b;c;viel;;\n", encoding="utf-8")
    text = refusal("--data", state, "--on", "2025-01-01")
    assert "celldemands.csv, Zeile 6, Spalte quantity" in text
    assert "Hier steht „viel“. Richtig wäre eine Zahl" in text


def test_zu_viele_felder_werden_abgelehnt_bevor_der_speicher_voll_ist(state):
    lines = "".join(f"b{n};t{n};g{n};p{n};1;;\n" for n in range(400))
    (state / "celldemands.csv").write_text(DEMANDS + lines, encoding="utf-8")
    text = refusal("--data", state, "--on", "2025-01-01")
    assert text.startswith("404 Themen, 402 Zielgruppen und 402 Orte an einem Tag sind zu viel")
