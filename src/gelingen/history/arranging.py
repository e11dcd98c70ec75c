"""Move one of several records that stand in an order of their own."""

from collections.abc import Sequence

from django.db import transaction

from gelingen.history.recorded import Recorded
from gelingen.history.recording import change, new_batch
from gelingen.terms.vocabulary import Verb


def move(  # noqa: PLR0913 - what a recorded change consists of
    line: Sequence[Recorded],
    one: Recorded,
    *,
    by: int,
    least: int = 0,
    actor: object,
    batch: str = "",
) -> str:
    """Move a record within its line, and number the line anew from 1 in its field `order`.

    Who may do that is asked by the caller.

    Args:
        line: all records of the line in their order.
        one: the one that moves.
        by: so many places down; negative: up. It stops at the ends.
        least: how many at the beginning stay where they are.
        actor: who does it.
        batch: number of the undertaking.

    Returns:
        The number of the undertaking; "" if it stands there already.

    Raises:
        LostUpdateError: somebody else changed one of them at the same moment.

    """
    rest = [other for other in line if other.pk != one.pk]
    place = [other.pk for other in line].index(one.pk)
    target = min(max(place + by, least), len(line) - 1)
    if target == place:
        return ""
    rest.insert(target, line[place])
    batch = batch or new_batch()
    with transaction.atomic():
        for order, other in enumerate(rest, 1):
            if other.order != order:  # type: ignore[attr-defined]  # records that have an order
                with change(by=actor, verb=Verb.ARRANGED, of=other, batch=batch):
                    other.order = order  # type: ignore[attr-defined]
    return batch
