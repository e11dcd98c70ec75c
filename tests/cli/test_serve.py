"""Der Dienst nimmt nur sein eigenes Programm, wo auch immer man ihn startet."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from gelingen.cli.serve import free_port

# The service of these tests has an SQLite of its own.
pytestmark = pytest.mark.once
WAIT = 240  # seconds, on a busy machine
CODE = "from gelingen.cli import main; main(['serve', '--port', '{}'], prog_name='gelingen')"


@pytest.fixture
def address(tmp_path):
    """Serve an empty installation from a folder with a module that is named like a library's."""
    port = free_port("127.0.0.1", 18000 + os.getpid() % 20000)
    given = {"GELINGEN_HOME": str(tmp_path / "daten"), "GELINGEN_DATABASE": ""}
    here = tmp_path / "hier"
    here.mkdir()
    (here / "http.py").write_text("raise SystemExit('Das ist nicht von uns.')", encoding="ascii")
    (here / "gunicorn.conf.py").write_text("bind = '127.0.0.1:1'; workers = 0", encoding="ascii")
    source = str(Path(__file__).resolve().parents[2] / "src")
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-P", "-c", CODE.format(port)],
        cwd=here,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gelingen.config.settings",
            "PYTHONPATH": source,
            **given,
        },
    )
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT) == 0


def opened(address):
    """Open a page, waiting until somebody answers."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with urllib.request.urlopen(f"{address}/intern/", timeout=WAIT) as page:  # noqa: S310 - ours
                return page.read().decode()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_der_dienst_laeuft_auch_neben_fremden_modulen_und_endet_geordnet(address):
    assert "Anmelden" in opened(address)
