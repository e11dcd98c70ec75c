"""What different people say about the same need is found together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.statements import (
    SAME,
    Statements,
    Thesaurus,
    group_statements,
    shipped,
)


def groups(*texts, topic="sprache", thesaurus=None):
    """Give which statements stand together, by their numbers."""
    rows = [(f"s{number:03}", text, topic, None, None) for number, text in enumerate(texts)]
    return together(rows, thesaurus)


def together(rows, thesaurus=None):
    found = group_statements(Statements.from_rows(rows), thesaurus).frame
    return {
        tuple(int(key[1:]) for key in part["key"])
        for _, part in found.group_by("group", maintain_order=True)
    }


def test_gleiche_sache_mit_anderen_woertern_steht_zusammen():
    assert groups(
        "Es fehlen Deutschkurse mit Kinderbetreuung für Mütter",
        "Sprachkurs für Frauen mit Kita-Platz",
        "Der Bus fährt abends nicht",
    ) == {(0, 1), (2,)}


def test_ein_tippfehler_trennt_nicht():
    assert groups("Selbsthilfegruppe für Väter", "Selbsthilfegrupe für Väter") == {(0, 1)}


def test_dasselbe_angebot_fuer_andere_menschen_bleibt_getrennt():
    assert groups("Sprachkurs für Frauen abends", "Sprachkurs für Jugendliche") == {(0,), (1,)}


@pytest.mark.parametrize("field", [2, 3, 4])
def test_nur_was_im_selben_feld_steht_wird_verglichen(field):
    one = ["s000", "Sprachkurs", "sprache", "frauen", "09473112"]
    other = ["s001", *one[1:]]
    other[field] = None
    assert together([tuple(one), tuple(other)]) == {(0,), (1,)}


def test_eine_kette_von_nachbarn_ist_keine_gruppe():
    own = Thesaurus({word: [word] for word in ("Alpha", "Bravo", "Charly", "Delta")})
    assert groups("Alpha Bravo", "Bravo Charly", "Charly Delta", thesaurus=own) != {(0, 1, 2)}


def test_ein_wort_zaehlt_auch_im_zusammengesetzten_ein_kurzes_nur_allein():
    own = Thesaurus({"kurs": ["Deutschkurs"], "amt": ["Amt"]})
    assert own.concepts("Abenddeutschkurse im Gesamtpaket") == {"kurs"}


def test_jede_wendung_des_mitgelieferten_verzeichnisses_wird_erkannt():
    assert shipped().concepts("Bitte den Antrag: Anträge ausfüllen!") == {"Behörden"}
    assert shipped().concepts("Betreuung der Kinder") >= {"Kinderbetreuung", "Kinder"}


WORDS = st.sampled_from(["Kurs", "Bus", "Frauen", "Kita", "Arzt", "abends", "Verein", "Amt"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=7)


@given(TEXTS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_die_reihenfolge_der_eingabe_aendert_nichts(texts, random):
    rows = [(f"s{n:03}", text, "t", None, None) for n, text in enumerate(texts)]
    mixed = random.sample(rows, len(rows))
    first, second = (group_statements(Statements.from_rows(r)).frame for r in (rows, mixed))
    assert first.equals(second)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_gleicher_wortlaut_steht_immer_zusammen_und_gruppen_sind_im_mittel_aehnlich(texts):
    found = group_statements(
        Statements.from_rows((f"s{n:03}", text, "t", None, None) for n, text in enumerate(texts))
    ).frame
    by_text = {}
    for text, group in zip(texts, found["group"], strict=True):
        by_text.setdefault(text, set()).add(group)
    assert all(len(one) == 1 for one in by_text.values())
    for _, part in found.group_by("group"):
        if part.height > 1:
            assert part["likeness"].mean() >= SAME - 1e-9
