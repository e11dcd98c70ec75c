"""What people type finds what is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.search.matching import HOLDS, choose, like


def found(typed, *names):
    return choose(typed, names, text=str, names=str)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sprachcaffee", "Sprachcafé 1"),
        ("sprach café", "Sprachcafé"),
        ("Sprachcafe", "Sprach-Café"),
        ("Sprach-Cafe", "Sprachcafé"),
        ("Ärzte", "Aerzte ohne Grenzen"),
        ("Arzte", "Ärzte ohne Grenzen"),
        ("AWO", "Arbeiterwohlfahrt Kreisverband Coburg"),
        ("Arbeiterwohlfahrt", "AWO KV Coburg"),
        ("vhs", "Volkshochschule Coburg Stadt und Land"),
        ("BAMF", "Bundesamt für Migration und Flüchtlinge"),
        ("IHK", "Industrie- und Handelskammer zu Coburg"),
        ("KEB", "Katholische Erwachsenenbildung Bezirk Coburg"),
        ("LZF", "Lokales Zentrum für Familien"),
        ("lrätz", "Landräteztreff Lraetzhausen"),
        ("jugendmigration", "JMD"),
        ("kreis verband", "Kreisverband"),
        ("fb 21", "FB 21 Soziales"),
        ("Strasse", "Straße"),
    ],
)
def test_another_spelling_is_a_hit(typed, name):
    assert like(typed, name) >= HOLDS


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("AWO", "Wohnraumlotse"),
        ("FB 21", "FB 22 Familienbüro"),
        ("Coburg AWO", "Caritas Coburg"),
        ("Jobcenter", "Jugendamt"),
        ("AG", "Tagespflege"),
    ],
)
def test_something_else_is_no_hit(typed, name):
    assert like(typed, name) < HOLDS


def test_slips_of_the_pen_find_what_is_near_only_if_nothing_fits():
    assert found("Jobcneter", "Jobcenter", "Jugendamt").items == ["Jobcenter"]
    assert found("Jobcneter", "Jobcenter", "Jugendamt").near
    exact = found("Kurs", "Kurt", "Kurs A")
    assert (exact.items, exact.near) == (["Kurs A"], False)


def test_units_with_numbers_are_never_taken_for_each_other():
    assert found("FB 23", "FB 21", "FB 22").items == []


def test_if_nothing_comes_near_the_likeliest_name_is_proposed():
    choice = found("Schprahkafee", "Sprachcafé", "Jobcenter")
    assert (choice.items, choice.proposal) == ([], "Sprachcafé")
    assert found("xyzw", "Sprachcafé", "Jobcenter").proposal == ""


def test_nothing_typed_is_everything():
    assert found("  - ", "b", "a").items == ["b", "a"]


words = st.text("abcdeäöüß", min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=3))
def test_every_name_is_found_by_itself_and_by_its_words_in_any_order(parts):
    name = " ".join(parts)
    assert like(name, name) >= HOLDS
    assert like(" ".join(reversed(parts)), name) >= HOLDS


@given(words, words)
def test_doubled_letters_change_nothing(word, name):
    assert like("".join(letter * 2 for letter in word), name) == like(word, name)
