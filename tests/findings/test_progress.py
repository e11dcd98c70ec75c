"""What the page of the findings says about changes since the last run."""

from datetime import date

import pytest
from tests import world

from gelingen.access.commands import set_account
from gelingen.findings.progress import progress
from gelingen.findings.run import run_analyses

pytestmark = pytest.mark.django_db
TASK = "gelingen.jobs.refresh_findings"


def run():
    tenant = world.tenant()
    world.plan(horizon=date(2026, 1, 1))
    run_analyses(actor=world.OPERATOR, tenant=tenant, on=date(2017, 6, 1))
    return tenant


def test_ein_geaenderter_eintrag_macht_die_auswertung_alt():
    world.reach()
    world.need()
    tenant = run()
    assert progress(tenant, TASK).changes == 0
    world.structure(name="Später dazugekommen")
    assert progress(tenant, TASK).changes > 0


def test_ein_neues_konto_macht_die_auswertung_nicht_alt():
    world.reach()
    world.need()
    tenant = run()
    set_account(
        actor=world.OPERATOR, username="berta", password="Ein langes Wort 7", role="reader",  # noqa: S106
        tenant=tenant,
    )  # fmt: skip
    assert progress(tenant, TASK).changes == 0
