"""Das Beispiel mit einem Befehl, und dass es fremden Einträgen nichts tut."""

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client
from tests import world

from gelingen.access.models import Tenant, User
from gelingen.cli import demo, example_progress, main
from gelingen.config.day import DAY_FILE
from gelingen.editions.models import Edition
from gelingen.editions.published import published
from gelingen.findings.models import Finding
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import remove
from gelingen.indicators.models import Indicator
from gelingen.progress.models import ProgressReport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path):
    """Give each test an installation's folder of its own."""
    before = settings.HOME
    settings.HOME = tmp_path / "daten"
    settings.HOME.mkdir()
    yield settings.HOME
    settings.HOME = before


def entered():
    """Count all changes, those of findings too."""
    return ChangeEvent.objects.count()


def run(*arguments):
    return CliRunner().invoke(main, ["demo", "--no-serve", *map(str, arguments)])


def test_das_beispiel_laeuft_und_ein_zweiter_lauf_aendert_nichts(home, tmp_path):
    papers = tmp_path / "papiere"
    first = run("--out", papers)
    assert first.exit_code == 0, first.output
    written = sorted(path.relative_to(papers).as_posix() for path in papers.rglob("*.*"))
    assert written == sorted(
        f"{tenant}/masterplan-2017-06-01.{kind}"
        for tenant in ("09473", "09463000")
        for kind in ("pdf", "docx", "html")
    )
    assert all(str(papers / name) in first.output for name in written)
    password = (home / "beispiel-anmeldung.txt").read_text(encoding="ascii")
    assert f"Benutzername integration, Passwort {password}" in first.output
    assert User.objects.get().check_password(password)
    assert (home / DAY_FILE).read_text(encoding="ascii") == "2017-06-01"
    assert Finding.objects.exists()
    for made in ("Ausgabe 1", "Sachstandsbericht 2016 (Beispiel)", "Ausgabe 2"):
        assert f"Landkreis Coburg (09473): {made} ist freigegeben." in first.output
    public = published(Tenant.objects.get(pk="09473"))
    assert len(public.tables["measures"]) == 24
    assert len(public.files) == 3
    stands = {row["key"]: row["state"] for row in public.tables["measures"]}
    reasons = {row["key"]: row["state_reason"] for row in public.tables["measures"]}
    assert "(Annahme für das Beispiel)" in reasons["m16"]
    assert (stands["m16"], stands["m30"]) == ("on_course", "blocked")
    told = ProgressReport.objects.filter(tenant="09473")
    assert {one.starts.year for one in told} == {2015, 2016}
    assert {one.by_function for one in told} == {"Annahme für das Beispiel"}
    texts = [text for one in told for text in (one.effect, one.obstacles, one.next_step) if text]
    assert all(text.endswith("(Annahme für das Beispiel)") for text in texts)
    assert "/09473/, /09463000/" in first.output
    news = Client().get("/09473/neues/").content.decode()
    assert "Gemeinden besprechen Integration" in news
    assert "keine Seite des Landkreises Coburg" in Client().get("/09473/").content.decode()
    remove(by="anna", of=Indicator.objects.filter(tenant="09473", code="L-A7").get())
    events = entered()

    second = run("--out", papers)

    assert second.exit_code == 0, second.output
    assert "Landkreis Coburg (09473) ist schon geladen und bleibt, wie es ist." in second.output
    assert second.output.count("davon 0 neu, 0 erneut, 0 nicht mehr festgestellt") == 2
    assert password in second.output
    assert entered() == events


def test_was_vom_beispiel_abgebrochen_wurde_beginnt_beim_naechsten_lauf_von_vorn(
    settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "ablage"

    def broken(*_given, **_named):
        raise OSError("Datenträger voll")

    with monkeypatch.context() as failing:
        failing.setattr(example_progress, "_year_report", broken)
        assert run().exit_code != 0
    assert not Edition.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))

    again = run()

    assert again.exit_code == 0, again.output
    for made in ("Sachstandsbericht 2016 (Beispiel)", "Ausgabe 2"):
        assert f"Landkreis Coburg (09473): {made} ist freigegeben." in again.output


@pytest.mark.parametrize(
    ("key", "name"), [("09475", "Landkreis Hof"), ("09473", "Landkreis Coburg")]
)
def test_neben_eigenen_eintraegen_wird_das_beispiel_nicht_geladen(home, key, name):
    world.tenant(key, name)
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith(f"In {home} liegen schon eigene Einträge.")
    assert list(Tenant.objects.values_list("key", "name")) == [(key, name)]
    assert not list(home.iterdir())


def test_fehlt_das_beispiel_wird_gesagt_wie_man_es_bekommt(tmp_path, monkeypatch):
    monkeypatch.setattr(demo.gelingen, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    result = run()
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Das Beispiel fehlt: {tmp_path / 'a' / 'b'}/examples/coburg.")
    assert "make setup" in result.stderr


def test_wer_die_papiere_in_die_eigene_ablage_schreiben_laesst_bekommt_sie_dort(home):
    shelf = home / "dokumente"

    result = run("--out", shelf)

    assert result.exit_code == 0, result.output
    assert (shelf / "09473" / "masterplan-2017-06-01.pdf").stat().st_size > 0
