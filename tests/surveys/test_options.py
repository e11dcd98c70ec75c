"""Answers to choose from keep their codes as long as it can be told which one is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.surveys.options import codes_for

BEFORE = {"ja": "ja", "nein": "nein"}
LINES = st.lists(st.text(alphabet="ab Ä?\n", max_size=6), max_size=8)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["nein", "ja"], {"nein": "nein", "ja": "ja"}),
        (["ja", "eher nicht"], {"ja": "ja", "nein": "eher nicht"}),
        (["ja", "nein", "weiß nicht"], {**BEFORE, "weiss_nicht": "weiß nicht"}),
        (["nein"], {"nein": "nein"}),
        (
            ["Ja!", "nein", "vielleicht"],
            {"ja_2": "Ja!", "nein": "nein", "vielleicht": "vielleicht"},
        ),
        (["?", "!!", "ja"], {"antwort": "?", "antwort_2": "!!", "ja": "ja"}),
    ],
)
def test_was_gleich_bleibt_oder_an_seinem_platz_umformuliert_wird_behaelt_seinen_code(
    lines, wanted
):
    assert codes_for(lines, BEFORE) == wanted


@given(LINES, LINES)
def test_jede_zeile_bekommt_genau_einen_code_und_beim_zweiten_mal_denselben(before, lines):
    first = codes_for(before, {})
    found = codes_for(lines, first)
    assert list(found.values()) == list(dict.fromkeys(x.strip() for x in lines if x.strip()))
    assert codes_for(lines, found) == found
    assert all(found.get(code, words) == words for code, words in first.items() if words in lines)
