"""A real browser on a running installation; it notes everything that should not happen."""

import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import expect, sync_playwright
from tests.browser.counting import table

from gelingen.access.models import Membership, Tenant, User

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).with_name("vendor") / "axe.min.js"
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP: " + event.effectiveDirective + " " + event.blockedURI));
"""
PASSWORD = "Ein langes Wort 7"  # noqa: S105 - of a test

# A busy machine takes its time: what is expected may come as late as what is waited for, and the
# first page of a run, for which everything is loaded, later still.
expect.set_options(timeout=30_000)
FIRST_PAGE = 60_000  # milliseconds

# Playwright's own loop runs in this thread, where Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_terminal_summary(terminalreporter):
    """Show what the journeys took, if they were to be kept."""
    path = os.environ.get("JOURNEYS")
    if path and Path(path).exists():
        terminalreporter.section("Wege")
        for line in table(json.loads(Path(path).read_text(encoding="utf-8"))):
            terminalreporter.write_line(line)


@dataclass
class Visit:
    """One window of the browser, and what was wrong in it."""

    page: object
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path):
        return self.page.goto(self.base + path)

    def state(self):
        """Cookies of this window, for another one."""
        return self.page.context.storage_state()

    def axe(self):
        """Rules of axe that the page breaks, with the first place of each."""
        self.page.wait_for_load_state()
        # Not by script tag: our policy would refuse it.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


@pytest.fixture(scope="session")
def chromium(live_server):
    """Start the browser after the server, so that it closes first and leaves nobody talking."""
    del live_server
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def person(transactional_db):  # noqa: ARG001 - fixtures take no marks
    cache.clear()
    person = User.objects.create_user("anna", "anna@example.org", PASSWORD, is_staff=True)
    for key, name in (("09473", "Landkreis Coburg"), ("09463", "Stadt Coburg")):
        tenant = Tenant.objects.create(key=key, name=name)
        Membership.objects.create(user=person, tenant=tenant, role="officer")
    return person


@pytest.fixture
def visit(chromium, live_server, person, client):
    """Open windows; at the end nothing may have gone wrong in any of them.

    Wrong are: an error in the console, a breach of the policy of contents, a foreign host.
    """
    opened = []

    def make(*, width=1280, height=900, scheme="light", signed_in=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="de-DE"
        )
        context.set_default_navigation_timeout(FIRST_PAGE)
        context.add_init_script(LISTEN)
        if signed_in:
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        made = Visit(context.new_page(), live_server.url)
        made.page.on("console", lambda m: made.wrong.append(m.text) if m.type == "error" else None)
        made.page.on("pageerror", lambda error: made.wrong.append(str(error)))

        def refuse_strangers(route):
            if route.request.url.startswith((live_server.url, "data:")):
                return route.continue_()
            made.wrong.append(f"foreign: {route.request.url}")
            return route.abort()

        context.route("**/*", refuse_strangers)
        opened.append((context, made))
        return made

    yield make
    for context, _ in opened:
        context.close()
    assert [wrong for _, made in opened for wrong in made.wrong] == []
