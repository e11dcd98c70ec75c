"""Freigaben: one tenant shows a single structure to another, and takes it away again."""

from dataclasses import fields
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from tests import world

from gelingen.access.policy import ROLES, May, Operator
from gelingen.access.queries import on_day
from gelingen.editing import take_back
from gelingen.findings.current import current
from gelingen.findings.inputs import read_inputs
from gelingen.findings.observations import observe
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import LostUpdateError, remove
from gelingen.needs.models import Need
from gelingen.register.given import Share
from gelingen.register.models import Structure
from gelingen.register.received import Received, is_cited, received_names, received_structures
from gelingen.register.sharing import (
    ShareError,
    UnknownShareError,
    end_share,
    get_share,
    others,
    share,
    shares,
)
from gelingen.terms.vocabulary import Scenario
from gelingen.transfer.exports import export

pytestmark = pytest.mark.django_db
TODAY, HORIZON = date(2017, 6, 1), date(2026, 1, 1)
DAY = timedelta(days=1)


def town():
    return world.tenant("09463", "Stadt Coburg")


def county():
    return world.tenant()


def officer(at, role="officer", on=TODAY, organisation=None):
    return on_day(world.person(role=role, at=at, organisation=organisation), on=on)


def course(**given):
    """Make a structure of the town that serves women of a place of the county."""
    tenant = town()
    one = world.structure(**{"tenant": tenant, "key": "kurs", "name": "Kurs am Markt"} | given)
    world.reach(tenant=tenant, key="r", structure=one)
    world.funding(
        tenant=tenant, key="f", structure=one, programme="Geheimes Programm", eur_per_year=4711
    )
    return one


def shown(one, **given):
    wanted = {"actor": officer(town()), "with_tenant": county().pk, "starts": TODAY} | given
    return share(structure=one, **wanted)


def seen(on=TODAY):
    return [one.key for one in received_structures(officer(county(), "reader", on=on), county())]


# What is seen


def test_ohne_freigabe_sieht_der_andere_mandant_nichts():
    course()
    assert seen() == []


def test_eine_freigegebene_struktur_sieht_der_andere_mit_ihrer_quelle():
    shown(course())
    (one,) = received_structures(officer(county(), "reader"), county())
    assert (one.key, one.name, one.source) == ("@09463:kurs", "Kurs am Markt", "Stadt Coburg")
    assert one.title == "Kurs am Markt (aus Stadt Coburg)"


def test_nur_die_freigegebene_struktur_sieht_er_nicht_ihre_nachbarin():
    shown(course())
    world.structure(tenant=town(), key="nachbarin")
    assert seen() == ["@09463:kurs"]


def test_nur_wem_freigegeben_ist_sieht_sie():
    shown(course(), with_tenant=world.tenant("09464", "Stadt Hof").pk)
    assert seen() == []


def test_die_freigabe_gilt_vom_ersten_bis_zum_letzten_tag():
    shown(course(), starts=TODAY, ends=TODAY + 10 * DAY)
    days = [TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]
    assert [bool(seen(day)) for day in days] == [False, True, True, False]


def test_wer_seinen_tag_nicht_nennt_sieht_nichts():
    shown(course())
    assert received_structures(world.person(role="reader"), county()) == []
    assert received_structures(world.OPERATOR, county()) == []
    assert received_structures(Operator(day=TODAY), county()) != []


def test_weitergegeben_werden_nur_die_vereinbarten_angaben():
    assert {one.name for one in fields(Received)} == {
        "key", "keeper", "source", "name", "kind", "level", "function", "permanence",
        "capacity_low", "capacity_high", "capacity_unit", "starts", "ends", "ends_kind", "until",
        "reach", "tranches",
    }  # fmt: skip


def test_betraege_geldgeber_anmerkungen_und_traeger_stehen_nirgends():
    owner = world.organisation(tenant=town(), name="Verborgener Träger", contact="Frau Verborgen")
    course(note="Verborgene Notiz", source="Verborgene Quelle", organisation=owner)
    shown(Structure.objects.get(key="kurs"), note="Verborgene Anmerkung")
    inputs = read_inputs(officer(county()), county())
    told = f"{inputs.received} {inputs.served.tranches.frame.rows()} {inputs.names}"
    assert inputs.served.tranches.frame["eur_per_year"].to_list() == [None]
    assert not [word for word in ("4711", "Geheim", "erborgen") if word in told]


def test_ihr_ende_ist_spaetestens_das_ihres_traegers():
    owner = world.organisation(tenant=town(), key="verein", ends=date(2019, 1, 1))
    shown(course(organisation=owner, ends=date(2022, 1, 1)))
    (one,) = received_structures(officer(county()), county())
    assert one.ends == date(2019, 1, 1)


# Who may


@pytest.mark.parametrize("role", ROLES)
def test_freigeben_und_beenden_darf_nur_wer_den_ganzen_bestand_aendern_darf(role):
    one = course()
    person = officer(town(), role, organisation=one.organisation)
    running = world.share(tenant=town(), structure=one, with_tenant=world.tenant("09464", "Hof"))
    if May.EDIT_REGISTER in ROLES[role].tenant:
        assert [tenant.pk for tenant in others(person, town())] == ["09464"]
        assert shown(one, actor=person, with_tenant=county().pk)
        end_share(actor=person, share=running, on=TODAY)
        return
    assert others(person, town()) == []
    with pytest.raises(PermissionDenied):
        shown(one, actor=person)
    with pytest.raises(PermissionDenied):
        end_share(actor=person, share=running, on=TODAY)


@pytest.mark.parametrize("role", ROLES)
def test_sehen_darf_sie_wer_den_eigenen_bestand_sieht(role):
    shown(course())
    person = officer(county(), role)
    assert bool(received_structures(person, county())) is (May.VIEW in ROLES[role].tenant)
    assert bool(received_names(person, county())) is (May.VIEW in ROLES[role].tenant)


def test_der_empfaenger_kann_die_freigabe_weder_sehen_noch_aendern_noch_weitergeben():
    one = course()
    made = shown(one)
    person = officer(county())
    assert not shares(person, county()).exists()
    with pytest.raises(UnknownShareError):
        get_share(person, town(), made.key)
    with pytest.raises(PermissionDenied):
        end_share(actor=person, share=made, on=TODAY)
    with pytest.raises(PermissionDenied):
        share(actor=person, structure=one, with_tenant=town().pk, starts=TODAY)


def test_wer_im_anderen_mandanten_nichts_ist_bekommt_dort_nichts():
    shown(course())
    assert received_structures(officer(town()), county()) == []


# What is refused


def test_an_sich_selbst_und_an_unbekannte_gibt_man_nichts_frei():
    one = course()
    for key in (town().pk, "99999", ""):
        with pytest.raises(ShareError, match="aus der Liste"):
            shown(one, with_tenant=key)


def test_der_letzte_tag_liegt_nicht_vor_dem_ersten():
    with pytest.raises(ShareError, match="späteren"):
        shown(course(), starts=TODAY, ends=TODAY)


def test_was_schon_freigegeben_ist_wird_es_nicht_noch_einmal():
    one = course()
    shown(one)
    with pytest.raises(ShareError, match="schon freigegeben"):
        shown(one, starts=TODAY + 5 * DAY)


PERIODS = [(0, 1), (0, 2), (0, None), (1, 2), (1, None), (2, 3), (2, None)]


def days_of(starts, ends):
    return set(range(starts, 9 if ends is None else ends))


@pytest.mark.parametrize("first", PERIODS)
def test_zwei_freigaben_an_denselben_haben_keinen_tag_gemeinsam(first):
    one, person = course(), officer(town())

    def give(starts, ends):
        shown(
            one, actor=person, starts=TODAY + starts * DAY,
            ends=None if ends is None else TODAY + ends * DAY,
        )  # fmt: skip

    give(*first)
    refused = []
    for second in PERIODS:
        with transaction.atomic():
            try:
                give(*second)
            except ShareError:
                refused.append(second)
            transaction.set_rollback(True)
    assert refused == [second for second in PERIODS if days_of(*first) & days_of(*second)]


# Ending, undoing


def test_beenden_nimmt_sie_sofort_weg():
    made = shown(course())
    end_share(actor=officer(town()), share=made, on=TODAY)
    assert seen() == []
    assert made.ends == TODAY


def test_eine_kuenftige_freigabe_faellt_beim_beenden_ganz_weg():
    made = shown(course(), starts=TODAY + 30 * DAY)
    end_share(actor=officer(town()), share=made, on=TODAY)
    assert seen(TODAY + 30 * DAY) == []


def test_was_beendet_ist_wird_nicht_noch_einmal_beendet():
    made = shown(course())
    end_share(actor=officer(town()), share=made, on=TODAY)
    with pytest.raises(ShareError, match=r"endete schon am 31\.05\.2017"):
        end_share(actor=officer(town()), share=made, on=TODAY)


def test_nach_dem_ende_kann_man_am_selben_tag_wieder_freigeben():
    one = course()
    end_share(actor=officer(town()), share=shown(one), on=TODAY)
    shown(one)
    assert seen() == ["@09463:kurs"]


def test_zwei_die_zugleich_beenden_ueberschreiben_einander_nicht():
    made = shown(course())
    stale = Share.objects.get(pk=made.pk)
    end_share(actor=officer(town()), share=made, on=TODAY + DAY)
    with pytest.raises(LostUpdateError):
        end_share(actor=officer(town()), share=stale, on=TODAY)


def test_freigeben_und_beenden_lassen_sich_zuruecknehmen():
    person = officer(town())
    made = shown(course(), actor=person, batch="a1")
    end_share(actor=person, share=made, on=TODAY, batch="a2")
    take_back(actor=person, tenant=town(), batch="a2")
    assert seen() == ["@09463:kurs"]
    take_back(actor=person, tenant=town(), batch="a1")
    assert seen() == []


def test_freigeben_steht_im_verlauf_des_eigenen_mandanten_und_in_keinem_anderen():
    shown(course())
    events = ChangeEvent.objects.filter(subject__startswith="register.Share:")
    assert [(one.tenant, one.verb) for one in events] == [("09463", "shared")]


def test_mit_der_struktur_faellt_ihre_freigabe_und_kommt_mit_ihr_zurueck():
    one = course()
    shown(one)
    batch = remove(by=officer(town()), of=Structure.objects.get(pk=one.pk))
    assert seen() == []
    take_back(actor=officer(town()), tenant=town(), batch=batch)
    assert seen() == ["@09463:kurs"]


def test_eine_freigabe_an_sich_selbst_nimmt_auch_die_datenbank_nicht_an():
    with pytest.raises(ValidationError, match="anderen Mandanten"):
        world.share(tenant=town(), with_tenant=town())


# What it does to the analyses of the receiving tenant


def need_of_the_county():
    world.plan(key="masterplan", horizon=HORIZON)
    world.need(key="n", statement="Deutsch lernen")
    cell = Need.objects.get(key="n")
    world.inquiry(topic=cell.topic, target_group=cell.target_group)


def types(on=TODAY, scenario=Scenario.SECURED):
    known = current(officer(county()), county())
    return known.coverage(on, scenario=scenario, horizon=None).cells.frame["type"].to_list()


def test_eine_freigegebene_struktur_die_leute_des_landkreises_erreicht_schliesst_ihre_luecke():
    need_of_the_county()
    one = course()
    assert types() == ["structural"]
    made = shown(one)
    assert types() == ["covered"]
    end_share(actor=officer(town()), share=made, on=TODAY)
    assert types() == ["structural"]


def test_auch_zurueckgenommen_ist_sie_sofort_weg_aus_dem_gedaechtnis():
    need_of_the_county()
    person = officer(town())
    shown(course(), actor=person, batch="a1")
    assert types() == ["covered"]
    world.organisation(key="spaeter")  # the newest change of all is one of the county
    assert types() == ["covered"]
    take_back(actor=person, tenant=town(), batch="a1")
    assert types() == ["structural"]


def test_aendert_der_andere_die_struktur_sieht_man_es_sofort():
    need_of_the_county()
    one = course()
    shown(one)
    assert types() == ["covered"]
    with world.change(by="Erika", verb=world.Verb.CHANGED, of=one):
        one.ends = TODAY
    assert types() == ["funding_cliff"]


def test_mit_dem_letzten_tag_der_freigabe_zaehlt_sie_nicht_mehr():
    need_of_the_county()
    shown(course(), ends=TODAY + DAY)
    for on, expected in ((TODAY, ["covered"]), (TODAY + DAY, ["structural"])):
        known = current(officer(county(), on=on), county())
        found = known.coverage(TODAY, scenario=Scenario.SECURED, horizon=None)
        assert found.cells.frame["type"].to_list() == expected


def test_eine_zeile_zaehlt_nur_bei_gleichem_namen_und_gleichem_gebiet():
    need_of_the_county()
    one = course()
    other = {"tenant": town(), "structure": one}
    same_key = world.topic(tenant=town(), key="arbeit", name="Ganz anderes")
    world.topic(key="arbeit", name="Arbeit und Beruf")
    away = world.territory(tenant=town(), key="09463000", name="Coburg")
    world.reach(**other, key="r1", topic=same_key)
    world.reach(**other, key="r2", territory=away)
    shown(one)
    inputs = read_inputs(officer(county()), county())
    assert inputs.served.reach.frame.rows() == [("@09463:kurs", "sprache", "frauen", "09473112")]
    (found,) = inputs.received
    assert sorted(bool(line.cell) for line in found.reach) == [False, False, True]


def test_in_den_belegen_steht_ihr_name_mit_der_quelle():
    need_of_the_county()
    shown(course())
    known = current(officer(county()), county())
    result = known.coverage(TODAY, scenario=Scenario.SECURED, horizon=None)
    assert "@09463:kurs" in result.evidence.frame["key"].to_list()
    assert known.name("@09463:kurs") == "Kurs am Markt (aus Stadt Coburg)"


def test_zwei_die_dasselbe_tun_werden_auch_ueber_die_grenze_gefunden():
    need_of_the_county()
    world.reach(key="eigene", structure=world.structure(key="eigener_kurs", name="Eigener Kurs"))
    shown(course())
    found = observe(read_inputs(officer(county()), county()), on=TODAY, ends=HORIZON)
    (overlap,) = [one for one in found if one.kind == "overlap"]
    assert set(overlap.evidence) >= {"structure:eigener_kurs", "structure:@09463:kurs"}


def test_saetze_die_gespeichert_bleiben_nennen_nur_woher_sie_kommt():
    need_of_the_county()
    world.reach(key="eigene", structure=world.structure(key="eigener_kurs", name="Eigener Kurs"))
    shown(course())
    found = observe(read_inputs(officer(county()), county()), on=TODAY, ends=HORIZON)
    told = " ".join(one.sentence for one in found)
    assert "eine Struktur aus Stadt Coburg" in told
    assert "Kurs am Markt" not in told


def test_was_dort_endet_ist_hier_kein_eigener_befund():
    need_of_the_county()
    shown(course())
    found = observe(read_inputs(officer(county()), county()), on=TODAY, ends=HORIZON)
    assert not [one for one in found if one.kind == "cliff"]
    assert [one.values["type"] for one in found if one.kind == "gap"] == ["ending"]


@pytest.mark.parametrize("number", [1, 3])
def test_lesen_kostet_gleich_viel_wie_viele_auch_freigegeben_sind(
    number, django_assert_num_queries
):
    for position in range(number):
        one = world.structure(tenant=town(), key=f"kurs_{position}")
        world.reach(tenant=town(), structure=one)
        world.funding(tenant=town(), structure=one)
        shown(one)
    person, tenant = officer(county()), county()
    with django_assert_num_queries(6):
        assert len(received_structures(person, tenant)) == number


def test_ohne_freigaben_kostet_es_eine_abfrage(django_assert_num_queries):
    person, tenant = officer(county()), county()
    with django_assert_num_queries(1):
        assert received_structures(person, tenant) == []


# Exchange


def test_die_arbeitsmappe_des_empfaengers_enthaelt_sie_nicht(tmp_path):
    world.structure(key="eigene", name="Eigene Struktur")
    shown(course())
    path = tmp_path / "mappe.xlsx"
    export(officer(county()), path, tenant=county())
    with ZipFile(path) as packed:
        told = "".join(packed.read(name).decode() for name in packed.namelist())
    assert ("Eigene Struktur" in told, "Kurs am Markt" in told) == (True, False)


@pytest.mark.parametrize(
    ("key", "cited"),
    [("@09463:kurs", True), ("09463:kurs", False), ("kurs", False), ("@x:1", False)],
)
def test_eine_fremde_kennung_sieht_wie_keine_eigene_aus(key, cited):
    assert is_cited(key) is cited
