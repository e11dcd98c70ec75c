"""Small tables as text, readable by the people who own the rules."""

from gelingen.analysis.schema import Structures

# What a spec does not name does not matter for it.
HARMLESS = {
    "function": "delivers",
    "organisation": "o",
    "topic": "sprache",
    "target_group": "frauen",
    "place": "09473",
    "kind": "operational",
    "state": "approved",
    "source": "Land",
    "task": "beraten",
    "sector": "Verein",
    "asked": "true",
    "reported_by": "both",
}


def table(kind, text):
    """Read a table from text; columns that are left out get a harmless value or stay empty."""
    header, *lines = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    rows = []
    for number, line in enumerate(lines):
        given = dict(zip(header, line, strict=True))
        row = {name: given.get(name, HARMLESS.get(name)) or None for name in kind.columns}
        key = next(iter(kind.columns))
        row[key] = row[key] or f"{key}{number}"
        rows.append(row)
    return kind.from_text(rows)


def rows(result, *columns):
    """Give the rows of a result table with these columns only."""
    return result.frame.select(columns).rows()


def structures(*keys, **columns):
    """Make structures that differ in their key alone."""
    defaults = dict.fromkeys(Structures.columns)
    given = {"organisation": "o", "function": "delivers", **columns}
    return Structures.from_rows(
        [tuple({**defaults, "structure": key, **given}.values()) for key in keys]
    )
