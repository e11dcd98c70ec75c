"""Die Befehle findings, masterplan und trace."""

from datetime import date

import pytest
from click.testing import CliRunner
from tests import world

from gelingen.cli import main
from gelingen.findings.models import Finding

pytestmark = pytest.mark.django_db
DAYS = ("--on", "2017-06-01", "--horizon", "31.12.2025")


@pytest.fixture
def county():
    """Make a plan until the end of 2025, and a structure that ends before."""
    world.plan(key="masterplan", horizon=date(2026, 1, 1))
    world.structure(key="kurs", ends=date(2019, 1, 1), ends_kind="stated")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def output(*arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refusal(*arguments, code):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


@pytest.mark.usefixtures("county")
def test_befunde_werden_gezaehlt_gesagt_und_festgehalten():
    text = output("findings", "--on", "01.06.2017")
    known = Finding.objects.count()
    assert known > 0
    assert f"Landkreis Coburg (09473): {known} offene Befunde, davon {known} neu" in text
    assert Finding.objects.first().sentence in text


@pytest.mark.usefixtures("county")
def test_ein_zweiter_lauf_findet_nichts_neues():
    output("findings", "--on", "2017-06-01")
    before = list(Finding.objects.values_list("key", "first_seen"))
    assert "davon 0 neu, 0 erneut, 0 nicht mehr festgestellt" in output(
        "findings", "--on", "2017-06-01"
    )
    assert list(Finding.objects.values_list("key", "first_seen")) == before


@pytest.mark.usefixtures("county")
def test_der_masterplan_liegt_wo_er_hin_soll_und_nur_in_den_gewuenschten_arten(tmp_path):
    target = tmp_path / "neu" / "papiere"
    text = output("masterplan", *DAYS, "--format", "HTML, docx", "--out", target)
    names = ["masterplan-2017-06-01.html", "masterplan-2017-06-01.docx"]
    assert text.splitlines() == [str(target / name) for name in names]
    assert sorted(path.name for path in target.iterdir()) == sorted(names)
    assert "Landkreis Coburg" in (target / names[0]).read_text(encoding="utf-8")


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (
            ("--format", "xlsx"),
            2,
            "Die Dateiart „xlsx“ gibt es nicht; möglich sind pdf, docx, html.",
        ),
        (("--format", ","), 2, "Es fehlt die Dateiart."),
        (("--on", "31.2.2017"), 2, "„31.2.2017“ ist kein Tag."),
        (("--tenant", "01"), 1, "Bitte mit --tenant einen dieser Mandanten angeben: 09473"),
    ],
)
def test_falsche_angaben_zum_masterplan_werden_erklaert(tmp_path, arguments, code, says):
    assert refusal("masterplan", "--out", tmp_path, *arguments, code=code).startswith(says)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("county")
def test_liegt_am_ziel_eine_datei_wird_das_gesagt(tmp_path):
    (tmp_path / "plan").touch()
    text = refusal("masterplan", *DAYS, "--format", "html", "--out", tmp_path / "plan", code=1)
    assert text.endswith(
        "plan kann nicht geschrieben werden: unter diesem Namen liegt eine Datei.\n"
    )


@pytest.mark.parametrize("command", ["findings", "masterplan", "trace"])
def test_ohne_planungshorizont_sagen_die_befehle_was_fehlt(command):
    world.tenant()
    text = refusal(command, "--on", "2017-06-01", code=1)
    assert text.startswith("Für Landkreis Coburg ist kein Planungshorizont eingetragen.")


@pytest.mark.usefixtures("county")
def test_jede_aussage_des_masterplans_nennt_datensatz_oder_quelle():
    assert output("trace", "--on", "2017-06-01").startswith("Landkreis Coburg (09473): ")


def test_ohne_eintraege_gibt_es_nichts_zu_pruefen():
    assert refusal("trace", code=1).startswith("Es gibt noch keine Einträge.")
