"""Third after words of the field and letters, statements stand together that mean the same."""

import gzip

import pytest

from gelingen.analysis.meaning import WordVectorsError, read_vectors
from gelingen.analysis.statements import Statements, group_statements

MODEL = """6 3
und 0.3 0.3 0.3
Proberaum 0.9 0.1 0.0
Übungskeller 0.8 0.2 0.0
Musizierende 0.9 0.0 0.2
Fahrradwerkstatt 0.0 0.9 0.1
Nähstube 0.1 0.0 0.9
"""
ROOM, CELLAR, BIKES = "Proberaum", "Übungskeller und", "Fahrradwerkstatt"


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "woerter.vec"
    path.write_text(MODEL, encoding="utf-8")
    return path


def grouped(texts, vectors=None):
    rows = [(f"s{number}", text, "t", None, None) for number, text in enumerate(texts)]
    frame = group_statements(Statements.from_rows(rows), vectors=vectors).frame
    return dict(zip(frame["key"], frame.select("group", "meaning").rows(), strict=True))


def test_ohne_wortvektoren_bleibt_getrennt_was_kein_wort_gemeinsam_hat():
    assert grouped([ROOM, CELLAR]) == {"s0": ("s0", False), "s1": ("s1", False)}


def test_mit_wortvektoren_steht_zusammen_was_dasselbe_bedeutet_und_es_wird_gesagt(model):
    found = grouped([ROOM, CELLAR, BIKES], read_vectors(model))
    assert found == {"s0": ("s0", True), "s1": ("s0", True), "s2": ("s2", False)}


def test_was_die_worte_schon_sagen_heisst_nicht_aehnliche_bedeutung(model):
    found = grouped([ROOM, "Proberäume", BIKES], read_vectors(model))
    assert found == {"s0": ("s0", False), "s1": ("s0", False), "s2": ("s2", False)}


def test_eine_aussage_aus_lauter_unbekannten_worten_gleicht_keiner(model):
    unknown = "Proberaum quarzt vielleicht zwölf"
    assert grouped([unknown, CELLAR], read_vectors(model))["s1"] == ("s1", False)


def test_jede_beugung_und_schreibweise_findet_ihr_wort(model):
    vectors = read_vectors(model)
    assert vectors.alike(["Uebungskeller", "Übungskeller"])[0, 1] == pytest.approx(1)
    assert vectors.alike([ROOM, "PROBERÄUME"])[0, 1] == pytest.approx(1)


def test_gelesen_wird_auch_gepackt_und_ohne_kopfzeile_und_nur_der_anfang(tmp_path, model):
    packed = tmp_path / "woerter.vec.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as target:
        target.write(MODEL.partition("\n")[2] + "kaputt\n")
    one, other = read_vectors(model), read_vectors(packed, most=6)
    texts = [ROOM, CELLAR, BIKES]
    assert (one.alike(texts) == other.alike(texts)).all()


@pytest.mark.parametrize("content", ["", "6 3\n", "Wort eins zwei\n", "a 1 2\nb 1 2 3\n"])
def test_was_keine_wortvektoren_sind_wird_abgelehnt(tmp_path, content):
    path = tmp_path / "woerter.vec"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WordVectorsError):
        read_vectors(path)
