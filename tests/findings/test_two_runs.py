"""Two runs at the same time, as two people or a person and the worker start them."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection
from tests import world

from gelingen.findings.commands import refresh
from gelingen.findings.models import Finding
from gelingen.findings.observations import Observation
from gelingen.terms.vocabulary import FindingKind

JUNE = date(2017, 6, 1)
SEEN = [Observation("gap:a", FindingKind.GAP, "In Ahorn fehlt etwas.", evidence=("need:b_1",))]


class Slow(list):
    """Observations that take a while to look through, so that the other run can begin."""

    def __init__(self, content, other_begins):
        super().__init__(content)
        self.other_begins = other_begins

    def __iter__(self):
        self.other_begins.wait(5)
        time.sleep(0.3)
        return super().__iter__()


@pytest.mark.django_db(transaction=True)
def test_zwei_laeufe_zur_selben_zeit_halten_jeden_befund_einmal_fest():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time from the beginning of a transaction")
    tenant, begins = world.tenant(), Event()

    def run(observations, *, tell):
        try:
            if tell:
                begins.set()
            return refresh(actor=world.OPERATOR, tenant=tenant, observations=observations, on=JUNE)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        first = both.submit(run, Slow(SEEN, begins), tell=False)
        time.sleep(0.1)
        second = both.submit(run, SEEN, tell=True)
        told = first.result(20), second.result(20)

    assert Finding.objects.count() == 1
    assert [(one.new, one.standing) for one in told] == [(("gap:a",), ()), ((), ("gap:a",))]
