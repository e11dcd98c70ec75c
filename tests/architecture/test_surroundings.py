"""What the tests themselves stand on."""

import os
import socket

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_tests_cannot_reach_foreign_hosts(host):
    with pytest.raises(PermissionError, match=host):
        socket.create_connection((host, 80), timeout=1)


def test_tests_can_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_tests_keep_their_data_in_a_folder_of_their_own():
    assert settings.HOME.name.startswith("gelingen-test-")


@pytest.mark.django_db
def test_tests_run_on_the_database_that_was_asked_for():
    assert connection.vendor == os.environ.get("GELINGEN_TEST_DATABASE", "sqlite")
