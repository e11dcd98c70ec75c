"""Who takes a seat in a body sees what is not public there, and leads it from the chair's."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.models import Membership
from gelingen.access.policy import May, allowed, seats_of, within
from gelingen.access.queries import on_day
from gelingen.access.rights import rights_of, who_may
from gelingen.boards.models import AgendaItem, Body, Seat, Tenure
from gelingen.editing import take_back
from gelingen.history.recording import change, new_batch
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache")


def seated(body, *, office="member", role="member", **period):
    person = world.person(role=role, at=body.tenant)
    chair = world.seat(body=body, office=office, tenant=body.tenant)
    world.tenure(seat=chair, person=person, tenant=body.tenant, **period)
    return on_day(person, on=TODAY)


def test_ein_mitglied_sieht_nichtoeffentliches_nur_in_seinem_gremium(body):
    own, other = world.agenda_item(body=body), world.agenda_item(body=world.body(key="andere"))
    person = seated(body)
    assert allowed(person, May.VIEW_CLOSED, own)
    assert not allowed(person, May.VIEW_CLOSED, other)
    assert list(within(person, May.VIEW_CLOSED, AgendaItem.objects.all())) == [own]


@pytest.mark.parametrize(
    ("office", "leads"),
    [("chair", True), ("deputy", True), ("secretary", True), ("member", False)],
)
def test_wer_vorsitzt_vertritt_oder_die_geschaefte_fuehrt_leitet_das_gremium(body, office, leads):
    person = seated(body, office=office)
    assert allowed(person, May.EDIT_BOARDS, body) is leads
    assert not allowed(person, May.EDIT_BOARDS, world.body(key="andere"))


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ({}, True),
        ({"ends": TODAY}, False),
        ({"ends": date(2017, 6, 2)}, True),
        ({"starts": date(2017, 6, 2)}, False),
    ],
)
def test_eine_besetzung_gilt_nur_in_ihrer_zeit(body, period, counts):
    assert allowed(seated(body, **period), May.VIEW_CLOSED, body) is counts


def test_ohne_rolle_im_mandanten_gibt_ein_sitz_nichts(body):
    person = world.person(role="reader", at=world.tenant("09463", "Stadt Coburg"))
    world.tenure(seat=world.seat(body=body, office="chair"), person=person)
    assert not within(on_day(person, on=TODAY), May.VIEW_CLOSED, Body.objects.all()).exists()


def test_wer_einen_sitz_einnimmt_bestimmt_nur_wer_alle_gremien_fuehrt(body):
    """Sonst setzte sich ein Vorsitz selbst in ein anderes Gremium oder bliebe für immer."""
    chair = seated(body, office="chair")
    officer = on_day(world.person(role="officer", at=body.tenant), on=TODAY)
    for model in (Seat, Tenure):
        assert not within(chair, May.EDIT_BOARDS, model.objects.all()).exists()
        assert within(officer, May.EDIT_BOARDS, model.objects.all()).exists()


def test_wer_vorsitzt_nimmt_zurueck_was_er_selbst_geaendert_hat(body):
    chair, member = seated(body, office="chair"), seated(body)
    item, batch = world.agenda_item(body=body), new_batch()
    with change(by=chair, verb=Verb.CHANGED, of=item, batch=batch):
        item.title = "Anders"
    with pytest.raises(PermissionDenied):
        take_back(actor=member, tenant=body.tenant, batch=batch)
    take_back(actor=chair, tenant=body.tenant, batch=batch)
    assert AgendaItem.objects.get().title == "Bericht"


def test_die_eigenen_rechte_nennen_den_sitz_und_wie_weit_er_reicht(body):
    person = seated(body, office="chair")
    seats = seats_of(person, body.tenant, on=TODAY)
    found = {one.may: one for one in rights_of(person.held, seats)}
    for may in (May.EDIT_BOARDS, May.VIEW_CLOSED):
        assert not found[may].whole
        assert found[may].bodies == ("AG Sprache",)
        assert found[may].reasons == ("Sitz in „AG Sprache“ (Vorsitz)",)
    assert found[May.VIEW].bodies == ()
    assert rights_of([], seats) == []


def test_wem_eine_rolle_schon_alles_gibt_sagt_der_sitz_nichts_dazu(body):
    person = seated(body, role="officer")
    found = rights_of(person.held, seats_of(person, body.tenant, on=TODAY))
    assert all(one.whole and not one.bodies for one in found)


def test_die_auskunft_wer_etwas_darf_nennt_auch_den_sitz(body):
    person = seated(body, office="chair")
    officer = on_day(world.person(role="officer", at=body.tenant), on=TODAY)
    found = {one.user: one.reasons for one in who_may(officer, May.EDIT_BOARDS, body, on=TODAY)}
    assert found[person] == ("Sitz in „AG Sprache“",)
    # Without a role the seat gives nothing, so nobody is named who cannot do it.
    Membership.objects.filter(user=person).update(ends=TODAY)
    assert person not in {one.user for one in who_may(officer, May.EDIT_BOARDS, body, on=TODAY)}
