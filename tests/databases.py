"""A throw-away PostgreSQL in a temporary folder, also when the tests run as root."""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Nothing here has to survive a crash, and syncing to disk is what takes the time.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def start() -> str:
    """Start a server that stops and is deleted when this process ends; return its address."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="gelingen-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _run(binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
         "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", owner_of=folder)  # fmt: skip
    port = _free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {FAST}"
    _run(binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options,
         "start", owner_of=folder)  # fmt: skip
    atexit.register(_run, binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop",
                    owner_of=folder)  # fmt: skip
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a kill cleans up, too
    return f"postgresql://postgres@127.0.0.1:{port}/gelingen"


def _binaries() -> Path:
    """Find the newest installed server; Debian keeps it out of the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    command = found[-1] if found else shutil.which("initdb")
    if not command:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    return Path(command).parent


def _major(command: Path) -> int:
    return int(command.parts[-3])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: object, owner_of: Path) -> None:
    """Run a server command; as root under the uid of `postgres`, since PostgreSQL refuses root."""
    identity: dict[str, object] = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(owner_of, user.pw_uid, user.pw_gid)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    subprocess.run(  # noqa: S603 - fixed commands of the installed server
        [str(part) for part in command],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        **identity,  # type: ignore[call-overload]
    )


@contextmanager
def empty(folder: Path) -> Iterator[Callable[[str], dict[str, str]]]:
    """Give what makes settings of new installations whose databases have no tables yet."""
    server, made = os.environ.get("GELINGEN_DATABASE", "").rpartition("/")[0], []

    def settings(name: str) -> dict[str, str]:
        home = folder / name
        home.mkdir()
        if not server:
            return {"GELINGEN_HOME": str(home)}
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"create database {name}")
        made.append(name)
        return {"GELINGEN_HOME": str(home), "GELINGEN_DATABASE": f"{server}/{name}"}

    yield settings
    for name in made:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")
