"""Proposals: other values for an entry, accepted field by field or refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gelingen.access.models import Tenant
from gelingen.access.policy import MEANINGS, Actor, May, allowed_in, ever_allowed, require, within
from gelingen.access.record import Record
from gelingen.confirmations.models import Proposal
from gelingen.editing import get_record, row_of, save_record, sheet_of, texts_of
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import change
from gelingen.register.queries import organisations, structures
from gelingen.terms.asking import ProposalKind, ProposalState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.declare import Sheet
from gelingen.workbook.values import read_cell

# What organisations are asked about, by kind of record.
FIELDS = {"structure": ("name", "ends", "capacity"), "organisation": ("contact",)}


class NothingNewError(UserError):
    """What is proposed is what is there already."""


class DecidedError(UserError):
    """Somebody has decided on the proposal already."""


class MeanwhileError(UserError):
    """The entry was changed since the proposal, in a field that the proposal changes."""


class NothingTakenError(UserError):
    """A proposal is accepted without any of its fields."""


class UnfitValueError(UserError):
    """What is proposed cannot stand in the entry."""


class UnknownProposalError(NotFoundError):
    """There is no such proposal, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a proposal; `now` is what stands there today.

    It clashes where somebody wrote something else there since the proposal.
    """

    name: str
    head: str
    before: str
    now: str
    after: str

    @property
    def clashes(self) -> bool:
        """Whether both versions have to be looked at."""
        return self.now not in (self.before, self.after)


def kind_and_key(subject: str) -> tuple[str, str]:
    """Take "structure:key" apart."""
    kind, _, key = subject.partition(":")
    return kind, key


def asked_sheet(kind: str) -> Sheet:
    """Give the declaration of what can be proposed for a kind of record."""
    return sheet_of(kind).only(*FIELDS[kind])


def texts_now(kind: str, thing: Record) -> dict[str, str]:
    """Spell what stands in the fields that can be proposed."""
    sheet = asked_sheet(kind)
    return {name: str(text or "") for name, text in texts_of(sheet, row_of(sheet, thing)).items()}


def propose(  # noqa: PLR0913 - what a proposal consists of
    *,
    by: str,
    tenant: Tenant,
    thing: Record,
    of_kind: str,
    organisation: str,
    values: Mapping[str, object],
    kind: ProposalKind = ProposalKind.CHANGE,
    remark: str = "",
    source: str = "",
    on: date,
    batch: str = "",
) -> Proposal:
    """Keep what somebody proposes for an entry. The caller has asked whether they may.

    Args:
        by: function or organisation that proposes.
        tenant: whose entry.
        thing: the entry.
        of_kind: "structure" or "organisation".
        organisation: key of the organisation that the entry belongs to.
        values: by field as `workbook.declare.Kind` describes them; what is as before is left out.
        kind: whether the entry changes or ends.
        remark: what else is to be said.
        source: how it came.
        on: the day.
        batch: number of the undertaking.

    Raises:
        NothingNewError: nothing differs and nothing is said.

    """
    sheet = asked_sheet(of_kind)
    given = sheet.only(*(c.name for c in sheet.columns if all(f in values for f in c.fields)))
    before = texts_now(of_kind, thing)
    after = {name: str(text or "") for name, text in texts_of(given, values).items()}
    after = {name: text for name, text in after.items() if text != before[name]}
    if not after and not remark:
        raise NothingNewError(_("Es ist nichts anders als bisher. Bitte ändern, was nicht stimmt."))
    proposal = Proposal(
        tenant=tenant,
        key=f"vorschlag_{uuid4().hex[:16]}",
        subject=f"{of_kind}:{thing.key}",
        name=str(thing)[:250],
        organisation=organisation,
        kind=kind,
        before={name: before[name] for name in after},
        after=after,
        by_function=by[:200],
        day=on,
        note=remark,
        source=source,
    )
    with change(by=by, verb=Verb.PROPOSED, of=proposal, batch=batch):
        pass
    return proposal


def require_may_propose(actor: Actor, tenant: Tenant) -> None:
    """Refuse who may change nothing at all: they propose nothing either.

    Raises:
        PermissionDenied: so it is.

    """
    if not ever_allowed(actor, May.EDIT_REGISTER, tenant):
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])


def propose_as(  # noqa: PLR0913 - what a proposal consists of
    *,
    actor: Actor,
    tenant: Tenant,
    structure: str,
    values: Mapping[str, object],
    remark: str = "",
    on: date,
    batch: str = "",
) -> Proposal:
    """Propose a change of a structure that one may see but not change.

    Raises:
        PermissionDenied: the actor may change nothing at all, and proposes nothing either.
        NothingNewError: nothing differs and nothing is said.

    """
    require_may_propose(actor, tenant)
    thing = get_record(actor, tenant, sheet_of("structure"), structure)
    owner: Record = thing.organisation  # type: ignore[attr-defined]  # a structure has one
    return propose(
        by=str(actor),
        tenant=tenant,
        thing=thing,
        of_kind="structure",
        organisation=owner.key,
        values=values,
        remark=remark,
        source="Vorschlag mit Konto",
        on=on,
        batch=batch,
    )


def open_proposals(actor: Actor, tenant: Tenant) -> list[Proposal]:
    """Proposals on which the actor may decide and nobody has, the oldest first. One query."""
    if not allowed_in(actor, May.EDIT_REGISTER, tenant):
        return []
    return list(Proposal.objects.filter(tenant=tenant, state=ProposalState.OPEN))


def open_about(actor: Actor, tenant: Tenant, thing: Record) -> list[Proposal]:
    """Proposals about one entry on which the actor may decide and nobody has, the oldest first.

    At most one query.
    """
    if not allowed_in(actor, May.EDIT_REGISTER, tenant):
        return []
    subject = f"{thing._meta.model_name}:{thing.key}"
    open_ = Proposal.objects.filter(tenant=tenant, state=ProposalState.OPEN)
    return list(open_.filter(subject=subject))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An open proposal beside what the entry says today.

    Attributes:
        proposal: the proposal.
        found: what it changes, field by field.
        version: version of the entry; None if it is gone.

    """

    proposal: Proposal
    found: tuple[Difference, ...]
    version: int | None

    @property
    def clashes(self) -> bool:
        """Whether somebody wrote something else meanwhile."""
        return any(one.clashes for one in self.found)


def reviewed(actor: Actor, tenant: Tenant) -> list[Reviewed]:
    """Give `open_proposals` beside the entries they are about. Three queries."""
    found = open_proposals(actor, tenant)
    things: dict[str, Record] = {}
    for kind, records in (("structure", structures), ("organisation", organisations)):
        keys = [key for one in found for of, key in [kind_and_key(one.subject)] if of == kind]
        things |= {f"{kind}:{one.key}": one for one in records(actor, tenant).filter(key__in=keys)}
    return [
        Reviewed(
            one,
            tuple(differences(one, things.get(one.subject))),
            things[one.subject].version if one.subject in things else None,
        )
        for one in found
    ]


def get_proposal(actor: Actor, tenant: Tenant, key: str) -> Proposal:
    """Find one proposal. One query.

    Raises:
        UnknownProposalError: there is none, or the actor may not decide on it.

    """
    found = within(actor, May.EDIT_REGISTER, Proposal.objects.filter(tenant=tenant, key=key))
    proposal: Proposal | None = found.first()
    if proposal is None:
        raise UnknownProposalError("Diesen Vorschlag gibt es nicht.")
    return proposal


def record_of(actor: Actor, proposal: Proposal) -> Record:
    """Find the entry that a proposal is about.

    Raises:
        UnknownRecordError: it is gone.

    """
    kind, key = kind_and_key(proposal.subject)
    return get_record(actor, proposal.tenant, sheet_of(kind), key)


def differences(proposal: Proposal, thing: Record | None = None) -> list[Difference]:
    """Say field by field what a proposal changes; without the entry, as if nothing happened."""
    kind, _ = kind_and_key(proposal.subject)
    now = proposal.before if thing is None else texts_now(kind, thing)
    return [
        Difference(
            column.name,
            column.head,
            proposal.before[column.name],
            now[column.name],
            proposal.after[column.name],
        )
        for column in asked_sheet(kind).columns
        if column.name in proposal.after
    ]


def accept(  # noqa: PLR0913 - what a decision consists of
    *,
    actor: Actor,
    proposal: Proposal,
    on: date,
    batch: str,
    columns: Collection[str] | None = None,
    version: int | None = None,
) -> None:
    """Write what was proposed into the entry; both together can be taken back.

    Args:
        actor: who accepts.
        proposal: read before.
        on: the day; the entry counts as confirmed on it.
        batch: number of the undertaking.
        columns: only these fields, chosen by somebody who saw both versions; None: all, and none
            where somebody else wrote meanwhile.
        version: the version of the entry that was seen.

    Raises:
        PermissionDenied: the actor may not decide.
        DecidedError, MeanwhileError, NothingTakenError, UnfitValueError, UnknownRecordError.
        LostUpdateError: the entry was changed since it was seen.

    """
    _begin(actor, proposal)
    kind, _ = kind_and_key(proposal.subject)
    thing = record_of(actor, proposal) if proposal.after else None
    found = differences(proposal, thing)
    chosen = [one for one in found if columns is None or one.name in columns]
    if found and not chosen:
        raise NothingTakenError("Bitte mindestens ein Feld übernehmen oder den Vorschlag ablehnen.")
    if columns is None and any(one.clashes for one in found):
        raise MeanwhileError(
            f"{proposal.name} wurde seit dem Vorschlag geändert. "
            "Bitte unter „Ansehen“ beide Fassungen vergleichen."
        )
    values = _values(kind, chosen)
    if kind == "structure" and proposal.kind == ProposalKind.CHANGE:
        values["last_confirmed"] = on
    with transaction.atomic():
        if thing is not None:
            _write(actor, proposal, thing, values, version=version, batch=batch)
        with change(by=actor, verb=Verb.ACCEPTED, of=proposal, batch=batch):
            proposal.state, proposal.decided = ProposalState.ACCEPTED, on
            proposal.taken = [one.name for one in chosen]


def _write(  # noqa: PLR0913 - what a recorded change consists of
    actor: Actor,
    proposal: Proposal,
    thing: Record,
    values: Mapping[str, object],
    *,
    version: int | None,
    batch: str,
) -> None:
    kind, _ = kind_and_key(proposal.subject)
    try:
        save_record(
            actor=actor,
            tenant=proposal.tenant,
            sheet=sheet_of(kind),
            values=values,
            of=thing,
            version=version,
            verb=Verb.ACCEPTED,
            reason=f"Vorschlag von {proposal.by_function}",
            batch=batch,
        )
    except ValidationError as error:
        raise UnfitValueError(" ".join(error.messages)) from error


def _begin(actor: Actor, proposal: Proposal) -> None:
    require(actor, May.EDIT_REGISTER, proposal)
    if proposal.state != ProposalState.OPEN:
        raise DecidedError(f"Über diesen Vorschlag ist schon entschieden: {proposal.name}.")


def _values(kind: str, chosen: Collection[Difference]) -> dict[str, object]:
    sheet = sheet_of(kind)
    values: dict[str, object] = {}
    for one in chosen:
        column = sheet.column(one.name)
        values |= zip(column.fields, read_cell(column, one.after).values, strict=True)
    return values


def refuse(
    *, actor: Actor, proposal: Proposal, on: date, batch: str = "", reason: str = ""
) -> None:
    """Leave the entry as it is.

    Raises:
        PermissionDenied: the actor may not decide.
        DecidedError: somebody has decided already.

    """
    _begin(actor, proposal)
    with change(by=actor, verb=Verb.REFUSED, of=proposal, batch=batch, reason=reason):
        proposal.state, proposal.decided = ProposalState.REFUSED, on
