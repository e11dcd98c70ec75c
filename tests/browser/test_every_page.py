"""Every page of the address table under axe, as it was answered: whole pages, both themes."""

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from tests.browser.conftest import AXE
from tests.web.conftest import opened  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
HERE = "http://seiten.test"
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


@pytest.fixture
def window(chromium, fullest):
    """Show the answers at addresses of their own; only our own files beside them."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page = context.new_page()

    def serve(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            return route.fulfill(path=finders.find(path.removeprefix("/static/")))
        if path.startswith("/seite/"):
            html = fullest[int(path.split("/")[2])].html
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        return route.abort()

    context.route("**/*", serve)
    yield page
    context.close()


def test_auf_keiner_seite_findet_axe_etwas(window, fullest):
    found = []
    for number, page in enumerate(fullest):
        window.emulate_media(color_scheme="light")
        window.goto(f"{HERE}/seite/{number}/")
        window.evaluate(AXE.read_text(encoding="utf-8"))
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
