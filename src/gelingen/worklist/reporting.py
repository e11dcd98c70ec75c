"""Reasons that come from the progress of measures: to ask, to report, to ring up, to go on."""

from collections.abc import Iterable, Iterator

from gelingen.progress.waiting import Reason, Waiting
from gelingen.terms.desk import ChoreKind
from gelingen.worklist.chores import Chore

_MINUTES = {Reason.REPORT: 10, Reason.ASK: 5, Reason.SILENT: 10, Reason.CONTINUE: 5}


def reporting(found: Iterable[Waiting]) -> Iterator[Chore]:
    """Say on what to report, whom to ask, who is silent, and how a measure goes on."""
    for one in found:
        yield Chore(
            ChoreKind.PROGRESS,
            f"{one.reason.value}:{one.key}",
            one.title,
            one.why,
            _MINUTES[one.reason],
            due=one.due,
            weight=1,
            told=(
                ("reason", one.reason.value),
                ("measure", one.measure),
                ("year", str(one.year) if one.year else ""),
            ),
        )
