"""Auswahl mit gleichen Anteilen: wer zahlt was, was gleichauf liegt, was übrig bleibt."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.selection.ballots import Ballots
from gelingen.analysis.selection.shares import equal_shares, greedy, phragmen
from gelingen.errors import UserError
from gelingen.terms.selection import Completion

COSTS = {"Sprachcafé": 1500, "Stadtteilmütter": 6000, "Mietberatung": 4000, "Jobbörse": 4000}
GROUPS = Ballots(
    COSTS,
    {
        "Sprache": {"Sprachcafé": 1, "Stadtteilmütter": 1},
        "Wohnen": {"Stadtteilmütter": 1, "Mietberatung": 1},
        "Arbeit": {"Jobbörse": 1},
    },
)


def test_jede_gruppe_zahlt_aus_ihrem_anteil_was_sie_will_und_gibt_nie_mehr_als_sie_hat():
    found = equal_shares(GROUPS, 12000)
    assert found.chosen == ("Sprachcafé", "Stadtteilmütter", "Jobbörse")
    assert found.payments == {
        "Sprachcafé": {"Sprache": 1500},
        "Stadtteilmütter": {"Sprache": 2500, "Wohnen": 3500},
        "Jobbörse": {"Arbeit": 4000},
    }
    assert found.left == {"Sprache": 0, "Wohnen": 500, "Arbeit": 0}
    assert found.together("Mietberatung") == 500


def test_wer_alles_gegeben_hat_zahlt_nicht_mehr_mit():
    points = {name: dict(given) for name, given in GROUPS.points.items()}
    points["Sprache"]["Fest"] = Fraction(1, 10)
    points["Arbeit"] = {"Fest": 1}
    found = equal_shares(Ballots({**COSTS, "Fest": 3900}, points), 12000)
    assert found.chosen == ("Sprachcafé", "Stadtteilmütter", "Fest")
    assert found.payments["Fest"] == {"Arbeit": 3900}
    assert found.left == {"Sprache": 0, "Wohnen": 500, "Arbeit": 100}


def test_zaehlt_der_nutzen_nach_kosten_kommt_das_kleine_nicht_zuerst():
    found = equal_shares(GROUPS, 12000, by_cost=True)
    assert found.chosen == ("Stadtteilmütter", "Jobbörse")
    assert found.payments["Stadtteilmütter"] == {"Sprache": 3000, "Wohnen": 3000}
    assert found.left == {"Sprache": 1000, "Wohnen": 1000, "Arbeit": 0}


@pytest.mark.parametrize(
    ("completion", "expected"),
    [
        (Completion.NONE, []),
        # Das Sprachcafé und die Mietberatung haben gleich viele Punkte; nur eines passt noch.
        (Completion.RANKING, ["Sprachcafé"]),
        (Completion.PHRAGMEN, ["Sprachcafé"]),
        (Completion.INCREASE, ["Sprachcafé"]),
    ],
)
def test_was_uebrig_bleibt_geht_weiter_wie_gewuenscht(completion, expected):
    found = equal_shares(GROUPS, 12000, by_cost=True, completion=completion)
    assert sorted(found.chosen) == sorted(["Stadtteilmütter", "Jobbörse", *expected])
    assert [each.candidate for each in found.completed] == (
        [] if completion is Completion.INCREASE else expected
    )
    assert found.spread == (13560 if completion is Completion.INCREASE else 12000)


def test_der_satz_einer_runde_steht_in_geld_und_punkten():
    half = Fraction(1, 2)
    ballots = Ballots(
        {"A": half, "B": 1},
        {"g": {"A": half, "B": half}, "h": {"A": half}},
        {"g": half, "h": half},
    )
    # A kostet 1/2 und hat 1/2 Punkt, je zur Hälfte von g und h.
    assert [each.rate for each in equal_shares(ballots, 1).rounds] == [1]
    assert [each.rate for each in equal_shares(ballots, 1, by_cost=True).rounds] == [2]
    assert [each.rate for each in phragmen(ballots, 2)] == [half, Fraction(5, 2)]
    assert [each.rate for each in greedy(ballots, 2)] == [half, Fraction(1, 4)]
    assert [each.rate for each in greedy(ballots, 2, per_cost=True)] == [1, Fraction(1, 4)]
    by_points = equal_shares(ballots, 2, completion=Completion.RANKING)
    assert [each.rate for each in by_points.completed] == [Fraction(1, 4)]
    # g hat nach A noch 3/4 und braucht 1; mit Gewicht 1 wäre das Doppelte zu verdienen.
    saved = equal_shares(ballots, 2, completion=Completion.PHRAGMEN)
    assert [each.rate for each in saved.completed] == [half]


def test_gleichstand_steht_in_der_runde_und_die_reihenfolge_entscheidet():
    same = Ballots({"A": 3, "B": 3, "C": 1}, {"g": {"A": 2, "B": 2}, "h": {"C": 1}})
    for order, first in (("ABC", "A"), ("CBA", "B")):
        found = equal_shares(same, 6, order=order)
        assert found.chosen == ("C", first)
        assert [(each.candidate, each.tied) for each in found.ties] == [(first, ("A", "B"))]


def test_ein_gleichstand_nach_dem_beide_gewaehlt_sind_ist_keiner_mehr():
    found = equal_shares(Ballots({"A": 1, "B": 1}, {"g": {"A": 1, "B": 1}}), 2)
    assert [each.tied for each in found.rounds] == [("A", "B"), ("B",)]
    assert found.ties == ()


def test_auch_tausendstel_cent_machen_keinen_falschen_gleichstand():
    # Als Gleitkommazahl liegen die Preise von A und B nicht auseinander.
    close = Ballots({"A": 10**18 + 1, "B": 10**18}, {"g": {"A": 1, "B": 1}})
    found = equal_shares(close, 10**18 + 1)
    assert (found.chosen, found.ties) == (("B",), ())


def test_wem_ein_cent_fehlt_der_zahlt_was_er_hat_auch_bei_billiarden():
    # Nach A hat g eins weniger als B von jedem braucht: als Gleitkommazahl ist das dasselbe.
    share = 10**17
    ballots = Ballots({"A": 1, "B": 2 * share - 1}, {"g": {"A": 1, "B": 1}, "h": {"B": 1}})
    found = equal_shares(ballots, 2 * share)
    assert found.payments == {"A": {"g": 1}, "B": {"g": share - 1, "h": share}}
    assert found.left == {"g": 0, "h": 0}


def test_wem_ein_cent_fehlt_der_bekommt_nichts():
    share = 10**17
    ballots = Ballots({"A": 1, "B": share}, {"g": {"A": 1, "B": 1}, "h": {}})
    assert equal_shares(ballots, 2 * share).chosen == ("A",)
    assert equal_shares(ballots, 2 * share).together("B") == share - 1
    assert equal_shares(ballots, 2 * share + 2).chosen == ("A", "B")


def test_anteile_steigen_in_den_gewuenschten_schritten():
    one = Ballots({"A": 3}, {"g": {"A": 1}, "h": {}})
    assert equal_shares(one, 4, completion=Completion.INCREASE, step=3).spread == 7
    assert equal_shares(one, 4, completion=Completion.INCREASE).spread == 6
    assert equal_shares(one, 2, completion=Completion.INCREASE).chosen == ()


def test_geschenktes_wird_gewaehlt_wenn_jemand_es_will():
    free = Ballots({"A": 0, "B": 0, "C": 1}, {"g": {"A": 1}, "h": {}})
    assert equal_shares(free, 0).chosen == ("A",)
    assert equal_shares(free, 1).payments == {"A": {}}
    assert equal_shares(free, 0, by_cost=True).chosen == ("A",)


def test_falsche_eingaben_werden_genannt():
    with pytest.raises(UserError, match="Budget"):
        equal_shares(GROUPS, -1)
    with pytest.raises(UserError, match="mehr als 0"):
        equal_shares(GROUPS, 1, step=0)
    with pytest.raises(UserError, match="Reihenfolge"):
        equal_shares(GROUPS, 1, order=["Jobbörse"])
    with pytest.raises(UserError, match="nicht negativ"):
        Ballots({"A": 1}, {"g": {"A": -1}})
    with pytest.raises(UserError, match="nicht zur Wahl steht: B"):
        Ballots({"A": 1}, {"g": {"B": 1}})


# Kleine Wahlen: wenige Werte, damit es oft Gleichstände gibt und Geld genau aufgeht.
NAMES = ("A", "B", "C", "D")
COST = st.sampled_from([1, 2, 3, Fraction(5, 2)])


POINTS, ALIKE = st.integers(0, 3), st.just(1)


@st.composite
def elections(draw, points=POINTS, weights=ALIKE):
    costs = {name: draw(COST) for name in NAMES[: draw(st.integers(1, 4))]}
    voters = [f"v{number}" for number in range(draw(st.integers(1, 4)))]
    given = {voter: {name: each for name in costs if (each := draw(points))} for voter in voters}
    return Ballots(costs, given, {voter: draw(weights) for voter in voters})


BUDGET = st.integers(0, 9)
APPROVALS = elections(points=st.integers(0, 1))


def price(cost, purses, points):
    """The lowest price per point at which the supporters together reach the cost."""
    for most in sorted({purses[v] / each for v, each in points.items()}):
        poor = [v for v, each in points.items() if purses[v] < most * each]
        rich = [v for v in points if v not in poor]
        rate = (cost - sum(purses[v] for v in poor)) / Fraction(sum(points[v] for v in rich))
        if rate <= most:
            return rate
    return None


def shares_by_definition(ballots, budget, by_cost):
    """Buy round by round, with a purse for each unit of weight of each voter."""
    units = {v: ballots.weights.get(v, 1) for v in ballots.points}
    purses = {(v, n): Fraction(budget, sum(units.values())) for v in units for n in range(units[v])}
    paid, waiting = {}, list(ballots.costs)
    while True:
        rates = {}
        for name in waiting:
            points = {(v, n): ballots.points[v].get(name, 0) for v, n in purses}
            points = {unit: each for unit, each in points.items() if each}
            if sum(purses[unit] for unit in points) >= ballots.costs[name] and points:
                rate = price(ballots.costs[name], purses, points)
                rates[name] = rate / (ballots.costs[name] if by_cost else 1), rate, points
        if not rates:
            return paid
        name = min(rates, key=lambda each: rates[each][0])
        waiting.remove(name)
        paid[name] = {}
        for (voter, number), each in rates[name][2].items():
            pays = min(purses[voter, number], rates[name][1] * each)
            purses[voter, number] -= pays
            paid[name][voter] = paid[name].get(voter, 0) + pays


def above_zero(payments):
    return {name: {v: each for v, each in paid.items() if each} for name, paid in payments.items()}


@settings(max_examples=300, deadline=None)
@given(elections(weights=st.integers(1, 3)), BUDGET, st.booleans())
def test_gekauft_und_gezahlt_wird_genau_wie_es_die_regel_sagt(ballots, budget, by_cost):
    found = equal_shares(ballots, budget, by_cost=by_cost)
    expected = shares_by_definition(ballots, budget, by_cost)
    assert found.chosen == tuple(expected)
    assert found.payments == above_zero(expected)


@settings(max_examples=200, deadline=None)
@given(elections(), BUDGET, st.sampled_from(Completion))
def test_zahlungen_ergeben_die_kosten_und_niemand_zahlt_mehr_als_seinen_anteil(
    ballots, budget, completion
):
    found = equal_shares(ballots, budget, completion=completion)
    for name, paid in found.payments.items():
        assert sum(paid.values()) == ballots.costs[name]
        assert all(ballots.points[voter].get(name) for voter in paid)
    for voter, left in found.left.items():
        spent = sum(paid.get(voter, 0) for paid in found.payments.values())
        assert left >= 0
        assert spent + left == found.spread / len(ballots.points)
    assert sum(ballots.costs[name] for name in found.chosen) <= budget
    assert len(set(found.chosen)) == len(found.chosen)


def wanted(ballots):
    return {name for points in ballots.points.values() for name in points}


@settings(max_examples=200, deadline=None)
@given(elections(), BUDGET, st.sampled_from([*Completion][1:]))
def test_wird_weiter_ausgegeben_bleibt_nichts_gewuenschtes_das_noch_passt(
    ballots, budget, completion
):
    found = equal_shares(ballots, budget, completion=completion)
    rest = budget - sum(ballots.costs[name] for name in found.chosen)
    assert all(ballots.costs[name] > rest for name in wanted(ballots) - set(found.chosen))
    assert set(found.chosen) <= wanted(ballots)


def subsets(things):
    return chain.from_iterable(combinations(things, n) for n in range(1, len(things) + 1))


@settings(max_examples=150, deadline=None)
@given(elections(), st.integers(1, 9), st.booleans())
def test_wer_zusammen_genug_anteil_hat_bekommt_seinen_wunsch_bis_auf_einen(
    ballots, budget, by_cost
):
    # EJR bis auf ein Vorhaben: Peters, Pierczyński und Skowron 2021, Satz 2.
    chosen = set(equal_shares(ballots, budget, by_cost=by_cost).chosen)

    def gain(voter, names):
        points = ballots.points[voter]
        return sum(points.get(n, 0) * (ballots.costs[n] if by_cost else 1) for n in names)

    for group in subsets(ballots.points):
        for names in subsets(ballots.costs):
            share = Fraction(budget * len(group), len(ballots.points))
            if sum(ballots.costs[name] for name in names) <= share:
                due = sum(min(gain(voter, [name]) for voter in group) for name in names)
                assert any(
                    gain(voter, chosen) >= due
                    or any(gain(voter, chosen | {name}) > due for name in names)
                    for voter in group
                )


@settings(max_examples=100, deadline=None)
@given(elections(weights=st.integers(1, 3)), BUDGET)
def test_gewicht_drei_ist_wie_dreimal_dieselbe_stimme_und_namen_zaehlen_nicht(ballots, budget):
    copies = {
        f"{number} {voter}": points
        for voter, points in reversed(ballots.points.items())
        for number in range(ballots.weights[voter])
    }
    whole, split = (
        equal_shares(ballots, budget),
        equal_shares(Ballots(ballots.costs, copies), budget),
    )
    assert whole.rounds == split.rounds


TIMES = st.sampled_from([1, Fraction(1, 7), 10**30 + 1])


@settings(max_examples=100, deadline=None)
@given(elections(), BUDGET, TIMES, TIMES)
def test_nur_das_verhaeltnis_der_punkte_und_gewichte_zaehlt(ballots, budget, times, heavier):
    points = {v: {n: each * times for n, each in p.items()} for v, p in ballots.points.items()}
    scaled = Ballots(ballots.costs, points, dict.fromkeys(points, heavier))
    found = equal_shares(scaled, budget)
    assert found.payments == equal_shares(ballots, budget).payments
    assert found.left == equal_shares(ballots, budget).left


def phragmen_by_definition(ballots, budget):
    """Let all earn until the first group can pay; stop at what exceeds the budget."""
    since = dict.fromkeys(ballots.points, Fraction(0))
    waiting = [name for name in ballots.costs if ballots.costs[name] <= budget]
    chosen = {}
    while True:
        times = {}
        for name in waiting:
            fans = [voter for voter, points in ballots.points.items() if points.get(name)]
            if fans:
                total = ballots.costs[name] + sum(since[voter] for voter in fans)
                times[name] = Fraction(total) / len(fans)
        tied = [name for name in times if times[name] == min(times.values())]
        spent = sum(ballots.costs[name] for name in chosen)
        if not tied or any(spent + ballots.costs[name] > budget for name in tied):
            return chosen
        chosen[tied[0]] = times[tied[0]]
        waiting.remove(tied[0])
        for voter, points in ballots.points.items():
            since[voter] = times[tied[0]] if points.get(tied[0]) else since[voter]


@settings(max_examples=200, deadline=None)
@given(elections(), BUDGET)
def test_bei_phragmen_kauft_wer_zuerst_zusammen_genug_verdient_hat(ballots, budget):
    found = [(each.candidate, each.rate) for each in phragmen(ballots, budget)]
    assert found == list(phragmen_by_definition(ballots, budget).items())


def test_wann_bei_phragmen_gekauft_wird_haengt_davon_ab_wer_zuletzt_nichts_hatte():
    wants = {"a": "AC", "b": "A", "c": "BC", "d": "B", "e": "B"}
    points = {voter: dict.fromkeys(names, 1) for voter, names in wants.items()}
    found = phragmen(Ballots(dict.fromkeys("ABC", 1), points), 3)
    assert [(each.candidate, each.rate) for each in found] == [
        ("B", Fraction(1, 3)),
        ("A", Fraction(1, 2)),
        ("C", Fraction(11, 12)),
    ]


def test_bei_phragmen_ist_schluss_sobald_etwas_gleich_schnelles_nicht_mehr_passt():
    points = {"a": {"A": 1}, "b": {"B": 1}, "c": {"B": 1}, "d": {"C": 1}, "e": {"C": 1}}
    ballots = Ballots({"A": 1, "B": 2, "C": 1}, points)
    assert [each.tied for each in phragmen(ballots, 4)] == [("C",), ("A", "B"), ("B",)]
    assert [each.candidate for each in phragmen(ballots, 2)] == ["C"]


@settings(max_examples=100, deadline=None)
@given(APPROVALS, st.integers(0, 4))
def test_kostet_alles_gleich_viel_nimmt_ein_platz_mehr_bei_phragmen_niemandem_etwas(ballots, seats):
    same = Ballots(dict.fromkeys(ballots.costs, 1), ballots.points)
    assert phragmen(same, seats + 1)[: len(phragmen(same, seats))] == phragmen(same, seats)


def points_of(ballots, name):
    return sum(ballots.weights[voter] * p.get(name, 0) for voter, p in ballots.points.items())


@settings(max_examples=200, deadline=None)
@given(elections(weights=st.integers(0, 2)), BUDGET, st.booleans(), st.booleans())
def test_nach_punkten_kommt_wer_am_meisten_hat_und_noch_passt(ballots, budget, per_cost, unwanted):
    scores = {
        name: Fraction(points_of(ballots, name)) / (cost if per_cost else 1)
        for name, cost in ballots.costs.items()
    }
    expected, left = [], budget
    for name in sorted(scores, key=scores.get, reverse=True):
        if ballots.costs[name] <= left and (scores[name] or unwanted):
            expected.append(name)
            left -= ballots.costs[name]
    found = greedy(ballots, budget, per_cost=per_cost, unwanted=unwanted)
    assert [each.candidate for each in found] == expected
    assert [each.rate for each in found] == [scores[name] for name in expected]


def test_was_nichts_kostet_steht_je_euro_vorn():
    ballots = Ballots({"A": 1, "B": 0}, {"g": {"A": 9, "B": 1}})
    assert [each.candidate for each in greedy(ballots, 1, per_cost=True)] == ["B", "A"]
