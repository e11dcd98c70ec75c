"""One round beside the last: the same question of both, and how far a share has moved.

The last round is read as it was published. Two shares are compared by the interval of their
difference from both Wilson intervals (Newcombe, Statistics in Medicine 17, 1998, method 10): if it
holds zero, chance alone may have moved the share.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gelingen.analysis.proportions import Estimate, Share, ci_proportion
from gelingen.surveys.columns import ALL
from gelingen.surveys.earlier import last_publication
from gelingen.surveys.models import Survey
from gelingen.surveys.published import Publication
from gelingen.surveys.questions import Asked
from gelingen.surveys.results import QuestionResult, Results
from gelingen.terms.surveys import QuestionKind

NOT_ASKED = "nicht vergleichbar: in der vorigen Runde nicht so gefragt"
OTHER_ANSWERS = "nicht vergleichbar: die Antworten zur Auswahl sind andere"
FEW = "nicht vergleichbar: zu wenige Antworten"
HIDDEN = "nicht vergleichbar: in einer der Runden nicht ausgewiesen"
_COMPARED = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.SCALE})


@dataclass(frozen=True, slots=True)
class Change:
    """How a share has moved.

    Attributes:
        label: the line.
        before: the share of the last round; None if it cannot be compared.
        now: the share of this round.
        difference: in shares of one, with its range.
        why_not: why it cannot be compared; "" if it can.

    """

    label: str
    before: Share | None
    now: Share | None
    difference: Estimate | None
    why_not: str = ""

    @property
    def moved(self) -> bool:
        """Whether more than chance has moved it."""
        found = self.difference
        return found is not None and not found.low <= 0 <= found.high


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in both rounds; `why_not` says of all lines that they cannot be compared."""

    asked: Asked
    changes: tuple[Change, ...]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Two rounds.

    Attributes:
        before: what was published of the last round.
        questions: in the order of this round.

    """

    before: Publication
    questions: tuple[Compared, ...]


def compare_rounds(found: Results) -> Rounds | None:
    """Compare with the last round; None if there is none, or nothing of it is out. Two queries."""
    survey = found.survey
    if survey.previous is None:
        return None
    before = last_publication(survey.previous)
    if before is None:
        return None
    asked = [one for one in found.questions if one.asked.kind in _COMPARED]
    compared = tuple(_compared(one, before, survey, survey.previous) for one in asked)
    return Rounds(before, compared)


def _compared(
    one: QuestionResult, before: Publication, survey: Survey, previous: Survey
) -> Compared:
    old = _match(one.asked, before.shown["questions"], survey, previous)
    if old is None:
        return Compared(one.asked, (), NOT_ASKED)
    if one.withheld or not old["lines"]:
        return Compared(one.asked, (), HIDDEN)
    cells = {line["code"]: line["cells"][ALL] for line in old["lines"]}
    if {line.code for line in one.lines} != cells.keys() or old["steps"] != one.steps:
        return Compared(one.asked, (), OTHER_ANSWERS)
    # The same base on both sides: those who answered the question, if that is out, else all.
    answered, of_all = old["answered"][ALL], before.shown["answers"]
    mine = one.answered[ALL].count
    both = answered is not None and mine is not None
    asked = (mine, answered) if both else (one.answered[ALL].of, of_all)
    changes = tuple(
        _change(line.label, (line.cells[ALL].count, asked[0]), (cells[line.code], asked[1]))
        for line in one.lines
    )
    return Compared(one.asked, changes)


def _match(
    asked: Asked, old: list[Mapping[str, Any]], survey: Survey, previous: Survey
) -> Mapping[str, Any] | None:
    """Find the same question: by the end of its key with the same words, or by its words."""
    alike = [one for one in old if one["kind"] == asked.kind and one["text"] == asked.german]
    end = asked.key.removeprefix(survey.key)
    same = [one for one in alike if one["key"].removeprefix(previous.key) == end]
    return next(iter([*same, *alike]), None)


def _change(
    label: str, now: tuple[int | None, int | None], before: tuple[int | None, int | None]
) -> Change:
    shares = []
    for count, asked in (before, now):
        if count is None or asked is None:
            return Change(label, None, None, None, HIDDEN)
        shares.append(ci_proportion(count, asked))
    first, second = shares
    if not (first.interpretable and second.interpretable):
        return Change(label, first, second, None, FEW)
    return Change(label, first, second, difference(first, second))


def difference(before: Share, now: Share) -> Estimate:
    """Say how far a share has moved, with the range that both leave open."""
    a, b = now.estimate, before.estimate
    if a.mid is None or b.mid is None:
        return Estimate(-1.0, None, 1.0)
    moved = a.mid - b.mid
    low = moved - math.hypot(a.mid - a.low, b.high - b.mid)
    high = moved + math.hypot(a.high - a.mid, b.mid - b.low)
    return Estimate(low, moved, high)
