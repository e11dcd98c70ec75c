"""People with a browser of few words: they sign in, open a form, change it and save."""

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from soak.world import PASSWORD, RECORDS, TENANT

_INPUT = re.compile(r"<input[^>]*>")
_NAME, _VALUE = re.compile(r' name="([^"]+)"'), re.compile(r' value="([^"]*)"')
_NOTE = re.compile(r'<textarea[^>]*name="note"[^>]*>\s*([^<]*)</textarea>')
_SELECT = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        saved: successful changes by record.
        found: the number in each record's note at the end.
        clashes: how often two versions were shown side by side.
        errors: answers that were error pages, as "status path".
        waits: seconds that each save took.

    """

    saved: Counter[str] = field(default_factory=Counter)
    found: dict[str, int] = field(default_factory=dict)
    clashes: int = 0
    errors: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """How many changes are not in the notes."""
        return sum(abs(self.saved[key] - number) for key, number in self.found.items())

    def facts(self) -> dict[str, object]:
        """Give the figures for the file."""
        waits = sorted(self.waits) or [0.0]
        return {
            "saved": sum(self.saved.values()),
            "clashes": self.clashes,
            "lost": self.lost,
            "errors": self.errors,
            "median_s": round(waits[len(waits) // 2], 3),
            "slowest_s": round(waits[-1], 3),
        }

    def __str__(self) -> str:
        facts = self.facts()
        return (
            f"{facts['saved']} Änderungen gespeichert, {self.clashes}-mal zwei Fassungen gezeigt, "
            f"{self.lost} verloren, {len(self.errors)} Fehlerseiten; "
            f"Speichern im Mittel {facts['median_s']} s, am längsten {facts['slowest_s']} s."
        )


class Person:
    """One person at the desk."""

    def __init__(self, base: str, name: str) -> None:
        """Sign in."""
        self.base, self.name = base, name
        self._open = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.get("/anmelden/")
        given = _inputs(page)
        self.post("/anmelden/", {
            "csrfmiddlewaretoken": given["csrfmiddlewaretoken"], "login": name,
            "password": PASSWORD,
        })  # fmt: skip

    def get(self, path: str) -> str:
        """Open a page."""
        with self._open.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, values: dict[str, str]) -> str:
        """Send a form; a refused one comes back as a page too."""
        try:
            body = urlencode(values).encode()
            with self._open.open(self.base + path, body, timeout=60) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            if error.code == 422:  # noqa: PLR2004 - a refused form
                return str(error.read().decode())
            raise

    def form(self, path: str) -> dict[str, str]:
        """Read all values of a record's form."""
        page = self.get(path)
        values = _inputs(page.partition('data-draft="')[2])
        for match in _SELECT.finditer(page):
            chosen = _CHOSEN.search(match[0])
            values[match[1]] = chosen[1] if chosen else ""
        note = _NOTE.search(page)
        values["note"] = note[1].strip() if note else ""
        return values


def _inputs(page: str) -> dict[str, str]:
    """Read names and values of all fields of one line."""
    tags = [match[0] for match in _INPUT.finditer(page)]
    named = ((_NAME.search(tag), _VALUE.search(tag)) for tag in tags)
    return {name[1]: unescape(value[1]) if value else "" for name, value in named if name}


def edit_at_once(base: str, *, seconds: int, people: int) -> Outcome:
    """Let people edit for some seconds, then read what is there."""
    outcome, lock = Outcome(), threading.Lock()
    everyone = [Person(base, f"person{number}") for number in range(people)]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_work, args=(person, until, outcome, lock)) for person in everyone
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(RECORDS):
        path = _path(f"s{number}")
        outcome.found[f"s{number}"] = int(everyone[0].form(path)["note"])
    return outcome


def _path(key: str) -> str:
    return f"/intern/{TENANT}/eintrag/structure/{key}/aendern/"


def _work(person: Person, until: float, outcome: Outcome, lock: threading.Lock) -> None:
    while time.monotonic() < until:
        key = f"s{random.randrange(RECORDS)}"
        try:
            _add_one(person, key, outcome, lock)
        except OSError as error:
            with lock:
                outcome.errors.append(f"{getattr(error, 'code', error)} {_path(key)}")


def _add_one(person: Person, key: str, outcome: Outcome, lock: threading.Lock) -> None:
    values = person.form(_path(key))
    values["note"] = str(int(values["note"]) + 1)
    begun = time.monotonic()
    page = person.post(_path(key), values)
    with lock:
        outcome.waits.append(time.monotonic() - begun)
        if "Gespeichert: " in page:
            outcome.saved[key] += 1
        elif "Zwei Fassungen" in page:
            outcome.clashes += 1
        else:
            outcome.errors.append(f"unerwartet {_path(key)}: {page[:200]}")
