"""Extend, end, replace, split and merge: what passes to whom, and that all of it can be undone."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world
from tests.world import OPERATOR

from gelingen.history.recording import LostUpdateError
from gelingen.history.trace import subject_of
from gelingen.history.undo import undo_batch
from gelingen.register.belongings import belongings_of
from gelingen.register.ending import NothingToDoError, WrongDayError, plan_end, plan_extension
from gelingen.register.merging import NotTwoError, differences, plan_merge, twins
from gelingen.register.models import Attachment, Funding, Post, Reach, Structure
from gelingen.register.splitting import Part, Shares, TooFewPartsError, plan_split
from gelingen.register.steps import carry_out
from gelingen.register.succession import Heir, NoSuccessorError, plan_succession

pytestmark = pytest.mark.django_db
DAY = date(2017, 7, 1)


def offer(**fields):
    """Make a structure with one line of reach and money for 2016 and 2017."""
    one = world.structure(key="alt", name="Sprachcafé", **fields)
    world.reach(key="r", structure=one)
    world.funding(key="f", structure=one, eur_per_year=12000, eur_total=24000)
    return one


def saved(thing):
    with world.change(by="world", verb=world.Verb.CREATED, of=thing):
        return thing


def everything():
    """Photograph the register: what undo has to bring back."""
    return [
        list(
            model.objects.order_by("key").values(
                *(f.attname for f in model._meta.concrete_fields if f.name != "version")
            )
        )
        for model in (Structure, Reach, Funding, Post)
    ]


def write(plan):
    return carry_out(actor=OPERATOR, plan=plan, reason="Beschluss")


# ------------------------------------------------------------------ end


def test_endet_eine_struktur_endet_ihr_geld_am_selben_tag_und_die_summe_wird_geteilt():
    write(plan_end(offer(), on=DAY, with_money=True))
    one, money = Structure.objects.get(key="alt"), Funding.objects.get(key="f")
    assert (one.ends, one.ends_kind, money.ends) == (DAY, "stated", DAY)
    # 547 of 731 days
    assert money.eur_total == (Decimal(24000) * 547 / 731).quantize(Decimal("0.01"))


def test_ohne_das_geld_wird_gesagt_welches_weiterlaeuft():
    plan = plan_end(offer(), on=DAY, with_money=False)
    assert plan.stays[0] == (
        "Die Finanzierung „Landesprogramm“ läuft von 01.01.2016 bis 31.12.2017 weiter."
    )
    assert [step.thing.key for step in plan.steps] == ["alt"]


def test_was_am_ende_der_struktur_nicht_mitendet_wird_genannt():
    one = offer()
    world.responsibility(organisation=one.organisation)
    world.measure(title="Verstetigen", structures=[one])
    Post(
        tenant=one.tenant, key="p", organisation=one.organisation, structure=one, function="Leitung"
    )
    said = " ".join(plan_end(one, on=DAY, with_money=True).stays)
    assert "bleibt zuständig: Sprachförderung (Sprache und Bildung, Frauen, Ahorn)" in said
    assert "„Verstetigen“ stützt sich auf diese Struktur." in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"starts": DAY}, "beginnt erst am 01.07.2017"),
        ({"ends": date(2017, 1, 1), "ends_kind": "stated"}, "endete schon am 31.12.2016"),
        ({"ends": DAY, "ends_kind": "stated"}, "endet schon am 30.06.2017"),
    ],
)
def test_ein_tag_der_nicht_passt_wird_erklaert(given, words):
    with pytest.raises(WrongDayError, match=words):
        plan_end(world.structure(**given), on=DAY, with_money=True)


# --------------------------------------------------------------- extend


def test_verlaengert_wird_genau_was_gewaehlt_ist():
    one = offer(ends=date(2018, 1, 1), ends_kind="stated")
    other = world.funding(key="g", structure=one)
    until = date(2019, 1, 1)
    write(plan_extension(one, on=until, fundings=["f"], whole=True))
    ends = {line.key: line.ends for line in Funding.objects.all()}
    assert ends == {"f": until, "g": other.ends}
    assert Structure.objects.get(key="alt").ends == until


def test_verlaengern_heisst_spaeter_enden():
    one = offer()
    with pytest.raises(WrongDayError, match="nach dem 31"):
        plan_extension(one, on=DAY, fundings=["f"], whole=False)
    with pytest.raises(WrongDayError, match="kein Ende"):
        plan_extension(one, on=DAY, fundings=[], whole=True)
    with pytest.raises(NothingToDoError):
        plan_extension(one, on=DAY, fundings=[], whole=False)


# -------------------------------------------------------------- replace


def test_der_nachfolger_uebernimmt_reichweite_und_geld_ab_dem_tag():
    old = offer(capacity_low=20, capacity_high=20, fte=1)
    write(plan_succession(old, heir=Heir(name="Sprachtreff"), on=DAY, with_money=True))
    old = Structure.objects.get(key="alt")
    new = old.successor
    assert (old.ends, new.name, new.starts, new.capacity_low) == (DAY, "Sprachtreff", DAY, 20)
    assert [line.topic.key for line in new.reach.all()] == ["sprache"]
    assert old.reach.count() == 1
    money = new.fundings.get()
    assert (money.starts, money.ends, money.eur_per_year) == (DAY, date(2018, 1, 1), 12000)
    assert old.fundings.get().ends == DAY
    assert old.fundings.get().eur_total + money.eur_total == 24000


def test_geld_das_erst_spaeter_beginnt_geht_ganz_ueber():
    old = offer()
    later = world.funding(key="g", structure=old, starts=date(2018, 1, 1), ends=date(2019, 1, 1))
    write(plan_succession(old, heir=Heir(name="Neu"), on=DAY, with_money=True))
    later.refresh_from_db()
    assert later.structure.name == "Neu"
    assert later.starts == date(2018, 1, 1)


def test_ein_nachfolger_der_schon_da_ist_bekommt_nur_was_ihm_fehlt():
    old = offer()
    heir = world.structure(key="neu", name="Treff")
    world.reach(structure=heir)
    write(plan_succession(old, heir=Heir(structure=heir), on=DAY, with_money=False))
    assert heir.reach.count() == 1
    assert Structure.objects.get(key="alt").successor == heir
    assert heir.fundings.count() == 0


def test_die_stelle_arbeitet_ab_dem_tag_fuer_den_nachfolger():
    old = offer()
    saved(
        Post(
            tenant=old.tenant,
            key="p",
            organisation=old.organisation,
            structure=old,
            function="Leitung",
            fte=1,
        )
    )
    write(plan_succession(old, heir=Heir(name="Neu"), on=DAY, with_money=True))
    posts = list(Post.objects.order_by("starts").values_list("structure__name", "starts", "ends"))
    assert sorted(posts, key=str) == sorted(
        [("Sprachcafé", None, DAY), ("Neu", DAY, None)], key=str
    )


def test_bei_anderem_traeger_bleibt_die_stelle_und_es_wird_gesagt():
    old = offer()
    saved(
        Post(
            tenant=old.tenant,
            key="p",
            organisation=old.organisation,
            structure=old,
            function="Leitung",
        )
    )
    other = world.organisation(name="Anderer")
    plan = plan_succession(old, heir=Heir(name="Neu", organisation=other), on=DAY, with_money=True)
    assert any("Die Stelle „Leitung“ bleibt bei" in said for said in plan.stays)


def test_massnahmen_nennen_auch_den_nachfolger():
    old = offer()
    measure = world.measure(structures=[old])
    write(plan_succession(old, heir=Heir(name="Neu"), on=DAY, with_money=True))
    assert sorted(one.name for one in measure.structures.all()) == ["Neu", "Sprachcafé"]


def test_niemand_folgt_auf_sich_selbst():
    old = offer()
    with pytest.raises(NoSuccessorError):
        plan_succession(old, heir=Heir(structure=old), on=DAY, with_money=True)
    with pytest.raises(NoSuccessorError):
        plan_succession(old, heir=Heir(), on=DAY, with_money=True)


# ---------------------------------------------------------------- split


def test_geteilt_behaelt_jeder_teil_was_ihm_zugewiesen_ist():
    old = offer(capacity_low=20, capacity_high=20, fte=1)
    world.reach(key="r2", structure=old, topic=world.topic(key="arbeit", name="Arbeit"))
    shares = Shares(reach={"r": [0], "r2": [0, 1]}, fundings={"f": [0, 1]})
    parts = [
        Part("Vormittag", Decimal(12), Decimal("0.5")),
        Part("Abend", Decimal(8), Decimal("0.5")),
    ]
    plan = plan_split(old, parts=parts, shares=shares, on=DAY)
    assert plan.stays == ()
    write(plan)
    first, second = Structure.objects.get(name="Vormittag"), Structure.objects.get(name="Abend")
    assert sorted(line.topic.key for line in first.reach.all()) == ["arbeit", "sprache"]
    assert [line.topic.key for line in second.reach.all()] == ["arbeit"]
    assert {one.fundings.get().eur_per_year for one in (first, second)} == {Decimal(6000)}
    old = Structure.objects.get(key="alt")
    assert (old.ends, old.successor, old.reach.count()) == (DAY, first, 2)


def test_teile_die_zusammen_kleiner_sind_werden_genannt():
    old = offer(capacity_low=20, capacity_high=20, fte=1)
    parts = [Part("A", Decimal(5)), Part("B", Decimal(5))]
    said = plan_split(old, parts=parts, shares=Shares(), on=DAY).stays
    assert "Die Teile haben zusammen 10 statt 20 Plätze." in said
    gone = "Die Stellen (1,00 VZÄ) stehen danach bei keinem Teil: In den Summen fehlen sie."
    assert gone in said


def test_wird_bei_einer_teilung_eine_summe_leer_steht_es_da():
    old = offer(capacity_low=20, capacity_high=20, capacity_unit="Plätze", fte=1)
    parts = [Part("A", fte=Decimal("0.5")), Part("B")]
    assert plan_split(old, parts=parts, shares=Shares(), on=DAY).stays == (
        "Die Kapazität (20 Plätze) steht danach bei keinem Teil: In den Summen fehlt sie.",
        "Die Teile haben zusammen 0,50 statt 1,00 VZÄ.",
    )


def test_wird_beim_zusammenfuehren_eine_summe_leer_steht_es_da():
    kept, other = offer(fte=None), world.structure(key="zwei", name="Sprachtreff", fte=2)
    said = plan_merge(kept, other, theirs=[], fundings=[]).stays
    assert "VZÄ ist danach leer; bisher stand da 2,00. In den Summen fehlt das." in said
    assert not any(
        "VZÄ" in one for one in plan_merge(kept, other, theirs=["fte"], fundings=[]).stays
    )
    turned = plan_merge(other, kept, theirs=["fte"], fundings=[]).stays
    assert "VZÄ ist danach leer; bisher stand da 2,00. In den Summen fehlt das." in turned


@pytest.mark.parametrize("names", [["A"], ["A", "A"]])
def test_ein_teil_allein_ist_keine_teilung(names):
    with pytest.raises(TooFewPartsError):
        plan_split(offer(), parts=[Part(name) for name in names], shares=Shares(), on=DAY)


def duplicate():
    """Make an entry about the same structure, with the same reach and money and more of both."""
    other = world.structure(key="doppelt", name="Sprachcafe Mitte", fte=2)
    world.reach(key="d", structure=other)
    world.reach(key="d2", structure=other, topic=world.topic(key="arbeit", name="Arbeit"))
    world.funding(key="df", structure=other)
    world.funding(key="dg", structure=other, programme="Stiftung")
    world.measure(key="m", structures=[other])
    world.structure(key="davor", name="Davor", successor=other)
    file = Attachment(
        tenant=other.tenant,
        key="bescheid",
        subject=subject_of(other),
        title="Bescheid",
        file="b.pdf",
        media_type="application/pdf",
        size=1,
    )
    saved(file)
    return other


def test_beim_zusammenfuehren_zieht_alles_um_und_nichts_steht_doppelt():
    kept, other = offer(), duplicate()
    assert twins(belongings_of(kept), belongings_of(other)) == {"df"}
    write(plan_merge(kept, other, theirs=["fte"], fundings=["dg"]))
    kept = Structure.objects.get(key="alt")
    assert not Structure.objects.filter(key="doppelt").exists()
    assert (kept.name, kept.fte) == ("Sprachcafé", 2)
    assert sorted(line.key for line in kept.reach.all()) == ["d2", "r"]
    assert sorted(line.key for line in kept.fundings.all()) == ["dg", "f"]
    assert [one.key for one in kept.predecessors.all()] == ["davor"]
    assert [one.key for one in world.Measure.objects.get(key="m").structures.all()] == ["alt"]
    assert Attachment.objects.get().subject == subject_of(kept)


def test_daten_ziehen_mit_ihren_tagen_um():
    kept, other = offer(), duplicate()
    before = Funding.objects.get(key="dg")
    write(plan_merge(kept, other, theirs=[], fundings=["dg"]))
    after = Funding.objects.get(key="dg")
    assert (after.starts, after.ends) == (before.starts, before.ends)


def test_nur_was_verschieden_ist_wird_zur_wahl_gestellt():
    kept, other = offer(languages="deutsch"), duplicate()
    found = {one.name: (one.kept, one.other) for one in differences(kept, other)}
    assert found == {
        "name": ("Sprachcafé", "Sprachcafe Mitte"),
        "fte": ("", "2,00"),
        "languages": ("deutsch", ""),
    }


def test_mit_sich_selbst_laesst_sich_nichts_zusammenfuehren():
    one = offer()
    with pytest.raises(NotTwoError):
        plan_merge(one, one, theirs=[], fundings=[])


# ----------------------------------------------------------- all of them


def plans(old, other):
    return {
        "end": lambda: plan_end(old, on=DAY, with_money=True),
        "extend": lambda: plan_extension(old, on=date(2019, 1, 1), fundings=["f"], whole=False),
        "replace": lambda: plan_succession(old, heir=Heir(name="Neu"), on=DAY, with_money=True),
        "split": lambda: plan_split(
            old, parts=[Part("A"), Part("B")], shares=Shares(fundings={"f": [0, 1]}), on=DAY
        ),
        "merge": lambda: plan_merge(old, other, theirs=["fte", "name"], fundings=["dg"]),
    }


@pytest.mark.parametrize("name", ["end", "extend", "replace", "split", "merge"])
def test_alles_laesst_sich_in_einem_schritt_zuruecknehmen(name):
    old, other = offer(), duplicate()
    before = everything()
    measures = list(world.Measure.objects.get(key="m").structures.values_list("key", flat=True))
    batch = write(plans(old, other)[name]())
    assert everything() != before
    undo_batch(batch, by=OPERATOR)
    assert everything() == before
    assert (
        list(world.Measure.objects.get(key="m").structures.values_list("key", flat=True))
        == measures
    )


@pytest.mark.parametrize("name", ["end", "replace", "split", "merge"])
def test_hat_inzwischen_jemand_geaendert_wird_nichts_geschrieben(name):
    old, other = offer(), duplicate()
    plan = plans(old, other)[name]()
    write(
        plan_extension(
            Structure.objects.get(key="alt"), on=date(2020, 1, 1), fundings=["f"], whole=False
        )
    )
    fresh = Structure.objects.get(key="alt")
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=fresh):
        fresh.note = "anders"
    gone = Structure.objects.get(key="doppelt")
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=gone):
        gone.note = "anders"
    before = everything()
    with pytest.raises(LostUpdateError):
        write(plan)
    assert everything() == before


def test_der_stempel_aendert_sich_mit_jedem_betroffenen_eintrag():
    old = offer()
    stamp = plan_end(old, on=DAY, with_money=True).stamp
    assert plan_end(Structure.objects.get(key="alt"), on=DAY, with_money=True).stamp == stamp
    money = Funding.objects.get(key="f")
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=money):
        money.note = "anders"
    assert plan_end(old, on=DAY, with_money=True).stamp != stamp
