"""How far the coders of a talk agree, by label and kind, and where they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gelingen.analysis.agreement import (
    Agreement,
    Overall,
    agreement_by_label,
    differing,
    overall,
)
from gelingen.talks.labels import Labels
from gelingen.talks.queries import Codings, Idents
from gelingen.terms.talks import Dimension

KEPT = 1_000  # talks whose agreement a process remembers


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement of the coders of one talk.

    Attributes:
        lines: one for each label that somebody used, in the order of the labels.
        kinds: mean by kind, for kinds that were used.
        whole: mean over all labels.
        open: statements on which coders differ and nothing is agreed, the widest apart first.

    """

    lines: Sequence[Agreement]
    kinds: Sequence[tuple[Dimension, Overall]]
    whole: Overall
    open: Sequence[str]


def compare(known: Codings, labels: Labels) -> Comparison:
    """Compare what the coders of a talk found; nothing while it is not opened."""
    coders = known.compared
    lines = agreement_by_label(coders, [one.ident for one in labels.all])
    apart = differing(coders)
    return Comparison(
        lines,
        [
            (kind, overall(found))
            for kind in Dimension
            if (found := [one for one in lines if one.label.startswith(f"{kind}:")])
        ],
        overall(lines),
        [one for one in apart if not known.settled(one)],
    )


# What each coder found, so that it can be looked up: pairs of a statement and its labels.
_Found = frozenset[tuple[str, Idents]]


def mean_agreement(known: Codings) -> Overall:
    """Give the mean over all labels that the coders of a talk used, without their names.

    Lists ask for it again and again, and once uncovered the codings of a talk rarely change: the
    same codings are computed once.
    """
    return _mean(tuple(frozenset(found.items()) for found in known.compared))


@lru_cache(maxsize=KEPT)
def _mean(coders: tuple[_Found, ...]) -> Overall:
    used = sorted({one for found in coders for _, labels in found for one in labels})
    return overall(agreement_by_label([dict(found) for found in coders], used))


def marks(known: Codings, statement: str, idents: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Say of each label of a statement who gave it, in the order of the labels."""
    if not known.opened:
        return []
    given = [
        (ident, [one for one in known.coders if ident in known.own(one).get(statement, ())])
        for ident in idents
    ]
    return [(ident, coders) for ident, coders in given if coders]
