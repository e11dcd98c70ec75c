"""Reasons that come from indicators: a value was to be there by now."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gelingen.terms.desk import ChoreKind
from gelingen.terms.spelling import day, last_day
from gelingen.worklist.chores import Chore

if TYPE_CHECKING:
    from gelingen.indicators.models import CollectionPlan

_MINUTES = 10


def measuring(found: "Iterable[CollectionPlan]") -> Iterator[Chore]:
    """Say which values are due, who was to have them, and until when."""
    for one in found:
        yield Chore(
            ChoreKind.VALUE,
            f"collectionplan:{one.key}",
            one.indicator.name,
            f"Der Wert zum {day(one.reference)} sollte bis {day(last_day(one.due))} da sein "
            f"({one.who}).",
            _MINUTES,
            due=one.due,
            home=f"indicator:{one.indicator.key}",
        )
