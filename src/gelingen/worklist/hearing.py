"""Reasons that come from outside: somebody said something about the public site."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from gelingen.feedback.queries import Unanswered
from gelingen.terms.desk import ChoreKind
from gelingen.terms.spelling import day
from gelingen.worklist.chores import Chore

# So soon the site promises an answer.
PROMISED = timedelta(days=10)
_MINUTES = 5


def hearing(found: Iterable[Unanswered]) -> Iterator[Chore]:
    """Say which feedback waits for an answer, or to be read where nobody asks for one."""
    for one in found:
        what = "Jemand wartet auf eine Antwort" if one.asks else "Jemand hat etwas angemerkt"
        about = f", zur Seite {one.page}" if one.page else ""
        yield Chore(
            ChoreKind.FEEDBACK,
            f"feedback:{one.pk}",
            one.said,
            f"{what}{about}, eingegangen am {day(one.received)}.",
            _MINUTES,
            due=one.received + PROMISED,
        )
