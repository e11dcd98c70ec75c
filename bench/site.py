"""Pages of the public site of a large county: computing time and requests a second, warm.

An edition is released with 400 public measures, 60 goals and 40 indicators of 18 territories over
ten years. Each page is asked for in one process the first time after a change (`uncached`), as the
next stranger asks, for whom the process has kept it, and as a browser does that has kept it (both
`cached`, the last with its ETag). A plain Django page of 30 measures read from their
own table, through the same middleware, is measured in the same run.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bench.pages import best

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as _Answer

    from gelingen.access.models import Tenant
    from gelingen.access.record import Record

MEASURES, INDICATORS, YEARS = 400, 40, range(2007, 2017)
SECONDS = 2.0
UNCACHED, CACHED = 3.0, 1.0
PLAIN = """<!doctype html><html lang="de"><head><title>Maßnahmen</title></head><body>
<h1>Maßnahmen</h1><ol>{% for one in page %}<li><h2><a href="/m/{{ one.key }}/">{{ one.title }}</a>
</h2><p>{{ one.get_maturity_display }}: {{ one.description }}</p><p>{{ one.topic.name }} ·
{{ one.lead.name }} · {{ one.starts|date:"d.m.Y" }}</p></li>{% endfor %}</ol>
{% if page.has_next %}<a href="?page={{ page.next_page_number }}">Weiter</a>{% endif %}</body>
</html>"""
PAGES = {
    "Start": "/09473/",
    "Maßnahmen": "/09473/massnahmen/",
    "Maßnahmen, gesucht und geordnet": "/09473/massnahmen/?q=nummer+3&sortierung=titel",
    "Eine Maßnahme": "/09473/massnahmen/m000/",
    "Zahlen": "/09473/zahlen/",
    "Eine Kennzahl": "/09473/zahlen/i00/",
    "Maßnahmen als CSV": "/09473/daten/measures.csv",
    "Maßnahmen für Programme": "/09473/api/v1/measures/",
}


def run() -> list[dict[str, object]]:
    """Measure the plain page, then every page of the site, new and kept."""
    home = tempfile.TemporaryDirectory()
    os.environ["GELINGEN_HOME"] = home.name
    os.environ["GELINGEN_DAY"] = "2017-06-01"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    import django  # noqa: PLC0415  (the home must be set before)

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    _released()
    client = Client()
    plain = _plain(client)
    entries = [_entry("Schlichte Seite von Django", plain, "", None)]
    for name, path in PAGES.items():
        mark = client.get(path)["ETag"]
        new = _measured(client, path, anew=True)
        again = _measured(client, path)
        kept = _measured(client, path, {"If-None-Match": mark}, status=304)
        entries.append(_entry(f"{name}, nach einer Änderung", new, UNCACHED, plain))
        entries.append(_entry(name, again, UNCACHED, plain))
        entries.append(_entry(f"{name}, im Browser behalten", kept, CACHED, plain))
    home.cleanup()
    print("Last des Rechners über 1, 5, 15 Minuten:", *(f"{one:.1f}" for one in os.getloadavg()))
    return entries


def _released() -> None:
    """Record the county with its measures made public, and release an edition of its plan."""
    from bench import masterplan  # noqa: PLC0415

    from gelingen.editions.freezing import tables_of  # noqa: PLC0415
    from gelingen.editions.models import Edition, EditionTable  # noqa: PLC0415
    from gelingen.plan.models import Measure, Plan  # noqa: PLC0415
    from gelingen.site.models import SiteSettings  # noqa: PLC0415

    masterplan.MEASURES = MEASURES
    tenant = masterplan.county()
    _publish(list(Measure.objects.filter(tenant=tenant)))
    plan = Plan.objects.get(tenant=tenant)
    own: dict[str, Any] = {"tenant": tenant}
    _save(SiteSettings(**own, key="webseite", switched_on=True, title="Integration"))
    edition = Edition(
        **own, key="ausgabe", plan=plan, title="Masterplan Integration", on=masterplan.ON,
        number=1, state="released", released_on=masterplan.ON,
    )  # fmt: skip
    _save(edition)
    tables = tables_of(tenant, plan, on=masterplan.ON) | {"indicators": _indicators(tenant)}
    for name, rows in tables.items():
        _save(EditionTable(**own, key=f"1-{name}", edition=edition, name=name, rows=rows))


def _publish(measures: list[Any]) -> None:
    from gelingen.history.recording import Draft, change_many  # noqa: PLC0415
    from gelingen.terms.vocabulary import Verb  # noqa: PLC0415

    drafts = [Draft(one, before=one.field_values()) for one in measures]
    for one in measures:
        one.public = True
    change_many(drafts, by="bench", verb=Verb.CHANGED)


def _save(record: "Record") -> None:
    from gelingen.history.recording import change  # noqa: PLC0415
    from gelingen.terms.vocabulary import Verb  # noqa: PLC0415

    with change(by="bench", verb=Verb.CREATED, of=record):
        pass


def _indicators(tenant: "Tenant") -> list[dict[str, object]]:
    from gelingen.editions.tables import COLUMNS  # noqa: PLC0415
    from gelingen.places.models import Territory  # noqa: PLC0415
    from gelingen.terms.editions import EditionTableName  # noqa: PLC0415

    places = list(Territory.objects.filter(tenant=tenant).order_by("key"))
    empty: dict[str, object] = dict.fromkeys(COLUMNS[EditionTableName.INDICATORS], "")
    return [
        {
            **empty,
            "key": f"i{number:02}",
            "name": f"Kennzahl {number}",
            "register": "measure" if number % 4 == 0 else "context",
            "unit": "Personen",
            "breaks": [{"reference": "2011-05-09", "reason": "Zensus 2011"}],
            "targets": [],
            "series": [
                {
                    "territory": place.key, "territory_name": place.name,
                    "reference": date(year, 12, 31).isoformat(), "low": at * 10 + year - 2000,
                    "high": at * 10 + year - 2000, "source": "Statistisches Landesamt", "note": "",
                }
                for at, place in enumerate(places)
                for year in YEARS
            ],
        }
        for number in range(INDICATORS)
    ]  # fmt: skip


def _plain(client: "Client") -> tuple[float, float, int, int]:
    """Measure the plain page behind the same middleware."""
    from django.core.paginator import Paginator  # noqa: PLC0415
    from django.http import HttpResponse  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from gelingen.plan.models import Measure  # noqa: PLC0415

    template = engines["django"].from_string(PLAIN)

    def plain(request: "HttpRequest") -> "HttpResponse":
        found = Measure.objects.filter(public=True).select_related("topic", "lead").order_by("key")
        page = Paginator(found, 30).get_page(request.GET.get("page"))
        return HttpResponse(template.render({"page": page}))

    addresses = ModuleType("plain")
    addresses.urlpatterns = [path("plain/", plain)]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=addresses):
        return _measured(client, "/plain/")


def _measured(
    client: "Client",
    path: str,
    headers: dict[str, str] | None = None,
    *,
    status: int = 200,
    anew: bool = False,
) -> tuple[float, float, int, int]:
    """Give computing seconds, requests a second, statements and bytes of a page."""
    from django.core.cache import caches  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def ask() -> "_Answer":
        if anew:
            caches["pages"].clear()
        return client.get(path, headers=headers or {})

    ask()
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    statements = len(asked)  # the next request empties the log
    if answer.status_code != status:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return best(ask), _often(ask), statements, len(answer.content)


def _often(ask: Callable[[], object]) -> float:
    """Requests a second of one process that is asked without a pause."""
    begun, many = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < SECONDS:
        ask()
        many += 1
    return many / passed


def _entry(
    name: str,
    found: tuple[float, float, int, int],
    most: float | str,
    plain: tuple[float, float, int, int] | None,
) -> dict[str, object]:
    seconds, often, statements, size = found
    ratio = seconds / plain[0] if plain else None
    return {
        "case": f"{name}: {statements} Anweisungen, {1000 * seconds:.1f} ms, {often:.0f} je "
        f"Sekunde, {size / 1024:.0f} kB",
        "seconds": seconds,
        "a_second": round(often, 1),
        "statements": statements,
        "kilobytes": round(size / 1024),
        "ratios": {} if ratio is None else {"schlichte Seite": round(ratio, 2)},
        "goal": "" if ratio is None else f"höchstens {most:g} × schlichte Seite",
        "met": None if ratio is None or isinstance(most, str) else ratio <= most,
    }
