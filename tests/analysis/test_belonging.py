"""Zugehörigkeit: was über einer Organisation steht, und was mit ihr endet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.specs import table

from gelingen.analysis.belonging import end_with, ends_of, lines
from gelingen.analysis.schema import Actors, Ties
from gelingen.analysis.tables import TableError

FIRST, LAST = date(2020, 1, 1), date(2021, 1, 1)


def actors(*rows):
    return Actors.from_rows([(key, "", above, True, None, ends) for key, above, ends in rows])


def test_eine_einheit_endet_spaetestens_mit_der_organisation_ueber_ihr():
    found = ends_of(
        actors(
            ("amt", None, LAST),
            ("referat", "amt", None),
            ("frueh", "amt", FIRST),
            ("v", None, None),
        )
    )
    assert found == {"amt": LAST, "referat": LAST, "frueh": FIRST}


def test_die_linie_nennt_die_naechste_organisation_zuerst():
    found = lines(actors(("team", "referat", None), ("referat", "amt", None)))
    assert found["team"] == ("team", "referat", "amt")


def test_wer_zu_sich_selbst_gehoert_wird_gemeldet():
    with pytest.raises(TableError, match="„a“ gehört zu sich selbst"):
        lines(actors(("a", "b", None), ("b", "a", None)))


days = st.one_of(st.none(), st.integers(0, 4).map(lambda n: date(2020, 1, 1 + n)))


@given(
    st.lists(st.tuples(st.sampled_from("pq"), st.sampled_from("pq"), days, days), max_size=4),
    st.dictionaries(st.sampled_from("pq"), days.filter(bool)),
)
def test_eine_zeile_gilt_genau_so_lange_wie_sie_selbst_und_alles_woran_sie_haengt(given_rows, over):
    ties = Ties.from_rows(
        [
            (str(n), a, b, "", None, None, "both", starts, ends)
            for n, (a, b, starts, ends) in enumerate(given_rows)
        ]
    )
    found = end_with(ties, over, by=("a", "b")).frame.select("starts", "ends").rows()
    for on in (date(2020, 1, 1 + n) for n in range(6)):
        for (starts, ends), (a, b, first, end) in zip(found, given_rows, strict=True):
            held = (
                (first or date.min)
                <= on
                < min(end or date.max, over.get(a, date.max), over.get(b, date.max))
            )
            assert ((starts or date.min) <= on < (ends or date.max)) == held


def test_ohne_enden_bleibt_die_tabelle_wie_sie_ist():
    ties = table(Ties, "tie | a | b\nt | a | b")
    assert end_with(ties, {}, by=("a", "b")) is ties
