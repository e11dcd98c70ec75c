"""Run an installation: web server and worker, or the worker alone."""

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
from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.test.utils import override_settings

from gelingen.cli.database import database
from gelingen.cli.speech import Command, Refused, Whole
from gelingen.config.day import fixed_day
from gelingen.jobs import begin_days
from gelingen.tables import bring_up_to_date

PORT = 8000
HOST = "127.0.0.1"
STEP = 0.2
STOPPING = 10
TRIES = 20
# Without the current folder among the places of modules, and see `Supervisor._start`.
_PYTHON = (sys.executable, "-P", "-m")


def prepare() -> None:
    """Bring database, shared cache and files of the pages up to the installed version.

    Runs at every start and changes nothing when all is as it should be.
    """
    bring_up_to_date()
    call_command("createcachetable", verbosity=0)
    with _hashed(settings.STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def complaints() -> Iterator[str]:
    """Yield what is wrong with a prepared installation, each with its remedy.

    Raises:
        Refused: something is so wrong that it must not run.

    """
    for found in checks.run_checks(databases=["default"]):
        sentence = f"{found.msg} {found.hint or ''}".rstrip()
        if found.is_serious():
            raise Refused(sentence)
        yield sentence


@contextmanager
def _hashed(storages: Mapping[str, object]) -> Iterator[None]:
    """Gather with hashes in the file names, also where nothing has been gathered so far."""
    kind = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**storages, "staticfiles": kind}):
        yield


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on.

    Raises:
        Refused: twenty ports in a row are taken.

    """
    for port in range(wanted, wanted + TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Refused(
        f"Die Anschlüsse {wanted} bis {wanted + TRIES - 1} sind belegt; "
        "nennen Sie mit --port einen freien."
    )


def _web(host: str, port: int, processes: int) -> list[str]:
    return [
        *_PYTHON,
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
    return [*_PYTHON, "django", "db_worker", "--no-reload", "--verbosity=0"]


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
        # Of its own session, so that Ctrl-C reaches only us and we stop things in order. In a
        # folder where nobody puts modules or settings: the server would take them for its own.
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            self._commands[name], cwd=settings.HOME, start_new_session=True
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
    with database():
        prepare()
        begin_days()
    os.environ.update(GELINGEN_HOME=str(settings.HOME))
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


@click.command(cls=Command)
@click.option("--host", default=HOST, show_default=True, help="Adresse, auf der gelauscht wird.")
@click.option(
    "--port",
    type=Whole(1, 65535),
    default=PORT,
    show_default=True,
    help="Anschluss; ist er belegt, der nächste freie.",
)
@click.option(
    "--processes",
    type=Whole(1, 64),
    default=2,
    show_default=True,
    help="Prozesse des Webservers.",
)
def serve(host: str, port: int, processes: int) -> None:
    """Webserver und einen Arbeiter starten."""
    sys.exit(run_server(host=host, port=port, processes=processes, say=click.echo))


@click.command(cls=Command)
def work() -> None:
    """Nur einen Arbeiter starten, zum Beispiel auf einem weiteren Rechner."""
    click.echo("Der Arbeiter wartet auf Aufgaben. Beenden mit Strg-C.")
    with database():
        begin_days()
        call_command("db_worker", reload=False, verbosity=0)
