"""What holds for every test: no connection leaves this machine; some run on SQLite only."""

import gc
import os
import sys

import pytest
from django.core.cache import caches

HERE = {"localhost", "127.0.0.1", "::1", "", None}


def _stay_here(event, arguments):
    """Refuse to reach foreign hosts; Unix sockets (addresses that are no tuples) are local."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host not in HERE:
        raise PermissionError(f"Tests must not reach {host}.")


sys.addaudithook(_stay_here)


@pytest.fixture(autouse=True)
def _forget_pages():
    """Let no test see pages that another one wrote: numbers of changes begin anew in each."""
    caches["pages"].clear()


# Rooms that know no database: what holds for them on SQLite holds on PostgreSQL.
WITHOUT_DATABASE = {
    "analysis",
    "architecture",
    "documents",
    "official",
    "terms",
    "wording",
    "workbook",
}
# What takes minutes begins first: at the end, one process would wait for the other.
LONGEST = ("test_every_page.py", "test_migrations.py", "test_two_tenants.py")


def _runs_once(item):
    """Whether a test says the same on every database: browsers, walks over pages, pure rooms."""
    room = item.path.relative_to(item.config.rootpath).parts[1]
    return room in WITHOUT_DATABASE or any(
        item.get_closest_marker(name) for name in ("browser", "once")
    )


def pytest_collection_finish():
    """Let what was loaded rest: to look through all of it again and again takes a tenth of a run.

    Nothing is kept longer than by the interpreter's own rules but what refers to itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest; leave out on PostgreSQL what has been said on SQLite."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if os.environ.get("GELINGEN_TEST_DATABASE") != "postgresql":
        return
    once = {item for item in items if _runs_once(item)}
    config.hook.pytest_deselected(items=list(once))
    items[:] = [item for item in items if item not in once]
