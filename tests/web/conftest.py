"""Every test of a page begins with an empty cache: limits on sign-in attempts live there."""

import fcntl
import json
import os
from dataclasses import asdict, replace

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from tests.web.desk import TODAY
from tests.web.full import fill
from tests.web.opened import Page, pages

HOUSE = {
    "provider_id": "haus",
    "name": "Anmeldung des Hauses",
    "client_id": "gelingen",
    "secret": "geheim",
    "settings": {"server_url": "https://anmeldung.example.org"},
}


@pytest.fixture(autouse=True)
def _no_attempts_so_far():
    cache.clear()


@pytest.fixture
def fixed_day(settings):
    """Let the installation stand still."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    return TODAY


@pytest.fixture(scope="session")
def opened(tmp_path_factory, django_db_setup, django_db_blocker):  # noqa: ARG001 - comes before
    """Every page of a full tenant, opened once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = folder / "seiten.json"
    with (folder / "seiten.lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            found = _every_page(tmp_path_factory.mktemp("voll"))
            kept.write_text(json.dumps([asdict(page) for page in found]))
    return [Page(**page) for page in json.loads(kept.read_text())]


def _every_page(home):
    cache.clear()
    given = {
        "HOME": home,
        "ENV": replace(configured.ENV, day=TODAY),
        "EMAIL_HOST": "mail.example.org",
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 86_400,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [HOUSE]}},
    }
    with override_settings(**given), transaction.atomic():
        found = pages(fill())
        transaction.set_rollback(True)
    cache.clear()
    return found
