"""Every page of the address table under axe, as it was answered: whole pages, both themes."""

import mimetypes
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from tests.browser.conftest import AXE
from tests.web.conftest import opened  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
A_LETTER = {"rules": {"page-has-heading-one": {"enabled": False}}}  # its subject stands above it
# The rest does not depend on the theme.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def fullest(opened):  # noqa: F811
    """Of each page the answer that says most, and the one that refuses most."""
    kinds = defaultdict(list)
    for page in opened:
        if "<html" in page.html:
            kinds[page.name, page.status >= 400].append(page)
    return [max(pages, key=lambda page: len(page.html)) for _, pages in sorted(kinds.items())]


class Answers(BaseHTTPRequestHandler):
    """The answers at addresses of their own, and our files, which a browser keeps; else nothing."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[list] = []

    def do_GET(self):
        path = urlsplit(self.path).path
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path.startswith("/seite/"):
            page = self.answers[int(path.split("/")[2])].html.encode()
            self.give(page, "text/html; charset=utf-8", "no-store")
        elif file:
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            self.give(Path(file).read_bytes(), kind, "max-age=3600")
        else:
            self.give(b"", "text/plain", "no-store", status=404)

    def give(self, content, kind, keep, *, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", keep)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def here(fullest):
    """Give the address of a server of the answers: routes in the browser would cost its cache."""
    handler = type("Fullest", (Answers,), {"answers": fullest})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def window(chromium, here):
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="de-DE", base_url=here
    )
    yield context.new_page()
    context.close()


def test_auf_keiner_seite_findet_axe_etwas(window, fullest):
    found, axe = [], AXE.read_text(encoding="utf-8")
    for number, page in enumerate(fullest):
        window.emulate_media(color_scheme="light")
        window.goto(f"/seite/{number}/")
        window.evaluate(axe)
        rules = A_LETTER if page.name == "mail-html" else {}
        found += [f"{page.name} ({page.url}): {one}" for one in look(window, rules)]
        window.emulate_media(color_scheme="dark")
        found += [f"{page.name} ({page.url}), dunkel: {one}" for one in look(window, COLOURS)]
    assert len(fullest) > 100
    assert found == []


def look(window, options):
    """Name each rule that is broken, with the first place."""
    answer = window.evaluate(
        "(options) => axe.run(document, options)", {"resultTypes": ["violations"], **options}
    )
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in answer["violations"]]
