"""What others changed, in few lines: an undertaking of many changes is one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from gelingen.history.queries import Change

SINGLE = 3


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: what it was (kind and label, or how many entries), what was done to it, by whom."""

    at: datetime
    kind: str
    label: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class News:
    """What happened, as far as it is shown.

    Attributes:
        lines: the latest first.
        more: how many lines are not shown.
        until: moment of the latest change; None if nothing happened.

    """

    lines: list[Happening]
    more: int
    until: datetime | None


def news(changes: list[Change], *, cut: bool, most: int | None) -> News:
    """Put changes into lines, at most so many; None: all.

    Args:
        changes: the latest first.
        cut: whether older changes were left out.
        most: how many lines are shown.

    """
    lines = happenings(changes, cut=cut)
    shown = lines[:most]
    until = max((one.at for one in changes), default=None)
    return News(shown, len(lines) - len(shown), until)


def happenings(changes: Iterable[Change], *, cut: bool) -> list[Happening]:
    """Put changes that were made together into one line where they are many.

    Args:
        changes: the latest first.
        cut: whether older changes were left out, so that the last number is a least one.

    """
    groups = [list(group) for _, group in groupby(changes, lambda one: (one.batch, one.verb))]
    lines = []
    for group in groups:
        first = group[0]
        if first.batch and len(group) > SINGLE:
            many = "Mindestens " if cut and group is groups[-1] else ""
            lines.append(
                Happening(first.at, "", f"{many}{len(group)} Einträge", first.what, first.by)
            )
        else:
            lines += [Happening(one.at, one.kind, one.label, one.what, one.by) for one in group]
    return lines
