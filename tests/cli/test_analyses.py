"""Die Befehle der Auswertungen auf Ordnern mit Tabellen."""

import json

import pytest
from click.testing import CliRunner

from gelingen.analysis.schema import Structures
from gelingen.cli import main
from gelingen.cli.tables import from_folder

COUNTY = {
    "structures.csv": (
        "structure,organisation,function,permanence,capacity_low,capacity,capacity_high,measure,"
        "fte,starts,ends\n"
        "kurs1,awo,delivers,project,,20,,Plätze,1,,\n"
        "kurs2,vhs,delivers,standing,,20,,Plätze,0.5,,\n"
    ),
    "reach.csv": (
        "structure,topic,target_group,place\n"
        "kurs1,sprache,frauen,09473112\n"
        "kurs2,sprache,frauen,09473112\n"
    ),
    "tranches.csv": (
        "funding;structure;source;state;share;probability;eur_per_year;starts;bis\n"
        "f1;kurs1;Land;approved;;;78000,00;01.01.2018;31.12.2019\n"
    ),
    "needs.csv": (
        "need,topic,target_group,place,kind,quantity_low,quantity,quantity_high,measure,severity,"
        "starts,ends\n"
        "b1,sprache,frauen,09473112,operational,,30,,Plätze,3,,\n"
    ),
    "actors.csv": (
        "organisation,sector,above,asked\nawo,Verein,,ja\nvhs,Schule,,ja\nfb22,Amt,,nein\n"
    ),
    "ties.csv": "tie,a,b,kind,topic,intensity,reported_by,starts,ends\n",
    "responsibilities.csv": (
        "responsibility,organisation,task,topic,target_group,place,level,kind,starts,ends\n"
        "z1,awo,beraten,sprache,frauen,09473112,,lead,,\n"
        "z2,fb22,beraten,sprache,frauen,09473112,,lead,,\n"
    ),
    "names.csv": (
        "key,name\nkurs1,Frauenkurs\nkurs2,Abendkurs\nfb22,Fachbereich 22\nawo,Träger D\n"
        "09473112,Bad Rodach\n"
    ),
}


@pytest.fixture
def county(tmp_path):
    for name, text in COUNTY.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def output(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refusal(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_ueberschneidungen_werden_als_saetze_gedruckt(county):
    text = output("overlaps", "--data", county, "--on", "01.06.2019")
    assert "Stand 01.06.2019, Geld: gesichert\n" in text
    assert (
        "Frauenkurs (Träger D) und Abendkurs (vhs) tun dasselbe (sprache; frauen; Bad Rodach): "
        "zusammen bieten sie 10 Plätze mehr, als gebraucht werden; "
        "die Träger arbeiten nicht zusammen.\n"
    ) in text
    assert (
        "Zwei Federführungen zur selben Zeit für „beraten“ (sprache, frauen, Bad Rodach): "
        "Fachbereich 22 und Träger D.\n"
    ) in text


def test_nach_dem_ende_des_geldes_ist_es_keine_doppelstruktur_mehr(county):
    text = output("overlaps", "--data", county, "--on", "2020-01-01")
    assert "beide werden gebraucht" in text


def test_der_bestand_nennt_den_letzten_tag_und_was_wegfaellt(county):
    text = output("continuity", "--data", county, "--on", "2019-06-01", "--horizon", "31.12.2025")
    assert (
        "Am 31.12.2019 endet das Geld für Frauenkurs: es fallen 1,00 VZÄ, 78.000 EUR im Jahr und "
        "20 Plätze weg, betroffen ist Bad Rodach.\n"
    ) in text
    assert "am 31.12.2025 1 Struktur mit 0,50 VZÄ" in text


def test_wer_nicht_befragt_ist_gilt_nicht_als_isoliert(county):
    text = output("isolation", "--data", county, "--on", "2019-06-01")
    assert "Träger D arbeitet allein" in text
    assert "Ob Fachbereich 22 mit anderen zusammenarbeitet, ist nicht erhoben." in text


def test_luecken_entstehen_mit_dem_ende_des_geldes(county):
    now = ("gaps", "--data", county, "--on", "2019-12-31")
    assert "Lücken: 0" in output(*now)
    assert "Lücken: 1" in output("gaps", "--data", county, "--on", "2020-01-01")
    later = output("gaps", "--data", county, "--on", "2019-06-01", "--horizon", "2020-01-01")
    assert "Neue Lücken am 01.01.2020: 1" in later
    cells = json.loads(output(*now, "--format", "json"))["cells"]
    assert [(cell["cell"] != "", cell["demand"]) for cell in cells] == [(True, 30.0)]


@pytest.mark.parametrize("command", ["gaps", "overlaps", "isolation", "continuity"])
def test_csv_und_json_tragen_dieselben_zeilen(county, command):
    arguments = [command, "--data", county, "--on", "2019-06-01"]
    arguments += ["--horizon", "2025-12-31"] if command == "continuity" else []
    lines = output(*arguments, "--format", "csv").splitlines()
    found = json.loads(output(*arguments, "--format", "json"))
    first = next(
        part
        for part in found.values()
        if isinstance(part, list) and part and isinstance(part[0], dict)
    )
    assert len(lines) == len(first) + 1
    assert lines[0].split(",") == [name for name in first[0] if name != "sentence"]
    assert {"as_of", "inputs_hash", "assumptions", "method_version", "scenario"} <= found.keys()


def test_parquet_gibt_dasselbe_wie_csv(county, tmp_path_factory):
    other = tmp_path_factory.mktemp("parquet")
    for name in COUNTY:
        if name != "structures.csv":
            (other / name).write_bytes((county / name).read_bytes())
    inventory = from_folder(county, needed=Structures).inventory
    inventory.structures.frame.write_parquet(other / "structures.parquet")
    both = [output("overlaps", "--data", f, "--on", "2019-06-01") for f in (county, other)]
    assert both[0] == both[1]


def test_wer_mehr_geld_erwartet_sieht_was_beantragt_ist(county):
    path = county / "tranches.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("approved", "applied"), encoding="utf-8"
    )
    arguments = ["overlaps", "--data", county, "--on", "2019-06-01", "--scenario"]
    assert "beide werden gebraucht" in output(*arguments, "gesichert")
    assert "mehr, als gebraucht werden" in output(*arguments, "optimistic")


def test_ohne_stichtag_sagt_der_befehl_was_fehlt(county):
    assert refusal("overlaps", "--data", county) == (
        "Es fehlt der Stichtag. Nennen Sie ihn bitte, etwa mit --on 2017-06-01.\n"
    )


def test_ohne_horizont_sagt_der_bestand_was_fehlt(county):
    assert refusal("continuity", "--data", county, "--on", "2019-06-01").startswith(
        "Es fehlt der Planungshorizont."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--on", "31.2.2019"), "„31.2.2019“ ist kein Tag. Richtig wäre zum Beispiel 2017-06-01"),
        (("--on", "morgen"), "„morgen“ ist kein Tag."),
        (("--on", "2019-06-01", "--scenario", "sicher"), "„sicher“ gibt es hier nicht."),
        (("--on", "2019-06-01", "--format", "xml"), "„xml“ gibt es hier nicht."),
        (("--on", "2019-06-01", "--threshold", "80"), "„80“ geht hier nicht."),
    ],
)
def test_falsche_angaben_werden_auf_deutsch_abgelehnt(county, arguments, sentence):
    assert refusal("overlaps", "--data", county, *arguments).startswith(sentence)


def test_ein_ordner_den_es_nicht_gibt_wird_genannt(tmp_path):
    text = refusal("gaps", "--data", tmp_path / "weg", "--on", "2019-06-01")
    assert text.endswith("weg: Diesen Ordner gibt es nicht. Prüfen Sie bitte den Namen.\n")


def test_fehlt_die_wichtigste_tabelle_nennt_der_befehl_datei_und_spalten(tmp_path):
    (tmp_path / "structure.csv").write_text("a,b\n", encoding="utf-8")
    text = refusal("overlaps", "--data", tmp_path, "--on", "2019-06-01")
    assert "structure.csv wird nicht gelesen. Meinten Sie structures.csv?" in text
    assert "Hier fehlt die Tabelle „Strukturen“. Legen Sie sie bitte als structures.csv" in text


def test_liegt_eine_tabelle_zweimal_da_wird_gefragt(county):
    (county / "needs.parquet").write_bytes(b"")
    text = refusal("gaps", "--data", county, "--on", "2019-06-01")
    assert "liegt hier zweimal: needs.csv und needs.parquet" in text


def test_ein_falscher_wert_wird_mit_datei_und_zeile_genannt(county):
    path = county / "reach.csv"
    path.write_text(path.read_text(encoding="utf-8") + "kurs2,,frauen,09473112\n", encoding="utf-8")
    text = refusal("overlaps", "--data", county, "--on", "2019-06-01")
    assert "reach.csv" in text
    assert "Zeile 4" in text
    assert text.endswith("Nötig ist: Kennung des Themenfelds.\n")


def test_ein_horizont_vor_dem_stichtag_wird_abgelehnt(county):
    text = refusal("continuity", "--data", county, "--on", "2019-06-01", "--horizon", "2019-05-31")
    assert text.startswith("Der Planungshorizont 31.05.2019 liegt vor dem Stichtag 01.06.2019.")
