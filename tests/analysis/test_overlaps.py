"""Überschneidungen: wer dasselbe tut, und ob es mehr ist als nötig."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.specs import rows, structures, table

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes
from gelingen.analysis.overlaps import find_overlaps
from gelingen.analysis.schema import (
    Actors,
    GroupLinks,
    Needs,
    Reach,
    Structures,
    Ties,
    TopicTree,
    Tranches,
)
from gelingen.terms.vocabulary import Scenario

ON = date(2020, 6, 1)
BOTH = structures("x", "y", permanence="standing", capacity=20.0, measure="Plätze")
SAME_REACH = table(Reach, "structure\nx\ny")


def overlaps(*columns, kept=BOTH, reach=SAME_REACH, threshold=0.0, on=ON, **more):
    extra = {
        name: more.pop(name) for name in ("ties", "actors", "groups_", "places") if name in more
    }
    sizes = {"groups": extra.pop("groups_")} if "groups_" in extra else {}
    scenario = more.pop("scenario", Scenario.SECURED)
    inventory = Inventory(structures=kept, reach=reach, **more)
    found = find_overlaps(
        inventory, on=on, scenario=scenario, threshold=threshold, **extra, **sizes
    )
    return rows(found.pairs, *columns)


def test_wer_dasselbe_am_selben_ort_fuer_dieselben_tut_gleicht_sich_ganz():
    assert overlaps("a", "b", "score", "topics", "target_groups", "places") == [
        ("x", "y", 1.0, "sprache", "frauen", "09473")
    ]


def test_strukturen_mit_verschiedener_funktion_ueberschneiden_sich_nicht():
    mixed = Structures.from_rows(
        [
            (name, "o", function, *[None] * 8)
            for name, function in (("x", "delivers"), ("y", "advises"))
        ]
    )
    assert overlaps("score", kept=mixed) == []


@pytest.mark.parametrize("column", ["topic", "target_group", "place"])
def test_ohne_gemeinsames_thema_oder_gruppe_oder_ort_gibt_es_keine_ueberschneidung(column):
    reach = table(Reach, f"structure | {column}\nx | 09473112\ny | 09463000")
    assert overlaps("score", reach=reach) == []


def test_unterthemen_desselben_themas_sind_halb_so_nah():
    topics = table(TopicTree, "topic | above\nsprache |\nalpha | sprache\nberuf | sprache")
    reach = table(Reach, "structure | topic\nx | alpha\ny | beruf")
    assert overlaps("same_topics", "topics", reach=reach, topics=topics) == [(0.5, "alpha;beruf")]


def test_das_obere_thema_ist_dem_unteren_zu_zwei_dritteln_nah():
    topics = table(TopicTree, "topic | above\nsprache |\nalpha | sprache")
    reach = table(Reach, "structure | topic\nx | sprache\ny | alpha")
    assert overlaps("same_topics", reach=reach, topics=topics) == [(pytest.approx(2 / 3),)]


def test_gemeinsame_gruppen_zaehlen_als_teil_der_kleineren_seite():
    reach = table(
        Reach, "structure | target_group\nx | frauen\nx | jugend\ny | frauen\ny | alte\ny | jugend"
    )
    assert overlaps("same_groups", reach=reach) == [(1.0,)]
    part = table(Reach, "structure | target_group\nx | frauen\nx | jugend\ny | frauen\ny | alte")
    assert overlaps("same_groups", reach=part) == [(0.5,)]


def test_sind_die_gruppen_gezaehlt_wiegen_sie_nach_personen():
    reach = table(Reach, "structure | target_group\nx | frauen\nx | jugend\ny | frauen\ny | alte")
    sizes = GroupSizes.from_rows([("frauen", 300.0), ("jugend", 100.0), ("alte", 500.0)])
    assert overlaps("same_groups", reach=reach, groups_=sizes) == [(0.75,)]


def test_fehlt_eine_gruppengroesse_wird_gezaehlt_und_das_gesagt():
    reach = table(Reach, "structure | target_group\nx | frauen\nx | jugend\ny | frauen\ny | alte")
    sizes = GroupSizes.from_rows([("frauen", 300.0)])
    found = find_overlaps(
        Inventory(structures=BOTH, reach=reach), on=ON, threshold=0.0, groups=sizes
    )
    assert rows(found.pairs, "same_groups") == [(0.5,)]
    assert found.basis.assumptions == (
        "Einwohner je Ort sind nicht durchweg bekannt; es zählt jeder Ort gleich.",
        "Personen je Zielgruppe sind nicht durchweg bekannt; es zählt jede Zielgruppe gleich.",
    )


def test_gruppen_mit_gemeinsamen_personen_zaehlen_zur_haelfte():
    reach = table(Reach, "structure | target_group\nx | frauen\ny | neue")
    links = GroupLinks.from_rows([("frauen", "neue"), ("neue", "frauen")])
    assert overlaps("same_groups", "target_groups", reach=reach, groups=links) == [
        (0.5, "frauen;neue")
    ]


def test_die_gemeinde_liegt_ganz_im_kreis():
    reach = table(Reach, "structure | place\nx | 09473\ny | 09473112")
    assert overlaps("same_places", "places", reach=reach) == [(1.0, "09473112")]


def test_orte_wiegen_nach_einwohnern():
    reach = table(
        Reach, "structure | place\nx | 09473112\nx | 09473120\ny | 09473112\ny | 09463000"
    )
    sizes = PlaceSizes.from_rows([("09473112", 9.0), ("09473120", 1.0), ("09463000", 41.0)])
    assert overlaps("same_places", reach=reach) == [(0.5,)]
    assert overlaps("same_places", reach=reach, places=sizes) == [(0.9,)]


def test_der_kreis_wiegt_mit_seinen_gemeinden_nicht_doppelt():
    reach = table(Reach, "structure | place\nx | 09473\nx | 09463000\ny | 09473\ny | 09471000")
    sizes = PlaceSizes.from_rows(
        [("09473", 100.0), ("09473112", 40.0), ("09463000", 50.0), ("09471000", 50.0)]
    )
    assert overlaps("same_places", reach=reach, places=sizes) == [(pytest.approx(2 / 3),)]


def test_stadt_und_kreis_sind_getrennte_gebiete_auch_bei_gemeinsamem_traeger():
    reach = table(Reach, "structure | place\nx | 09473\ny | 09463000")
    assert overlaps("score", reach=reach) == []


def period(*dates):
    rows_ = [
        (name, "o", "delivers", "standing", None, 20.0, None, "Plätze", None, *dates[n])
        for n, name in enumerate(("x", "y"))
    ]
    return Structures.from_rows(rows_)


def test_vorgaenger_und_nachfolger_ueberschneiden_sich_an_keinem_tag():
    kept = period((date(2015, 1, 1), ON), (ON, None))
    assert overlaps("score", kept=kept, on=ON) == []
    assert overlaps("score", kept=kept, on=ON - timedelta(1)) == []


def test_gemeinsame_tage_zaehlen_als_teil_der_kuerzeren_laufzeit():
    kept = period((date(2020, 1, 1), date(2020, 12, 31)), (date(2020, 4, 1), date(2020, 7, 10)))
    assert overlaps("same_days", kept=kept) == [(1.0,)]
    late = period((date(2020, 1, 1), date(2020, 7, 10)), (date(2020, 5, 31), date(2024, 1, 1)))
    assert overlaps("same_days", kept=late) == [(pytest.approx(40 / 191),)]


def test_ist_keine_laufzeit_ganz_bekannt_misst_ein_jahr_die_gemeinsamen_tage():
    kept = period((None, date(2020, 7, 10)), (date(2020, 5, 31), None))
    assert overlaps("same_days", kept=kept) == [(pytest.approx(40 / 365),)]


def test_der_wert_ist_das_geometrische_mittel_der_vier_teile():
    topics = table(TopicTree, "topic | above\nsprache |\nalpha | sprache\nberuf | sprache")
    reach = table(
        Reach,
        "structure | topic | target_group\nx | alpha | frauen\nx | alpha | jugend\n"
        "y | beruf | frauen\ny | beruf | alte",
    )
    assert overlaps("score", reach=reach, topics=topics) == [(pytest.approx(0.25**0.25),)]


def test_unter_der_schwelle_wird_nichts_gezeigt():
    reach = table(Reach, "structure | target_group\nx | frauen\nx | jugend\ny | frauen\ny | alte")
    assert overlaps("a", reach=reach, threshold=0.9) == []
    assert overlaps("a", reach=reach, threshold=0.8) == [("x",)]


def test_ohne_ein_gemeinsames_feld_ist_es_keine_ueberschneidung():
    crossed = table(
        Reach,
        "structure | topic | target_group\nx | sprache | frauen\nx | beruf | jugend\n"
        "y | sprache | jugend\ny | beruf | frauen",
    )
    assert overlaps("score", reach=crossed) == []


def needs(*quantities, measure="Plätze", kind="operational", place="09473"):
    return Needs.from_rows(
        [
            (f"b{n}", "sprache", "frauen", place, kind, None, q, None, measure, None, None, None)
            for n, q in enumerate(quantities)
        ]
    )


VERDICT = ("verdict", "excess", "needs")


def test_mehr_kapazitaet_als_bedarf_im_gemeinsamen_feld_ist_eine_doppelstruktur():
    assert overlaps(*VERDICT, needs=needs(30.0)) == [("duplicate", 10.0, "b0")]


@pytest.mark.parametrize("wanted", [(40.0,), (41.0,), (25.0, 25.0)])
def test_wo_beide_gebraucht_werden_ist_es_keine_doppelstruktur(wanted):
    assert overlaps("verdict", needs=needs(*wanted)) == [("needed",)]


def test_ohne_erfassten_bedarf_wird_nichts_behauptet():
    assert overlaps(*VERDICT) == [("not_known", None, "")]


def test_ohne_menge_des_bedarfs_wird_nichts_behauptet():
    assert overlaps(*VERDICT, needs=needs(5.0, None)) == [("not_known", None, "b0;b1")]


def test_ohne_kapazitaet_wird_nichts_behauptet():
    bare = structures("x", "y", permanence="standing", measure="Plätze")
    assert overlaps("verdict", kept=bare, needs=needs(5.0)) == [("not_known",)]


def test_bei_unbekannter_finanzierung_wird_nichts_behauptet():
    project = structures("x", "y", permanence="project", capacity=20.0, measure="Plätze")
    assert overlaps("verdict", kept=project, needs=needs(5.0)) == [("not_known",)]


def test_mengen_in_verschiedenem_mass_werden_nicht_verglichen():
    assert overlaps("verdict", needs=needs(5.0, measure="Stunden")) == [("not_known",)]


def test_strategische_bedarfe_gehen_erbringende_strukturen_nichts_an():
    assert overlaps("verdict", needs=needs(5.0, kind="strategic")) == [("not_known",)]


def test_was_eine_struktur_anderswo_leisten_muss_fehlt_im_gemeinsamen_feld():
    # x has 20 places for 10 shared and 90 own persons, so 2 fall on the shared need; y has 20.
    reach = table(Reach, "structure | place\nx | 09473\ny | 09473112")
    wanted = Needs.from_rows(
        [
            (
                "b0",
                "sprache",
                "frauen",
                "09473112",
                "operational",
                None,
                30.0,
                None,
                "Plätze",
                None,
                None,
                None,
            ),
            (
                "b1",
                "sprache",
                "frauen",
                "09473120",
                "operational",
                None,
                270.0,
                None,
                "Plätze",
                None,
                None,
                None,
            ),
        ]
    )
    assert overlaps(*VERDICT, reach=reach, needs=wanted) == [("needed", -8.0, "b0")]


def test_mit_spannen_ist_eine_doppelstruktur_auch_im_unguenstigsten_fall_eine():
    ranged = structures(
        "x",
        "y",
        permanence="standing",
        capacity_low=12.0,
        capacity=20.0,
        capacity_high=28.0,
        measure="Plätze",
    )
    found = ("verdict", "excess_low", "excess", "excess_high")
    assert overlaps(*found, kept=ranged, needs=needs(30.0)) == [("possible", -6.0, 10.0, 26.0)]
    assert overlaps(*found, kept=ranged, needs=needs(20.0)) == [("duplicate", 4.0, 20.0, 36.0)]


def test_auch_spannen_des_bedarfs_machen_den_ueberschuss_zur_spanne():
    # On the shared need fall of x: 20 * 10/70, 20 * 20/40 and 20 * 30/40; of y always 20.
    reach = table(Reach, "structure | place\nx | 09473\ny | 09473112")
    wanted = table(
        Needs,
        """
        need | place    | quantity_low | quantity | quantity_high | measure
        b0   | 09473112 | 10           | 20       | 30            | Plätze
        b1   | 09473120 | 10           | 20       | 60            | Plätze
        """,
    )
    ((verdict, *excess),) = overlaps(
        "verdict", "excess_low", "excess", "excess_high", reach=reach, needs=wanted
    )
    assert verdict == "possible"
    assert excess == pytest.approx([20 / 7 + 20 - 30, 10.0, 25.0])


def test_mindestens_so_viele_ist_nicht_genau_so_viele():
    at_least = table(Needs, "need | quantity_low | measure\nb | 10 | Plätze")
    kept = structures("x", "y", permanence="standing", capacity=20.0, measure="Plätze")
    found = ("verdict", "excess_low", "excess", "excess_high")
    assert overlaps(*found, kept=kept, needs=at_least) == [("possible", None, 30.0, 30.0)]

    open_offers = structures(
        "x", "y", permanence="standing", capacity_low=20.0, capacity=20.0, measure="Plätze"
    )
    assert overlaps(*found, kept=open_offers, needs=needs(10.0)) == [
        ("duplicate", 30.0, 30.0, None)
    ]


def test_eine_struktur_ohne_geld_ist_keine_doppelstruktur():
    kept = structures("x", "y", permanence="project", capacity=20.0, measure="Plätze")
    money = table(
        Tranches,
        "structure | state\nx | approved\ny | applied",
    )
    assert overlaps("verdict", kept=kept, tranches=money, needs=needs(5.0)) == [("needed",)]
    granted = overlaps(
        "verdict", kept=kept, tranches=money, needs=needs(5.0), scenario=Scenario.OPTIMISTIC
    )
    assert granted == [("duplicate",)]


def other_owner():
    return Structures.from_rows(
        [(name, owner, "delivers", *[None] * 8) for name, owner in (("x", "awo"), ("y", "vhs"))]
    )


@pytest.mark.parametrize(
    ("asked", "tied", "contact"),
    [
        ((True, True), False, "not_in_touch"),
        ((True, False), False, "not_known"),
        ((False, False), False, "not_known"),
        ((False, False), True, "in_touch"),
        ((True, True), True, "in_touch"),
    ],
)
def test_ob_sich_zwei_traeger_kennen_wird_nur_behauptet_wenn_beide_befragt_sind(
    asked, tied, contact
):
    actors = Actors.from_rows(
        [(name, "Verein", None, was) for name, was in zip(("awo", "vhs"), asked, strict=True)]
    )
    ties = table(Ties, "tie | a | b\nt1 | vhs | awo") if tied else Ties.empty()
    assert overlaps("contact", kept=other_owner(), actors=actors, ties=ties) == [(contact,)]


def test_beendete_zusammenarbeit_ist_kein_kontakt():
    actors = Actors.from_rows([(name, "Verein", None, True) for name in ("awo", "vhs")])
    ties = table(Ties, "tie | a | b | ends\nt1 | vhs | awo | 2020-06-01")
    assert overlaps("contact", kept=other_owner(), actors=actors, ties=ties) == [("not_in_touch",)]


def test_zwei_strukturen_eines_traegers_heissen_so():
    assert overlaps("contact") == [("same_organisation",)]


# Few values each: equal topics, groups and nested places have to meet often.
FIRST = date(2024, 1, 1)
days = st.integers(0, 3).map(lambda n: FIRST + timedelta(days=n))
cells = st.tuples(
    st.sampled_from(["t", "t1", "u"]),
    st.sampled_from(["g", "h"]),
    st.sampled_from(["1", "12", "2"]),
)
reach_ = st.lists(st.tuples(st.sampled_from("xyz"), cells), max_size=7).map(
    lambda found: sorted({(name, *cell) for name, cell in found})
)
quantities = st.sampled_from([None, 0.0, 1.0, 2.0, 3.0])
needs_ = st.lists(st.tuples(cells, quantities), max_size=3)
capacities = st.tuples(quantities, quantities, quantities)
ABOVE = {"t": None, "t1": "t", "u": None}


def sized(found):
    return Structures.from_rows(
        [
            (name, "o", "delivers", "standing", None, amount, None, "P", None, None, None)
            for name, amount in zip("xyz", found, strict=True)
        ]
    )


def wanted_table(found):
    return Needs.from_rows(
        [
            (f"b{n}", *cell, "operational", None, amount, None, "P", None, None, None)
            for n, (cell, amount) in enumerate(found)
        ]
    )


def serves(reach, name, cell):
    up = {cell[0], ABOVE[cell[0]]}
    return any(
        owner == name and topic in up and group == cell[1] and cell[2].startswith(place)
        for owner, topic, group, place in reach
    )


def defined_excess(reach, amounts, wanted, pair):
    """Read the rule need by need; None where something is not known."""
    own = {name: [n for n in wanted if serves(reach, name, n[0])] for name in pair}
    shared = [n for n in own[pair[0]] if n in own[pair[1]]]
    if not shared or any(amounts[name] is None for name in pair):
        return None
    if any(amount is None for name in pair for _, amount in own[name]):
        return None
    need = sum(amount for _, amount in shared)
    offered = 0.0
    for name in pair:
        total = sum(amount for _, amount in own[name])
        offered += amounts[name] * (need / total if total else 1.0)
    return offered - need


@settings(max_examples=150, deadline=None)
@given(reach_, capacities, needs_)
def test_der_ueberschuss_stimmt_mit_der_zeilenweise_gelesenen_regel_ueberein(
    reach, amounts, wanted
):
    wanted = [
        (cell, amount)
        for n, (cell, amount) in enumerate(wanted)
        if (cell, amount) not in wanted[:n]
    ]
    found = find_overlaps(
        Inventory(
            structures=sized(amounts),
            reach=Reach.from_rows(reach),
            needs=wanted_table(wanted),
            topics=TopicTree.from_rows(list(ABOVE.items())),
        ),
        on=FIRST,
        threshold=0.0,
    )
    amount = dict(zip("xyz", amounts, strict=True))
    for a, b, verdict, excess in rows(found.pairs, "a", "b", "verdict", "excess"):
        expected = defined_excess(reach, amount, wanted, (a, b))
        assert excess == (None if expected is None else pytest.approx(expected))
        if verdict == "duplicate":
            assert expected > 0
        assert (verdict == "not_known") == (expected is None)


@settings(max_examples=150, deadline=None)
@given(reach_)
def test_ein_paar_wird_genau_dann_gezeigt_wenn_beide_ein_feld_gemeinsam_haben(reach):
    found = find_overlaps(
        Inventory(
            structures=sized((None,) * 3),
            reach=Reach.from_rows(reach),
            topics=TopicTree.from_rows(list(ABOVE.items())),
        ),
        on=FIRST,
        threshold=0.0,
    )
    expected = {
        (a, b)
        for a, b in combinations("xyz", 2)
        for one in reach
        for other in reach
        if (one[0], other[0]) == (a, b)
        and (ABOVE[one[1]] or one[1]) == (ABOVE[other[1]] or other[1])
        and one[2] == other[2]
        and (one[3].startswith(other[3]) or other[3].startswith(one[3]))
    }
    assert set(rows(found.pairs, "a", "b")) == expected
    assert all(0 < score <= 1 for (score,) in rows(found.pairs, "score"))


@settings(max_examples=60, deadline=None)
@given(st.permutations("xyz"), reach_)
def test_die_reihenfolge_der_eintraege_aendert_nichts(order, reach):
    kept = sized((1.0, 2.0, 3.0))
    turned = Structures(kept.frame[["xyz".index(name) for name in order]])
    one, other = (
        find_overlaps(Inventory(structures=s, reach=Reach.from_rows(r)), on=FIRST, threshold=0.0)
        for s, r in ((kept, reach), (turned, reach[::-1]))
    )
    assert one.pairs.frame.equals(other.pairs.frame)
    assert one.basis.inputs_hash == other.basis.inputs_hash


@pytest.mark.parametrize(
    ("above", "contact"), [("vhs", "same_organisation"), ("dach", "not_in_touch")]
)
def test_eine_einheit_gehoert_zu_ihrer_organisation_zwei_einheiten_sind_zweierlei(above, contact):
    actors = Actors.from_rows(
        [("awo", "Amt", above, True), ("vhs", "Amt", "dach", True), ("dach", "Amt", None, True)]
    )
    assert overlaps("contact", kept=other_owner(), actors=actors) == [(contact,)]
