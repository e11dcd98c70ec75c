"""Every test of a page begins with an empty cache: limits on sign-in attempts live there."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from tests.web.desk import TODAY


@pytest.fixture(autouse=True)
def _no_attempts_so_far():
    cache.clear()


@pytest.fixture
def fixed_day(settings):
    """Let the installation stand still."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    return TODAY
