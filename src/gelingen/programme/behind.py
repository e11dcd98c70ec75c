"""The needs behind the measures that stand for choice: how severe, and who speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.needs.lists import NeedLine, need_lines, with_rounds
from gelingen.plan.queries import measures, needs_answered
from gelingen.programme.queries import Whole
from gelingen.terms.vocabulary import NeedState


@dataclass(frozen=True, slots=True)
class Behind:
    """A need that a measure answers.

    Attributes:
        key: of the need.
        statement: what is needed.
        severities: how severe at least and at most, from 1 to 5; None where nobody judged.
        judged: who judged, "entry" and "voices" in this order as far as they did.
        voices: how many independent voices it has.

    """

    key: str
    statement: str
    severities: tuple[int, int] | None
    judged: tuple[str, ...]
    voices: int


def needs_behind(
    actor: Actor, tenant: Tenant, seen: Whole, *, on: date
) -> Mapping[str, tuple[Behind, ...]]:
    """Give for each candidate the needs that ask for something, the most severe first.

    What goes on from an earlier round is answered by what answered it there. Four queries.

    Args:
        actor: who asks.
        tenant: whose selection it is.
        seen: the selection.
        on: the day.

    Returns:
        By key of the candidate; needs nobody judged come last, among equals those with more voices
        first, then by their words.

    """
    lines = need_lines(actor, tenant, on=on, every=True)
    previous = {one.key: one.previous for one in lines}
    asking = sorted((one for one in lines if one.standing == NeedState.OPEN), key=_urgency)
    standing = [one.measure_id for one in seen.candidates]
    answers = needs_answered(measures(actor, tenant).filter(pk__in=standing))
    found = {}
    for one in seen.candidates:
        answered = with_rounds(previous, answers.get(one.measure_id, ()))
        found[one.key] = tuple(_behind(line) for line in asking if line.key in answered)
    return found


def _behind(line: NeedLine) -> Behind:
    judged = (("entry", line.severity), ("voices", line.said.severities))
    return Behind(
        line.key,
        line.statement,
        line.severities,
        tuple(who for who, given in judged if given),
        line.said.number,
    )


def _urgency(line: NeedLine) -> tuple[int, int, str]:
    severest = line.severities[1] if line.severities else 0
    return -severest, -line.said.number, line.statement
