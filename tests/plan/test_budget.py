"""Geld und Personal des Plans nach Kalenderjahren, gesichert und offen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import world

from gelingen.plan.budget import Cost, Span, budget, costs

FIRST, UNTIL = date(2017, 1, 1), date(2020, 1, 1)
WHOLE = Cost("m", "Kurs", date(2017, 1, 1), date(2019, 1, 1), 1000, 3000, fte=2.0)


def years(*given_costs):
    return {one.year: one for one in budget(given_costs, starts=FIRST, ends=UNTIL)}


def test_ohne_bewilligung_ist_alles_offen():
    found = years(WHOLE)
    assert (found[2017].secured, found[2017].open) == (Span(), Span(1000, 3000))
    assert (found[2017].fte_secured, found[2017].fte_open) == (0, 2)
    assert found[2019].shares == ()


def test_bis_zum_ende_der_bewilligung_ist_das_geld_gesichert():
    until = Cost(**{**fields(WHOLE), "funding_ends": date(2018, 7, 2)})
    found = years(until)
    assert (found[2017].secured, found[2017].open) == (Span(1000, 3000), Span())
    part = 182 / 365
    assert found[2018].secured.high == pytest.approx(3000 * part)
    assert found[2018].open.high == pytest.approx(3000 * (1 - part))


def fields(cost):
    return {name: getattr(cost, name) for name in cost.__slots__}


def test_einmalige_kosten_fallen_im_jahr_des_beginns_an():
    once = Cost("m", "Umbau", date(2018, 3, 1), date(2020, 1, 1), once_low=500, once_high=500)
    found = years(once)
    assert [found[year].open for year in (2017, 2018, 2019)] == [Span(), Span(500, 500), Span()]
    secured = years(Cost(**{**fields(once), "funding_ends": date(2018, 4, 1)}))
    assert secured[2018].secured == Span(500, 500)
    over = years(Cost(**{**fields(once), "funding_ends": date(2018, 3, 1)}))
    assert over[2018].open == Span(500, 500)


def test_einmalige_kosten_von_frueher_zaehlen_nicht_mehr():
    begun = Cost("m", "Umbau", date(2016, 3, 1), None, once_low=500, once_high=500)
    assert all(one.open == Span() for one in years(begun).values())


def test_ist_nur_ein_ende_der_spanne_genannt_gilt_es_fuer_beide():
    found = years(Cost("m", "Kurs", FIRST, date(2018, 1, 1), year_low=1000))
    assert found[2017].open == Span(1000, 1000)


def test_jeder_betrag_nennt_die_massnahmen_dahinter():
    found = years(WHOLE, Cost("n", "Treff", FIRST, UNTIL))
    assert [one.measure for one in found[2017].shares] == ["m"]


@pytest.mark.django_db
def test_aufgegebene_massnahmen_kosten_nichts():
    world.measure(key="a", cost_year_low=10, cost_year_high=10)
    world.measure(key="b", cost_year_low=10, cost_year_high=10, maturity="dropped")
    assert [one.measure for one in costs(world.OPERATOR, world.tenant())] == ["a"]


DAYS = st.none() | st.integers(-400, 1500).map(lambda days: FIRST + timedelta(days))


@given(DAYS, DAYS, DAYS)
def test_gesichert_und_offen_stimmen_mit_dem_zaehlen_tag_fuer_tag(starts, ends, funding):
    if starts and ends and starts >= ends:
        return
    cost = Cost("m", "Kurs", starts, ends, 365.0, 365.0, funding_ends=funding)
    found = years(cost)
    for year, length in ((2017, 365), (2018, 365), (2019, 365)):
        days = [date(year, 1, 1) + timedelta(at) for at in range(length)]
        runs = [day for day in days if (not starts or day >= starts) and (not ends or day < ends)]
        paid = [day for day in runs if funding and day < funding]
        assert found[year].secured.low == pytest.approx(len(paid))
        assert found[year].open.low == pytest.approx(len(runs) - len(paid))
