"""Pages of the desk with a large county: statements, computing time and size, warm.

400 structures, 300 needs, 400 measures and 12,000 entries of history. Each page is asked for once
to warm up and then several times; the least computing time counts. A plain Django list of the 400
structures, in the same frame and with as many cells, is measured in the same run.
"""

import os
import tempfile
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from gelingen.access.models import Tenant

STRUCTURES, NEEDS, MEASURES, ENTRIES = 400, 300, 400, 12_000
TIMES = 5
RATIO = 2.0
PLAIN = """{% extends "desk.html" %}{% block main %}<h1>Strukturen</h1><table>{% for one in found %}
<tr><td><a href="{% url "structure" tenant=tenant.key record=one.key %}">{{ one.name }}</a></td>
<td>{{ one.organisation.name }}</td><td>{{ one.get_kind_display }}</td>
<td>{{ one.get_level_display }}</td><td>{{ one.get_function_display }}</td>
<td>{{ one.fte|default_if_none:"" }}</td><td>{{ one.starts|date:"d.m.Y" }}</td>
<td>{{ one.ends|date:"d.m.Y" }}</td></tr>{% endfor %}</table>{% endblock %}"""
# Pages by name with what their address needs: lists are held against the plain one.
LISTS = ("structures", "organisations", "fundings", "responsibilities", "cooperation", "findings")
OTHERS = ("today", "matrix", "plan", "documents")
SINGLE = {"structure": "s000", "organisation": "o000", "need": "n000", "measure": "m000"}


def run() -> list[dict[str, object]]:
    """Measure every page."""
    home = tempfile.TemporaryDirectory()
    os.environ["GELINGEN_HOME"] = home.name
    os.environ["GELINGEN_DAY"] = "2017-06-01"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    import django  # noqa: PLC0415  (the home must be set before)

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    tenant = _county()
    client = _client(tenant)
    plain = best(lambda: _plain(tenant, client))
    entries: list[dict[str, object]] = [
        {"case": "Schlichte Liste von Django", "seconds": plain, "goal": "", "met": None}
    ]
    entries += [_page(client, tenant, name, {}, plain) for name in LISTS if _is_there(name)]
    entries += [_page(client, tenant, name, {}) for name in OTHERS]
    entries += [_page(client, tenant, name, {"record": key}) for name, key in SINGLE.items()]
    home.cleanup()
    return entries


def _is_there(name: str) -> bool:
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415

    try:
        reverse(name, kwargs={"tenant": "09473"})
    except NoReverseMatch:
        print(f"Diese Seite gibt es nicht: {name}")
        return False
    return True


def _county() -> "Tenant":
    from bench import masterplan  # noqa: PLC0415

    from gelingen.access.policy import Operator  # noqa: PLC0415
    from gelingen.findings.run import run_analyses  # noqa: PLC0415

    masterplan.STRUCTURES, masterplan.NEEDS, masterplan.MEASURES = STRUCTURES, NEEDS, MEASURES
    tenant = masterplan.county()
    _history(tenant)
    run_analyses(actor=Operator(), tenant=tenant, on=masterplan.ON)
    return tenant


def _history(tenant: "Tenant") -> None:
    """Change every structure until there are enough entries."""
    from gelingen.history.models import ChangeEvent  # noqa: PLC0415
    from gelingen.history.recording import Draft, change_many  # noqa: PLC0415
    from gelingen.register.models import Structure  # noqa: PLC0415
    from gelingen.terms.vocabulary import Verb  # noqa: PLC0415

    for number in range(100):
        if ChangeEvent.objects.count() >= ENTRIES:
            return
        drafts = []
        for one in Structure.objects.filter(tenant=tenant):
            draft = Draft(one, before=one.field_values())
            one.note = f"Stand {number}"
            drafts.append(draft)
        change_many(drafts, by="bench", verb=Verb.CHANGED)


def _client(tenant: "Tenant") -> "Client":
    from django.test import Client  # noqa: PLC0415

    from gelingen.access.commands import set_account  # noqa: PLC0415
    from gelingen.access.policy import Operator  # noqa: PLC0415

    account = set_account(
        actor=Operator(),
        username="bench",
        password="Ein langes Wort 7",
        role="officer",
        tenant=tenant,
    )
    client = Client()
    client.force_login(account.user)
    return client


def _plain(tenant: "Tenant", client: "Client") -> None:
    from django.contrib.auth import get_user  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from gelingen.register.models import Structure  # noqa: PLC0415

    request: Any = RequestFactory().get(f"/intern/{tenant.key}/")
    request.session, request.tenant, request.tenants = client.session, tenant, [tenant]
    request.user = get_user(request)
    request.htmx = False
    found = Structure.objects.filter(tenant=tenant).select_related("organisation")
    engines["django"].from_string(PLAIN).render({"found": found, "tenant": tenant}, request)


def best(ask: Callable[[], object]) -> float:
    """Least computing time of several, in seconds."""
    ask()
    found = []
    for _ in range(TIMES):
        begun = time.process_time()
        ask()
        found.append(time.process_time() - begun)
    return min(found)


def _page(
    client: "Client", tenant: "Tenant", name: str, more: dict[str, str], plain: float | None = None
) -> dict[str, object]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    path = reverse(name, kwargs={"tenant": tenant.key, **more})
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    statements = len(asked)  # the next request empties the log
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    seconds = best(lambda: client.get(path))
    size = len(answer.content) / 1024
    ratio = None if plain is None else seconds / plain
    return {
        "case": f"{name}: {statements} Anweisungen, {1000 * seconds:.0f} ms, {size:.0f} kB",
        "seconds": seconds,
        "statements": statements,
        "kilobytes": round(size),
        "ratios": {} if ratio is None else {"schlichte Liste": round(ratio, 2)},
        "goal": "" if ratio is None else f"höchstens {RATIO:.0f} × schlichte Liste",
        "met": None if ratio is None else ratio <= RATIO,
    }
