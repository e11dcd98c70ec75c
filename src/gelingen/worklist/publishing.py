"""Reasons that come from editions: a draft waits for its release, or what is public is old."""

from collections.abc import Iterable, Iterator

from gelingen.editions.waiting import Waiting
from gelingen.terms.desk import ChoreKind
from gelingen.worklist.chores import Chore

_MINUTES = 20


def publishing(found: Iterable[Waiting]) -> Iterator[Chore]:
    """Say which editions wait to be released or renewed."""
    for one in found:
        yield Chore(
            ChoreKind.EDITION, f"edition:{one.key}", one.title, one.why, _MINUTES, due=one.due
        )
