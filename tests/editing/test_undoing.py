"""Who may take back what was done."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.commands import keep_tenant
from gelingen.access.roles import give_role
from gelingen.editing import save_record, sheet_of, take_back, take_back_change
from gelingen.findings.commands import judge
from gelingen.findings.models import Finding, Verdict
from gelingen.history.models import ChangeEvent
from gelingen.register.models import Organisation
from gelingen.terms.vocabulary import Decision

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)


def judged(actor):
    """Judge a finding; gives the event of the verdict."""
    judge(
        actor=actor,
        finding=world.finding(values={"n": 1}),
        decision=Decision.ACCEPTED,
        reason="zu klein",
        by_function="Steuerungsgruppe",
        on=TODAY,
        batch="urteil",
    )
    return ChangeEvent.objects.get(batch="urteil")


def test_wer_nur_liest_nimmt_weder_bewertung_noch_befund_zurueck():
    told = judged(world.person())
    found = ChangeEvent.objects.filter(subject__startswith="findings.Finding").earliest("pk")
    reader = world.person(role="reader")
    for event in (told, found):
        with pytest.raises(PermissionDenied):
            take_back_change(actor=reader, tenant=world.tenant(), event=event.pk)
    with pytest.raises(PermissionDenied):
        take_back(actor=reader, tenant=world.tenant(), batch="urteil")
    assert (Finding.objects.count(), Verdict.objects.count()) == (1, 1)


def test_wer_befunde_beurteilt_nimmt_eine_bewertung_zurueck():
    told = judged(world.person())
    planner = world.person(role="planner")
    take_back_change(actor=planner, tenant=world.tenant(), event=told.pk)
    assert not Verdict.objects.exists()


def test_wer_nur_liest_erfaehrt_nicht_wessen_rolle_eine_aenderung_war():
    person = world.person(role="reader")
    give_role(actor=world.person(), tenant=world.tenant(), person=person, role="finance", on=TODAY)
    event = ChangeEvent.objects.get(subject__startswith="access.Membership")
    with pytest.raises(PermissionDenied):
        take_back_change(actor=person, tenant=world.tenant(), event=event.pk)


def test_der_name_eines_anderen_genuegt_nicht_um_dessen_aenderung_zurueckzunehmen():
    """Names may come back; the number of the account does not."""
    owner = world.organisation(key="o1")
    officer = world.person()
    save_record(
        actor=officer,
        tenant=world.tenant(),
        sheet=sheet_of("structure"),
        values={"name": "Neu"},
        of=world.structure(name="Alt"),
        batch="name",
    )
    event = ChangeEvent.objects.get(batch="name")
    partner = world.person(role="partner", organisation=owner)
    officer.delete()
    partner.username = event.by
    for attempt in (
        lambda: take_back_change(actor=partner, tenant=world.tenant(), event=event.pk),
        lambda: take_back(actor=partner, tenant=world.tenant(), batch="name"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("whole", [True, False])
def test_zuruecknehmen_gibt_einen_eintrag_nicht_an_andere_weiter(whole):
    """The officer hands a structure over; who has it now may not set another organisation."""
    structure = world.structure(organisation=world.organisation(key="o0"))
    owner = world.organisation(key="o3")
    save_record(
        actor=world.person(),
        tenant=world.tenant(),
        sheet=sheet_of("structure"),
        values={"organisation": "o3", "name": "Neuer Name"},
        of=structure,
        batch="weitergabe",
    )
    event = ChangeEvent.objects.get(batch="weitergabe")
    partner = world.person(role="partner", organisation=owner)
    given = {"actor": partner, "tenant": world.tenant(), "event": event.pk}
    with pytest.raises(PermissionDenied):
        take_back_change(**given, field="" if whole else "organisation_id")
    structure.refresh_from_db()
    assert structure.organisation == owner
    take_back_change(**given, field="name")
    structure.refresh_from_db()
    assert structure.name != "Neuer Name"


def test_ein_vorgang_mit_mandant_und_datensatz_laesst_sich_zuruecknehmen_der_mandant_bleibt():
    tenant = world.tenant()
    tenant.name = "Landkreis mit neuem Namen"
    keep_tenant(actor=world.OPERATOR, tenant=tenant, batch="einlesen")
    save_record(
        actor=world.OPERATOR,
        tenant=tenant,
        sheet=sheet_of("organisation"),
        values={"name": "Träger", "kind": "welfare"},
        batch="einlesen",
    )
    take_back(actor=world.person(), tenant=tenant, batch="einlesen")
    tenant.refresh_from_db()
    assert tenant.name == "Landkreis mit neuem Namen"
    assert not Organisation.objects.exists()
