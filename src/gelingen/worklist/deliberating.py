"""Reasons that come from papers: to release, to note a result, to look after what follows."""

from collections.abc import Iterable, Iterator

from gelingen.papers.waiting import Reason, Waiting
from gelingen.terms.desk import ChoreKind
from gelingen.worklist.chores import Chore

_MINUTES = {Reason.RELEASE: 10, Reason.RESULT: 2, Reason.CONSEQUENCE: 3}


def deliberating(found: Iterable[Waiting]) -> Iterator[Chore]:
    """Say which papers wait for the person, and why."""
    for one in found:
        yield Chore(
            ChoreKind.PAPER,
            f"{one.reason.value}:{one.key}",
            one.title,
            one.why,
            _MINUTES[one.reason],
            due=one.due,
            weight=1,
            home=f"paper:{one.paper}",
        )
