"""Axes of charts begin and end at round numbers, hold every value and have few lines."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.web.site.charts import Point, over_time, span_of, step_of

AMOUNTS = st.decimals("-9999", "99999", places=2).map(float)


def point(value):
    return Point(date(2016, 1, 1), value, value)


@given(st.lists(AMOUNTS, min_size=1, max_size=4))
def test_die_achse_haelt_alle_werte_und_die_null_mit_hoechstens_sechs_linien(values):
    low, high = span_of([point(one) for one in values])
    step = step_of((low, high))
    assert low <= min(0, *values) + 1e-6
    assert high >= max(0, *values) - 1e-6
    for end in (low, high):
        assert end / step == pytest.approx(round(end / step), abs=1e-6)
    assert 1 <= round((high - low) / step) <= 6


@pytest.mark.parametrize(
    ("value", "said"),
    [(15.6, ["0", "5", "10", "15", "20"]), (0.9, ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
     (0, ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
     (9100, ["0", "2.000", "4.000", "6.000", "8.000", "10.000"])],
)  # fmt: skip
def test_an_der_achse_stehen_runde_zahlen(value, said):
    drawn = over_time([point(value)], unit="", name="")
    assert re.findall(r'<text[^>]*text-anchor="end"[^>]*>([^<]*)<', drawn)[:-1] == said
