"""Every test of a page begins with an empty cache: limits on sign-in attempts live there."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_attempts_so_far():
    cache.clear()
