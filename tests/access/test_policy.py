"""Lists and single objects ask one truth, and every recorded model is in it."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.policy import OWNERS, ROLES, May, allowed, allowed_in, require, within
from gelingen.history.recording import Recorded
from gelingen.register.models import Structure

pytestmark = pytest.mark.django_db


def test_die_regeln_kennen_jedes_modell():
    recorded = {m._meta.label for m in apps.get_models() if issubclass(m, Recorded)}
    assert recorded == set(OWNERS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("may", May)
def test_liste_und_einzelner_eintrag_sind_sich_einig(role, may):
    own = world.structure()
    other = world.structure(tenant=world.tenant("09463", "Stadt Coburg"))
    person = world.person(role=role, at=own.tenant, organisation=own.organisation)

    listed = set(within(person, may, Structure.objects.all()))

    assert listed == {thing for thing in (own, other) if allowed(person, may, thing)}
    assert other not in listed


def test_partner_aendern_nur_die_eigene_organisation():
    own, other = world.structure(), world.structure(organisation=world.organisation())
    partner = world.person(role="partner", organisation=own.organisation)

    assert list(within(partner, May.EDIT_REGISTER, Structure.objects.all())) == [own]
    assert set(within(partner, May.VIEW, Structure.objects.all())) == {own, other}


def test_wer_nur_liest_darf_nichts_aendern():
    structure = world.structure()
    reader = world.person(role="reader")

    with pytest.raises(PermissionDenied, match="Strukturen, Finanzierungen"):
        require(reader, May.EDIT_REGISTER, structure)


def test_der_ganze_mandant_steht_nur_denen_offen_die_dort_eine_rolle_haben():
    county, town = world.tenant(), world.tenant("09463", "Stadt Coburg")
    officer = world.person(at=county)

    assert [allowed_in(officer, May.EXCHANGE, t) for t in (county, town)] == [True, False]
