"""What is done with several needs at once, each as one undertaking that can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world
from tests.world import OPERATOR

from gelingen.history.undo import undo_batch
from gelingen.needs.deeds import chosen, plan_carry, plan_state, plan_topic
from gelingen.needs.merging import NotSeveralError, OtherRoundError, plan_merge
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


def merged():
    """Merge b into a, and give what a is then and what stays."""
    kept, other = read("a", "b")
    plan = plan_merge(kept, [other], on=DAY)
    done(plan)
    return Need.objects.get(key="a"), plan.stays


@pytest.mark.parametrize("state", ["met", "dropped"])
def test_ein_offener_bedarf_bleibt_offen_auch_in_einem_der_es_nicht_war(state):
    world.need(key="a", state=state, state_since=DAY)
    world.need(key="b", ends=date(2019, 1, 1))
    kept, _ = merged()
    assert (kept.state, kept.state_since, kept.ends) == ("open", None, date(2019, 1, 1))


def test_ein_bedarf_ohne_ende_bleibt_ohne_ende():
    world.need(key="a", ends=date(2017, 1, 1))
    world.need(key="b")
    kept, _ = merged()
    assert kept.ends is None


def test_bedarfe_verschiedener_runden_werden_nicht_einer():
    world.need(key="a", state="carried", state_since=DAY)
    world.need(key="b")
    kept, other = read("a", "b")
    for pair in ((kept, other), (other, kept)):
        with pytest.raises(OtherRoundError, match="einer früheren Runde"):
            plan_merge(pair[0], [pair[1]], on=DAY)


def test_was_der_andere_fortfuehrt_fuehrt_der_bleibende_fort():
    old = world.need(key="alt", state="carried", state_since=DAY)
    world.need(key="a")
    world.need(key="b", previous=old)
    kept, _ = merged()
    assert kept.previous == old


def test_niemand_fuehrt_sich_selbst_fort():
    first = world.need(key="a")
    between = world.need(key="c", statement="C", previous=first)
    world.need(key="b", statement="B", previous=between)
    kept, stays = merged()
    assert kept.previous is None
    assert "Dass „B“ „C“ fortführt, geht nicht über." in stays


def test_anmerkung_quelle_ebene_und_zur_schwere_gehen_nicht_verloren():
    world.need(key="a", note="Siehe Protokoll", source="Umfrage", severity=3)
    world.need(
        key="b", statement="B", note="Nur im Winter", source="Gespräch", source_date="2017",
        severity=4, severity_note="laut Schule", level="county",
    )  # fmt: skip
    kept, _ = merged()
    assert kept.note.split("\n") == [
        "Siehe Protokoll", "Auch gesagt als: B", "Nur im Winter", "Quelle dazu: Gespräch (2017)",
        "Zur Schwere dazu: laut Schule",
    ]  # fmt: skip
    assert (kept.source, kept.level) == ("Umfrage", "county")


def test_ohne_eigene_quelle_gilt_die_des_anderen():
    world.need(key="a")
    world.need(key="b", source="Gespräch", source_date="2017", certainty="stated")
    kept, _ = merged()
    assert (kept.source, kept.source_date, kept.certainty) == ("Gespräch", "2017", "stated")


def test_was_art_stand_und_ende_anders_sagen_wird_genannt():
    world.need(key="a", kind="strategic", level="county", state="met", state_since=DAY)
    world.need(
        key="b", statement="B", level="state", state="dropped", state_since=DAY,
        ends=date(2019, 1, 1),
    )  # fmt: skip
    _, stays = merged()
    assert stays == (
        "„B“ ist operativ, Land; das geht nicht über.",
        "„B“ ist entfallen seit 01.06.2017; das geht nicht über.",
        "Dass „B“ bis 31.12.2018 besteht, geht nicht über.",
    )


def test_dieselbe_stimme_kommt_nicht_zweimal_dazu():
    awo = world.organisation(key="awo")
    said = [
        {"speaker": awo, "origin": "survey:u"},
        {"origin": "statement:bm|1"},
        {"function": "Schulleitung", "day": DAY, "where": "Runde"},
        {"function": "", "origin": "survey:u"},
    ]
    for key in ("a", "b"):
        need = world.need(key=key, voice="Leitung", voiced=DAY)
        for one in said:
            world.voice(need=need, **one)
    kept, stays = merged()
    # Of the four voices only the one that nobody can tell from another is there twice.
    assert kept.voices.count() == 5
    assert said_of(OPERATOR, kept.tenant)["a"].number == 6
    assert len(stays) == 4
    assert "Die Stimme „Leitung“ steht schon da und kommt nicht noch einmal dazu." in stays
