"""Milestones that are ticked in a form: what is shown ticked, and what was said with it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.http import QueryDict

from gelingen.progress.writing import Ticks

if TYPE_CHECKING:
    from gelingen.plan.models import Milestone

# Keys of the milestones that are ticked, and of those that were when the form was shown.
STEPS, SEEN = "meilenstein", "gesehen"


def sent_ticks(sent: QueryDict) -> Ticks:
    """Read what is ticked in a form that was sent."""
    return _read(dict(sent.lists()))


def shown_ticks(
    steps: Iterable["Milestone"], sent: QueryDict | None, draft: Mapping[str, list[str]] | None
) -> Ticks:
    """Give what a form shows ticked, and what it is compared with when it is sent.

    Args:
        steps: the milestones as they stand.
        sent: what was sent and is shown again; None where the form is opened.
        draft: what was begun before, by name of the field; None if nothing was.

    """
    if sent is not None:
        return sent_ticks(sent)
    stored = frozenset(one.key for one in steps if one.done is not None)
    return Ticks(_read(draft or {}).over(stored), stored)


def _read(texts: Mapping[str, list[str]]) -> Ticks:
    return Ticks(frozenset(texts.get(STEPS, ())), frozenset(texts.get(SEEN, ())))
