"""What the analyses see on a county's records, and how it is told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.findings.inputs import read_inputs
from gelingen.findings.models import Finding
from gelingen.findings.observations import observe
from gelingen.findings.run import NoHorizonError, run_analyses
from gelingen.history.models import ChangeEvent

pytestmark = pytest.mark.django_db
ON, ENDS = date(2017, 6, 1), date(2026, 1, 1)


def seen(kind=None):
    inputs = read_inputs(world.OPERATOR, world.tenant())
    found = observe(inputs, on=ON, ends=ENDS)
    return {o.key: o for o in found if kind is None or o.kind == kind}


def served_until(ends):
    world.need(statement="Sprachkurs")
    world.reach()
    return world.funding(key="geld", ends=ends)


def test_wonach_niemand_gefragt_hat_ist_kein_befund():
    world.need(statement="Sprachkurs")

    assert seen() == {}


def test_wo_gefragt_und_nichts_gefunden_wurde_ist_eine_luecke_mit_ihrem_bedarf():
    world.need(key="b_1", statement="Sprachkurs")
    world.inquiry(key="nf_1")

    (found,) = seen("gap").values()

    assert found.key == "gap:sprache|frauen|09473112|operational"
    assert "Frauen" in found.sentence
    assert "kein Angebot" in found.sentence
    assert set(found.evidence) == {"need:b_1", "inquiry:nf_1"}


def test_wer_spaeter_die_menge_eintraegt_verliert_die_bewertung_nicht():
    world.inquiry()
    world.need(key="b_1")
    before = list(seen("gap"))

    world.need(key="b_2", quantity_low=40, quantity_high=50, unit="Personen")

    ((key, found),) = seen("gap").items()
    assert [key] == before
    assert {"need:b_1", "need:b_2"} <= set(found.evidence)


def test_was_gedeckt_ist_und_gedeckt_bleibt_ist_kein_befund():
    served_until(None)

    assert seen("gap") == {}


def test_was_vor_dem_horizont_endet_ist_ein_befund_mit_letztem_tag():
    served_until(date(2020, 1, 1))

    (gap,) = seen("gap").values()
    (cliff,) = seen("cliff").values()

    assert "31.12.2019" in gap.sentence
    assert "31.12.2019" in cliff.sentence
    assert {"structure:angebot", "funding:geld"} <= set(cliff.evidence)


def test_was_am_horizont_noch_laeuft_endet_nicht_davor():
    served_until(ENDS)

    assert seen("gap") == {}


def test_zwei_federfuehrungen_zur_selben_zeit_nennen_beide_zustaendigkeiten():
    world.responsibility(key="z_1", organisation=world.organisation(name="Amt"))
    world.responsibility(key="z_2", organisation=world.organisation(name="Verein"))

    (found,) = seen("several_leads").values()

    assert set(found.evidence) == {"responsibility:z_1", "responsibility:z_2"}
    assert "Amt" in found.sentence
    assert "Verein" in found.sentence


def test_die_schwerere_luecke_wiegt_mehr_was_auch_immer_fehlt():
    asked = world.inquiry()
    assert asked.topic is None
    world.need(severity=3, kind="strategic")
    world.need(severity=4)
    world.reach()
    world.funding(ends=ON)

    weights = {o.values["severity"]: o.weight for o in seen("gap").values()}

    assert weights[4] > weights[3]


def test_vorgaenger_und_nachfolger_sind_keine_zwei_federfuehrungen():
    change = date(2017, 1, 1)
    world.responsibility(organisation=world.organisation(), ends=change)
    world.responsibility(organisation=world.organisation(), starts=change)

    assert seen("several_leads") == {}


def test_was_nebeneinander_steht_wird_als_eine_frage_erzaehlt():
    for _ in range(3):
        world.reach(structure=world.structure(organisation=world.organisation()))

    (found,) = seen("overlap").values()

    assert found.key == "overlap:delivers|sprache|frauen"
    assert len(found.evidence) == 3
    assert found.sentence.startswith("3 Strukturen erbringen Leistungen nebeneinander")


def test_angebote_desselben_traegers_stehen_nicht_nebeneinander():
    provider = world.organisation()
    for _ in range(2):
        world.reach(structure=world.structure(organisation=provider))

    assert seen("overlap") == {}


@pytest.mark.parametrize("counted", [False, True], ids=["ohne_einwohner", "mit_einwohnern"])
def test_ein_gemeinsamer_kleiner_ort_macht_zwei_angebote_nicht_gleich(counted):
    people = {"09473112": 9000, "09473120": 100, "09473121": 9000}
    towns = {key: world.territory(key=key) for key in people}
    for own in ("09473112", "09473121"):
        offer = world.structure(organisation=world.organisation())
        for town in (own, "09473120"):
            world.reach(structure=offer, territory=towns[town])
    for key, town in towns.items() if counted else ():
        world.figure(territory=town, value_low=people[key], value_high=people[key])

    assert len(seen("overlap")) == (not counted)


def test_einwohner_stammen_alle_aus_der_zaehlung_die_die_meisten_orte_kennt():
    for key in ("09473112", "09473120"):
        town = world.territory(key=key)
        world.figure(territory=town, value_low=10, value_high=20)
        world.figure(territory=town, value_low=30, value_high=30, reference=date(2015, 1, 1))
    world.figure(
        territory=world.territory(key="09473121"), value_low=5, value_high=5,
        reference=date(2022, 1, 1),
    )  # fmt: skip

    found = read_inputs(world.OPERATOR, world.tenant()).place_sizes

    assert found.frame.rows() == [("09473112", 15.0), ("09473120", 15.0)]


def test_eine_zielgruppe_zaehlt_so_viele_wie_ihr_groesster_bedarf_in_personen():
    world.need(quantity_low=20, quantity_high=40, unit="Plätze")
    world.need(quantity_low=10, quantity_high=10, unit="Personen")
    world.need(quantity_low=90, quantity_high=90, unit="Beratungen im Jahr")

    found = read_inputs(world.OPERATOR, world.tenant()).group_sizes

    assert found.frame.rows() == [("frauen", 30.0)]


def test_isoliert_ist_nur_wer_gefragt_wurde():
    alone, silent = world.organisation(name="Gefragt"), world.organisation(name="Ungefragt")
    world.cooperation()
    world.inquiry(organisation=alone)

    (found,) = seen("isolated").values()

    assert found.evidence[0] == f"organisation:{alone.key}"
    assert silent.name not in found.sentence


def test_wer_erst_nach_dem_stichtag_gefragt_wird_ist_am_stichtag_nicht_isoliert():
    world.cooperation()
    world.inquiry(organisation=world.organisation(key="spaet"), since=ON + timedelta(days=1))
    twice = world.organisation(key="zweimal")
    world.inquiry(organisation=twice, since=ON + timedelta(days=1))
    world.inquiry(organisation=twice, since=ON)

    assert set(seen("isolated")) == {"isolated:zweimal"}


def test_eine_einseitige_nennung_zaehlt_nur_wenn_die_andere_seite_gefragt_ist():
    other = world.organisation(key="amt")
    world.cooperation(reported_by="a")
    assert seen("one_sided") == {}

    world.inquiry(organisation=other)
    assert len(seen("one_sided")) == 1


def test_eine_massnahme_die_ihre_struktur_verliert_ist_ein_befund():
    served_until(date(2020, 1, 1))
    offer = world.structure.model.objects.get(key="angebot")
    world.measure(
        key="m_1", lead=offer.organisation, structures=[offer], starts=ON, ends=date(2022, 1, 1)
    )

    (found,) = seen("carrying").values()

    assert set(found.evidence) == {"measure:m_1", "structure:angebot"}
    assert "31.12.2019" in found.sentence


def test_befunde_haben_denselben_schluessel_wenn_sich_nichts_geaendert_hat():
    served_until(date(2020, 1, 1))

    assert list(seen()) == list(seen())


def test_ein_lauf_haelt_fest_was_er_sieht_und_ein_zweiter_aendert_nichts():
    world.plan()
    served_until(date(2020, 1, 1))

    first = run_analyses(actor=world.OPERATOR, tenant=world.tenant(), on=ON)
    events = ChangeEvent.objects.count()
    second = run_analyses(actor=world.OPERATOR, tenant=world.tenant(), on=ON)

    assert set(first.new) == set(Finding.objects.values_list("key", flat=True))
    assert (second.new, second.standing) == ((), first.new)
    assert ChangeEvent.objects.count() == events


def test_ohne_horizont_sagt_der_lauf_was_fehlt():
    with pytest.raises(NoHorizonError, match="Blatt „Plan“"):
        run_analyses(actor=world.OPERATOR, tenant=world.tenant(), on=ON)


def test_wer_nur_liest_haelt_keine_befunde_fest():
    world.plan()
    with pytest.raises(PermissionDenied):
        run_analyses(actor=world.person(role="reader"), tenant=world.tenant(), on=ON)


def ended(day, **fields):
    """Make an organisation that ends on a day, and a unit of it."""
    whole = world.organisation(key="traeger", ends=day, **fields)
    return whole, world.organisation(key="referat", above=whole)


@pytest.mark.parametrize("unit", [False, True], ids=["selbst", "als_einheit"])
@pytest.mark.parametrize("gone", [False, True], ids=["vorher", "nachher"])
def test_eine_beendete_organisation_traegt_keine_struktur_mehr(gone, unit):
    who = ended(ON if gone else ON + timedelta(days=1))[unit]
    world.need()
    world.reach(structure=world.structure(key="angebot", organisation=who))
    world.funding(ends=None)

    (gap,) = seen("gap").values()

    assert gap.values["type"] == ("funding_cliff" if gone else "ending")
    assert "31.05.2017" in gap.sentence if gone else "01.06.2017" in gap.sentence


@pytest.mark.parametrize("gone", [False, True], ids=["vorher", "nachher"])
def test_eine_beendete_organisation_ist_nicht_mehr_zustaendig(gone):
    unit = ended(ON if gone else ON + timedelta(days=1))[1]
    world.responsibility(organisation=world.organisation(), key="z_1")
    world.responsibility(organisation=unit, key="z_2")

    assert len(seen("several_leads")) == (not gone)


@pytest.mark.parametrize("gone", [False, True], ids=["vorher", "nachher"])
def test_eine_beendete_organisation_ist_kein_partner_mehr_und_nicht_selbst_isoliert(gone):
    who, _ = ended(ON if gone else ON + timedelta(days=1))
    rest = world.organisation(key="rest")
    world.cooperation(a=who, b=rest)
    world.inquiry(organisation=who)
    world.inquiry(organisation=rest)

    assert set(seen("isolated")) == ({"isolated:rest"} if gone else set())


def test_eine_massnahme_verliert_mit_dem_ende_der_organisation_ihre_federfuehrung():
    who, _ = ended(date(2019, 1, 1), name="Verein")
    world.measure(key="m", lead=who)

    found = [o for o in seen("carrying").values() if o.values["loses"] == "lead"]

    assert [o.sentence for o in found if "31.12.2018" in o.sentence and "Verein" in o.sentence]


@pytest.mark.parametrize("times", [1, 3])
def test_die_eingaben_werden_mit_fester_zahl_von_abfragen_gelesen(times, django_assert_num_queries):
    for number in range(times):
        served_until(date(2020, 1, 1 + number)) if number == 0 else world.need()
        world.responsibility(organisation=world.organisation())
        world.measure()

    with django_assert_num_queries(25):
        read_inputs(world.OPERATOR, world.tenant())
