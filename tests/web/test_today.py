"""Heute: what ends, what is open, what is new."""

from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, TODAY, county, sit_down, text

from gelingen.findings.commands import judge
from gelingen.findings.models import Finding
from gelingen.terms.vocabulary import Decision
from gelingen.web.today.views import ahead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def test_one_sentence_says_what_ends_and_what_is_open(client):
    county(2)
    sit_down(client)
    page = text(client.get(DESK))
    assert "Zwei Strukturen oder Finanzierungen enden bis zum 30.11.2018" in page
    assert "zwei Befunde sind offen." in page


def test_what_ends_is_told_with_whom_it_hits_soonest_first(client):
    county(2)
    world.funding(structure=world.structure(name="Lotsin"), ends=date(2017, 9, 1))
    sit_down(client)
    page = text(client.get(DESK))
    assert page.index("Lotsin") < page.index("Sprachcafé 0") < page.index("Sprachcafé 1")
    assert "Am 31.08.2017 endet das Geld für Lotsin" in page


def test_what_ends_after_eighteen_months_can_wait(client):
    world.funding(structure=world.structure(name="Lotsin"), ends=date(2018, 12, 2))
    sit_down(client)
    assert "In den nächsten 18 Monaten endet nichts" in text(client.get(DESK))


def test_a_judged_finding_waits_no_more(client):
    county(1)
    person = sit_down(client)
    judge(
        actor=person, finding=Finding.objects.get(), decision=Decision.ACCEPTED,
        reason="zu klein", by_function="Steuerungsgruppe", on=TODAY,
    )  # fmt: skip
    page = text(client.get(DESK))
    assert "keine Befunde sind offen" in page
    assert "Kein Befund wartet auf eine Bewertung." in page


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2017, 6, 1), date(2018, 12, 1)),
        (date(2017, 8, 31), date(2019, 2, 28)),
        (date(2018, 8, 31), date(2020, 2, 29)),
    ],
)
def test_eighteen_months_ahead_end_with_the_month_where_the_day_is_missing(on, expected):
    assert ahead(on, 18) == expected
