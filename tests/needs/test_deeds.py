"""What is done with several needs at once, each as one undertaking that can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world
from tests.world import OPERATOR

from gelingen.history.undo import undo_batch
from gelingen.needs.deeds import chosen, plan_carry, plan_state, plan_topic
from gelingen.needs.merging import NotSeveralError, plan_merge
from gelingen.needs.models import Need, Voice
from gelingen.needs.queries import need_table
from gelingen.needs.voices import said_of
from gelingen.plan.models import Measure
from gelingen.register.steps import carry_out
from gelingen.terms.vocabulary import NeedState

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)


def done(plan):
    return carry_out(actor=OPERATOR, plan=plan)


def read(*keys):
    return chosen(OPERATOR, world.tenant(), keys or Need.objects.values_list("key", flat=True))


def stored():
    """Everything that needs, their voices and what answers them say, by keys."""
    told = "key", "statement", "note", "severity", "previous__key", "measures__key", "goals__key"
    said = "key", "need__key", "function", "day"
    return set(Need.objects.values_list(*told)), set(Voice.objects.values_list(*said))


# How they stand


def test_erfuellt_gilt_ab_dem_gesagten_tag_und_wieder_offen_ohne_tag():
    need = world.need(key="a")
    done(plan_state(read(), state=NeedState.MET, on=DAY))
    need.refresh_from_db()
    assert (need.state, need.state_since) == ("met", DAY)

    done(plan_state(read(), state=NeedState.OPEN, on=DAY))
    need.refresh_from_db()
    assert (need.state, need.state_since) == ("open", None)


def test_was_schon_so_steht_oder_weitergeht_bleibt_und_wird_genannt():
    world.need(key="a", statement="A", state="met", state_since=DAY)
    old = world.need(key="b", statement="B", state="carried", state_since=DAY)
    world.need(key="c", statement="C", previous=old)
    plan = plan_state(read("a", "b"), state=NeedState.MET, on=DAY)

    assert plan.steps == ()
    assert plan.stays == ("„A“ ist schon erfüllt.", "„B“ geht weiter als „C“.")


# The next round


def test_weitergefuehrt_steht_ein_neuer_bedarf_da_und_der_alte_behaelt_alles():
    old = world.need(key="a", severity=4, voice="Leitung", starts=date(2016, 1, 1))
    world.voice(need=old)
    measure = world.measure(needs=[old])
    done(plan_carry(OPERATOR, old.tenant, read(), on=DAY))
    new = Need.objects.get(previous=old)
    old.refresh_from_db()

    assert (old.state, old.state_since, new.state) == ("carried", DAY, "open")
    assert (new.key, new.starts, new.severity, new.voice) == ("a_2", DAY, 4, "")
    assert list(measure.needs.all()) == [old]
    assert said_of(OPERATOR, old.tenant)["a"].number == 2
    assert "a_2" not in said_of(OPERATOR, old.tenant)


def test_an_jedem_tag_fragt_genau_einer_von_beiden_nach_deckung():
    world.need(key="a", starts=date(2016, 1, 1), ends=date(2019, 1, 1))
    done(plan_carry(OPERATOR, world.tenant(), read(), on=DAY))
    frame = need_table(OPERATOR, world.tenant()).frame
    assert frame.select("need", "starts", "ends").rows() == [
        ("a", date(2016, 1, 1), DAY),
        ("a_2", DAY, date(2019, 1, 1)),
    ]


def test_ein_bedarf_der_erst_spaeter_entsteht_entsteht_auch_weitergefuehrt_erst_dann():
    world.need(key="a", starts=date(2018, 1, 1))
    done(plan_carry(OPERATOR, world.tenant(), read(), on=DAY))
    assert Need.objects.get(key="a_2").starts == date(2018, 1, 1)


def test_ein_abgeloestes_themenfeld_weicht_seinem_nachfolger_ein_geteiltes_bleibt():
    new, other = world.topic(key="neu", name="Neu"), world.topic(key="anders", name="Anders")
    renamed = world.topic(key="alt", name="Alt", ends=DAY, successors=[new])
    split = world.topic(key="halb", name="Halb", ends=DAY, successors=[new, other])
    world.need(key="a", topic=renamed)
    world.need(key="b", topic=split)
    done(plan_carry(OPERATOR, world.tenant(), read(), on=DAY))

    assert Need.objects.get(key="a_2").topic == new
    assert Need.objects.get(key="b_2").topic == split


def test_nur_offene_bedarfe_gehen_weiter():
    world.need(key="a", statement="A", state="met", state_since=DAY)
    world.need(key="b", statement="B", ends=DAY)
    plan = plan_carry(OPERATOR, world.tenant(), read(), on=DAY)
    assert plan.steps == ()
    assert plan.stays == ("„A“ ist schon erfüllt.", "„B“ endet am 31.05.2017.")


# Sorting


def test_ein_themenfeld_laesst_sich_fuer_mehrere_setzen():
    housing = world.topic(key="wohnen", name="Wohnen")
    world.need(key="a")
    world.need(key="b", statement="B", topic=housing)
    plan = plan_topic(read(), topic=housing, on=DAY)
    done(plan)

    assert plan.stays == ("„B“ steht schon dort.",)
    assert {one.topic for one in Need.objects.all()} == {housing}


# Merging


def two():
    """Make two needs that say the same, the second with all that can hang on a need."""
    kept = world.need(key="a", statement="Kurse am Abend")
    other = world.need(
        key="b", statement="Abendkurse", voice="Leitung", voiced=DAY, voiced_where="AG",
        severity=5, quantity_low=Decimal(10), unit="Plätze",
    )  # fmt: skip
    world.voice(key="v", need=other)
    world.need(key="c", previous=other)
    world.measure(key="m", needs=[kept, other])
    world.goal(key="z", needs=[other])
    return kept, other


def test_beim_zusammenfuehren_geht_alles_was_am_anderen_haengt_ueber():
    two()
    kept, other = read("a", "b")
    done(plan_merge(kept, [other], on=DAY))
    kept = Need.objects.get(key="a")

    assert not Need.objects.filter(key="b").exists()
    assert sorted(kept.voices.values_list("function", "day", "where", "severity")) == [
        ("Geschäftsleitung", None, "", None),
        ("Leitung", DAY, "AG", 5),
    ]
    assert (kept.severity, kept.quantity_low, kept.unit) == (5, 10, "Plätze")
    assert kept.note == "Auch gesagt als: Abendkurse"
    assert Need.objects.get(key="c").previous == kept
    assert list(Measure.objects.get(key="m").needs.all()) == [kept]
    assert [one.key for one in kept.goals.all()] == ["z"]


def test_zuruecknehmen_bringt_den_anderen_mit_allem_zurueck():
    two()
    before = stored()
    kept, other = read("a", "b")
    batch = done(plan_merge(kept, [other], on=DAY))
    undo_batch(batch, by="world", tenant=world.tenant().pk)
    assert stored() == before


def test_was_der_bleibende_anders_sagt_geht_nicht_ueber_und_wird_genannt():
    world.need(key="a", severity=2, quantity_low=Decimal(5))
    world.need(key="b", statement="B", severity=5, quantity_low=Decimal(9),
               topic=world.topic(key="wohnen", name="Wohnen"))  # fmt: skip
    kept, other = read("a", "b")
    plan = plan_merge(kept, [other], on=DAY)
    assert plan.stays == (
        "„B“ gilt für „Wohnen“, „Frauen“, „Ahorn“; danach gilt, was beim bleibenden Bedarf steht.",
        "Die Menge von „B“ geht nicht über.",
        "Die Schwere 5 von „B“ geht nicht über.",
    )


def test_zum_zusammenfuehren_braucht_es_zwei():
    need = world.need(key="a")
    for others in ([], [need]):
        with pytest.raises(NotSeveralError):
            plan_merge(need, others, on=DAY)
