"""Numbers and words agree."""

import pytest

from gelingen.reports.counting import agree, counted, listed, shortened


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "0 Strukturen stehen"), (1, "1 Struktur steht"), (1200, "1.200 Strukturen stehen")],
)
def test_zahl_hauptwort_und_verb_stimmen_ueberein(amount, said):
    noun = counted(amount, "Struktur", "Strukturen")
    assert f"{noun} {agree(amount, 'steht', 'stehen')}" == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")],
)
def test_aufzaehlungen_enden_mit_und(names, said):
    assert listed(names) == said


def test_lange_aufzaehlungen_nennen_den_rest_als_zahl():
    assert listed(["A", "B", "C", "D"], most=2) == "A, B und 2 weitere"


def test_ein_langer_text_wird_an_einem_wort_gekuerzt():
    assert shortened("Beratung für Familien", 13) == "Beratung …"
    assert shortened("Beratung", 8) == "Beratung"
