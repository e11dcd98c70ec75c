"""Confirming and extending."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.history.models import ChangeEvent
from gelingen.register.commands import NotLaterError, confirm, extend_funding
from gelingen.register.models import Funding, Structure

pytestmark = pytest.mark.django_db


def test_verlaengern_setzt_das_ende_auf_einen_spaeteren_tag():
    funding = world.funding(ends=date(2018, 1, 1))
    extend_funding(actor=world.OPERATOR, funding=funding, ends=date(2020, 1, 1))
    assert Funding.objects.get().ends == date(2020, 1, 1)
    assert ChangeEvent.objects.filter(verb="extended").exists()


@pytest.mark.parametrize("ends", [date(2018, 1, 1), date(2017, 12, 1)])
def test_ein_frueheres_ende_ist_keine_verlaengerung(ends):
    funding = world.funding(ends=date(2018, 1, 1))
    with pytest.raises(NotLaterError, match=r"nach dem 31\.12\.2017"):
        extend_funding(actor=world.OPERATOR, funding=funding, ends=ends)


def test_was_unbefristet_ist_wird_nicht_verlaengert():
    funding = world.funding(ends=None, ends_kind="unlimited")
    with pytest.raises(NotLaterError, match="unbefristet"):
        extend_funding(actor=world.OPERATOR, funding=funding, ends=date(2020, 1, 1))


def test_bestaetigen_merkt_sich_den_tag():
    structure = world.structure()
    confirm(actor=world.OPERATOR, structure=structure, on=date(2017, 6, 1))
    assert Structure.objects.get().last_confirmed == date(2017, 6, 1)


def test_ein_partner_bestaetigt_nur_das_eigene():
    partner = world.person(role="partner", organisation=world.organisation())
    with pytest.raises(PermissionDenied):
        confirm(actor=partner, structure=world.structure(), on=date(2017, 6, 1))
