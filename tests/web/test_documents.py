"""Dokumente: what lies on the shelf, and the order to write the Masterplan anew."""

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
    assert "Das dauert einige Sekunden." in text(client.get(SHELF))


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


def test_the_order_waits_for_the_worker_and_the_page_asks_again(client):
    county()
    person = sit_down(client)
    page = text(client.post(SHELF, follow=True))
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["kwargs"] == {
        "actor_id": person.pk, "tenant_key": "09473", "on": "2017-06-01", "horizon": "2026-01-01",
    }  # fmt: skip
    assert "Der Masterplan wird geschrieben." in page
    assert f'data-hx-get="{SHELF}?auftrag={job.pk}"' in page
    assert 'data-hx-trigger="every 2s"' in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("SUCCESSFUL", "Der Masterplan ist geschrieben."),
        ("FAILED", "Der Masterplan konnte nicht geschrieben werden."),
    ],
)
def test_when_it_is_over_the_page_says_so_and_asks_no_more(client, status, words):
    county()
    sit_down(client)
    client.post(SHELF)
    job = DBTaskResult.objects.get()
    DBTaskResult.objects.update(status=status)
    page = text(client.get(f"{SHELF}?auftrag={job.pk}"))
    assert words in page
    assert "every 2s" not in page


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
