"""Run an installation: web server and worker, the worker alone, accounts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

import click

PORT = 8000
HOST = "127.0.0.1"
STEP = 0.2
STOPPING = 10
TRIES = 20
SETTINGS = "gelingen.config.settings"


def add_commands(main: click.Group) -> None:
    """Put the commands of this module into the command line."""
    for command in (serve, work, user):
        main.add_command(command)


def _django() -> None:
    import django  # noqa: PLC0415 - only these commands need Django, and loading it takes time

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def prepare() -> None:
    """Bring database, shared cache and files of the pages up to the installed version.

    Runs at every start and changes nothing when all is as it should be.
    """
    _django()
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with _hashed(settings.STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def complaints() -> Iterator[str]:
    """Yield what is wrong with a prepared installation, each with its remedy.

    Raises:
        click.ClickException: something is so wrong that it must not run.

    """
    from django.core import checks  # noqa: PLC0415 - after setup

    for found in checks.run_checks(databases=["default"]):
        sentence = f"{found.msg} {found.hint or ''}".rstrip()
        if found.is_serious():
            raise click.ClickException(sentence)
        yield sentence


@contextmanager
def _hashed(storages: Mapping[str, object]) -> Iterator[None]:
    """Gather with hashes in the file names, also where nothing has been gathered so far."""
    from django.test.utils import override_settings  # noqa: PLC0415 - after setup

    kind = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**storages, "staticfiles": kind}):
        yield


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on.

    Raises:
        click.ClickException: twenty ports in a row are taken.

    """
    for port in range(wanted, wanted + TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise click.ClickException(
        f"Die Anschlüsse {wanted} bis {wanted + TRIES - 1} sind belegt; "
        "nennen Sie mit --port einen freien."
    )


def _web(host: str, port: int, processes: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "gelingen.config.wsgi",
        f"--bind={host}:{port}",
        f"--workers={processes}",
        "--threads=4",
        "--log-level=warning",
        # Several instances on one machine would share its default place; nobody controls it so.
        "--no-control-socket",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "django", "db_worker", "--no-reload", "--verbosity=0"]


class Supervisor:
    """Keeps the processes of an installation running until it is told to stop.

    A worker that dies is started again; when the web server dies, everything ends.
    """

    def __init__(self, web: list[str], worker: list[str], say: Callable[[str], None]) -> None:
        self._commands = {"web": web, "worker": worker}
        self._say = say
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._told = False

    def run(self) -> int:
        """Start, watch, stop; return the exit status."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        for command in self._commands:
            self._start(command)
        status = 0
        while not self._told:
            time.sleep(STEP)
            if self._running["web"].poll() is not None and not self._told:
                self._say("Der Webserver ist ausgefallen; der Grund steht darüber.")
                status = 1
                break
            if self._running["worker"].poll() is not None and not self._told:
                self._say("Der Arbeiter ist ausgefallen und wird neu gestartet.")
                time.sleep(1)
                self._start("worker")
        self._end()
        return status

    def _start(self, name: str) -> None:
        # Of its own session, so that Ctrl-C reaches only us and we stop things in order.
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            self._commands[name], start_new_session=True
        )

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told = True

    def _end(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            try:
                process.wait(STOPPING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run_server(*, host: str, port: int, processes: int, say: Callable[[str], None]) -> int:
    """Prepare the installation and serve it until Ctrl-C; return the exit status."""
    say("Datenbank und Dateien werden vorbereitet …")
    prepare()
    from django.conf import settings  # noqa: PLC0415 - after setup

    from gelingen.config.day import fixed_day  # noqa: PLC0415 - after setup

    os.environ.update(GELINGEN_HOME=str(settings.HOME), DJANGO_SETTINGS_MODULE=SETTINGS)
    for sentence in complaints():
        say(f"Achtung: {sentence}")
    chosen = free_port(host, port)
    if chosen != port:
        say(f"Anschluss {port} ist belegt; es wird {chosen}.")
    say(f"Gelingen läuft: http://{'localhost' if host == HOST else host}:{chosen}/intern/")
    say(f"Daten: {settings.HOME}")
    day = fixed_day()
    if day is not None:
        say(f"Fester Tag: {day:%d.%m.%Y}")
    say("Beenden mit Strg-C.")
    return Supervisor(_web(host, chosen, processes), _worker(), say).run()


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Adresse, auf der gelauscht wird.")
@click.option("--port", default=PORT, show_default=True, help="Anschluss; sonst der nächste freie.")
@click.option("--processes", default=2, show_default=True, help="Prozesse des Webservers.")
def serve(host: str, port: int, processes: int) -> None:
    """Webserver und einen Arbeiter starten."""
    sys.exit(run_server(host=host, port=port, processes=processes, say=click.echo))


@click.command()
def work() -> None:
    """Nur einen Arbeiter starten, zum Beispiel auf einem weiteren Rechner."""
    _django()
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    click.echo("Der Arbeiter wartet auf Aufgaben. Beenden mit Strg-C.")
    call_command("db_worker", reload=False, verbosity=0)


@click.command()
@click.option("--name", prompt="Benutzername", help="Name für die Anmeldung.")
@click.option("--email", default="", help="Dienstliche Adresse; mit ihr geht die Anmeldung auch.")
@click.option("--tenant", prompt="Amtlicher Schlüssel", help="Landkreis oder Stadt, z. B. 09473.")
@click.option(
    "--role",
    prompt="Rolle",
    default="officer",
    show_default=True,
    help="officer, planner, reader oder partner.",
)
@click.option(
    "--password", prompt="Kennwort", hide_input=True, confirmation_prompt=True, help="Kennwort."
)
@click.option("--caretaker", is_flag=True, help="Die Person betreut die Installation.")
def user(name: str, email: str, tenant: str, role: str, password: str, caretaker: bool) -> None:  # noqa: FBT001, PLR0913, PLR0917 - click's interface
    """Konto anlegen oder Kennwort und Rolle neu setzen."""
    _django()
    from gelingen.access.commands import set_account  # noqa: PLC0415 - after setup
    from gelingen.access.policy import Operator  # noqa: PLC0415 - after setup
    from gelingen.errors import UserError  # noqa: PLC0415 - after setup

    try:
        made = set_account(
            actor=Operator(),
            username=name,
            password=password,
            role=role,
            tenant=tenant,
            email=email,
            caretaker=caretaker,
        )
    except UserError as error:
        raise click.ClickException(str(error)) from error
    what = "angelegt" if made.created else "geändert"
    click.echo(f"Konto {made.user.username} {what}: {made.role} in {made.tenant}.")
