"""A running installation to put under load: made, started, and stopped again."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent


class Installation:
    """An installation with a database of its own."""

    def __init__(self, home: str, database: str) -> None:
        """Keep where it lies."""
        self.home = Path(home)
        self.environment = {**os.environ, "GELINGEN_HOME": home, "GELINGEN_DATABASE": database}

    def run(self, module: str, *words: str) -> str:
        """Run a module in it; gives what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.environment, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout


@contextmanager
def installation(database: str) -> Iterator[Installation]:
    """Give a folder and a database to an installation.

    Args:
        database: address of the database; "" for SQLite.

    """
    with tempfile.TemporaryDirectory(prefix="gelingen-soak-") as home:
        yield Installation(home, database)


@contextmanager
def serving(where: Installation) -> Iterator[str]:
    """Start an installation; gives its address."""
    log = where.home / "serve.log"
    command = [str(Path(sys.executable).with_name("gelingen")), "serve", "--port", "8765"]
    with log.open("w", encoding="utf-8") as sink:
        server = subprocess.Popen(
            command, cwd=ROOT, env=where.environment, stdout=sink, stderr=subprocess.STDOUT
        )
    try:
        yield _address(log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(log: Path) -> str:
    """Wait until the service says where it is and answers there."""
    for _ in range(900):
        for word in log.read_text(encoding="utf-8").split():
            base = "/".join(word.split("/")[:3])
            if word.startswith("http://") and _answers(base):
                return base
        time.sleep(0.1)
    raise SystemExit(log.read_text(encoding="utf-8"))


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/anmelden/", timeout=10):
            return True
    except OSError:
        return False


def databases() -> Iterator[tuple[str, str]]:
    """Give name and address of both kinds of databases; PostgreSQL is started for it."""
    yield "SQLite", ""
    from tests.databases import start

    # The server has just been started; its first database serves as well as any.
    yield "PostgreSQL", start().replace("/gelingen", "/postgres")


def words(defaults: Sequence[int]) -> list[int]:
    """Read the numbers of the command line, with these in the place of missing ones."""
    given = [int(word) for word in sys.argv[1:]]
    return [*given, *defaults[len(given) :]]
