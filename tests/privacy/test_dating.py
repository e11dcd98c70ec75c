"""Seit wann etwas gespeichert ist, und bis wann."""

from datetime import UTC, date, datetime

import pytest
from tests import world
from tests.privacy.test_held import altered

from gelingen.privacy.dating import dated
from gelingen.privacy.held import held
from gelingen.surveys.models import Invitation, Response

pytestmark = pytest.mark.django_db


def days(words="", *, organisation=""):
    tenant = world.tenant()
    found = held(world.person(), tenant, words=words, organisation=organisation)
    return [(one.held.text, one.since, one.until) for one in dated(tenant, found)]


def written(thing, *moments):
    """Say when the versions of a record were written, the oldest first."""
    versions = type(thing).history.filter(id=thing.pk).order_by("history_id")
    for version, moment in zip(versions, moments, strict=True):
        versions.filter(pk=version.pk).update(history_date=datetime(*moment, 9, tzinfo=UTC))


def test_seit_wann_sagt_der_tag_an_dem_die_angabe_eingetragen_wurde():
    one = world.organisation(contact="Leitung")
    altered(one, contact="Frau Müller")
    altered(one, mailbox="mueller@example.org")
    written(one, (2015, 1, 2), (2016, 3, 4), (2017, 5, 6))
    assert ("Frau Müller", date(2016, 3, 4), None) in days("Müller")
    assert ("mueller@example.org", date(2017, 5, 6), None) in days("mueller@example")


def test_ein_frueherer_stand_sagt_ab_wann_er_dastand():
    one = world.organisation(contact="Frau Müller")
    altered(one, contact="Leitung")
    written(one, (2015, 1, 2), (2016, 3, 4))
    assert days("Müller") == [("Frau Müller", date(2015, 1, 2), None)]


def test_antworten_sagen_wann_sie_geloescht_werden():
    world.organisation(key="awo")
    of = world.survey(state="open", keep_until=date(2018, 1, 1))
    invited = Invitation.objects.create(
        survey=of, organisation="awo", name="AWO", invited=date(2017, 5, 1)
    )
    at = datetime(2017, 5, 20, 9, tzinfo=UTC)
    Response.objects.create(
        survey=of, invitation=invited, started=at, changed=at, values={"a": "Leitung Müttertreff"}
    )
    assert days("Müttertreff") == [
        ("Leitung Müttertreff", date(2017, 5, 20), date(2018, 1, 1)),
    ]
    assert ("AWO", date(2017, 5, 1), date(2018, 1, 1)) in days(organisation="awo")


@pytest.mark.parametrize("many", [1, 3])
def test_tage_kosten_eine_abfrage_je_art(many, django_assert_num_queries):
    for number in range(many):
        world.organisation(key=f"o_{number}", contact="Frau Müller")
    tenant = world.tenant()
    found = held(world.person(), tenant, words="Müller")
    with django_assert_num_queries(1):
        assert len(dated(tenant, found)) == many
