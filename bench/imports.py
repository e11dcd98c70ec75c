"""How long the whole way of a 20,000-row workbook takes: read, check, compare, write."""

import os
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import django

# The modules of records can only be read once Django is set up.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
django.setup()

from gelingen.access.policy import Operator  # noqa: E402
from gelingen.tables import bring_up_to_date  # noqa: E402
from gelingen.transfer.imports import apply_import, preview_import, tenant_of  # noqa: E402
from gelingen.transfer.sheets import SHEETS  # noqa: E402
from gelingen.workbook import write_book  # noqa: E402

GOAL_SECONDS = 10.0
SHARES = {
    "Organisationen": 1_000,
    "Strukturen": 5_000,
    "Reichweiten": 8_000,
    "Finanzierungen": 6_000,
}


def _workbook(path: Path) -> None:
    """Write a workbook of 20,000 rows in the shape of the template."""
    places = [f"0947{number:04}" for number in range(1000, 1020)]
    write_book(
        path,
        SHEETS,
        {
            "tenant": [{"key": "0947", "name": "Landkreis Messung"}],
            "territory": [{"key": key, "name": key, "kind": "municipality"} for key in places],
            "topic": [{"key": f"t{n}", "name": f"Themenfeld {n}"} for n in range(10)],
            "target_group": [{"key": f"g{n}", "name": f"Zielgruppe {n}"} for n in range(10)],
            "organisation": [
                {"key": f"o{n}", "name": f"Träger {n}", "source": f"Liste {n}"}
                for n in range(SHARES["Organisationen"])
            ],
            "structure": [
                {
                    "key": f"s{n}",
                    "name": f"Angebot {n}",
                    "organisation": f"o{n % 1000}",
                    "function": "delivers",
                    "capacity_low": Decimal(n % 50),
                    "capacity_high": Decimal(n % 50 + 5),
                    "capacity_unit": "Plätze",
                    "starts": date(2016, 1 + n % 12, 1),
                    "ends": date(2020, 1 + n % 12, 1),
                    "ends_kind": "stated",
                }
                for n in range(SHARES["Strukturen"])
            ],
            "reach": [
                {
                    "structure": f"s{n % 5000}",
                    "topic": f"t{n // 5000}",
                    "target_group": f"g{n % 10}",
                    "territory": places[n % 20],
                }
                for n in range(SHARES["Reichweiten"])
            ],
            "funding": [
                {
                    "key": f"f{n}",
                    "structure": f"s{n % 5000}",
                    "programme": f"Programm {n % 30}",
                    "eur_per_year": Decimal(1000 + n),
                    "starts": date(2016, 1, 1),
                    "ends": date(2018 + n % 4, 1, 1),
                    "ends_kind": "stated",
                    "state": "approved",
                }
                for n in range(SHARES["Finanzierungen"])
            ],
        },
    )


def run() -> list[dict[str, object]]:
    """Time the import of a new workbook, and the same file once more."""
    bring_up_to_date()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gross.xlsx"
        _workbook(path)
        entries: list[dict[str, object]] = []
        for case in ("20.000 Zeilen übernehmen", "dieselbe Arbeitsmappe noch einmal"):
            start = time.perf_counter()
            preview = preview_import(Operator(), path, tenant=tenant_of(path))
            apply_import(Operator(), preview)
            seconds = time.perf_counter() - start
            entries.append(
                {
                    "case": case,
                    "seconds": seconds,
                    "goal": "unter 10 s",
                    "met": seconds < GOAL_SECONDS,
                    "rows": sum(SHARES.values()),
                }
            )
        if not preview.empty:
            raise SystemExit("Dieselbe Arbeitsmappe zweimal muss nichts ändern.")
    return entries
