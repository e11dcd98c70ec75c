"""Settings come from the environment and keep what nobody else may read."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from gelingen.config.env import postgresql, secret_key


def test_zeichen_im_kennwort_der_datenbank_werden_entschluesselt():
    assert postgresql("postgresql://gelingen:a%40b%2Fc@db.example:5433/county") == {
        "NAME": "county",
        "USER": "gelingen",
        "PASSWORD": "a@b/c",
        "HOST": "db.example",
        "PORT": "5433",
    }


@pytest.mark.parametrize(
    ("origin", "proxies"), [("https://gelingen.example", 1), ("http://localhost:8000", 0)]
)
def test_hinter_einem_webserver_zaehlen_versuche_nach_der_adresse_davor(tmp_path, origin, proxies):
    ask = "from gelingen.config import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", ask],
        env=os.environ | {"GELINGEN_HOME": str(tmp_path), "GELINGEN_ORIGIN": origin},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [str(proxies)]


def test_der_ordner_der_daten_gehoert_nur_dem_dienst(tmp_path):
    home = tmp_path / "daten"

    secret = secret_key(home)

    assert [path.stat().st_mode & 0o077 for path in (home, home / "geheimnis.txt")] == [0, 0]
    assert secret_key(home) == secret


def test_wer_zugleich_zum_ersten_mal_startet_bekommt_dasselbe_geheimnis(tmp_path):
    barrier = Barrier(8)

    def start(_):
        barrier.wait()
        return secret_key(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(start, range(8)))

    assert secrets == {secret_key(tmp_path)}
    assert [path.name for path in tmp_path.iterdir()] == ["geheimnis.txt"]
