"""Einbindung: wer allein arbeitet, was das Netz zusammenhält, wer nebeneinander arbeitet."""

from datetime import date, timedelta
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.specs import rows, table

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.measures import measure, modularity, surroundings
from gelingen.analysis.picture import draw
from gelingen.analysis.schema import Actors, Reach, Responsibilities, Structures, Ties

ON = date(2020, 6, 1)
ASKED = "organisation | asked\na | true\nb | true\nc | true\nd | false"


def isolation(ties, actors=ASKED, *, on=ON, inventory=None, **more):
    return find_isolation(
        table(Actors, actors), table(Ties, ties), inventory or Inventory(), on=on, **more
    )


def test_wer_befragt_ist_und_mit_niemandem_arbeitet_ist_isoliert_wer_nicht_befragt_ist_unbekannt():
    found = isolation("tie | a | b\nt1 | a | b")
    assert rows(found.actors, "organisation", "state", "partners") == [
        ("a", "connected", 1),
        ("b", "connected", 1),
        ("c", "isolated", 0),
        ("d", "not_known", 0),
    ]
    assert rows(found.figures, "isolated", "not_known", "components") == [(1, 1, 2)]


def test_eine_nicht_befragte_organisation_die_andere_nennen_ist_verbunden():
    found = isolation("tie | a | b | reported_by\nt1 | a | d | a")
    assert rows(found.actors, "organisation", "state")[-1] == ("d", "connected")


def test_wer_nur_in_einer_angabe_vorkommt_gilt_als_nicht_befragt():
    found = isolation("tie | a | b\nt1 | a | x")
    assert rows(found.actors, "organisation", "sector", "asked")[-1] == ("x", "unknown", False)
    assert "Nur in Angaben zur Zusammenarbeit genannt: 1; sie gelten als nicht befragt." in (
        found.basis.assumptions
    )


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2019, 12, 31), "isolated"),
        (date(2020, 1, 1), "connected"),
        (date(2020, 12, 31), "connected"),
        (date(2021, 1, 1), "isolated"),
    ],
)
def test_zusammenarbeit_gilt_vom_ersten_bis_zum_letzten_tag(on, state):
    ties = "tie | a | b | starts | ends\nt1 | a | b | 2020-01-01 | 2021-01-01"
    assert rows(isolation(ties, on=on).actors, "state")[0] == (state,)


def test_nennt_nur_eine_befragte_seite_die_zusammenarbeit_ist_sie_einseitig():
    ties = """
        tie | a | b | reported_by
        t1  | a | b | a
        t2  | c | a | b
        t3  | b | c | both
        t4  | d | b | b
        """
    found = rows(isolation(ties).one_sided, "told_by", "other", "other_asked", "evidence")
    assert found == [("a", "b", True, "t1"), ("a", "c", True, "t2"), ("b", "d", False, "t4")]


def test_nennen_beide_seiten_verschiedene_arten_ist_die_zusammenarbeit_bestaetigt():
    ties = """
        tie | a | b | reported_by | kind
        t1  | a | b | a           | information
        t2  | b | a | a           | funding
        """
    found = isolation(ties)
    assert len(found.one_sided) == 0
    assert rows(found.ties, "a", "b", "told_by_a", "told_by_b", "kinds", "evidence") == [
        ("a", "b", True, True, "funding;information", "t1;t2")
    ]


def test_was_eine_dritte_stelle_belegt_ist_nicht_einseitig():
    ties = "tie | a | b | reported_by\nt1 | a | b | a\nt2 | a | b | third"
    assert len(isolation(ties).one_sided) == 0
    assert rows(isolation(ties).figures, "ties", "confirmed") == [(1, 1)]


def test_zusammenarbeit_mit_sich_selbst_zaehlt_nicht():
    assert rows(isolation("tie | a | b\nt1 | a | a").actors, "state")[0] == ("isolated",)


def test_wer_zwei_teile_zusammenhaelt_ist_eine_bruecke():
    ties = "tie | a | b\nt1 | a | b\nt2 | b | c\nt3 | b | d"
    found = rows(isolation(ties).actors, "organisation", "bridge", "parts", "between")
    assert found == [
        ("a", False, 1, 0.0),
        ("b", True, 3, 1.0),
        ("c", False, 1, 0.0),
        ("d", False, 1, 0.0),
    ]


def test_die_groesste_gruppe_ist_teilnetz_eins_und_unbekannte_haben_keines():
    actors = "organisation | asked\na | true\nb | true\nc | true\nd | true\ne | false\nf | true"
    ties = "tie | a | b\nt1 | c | d\nt2 | d | f\nt3 | a | b"
    assert rows(isolation(ties, actors).actors, "component") == [
        (2,),
        (2,),
        (1,),
        (1,),
        (None,),
        (1,),
    ]


SECTORS = """
    organisation | sector | asked
    a            | Amt    | true
    b            | Amt    | true
    c            | Verein | true
    d            | Verein | false
    e            | Verein | false
    """


def test_die_dichte_zaehlt_nur_paare_mit_einer_befragten_seite():
    ties = "tie | a | b\nt1 | a | b\nt2 | b | c\nt3 | d | e"
    found = isolation(ties, SECTORS)
    assert rows(found.blocks, "sector_a", "sector_b", "pairs", "unknown", "ties", "density") == [
        ("Amt", "Amt", 1, 0, 1, 1.0),
        ("Amt", "Verein", 6, 0, 1, pytest.approx(1 / 6)),
        ("Verein", "Verein", 3, 1, 0, 0.0),
    ]
    assert rows(found.figures, "density", "density_inside", "density_between") == [
        (pytest.approx(2 / 9), pytest.approx(1 / 3), pytest.approx(1 / 6))
    ]


def test_ist_niemand_befragt_gibt_es_keine_dichte():
    silent = "organisation | asked\na | false\nb | false"
    found = isolation("tie | a | b\nt1 | a | b", silent)
    assert rows(found.figures, "ties", "density") == [(1, None)]


@pytest.mark.parametrize(
    ("ties", "outward"),
    [("t1 | a | b", -1.0), ("t1 | a | c", 1.0), ("t1 | a | b\nt2 | a | c", 0.0), ("", None)],
)
def test_die_aussenorientierung_vergleicht_fremde_und_eigene_art(ties, outward):
    found = isolation(f"tie | a | b\n{ties}".strip(), SECTORS)
    assert rows(found.figures, "outward") == [(outward,)]


def side_by_side(owners, reach=None):
    structures = Structures.from_rows(
        [(f"s{n}", owner, "delivers", *[None] * 8) for n, owner in enumerate(owners)]
    )
    cells = reach or [(f"s{n}", "sprache", "frauen", "09473") for n in range(len(owners))]
    return Inventory(structures=structures, reach=Reach.from_rows(cells))


@pytest.mark.parametrize(
    ("ties", "parallel"),
    [
        ("", 1.0),
        ("t1 | a | b", 0.0),
        ("t1 | a | c\nt2 | c | b", 0.0),
        ("t1 | a | c\nt2 | c | d\nt3 | d | b", 1.0),
    ],
)
def test_gleiche_arbeit_ohne_gemeinsamen_partner_ist_nebeneinander(ties, parallel):
    found = isolation(f"tie | a | b\n{ties}".strip(), inventory=side_by_side("ab"))
    assert rows(found.figures, "parallel", "parallel_unknown") == [(parallel, 0.0)]
    expected = [("s0", "s1", "apart", 1.0)] if parallel else []
    assert rows(found.parallel, "a", "b", "state", "score") == expected


def test_ueber_nicht_befragte_wird_kein_nebeneinander_behauptet():
    found = isolation("tie | a | b", inventory=side_by_side("ad"))
    assert rows(found.figures, "parallel", "parallel_unknown") == [(None, 1.0)]
    assert rows(found.parallel, "state") == [("not_known",)]


def test_der_anteil_nebeneinander_misst_sich_an_den_befragten():
    found = isolation("tie | a | b", inventory=side_by_side("abd"))
    assert rows(found.figures, "parallel", "parallel_unknown") == [(1.0, pytest.approx(2 / 3))]


def test_das_nebeneinander_wiegt_nach_aehnlichkeit():
    reach = [
        ("s0", "sprache", "frauen", "09473"),
        ("s1", "sprache", "frauen", "09473"),
        ("s2", "sprache", "frauen", "09473"),
        ("s0", "beruf", "frauen", "09473"),
    ]
    found = isolation("tie | a | b\nt1 | b | c", inventory=side_by_side("abc", reach))
    near = 0.75**0.25
    assert rows(found.figures, "parallel") == [(pytest.approx(2 * near / (2 * near + 1)),)]


def test_isoliert_im_themenfeld_ist_wer_dort_mit_niemandem_arbeitet():
    inventory = side_by_side(
        "aad",
        [
            ("s0", "sprache", "frauen", "09473"),
            ("s1", "wohnen", "frauen", "09473"),
            ("s2", "sprache", "frauen", "09473"),
        ],
    )
    ties = "tie | a | b | topic\nt1 | a | b | sprache"
    held = table(Responsibilities, "responsibility | organisation | topic\nz1 | b | sprache")
    found = isolation(ties, inventory=inventory, responsibilities=held)
    assert rows(found.fields, "organisation", "topic", "state", "partners", "evidence") == [
        ("a", "sprache", "connected", 1, "s0"),
        ("a", "wohnen", "isolated", 0, "s1"),
        ("b", "sprache", "connected", 1, "z1"),
        ("d", "sprache", "not_known", 0, "s2"),
    ]


def test_zusammenarbeit_ohne_thema_gilt_in_jedem_themenfeld():
    inventory = side_by_side("a")
    found = isolation(
        "tie | a | b\nt1 | a | b".replace("\n", " | topic\n", 1) + " |", inventory=inventory
    )
    assert rows(found.fields, "state") == [("connected",)]


KITE = [
    (0, 1),
    (0, 2),
    (0, 3),
    (0, 5),
    (1, 3),
    (1, 4),
    (1, 6),
    (2, 3),
    (2, 5),
    (3, 4),
    (3, 5),
    (3, 6),
    (4, 6),
    (5, 6),
    (5, 7),
    (6, 7),
    (7, 8),
    (8, 9),
]


def test_der_drachen_von_krackhardt_hat_die_veroeffentlichten_werte():
    # Krackhardt 1990: node 7 has the highest betweenness, 0.389; 7 and 8 hold the tail.
    names = [str(n) for n in range(10)]
    ties = [(str(a), str(b)) for a, b in KITE]
    found = measure(names, ties)
    assert found.density == pytest.approx(0.4)
    between = dict(found.nodes.select("organisation", "between").rows())
    assert between["7"] == pytest.approx(14 / 36)
    assert max(between, key=between.get) == "7"
    bridges = found.nodes.filter("bridge")["organisation"].to_list()
    assert bridges == ["7", "8"]
    around = {row[0]: row[1:] for row in surroundings(names, ties).rows()}
    assert around["9"][:2] == (pytest.approx(1.0), pytest.approx(1.0))
    assert around["3"][1] == pytest.approx(10 / 3)
    assert found.transitivity == pytest.approx(33 / 57)


def test_zwei_getrennte_dreiecke_sind_zur_haelfte_besser_geteilt_als_der_zufall():
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    groups = dict(zip("abcdef", "xxxyyy", strict=True))
    assert modularity(ties, groups) == pytest.approx(0.5)


def test_ein_leeres_netz_hat_keine_werte_und_kein_bild():
    found = find_isolation(Actors.empty(), Ties.empty(), Inventory(), on=ON)
    assert rows(found.figures, "actors", "ties", "density", "outward", "parallel") == [
        (0, 0, None, None, None)
    ]
    assert len(draw([], [])) == 0


# Few values each: the same pair has to be told more than once and by different sides.
FIRST = date(2024, 1, 1)
days = st.integers(0, 3).map(lambda n: FIRST + timedelta(days=n))
names = "abcde"
ties_ = st.lists(
    st.tuples(
        st.sampled_from(names),
        st.sampled_from(names),
        st.sampled_from(["a", "b", "both", "third"]),
        st.tuples(st.none() | days, st.none() | days).filter(lambda p: None in p or p[0] < p[1]),
    ),
    max_size=6,
)
asked_ = st.tuples(*[st.booleans()] * 5)


def reachable(start, pairs, without=None):
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for pair in pairs:
            if here in pair:
                (there,) = set(pair) - {here}
                if there not in seen and there != without:
                    seen.add(there)
                    waiting.append(there)
    return seen


@settings(max_examples=200, deadline=None)
@given(ties_, asked_, days)
def test_stimmt_mit_der_zeilenweise_gelesenen_regel_ueberein(ties, asked, on):
    found = find_isolation(
        Actors.from_rows([(n, "Verein", None, was) for n, was in zip(names, asked, strict=True)]),
        Ties.from_rows(
            [
                (f"t{n}", a, b, "information", None, None, told, *period)
                for n, (a, b, told, period) in enumerate(ties)
            ]
        ),
        Inventory(),
        on=on,
    )

    told = {}
    for a, b, by, (starts, ends) in ties:
        if a != b and (starts is None or starts <= on) and (ends is None or on < ends):
            who = {"a": {a}, "b": {b}, "both": {a, b}, "third": {"third"}}[by]
            told.setdefault(tuple(sorted((a, b))), set()).update(who)
    partners = {n: [p for p in told if n in p] for n in names}
    was_asked = dict(zip(names, asked, strict=True))
    expected = [
        (n, "connected" if partners[n] else "isolated" if was_asked[n] else "not_known")
        for n in names
    ]
    assert rows(found.actors, "organisation", "state") == expected
    lone = sorted(
        (by, *(set(pair) - {by}))
        for pair, who in told.items()
        if len(who) == 1 and "third" not in who
        for by in who
    )
    assert rows(found.one_sided, "told_by", "other") == lone
    for n, bridge in rows(found.actors, "organisation", "bridge"):
        others = reachable(n, told) - {n}
        split = any(b not in reachable(a, told, n) for a, b in combinations(sorted(others), 2))
        assert bridge == split
    surveyed = [p for p in combinations(names, 2) if was_asked[p[0]] or was_asked[p[1]]]
    density = sum(p in told for p in surveyed) / len(surveyed) if surveyed else None
    assert rows(found.figures, "density", "ties") == [
        (None if density is None else pytest.approx(density), len(told))
    ]


@settings(max_examples=40, deadline=None)
@given(ties_, st.integers(0, 3))
def test_das_bild_liegt_im_rahmen_und_ist_bei_gleichem_netz_dasselbe(ties, seed):
    pairs = [(a, b) for a, b, *_ in ties if a != b]
    first, second = draw(list(names), pairs, seed=seed), draw(list(names[::-1]), pairs, seed=seed)
    assert first.frame.equals(second.frame)
    assert rows(first, "organisation") == [(n,) for n in names]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in rows(first, "x", "y"))
    assert len(set(rows(first, "x", "y"))) == len(names)


@pytest.mark.parametrize(
    ("since", "state"),
    [("2020-05-31", "isolated"), ("2020-06-01", "isolated"), ("2020-06-02", "not_known")],
)
def test_wer_erst_nach_dem_stichtag_gefragt_wird_gilt_am_stichtag_nicht_als_befragt(since, state):
    found = isolation("tie | a | b", f"organisation | asked_since\na | {since}\nb |")
    assert rows(found.actors, "organisation", "state") == [("a", state), ("b", "isolated")]
    assert rows(found.figures, "asked") == [(1 + (state == "isolated"),)]


def test_die_spalten_zu_befragung_und_ende_duerfen_in_dateien_fehlen():
    given = pl.DataFrame({"organisation": ["a"], "sector": [""], "above": [None], "asked": [True]})
    assert Actors(given).frame.select("asked_since", "ends").rows() == [(None, None)]


@pytest.mark.parametrize(
    ("ends", "names"), [("2020-06-01", ["b"]), ("2020-06-02", ["a", "b"]), ("", ["a", "b"])]
)
def test_eine_organisation_die_es_nicht_mehr_gibt_steht_nicht_mehr_im_netz(ends, names):
    found = isolation("tie | a | b", f"organisation | ends\na | {ends}\nb |")
    assert found.actors.frame["organisation"].to_list() == names
