"""Needs of a county, asked in each of its municipalities."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.coverage import coverage
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import Needs, Reach, Structures, TopicTree
from gelingen.analysis.spread import spread_needs

PLACES = ("09473112", "09473121")


def need(key, place, quantity=None):
    return {
        "need": key, "topic": "sprache", "target_group": "frauen", "place": place,
        "kind": "operational", "quantity_low": quantity, "quantity": quantity,
        "quantity_high": quantity, "measure": "Plätze" if quantity else None, "severity": 3,
        "starts": None, "ends": None,
    }  # fmt: skip


def of(*needs):
    return Inventory(needs=Needs.from_rows(tuple(one.values()) for one in needs))


def rows(inventory):
    return inventory.needs.frame.select("need", "place", "quantity").rows()


def test_ein_bedarf_des_kreises_wird_in_jeder_gemeinde_ohne_menge_gefragt():
    spread = spread_needs(of(need("n", "09473", 40.0)), PLACES)
    assert rows(spread) == [
        ("n@09473112", "09473112", None),
        ("n@09473121", "09473121", None),
    ]


def test_ein_bedarf_der_gemeinde_oder_ihres_ortsteils_bleibt_mit_seiner_menge():
    spread = spread_needs(of(need("a", "09473112", 5.0), need("b", "0947311201", 7.0)), PLACES)
    assert rows(spread) == [("a", "09473112", 5.0), ("b", "09473112", 7.0)]


def test_bedarfe_anderswo_zaehlen_nicht():
    assert rows(spread_needs(of(need("n", "09463000")), PLACES)) == []


def test_was_nur_eine_gemeinde_erreicht_deckt_nur_dort():
    inventory = Inventory(
        structures=Structures.from_rows(
            [("s", "o", "delivers", "standing", None, None, None, None, None, None, None)]
        ),
        reach=Reach.from_rows([("s", "sprache", "frauen", "09473112")]),
        needs=of(need("n", "09473")).needs,
        topics=TopicTree.from_rows([("sprache", None)]),
    )
    cells = coverage(spread_needs(inventory, PLACES), on=date(2017, 6, 1)).cells.frame
    assert cells.select("place", "type").rows() == [
        ("09473112", "covered"),
        ("09473121", "not_known"),
    ]


AREAS = st.sampled_from(["09", "09473", "09473112", "0947311201", "09473121", "09463000"])


@given(st.lists(AREAS, max_size=4), st.sets(st.sampled_from(PLACES)))
def test_jedes_paar_aus_bedarf_und_ort_das_sich_beruehrt_kommt_genau_einmal_vor(areas, places):
    needs = [need(f"n{at}", area, 1.0) for at, area in enumerate(areas)]
    wanted = sorted(
        (f"n{at}@{place}", place, None)
        if place.startswith(area) and area != place
        else (f"n{at}", place, 1.0)
        for at, area in enumerate(areas)
        for place in places
        if place.startswith(area) or area.startswith(place)
    )
    assert rows(spread_needs(of(*needs), sorted(places))) == wanted
