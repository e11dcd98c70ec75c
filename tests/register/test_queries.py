"""The inventory as the analyses get it."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world

from gelingen.register.queries import middle, tranche_table, yearly

YEAR = (date(2016, 1, 1), date(2017, 1, 1))


@pytest.mark.parametrize(
    ("per_year", "total", "period", "expected"),
    [
        (Decimal(12000), Decimal(50000), YEAR, 12000.0),
        (None, Decimal(200000), (date(2015, 1, 1), date(2017, 1, 1)), 100000.0),
        (None, Decimal(30000), (date(2017, 1, 1), date(2017, 7, 2)), 60164.84),
        (None, Decimal(3000), (date(2017, 3, 1), date(2017, 3, 2)), None),
        (None, Decimal(3000), (date(2017, 3, 1), None), None),
        (None, None, YEAR, None),
    ],
    ids=[
        "wie angegeben",
        "auf die Jahre verteilt",
        "halbes Jahr",
        "einmalig",
        "Ende offen",
        "kein Betrag",
    ],
)
def test_der_betrag_im_jahr(per_year, total, period, expected):
    found = yearly(per_year, total, *period)
    assert (found is None) == (expected is None)
    assert found is None or found == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(40, 50, 45.0), (None, 110, 110.0), (120, None, 120.0), (None, None, None)],
)
def test_eine_spanne_hat_einen_mittleren_wert(low, high, expected):
    assert middle(low, high) == expected


@pytest.mark.django_db
def test_anteile_stehen_in_den_auswertungen_zwischen_null_und_eins():
    world.funding(key="f", share_percent=80, probability=50, programme="Land")

    (row,) = tranche_table(world.OPERATOR, world.tenant()).frame.rows(named=True)

    assert (row["funding"], row["source"], row["share"], row["probability"]) == (
        "f", "Land", 0.8, 0.5,
    )  # fmt: skip
