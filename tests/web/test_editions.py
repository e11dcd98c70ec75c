"""Die Seiten der Ausgaben: Liste, Entwurf mit Vorschau, Freigabe, Dokumente, Vergleich."""

from datetime import date

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests import world
from tests.web.desk import sit_down, text

from gelingen.editions.models import Edition
from gelingen.editions.published import published
from gelingen.editions.queries import rows_of
from gelingen.editions.releasing import next_number, release
from gelingen.history.recording import change
from gelingen.plan.models import Measure
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
TODAY = date(2017, 6, 1)


def at(name, **parts):
    return reverse(name, kwargs={"tenant": "09473", **parts})


def released(key="eins", **given):
    made = world.edition(key=key, resolution="Kreistag, 20.05.2017", **given)
    number = next_number(made.tenant)
    release(
        actor=world.OPERATOR, edition=made, number=number, tables=rows_of(made), files=[], on=TODAY
    )
    return made


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_ohne_plan_und_ohne_ausgabe_sagt_die_liste_was_fehlt(client):
    world.tenant()
    sit_down(client)
    page = text(client.get(at("editions")))
    assert "Noch keine Ausgabe" in page
    assert "Dafür fehlt ein Plan mit Planungshorizont" in page


@pytest.mark.usefixtures("_media")
def test_vom_entwurf_ueber_den_beschluss_zur_freigegebenen_ausgabe(client):
    world.plan(key="masterplan")
    world.measure(key="kurs", title="Abendkurs", public=True)
    world.measure(title="Interne Runde")
    sit_down(client)
    page = text(client.post(at("new-edition"), follow=True))
    made = Edition.objects.get()
    assert "Vor der Freigabe fehlt noch" in page
    assert "1 Maßnahme wird nicht veröffentlicht." in page
    assert "Interne Runde" not in page
    given = {
        "stand": str(made.version), "title": "Masterplan", "on": "01.06.2017",
        "resolution": "Kreistag am 20.05.2017, einstimmig", "paper": "",
    }  # fmt: skip
    page = text(client.post(at("edit-edition", record=made.key), given, follow=True))
    assert "Freigabe als Ausgabe 1" in page
    made.refresh_from_db()
    address = at("release-edition", record=made.key)
    page = text(client.post(address, {"stand": made.version}, follow=True))
    assert "Die Dokumente werden geschrieben" in page
    assert "Freigabe als Ausgabe 1" not in page
    job = DBTaskResult.objects.get()
    assert job.task.func(**job.args_kwargs["kwargs"]) == ["Ausgabe 1"]
    assert "masterplan-ausgabe-1.pdf" in text(client.get(at("edition", record=made.key)))
    assert [row["title"] for row in published(world.tenant()).tables["measures"]] == ["Abendkurs"]
    for fmt, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE")):
        answer = client.get(at("edition-file", record=made.key, fmt=fmt))
        content = b"".join(answer.streaming_content)
        assert content.lower().startswith(start.lower())
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_ein_entwurf_zeigt_seine_dokumente_wie_sie_waeren(client):
    world.edition(key="eins")
    world.measure(title="Abendkurs", public=True)
    sit_down(client)
    answer = client.get(at("edition-file", record="eins", fmt="html"))
    assert "Abendkurs" in answer.content.decode()


def test_zwei_die_einen_entwurf_zugleich_aendern_sehen_beide_fassungen(client):
    made = world.edition(key="eins")
    sit_down(client)
    with change(by="anna", verb=Verb.CHANGED, of=made):
        made.title = "Anders"
    given = {"stand": "1", "title": "Meins", "on": "01.06.2017", "resolution": "", "paper": ""}
    page = text(client.post(at("edit-edition", record="eins"), given))
    assert "Anders" in page
    assert "Meins" in page


def test_zurueckziehen_verlangt_einen_grund(client):
    world.measure(public=True)
    made = released()
    sit_down(client)
    address = at("withdraw-edition", record="eins")
    assert client.post(address, {"stand": made.version, "why": ""}).status_code == 422
    given = {"stand": made.version, "why": "Falsche Fassung"}
    assert "ist zurückgezogen" in text(client.post(address, given, follow=True))
    assert published(world.tenant()) is None


def test_der_vergleich_nimmt_die_letzte_ausgabe_und_den_entwurf(client):
    kept = world.measure(key="kurs", title="Abendkurs", public=True)
    released()
    measure = Measure.objects.get(pk=kept.pk)
    with change(by="anna", verb=Verb.CHANGED, of=measure):
        measure.title = "Morgenkurs"
    world.edition(key="zwei")
    sit_down(client)
    page = text(client.get(at("compare-editions")))
    assert "<h3>Geändert (1)</h3>" in page
    assert "unverändert übernommen" in page
    assert "Was sich geändert hat: Morgenkurs" in page
    paper = client.get(at("compare-editions-paper", fmt="html")).content.decode()
    assert "Abendkurs" in paper
    assert client.get(at("compare-editions") + "?von=nichts").status_code == 404


def test_was_unveraendert_blieb_ist_zugeklappt_und_sagt_wie_viel_es_ist(client):
    world.measure(key="kurs", title="Abendkurs", public=True)
    released()
    world.edition(key="zwei")
    sit_down(client)
    page = text(client.get(at("compare-editions")))
    assert "<summary>Unverändert übernommen (1)" in page
    assert "<h3>" not in page


def test_wer_nur_liest_sieht_ausgaben_und_aendert_nichts(client):
    world.measure(public=True)
    world.edition(key="eins")
    sit_down(client, role="reader")
    page = text(client.get(at("edition", record="eins")))
    assert "Entwurf löschen" not in page
    for name in ("edit-edition", "release-edition", "withdraw-edition", "remove-edition"):
        assert client.post(at(name, record="eins")).status_code == 403
    assert client.post(at("new-edition")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_die_liste_kostet_immer_gleich_viel(client, django_assert_num_queries, count):
    world.measure(public=True)
    for number in range(count):
        released(key=f"a{number}")
    sit_down(client)
    with django_assert_num_queries(5):
        client.get(at("editions"))


def test_die_fortschreibung_zeigt_erst_und_beginnt_dann(client):
    plan = world.plan(key="alt", title="Masterplan")
    world.measure(title="Kurs", public=True)
    world.measure(title="Lotsen", public=True, light="done")
    sit_down(client)
    assert "Noch nichts fortzuschreiben" in text(client.get(at("continue-edition")))
    released(plan=plan)
    page = text(client.get(at("continue-edition")))
    assert "Maßnahmen, die weitergehen (1)" in page
    assert "Maßnahmen, die abgeschlossen werden (1)" in page
    assert 'value="31.12.2034"' in page
    sent = {"title": "Masterplan 2030", "horizon": "31.12.2025"}
    answer = client.post(at("continue-edition"), sent)
    assert (answer.status_code, "muss nach dem 31.12.2025" in text(answer)) == (422, True)
    sent["horizon"] = "31.12.2030"
    page = text(client.post(at("continue-edition"), sent, follow=True))
    assert "Die Fortschreibung ist begonnen." in page
    assert "Rückgängig" in page
