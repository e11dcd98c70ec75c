"""Tenants and accounts leave a trace too."""

import pytest
from tests import world

from gelingen.access.commands import keep_tenant, set_account
from gelingen.access.models import Tenant
from gelingen.history.models import ChangeEvent
from gelingen.history.queries import events_since

pytestmark = pytest.mark.django_db
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for this test


def account(tenant, role="officer", **more):
    return set_account(
        actor=world.OPERATOR, username="integration", password=PASSWORD, role=role, tenant=tenant,
        **more,
    )  # fmt: skip


def told():
    return [
        (event.subject.partition(":")[0], event.verb, event.changed)
        for event in ChangeEvent.objects.order_by("pk")
    ]


def test_ein_neues_konto_steht_mit_rolle_im_verlauf_des_mandanten():
    account(world.tenant(), email="integration@example.org")

    assert told() == [
        ("access.User", "created", {
            "email": ["", "integration@example.org"], "password": [None, "neu gesetzt"],
        }),
        ("access.Membership", "created", {"role": ["", "Integrationsbeauftragte"]}),
    ]  # fmt: skip
    assert {event.by for event in ChangeEvent.objects.all()} == {"Kommandozeile"}
    assert {event.tenant for event in ChangeEvent.objects.all()} == {"09473"}
    assert len({event.batch for event in ChangeEvent.objects.all()}) == 1


def test_das_passwort_selbst_steht_nirgends_im_verlauf():
    account(world.tenant())
    assert PASSWORD not in str(told())


def test_eine_andere_rolle_steht_mit_vorher_und_nachher_im_verlauf():
    account(world.tenant())
    account(world.tenant(), role="reader")

    assert told()[2:] == [
        ("access.User", "changed", {"password": [None, "neu gesetzt"]}),
        ("access.Membership", "changed", {"role": ["Integrationsbeauftragte", "Lesend"]}),
    ]


def test_der_verlauf_nennt_felder_von_konten_auf_deutsch():
    tenant = world.tenant()
    moment = world.structure().history.first().history_date
    account(tenant, email="integration@example.org")

    fields = [field for change in events_since("09473", moment) for field in change.fields]

    assert ("Rolle", "", "Integrationsbeauftragte") in fields
    assert ("E-Mail-Adresse", "", "integration@example.org") in fields


def test_ein_mandant_mit_neuem_namen_steht_im_verlauf_einer_mit_altem_nicht():
    batch = "0" * 32
    assert keep_tenant(actor=world.OPERATOR, tenant=Tenant("09473", "Kreis Coburg"), batch=batch)
    assert keep_tenant(actor=world.OPERATOR, tenant=Tenant("09473", "Landkreis"), batch=batch)
    assert not keep_tenant(actor=world.OPERATOR, tenant=Tenant("09473", "Landkreis"), batch=batch)

    assert told() == [
        ("access.Tenant", "imported", {}),
        ("access.Tenant", "imported", {"name": ["Kreis Coburg", "Landkreis"]}),
    ]
    assert Tenant.objects.get().name == "Landkreis"
