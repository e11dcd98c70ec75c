"""How long a large workbook takes to be read and checked."""

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from gelingen.terms.vocabulary import EndKind, FundingState, Level
from gelingen.workbook import Column, Kind, Sheet, read_book, write_book

ROWS = 20_000
GOAL_SECONDS = 3.0
RUNS = 3  # the fastest counts: other work on the machine is not measured

_ACTORS = Sheet(
    "actors",
    "Organisationen",
    "Organisationen.",
    (
        Column("key", "Kennung", Kind.KEY, "Kennung."),
        Column("name", "Bezeichnung", Kind.TEXT, "Name.", required=True),
    ),
    ("name",),
    label="name",
)
_OFFERS = Sheet(
    "offers",
    "Angebote",
    "Angebote.",
    (
        Column("key", "Kennung", Kind.KEY, "Kennung."),
        Column("name", "Angebot", Kind.TEXT, "Name.", required=True),
        Column("actor", "Träger", Kind.REFERENCE, "Träger.", refers="actors"),
        Column("partners", "Partner", Kind.REFERENCES, "Partner.", refers="actors"),
        Column("note", "Anmerkung", Kind.LONG_TEXT, "Anmerkung."),
        Column("seats", "Plätze", Kind.INTEGER, "Plätze."),
        Column("posts", "Stellen", Kind.NUMBER, "Stellen."),
        Column("reached", "Erreicht", Kind.RANGE, "Erreichte."),
        Column("share", "Anteil", Kind.PERCENT, "Anteil."),
        Column("costs", "Kosten", Kind.EUR, "Kosten."),
        Column("open", "Offen", Kind.BOOLEAN, "Offen."),
        Column("starts", "Beginn", Kind.FIRST_DAY, "Beginn."),
        Column("ends", "Ende", Kind.OPEN_END, "Ende."),
        Column("level", "Ebene", Kind.CHOICE, "Ebene.", choices=Level),
        Column("state", "Finanzierung", Kind.CHOICE, "Stand.", choices=FundingState),
    ),
    ("name", "actor"),
    label="name",
)
_SHEETS = (_ACTORS, _OFFERS)


def run() -> list[dict[str, object]]:
    """Time reading and checking 20,000 rows, XLSX and CSV, each time in a process of its own."""
    results: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows(random.Random(2))
        for kind, place in (("XLSX", "book.xlsx"), ("CSV", "book")):
            path = Path(folder) / place
            write_book(path, _SHEETS, rows)
            seconds, peak = min(_measure(path) for _ in range(RUNS))
            results.append(
                {
                    "name": f"read and check {ROWS} rows × {len(_OFFERS.columns)} columns, {kind}",
                    "seconds": round(seconds, 3),
                    "peak_mb": round(peak),
                    "goal": f"{GOAL_SECONDS} s",
                    "met": seconds <= GOAL_SECONDS,
                }
            )
    return results


def _rows(draw: random.Random) -> dict[str, list[dict[str, object]]]:
    actors = [{"key": f"actor_{n}", "name": f"Träger Nummer {n}"} for n in range(500)]
    start = date(2015, 1, 1)
    offers: list[dict[str, object]] = []
    for number in range(ROWS):
        starts = start + timedelta(days=draw.randrange(3000))
        low = draw.randrange(1000)
        offers.append(
            {
                "key": f"offer_{number}",
                "name": f"Angebot Nummer {number}",
                "actor": f"actor_{draw.randrange(500)}",
                "partners": tuple(f"actor_{n}" for n in sorted(draw.sample(range(500), 2))),
                "note": f"Anmerkung zu Angebot {number}\nmit zweiter Zeile",
                "seats": draw.randrange(200),
                "posts": Decimal(draw.randrange(1, 40)) / 4,
                "reached_low": Decimal(low),
                "reached_high": Decimal(low + draw.randrange(50)),
                "share": Decimal(draw.randrange(101)),
                "costs": Decimal(draw.randrange(10_000_000)) / 100,
                "open": draw.random() < 0.5,
                "starts": starts,
                "ends": starts + timedelta(days=draw.randrange(1, 2000)),
                "ends_kind": EndKind.STATED,
                "level": draw.choice(list(Level)),
                "state": draw.choice(list(FundingState)),
            }
        )
    return {"actors": actors, "offers": offers}


def _measure(path: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a fresh process."""
    command = [sys.executable, __file__, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, peak = output.split()
    return float(seconds), float(peak)


def _read(path: Path) -> None:
    begun = time.perf_counter()
    book = read_book(path, _SHEETS, {})
    seconds = time.perf_counter() - begun
    if not book.sound or len(book.rows["offers"]) != ROWS:
        message = f"{len(book.problems)} problems, {len(book.rows['offers'])} rows"
        raise RuntimeError(message)
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _read(Path(sys.argv[1]))
    else:
        for line in run():
            print(line)
