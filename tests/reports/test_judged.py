"""What people decided about findings stands where the plan shows what was found."""

from datetime import date

import pytest
from tests import world
from tests.reports.small_county import HORIZON, ON, build

from gelingen.documents import statements
from gelingen.findings.commands import judge, refresh
from gelingen.findings.inputs import read_inputs
from gelingen.findings.models import Finding
from gelingen.findings.observations import observe
from gelingen.reports import masterplan
from gelingen.terms.vocabulary import Decision

pytestmark = pytest.mark.django_db


def found(tenant):
    """Run the analyses and give the findings by kind."""
    seen = observe(read_inputs(world.OPERATOR, tenant), on=ON, ends=HORIZON)
    refresh(actor=world.OPERATOR, tenant=tenant, observations=seen, on=ON)
    return {finding.kind: finding for finding in Finding.objects.order_by("-key")}


def decide(finding, decision=Decision.INTENDED, on=ON, **fields):
    given = {"reason": "Das Jobcenter berät selbst.", "by_function": "Steuerungsgruppe"} | fields
    judge(actor=world.OPERATOR, finding=finding, decision=decision, on=on, **given)


def rows(tenant):
    document = masterplan(world.OPERATOR, tenant, on=ON, horizon=HORIZON)
    return [said.text for said in statements(document) if "Bewertung: " in said.text]


JUDGED = "Bewertung: beabsichtigt – Das Jobcenter berät selbst. (Steuerungsgruppe, 01.06.2017)"


@pytest.mark.parametrize("kind", ["gap", "several_leads"])
def test_die_bewertung_steht_beim_befund(kind):
    tenant = build()
    decide(found(tenant)[kind])
    shown = rows(tenant)
    assert shown
    assert all(JUDGED in row for row in shown)


def test_die_letzte_bewertung_gilt_und_nennt_ihre_massnahme():
    tenant = build()
    finding = found(tenant)["gap"]
    decide(finding, on=date(2017, 5, 1))
    measure = world.measure(key="kurs_ausbauen")
    decide(finding, Decision.TO_SOLVE, measure=measure, reason="Der Kreistag hat beschlossen.")
    shown = rows(tenant)
    assert shown
    assert all("wird durch eine Maßnahme gelöst [kurs_ausbauen] – Der Kreis" in r for r in shown)


def test_eine_bewertung_nach_dem_stichtag_steht_nicht_im_plan():
    tenant = build()
    decide(found(tenant)["gap"], on=date(2017, 6, 2))
    assert rows(tenant) == []


def test_was_niemand_bewertet_hat_traegt_keine_bewertung():
    tenant = build()
    found(tenant)
    assert rows(tenant) == []
