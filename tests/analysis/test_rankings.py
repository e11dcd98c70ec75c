"""Viele Reihungen, eine Rangfolge: Borda, Kemeny, Schulze."""

from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.selection.kemeny import LISTED, kemeny
from gelingen.analysis.selection.rankings import Opinion, borda, schulze, tally
from gelingen.errors import UserError

KEYS = "abcde"


@st.composite
def profiles(draw):
    """Up to five candidates; opinions name some of them, several may share a place."""
    keys = KEYS[: draw(st.integers(1, 5))]
    opinions = []
    for _ in range(draw(st.integers(0, 4))):
        named = draw(st.permutations(keys))[draw(st.integers(0, 2)) :]
        cuts = [0, *sorted(draw(st.sets(st.integers(1, 4)))), len(named)]
        places = [tuple(named[a:b]) for a, b in pairwise(cuts) if named[a:b]]
        opinions.append(Opinion(tuple(places), draw(st.integers(0, 3))))
    return keys, opinions


def strict(text, weight=1):
    return Opinion(tuple((key,) for key in text), weight)


def rank(opinion, key):
    """Say on which place somebody stands; not named is behind all."""
    places = [number for number, place in enumerate(opinion.places) if key in place]
    return places[0] if places else len(opinion.places)


def prefer(opinions, a, b):
    return sum(one.weight for one in opinions if rank(one, a) < rank(one, b))


def agreement(opinions, order):
    return sum(
        prefer(opinions, a, b) for number, a in enumerate(order) for b in order[number + 1 :]
    )


def all_best(keys, opinions):
    orders = list(permutations(sorted(keys)))
    best = max(agreement(opinions, order) for order in orders)
    return best, [order for order in orders if agreement(opinions, order) == best]


@settings(max_examples=150, deadline=None)
@given(profiles())
def test_kemeny_nennt_alle_reihenfolgen_die_am_meisten_uebereinstimmen(profile):
    found = kemeny(tally(*profile))
    score, orders = all_best(*profile)
    assert (found.score, found.count) == (score, len(orders))
    assert list(found.rankings) == orders


@settings(max_examples=100, deadline=None)
@given(profiles())
def test_kemeny_findet_auch_als_programm_eine_beste_und_sagt_dass_nicht_gezaehlt_wurde(profile):
    found = kemeny(tally(*profile), small=1)
    score, orders = all_best(*profile)
    assert found.score == score
    assert found.rankings[0] in orders
    assert found.count in {None, len(orders)}
    for a, b in found.swaps:
        first = list(found.rankings[0])
        one, other = first.index(a), first.index(b)
        first[one], first[other] = b, a
        assert tuple(first) in orders


@settings(max_examples=150, deadline=None)
@given(profiles())
def test_borda_zaehlt_wer_darunter_steht_und_gleiche_halb(profile):
    keys, opinions = profile
    expected = {
        key: sum(
            one.weight
            * sum(
                Fraction(1 + (rank(one, key) < rank(one, b)) - (rank(one, key) > rank(one, b)), 2)
                for b in keys
                if b != key
            )
            for one in opinions
        )
        for key in sorted(keys)
    }
    found = borda(tally(*profile))
    assert found.points == expected
    assert [expected[place[0]] for place in found.places] == sorted({*expected.values()})[::-1]
    assert all(len({expected[key] for key in place}) == 1 for place in found.places)


def strongest(opinions, keys, a, b):
    """Try all paths; a path is as strong as its weakest step, a step as the side that wins it."""
    others = [key for key in keys if key not in {a, b}]
    ways = [w for n in range(len(others) + 1) for w in permutations(others, n)]

    def step(x, y):
        return prefer(opinions, x, y) if prefer(opinions, x, y) > prefer(opinions, y, x) else 0

    return max(min(step(x, y) for x, y in pairwise((a, *way, b))) for way in ways)


@settings(max_examples=100, deadline=None)
@given(profiles())
def test_schulze_stellt_nach_oben_wer_den_staerkeren_weg_hat(profile):
    keys, opinions = profile
    found = schulze(tally(*profile))
    place = {key: number for number, some in enumerate(found.places) for key in some}
    assert sorted(place) == sorted(keys)
    beaten = {key: set() for key in keys}
    for a, b in permutations(sorted(keys), 2):
        if strongest(opinions, keys, a, b) > strongest(opinions, keys, b, a):
            assert place[a] < place[b]
            beaten[b].add(place[a])
    # Niemand steht tiefer, als es jemand auf dem Platz darüber verlangt.
    assert all(place[key] == 0 or place[key] - 1 in beaten[key] for key in keys)


@settings(max_examples=100, deadline=None)
@given(profiles())
def test_wer_jeden_vergleich_gewinnt_steht_bei_kemeny_und_schulze_allein_vorn(profile):
    counted = tally(*profile)
    if counted.winner is not None:
        assert schulze(counted).places[0] == (counted.winner,)
        assert all(order[0] == counted.winner for order in kemeny(counted).rankings)
        assert counted.balance[counted.winner] == len(counted.keys) - 1


def test_die_hauptstadt_von_tennessee():
    # Memphis, Nashville, Chattanooga, Knoxville: das Lehrbuchbeispiel.
    voters = [strict("mnck", 42), strict("nckm", 26), strict("cknm", 15), strict("kcnm", 17)]
    counted = tally("mnck", voters)
    assert borda(counted).points == {"m": 126, "n": 194, "c": 173, "k": 107}
    best = kemeny(counted)
    assert (best.score, best.rankings, best.count) == (393, (tuple("nckm"),), 1)
    assert schulze(counted).places == (("n",), ("c",), ("k",), ("m",))


def test_was_in_einer_reihung_fehlt_wird_gesagt():
    counted = tally("abc", [strict("abc"), strict("a"), Opinion(())])
    assert counted.incomplete == (1, 2)
    assert counted.prefer.tolist() == [[0, 2, 2], [0, 0, 1], [0, 0, 0]]


def test_ohne_meinungen_sind_alle_gleich_und_das_wird_gezaehlt():
    found = kemeny(tally([f"m{n}" for n in range(8)], []))
    assert found.count == 40_320
    assert len(found.rankings) == LISTED
    assert len(found.swaps) == 7
    assert schulze(tally("abc", [])).places == (("a", "b", "c"),)


def test_auch_viele_im_kreis_werden_genau_gereiht():
    # Drei Gruppen, die einander im Kreis schlagen; in jeder ist die Reihenfolge einig.
    keys = [f"{group}{n}" for group in "abc" for n in range(5)]
    opinions = [
        Opinion(tuple((key,) for group in turn for key in keys if key[0] == group), weight)
        for turn, weight in (("abc", 4), ("bca", 3), ("cab", 2))
    ]
    found = kemeny(tally(keys, opinions))
    assert found.rankings[0] == tuple(keys)
    assert found.count is None
    assert found.score == 9 * 30 + 25 * (6 + 4 + 7)


def test_hundertfuenfzig_mit_wenigen_genannten_werden_gereiht():
    keys = [f"m{n:03}" for n in range(150)]
    random = np.random.default_rng(1)
    opinions = [strict(random.permutation(keys)[:10].tolist()) for _ in range(3)]
    found = kemeny(tally(keys, opinions))
    assert sorted(found.rankings[0]) == keys
    assert found.swaps


@pytest.mark.parametrize("opinion", [strict("aa"), strict("z"), strict("a", -1)])
def test_was_keine_reihung_sein_kann_wird_abgewiesen(opinion):
    with pytest.raises(UserError):
        tally("ab", [opinion])
