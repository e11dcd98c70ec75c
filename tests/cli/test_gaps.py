"""Der Befehl gaps über einen Zeitraum, auf Dateien und auf den Einträgen."""

import csv
import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from tests import world

from gelingen.cli import main

NEEDS = (
    "need,topic,target_group,place,kind,quantity_low,quantity,quantity_high,measure,severity,"
    "starts,ends\n"
    "b1,sprache,frauen,09473112,operational,,,,,3,,\n"
    "b2,wohnen,alle,09473112,operational,,,,,3,2019-03-01,2019-09-01\n"
)
STRUCTURES = (
    "structure,organisation,function,permanence,capacity_low,capacity,capacity_high,measure,"
    "fte,starts,ends\n"
    "kurs,awo,delivers,standing,,,,,1,,2018-01-01\n"
    "zwischen,awo,delivers,standing,,,,,1,2019-02-01,2019-06-01\n"
)
REACH = (
    "structure,topic,target_group,place\n"
    "kurs,sprache,frauen,09473112\nzwischen,sprache,frauen,09473112\n"
)
INQUIRIES = "inquiry,topic,target_group,place,state,since\nn1,wohnen,alle,09473112,none_exists,\n"
SPAN = ("--on", "2017-01-01", "--until", "31.12.2020")
WOMEN = "sprache|frauen|09473112|operational|"
HOUSING = "wohnen|alle|09473112|operational|"


@pytest.fixture
def county(tmp_path):
    tables = {"needs": NEEDS, "structures": STRUCTURES, "reach": REACH, "inquiries": INQUIRIES}
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["gaps", *map(str, arguments)])


def output(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def dated(folder, *arguments):
    text = output("--data", folder, *arguments, "--format", "csv")
    return [(row["day"], row["since"], row["cell"]) for row in csv.DictReader(io.StringIO(text))]


def test_an_jedem_tag_mit_aenderung_stehen_die_luecken_und_seit_wann(county):
    assert dated(county, *SPAN) == [
        ("2018-01-01", "2018-01-01", WOMEN),
        ("2019-03-01", "2019-03-01", HOUSING),
        ("2019-06-01", "2019-06-01", WOMEN),
        ("2019-06-01", "2019-03-01", HOUSING),
        ("2019-09-01", "2019-06-01", WOMEN),
    ]


def test_gedruckt_wird_jede_luecke_an_dem_tag_an_dem_sie_entsteht(county):
    text = output("--data", county, *SPAN)
    heads = [line for line in text.splitlines() if line.startswith("Ab ")]
    assert heads == [
        "Ab 01.01.2018 (Lücken insgesamt: 1), neu: 1",
        "Ab 01.02.2019 (Lücken insgesamt: 0), neu: 0",
        "Ab 01.03.2019 (Lücken insgesamt: 1), neu: 1",
        "Ab 01.06.2019 (Lücken insgesamt: 2), neu: 1",
        "Ab 01.09.2019 (Lücken insgesamt: 1), neu: 0",
    ]
    assert text.startswith("Stand 01.01.2017, Geld: gesichert\n\nLücken: 0\n")


def test_der_letzte_tag_gehoert_zum_zeitraum(county):
    days = [day for day, _, _ in dated(county, "--on", "2017-01-01", "--until", "2019-03-01")]
    assert days == ["2018-01-01", "2019-03-01"]
    days = [day for day, _, _ in dated(county, "--on", "2017-01-01", "--until", "2019-02-28")]
    assert days == ["2018-01-01"]


def test_anhaltende_luecken_stehen_am_ende_mit_ihrem_letzten_tag(county):
    text = output("--data", county, *SPAN)
    assert text.endswith(
        "\nLücken, die ein Jahr und länger bleiben: 2\n"
        "  Für frauen in 09473112 zu sprache bleibt vom 01.01.2018 bis zum 31.01.2019 dieselbe "
        "Lücke: Was es gab, ist weggefallen.\n"
        "  Für frauen in 09473112 zu sprache bleibt vom 01.06.2019 bis zum 31.12.2020 dieselbe "
        "Lücke: Was es gab, ist weggefallen.\n"
    )


def test_kehrt_eine_luecke_wieder_hat_jede_zeit_ihre_eigene_kennung(county):
    found = json.loads(output("--data", county, *SPAN, "--format", "json"))
    assert [row["key"] for row in found["lasting"]] == [
        f"lasting:{WOMEN}:funding_cliff:2018-01-01",
        f"lasting:{WOMEN}:funding_cliff:2019-06-01",
    ]
    assert [row["since"] for row in found["gaps"] if row["day"] == "2019-06-01"] == [
        "2019-06-01",
        "2019-03-01",
    ]
    assert [row["type"] for row in found["cells"]] == ["covered", "no_demand"]


@pytest.mark.parametrize("until", ["2016-12-31", "9999-12-31"])
def test_ein_unmoeglicher_letzter_tag_wird_auf_deutsch_abgelehnt(county, until):
    result = run("--data", county, "--on", "2017-01-01", "--until", until)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "kann nicht der letzte Tag sein. Richtig wäre ein Tag ab dem Stichtag 01.01.2017" in (
        result.stderr
    )


@pytest.mark.django_db
def test_auf_den_eintraegen_gilt_dasselbe_wie_auf_dateien():
    course = world.structure(name="Frauenkurs", ends=date(2019, 1, 1), ends_kind="stated")
    world.reach(structure=course)
    world.funding(structure=course, starts=date(2016, 1, 1), ends=date(2019, 1, 1))
    world.need()
    text = output("--on", "2017-06-01", "--until", "2020-12-31")
    assert "Ab 01.01.2019 (Lücken insgesamt: 1), neu: 1\n" in text
    assert "bleibt vom 01.01.2019 bis zum 31.12.2020 dieselbe Lücke" in text
