"""Die Befehlszeile spricht Deutsch, auch in der Hilfe und wenn man sie falsch aufruft."""

import re
from itertools import product

import click
import pytest
from click.testing import CliRunner

from gelingen.access.models import Tenant, User
from gelingen.cli import COMMANDS, main

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|try|error|missing|invalid|default|required|show|exit"
    r"|message|no such|did you mean|got|integer|path|directory|text\b.*\bneeded|aborted|version)\b"
    r"|\[OPTIONS\]",
    re.IGNORECASE,
)
# Programs and file kinds keep their names, and so do the additions themselves.
NAMES = re.compile(r"--[a-z-]+|gelingen [a-z-]+")


def english(text):
    return ENGLISH.findall(NAMES.sub("", text))


def run(*words, given=""):
    return CliRunner().invoke(main, words, input=given, prog_name="gelingen")


def additions():
    context = click.Context(main)
    for name in COMMANDS:
        for param in main.get_command(context, name).params:
            if isinstance(param, click.Option):
                yield name, param.opts[0], param.is_flag


def test_die_uebersicht_nennt_alle_befehle_auf_deutsch():
    done = run("--help")
    assert done.exit_code == 0
    assert done.output.startswith("Aufruf: gelingen [ZUSÄTZE] BEFEHL …\n")
    assert all(f"\n  {name} " in done.output for name in COMMANDS)
    assert "..." not in done.output  # no sentence is cut
    assert english(done.output) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_jede_hilfe_ist_deutsch(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert done.output.startswith(f"Aufruf: gelingen {name} ")
    assert "Zusätze:\n" in done.output
    assert english(done.output) == []


WRONG = {
    "--gibt-es-nicht": "Den Zusatz --gibt-es-nicht gibt es nicht. ",
    "a b c d": "eine Angabe zu viel",
}


# Any number of files can be read in.
RIGHT = {("oparl", "a b c d")}


@pytest.mark.parametrize(
    ("name", "words"), [one for one in product(COMMANDS, WRONG) if one not in RIGHT]
)
def test_ein_falscher_aufruf_wird_auf_deutsch_abgelehnt(name, words):
    done = run(name, *words.split())
    assert done.exit_code == 2
    assert WRONG[words] in done.stderr
    assert done.stderr.endswith(f"Hilfe: gelingen {name} --help\n")
    assert english(done.output) == []


@pytest.mark.parametrize(("name", "option", "flag"), list(additions()))
def test_ein_zusatz_ohne_wert_oder_mit_einem_zu_viel_wird_auf_deutsch_abgelehnt(name, option, flag):
    done = run(name, f"{option}=x" if flag else option)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Beim Zusatz {option} stimmt der Wert nicht.")
    assert english(done.output) == []


@pytest.mark.parametrize("name", ["check", "export", "import", "template"])
def test_eine_fehlende_angabe_wird_genannt(name):
    done = run(name)
    assert done.exit_code == 2
    assert done.stderr == f"Es fehlt die Angabe DATEI. Hilfe: gelingen {name} --help\n"


def test_ein_verschriebener_befehl_bekommt_einen_vorschlag():
    done = run("maserplan")
    assert done.exit_code == 2
    assert done.stderr == (
        "Den Befehl maserplan gibt es nicht. Meinten Sie masterplan? Hilfe: gelingen --help\n"
    )


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "8000.5"])
def test_ein_unmoeglicher_anschluss_wird_abgelehnt(port):
    done = run("serve", f"--port={port}")
    assert done.exit_code == 2
    assert done.stderr == (
        f"„{port}“ geht hier nicht. Richtig wäre eine ganze Zahl von 1 bis 65535.\n"
    )


def test_ohne_befehl_kommt_die_hilfe():
    assert run().output == run("--help").output


def test_die_fassung_steht_ohne_englisch():
    assert re.fullmatch(r"Gelingen \d+\.\d+\.\d+\n", run("--version").output)


# Questions


@pytest.fixture
def tenant(db):  # noqa: ARG001 - fixtures take no marks
    return Tenant.objects.create(key="09473", name="Landkreis Coburg")


@pytest.mark.usefixtures("tenant")
def test_ein_konto_wird_erfragt_und_verschiedene_passwoerter_werden_noch_einmal_erfragt():
    words = ["anna", "Ein langes Wort 7", "Ein langes Wort 8", *["Ein langes Wort 7"] * 2]
    done = run("user", given="\n".join(words) + "\n")
    assert done.exit_code == 0, done.output
    assert "Die beiden Eingaben sind nicht gleich. Bitte noch einmal.\n" in done.output
    assert User.objects.get(username="anna").check_password("Ein langes Wort 7")
    assert english(done.output) == []


@pytest.mark.usefixtures("tenant")
def test_wer_die_frage_abbricht_aendert_nichts():
    done = run("user", given="anna\n")
    assert done.exit_code == 1
    assert done.stderr.strip().endswith("Abgebrochen.")
    assert not User.objects.exists()
    assert english(done.output) == []


@pytest.mark.django_db
def test_ohne_mandanten_wird_erst_gar_nicht_gefragt():
    done = run("user")
    assert done.exit_code == 1
    assert done.output.startswith("Es gibt noch keinen Mandanten.")
