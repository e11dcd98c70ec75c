"""What holds for every test: no connection leaves this machine, browser tests run on SQLite."""

import os
import sys

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


def pytest_collection_modifyitems(config, items):
    """Leave browser tests out on PostgreSQL."""
    if os.environ.get("GELINGEN_TEST_DATABASE") != "postgresql":
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=browser)
    items[:] = [item for item in items if item not in set(browser)]
