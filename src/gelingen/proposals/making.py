"""Make a proposal, change it, withdraw it, link what came of it; stand behind it or no longer.

All of it takes the right to do the work of the body that proposes or supports (`May.EDIT_BOARDS`)
and can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.needs.queries import needs
from gelingen.plan.queries import measures
from gelingen.proposals.models import Proposal, Station, Supporter
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.proposals import ADOPTED, StationTask
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb
from gelingen.topics.queries import topics
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from gelingen.access.models import Tenant
    from gelingen.boards.models import Body
    from gelingen.topics.models import Topic


class ProposalError(UserError):
    """A proposal does not stand so that this can be done with it."""


@dataclass(frozen=True, slots=True)
class ProposalGiven:
    """What is told about a proposal; topics, measure and need are keys ("": none)."""

    kind: str
    title: str
    text: str = ""
    topics: Sequence[str] = ()
    measure: str = ""
    need: str = ""


def make(
    *, actor: Actor, body: "Body", given: ProposalGiven, on: date, batch: str = ""
) -> Proposal:
    """Put forward a proposal of a body.

    Args:
        actor: who does it.
        body: whose proposal.
        given: what is told about it.
        on: the day on which it is made.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the body.
        ProposalError: a topic, measure or need is not known.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, body)
    wished = key_of("vorschlag", clean(given.title))
    (key,) = free_keys(Proposal, body.tenant_id, [wished])
    made = Proposal(tenant=body.tenant, key=key, body=body, made=on)
    _write(actor, made, given, Verb.CREATED, batch)
    return made


def change_proposal(
    *,
    actor: Actor,
    proposal: Proposal,
    given: ProposalGiven,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change what is told about a proposal, as long as nobody has answered it.

    Raises:
        PermissionDenied: the actor does not lead the body that proposes.
        ProposalError: it was answered, withdrawn or merged, or something named is not known.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, proposal)
    refuse_over(proposal)
    if Station.objects.filter(proposal=proposal).exclude(answer="").exists():
        raise ProposalError(
            "Der Vorschlag ist schon beantwortet. Was geändert werden soll, wird ein neuer "
            "Vorschlag; sonst stünde die Antwort bei etwas anderem."
        )
    proposal.version = proposal.version if version is None else version
    _write(actor, proposal, given, Verb.CHANGED, batch)


def _write(actor: Actor, one: Proposal, given: ProposalGiven, verb: Verb, batch: str) -> None:
    measure, need = (
        measures(actor, one.tenant).filter(key=given.measure).first() if given.measure else None,
        needs(actor, one.tenant).filter(key=given.need).first() if given.need else None,
    )
    if (given.measure and measure is None) or (given.need and need is None):
        raise ProposalError("Worauf sich der Vorschlag bezieht, gibt es nicht mehr.")
    links = {"topics": topics_named(actor, one.tenant, given.topics)}
    with change(by=actor, verb=verb, of=one, links=links, batch=batch):
        one.kind, one.title, one.text = given.kind, clean(given.title), clean_lines(given.text)
        one.measure, one.need = measure, need


def topics_named(actor: Actor, tenant: "Tenant", keys: Sequence[str]) -> "list[Topic]":
    """Find topics by key, in their order.

    Raises:
        ProposalError: one of them is not there.

    """
    found = list(topics(actor, tenant).filter(key__in=list(keys)))
    if len(found) != len(set(keys)):
        raise ProposalError("Eines der Themenfelder gibt es nicht mehr.")
    return found


def refuse_over(proposal: Proposal) -> None:
    """Refuse whatever is done with a proposal that was withdrawn or went into another one."""
    if proposal.withdrawn is not None:
        raise ProposalError(f"Der Vorschlag wurde am {day(proposal.withdrawn)} zurückgezogen.")
    if proposal.merged_into_id is not None:
        raise ProposalError("Der Vorschlag ist in einem anderen aufgegangen; dort geht es weiter.")


def withdraw(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    proposal: Proposal,
    why: str,
    on: date,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Withdraw a proposal; its way so far stays.

    Raises:
        PermissionDenied: the actor does not lead the body that proposes.
        ProposalError: it is over already or was adopted, or no reason is given.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, proposal)
    refuse_over(proposal)
    decisions = Station.objects.filter(proposal=proposal, task=StationTask.DECIDE)
    if decisions.filter(answer__in=[one.value for one in ADOPTED]).exists():
        raise ProposalError("Über den Vorschlag ist schon entschieden.")
    if not clean(why):
        raise ProposalError("Bitte sagen, warum der Vorschlag zurückgezogen wird.")
    proposal.version = proposal.version if version is None else version
    with change(by=actor, verb=Verb.ENDED, of=proposal, batch=batch):
        proposal.withdrawn, proposal.withdrawn_why = on, clean(why)


def link_result(
    *, actor: Actor, proposal: Proposal, measure: str = "", need: str = "", batch: str = ""
) -> None:
    """Say which measure or need came of a proposal, or is meant by it; by key, "" leaves it.

    Raises:
        PermissionDenied: the actor does not lead the body that proposes.
        ProposalError: there is no such measure or need.
        LostUpdateError: somebody else changed the proposal since it was read.

    """
    require(actor, May.EDIT_BOARDS, proposal)
    planned = measures(actor, proposal.tenant).filter(key=measure).first() if measure else None
    wanted = needs(actor, proposal.tenant).filter(key=need).first() if need else None
    if (measure and planned is None) or (need and wanted is None):
        raise ProposalError("Diesen Eintrag gibt es nicht mehr.")
    with change(by=actor, verb=Verb.CHANGED, of=proposal, batch=batch):
        proposal.measure = planned or proposal.measure
        proposal.need = wanted or proposal.need


def support(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    proposal: Proposal,
    body: "Body",
    topics: Sequence[str] = (),
    reason: str = "",
    on: date,
    batch: str = "",
) -> Supporter:
    """Let a body stand behind the proposal of another one, with its own topics (keys).

    Raises:
        PermissionDenied: the actor does not lead the supporting body.
        ProposalError: it is the body's own proposal, it is over, or a topic is not known.
        ValidationError: the body supports it already.

    """
    require(actor, May.EDIT_BOARDS, body)
    refuse_over(proposal)
    if body.pk == proposal.body_id:
        raise ProposalError("Das ist der eigene Vorschlag dieses Gremiums.")
    key = f"{proposal.key}|{body.key}"
    (free,) = free_keys(Supporter, proposal.tenant_id, [key])
    made = Supporter(tenant=proposal.tenant, key=free, proposal=proposal, body=body, since=on)
    links = {"topics": topics_named(actor, proposal.tenant, topics)}
    with change(by=actor, verb=Verb.CREATED, of=made, links=links, batch=batch):
        made.reason = clean_lines(reason)
    return made


def stop_supporting(*, actor: Actor, supporter: Supporter, batch: str = "") -> None:
    """Say that a body no longer stands behind a proposal.

    Raises:
        PermissionDenied: the actor does not lead that body.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, supporter)
    with transaction.atomic():
        remove(by=actor, of=supporter, batch=batch)
