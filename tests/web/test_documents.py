"""Dokumente: what lies on the shelf, and the order to write the Masterplan anew."""

from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.reports.shelf import folder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
SHELF = DESK + "dokumente/"


@pytest.fixture
def paper(settings, tmp_path):
    settings.HOME = tmp_path
    folder = folder_of(world.tenant())
    folder.mkdir(parents=True)
    (folder / "masterplan-2017-06-01.html").write_bytes(b"<h1>Masterplan</h1>" * 100)
    return "masterplan-2017-06-01.html"


def test_an_empty_shelf_says_how_the_masterplan_is_written(client):
    county()
    sit_down(client)
    assert "das dauert einige Sekunden." in text(client.get(SHELF))


def test_without_a_plan_the_page_says_what_is_missing(client):
    sit_down(client)
    assert "Dafür fehlt ein Plan mit Planungshorizont." in text(client.get(SHELF))
    assert client.post(SHELF).status_code == 422


def test_papers_are_listed_with_day_and_size_and_come_as_download(client, paper):
    sit_down(client)
    page = text(client.get(SHELF))
    assert "Masterplan, Stand 01.06.2017" in page
    assert "2 kB" in page
    answer = client.get(SHELF + paper + "/")
    assert b"".join(answer.streaming_content).startswith(b"<h1>")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{paper}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["gelingen.sqlite3", "..%2Fgeheim", "masterplan-2016-01-01.pdf"])
def test_nothing_else_can_be_fetched(client, paper, name):
    del paper
    sit_down(client)
    assert client.get(f"{SHELF}{name}/").status_code == 404


ALL = {"dateiart": ["pdf", "docx", "html"], "horizont": "31.12.2025"}


def test_the_order_waits_for_the_worker_and_the_page_asks_again(client):
    county()
    person = sit_down(client)
    page = text(client.post(SHELF, {"dateiart": ["pdf"], "horizont": "31.12.2020"}, follow=True))
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["kwargs"] == {
        "actor_id": person.pk, "tenant_key": "09473", "on": "2017-06-01", "horizon": "2021-01-01",
        "formats": ["pdf"],
    }  # fmt: skip
    assert "Der Masterplan wird geschrieben" in page
    assert "wartet seit" in page
    assert f'data-hx-get="{SHELF}?auftrag={job.pk}"' in page
    assert 'data-hx-trigger="every 2s"' in page
    assert "Seite neu laden" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"horizont": "31.12.2025"}, "Bitte mindestens eine Dateiart wählen."),
        ({"dateiart": ["pdf"], "horizont": "01.06.2017"}, "muss nach dem 01.06.2017 liegen"),
        ({"dateiart": ["pdf"], "horizont": "bald"}, "Tag.Monat.Jahr"),
        ({"dateiart": ["pdf"], "horizont": "31.12.9999"}, "zwischen 1900 und 2199"),
    ],
)
def test_a_wrong_order_is_explained_and_nothing_is_written(client, sent, words):
    county()
    sit_down(client)
    answer = client.post(SHELF, sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not DBTaskResult.objects.exists()


def test_without_a_day_the_horizon_of_the_plan_counts(client):
    county()
    sit_down(client)
    client.post(SHELF, {"dateiart": ["html"], "horizont": ""})
    assert DBTaskResult.objects.get().args_kwargs["kwargs"]["horizon"] == "2026-01-01"


def test_while_it_runs_the_page_says_since_when(client):
    county()
    sit_down(client)
    client.post(SHELF, ALL)
    job = DBTaskResult.objects.get()
    DBTaskResult.objects.update(
        status="RUNNING", started_at=datetime(2017, 6, 1, 8, 0, 5, tzinfo=UTC)
    )
    assert "läuft seit 10:00:05 Uhr" in text(client.get(f"{SHELF}?auftrag={job.pk}"))


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (
            {"status": "SUCCESSFUL", "return_value": ["masterplan-2017-06-01.pdf"]},
            "masterplan-2017-06-01.pdf",
        ),
        (
            {
                "status": "FAILED",
                "exception_class_path": "builtins.ValueError",
                "traceback": "x: y",
            },
            "Der Grund steht im Protokoll dieser Installation.",
        ),
        (
            {
                "status": "FAILED",
                "exception_class_path": "gelingen.errors.NotFoundError",
                "traceback": "Traceback\ngelingen.errors.NotFoundError: Den Plan gibt es nicht.",
            },
            "Den Plan gibt es nicht.",
        ),
    ],
)
def test_when_it_is_over_the_page_says_so_and_asks_no_more(client, over, words):
    county()
    sit_down(client)
    client.post(SHELF, ALL)
    job = DBTaskResult.objects.get()
    DBTaskResult.objects.update(**over)
    page = text(client.get(f"{SHELF}?auftrag={job.pk}"))
    assert words in page
    assert "every 2s" not in page


def test_the_order_of_another_county_is_not_shown(client):
    county()
    sit_down(client)
    client.post(SHELF, ALL)
    job = DBTaskResult.objects.get()
    other = world.tenant(key="09463", name="Stadt Coburg")
    sit_down(client, at=other)
    assert "geschrieben" not in text(client.get(f"/intern/09463/dokumente/?auftrag={job.pk}"))


@pytest.mark.parametrize("job", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_order_is_passed_over(client, job):
    county()
    sit_down(client)
    assert "wird geschrieben" not in text(client.get(f"{SHELF}?auftrag={job}"))


def test_a_reader_downloads_but_orders_nothing(client, paper):
    county()
    sit_down(client, role="reader")
    page = text(client.get(SHELF))
    assert paper in page
    assert "neu schreiben" not in page
    assert client.post(SHELF).status_code == 403
    assert not DBTaskResult.objects.exists()
