"""Answers gathered outside: 5,000 taken in, and the pages that read them, warm.

A table of 5,000 lines is read and taken into a survey with names, then into an anonymous one, by
the functions that the page calls. Each of the named ones says what is missing, in one of 25 fields.
Pages are asked for once to warm up and then several times; the least computing time counts. The
first look at the review after an answer came groups all statements anew and is measured apart.
"""

import os
import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from gelingen.access.models import Tenant
    from gelingen.surveys.models import Survey

NUMBER = 5_000
DAY = date(2017, 6, 1)
IMPORT, PAGE, FIRST = 15.0, 1.0, 15.0  # seconds
OPTIONS = {"ja": "ja", "teils": "teils", "nein": "nein"}
GROUPS = ("Schulen", "Vereine", "Kurse", "Kirchen", "Ämter")
WHAT = ("Sprachkurs", "Kinderbetreuung", "Beratung", "Begegnung", "Dolmetschen", "Fahrdienst")
WHEN = ("am Abend", "am Wochenende", "in den Ferien", "ohne Wartezeit", "in der Nähe", "auf Dauer")
PAGES = {
    "Antworten": "survey-answers",
    "Rücklauf": "survey-response",
    "Ergebnisse": "survey-results",
    "Sichtung": "review",
}


def run() -> list[dict[str, object]]:
    """Measure taking in and every page."""
    home = tempfile.TemporaryDirectory()
    os.environ["GELINGEN_HOME"] = home.name
    os.environ["GELINGEN_DAY"] = DAY.isoformat()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    import django  # noqa: PLC0415  (the home must be set before)

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    from bench import masterplan  # noqa: PLC0415

    tenant = masterplan.county()
    client = _client(tenant)
    entries: list[dict[str, object]] = []
    for mode, word in (("named", "namentlich"), ("anonymous", "anonym")):
        survey = _survey(tenant, mode)
        seconds = _taken(survey, Path(home.name) / f"{mode}.csv")
        entries.append(_entry(f"{word}: 5.000 Antworten eingelesen", seconds, IMPORT))
        if mode == "named":
            begun = time.process_time()
            _ask(client, survey, "review")
            first = time.process_time() - begun
            entries.append(_entry("Sichtung, erster Blick nach neuen Antworten", first, FIRST))
            entries += [_page(client, survey, *one) for one in PAGES.items()]
    home.cleanup()
    return entries


def _entry(case: str, seconds: float, goal: float) -> dict[str, object]:
    return {
        "case": case, "seconds": seconds, "goal": f"unter {goal:g} s", "met": seconds < goal,
    }  # fmt: skip


def _survey(tenant: "Tenant", mode: str) -> "Survey":
    from gelingen.history.recording import Draft, change_many  # noqa: PLC0415
    from gelingen.surveys.models import Question, Survey  # noqa: PLC0415
    from gelingen.terms.vocabulary import Verb  # noqa: PLC0415

    survey = Survey(
        tenant=tenant, key=mode, title=f"Umfrage {mode}", mode=mode, state="open",
        opens=date(2017, 5, 1), closes=date(2017, 7, 1),
    )  # fmt: skip
    change_many([Draft(survey)], by="bench", verb=Verb.CREATED)
    kinds: dict[str, dict[str, Any]] = {
        "choice": {"options": list(OPTIONS)}, "several": {"options": list(OPTIONS)},
        "scale": {"steps": 5}, "number": {"range": True}, "text": {}, "missing": {},
    }  # fmt: skip
    questions = [
        Question(
            tenant=tenant, key=f"{mode}_{kind}", survey=survey, kind=kind, order=order,
            texts={"de": {"text": kind, "options": OPTIONS}}, settings=settings,
        )
        for order, (kind, settings) in enumerate(kinds.items())
    ]  # fmt: skip
    change_many([Draft(one) for one in questions], by="bench", verb=Verb.CREATED)
    return survey


def _taken(survey: "Survey", path: Path) -> float:
    """Take a table of answers in; give the seconds from the file to the last answer."""
    from gelingen.access.policy import Operator  # noqa: PLC0415
    from gelingen.surveys.outside import columns_of, read_answers  # noqa: PLC0415
    from gelingen.surveys.outside_columns import guess, read_sheet  # noqa: PLC0415
    from gelingen.surveys.taking_in import take_in  # noqa: PLC0415

    path.write_text(_table(), encoding="utf-8")
    actor = Operator()
    begun = time.perf_counter()
    columns, sheet = columns_of(actor, survey, on=DAY), read_sheet(path)
    idents = guess(sheet.heads, columns.offered, {}, named=columns.named)
    reading = read_answers(columns, sheet, idents)
    if reading.wrong:
        raise RuntimeError(f"{reading.wrong[0]}")
    at = datetime(2017, 6, 1, 10, tzinfo=UTC)
    taken = take_in(actor=actor, survey=survey, reading=reading, means={}, on=DAY, at=at)
    if taken != NUMBER:
        raise RuntimeError(f"{taken} Antworten")
    return time.perf_counter() - begun


def _table() -> str:
    chance = random.Random(1)
    heads = ["Organisation", "Gruppe", "choice", "several", "scale", "number", "text", "missing"]
    lines = [[*heads, "missing [Thema]", "missing [Für wen?]"]]
    for at in range(NUMBER):
        said = [chance.choice(list(OPTIONS)), chance.choice(["ja|nein", "teils", "ja"])]
        what = f"{chance.choice(WHAT)} {chance.choice(WHEN)} Nr. {chance.randrange(40)}"
        lines.append([
            f"Stelle {at}", chance.choice(GROUPS), *said, str(chance.randint(1, 5)),
            f"{chance.randint(1, 9)}–20", f"Anmerkung {at}", what,
            f"Themenfeld {chance.randrange(5)}", f"Gruppe {chance.randrange(5)}",
        ])  # fmt: skip
    return "\n".join(";".join(line) for line in lines)


def _client(tenant: "Tenant") -> "Client":
    from django.test import Client  # noqa: PLC0415

    from gelingen.access.commands import set_account  # noqa: PLC0415
    from gelingen.access.policy import Operator  # noqa: PLC0415

    account = set_account(
        actor=Operator(), username="bench", password="Ein langes Wort 7", tenant=tenant,
        role="officer",
    )  # fmt: skip
    client = Client()
    client.force_login(account.user)
    return client


def _ask(client: "Client", survey: "Survey", name: str) -> int:
    """Ask for a page; give how many bytes it has."""
    from django.urls import reverse  # noqa: PLC0415

    more = {} if name == "review" else {"record": survey.key}
    answer = client.get(reverse(name, kwargs={"tenant": survey.tenant.key, **more}))
    if answer.status_code != 200:
        raise RuntimeError(f"{name}: {answer.status_code}")
    return len(answer.content)


def _page(client: "Client", survey: "Survey", label: str, name: str) -> dict[str, object]:
    from bench.pages import best  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    _ask(client, survey, name)
    with CaptureQueriesContext(connection) as asked:
        size = _ask(client, survey, name) // 1024
    statements = len(asked)
    seconds = best(lambda: _ask(client, survey, name))
    case = f"{label}: {statements} Anweisungen, {1000 * seconds:.0f} ms, {size} kB"
    return {**_entry(case, seconds, PAGE), "statements": statements, "kilobytes": size}
