"""Was von einem Bericht alle lesen: öffentliche Maßnahmen, kein Geld, niemand, der berichtete."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.documents.reading import pdf_text
from tests.yearly.year import ON, build

from gelingen.documents import html_fragment
from gelingen.history.recording import change, new_batch
from gelingen.history.undo import undo_batch
from gelingen.plan.models import Measure
from gelingen.progress.models import ProgressReport
from gelingen.reports.yearly import (
    kept_content,
    public_report,
    read_told,
    written,
    written_for_everybody,
)
from gelingen.site.commands import SiteError
from gelingen.site.models import SiteReport
from gelingen.site.public import reports_of
from gelingen.site.reports import show_report, take_down_report
from gelingen.terms.vocabulary import Verb
from gelingen.yearly.queries import get_report
from gelingen.yearly.subjects import read_year
from gelingen.yearly.writing import conclude, release, write_text

pytestmark = pytest.mark.django_db


def make_public(*keys):
    for one in Measure.objects.filter(key__in=keys):
        with change(by="world", verb=Verb.CHANGED, of=one):
            one.public = True


@pytest.fixture
def report(settings, tmp_path):
    """Conclude something for everything, with the evening courses public, and release it."""
    settings.MEDIA_ROOT = tmp_path
    found = get_report(world.OPERATOR, build().tenant, "bericht")
    make_public("kurs")
    for chapter in ("ueberblick", "luecken"):
        write_text(actor=world.OPERATOR, report=found, chapter=chapter, text=f"Wort: {chapter}.")
    for one in read_year(world.OPERATOR, found, on=ON).subjects:
        conclude(
            actor=world.OPERATOR, report=found, thing=one.thing, verdict="keep",
            text=f"Weiter mit {one.title}.",
        )  # fmt: skip
    told = read_told(world.OPERATOR, found, on=ON)
    release(
        actor=world.OPERATOR, year=told.year, content=kept_content(told), files=written(told), on=ON
    )
    return get_report(world.OPERATOR, found.tenant, "bericht")


def told_of(report):
    return read_told(world.OPERATOR, report, on=ON)


def said(report):
    return html_fragment(public_report(told_of(report)))


def content(fmt):
    with SiteReport.objects.get(format=fmt).file.open() as file:
        return file.read()


def show(report, actor=world.OPERATOR, batch=""):
    files = written_for_everybody(told_of(report))
    show_report(actor=actor, report=report, files=files, on=ON, batch=batch)


def test_nur_oeffentliche_massnahmen_kommen_vor(report):
    text = said(report)
    assert "Kurse am Abend" in text
    assert "Weiter mit Kurse am Abend." in text
    for hidden in ("Fahrdienst", "Treffpunkt", "Der Bus fehlt", "Verein"):
        assert hidden not in text


def test_weder_geld_noch_wer_berichtet_hat_und_keine_befunde_und_worte_anderer_kapitel(report):
    text = said(report)
    assert "Wort: ueberblick." in text
    assert "Die Hälfte legt B1 ab." in text
    told_by = "Sozialamt, 20.01.2018"
    for hidden in ("12.000", "Landesprogramm", told_by, "Wort: luecken", "Berichtet von"):
        assert hidden not in text


def test_ein_wirkungsziel_steht_wie_die_oeffentlichen_massnahmen_die_ihm_dienen(report):
    """One of its two measures is late, but nobody outside knows of it."""
    assert "im Plan" in said(report)
    assert "verzögert" not in said(report)
    make_public("bus")
    assert "verzögert" in said(report)


def test_weniger_als_fuenf_teilnehmende_stehen_als_wenige_und_zaehlen_nicht_mit(report):
    assert "40, genannt in 1 von 1 Sachstand" in said(report)
    one = ProgressReport.objects.get(key="s1")
    with change(by="world", verb=Verb.CHANGED, of=one):
        one.participants = 3
    assert "unter 5" in said(report)
    assert "genannt in" not in said(report)


def test_ohne_oeffentliche_massnahme_sagt_der_bericht_das(report):
    for one in Measure.objects.filter(public=True):
        with change(by="world", verb=Verb.CHANGED, of=one):
            one.public = False
    assert "Über einzelne Maßnahmen wird öffentlich nicht berichtet." in said(report)
    assert "keine öffentliche Maßnahme" in said(report)


def test_auf_der_webseite_liegt_er_als_pdf_und_html(report):
    show(report)
    assert [one.format for one in reports_of(report.tenant)] == ["pdf", "html"]
    pdf = content("pdf")
    assert "Kurse am Abend" in pdf_text(pdf)
    with pikepdf.open(BytesIO(pdf)) as file:
        assert "/StructTreeRoot" in file.Root
    assert b"Fahrdienst" not in content("html")


def test_noch_einmal_geschrieben_ersetzt_er_den_alten(report):
    show(report)
    make_public("bus")
    show(report)
    assert len(reports_of(report.tenant)) == 2
    assert b"Fahrdienst" in content("html")


def test_heruntergenommen_ist_er_weg_und_laesst_sich_zurueckholen(report):
    show(report)
    batch = new_batch()
    take_down_report(actor=world.OPERATOR, report=report, batch=batch)
    assert reports_of(report.tenant) == []
    undo_batch(batch, by=world.OPERATOR, tenant=report.tenant)
    assert [one.format for one in reports_of(report.tenant)] == ["pdf", "html"]
    assert content("pdf").startswith(b"%PDF")


def test_ein_entwurf_kommt_nicht_hinaus_und_was_nicht_draussen_ist_nicht_herunter(report):
    with pytest.raises(SiteError, match="steht nicht auf der Webseite"):
        take_down_report(actor=world.OPERATOR, report=report)
    draft = world.year_report(key="entwurf", starts=date(2016, 1, 1), ends=date(2017, 1, 1))
    with pytest.raises(SiteError, match="noch ein Entwurf"):
        show_report(actor=world.OPERATOR, report=draft, files={}, on=ON)


def test_wer_den_plan_nicht_aendern_darf_stellt_nichts_hinaus(report):
    reader = world.person(role="member")
    with pytest.raises(PermissionDenied):
        show(report, actor=reader)
    assert not SiteReport.objects.exists()
