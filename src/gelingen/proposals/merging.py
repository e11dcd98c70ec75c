"""The same idea from several bodies becomes one proposal with several supporters.

`plan_merge` says what would happen; `register.steps.carry_out` writes it, and it can be taken back.
Nothing is lost: what went into another proposal stays as it was written and leads there.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.boards.origins import items_from
from gelingen.proposals.making import ProposalError, refuse_over
from gelingen.proposals.models import Proposal, Station, Supporter
from gelingen.proposals.queries import origin_of
from gelingen.register.keys import free_keys
from gelingen.register.steps import Plan, Step
from gelingen.terms.vocabulary import Verb

if TYPE_CHECKING:
    from gelingen.topics.models import Topic


def plan_merge(actor: Actor, kept: Proposal, others: Sequence[Proposal], *, on: date) -> Plan:
    """Say what happens if proposals go into another one.

    Args:
        actor: who asks; only whoever may change all of it can carry it out.
        kept: the proposal that stays.
        others: what goes into it.
        on: the day on which it happens.

    Raises:
        ProposalError: nothing is to be merged, the same twice, or one of them is over.

    """
    if not others or kept.pk in {one.pk for one in others}:
        raise ProposalError("Bitte wenigstens einen anderen Vorschlag wählen.")
    for one in (kept, *others):
        refuse_over(one)
    steps = [
        *_behind(kept, others, on=on),
        *_stations(kept, others),
        *_items(actor, kept, others),
        *_linked(kept, others),
        *(Step(one, f"„{one}“ geht in „{kept}“ auf.", {"merged_into": kept}) for one in others),
    ]
    named = ", ".join(f"„{one}“" for one in others)
    return Plan(
        Verb.MERGED,
        f"In „{kept}“ {'geht' if len(others) == 1 else 'gehen'} auf: {named}.",
        tuple(steps),
        tuple(
            f"„{one}“ bleibt lesbar, wie es geschrieben wurde, und führt zu „{kept}“."
            for one in others
        ),
        on,
    )


def _behind(kept: Proposal, others: Sequence[Proposal], *, on: date) -> Iterator[Step]:
    """Let the bodies that proposed the same, and who supported them, stand behind what is kept."""
    behind = {
        one.body_id: one
        for one in kept.supporters.select_related("body", "tenant").prefetch_related("topics")
    }
    wanted: dict[int, list[Topic]] = {}
    own = list(kept.topics.all())
    for one in others:
        if one.body_id == kept.body_id:
            own += one.topics.all()
        elif one.body_id in behind:
            wanted.setdefault(one.body_id, []).extend(one.topics.all())
        else:
            behind[one.body_id] = _new(kept, one)
            wanted[one.body_id] = list(one.topics.all())
        for other in one.supporters.select_related("body", "tenant").prefetch_related("topics"):
            if other.body_id == kept.body_id:
                continue  # it proposes; that it supports too says nothing more
            if other.body_id not in behind:
                behind[other.body_id] = other
            wanted.setdefault(other.body_id, []).extend(other.topics.all())
    if {one.pk for one in own} != {one.pk for one in kept.topics.all()}:
        yield Step(kept, f"„{kept}“ bekommt alle Themenfelder.", links={"topics": _once(own)})
    keys = free_keys(
        Supporter,
        kept.tenant_id,
        [f"{kept.key}|{one.body.key}" for one in behind.values() if one._state.adding],
    )
    for body, topics in wanted.items():
        yield _supports(kept, behind[body], topics, keys, on)


def _new(kept: Proposal, one: Proposal) -> Supporter:
    reason = f"Eigener Vorschlag: {one.title}"
    return Supporter(
        tenant=kept.tenant,
        proposal=kept,
        body=one.body,
        reason=f"{reason}\n{one.text}" if one.text else reason,
    )


def _supports(
    kept: Proposal, one: Supporter, topics: "Sequence[Topic]", keys: list[str], on: date
) -> Step:
    new, moves = one._state.adding, one.proposal_id != kept.pk
    if new:
        one.key = keys.pop(0)
        said = f"{one.body} schlägt es auch vor und unterstützt „{kept}“."
        values: dict[str, object] = {"since": on}
    else:
        said = f"{one.body} unterstützt {'nun ' if moves else ''}„{kept}“."
        values = {"proposal": kept}
    there = [] if new else list(one.topics.all())
    return Step(one, said, values, {"topics": _once([*there, *topics])}, new=new)


def _once(topics: "Sequence[Topic]") -> "list[Topic]":
    return list({one.pk: one for one in topics}.values())


def _stations(kept: Proposal, others: Sequence[Proposal]) -> Iterator[Step]:
    """Bring all stations into one line, by the day on which they began."""
    every = [
        station
        for one in (kept, *others)
        for station in Station.objects.filter(proposal=one)
        .select_related("body", "tenant")
        .order_by("order", "key")
    ]
    line = sorted(every, key=lambda one: one.since)
    for order, one in enumerate(line, 1):
        if one.proposal_id != kept.pk:
            said = f"Station beim Gremium {one.body}: gehört nun zu „{kept}“."
        elif one.order != order:
            said = f"Station beim Gremium {one.body}: nun an {order}. Stelle."
        else:
            continue
        yield Step(one, said, {"proposal": kept, "order": order})


def _items(actor: Actor, kept: Proposal, others: Sequence[Proposal]) -> Iterator[Step]:
    origins = [origin_of(one.key) for one in others]
    for one in items_from(actor, kept.tenant, origins):
        where = f"Sitzung am {one.meeting.day:%d.%m.%Y}" if one.meeting else "Themenspeicher"
        yield Step(
            one,
            f"{one.body}, {where}: der Tagesordnungspunkt führt nun zu „{kept}“.",
            {"origin": origin_of(kept.key)},
        )


def _linked(kept: Proposal, others: Sequence[Proposal]) -> Iterator[Step]:
    """Take over the measure and the need that only others name."""
    values: dict[str, object] = {}
    for name in ("measure", "need"):
        found = next(filter(None, (getattr(one, name) for one in others)), None)
        if getattr(kept, name) is None and found is not None:
            values[name] = found
    if values:
        told = " und ".join(f"„{one}“" for one in values.values())
        yield Step(kept, f"„{kept}“ bezieht sich nun auf {told}.", values)
