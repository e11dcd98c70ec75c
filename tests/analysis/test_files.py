"""Dateien: lesen, was Ämter wirklich liefern, und sagen, wo es hakt."""

from datetime import date

import polars as pl
import pytest

from gelingen.analysis.files import FileError, read_table, write_csv
from gelingen.analysis.schema import Needs, Ties, Tranches
from gelingen.analysis.tables import Column

HEAD = "funding;structure;source;state;share;probability;eur_per_year;starts;bis"
GOOD = "f;s;Bünde;approved;0,5;;12.500,50;01.01.2019;31.12.2019"
READ = ("f", "s", "Bünde", "approved", 0.5, None, 12500.5, date(2019, 1, 1), date(2020, 1, 1))


@pytest.fixture
def read(tmp_path):
    def reads(content, kind=Tranches, name="geld.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_table(kind, path).frame.rows()

    return reads


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_semikolon_komma_und_letzter_tag_werden_verstanden(read, encoding, end):
    assert read(f"{HEAD}{end}{GOOD}{end}{end}".encode(encoding)) == [READ]


def test_was_wir_schreiben_lesen_wir_auch(read, tmp_path):
    path = tmp_path / "geld.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n", encoding="utf-8")
    table = read_table(Tranches, path)
    assert read(write_csv(table).encode()) == [READ]
    table.frame.write_parquet(tmp_path / "geld.parquet")
    assert read_table(Tranches, tmp_path / "geld.parquet").frame.rows() == [READ]


def test_spalten_in_anderer_folge_und_weitere_spalten_schaden_nicht(read):
    needs = "notiz,need,topic,target_group,place,kind,quantity_low,quantity,quantity_high,measure,"
    row = "egal,b,t,g,09473,operational,,40,,Personen,"
    assert read(f"{needs}severity,starts,ends\n{row}5,,\n".encode(), Needs) == [
        ("b", "t", "g", "09473", "operational", None, 40.0, None, "Personen", 5, None, None)
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            f"{HEAD}\n\nf;s;x;ja;;;;;",
            "Zeile 3, Spalte state (Tabelle Finanzierungen): Hier steht „ja“",
        ),
        (f'{HEAD}\nf;s;"a\nb";approved;;;;;\nf;s;x;approved;;;;;', "Zeile 4, Spalte funding"),
        (f"{HEAD}\nf;s;x;approved;1,5;;;;", "Richtig wäre eine Zahl von 0 bis 1."),
        (f"{HEAD}\nf;s;x;approved;;;-1,5;;31.11.2019", "Zeile 2, Spalte bis"),
        (
            f"{HEAD}\nf;s;x;approved;;;;01.01.2019;31.12.2018",
            "Das Ende liegt nicht nach dem Beginn",
        ),
        (f"{HEAD}\nf;s;x;approved;;;1.234;;", "Schreiben Sie 1234 oder mit Komma."),
        (f"{HEAD}\nf;s;x", "Hier stehen 3 Werte, nötig sind 9"),
        (f'{HEAD}\n"f;s', "Zeile 2: Anführungszeichen sind nicht geschlossen"),
        (f"{HEAD};bis\n", "Zeile 1: Die Spalte bis steht zweimal da."),
        ("funding\nf", "Es fehlt: structure, source, state, share, probability"),
        ("", "Die Datei ist leer."),
        ("\0", "Das ist keine Textdatei."),
    ],
)
def test_ein_fehler_nennt_datei_zeile_und_abhilfe(read, content, message):
    with pytest.raises(FileError) as caught:
        read(content.encode())
    assert "geld.csv" in str(caught.value)
    assert message in str(caught.value)


def test_kaputtes_parquet_und_fehlende_dateien_sind_saetze(read, tmp_path):
    with pytest.raises(FileError, match="keine lesbare Parquet-Datei"):
        read(b"PAR1kaputt", name="geld.parquet")
    with pytest.raises(FileError, match="lässt sich nicht öffnen"):
        read_table(Tranches, tmp_path / "fehlt.csv")


def test_in_parquet_zaehlt_der_datensatz(tmp_path):
    path = tmp_path / "geld.parquet"
    wrong = Tranches.from_rows([READ, (*READ[:3], "ja", *READ[4:])])
    wrong.frame.with_columns(
        funding=Tranches.from_rows([READ, READ]).frame["source"]
    ).write_parquet(path)
    with pytest.raises(FileError, match="Datensatz 2, Spalte funding"):
        read_table(Tranches, path)


@pytest.mark.parametrize("mark", [",", ";"])
def test_mit_und_ohne_anfuehrungszeichen_steht_dasselbe_in_der_tabelle(tmp_path, mark):
    rows = [["tie", "a", "b", "kind", "topic", "intensity", "reported_by", "starts", "ends"]]
    rows += [[f"t{n}", " x ", "", "", "", str(n), "a", "01.02.2020", ""] for n in range(3)]
    rows[2][2] = rows[1][2] = rows[3][2] = "y"
    plain, quoted = tmp_path / "plain.csv", tmp_path / "quoted.csv"
    plain.write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    quoted.write_text(
        "\n".join(mark.join(f'"{value}"' for value in row) for row in rows), encoding="utf-8"
    )
    kinds = {"kind": Column(pl.String, "", nullable=True)}
    loose = type("Loose", (Ties,), {**Ties.columns, **kinds})
    assert read_table(loose, plain).frame.equals(read_table(loose, quoted).frame)
    assert read_table(loose, plain).frame["a"].to_list() == ["x"] * 3
