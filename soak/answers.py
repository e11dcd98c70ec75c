"""Two hundred people come to a survey within a minute, with and without names, on both databases.

Everybody has a link, opens it at some moment of the minute, fills in page by page what the form on
the screen offers, writes a text that nobody else writes, looks at everything and sends it. In the
end each text has to be there exactly once, and each link has to be used. The last answer has to be
there soon after the last one could have come. Was the machine busy with something else before, that
is not measured, and said.

    python -m soak.answers [SECONDS] [PEOPLE]

Prints a line per database and mode and writes build/answers.json. Exit status 1 if anything was
lost or doubled, came too late, or an answer was an error page.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin
from urllib.request import Request, build_opener

import lxml.html

from soak.serving import ROOT, databases, installation, serving, words
from soak.survey_world import MODES

OUTPUT = ROOT / "build" / "answers.json"
SECONDS, PEOPLE = 60, 200
LATEST = 15  # seconds after the last one could have come
LONGEST = 20  # pages until somebody gives up
FORWARD, SEND = "_weiter", "_senden"


@dataclass
class Round:
    """What came of one round.

    Attributes:
        waits: seconds that each answer of the server took.
        errors: what went wrong, as text.
        last: seconds from the beginning until the last one had sent.

    """

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last: float = 0.0


class Person:
    """Somebody with a link and a browser of few words."""

    def __init__(self, base: str, token: str, text: str, found: Round) -> None:
        """Open nothing yet."""
        self._url, self._text, self._found = f"{base}/umfrage/{token}/", text, found
        self._open = build_opener()

    def answer(self) -> None:
        """Go through all pages and send."""
        page = self._get(self._url)
        way = [one for one in page.iter("a") if one.text_content().strip() == "Beginnen"]
        page = self._get(way[0].get("href")) if way else self._send(page, "_beginn")
        for _ in range(LONGEST):
            names = {one.get("name") for one in page.iter("button")}
            if SEND in names:
                self._send(page, SEND)
                return
            page = self._send(page, FORWARD)
        raise OSError("kein Ende")

    def _get(self, url: str) -> lxml.html.HtmlElement:
        return self._answered(Request(urljoin(self._url, url)))

    def _send(self, page: lxml.html.HtmlElement, button: str) -> lxml.html.HtmlElement:
        form = next(one for one in page.forms if one.xpath(f".//button[@name='{button}']"))
        values = [*self._filled(form), (button, "1")]
        url = urljoin(self._url, form.get("action"))
        return self._answered(Request(url, urlencode(values).encode()))

    def _filled(self, form: lxml.html.HtmlElement) -> list[tuple[str, str]]:
        """Fill in: the first of what can be chosen, one's own text where one writes."""
        chosen: dict[str, str] = {}
        hidden = []
        for one in form.inputs:
            kind = one.get("type", "")
            if kind == "hidden":
                hidden.append((one.get("name"), one.get("value") or ""))
            elif kind in {"radio", "checkbox"}:
                chosen.setdefault(one.get("name"), one.get("value"))
            elif one.tag == "textarea":
                chosen[one.get("name")] = self._text
        return [*hidden, *chosen.items()]

    def _answered(self, request: Request) -> lxml.html.HtmlElement:
        begun = time.monotonic()
        with self._open.open(request, timeout=120) as answer:
            page = lxml.html.fromstring(answer.read().decode())
            self._url = answer.url
        self._found.waits.append(time.monotonic() - begun)
        return page


def _come(base: str, tokens: list[str], *, seconds: int) -> Round:
    """Let everybody come at some moment of the time."""
    found, begun = Round(), time.monotonic()

    def work(number: int, token: str) -> None:
        time.sleep(random.uniform(0, seconds))
        try:
            Person(base, token, f"Antwort {number}", found).answer()
        except (OSError, StopIteration) as error:
            found.errors.append(f"{number}: {type(error).__name__} {error}")
        found.last = max(found.last, time.monotonic() - begun)

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(tokens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def in_time(last: float, *, seconds: int, load: float, cores: int) -> bool | None:
    """Say whether the last answer came soon enough; None: the machine was too busy to tell.

    Args:
        last: seconds from the beginning until it was sent.
        seconds: within which everybody came.
        load: how many programs wanted to work before it began.
        cores: how many can.

    """
    return last <= seconds + LATEST if load < cores else None


def _facts(found: Round, stored: dict[str, object], people: int) -> dict[str, object]:
    """Give the figures of a round; lost is what is missing, doubled what is there too often."""
    texts = Counter(stored["texts"])  # type: ignore[call-overload]  # a list of texts
    wanted = Counter(f"Antwort {number}" for number in range(people))
    waits = sorted(found.waits) or [0.0]
    return {
        "people": people,
        "stored": texts.total(),
        "used": stored["used"],
        "lost": (wanted - texts).total(),
        "doubled": (texts - wanted).total(),
        "errors": found.errors,
        "requests": len(found.waits),
        "median_s": round(waits[len(waits) // 2], 3),
        "slowest_s": round(waits[-1], 3),
        "last_sent_s": round(found.last, 1),
    }


def main() -> int:
    """Run both modes on both databases and say what came of it."""
    seconds, people = words((SECONDS, PEOPLE))
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    results = {}
    for name, address in databases():
        with installation(address) as where:
            tokens = json.loads(where.run("soak.survey_world", "make", str(people)))
            with serving(where) as base:
                rounds = {one: _come(base, tokens[one], seconds=seconds) for one in MODES}
            stored = json.loads(where.run("soak.survey_world", "count"))
        for mode in MODES:
            facts = _facts(rounds[mode], stored[mode], people)
            last = rounds[mode].last
            facts["load_before"] = round(load, 1)
            facts["in_time"] = in_time(last, seconds=seconds, load=load, cores=cores)
            results[f"{name}, {mode}"] = facts
            print(f"{name}, {mode}: {_told(facts, seconds)}", flush=True)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(results, indent=1), encoding="utf-8")
    return 0 if all(map(_whole, results.values())) else 1


def _told(facts: dict[str, object], seconds: int) -> str:
    late = {
        True: "rechtzeitig",
        False: "zu spät",
        None: "ob rechtzeitig, ist nicht gemessen: Der Rechner war schon vorher beschäftigt",
    }[facts["in_time"]]  # type: ignore[index]  # one of the three
    return (
        f"{facts['people']} Personen kommen innerhalb von {seconds} s, {facts['stored']} Antworten "
        f"gespeichert, {facts['used']} Verweise benutzt, {facts['lost']} verloren, "
        f"{facts['doubled']} doppelt, {len(found_errors(facts))} Fehler; "
        f"{facts['requests']} Aufrufe, im Mittel {facts['median_s']} s, am längsten "
        f"{facts['slowest_s']} s; letzte Antwort in Sekunde {facts['last_sent_s']} ({late}); "
        f"Last davor {facts['load_before']}."
    )


def found_errors(facts: dict[str, object]) -> list[object]:
    """Give what went wrong."""
    return list(facts["errors"])  # type: ignore[call-overload]  # a list of texts


def _whole(facts: dict[str, object]) -> bool:
    return facts["stored"] == facts["used"] == facts["people"] and not (
        facts["lost"] or facts["doubled"] or facts["errors"] or facts["in_time"] is False
    )


if __name__ == "__main__":
    sys.exit(main())
