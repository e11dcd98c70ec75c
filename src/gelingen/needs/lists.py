"""The needs as a list, one line for each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in
from gelingen.needs.queries import needs
from gelingen.needs.voices import Said, said_of
from gelingen.terms.vocabulary import NeedState
from gelingen.topics.queries import heirs

PLANNED, OVER = "planned", "over"
_SILENT = Said()


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in words; `ends` is the first day after.

    Attributes:
        previous: key of the need of an earlier round that it carries on.
        standing: how it stands on the day: a state, `PLANNED` for an open one that a measure
            answers, `OVER` for an open one whose end has passed.
        topics: key and name of its topic, or of those that stand for it on the day.
        formerly: name of its own topic where others stand for it; "" otherwise.
        said: its voices.

    """

    key: str
    statement: str
    target_group_key: str
    target_group: str
    territory_key: str
    territory: str
    level: str
    kind: str
    quantity_low: float | None
    quantity_high: float | None
    unit: str
    severity: int | None
    starts: date | None
    ends: date | None
    since: date | None
    state: str
    previous: str | None
    standing: str
    topics: tuple[tuple[str, str], ...]
    formerly: str
    said: Said

    @property
    def severities(self) -> tuple[int, int] | None:
        """How severe it is at least and at most, by its entry and by its voices."""
        known = [*self.said.severities, *([self.severity] if self.severity else [])]
        return (min(known), max(known)) if known else None


def need_lines(
    actor: Actor,
    tenant: Tenant,
    *,
    on: date,
    every: bool = False,
    planned: Collection[str] = frozenset(),
) -> list[NeedLine]:
    """List the needs that ask for something on a day or later, by key. Three queries.

    Args:
        actor: who asks.
        tenant: whose needs.
        on: the day.
        every: whether what is met, dropped, carried on or over is listed too.
        planned: keys of the needs that a measure answers; what goes on from an earlier round is
            answered by what answered it there.

    """
    followed, said = heirs(actor, tenant, on=on), said_of(actor, tenant)
    rows = list(
        needs(actor, tenant)
        .order_by("key")
        .values_list(
            "key", "statement", "target_group__key", "target_group__name", "territory__key",
            "territory__name", "level", "kind", "quantity_low", "quantity_high", "unit",
            "severity", "starts", "ends", "state_since", "state", "previous__key", "topic__key",
            "topic__name",
        )
    )  # fmt: skip
    answered = with_rounds({row[0]: row[16] for row in rows}, planned)
    lines = []
    for row in rows:
        key, state, topic, name = row[0], row[15], row[17], row[18]
        standing = _standing(state, row[14], row[13], on, answered=key in answered)
        if standing in (NeedState.OPEN, PLANNED) or every:
            now = followed.get(topic, ((topic, name),))
            before = name if topic in followed else ""
            told = standing, now, before, said.get(key, _SILENT)
            amounts = _float(row[8]), _float(row[9])
            lines.append(NeedLine(*(*row[:8], *amounts, *row[10:17], *told)))
    return lines


def with_rounds(previous: Mapping[str, str | None], planned: Collection[str]) -> set[str]:
    """Add to some needs those that go on from one of them: what answers it, answers them.

    Args:
        previous: for each need the one that it carries on, by key.
        planned: keys of the needs that something answers.

    """
    answered = set()
    for key in previous:
        at: str | None = key
        seen = set()
        while at is not None and at not in seen and at not in planned:
            seen.add(at)
            at = previous.get(at)
        if at in planned:
            answered.add(key)
    return answered


def _standing(
    state: str, since: date | None, ends: date | None, on: date, *, answered: bool
) -> str:
    if state != NeedState.OPEN and since is not None and since <= on:
        return state
    if ends is not None and ends <= on:
        return OVER
    return PLANNED if answered else NeedState.OPEN.value


def changeable(actor: Actor, tenant: Tenant, keys: Iterable[str]) -> set[str]:
    """Which of these needs the actor may change: all of them or none. No query."""
    return set(keys) if allowed_in(actor, May.EDIT_NEEDS, tenant) else set()


def _float(value: Any) -> float | None:  # noqa: ANN401 - a number of the database
    return None if value is None else float(value)
