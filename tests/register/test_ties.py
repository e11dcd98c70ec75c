"""Verbindungen: entered in one go for one organisation, confirmed by the other side."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.editing import take_back
from gelingen.history.recording import change
from gelingen.register.models import Cooperation
from gelingen.register.ties import (
    NewTie,
    TieError,
    UnknownOrganisationError,
    confirm_tie,
    get_organisation,
    partners_of,
    set_ties,
)
from gelingen.terms.vocabulary import ReportedBy, Verb

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 1)


@pytest.fixture
def amt():
    return {key: world.organisation(key=key, name=key.upper()) for key in "abcd"}


def seen(of):
    """Tell whose boxes are ticked when somebody looks."""
    return {one.key for one in partners_of(world.OPERATOR, of, on=ON) if one.ties}


def save(of, ticked, before=None, **given):
    standard = {"actor": world.OPERATOR, "terms": NewTie(), "on": ON}
    before = seen(of) if before is None else before
    return set_ties(of=of, before=before, ticked=set(ticked), **(standard | given))


def ties():
    rows = Cooperation.objects.order_by("a__key", "b__key")
    return [(one.a.key, one.b.key, one.starts, one.ends) for one in rows]


def test_neue_haken_beginnen_fehlende_enden(amt):
    world.cooperation(a=amt["a"], b=amt["b"])
    world.cooperation(a=amt["c"], b=amt["a"])
    written = save(amt["a"], "cd")
    assert (written.begun, written.ended) == (1, 1)
    assert ties() == [
        ("a", "b", None, ON),
        ("a", "d", ON, None),
        ("c", "a", None, None),
    ]


def test_was_gemeinsam_gilt_steht_in_jeder_neuen_verbindung(amt):
    topic = world.topic(key="arbeit")
    terms = NewTie("joint_service", "arbeit", 3, ReportedBy.BOTH)
    save(amt["a"], "bc", terms=terms)
    found = {
        (tie.b.key, tie.kind, tie.topic, tie.intensity, tie.reported_by)
        for tie in Cooperation.objects.all()
    }
    assert found == {(key, "joint_service", topic, 3, "both") for key in "bc"}


def test_was_andere_seit_dem_hinsehen_eingetragen_haben_bleibt(amt):
    before = seen(amt["a"])
    world.cooperation(a=amt["a"], b=amt["b"])
    save(amt["a"], "c", before=before)
    assert ties() == [("a", "b", None, None), ("a", "c", ON, None)]


def test_was_andere_seit_dem_hinsehen_beendet_haben_beginnt_nicht_neu(amt):
    tie = world.cooperation(a=amt["a"], b=amt["b"])
    before = seen(amt["a"])
    with change(by="Leitung", verb=Verb.ENDED, of=tie):
        tie.ends = ON
    save(amt["a"], "b", before=before)
    assert ties() == [("a", "b", None, ON)]


def test_was_an_diesem_tag_begann_wird_entfernt_statt_beendet(amt):
    save(amt["a"], "b")
    save(amt["a"], "")
    assert ties() == []


def test_was_schon_geendet_hat_beginnt_neu(amt):
    world.cooperation(a=amt["a"], b=amt["b"], ends=ON)
    save(amt["a"], "b")
    assert ties() == [("a", "b", None, ON), ("a", "b", ON, None)]


def test_alles_wird_mit_einem_vorgang_zurueckgenommen(amt):
    world.cooperation(a=amt["a"], b=amt["b"])
    written = save(amt["a"], "cd")
    take_back(actor=world.OPERATOR, tenant=world.tenant(), batch=written.batch)
    assert ties() == [("a", "b", None, None)]


def test_ein_unbekanntes_thema_schreibt_gar_nichts(amt):
    world.cooperation(a=amt["a"], b=amt["b"])
    with pytest.raises(TieError, match="Themenfeld"):
        save(amt["a"], "c", terms=NewTie(topic="fehlt"))
    with pytest.raises(TieError, match="„x“"):
        save(amt["a"], "x")
    assert ties() == [("a", "b", None, None)]


def test_partner_tragen_nur_die_eigenen_verbindungen_ein(amt):
    partner = world.person(role="partner", organisation=amt["a"])
    world.cooperation(a=amt["b"], b=amt["a"])
    assert [one.fixed for one in partners_of(partner, amt["a"], on=ON)] == [True, False, False]
    written = save(amt["a"], "c", actor=partner)
    assert (written.begun, written.ended) == (1, 0)
    with pytest.raises(PermissionDenied):
        save(amt["b"], "c", actor=partner)


@pytest.mark.parametrize(("told", "silent"), [("a", "b"), ("b", "a")])
def test_die_andere_seite_bestaetigt_was_eine_allein_genannt_hat(amt, told, silent):
    tie = world.cooperation(key="k_1", a=amt["a"], b=amt["b"], reported_by=told)
    (one,) = [p for p in partners_of(world.OPERATOR, amt["a"], on=ON) if p.ties]
    assert (one.one_sided, one.told_by) == (("k_1",), told.upper())
    teller = world.person(role="partner", organisation=amt[told])
    with pytest.raises(PermissionDenied):
        confirm_tie(actor=teller, tenant=tie.tenant, key="k_1")
    partner = world.person(role="partner", organisation=amt[silent])
    confirm_tie(actor=partner, tenant=tie.tenant, key="k_1")
    assert Cooperation.objects.get().reported_by == "both"
    with pytest.raises(TieError, match="nicht einseitig"):
        confirm_tie(actor=partner, tenant=tie.tenant, key="k_1")


def test_zwei_einseitige_nennungen_von_beiden_sind_keine_einseitige(amt):
    world.cooperation(a=amt["a"], b=amt["b"], reported_by="a")
    world.cooperation(a=amt["a"], b=amt["b"], reported_by="b", kind="staff")
    (one,) = [p for p in partners_of(world.OPERATOR, amt["a"], on=ON) if p.ties]
    assert (one.one_sided, one.told_by) == ((), "")


def test_eine_beendete_organisation_steht_nicht_zur_wahl(amt):
    world.organisation(key="alt", ends=ON)
    assert [one.key for one in partners_of(world.OPERATOR, amt["a"], on=ON)] == ["b", "c", "d"]


def test_ein_fremder_mandant_findet_die_organisation_nicht(amt):
    other = world.person(at=world.tenant("09463", "Stadt Coburg"))
    with pytest.raises(UnknownOrganisationError):
        get_organisation(other, amt["a"].tenant, "a")
