"""Bewertungsbögen: Median, Mittel, Streuung, Enthaltungen und die Punkte einer Maßnahme."""

from fractions import Fraction
from statistics import mean, median, pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.selection.scores import Criterion, Mark, points, summarise
from gelingen.errors import UserError

F = Fraction
BENEFIT = Criterion("nutzen", F(2), F(0), F(5))
EFFORT = Criterion("aufwand", F(1), F(1), F(5), falling=True)
BOTH = [BENEFIT, EFFORT]


def sheet(candidate, criterion, *values):
    """Give one value after the other; None abstains."""
    return [
        Mark(f"g{n}", candidate, criterion, None if value is None else F(value))
        for n, value in enumerate(values)
    ]


def test_wer_sich_enthaelt_zaehlt_weder_dafuer_noch_dagegen():
    first, second = summarise(BOTH, sheet("m", "nutzen", 5, None, 2, 1, 4))
    assert (first.number, first.abstained) == (4, 1)
    assert (first.median, first.mean, first.variance) == (3, 3, F(5, 2))
    assert (first.lowest, first.highest) == (1, 5)
    assert first.spread == pytest.approx(1.5811388)
    assert (second.criterion, second.number, second.median, second.spread) == (
        "aufwand",
        0,
        None,
        None,
    )


def test_punkte_sind_gewichtete_lagen_auf_den_skalen_und_wenig_aufwand_ist_gut():
    given = [*sheet("m", "nutzen", 4, 4, 1), *sheet("m", "aufwand", 1, 2, 5)]
    (found,) = points(BOTH, summarise(BOTH, given))
    assert found.parts == {"nutzen": 80, "aufwand": 75}
    assert found.total == F(2 * 80 + 75, 3)
    assert found.rounded == F(7833, 100)
    (by_mean,) = points(BOTH, summarise(BOTH, given), by="mean")
    assert by_mean.total == F(2 * 60 + F(5833, 100), 3)


def test_ein_kriterium_ohne_angabe_wird_genannt_und_die_anderen_zaehlen_dafuer():
    marks = [*sheet("m", "nutzen", 3), *sheet("m", "aufwand", None), *sheet("n", "nutzen", None)]
    one, other = points(BOTH, summarise(BOTH, marks))
    assert (one.total, one.missing) == (60, ("aufwand",))
    assert (other.total, other.rounded, other.missing) == (None, None, ("nutzen", "aufwand"))


def test_gerundet_wird_auf_zwei_stellen_halbe_nach_oben():
    fine = Criterion("fein", F(1), F(0), F(20_000))
    (found,) = points([fine], summarise([fine], sheet("m", "fein", 1)))
    assert (found.parts, found.total) == ({"fein": F(1, 100)}, F(1, 100))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.fractions(0, 5, max_denominator=4)), min_size=1, max_size=6
    ).flatmap(lambda values: st.tuples(st.just(values), st.permutations(values)))
)
def test_die_kennzahlen_sind_die_des_lehrbuchs_und_die_reihenfolge_zaehlt_nicht(both):
    values, mixed = both
    (found,) = summarise([BENEFIT], sheet("m", "nutzen", *values))
    assert summarise([BENEFIT], sheet("m", "nutzen", *mixed)) == [found]
    rated = [value for value in values if value is not None]
    assert (found.number, found.abstained) == (len(rated), len(values) - len(rated))
    if rated:
        assert (found.median, found.mean) == (median(rated), mean(rated))
        assert found.variance == pvariance(rated)


@pytest.mark.parametrize(
    "marks",
    [
        sheet("m", "nutzen", 6),
        sheet("m", "aufwand", 0),
        sheet("m", "anderes", 1),
        sheet("m", "nutzen", 1) * 2,
        sheet("m", "nutzen", None) * 2,
    ],
)
def test_was_nicht_auf_die_skala_gehoert_oder_doppelt_ist_wird_abgewiesen(marks):
    with pytest.raises(UserError):
        summarise(BOTH, marks)
