"""How far people agree who coded the same statements without seeing each other's work.

Krippendorff's alpha (K. Krippendorff, Content Analysis, 4th ed. 2018, chapter 12) for nominal
values, as the library `krippendorff` computes it. A statement may carry several labels, so each
label is a question of its own: does it fit, yes or no? What is said of all labels together is the
mean over those that somebody used, with their number.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import krippendorff
import numpy as np

# From where on Krippendorff lets conclusions be drawn, and tentative ones.
RELIABLE, TENTATIVE = 0.8, 0.667
_PAIR = 2

# What one coder found: for each statement coded, the labels; one not coded is absent.
Found = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one label.

    Attributes:
        label: its key.
        alpha: 1 is full agreement, 0 what chance would give; None where nothing can be computed:
            no statement was coded twice, or none of those coded twice differs from the others.
        used: how many statements got the label from at least one coder.
        units: how many statements were coded by at least two.

    """

    label: str
    alpha: float | None
    used: int
    units: int


@dataclass(frozen=True, slots=True)
class Overall:
    """Mean agreement of several labels; `labels` counts those that have a value."""

    alpha: float | None
    labels: int


def alpha(ratings: Sequence[Sequence[int | None]]) -> float | None:
    """Compute Krippendorff's alpha of nominal ratings.

    Args:
        ratings: a row for each coder, a column for each unit; None: not rated.

    Returns:
        Alpha; None where it is not defined: nothing was rated twice, or always in the same way.

    """
    columns = list(zip(*ratings, strict=True)) if ratings else []
    paired = [one for one in columns if sum(value is not None for value in one) >= _PAIR]
    if len({value for one in paired for value in one if value is not None}) < _PAIR:
        return None
    rows = zip(*paired, strict=True)
    table = [[np.nan if value is None else value for value in row] for row in rows]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def agreement_by_label(coders: Iterable[Found], labels: Sequence[str]) -> list[Agreement]:
    """Compute the agreement on each label that somebody used, in the order of the labels.

    Args:
        coders: what each of them found.
        labels: the labels to look at.

    """
    found = list(coders)
    statements = sorted({statement for one in found for statement in one})
    twice = [one for one in statements if sum(one in coder for coder in found) >= _PAIR]
    lines = []
    for label in labels:
        used = sum(any(label in coder.get(one, ()) for coder in found) for one in statements)
        if used:
            ratings = [
                [int(label in coder[one]) if one in coder else None for one in statements]
                for coder in found
            ]
            lines.append(Agreement(label, alpha(ratings), used, len(twice)))
    return lines


def overall(lines: Iterable[Agreement]) -> Overall:
    """Take the mean over the labels that have a value."""
    values = [one.alpha for one in lines if one.alpha is not None]
    return Overall(sum(values) / len(values) if values else None, len(values))


def differing(coders: Sequence[Found]) -> list[str]:
    """Name the statements on which coders disagree, those with most differing labels first."""
    statements = sorted({statement for one in coders for statement in one})
    apart = {}
    for one in statements:
        sets = [frozenset(coder[one]) for coder in coders if one in coder]
        if len(sets) >= _PAIR:
            every = frozenset(label for found in sets for label in found)
            apart[one] = sum(any(label not in found for found in sets) for label in every)
    return sorted((one for one in apart if apart[one]), key=lambda one: -apart[one])
