"""Reasons that come from what is published: editions, the yearly report, the public site."""

from collections.abc import Iterable, Iterator
from datetime import date

from gelingen.editions.waiting import Waiting
from gelingen.terms.desk import ChoreKind
from gelingen.worklist.chores import Chore
from gelingen.yearly.waiting import Waiting as Owed

_MINUTES = 20
_REPORTING, _REVIEWING = 60, 15  # minutes


def publishing(found: Iterable[Waiting]) -> Iterator[Chore]:
    """Say which editions wait to be released or renewed."""
    for one in found:
        yield Chore(
            ChoreKind.EDITION, f"edition:{one.key}", one.title, one.why, _MINUTES, due=one.due
        )


def accounting(found: Iterable[Owed]) -> Iterator[Chore]:
    """Say which yearly report is owed: begun by nobody, or not released."""
    for one in found:
        if one.key:
            why = f"Über {one.year} wird berichtet; freigegeben ist der Entwurf noch nicht."
        else:
            why = f"Für {one.year} hat noch niemand einen Sachstandsbericht begonnen."
        title = one.title or f"Sachstandsbericht {one.year}"
        row = f"yearreport:{one.year}"
        told = (("report", one.key),)
        yield Chore(ChoreKind.REPORT, row, title, why, _REPORTING, due=one.due, told=told)


def reviewing(found: Iterable[tuple[str, date]]) -> Iterator[Chore]:
    """Say that the accessibility statement of the site wants to be looked at."""
    for why, due in found:
        title = "Erklärung zur Barrierefreiheit"
        yield Chore(ChoreKind.SITE, "site:statement", title, why, _REVIEWING, due=due)
