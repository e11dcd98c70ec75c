"""Was im freigegebenen Bericht steht: dass er freigegeben ist, und wer wirklich geschwiegen hat."""

from datetime import date

import pytest
from tests import world
from tests.yearly.year import ON, build

from gelingen.reports.counting import listed
from gelingen.reports.yearly import read_told, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    report = build()
    world.measure(
        key="kommt", title="Beginnt später", maturity="planned", starts=date(2019, 1, 1),
        lead=world.organisation(key="spaeter", name="Kommendes Amt"),
    )  # fmt: skip
    return read_told(world.OPERATOR, report, on=ON)


def test_was_zur_freigabe_geschrieben_wird_nennt_sich_nicht_mehr_entwurf(told):
    page = written(told)["html"].decode()
    assert "Freigegeben" in page
    assert "Entwurf" not in page


def test_wer_noch_nicht_begonnen_hat_hat_nicht_geschwiegen(told):
    assert [one.measure.key for one in told.year.silent] == ["still"]


def test_namen_mit_komma_trennt_ein_strichpunkt():
    assert listed(["Caritas", "Diakonie", "AWO"]) == "Caritas, Diakonie und AWO"
    assert listed(["Landratsamt", "Landratsamt, Fachbereich 22", "AWO"]) == (
        "Landratsamt; Landratsamt, Fachbereich 22 und AWO"
    )
