"""Running an installation: ports, processes, accounts, and what is wrong with it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings
from django.utils.timezone import now, timedelta
from django_tasks_db.models import DBTaskResult

from gelingen.access.models import Tenant, User
from gelingen.cli.people import user
from gelingen.cli.serve import Supervisor, complaints, free_port
from gelingen.cli.tenants import Refused
from gelingen.config.day import DAY_FILE
from gelingen.web.account.forms import SignInForm

WAIT = "import time; time.sleep(60)"


# Ports


def test_a_taken_port_makes_way_for_the_next_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) <= port + 19


def test_a_free_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert free_port("127.0.0.1", port) == port


def test_when_all_ports_are_taken_the_remedy_is_said():
    with pytest.raises(Refused, match="--port"):
        free_port("192.0.2.1", 8000)  # not an address of this machine


# Processes


@pytest.fixture
def supervise():
    """Run a supervisor over two small programs; its signals go back to what they were."""
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    yield lambda web, worker, say: Supervisor(
        [sys.executable, "-c", web], [sys.executable, "-c", worker], say
    ).run()
    for name, handler in before.items():
        signal.signal(name, handler)


def test_the_server_ends_with_an_error_when_the_web_server_dies(supervise):
    said = []
    assert supervise("raise SystemExit(3)", WAIT, said.append) == 1
    assert said == ["Der Webserver ist ausgefallen; der Grund steht darüber."]


def test_a_dead_worker_is_started_again_and_ctrl_c_stops_all(supervise, tmp_path):
    begun = tmp_path / "begun"
    worker = f"open({str(begun)!r}, 'a').write('x')"

    def stop_after_the_second_start():
        while not begun.exists() or len(begun.read_text()) < 2:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=stop_after_the_second_start, daemon=True).start()
    said = []
    assert supervise(WAIT, worker, said.append) == 0
    assert said[0] == "Der Arbeiter ist ausgefallen und wird neu gestartet."
    left = subprocess.run(  # noqa: S603 - fixed words
        ["pgrep", "-P", str(os.getpid()), "-f", "time.sleep.60"],  # noqa: S607 - of the system
        check=False,
        capture_output=True,
    )
    assert left.stdout == b""


# Accounts


@pytest.fixture
def tenant(db):  # noqa: ARG001 - fixtures take no marks
    return Tenant.objects.create(key="09473", name="Landkreis Coburg")


def run(*words):
    return CliRunner().invoke(user, words)


@pytest.mark.usefixtures("tenant")
def test_an_account_is_made_with_its_role(rf):
    done = run("--name", "anna", "--email", "anna@example.org", "--password", "Ein langes Wort 7")
    assert done.output == "Konto anna angelegt: Integrationsbeauftragte in Landkreis Coburg.\n"
    form = SignInForm({"login": "anna", "password": "Ein langes Wort 7"}, request=rf.post("/"))
    assert form.is_valid()


@pytest.mark.usefixtures("tenant")
def test_an_account_gets_a_new_role_and_password():
    run("--name", "anna", "--email", "anna@example.org", "--password", "Ein langes Wort 7")
    done = run("--name", "anna", "--role", "reader", "--password", "Noch ein langes Wort")
    assert done.output == "Konto anna geändert: Lesend in Landkreis Coburg.\n"
    anna = User.objects.get()
    assert anna.check_password("Noch ein langes Wort")
    assert anna.email == "anna@example.org"
    assert [held.role for held in anna.memberships.all()] == ["reader"]


@pytest.mark.usefixtures("tenant")
@pytest.mark.parametrize("weak", ["kurz", "password1234", "anna-anna-anna"])
def test_a_weak_password_makes_no_account(weak):
    done = run("--name", "anna-anna", "--password", weak)
    assert done.exit_code == 1
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_without_a_tenant_the_next_step_is_said():
    done = run("--name", "anna", "--password", "Ein langes Wort 7")
    assert done.exit_code == 1
    assert "gelingen import" in done.output


# What is wrong with an installation


def found():
    return {one.id for one in run_checks(databases=["default"])}


@pytest.mark.django_db
def test_a_fresh_installation_has_nothing_to_complain_about():
    assert list(complaints()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"ALLOWED_HOSTS": ["*"]}, "gelingen.W001"),
        ({"DEBUG": True, "ENV": type(settings.ENV)(origin="https://x.example")}, "gelingen.E001"),
        ({"ENV": type(settings.ENV)(origin="http://x.example")}, "gelingen.W002"),
    ],
)
def test_unsafe_settings_are_complained_about(changed, complaint):
    with override_settings(**changed):
        assert complaint in found()


@pytest.mark.django_db
def test_a_readable_secret_is_complained_about():
    secret = settings.HOME / "geheimnis.txt"
    secret.chmod(0o644)
    try:
        assert "gelingen.W003" in found()
    finally:
        secret.chmod(0o600)


@pytest.mark.django_db
def test_an_unreadable_day_forbids_to_run():
    file = settings.HOME / DAY_FILE
    file.write_text("1. Juni")
    try:
        with pytest.raises(Refused, match="2017-06-01"):
            list(complaints())
    finally:
        file.unlink()


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "complaint"), [(61, {"gelingen.W004"}), (59, set())])
def test_jobs_that_nobody_does_are_complained_about(minutes, complaint):
    waiting = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="gelingen.jobs.none",
        backend_name="default",
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=waiting.pk).update(
        enqueued_at=now() - timedelta(minutes=minutes)
    )
    assert found() == complaint
