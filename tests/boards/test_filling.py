"""Who takes a seat: filled anew, freed, extended, connected with an account; all can be undone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.policy import May, allowed
from gelingen.access.queries import on_day
from gelingen.boards.models import Tenure
from gelingen.boards.queries import seat_line, seat_lines
from gelingen.boards.seats import (
    SeatTakenError,
    Taking,
    UnknownAccountError,
    connect,
    plan_extending,
    plan_filling,
    plan_freeing,
    stamp_of,
)
from gelingen.editing import take_back
from gelingen.register.steps import carry_out

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2017, 6, 1), date(2018, 1, 1)


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=TODAY)


@pytest.fixture
def seat():
    return world.seat(key="s_1", body=world.body(key="g", name="Steuerungsgruppe"))


def line(officer, on=TODAY):
    return seat_line(officer, world.tenant(), "s_1", on=on)


def periods():
    return [(one.function, one.starts, one.ends) for one in Tenure.objects.order_by("pk")]


def test_neu_besetzt_endet_die_laufende_amtszeit_am_tag_davor_und_beides_laesst_sich_zuruecknehmen(
    officer, seat
):
    world.tenure(seat=seat, function="Alt", ends=LATER)
    plan = plan_filling(line(officer), Taking("Neu", TODAY, LATER))
    assert [one.said for one in plan.steps] == [
        "„Alt“ bis 31.05.2017", "„Neu“ 01.06.2017 bis 31.12.2017",
    ]  # fmt: skip
    batch = carry_out(actor=officer, plan=plan)
    assert periods() == [("Alt", None, TODAY), ("Neu", TODAY, LATER)]
    assert [one.function for one in line(officer).now] == ["Neu"]
    take_back(actor=officer, tenant=seat.tenant, batch=batch)
    assert periods() == [("Alt", None, LATER)]


def test_eine_fruehere_amtszeit_bleibt_wie_sie_war(officer, seat):
    world.tenure(seat=seat, function="Früher", ends=date(2016, 1, 1))
    carry_out(actor=officer, plan=plan_filling(line(officer), Taking("Neu", TODAY)))
    assert periods() == [("Früher", None, date(2016, 1, 1)), ("Neu", TODAY, None)]


@pytest.mark.parametrize("begin", [TODAY, LATER])
def test_wer_schon_danach_eingetragen_ist_wird_nicht_ueberschrieben(officer, seat, begin):
    world.tenure(seat=seat, function="Schon da", starts=begin)
    with pytest.raises(SeatTakenError, match="„Schon da“"):
        plan_filling(line(officer), Taking("Neu", TODAY))


def test_ein_sitz_wird_nur_in_seiner_zeit_besetzt(officer):
    world.seat(key="s_1", body=world.body(key="g"), ends=TODAY)
    with pytest.raises(SeatTakenError, match=r"nur bis 31\.05\.2017"):
        plan_filling(line(officer), Taking("Neu", TODAY))


def test_ein_sitz_wird_frei_bis_der_kommt_der_schon_eingetragen_ist(officer, seat):
    world.tenure(seat=seat, function="Alt")
    world.tenure(seat=seat, function="Kommt", starts=LATER)
    plan = plan_freeing(line(officer), since=date(2017, 7, 1))
    carry_out(actor=officer, plan=plan)
    assert plan.stays == ("Ab 01.01.2018 nimmt ihn „Kommt“ ein.",)
    assert line(officer, on=date(2017, 7, 1)).vacant
    assert not line(officer, on=LATER).vacant
    with pytest.raises(SeatTakenError):
        plan_freeing(line(officer), since=date(2017, 7, 1))


def test_mehrere_amtszeiten_werden_verlaengert_und_gesagt_wird_welche_nicht(officer, seat):
    world.tenure(seat=seat, function="Läuft", ends=LATER)
    ending = {"free": None, "open": {}, "long": {"ends": date(2030, 1, 1)}}
    for order, (name, period) in enumerate(ending.items(), start=2):
        other = world.seat(key=f"x_{name}", body=seat.body, order=order)
        if period is not None:
            world.tenure(seat=other, function=name, **period)
    lines = seat_lines(officer, seat.tenant, on=TODAY)
    plan = plan_extending(lines, ends=date(2020, 1, 1), on=TODAY)
    assert [one.said for one in plan.steps] == [
        "Sitz 1 (Verwaltung) in „Steuerungsgruppe“, „Läuft“: bis 31.12.2019, bisher 31.12.2017"
    ]
    assert [one.partition(": ")[2] for one in plan.stays] == [
        "frei.", "die Amtszeit hat kein Ende.", "die Amtszeit reicht schon bis 31.12.2029.",
    ]  # fmt: skip
    carry_out(actor=officer, plan=plan)
    assert Tenure.objects.get(function="Läuft").ends == date(2020, 1, 1)


def test_vor_wem_schon_folgt_wird_niemand_verlaengert(officer, seat):
    world.tenure(seat=seat, function="Läuft", ends=LATER)
    world.tenure(seat=seat, function="Folgt", starts=LATER)
    plan = plan_extending([line(officer)], ends=date(2020, 1, 1), on=TODAY)
    assert plan.steps == ()
    assert plan.stays[0].endswith("ab 01.01.2018 folgt „Folgt“.")


@pytest.mark.usefixtures("seat")
def test_der_stand_aendert_sich_mit_jeder_besetzung(officer):
    before = stamp_of(line(officer))
    carry_out(actor=officer, plan=plan_filling(line(officer), Taking("Neu", TODAY)))
    assert stamp_of(line(officer)) != before


# The account


def test_mit_dem_konto_kommen_die_rechte_des_sitzes_und_gehen_mit_ihm(officer):
    seat = world.seat(key="s_1", body=world.body(key="g"), office="chair")
    held = world.tenure(seat=seat)
    member = world.person(role="member", at=seat.tenant)
    connect(actor=officer, tenure=held, account=member.username.upper(), on=TODAY)
    assert allowed(on_day(member, on=TODAY), May.EDIT_BOARDS, seat.body)
    connect(actor=officer, tenure=held, account="", on=TODAY)
    assert not allowed(on_day(member, on=TODAY), May.EDIT_BOARDS, seat.body)


def test_ein_konto_braucht_eine_rolle_im_mandanten(officer, seat):
    held = world.tenure(seat=seat)
    other = world.person(role="officer", at=world.tenant("09463", "Stadt Coburg"))
    for name in (other.username, "niemand"):
        with pytest.raises(UnknownAccountError):
            connect(actor=officer, tenure=held, account=name, on=TODAY)


def test_wer_nur_ein_gremium_leitet_verbindet_kein_konto(seat):
    chair = world.person(role="member", at=seat.tenant)
    place = world.seat(body=seat.body, office="chair")
    own = world.tenure(seat=place, person=chair)
    with pytest.raises(PermissionDenied):
        connect(actor=on_day(chair, on=TODAY), tenure=own, account=chair.username, on=TODAY)
    plan = plan_filling(line(on_day(chair, on=TODAY)), Taking("Neu", TODAY))
    with pytest.raises(PermissionDenied):
        carry_out(actor=on_day(chair, on=TODAY), plan=plan)
