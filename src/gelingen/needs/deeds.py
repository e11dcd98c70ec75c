"""What is done with several needs at once: say how they stand, carry them on, sort them anew.

Each function makes a `Plan`: first what would happen, then `register.steps.carry_out`.

A need that goes on in the next round stays as it is, with its voices and all that answers it, and
is "weitergeführt" from a day on; from that day a new need with the same content takes its place and
names it (`previous`). Its voices are those of the new round. Nothing is copied that could be read
from the earlier one, and nothing of the earlier one is lost.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.needs.models import Need
from gelingen.needs.queries import needs
from gelingen.register.keys import free_keys
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import NeedState, Verb
from gelingen.topics.queries import heirs, topics

if TYPE_CHECKING:
    from gelingen.topics.models import Topic

_SAME = (
    "statement", "target_group", "territory", "level", "kind", "quantity_low", "quantity_high",
    "unit", "severity", "severity_note", "ends", "source", "source_date", "certainty", "note",
)  # fmt: skip
_LONGEST = 80


def chosen(actor: Actor, tenant: Tenant, keys: Sequence[str]) -> list[Need]:
    """Read some needs in words, by key; what does not exist is left out. One query."""
    found = needs(actor, tenant).filter(key__in=set(keys)).order_by("key")
    return list(found.select_related("topic", "target_group", "territory"))


def title(need: Need) -> str:
    """Name a need in a sentence."""
    text = need.statement
    return f"„{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}“"


def plan_state(things: Sequence[Need], *, state: NeedState, on: date) -> Plan:
    """Say how needs stand from a day on; what goes on as another need stays so. One query.

    Args:
        things: the needs, as they were read.
        state: open, met or dropped.
        on: since when; of no account for an open one.

    """
    going_on = {one.previous_id: one for one in Need.objects.filter(previous__in=things)}
    since = None if state == NeedState.OPEN else on
    steps, stays = [], []
    for need in things:
        if need.pk in going_on:
            stays.append(f"{title(need)} geht weiter als {title(going_on[need.pk])}.")
        elif (need.state, need.state_since) == (state, since):
            stays.append(f"{title(need)} ist schon {state.label}.")
        else:
            when = f" seit {day(since)}" if since else ""
            said = f"{title(need)}: {state.label}{when}, bisher {need.get_state_display()}"
            steps.append(Step(need, said, {"state": state.value, "state_since": since}))
    return Plan(Verb.CHANGED, f"Stand setzen: {state.label}.", tuple(steps), tuple(stays), on)


def plan_carry(actor: Actor, tenant: Tenant, things: Sequence[Need], *, on: date) -> Plan:
    """Carry needs on to the next round, which begins on a day. At most three queries.

    A topic that is over by then gives way to its successor; where it was split, somebody has to
    choose, so the new need keeps the old topic, under which both parts show it.
    """
    followed = heirs(actor, tenant, on=on)
    known = {one.key: one for one in topics(actor, tenant)}
    open_ones = [one for one in things if _goes_on(one, on)]
    keys = free_keys(Need, tenant.pk, [one.key for one in open_ones])
    steps = []
    for need, key in zip(open_ones, keys, strict=True):
        now = followed.get(need.topic.key, ())
        topic: Topic = known[now[0][0]] if len(now) == 1 else need.topic
        steps += _carried(need, key, topic, on)
    stays = tuple(_why_not(one, on) for one in things if one not in open_ones)
    return Plan(Verb.CHANGED, f"Weiterführen ab {day(on)}.", tuple(steps), stays, on)


def _goes_on(need: Need, on: date) -> bool:
    return need.state == NeedState.OPEN and (need.ends is None or need.ends > on)


def _why_not(need: Need, on: date) -> str:
    if need.state == NeedState.OPEN and need.ends is not None and need.ends <= on:
        return f"{title(need)} endet am {day(last_day(need.ends))}."
    return f"{title(need)} ist schon {need.get_state_display()}."


def _carried(need: Need, key: str, topic: "Topic", on: date) -> list[Step]:
    values = {name: getattr(need, name) for name in _SAME}
    starts = need.starts if need.starts and need.starts > on else on
    values |= {"topic": topic, "starts": starts, "previous": need}
    under = f", Themenfeld „{topic}“ statt „{need.topic}“" if topic != need.topic else ""
    return [
        Step(
            Need(tenant_id=need.tenant_id, key=key),
            f"Neuer Bedarf {title(need)} ab {day(starts)}{under}",
            values,
            new=True,
        ),
        Step(
            need,
            f"{title(need)} ist ab {day(on)} weitergeführt",
            {"state": NeedState.CARRIED.value, "state_since": on},
        ),
    ]


def plan_topic(things: Sequence[Need], *, topic: "Topic", on: date) -> Plan:
    """Sort needs into another topic."""
    moving = [one for one in things if one.topic != topic]
    steps = tuple(
        Step(one, f"{title(one)}: „{topic}“ statt „{one.topic}“", {"topic": topic})
        for one in moving
    )
    stays = tuple(f"{title(one)} steht schon dort." for one in things if one not in moving)
    return Plan(Verb.CHANGED, f"Themenfeld setzen: „{topic}“.", steps, stays, on)
