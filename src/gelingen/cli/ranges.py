"""The end of a range of days, as people give it: by its last day."""

from datetime import date, timedelta

import click

from gelingen.cli.answers import BadInputError, Day
from gelingen.cli.tables import last_day_to_end
from gelingen.terms.spelling import day

__all__ = ["UNTIL", "range_end"]

UNTIL = click.option("--until", type=Day(), help="Letzter Tag, wenn es um einen Zeitraum geht.")
LATEST = date.max - timedelta(days=1)


def range_end(until: date, *, on: date) -> date:
    """Give the first day after a range from `on`; raises BadInputError if it is no range."""
    if not on <= until <= LATEST:
        raise BadInputError(
            f"{day(until)} kann nicht der letzte Tag sein. "
            f"Richtig wäre ein Tag ab dem Stichtag {day(on)} und bis zum {day(LATEST)}."
        )
    return last_day_to_end(until)
