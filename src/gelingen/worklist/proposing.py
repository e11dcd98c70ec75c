"""Reasons that come from proposals: a body is asked, or an answer has come."""

from collections.abc import Iterable, Iterator

from gelingen.proposals.waiting import Asked
from gelingen.terms.desk import ChoreKind
from gelingen.terms.spelling import day, last_day
from gelingen.worklist.chores import Chore

_ANSWERING, _READING = 10, 1  # minutes


def answering(found: Iterable[Asked]) -> Iterator[Chore]:
    """Say what bodies that the person leads are asked."""
    for one in found:
        until = f" bis {day(last_day(one.due))}" if one.due else ""
        put_off = "; zurückgestellt" if one.answer else ""
        yield Chore(
            ChoreKind.STATION,
            f"station:{one.key}",
            one.title,
            f"{one.body}: {one.task}{until}, erbeten von {one.sender}{put_off}.",
            _ANSWERING,
            due=one.due,
            weight=1,
            told=_told(one),
        )


def reading(found: Iterable[Asked]) -> Iterator[Chore]:
    """Say which answers have come to what the person's bodies propose or support."""
    for one in found:
        on = f" am {day(one.answered)}" if one.answered else ""
        yield Chore(
            ChoreKind.REPLY,
            f"reply:{one.key}:{one.answered}",
            one.title,
            f"{one.body} hat{on} geantwortet: {one.answer}.",
            _READING,
            told=_told(one),
        )


def _told(one: Asked) -> tuple[tuple[str, str], ...]:
    return (("proposal", one.proposal), ("station", str(one.number)))
