"""Delegates of a council: seats by strength, ties decided by somebody, seats made to fit."""

from datetime import date

import pytest
from tests import world

from gelingen.access.queries import on_day
from gelingen.analysis.apportionment import apportion
from gelingen.boards.delegates import UndecidedError, decided, held, plan_delegates
from gelingen.boards.models import Seat, Tenure
from gelingen.boards.queries import seat_lines
from gelingen.editing import take_back
from gelingen.register.steps import carry_out
from gelingen.terms.selection import SeatMethod

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=TODAY)


@pytest.fixture
def body():
    return world.body(key="g", name="Steuerungsgruppe")


def council(body, order, sender="", **fields):
    return world.seat(body=body, order=order, kind="council", sender=sender, **fields)


def plan(officer, body, *, since=TODAY, **wanted):
    lines = seat_lines(officer, body.tenant, on=TODAY, body=body)
    return plan_delegates(body, lines, wanted, on=since)


def said(found):
    return [one.said for one in found.steps]


def test_aus_dem_nichts_entsteht_je_sitz_einer_und_alles_laesst_sich_zuruecknehmen(officer, body):
    world.seat(body=body, order=4)
    found = plan(officer, body, A=2, B=1, C=0)
    assert said(found) == [
        "Neuer Sitz 5 für „A“ ab 01.06.2017",
        "Neuer Sitz 6 für „A“ ab 01.06.2017",
        "Neuer Sitz 7 für „B“ ab 01.06.2017",
    ]
    batch = carry_out(actor=officer, plan=found)
    lines = seat_lines(officer, body.tenant, on=TODAY, body=body)
    assert held(lines, TODAY) == {"A": 2, "B": 1}
    assert plan(officer, body, A=2, B=1).steps == ()
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert Seat.objects.count() == 1


def test_freie_sitze_ohne_gruppe_werden_zuerst_vergeben(officer, body):
    council(body, 1)
    assert said(plan(officer, body, A=1)) == [
        "Sitz 1 (Kreistag oder Stadtrat) in „Steuerungsgruppe“ für „A“"
    ]


def test_ein_besetzter_sitz_ohne_gruppe_wird_nicht_still_vergeben(officer, body):
    world.tenure(seat=council(body, 1))
    found = plan(officer, body, A=1)
    assert said(found) == ["Neuer Sitz 2 für „A“ ab 01.06.2017"]
    assert "ist besetzt und nennt keine Gruppe" in found.stays[0]


def test_zu_viele_sitze_enden_zuerst_die_freien_mit_der_amtszeit(officer, body):
    for order in (1, 2, 3):
        council(body, order, sender="A")
    for one in Seat.objects.filter(order__in=[1, 3]):
        world.tenure(seat=one, function=f"Rat {one.order}")
    found = plan(officer, body, a=1)  # written in another way, the same group
    assert [one.partition(" ")[0] + one[-15:] for one in said(found)] == [
        "Sitz bis 31.05.2017", "„Rat bis 31.05.2017", "Sitz bis 31.05.2017",
    ]  # fmt: skip
    carry_out(actor=officer, plan=found)
    assert list(Seat.objects.filter(ends=None).values_list("order", flat=True)) == [1]
    assert list(Tenure.objects.filter(ends=None).values_list("function", flat=True)) == ["Rat 1"]


def test_was_vorher_endet_bleibt_was_danach_beginnt_entfaellt_und_beides_kommt_zurueck(
    officer, body
):
    seat = council(body, 1, sender="A")
    change, before, after = date(2017, 9, 1), date(2017, 7, 1), date(2018, 1, 1)
    world.tenure(seat=seat, key="x", function="Rätin X", ends=before)
    world.tenure(seat=seat, key="y", function="Rat Y", starts=before, ends=after)
    world.tenure(seat=seat, key="z", function="Rätin Z", starts=after)
    rows = Tenure.objects.order_by("key").values_list("function", "ends")
    was = list(rows)
    found = plan(officer, body, since=change, B=0)
    assert said(found) == [
        "„Rätin Z“ entfällt, ab 01.01.2018",
        "„Rat Y“ bis 31.08.2017",
        "Sitz 1 (Kreistag oder Stadtrat) in „Steuerungsgruppe“ für „A“ bis 31.08.2017",
    ]
    batch = carry_out(actor=officer, plan=found)
    assert list(rows.all()) == [("Rätin X", before), ("Rat Y", change)]
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert list(rows.all()) == was


def test_frei_ist_ein_sitz_nach_dem_tag_der_aenderung_und_nicht_nach_heute(officer, body):
    change = date(2017, 9, 1)
    # Taken today and free by then; free today and taken by then.
    world.tenure(seat=council(body, 1, sender="A"), key="x", ends=date(2017, 8, 1))
    world.tenure(seat=council(body, 2, sender="A"), key="y", starts=date(2017, 8, 1))
    world.tenure(seat=council(body, 3), key="z", ends=date(2017, 8, 1))
    found = plan(officer, body, since=change, A=1, B=1)
    assert said(found) == [
        "Sitz 1 (Kreistag oder Stadtrat) in „Steuerungsgruppe“ für „A“ bis 31.08.2017",
        "Sitz 3 (Kreistag oder Stadtrat) in „Steuerungsgruppe“ für „B“",
    ]
    assert found.stays == ()


def test_wer_nicht_mehr_dabei_ist_verliert_die_sitze_und_kuenftige_entfallen(officer, body):
    council(body, 1, sender="Alt")
    council(body, 2, sender="Alt", starts=date(2018, 1, 1))
    carry_out(actor=officer, plan=plan(officer, body, A=1))
    rows = Seat.objects.order_by("order").values_list("sender", "ends")
    assert list(rows) == [("Alt", TODAY), ("A", None)]


def test_offene_sitze_gehen_an_wen_jemand_mit_begruendung_nennt():
    tie = apportion({"A": 1, "B": 1}, 1, SeatMethod.DHONDT)
    assert decided(tie, ["B"], "Los am 01.06.2017") == {"A": 0, "B": 1}
    for chosen, why in (([], "Los"), (["A", "B"], "Los"), (["A"], " ")):
        with pytest.raises(UndecidedError):
            decided(tie, chosen, why)
