"""Settings of the test suite: a home of its own that vanishes, and the database that is asked for.

GELINGEN_TEST_DATABASE=postgresql starts a throw-away server; otherwise SQLite in memory. The
processes of pytest-xdist inherit what their controller has set up here.
"""

import atexit
import os
import shutil
import tempfile

from tests import databases

if "PYTEST_XDIST_WORKER" not in os.environ:
    for name in [n for n in os.environ if n.startswith("GELINGEN_")]:
        if name != "GELINGEN_TEST_DATABASE":
            del os.environ[name]
    os.environ["GELINGEN_HOME"] = tempfile.mkdtemp(prefix="gelingen-test-")
    atexit.register(shutil.rmtree, os.environ["GELINGEN_HOME"], ignore_errors=True)
    match os.environ.get("GELINGEN_TEST_DATABASE", "sqlite"):
        case "sqlite":
            pass
        case "postgresql":
            os.environ["GELINGEN_DATABASE"] = databases.start()
        case other:
            raise SystemExit(f"GELINGEN_TEST_DATABASE={other}: sqlite or postgresql")

from gelingen.config import settings as house
from gelingen.config.settings import *  # noqa: F403 - the home must be set before

# Slow on purpose in production; signing in happens in many tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Of each process alone: limits on sign-in attempts of one test must not stop another.
CACHES = {
    **house.CACHES,
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
