"""What people said about their lists holds for every way to import, within their tenant."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.transfer.imports import preview_import
from gelingen.transfer.mapping import remember, sources_of
from gelingen.transfer.models import HeadMapping
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.mapping import answered

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "Adressen.csv"
    file.write_text("Haus;Fax\nAWO;1\n", encoding="utf-8")
    return file


def say(path, tenant, column, at=NOON):
    told = answered(path, SHEETS, {"Adressen": ("organisation", {"Haus": column, "Fax": ""})})
    remember(world.person(at=tenant), tenant, told, at=at)


def test_gemerktes_gilt_ohne_browser_und_nur_beim_eigenen_mandanten(path):
    county, town = world.tenant(), world.tenant(key="09463", name="Stadt Coburg")
    say(path, county, "name")
    own = preview_import(world.OPERATOR, path, tenant=county)
    foreign = preview_import(world.OPERATOR, path, tenant=town)
    assert [list(part.new) for part in own.sheets] == [["awo"]]
    assert foreign.sheets == ()


def test_die_letzte_antwort_ersetzt_die_vorige(path):
    say(path, world.tenant(), "name")
    say(path, world.tenant(), "seat", at=NOON + timedelta(hours=1))
    assert HeadMapping.objects.count() == 1
    (source,) = sources_of(world.tenant())
    assert source.columns == {"haus": "seat", "fax": ""}


def test_wer_nicht_einlesen_darf_ordnet_nichts_zu():
    with pytest.raises(PermissionDenied):
        remember(world.person(role="reader"), world.tenant(), [], at=NOON)
    assert not HeadMapping.objects.exists()


def test_eine_spalte_die_es_nicht_mehr_gibt_wird_wieder_erfragt(path):
    say(path, world.tenant(), "gone")
    found = preview_import(world.OPERATOR, path, tenant=world.tenant())
    assert [problem.remedy for problem in found.book.problems if problem.serious] == [
        "Die Kopfzeile fehlt. Sie muss mindestens diese Spalten nennen: Name."
    ]
