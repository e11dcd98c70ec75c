"""The extract for a municipality: two pages, whatever there is to tell."""

import re

import pytest
from tests import world
from tests.reports.small_county import HORIZON, ON, build

from gelingen.documents import plain, statements, write
from gelingen.reports import UnknownTerritoryError, extract, trace

pytestmark = pytest.mark.django_db


def extract_of(tenant, key="09473112"):
    return extract(world.OPERATOR, tenant, key, on=ON, horizon=HORIZON)


def pages(document):
    found = re.findall(rb"/Type\s*/Page\b(?!s)", write(document, "pdf"))
    return len(found)


@pytest.mark.parametrize("times", [1, 25])
def test_der_auszug_hat_hoechstens_zwei_seiten(times):
    assert 1 <= pages(extract_of(build(times))) <= 2


def test_der_auszug_sagt_was_da_ist_was_fehlt_und_wen_man_fragt():
    document = extract_of(build())
    text = "\n".join(statement.text for statement in statements(document))
    headings = [block.text for block in document.blocks if hasattr(block, "level")]
    assert headings == ["Zahlen", "Was da ist", "Was fehlt", "Was geplant ist", "Ansprechstellen"]
    assert "Kurs 0 [kurs_0]" in text
    assert "Kurs verlängern 0 [massnahme_0]" in text
    assert "Leitung" in text
    assert "4.226 Personen" in text


def test_hinter_jeder_aussage_des_auszugs_steht_ein_beleg():
    assert trace(extract_of(build(3))).untraced == ()


def test_was_im_ganzen_landkreis_gilt_gilt_auch_hier():
    tenant = build()
    county = world.territory(key="094", name="Bezirk", kind="district")
    structure = world.structure(key="weit", name="Beratung für alle")
    world.reach(structure=structure, territory=county)
    said = [plain(b.content) for b in extract_of(tenant).blocks if hasattr(b, "content")]
    assert "Auch für Ahorn arbeitet 1 übergreifende Struktur: Beratung für alle." in said


@pytest.mark.parametrize("times", [1, 3])
def test_die_zahl_der_abfragen_ist_fest(times, django_assert_num_queries):
    tenant = build(times)
    with django_assert_num_queries(61):
        extract_of(tenant)


def test_ein_unbekanntes_gebiet_wird_genannt():
    with pytest.raises(UnknownTerritoryError, match="„09999999“"):
        extract_of(build(), "09999999")
