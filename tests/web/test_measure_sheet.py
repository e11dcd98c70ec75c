"""The sheet of one measure as a paper: whole, in all formats, and only where one may see it."""

import io
from datetime import date
from zipfile import ZipFile

import pdfua
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.plan.models import Measure
from gelingen.reports.masterplan.sheets import parts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


def sheet(fmt, key="kurs"):
    return f"{DESK}plan/massnahmen/{key}/blatt.{fmt}"


def course(**fields):
    given = {
        "title": "Sprachkurse mit Kinderbetreuung", "situation": "Wartelisten", "fte": "0.50",
        "cost_year_low": 10_000, "cost_year_high": 12_000, "budget_line": "4711",
        "resolutions": "Kreistag 12.07.2017\nKreisausschuss", "indicators": "Teilnehmende",
        "starts": date(2017, 9, 1), "source": "AG Sprache",
    }  # fmt: skip
    return world.measure(key="kurs", **(given | fields))


def test_die_seite_der_massnahme_bietet_ihr_blatt_in_drei_formaten(client):
    course()
    sit_down(client)
    page = text(client.get(f"{DESK}plan/massnahmen/kurs/"))
    assert [sheet(fmt) in page for fmt in ("pdf", "docx", "html")] == [True, True, True]


def test_das_blatt_sagt_was_da_ist_und_nennt_was_fehlt(client):
    course()
    sit_down(client)
    page = text(client.get(sheet("html")))
    for said in ("Wartelisten", "4711", "Kreistag 12.07.2017; Kreisausschuss", "AG Sprache"):
        assert said in page
    left = page.split("Nicht angegeben")[1]
    assert "Verstetigung nach Förderende" in left
    assert "Haushaltsstelle" not in left


def test_jedes_feld_des_blatts_steht_da_oder_unter_dem_was_fehlt(client):
    course()
    sit_down(client)
    page = text(client.get(sheet("html")))
    names = [name for _, fields in parts_of(Measure.objects.get()) for name, _ in fields]
    assert [name for name in names if name not in page] == []


def test_docx_und_pdf_haben_dasselbe_und_das_pdf_ist_barrierefrei(client, tmp_path):
    course()
    sit_down(client)
    docx = client.get(sheet("docx"))
    with ZipFile(io.BytesIO(docx.content)) as packed:
        assert "Wartelisten" in packed.read("word/document.xml").decode()
    pdf = client.get(sheet("pdf")).content
    path = tmp_path / "blatt.pdf"
    path.write_bytes(pdf)
    report = pdfua.validate(str(path))
    assert [one.message for one in report.findings if one.severity.name == "ERROR"] == []


def test_ein_unbekanntes_format_oder_eine_fremde_massnahme_ist_keine_seite(client):
    course()
    world.measure(key="dort", title="Dort", tenant=world.tenant("09463", "Stadt Coburg"))
    sit_down(client, role="reader")
    answers = [client.get(sheet(fmt, key)) for fmt, key in (("xls", "kurs"), ("html", "dort"))]
    assert [one.status_code for one in answers] == [404, 404]


@pytest.mark.parametrize("number", [1, 3])
def test_ein_blatt_kostet_gleich_viel_mit_einem_und_mit_drei_bezuegen(client, number):
    one = course()
    one.needs.set([world.need(key=f"n{each}") for each in range(number)])
    for each in range(number):
        world.milestone(key=f"s{each}", measure=one)
    sit_down(client)
    client.get(sheet("html"))
    with CaptureQueriesContext(connection) as asked:
        client.get(sheet("html"))
    assert len(asked) == 13
