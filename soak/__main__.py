"""Let twenty people edit for a minute; on SQLite, then on PostgreSQL.

Each person opens one of a few records, adds one to the number in its note and saves. Whoever is
shown two versions side by side starts anew. In the end the number in each note has to be that of
its successful changes: one less would be a lost update. No answer may be an error page.

    python -m soak [SECONDS] [PEOPLE]

Prints a line per database and writes build/soak.json. Exit status 1 if anything was lost.
"""

import json
import sys

from soak.people import Outcome, edit_at_once
from soak.serving import ROOT, databases, installation, serving, words

OUTPUT = ROOT / "build" / "soak.json"
SECONDS, PEOPLE = 60, 20


def soak(database: str, *, seconds: int, people: int) -> Outcome:
    """Prepare an installation, start it and let people edit in it.

    Args:
        database: address of the database; "" for SQLite.
        seconds: how long they edit.
        people: how many they are.

    """
    with installation(database) as where:
        where.run("soak.world", str(people))
        with serving(where) as base:
            return edit_at_once(base, seconds=seconds, people=people)


def main() -> int:
    """Run on both databases and say what came of it."""
    seconds, people = words((SECONDS, PEOPLE))
    results = {}
    for name, address in databases():
        outcome = soak(address, seconds=seconds, people=people)
        results[name] = outcome.facts()
        print(f"{name}: {outcome}", flush=True)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(results, indent=1), encoding="utf-8")
    return 0 if all(one["lost"] == 0 and not one["errors"] for one in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
