"""Sitze verteilen: genau, und ein Gleichstand steht da, statt still entschieden zu werden."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.apportionment import Apportionment, apportion
from gelingen.errors import UserError
from gelingen.terms.selection import SeatMethod

SAINTE_LAGUE, DHONDT, HARE = SeatMethod
DIVISORS = {SAINTE_LAGUE: Fraction(1, 2), DHONDT: Fraction(1)}
VOTES = st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any)
FEW = st.integers(0, 6)


def named(votes):
    return {f"g{number}": weight for number, weight in enumerate(votes)}


def seats_of(votes, seats, method):
    found = apportion(named(votes), seats, method)
    assert not found.open
    return list(found.certain.values())


def allowed(votes, seats, method):
    """Every way of sharing out that the rule allows, by its definition."""
    ways = [way for way in product(range(seats + 1), repeat=len(votes)) if sum(way) == seats]
    if method is HARE:
        shares = [Fraction(weight * seats, sum(votes)) for weight in votes]
        off = {way: sum((a - b) ** 2 for a, b in zip(way, shares, strict=True)) for way in ways}
        return {way for way in ways if off[way] == min(off.values())}
    shift = DIVISORS[method]
    return {
        way
        for way in ways
        if all(
            votes[giver] / (way[giver] - 1 + shift) >= votes[taker] / (way[taker] + shift)
            for giver, taker in product(range(len(votes)), repeat=2)
            if way[giver]
        )
    }


def offered(found):
    """Every way that a result leaves: what is certain, and a choice among those tied."""
    return {
        tuple(seats + (party in more) for party, seats in found.certain.items())
        for more in combinations(found.tied, found.open)
    }


@pytest.mark.parametrize(
    ("method", "expected"),
    [(SAINTE_LAGUE, [4, 3, 3]), (DHONDT, [5, 3, 2]), (HARE, [4, 3, 3])],
)
def test_drei_gruppen_und_zehn_sitze_von_hand_gerechnet(method, expected):
    # d'Hondt: der zehnte Sitz geht an 416/5 = 83,2, nicht an 246/3 = 82 und nicht an 330/4 = 82,5.
    assert seats_of([416, 330, 246], 10, method) == expected


def test_um_den_letzten_sitz_steht_ein_gleichstand_da():
    found = apportion({"A": 3, "B": 3, "C": 1}, 3, DHONDT)
    assert found == Apportionment({"A": 1, "B": 1, "C": 0}, 1, ("A", "B"))


def test_ein_gleichstand_ueber_mehrere_sitze_nennt_alle_die_gleich_viel_anspruch_haben():
    found = apportion({"A": 5, "B": 5, "C": 5, "D": 1}, 2, SAINTE_LAGUE)
    assert found == Apportionment({"A": 0, "B": 0, "C": 0, "D": 0}, 2, ("A", "B", "C"))
    assert apportion({"A": 5, "B": 5, "C": 5}, 4, HARE).open == 1


@pytest.mark.parametrize("method", SeatMethod)
@given(votes=VOTES, seats=FEW)
def test_offen_bleibt_genau_was_die_regel_offen_laesst(method, votes, seats):
    weights = [Fraction(weight) for weight in votes]
    assert offered(apportion(named(votes), seats, method)) == allowed(weights, seats, method)


@pytest.mark.parametrize("method", SeatMethod)
@given(votes=VOTES, seats=st.integers(0, 5000), times=st.integers(2, 9))
def test_nur_das_verhaeltnis_zaehlt_und_niemand_wird_am_namen_erkannt(method, votes, seats, times):
    found = apportion(named(votes), seats, method)
    assert sum(found.certain.values()) + found.open == seats
    assert apportion({p: w * times for p, w in named(votes).items()}, seats, method) == found
    turned = apportion(dict(reversed(named(votes).items())), seats, method)
    assert (turned.certain, set(turned.tied)) == (found.certain, set(found.tied))


@pytest.mark.parametrize("method", DIVISORS)
@given(votes=VOTES, seats=st.integers(0, 200))
def test_ein_sitz_mehr_nimmt_bei_teilern_niemandem_etwas(method, votes, seats):
    before = apportion(named(votes), seats, method)
    after = apportion(named(votes), seats + 1, method)
    assert all(after.certain[party] >= before.certain[party] for party in before.certain)


def test_bei_hare_niemeyer_kann_ein_sitz_mehr_einen_kosten():
    assert seats_of([6, 6, 2], 10, HARE) == [4, 4, 2]
    assert seats_of([6, 6, 2], 11, HARE) == [5, 5, 1]


@pytest.mark.parametrize("method", SeatMethod)
def test_viele_plaetze_nach_einem_schluessel_gehen_genau_auf(method):
    key = {"A": Decimal("12.96662"), "B": Decimal("15.53327"), "C": Decimal("71.50011")}
    assert apportion(key, 10_000_000, method).certain == {"A": 1296662, "B": 1553327, "C": 7150011}


@pytest.mark.parametrize("method", SeatMethod)
def test_ohne_gewicht_kein_sitz_und_ohne_gewichte_keine_verteilung(method):
    assert seats_of([0, 4], 3, method) == [0, 3]
    assert seats_of([0, 0], 0, method) == [0, 0]
    with pytest.raises(UserError, match="Ohne Stimmen"):
        apportion({"A": 0}, 1, method)
    for weights, seats in (({"A": -1, "B": 2}, 1), ({"A": 1}, -1)):
        with pytest.raises(UserError, match="nicht negativ"):
            apportion(weights, seats, method)
