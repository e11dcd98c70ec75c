"""One thing an analysis saw that people should know and judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gelingen.terms.vocabulary import FindingKind


@dataclass(frozen=True, slots=True)
class Observation:
    """One result worth a verdict.

    Attributes:
        key: stable from run to run as long as it is about the same thing.
        kind: what sort of result.
        sentence: one plain German sentence.
        evidence: keys of the records behind it as "kind:key", for example "need:n01", in order.
        values: figures and days that the sentence uses.
        topic: key of the topic it belongs to; empty if none.
        weight: for ordering, larger first.

    """

    key: str
    kind: FindingKind
    sentence: str
    evidence: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    topic: str = ""
    weight: float = 0.0


def nearness(day: date, *, on: date) -> float:
    """Weigh what is near more: 10 today, 5 in a year, 2.5 in three years."""
    return 10.0 / (1.0 + max((day - on).days, 0) / 365.25)
