"""Namen von Organisationen: was ihre Schreibweisen gemeinsam haben, und was sie unterscheidet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.matching.dictionary import DEFAULT
from gelingen.analysis.matching.names import Normaliser, normalise

PLACES = ("Coburg", "Bad Rodach", "Neustadt b.Coburg", "Schwarzenbach a.d.Saale", "Küps", "Hof")
name = Normaliser(places=PLACES)


def key(text):
    return name(text).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Grundschule Küps", "GRUNDSCHULE KUEPS", id="Umlaut ausgeschrieben"),
        pytest.param("Grundschule Küps", "grundschule kups", id="Umlaut ohne Punkte"),
        pytest.param("ﬂüchtlingsrat Hof", "Flüchtlingsrat Hof", id="Ligatur"),
        pytest.param("Grund-Schule Hof", "Grundschule Hof", id="Bindestrich"),
        pytest.param("Turn- und Sportverein Hof e.V.", "TSV Hof", id="Rechtsform und Kurzform"),
        pytest.param("Volkshochschule Hof gGmbH", "vhs Hof", id="gGmbH"),
        pytest.param("Turnverein Hof eV", "TV Hof", id="e.V. ohne Punkte"),
        pytest.param("AWO KV Hof", "Arbeiterwohlfahrt Kreisverband Hof", id="AWO KV"),
        pytest.param("BRK Hof", "Bayerisches Rotes Kreuz Hof", id="BRK"),
        pytest.param("DRK/BRK Hof", "BRK Hof", id="DRK/BRK"),
        pytest.param("JC Stadt Hof", "Jobcenter der Stadt Hof", id="JC"),
        pytest.param("JMD Hof", "Jugendmigrationsdienst (JMD) Hof", id="JMD in Klammern"),
        pytest.param("IHK zu Hof", "Industrie- und Handelskammer Hof", id="IHK"),
        pytest.param("HWK Hof", "Handwerkskammer Hof", id="HWK"),
        pytest.param("ABH LRA Hof", "Landratsamt Hof, Ausländerbehörde", id="ABH im Landratsamt"),
        pytest.param("Sozialamt Lkr. Hof", "Landkreis Hof: Sozialamt", id="Lkr."),
        pytest.param("LRA Hof FB21", "Landratsamt Hof, Fachbereich 21", id="FB"),
        pytest.param("MBE Caritas Hof", "Caritas Hof, Migrationsberatung für erwachsene Zuwanderer",
                     id="MBE"),
        pytest.param("Kreisjugendamt Hof", "LRA Hof, Jugendamt", id="zwei Angaben in einem Wort"),
        pytest.param("Ev.-Luth. Kirchengemeinde Hof", "evang. Kirche Hof", id="Ev.-Luth."),
        pytest.param("kath. Pfarrei Hof", "Katholisches Pfarramt Hof", id="kath."),
        pytest.param("Integrationslots*innen Hof", "Integrationslotsin Hof", id="Genderstern"),
        pytest.param("Integrationslotse/-in Hof", "Integrationslotsen Hof", id="Schrägstrich"),
        pytest.param("Lesepatinnen Hof", "Lesepaten Hof", id="beide Formen"),
        pytest.param("Integrationsbeauftragter Hof", "Integrationsbeauftragte Hof", id="Endung"),
        pytest.param("Coburger Tafel", "Tafel Coburg", id="Ort als Eigenschaftswort"),
        pytest.param("TSV Schwarzenbach", "TSV Schwarzenbach a. d. Saale", id="Ort gekürzt"),
        pytest.param("TSV Rodach", "TSV Bad Rodach", id="Ort ohne Bad"),
        pytest.param("vhs Hof (Frau M.)", "vhs Hof, Ansprechpartner s. Liste", id="Bemerkungen"),
        pytest.param("vhs Hof - siehe Anlage", "vhs Hof ?", id="Bemerkung nach Strich"),
    ],
)  # fmt: skip
def test_schreibweisen_eines_namens_sind_gleich(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("LRA Hof FB 21", "LRA Hof FB 22", id="Nummer der Einheit"),
        pytest.param("Jobcenter Stadt Hof", "Jobcenter Landkreis Hof", id="Stadt und Landkreis"),
        pytest.param("Caritas Hof", "MBE Caritas Hof", id="Verband und sein Dienst"),
        pytest.param("AWO Kreisverband Hof", "AWO Ortsverein Hof", id="Kreis und Ort"),
        pytest.param("TSV Coburg", "TSV Neustadt b.Coburg", id="Ort im Ortsnamen"),
        pytest.param("Grundschule Hof", "Mittelschule Hof", id="Art der Schule"),
        pytest.param("ev. Kirche Hof", "kath. Kirche Hof", id="Bekenntnis"),
    ],
)
def test_was_organisationen_unterscheidet_bleibt(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("slipped", "meant"),
    [
        pytest.param("Mittelscuhle Hof", "Mittelschule Hof", id="zwei Buchstaben vertauscht"),
        pytest.param("Feuerwher Bad Rodach", "Feuerwehr Bad Rodach", id="Dreher"),
        pytest.param("F FBad Rodach", "FF Bad Rodach", id="Lücke verrutscht"),
        pytest.param("JCH of Stadt", "JC Hof Stadt", id="Lücke im Ort"),
        pytest.param("TS VBad Rodach", "TSV Bad Rodach", id="Lücke zu früh"),
        pytest.param("Feuerweh rHof", "Feuerwehr Hof", id="Lücke im Wort"),
        pytest.param("Jobcente rHof", "Jobcenter Hof", id="Lücke vor dem letzten Buchstaben"),
        pytest.param("JobcenterLK Hof", "Jobcenter LK Hof", id="Lücke fehlt"),
        pytest.param("Fami lienbüro Hof", "Familienbüro Hof", id="Lücke zu viel"),
        pytest.param("Kathollische Pfarrei Hof", "Katholische Pfarrei Hof", id="doppelt"),
    ],
)
def test_schreibfehler_gelten_als_das_einzige_was_gemeint_sein_kann(slipped, meant):
    assert key(slipped) == key(meant)


def test_eine_nummer_wird_nie_berichtigt():
    assert name("LRA Hof FB 21").numbers == ("21",)
    assert name("LRA Hof FB 22").numbers == ("22",)
    assert name("FB 021 LRA Hof").numbers == ("21",)


def test_ein_name_ohne_weitere_woerter_meint_die_verwaltung():
    assert name("Stadt Coburg").core == name("LRA Hof").core == ("verwaltung",)


def test_ein_ort_ist_ohne_liste_der_orte_ein_wort_wie_jedes_andere():
    assert normalise("Tafel Coburg").places == ()
    assert normalise("Tafel Coburg", places=["Coburg"]).places == ("coburg",)


def test_ein_gekuerzter_ort_der_zwei_meinen_kann_meint_keinen():
    two = ["Neustadt b.Coburg", "Neustadt a.d.Aisch"]
    assert normalise("TSV Neustadt", places=two).places == ()
    assert normalise("TSV Neustadt", places=two[:1]).places == ("neustadt coburg",)


def test_ein_mandant_ergaenzt_seine_eigenen_kurzformen():
    own = DEFAULT.extended({"begegnungshaus": ["Haus am Markt", "HaM"]})
    assert normalise("HaM Hof", dictionary=own).key == normalise("Haus am Markt Hof",
                                                                 dictionary=own).key  # fmt: skip
    assert normalise("HaM Hof").key != normalise("Haus am Markt Hof").key


@pytest.mark.parametrize("nothing", ["()", "[]"])
def test_leere_klammern_sagen_nichts(nothing):
    assert normalise(f"Tafel {nothing} Coburg").key == normalise("Tafel Coburg").key


@given(st.text(max_size=60))
def test_jeder_text_laesst_sich_zerlegen_und_gross_und_klein_zaehlt_nicht(text):
    assert name(text).numbers == name(text.lower()).numbers
    assert name(text) == name(f"  {text} ")
