"""Let twenty people edit for a minute; on SQLite, then on PostgreSQL.

Each person opens one of a few records, adds one to the number in its note and saves. Whoever is
shown two versions side by side starts anew. In the end the number in each note has to be that of
its successful changes: one less would be a lost update. No answer may be an error page.

    python -m soak [SECONDS] [PEOPLE]

Prints a line per database and writes build/soak.json. Exit status 1 if anything was lost.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from soak.people import Outcome, edit_at_once

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "build" / "soak.json"
SECONDS, PEOPLE = 60, 20


def soak(database: str, *, seconds: int, people: int) -> Outcome:
    """Prepare an installation, start it and let people edit in it.

    Args:
        database: address of the database; "" for SQLite.
        seconds: how long they edit.
        people: how many they are.

    """
    with tempfile.TemporaryDirectory(prefix="gelingen-soak-") as home:
        # Limits on attempts are for strangers; here twenty people come from one address.
        environment = {**os.environ, "GELINGEN_HOME": home, "GELINGEN_DATABASE": database}
        python = [sys.executable, "-m"]
        subprocess.run([*python, "soak.world", str(people)], cwd=ROOT, env=environment, check=True)
        log = Path(home) / "serve.log"
        with log.open("w", encoding="utf-8") as sink:
            server = subprocess.Popen(
                [str(Path(sys.executable).with_name("gelingen")), "serve", "--port", "8765"],
                cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            return edit_at_once(_address(log), seconds=seconds, people=people)
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


def main() -> int:
    """Run on both databases and say what came of it."""
    from tests.databases import start  # needs an installed server only here

    seconds, people = (int(word) for word in (*sys.argv[1:], SECONDS, PEOPLE)[:2])
    results = {}
    for name, database in (("SQLite", ""), ("PostgreSQL", start)):
        # The server has just been started; its first database serves as well as any.
        address = database().replace("/gelingen", "/postgres") if callable(database) else database
        outcome = soak(address, seconds=seconds, people=people)
        results[name] = outcome.facts()
        print(f"{name}: {outcome}", flush=True)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(results, indent=1), encoding="utf-8")
    return 0 if all(one["lost"] == 0 and not one["errors"] for one in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
