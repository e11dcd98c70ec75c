"""The catalogue of indicators for a county, shipped with the program.

Codes beginning with L are those of the monitoring of the Länder, with W those of the monitoring of
the city of Wiesbaden, with X our own. Definitions are worded here.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the catalogue, in the words of a definition sheet.

    `figure` is the name under which values are looked for; where the catalogue knows none, it is
    the name of the indicator.
    """

    code: str
    name: str
    figure: str
    numerator: str
    denominator: str
    denominator_figure: str
    source: str
    periodicity: str
    lowest: str
    migration_definition: str
    unit: str
    wanted: str
    definition: str
    relevance: str
    method: str

    @property
    def origin(self) -> str:
        """Where the code is from."""
        return {
            "L": "Integrationsmonitoring der Länder",
            "W": "Integrationsmonitoring Wiesbaden",
            "X": "eigener Vorschlag",
        }[self.code[0]]


@cache
def catalogue() -> tuple[Entry, ...]:
    """Give all entries in the order of the catalogue."""
    text = (files("gelingen.indicators") / "catalogue.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return tuple(Entry(**{**row, "figure": row["figure"] or row["name"]}) for row in rows)
