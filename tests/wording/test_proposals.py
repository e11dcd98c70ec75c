"""Titles proposed for measures and goals."""

import pytest

from gelingen.terms.vocabulary import FindingKind, GapType
from gelingen.wording.proposals import goal_title, measure_title

NAMES = {"sprache": "Sprache", "frauen": "Frauen", "ahorn": "Ahorn", "a": "Treff", "b": "Café"}
CELL = {"topic": "sprache", "target_group": "frauen", "place": "ahorn"}


@pytest.mark.parametrize(
    ("kind", "type_", "title"),
    [
        ("operational", GapType.STRUCTURAL, "Angebot schaffen: Sprache, Frauen, Ahorn"),
        ("operational", GapType.FUNDING_CLIFF, "Angebot weiterführen: Sprache, Frauen, Ahorn"),
        ("operational", GapType.ENDING, "Angebot sichern: Sprache, Frauen, Ahorn"),
        ("operational", GapType.CAPACITY, "Angebot ausbauen: Sprache, Frauen, Ahorn"),
        ("strategic", GapType.STRUCTURAL, "Steuerung schaffen: Sprache, Frauen, Ahorn"),
    ],
)
def test_gegen_eine_luecke_hilft_was_ihre_art_verlangt(kind, type_, title):
    values = CELL | {"kind": kind, "type": type_.value}
    assert measure_title(FindingKind.GAP, values, ["need:n"], NAMES) == title


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (FindingKind.CLIFF, "Anschlussfinanzierung für Treff"),
        (FindingKind.OVERLAP, "Abstimmung zwischen Treff und Café"),
        (FindingKind.NO_LEAD, "Federführung klären: Sprache, Frauen, Ahorn"),
        (FindingKind.ONE_SIDED, "Zusammenarbeit klären: Treff und Café"),
        (FindingKind.ISOLATED, "Einbindung von Treff"),
    ],
)
def test_der_titel_nennt_wen_es_betrifft(kind, title):
    assert measure_title(kind, CELL, ["need:n", "structure:a", "organisation:b"], NAMES) == title


@pytest.mark.parametrize("kind", FindingKind)
def test_jede_art_von_befund_hat_einen_vorschlag_ohne_platzhalter(kind):
    title = measure_title(kind, {}, [], {})
    assert title
    assert "None" not in title


def test_das_ziel_sagt_dass_der_bedarf_gedeckt_ist():
    assert goal_title(["Deutsch lernen.", "Anderes"]) == "Der Bedarf ist gedeckt: Deutsch lernen"
    assert goal_title([]) == ""
