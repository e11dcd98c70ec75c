"""Die Befehle template, check, import und export: was sie sagen, womit sie enden."""

import os
import zipfile

import pytest
from click.testing import CliRunner
from tests import world

from gelingen.access.models import Tenant
from gelingen.cli import main
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change
from gelingen.register.models import Organisation, Reach, Structure
from gelingen.terms.vocabulary import Verb
from gelingen.transfer import imports

pytestmark = pytest.mark.django_db
TENANT = "Amtlicher Schlüssel;Name\n9473;Landkreis Coburg\n"
ORGANISATIONS = "Träger;Art\nVHS Coburg;Kursträger\n"
STRUCTURES = (
    "Angebot;Träger;Funktion;läuft bis;Plätze\nKurs A;VHS Coburg;erbringt;unbefristet;10-15\n"
)
SHEETS = {"Mandant": TENANT, "Träger": ORGANISATIONS, "Angebotsliste": STRUCTURES}


@pytest.fixture
def folder(tmp_path):
    """Write CSV sheets as German spreadsheets do, by title."""

    def write(**sheets):
        path = tmp_path / "mappe"
        path.mkdir(exist_ok=True)
        for title, text in {**SHEETS, **sheets}.items():
            (path / f"{title}.csv").write_bytes(text.encode("cp1252"))
        return path

    return write


def run(*arguments, answer=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def output(*arguments, answer=None):
    result = run(*arguments, answer=answer)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refusal(*arguments, code=1, answer=None):
    result = run(*arguments, answer=answer)
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    return result.stderr


def stored():
    return {
        "mandanten": list(Tenant.objects.values_list("key", "name")),
        "organisationen": list(Organisation.objects.values_list("key", "name", "version")),
        "strukturen": list(Structure.objects.values_list("key", "ends", "version")),
        "änderungen": ChangeEvent.objects.count(),
    }


def test_die_leere_vorlage_ist_bis_auf_den_mandanten_in_ordnung(tmp_path):
    path = tmp_path / "kreis.xlsx"
    assert "Beginnen Sie mit dem Blatt „Anleitung“." in output("template", path)
    assert "ein Blatt „Mandant“" in refusal("check", path)


def test_die_vorlage_ersetzt_keine_ausgefuellte_mappe(tmp_path):
    path = tmp_path / "kreis.xlsx"
    path.write_text("meine Liste", encoding="utf-8")
    assert "gibt es schon und bleibt, wie es ist" in refusal("template", path)
    assert path.read_text(encoding="utf-8") == "meine Liste"


def test_pruefen_sagt_dass_alles_geht_und_schreibt_nichts(folder):
    text = output("check", folder())
    assert "Landkreis Coburg (09473): Die Arbeitsmappe kann übernommen werden." in text
    assert stored()["mandanten"] == []


def test_pruefen_nennt_blatt_zelle_inhalt_und_was_richtig_waere(folder):
    result = run("check", folder(Angebotsliste=STRUCTURES.replace(";VHS Coburg", ";VHS Cobrug")))
    assert result.exit_code == 1
    assert "Strukturen\n  B2  „VHS Cobrug“ – Meinten Sie „VHS Coburg“ (vhs_coburg)?" in (
        result.stdout
    )


def test_eine_zeile_gegen_eine_regel_wird_einmal_gemeldet_und_mit_dem_was_dort_steht(folder):
    path = folder(
        Finanzierungen="Struktur;Stand;EUR im Jahr\nKurs A;bewilligt;-5\n",
        Angebotsliste=STRUCTURES.replace("läuft bis", "läuft bis;seit").replace(
            "unbefristet", "31.12.2018;2019"
        ),
    )
    text = run("check", path).stdout
    assert text.count("Das Ende") == 1
    assert "leer –" not in text


def test_wer_noch_keinen_mandanten_hat_erfaehrt_trotzdem_was_in_den_listen_falsch_ist(folder):
    path = folder(Angebotsliste=STRUCTURES.replace("erbringt", "erbringd"))
    (path / "Mandant.csv").unlink()
    result = run("check", path)
    assert "Meinten Sie „erbringt“?" in result.stdout
    assert "Die Datei sagt nicht, wem sie gehört." in result.stderr
    assert result.exit_code == 1


def test_zusaetzliche_spalten_stehen_als_ein_hinweis_beim_blatt(folder):
    path = folder(Träger="Träger;Telefon;Fax\nVHS Coburg;09561;-\n")
    text = output("check", path)
    assert "Organisationen\n  Hinweis: Diese Spalten werden nicht übernommen" in text
    assert "„Telefon“, „Fax“." in text


def test_einlesen_zeigt_fragt_und_schreibt(folder):
    text = output("import", folder(), answer="j\n")
    assert "Strukturen: 1 neu\n    neu: Kurs A\n" in text
    assert "Jetzt übernehmen? [j/N]" in text
    assert text.endswith("Übernommen.\n")
    assert stored()["mandanten"] == [("09473", "Landkreis Coburg")]


@pytest.mark.parametrize("answer", ["n\n", "\n", "nein\n", "", "vielleicht\nn\n"])
def test_ohne_ja_wird_nichts_geschrieben(folder, answer):
    assert refusal("import", folder(), answer=answer).endswith("Nichts wurde geschrieben.\n")
    assert stored()["mandanten"] == []


@pytest.mark.parametrize("answer", ["j\n", "JA\n", "y\n", "hm\nja\n"])
def test_ja_sagt_man_auf_mehrere_arten(folder, answer):
    output("import", folder(), answer=answer)
    assert Structure.objects.count() == 1


def test_die_probe_schreibt_nichts_und_fragt_nicht(folder):
    text = output("import", folder(), "--dry-run")
    assert text.endswith("Nur gezeigt. Nichts wurde geschrieben.\n")
    assert "Jetzt" not in text
    assert stored()["mandanten"] == []


def test_die_probe_zaehlt_auch_wenn_zugleich_ja_gesagt_wird(folder):
    output("import", folder(), "--dry-run", "--yes")
    assert stored()["mandanten"] == []


def test_dieselbe_datei_noch_einmal_aendert_nichts(folder):
    output("import", folder(), "--yes")
    before = stored()
    assert output("import", folder()).endswith("Es ändert sich nichts.\n")
    assert stored() == before


def test_aenderungen_werden_mit_koepfen_und_worten_der_mappe_gezeigt(folder):
    output("import", folder(), "--yes")
    changed = STRUCTURES.replace("unbefristet", "12/2019").replace("erbringt", "berät")
    text = output(
        "import", folder(Angebotsliste=changed.replace("10-15", "mindestens 12")), "--yes"
    )
    assert (
        "  Strukturen: 1 geändert\n"
        "    Kurs A, Funktion: erbringt → berät\n"
        "    Kurs A, Kapazität: 10–15 → mindestens 12\n"
        "    Kurs A, Ende: unbefristet → 31.12.2019\n"
    ) in text


def test_was_die_datei_nicht_hat_wird_genannt_und_bleibt(folder):
    output("import", folder(), "--yes")
    renamed = output("import", folder(Träger="Träger\nVHS Coburg\nAWO\nCaritas\n"), "--yes")
    assert "Organisationen: 2 neu, 1 unverändert\n    neu: AWO; Caritas\n" in renamed
    text = output("import", folder(), "--dry-run")
    assert "2 Einträge nicht in der Datei, bleiben bestehen" in text
    assert "nicht in der Datei: AWO; Caritas" in text
    assert Organisation.objects.count() == 3


def test_ein_neuer_name_des_mandanten_ist_eine_aenderung(folder):
    output("import", folder(), "--yes")
    text = output("import", folder(Mandant=TENANT.replace("Landkreis", "Lkr.")), "--yes")
    assert "Name des Mandanten: Landkreis Coburg → Lkr. Coburg" in text
    assert Tenant.objects.get().name == "Lkr. Coburg"


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("Name;Amtlicher Schlüssel\nCoburg;CO\n", "besteht nur aus Ziffern"),
        ("Name;Amtlicher Schlüssel\nCoburg;\n", "besteht nur aus Ziffern"),
        ("Name;Amtlicher Schlüssel\nCoburg;09473\nStadt;09463\n", "mehrere Zeilen"),
        ("Name;Amtlicher Schlüssel\nHof;09475\n", "Hof ist schon unter dem Schlüssel 09464"),
    ],
)
def test_ein_falsches_blatt_mandant_wird_erklaert(folder, sheet, says):
    world.tenant("09464", "Hof")
    assert says in refusal("import", folder(Mandant=sheet), "--yes")
    assert Tenant.objects.count() == 1


def test_die_liste_der_stadt_geht_nicht_in_den_landkreis(folder):
    world.tenant("09463000", "Stadt Coburg")
    text = refusal("import", folder(), "--yes", "--tenant", "9463000")
    assert "gehört die Datei Landkreis Coburg (09473); angegeben ist 09463000" in text
    assert not Structure.objects.exists()


def test_eine_doppelte_reichweite_nennt_die_zeile_und_die_andere(folder):
    rows = "Struktur;Themenfeld;Zielgruppe;Gebiet\n"
    path = folder(
        Themenfelder="Name;Reihenfolge\nSprache;1\n",
        Zielgruppen="Name;Reihenfolge\nFrauen;1\n",
        Gebiete="Schlüssel;Name;Art\n9473112;Ahorn;Gemeinde\n",
        Reichweiten="Kennung;" + rows + "a;Kurs A;Sprache;Frauen;Ahorn\n",
    )
    output("import", path, "--yes")
    again = folder(Reichweiten="Kennung;" + rows + "b;Kurs A;Sprache;Frauen;Ahorn\n")
    result = run("import", again, "--yes")
    assert result.exit_code == 1
    assert "Diese Reichweite ist schon eingetragen. Siehe Kennung „a“." in result.stdout
    assert Reach.objects.count() == 1


@pytest.mark.parametrize("during", ["double", "change"])
def test_aendert_jemand_waehrend_der_rueckfrage_etwas_wird_nichts_geschrieben(
    folder, monkeypatch, during
):
    output("import", folder(), "--yes")
    shown = imports.preview_import

    def other_hand(*arguments, **named):
        found = shown(*arguments, **named)
        if during == "double":
            world.organisation(key="awo", name="AWO")
        else:
            course = Structure.objects.get()
            with change(by="x", verb=Verb.CHANGED, of=course):
                course.note = "geprüft"
        return found

    monkeypatch.setattr("gelingen.cli.exchange.preview_import", other_hand)
    path = folder(
        Träger=ORGANISATIONS + "AWO;Wohlfahrtsverband\n",
        Angebotsliste=STRUCTURES.replace("unbefristet", "2019"),
    )
    text = refusal("import", path, "--yes")
    assert {"double": "Diese Kennung gibt es schon.", "change": "„Kurs A“ wurde inzwischen"}[
        during
    ] in text
    assert "Nichts wurde geschrieben." in text
    assert Structure.objects.get().ends is None
    assert Organisation.objects.count() == (2 if during == "double" else 1)


def test_eine_ausgabe_laesst_sich_unveraendert_wieder_einlesen(folder, tmp_path):
    output("import", folder(), "--yes")
    for name in ("aus.xlsx", "aus"):
        text = output("export", tmp_path / name)
        assert f"Landkreis Coburg (09473): 3 Zeilen ausgegeben nach {tmp_path / name}." in text
        assert "Es ändert sich nichts." in output("import", tmp_path / name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("plan.pdf", "Geschrieben wird eine .xlsx-Datei oder ein Ordner ohne Endung."),
        ("weg/aus.xlsx", "diesen Ordner gibt es nicht"),
        ("ordner.xlsx", "unter diesem Namen liegt ein Ordner"),
        ("datei", "unter diesem Namen liegt eine Datei"),
    ],
)
def test_wohin_nicht_geschrieben_werden_kann_wird_auf_deutsch_gesagt(tmp_path, name, says):
    world.tenant()
    (tmp_path / "ordner.xlsx").mkdir()
    (tmp_path / "datei").touch()
    assert says in refusal("export", tmp_path / name)


def test_ohne_recht_zu_schreiben_wird_das_gesagt(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root darf überall schreiben")
    world.tenant()
    tmp_path.chmod(0o500)
    assert "das Schreiben ist hier nicht erlaubt" in refusal("export", tmp_path / "aus.xlsx")


def test_ohne_eintraege_gibt_es_nichts_auszugeben(tmp_path):
    assert "Es gibt noch keinen Mandanten." in refusal("export", tmp_path / "aus.xlsx")


def test_bei_mehreren_mandanten_wird_gefragt_welcher(tmp_path):
    world.tenant()
    world.tenant("09463000", "Stadt Coburg")
    text = refusal("export", tmp_path / "aus.xlsx")
    assert "09473 (Landkreis Coburg), 09463000 (Stadt Coburg)" in text
    output("export", tmp_path / "aus.xlsx", "--tenant", "9473")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check",), "Es fehlt die Angabe DATEI. Hilfe: "),
        (("import", "x", "--yess"), "Den Zusatz --yess gibt es nicht. Meinten Sie --yes?"),
        (("export", "x", "--tenant"), "Beim Zusatz --tenant stimmt der Wert nicht."),
        (("check", "a", "b"), "„b“ ist eine Angabe zu viel."),
    ],
)
def test_ein_falsch_geschriebener_befehl_wird_auf_deutsch_berichtigt(arguments, says):
    assert refusal(*arguments, code=2).startswith(says)


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 220_000_000)


def _laughs(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        lines = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><workbook>&c;</workbook>'
        package.writestr("xl/workbook.xml", lines)


def _bytes(content):
    return lambda path: path.write_bytes(content)


HOSTILE = {
    "bombe.xlsx": (_bomb, "ausgepackt"),
    "lachen.xlsx": (_laughs, "eigene XML-Definitionen"),
    "verschluesselt.xlsx": (
        _bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16le")),
        "Kennwort",
    ),
    "abgeschnitten.xlsx": (_bytes(b"PK\x03\x04" + b"x" * 500), "beschädigt"),
    "plan.xlsx": (_bytes(b"%PDF-1.7\n"), "PDF"),
    "nul.csv": (_bytes(b"Name;Art\nVHS\0;x\n"), "Zeichen"),
    "leer.xlsx": (_bytes(b""), "ist leer"),
    "ordner": (lambda path: path.mkdir(), "keine .csv-Dateien"),
    "fehlt.xlsx": (lambda path: path, "gibt es nicht"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("command", [("check",), ("import", "--yes")])
def test_schaedliche_und_kaputte_dateien_werden_mit_einem_satz_abgelehnt(
    folder, tmp_path, name, command
):
    output("import", folder(), "--yes")
    before = stored()
    make, says = HOSTILE[name]
    make(tmp_path / name)
    text = refusal(*command, tmp_path / name)
    assert says in text
    assert len(text.splitlines()) == 1
    assert stored() == before
