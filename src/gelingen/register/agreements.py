"""Units agree which of them leads a task; when all have agreed, their responsibilities change.

propose(...) -> Agreement       nothing changes yet
agree(...) -> bool              one unit agrees; True: all have, and it is written
refuse(...)                     one unit does not agree; the agreement is closed
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import MEANINGS, Actor, May, within
from gelingen.access.record import Record
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Agreement, Organisation, Responsibility
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import (
    Afterwards,
    AgreementState,
    Basis,
    ResponsibilityKind,
    Verb,
)

CELL = ("task", "topic", "target_group", "territory")
_TAKING_PART = (ResponsibilityKind.LEAD, ResponsibilityKind.PARTICIPATES)


class UnknownAgreementError(NotFoundError):
    """There is no such agreement, or the actor may not see it."""


class AgreementError(UserError):
    """The agreement cannot be made or answered in this way."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be agreed.

    Attributes:
        cell: keys of task, topic, target_group and territory, by these names.
        lead: key of the unit that is to lead.
        others: keys of the other units that must agree.
        afterwards: what becomes of the others.
        starts: from which day on.
        basis: on what ground.

    """

    cell: Mapping[str, str]
    lead: str
    others: tuple[str, ...]
    afterwards: Afterwards
    starts: date
    basis: Basis


@dataclass(frozen=True, slots=True)
class Side:
    """One unit of an agreement; `on` and `by` say when and by which function it agreed.

    `mine` says whether the one who asks may answer for it.
    """

    key: str
    name: str
    on: date | None
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement in words; the first side is the one that is to lead."""

    key: str
    task: str
    about: str
    lead: str
    afterwards: str
    starts: date
    basis: str
    state: AgreementState
    sides: tuple[Side, ...]

    @property
    def missing(self) -> tuple[Side, ...]:
        """Units that have not answered yet."""
        return tuple(side for side in self.sides if side.on is None)


def open_agreements(actor: Actor, tenant: Tenant) -> list[AgreementLine]:
    """List the agreements that still wait for somebody, the oldest first. Three queries.

    Two where there are none.
    """
    found = _seen(actor, tenant).filter(state=AgreementState.OPEN).order_by("pk")
    mine = _own_units(actor, tenant)
    return [_line(one, mine) for one in found]


def all_agreements(actor: Actor, tenant: Tenant) -> list[AgreementLine]:
    """List all agreements, the open ones first, then what holds last. Three queries.

    Two where there are none. Depends on nothing but the tenant and the roles of the actor.
    """
    mine = _own_units(actor, tenant)
    lines = [_line(one, mine) for one in _seen(actor, tenant).order_by("-starts", "pk")]
    return sorted(lines, key=lambda line: line.state is not AgreementState.OPEN)


def get_agreement(actor: Actor, tenant: Tenant, key: str) -> Agreement:
    """Find one agreement with its units. Two queries.

    Raises:
        UnknownAgreementError: there is none, or the actor may not see it.

    """
    found: Agreement | None = _seen(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownAgreementError("Diese Vereinbarung gibt es nicht.")
    return found


def agreement_line(actor: Actor, agreement: Agreement) -> AgreementLine:
    """Put one agreement into words. One query."""
    return _line(agreement, _own_units(actor, agreement.tenant))


def propose(*, actor: Actor, tenant: Tenant, terms: Terms, batch: str = "") -> Agreement:
    """Propose who leads; no responsibility changes until all units have agreed.

    Args:
        actor: who proposes; must be allowed to change at least one of the units.
        tenant: whose records.
        terms: what is to be agreed.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may change none of the units.
        AgreementError: something is unknown, proposed already, or a lead is forgotten.

    """
    others = tuple(dict.fromkeys(key for key in terms.others if key != terms.lead))
    if not _own_units(actor, tenant) & {terms.lead, *others}:
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])
    cell = {name: _record(actor, tenant, name, terms.cell[name]) for name in CELL}
    units = [_record(actor, tenant, "lead", key) for key in (terms.lead, *others)]
    _refuse_twice(tenant, cell)
    _refuse_forgotten(tenant, cell, {unit.pk for unit in units}, terms.starts)
    wished = key_of(*(terms.cell[name] for name in CELL), terms.lead)
    (key,) = free_keys(Agreement, tenant.pk, [wished])
    made = Agreement(tenant=tenant, key=key, **cell)
    with change(by=actor, verb=Verb.PROPOSED, of=made, links={"others": units[1:]}, batch=batch):
        made.lead = units[0]  # type: ignore[assignment]  # an organisation
        made.afterwards, made.basis = terms.afterwards, terms.basis
        made.starts, made.proposed_by = terms.starts, str(actor)[:150]
    return made


def agree(  # noqa: PLR0913 - what an answer consists of
    *, actor: Actor, agreement: Agreement, unit: str, on: date, by: str, batch: str = ""
) -> bool:
    """Note that one unit agrees; with the last one the responsibilities are written.

    Args:
        actor: who notes it; must be allowed to change the unit.
        agreement: read before.
        unit: key of the unit that agrees.
        on: the day on which it did.
        by: the function that did.
        batch: number of the undertaking to which all changes belong.

    Returns:
        Whether all have agreed now.

    Raises:
        PermissionDenied: the actor may not answer for this unit.
        AgreementError: it is closed, the unit is not part of it or has answered already.
        LostUpdateError: somebody else answered since it was read.

    """
    side = _answering(actor, agreement, unit)
    if side.on is not None:
        raise AgreementError(f"„{side.name}“ hat am {day(side.on)} schon bestätigt.")
    if not by.strip():
        raise AgreementError("Bitte die Funktion angeben, die bestätigt hat.")
    batch = batch or new_batch()
    consents = [*agreement.consents, {"organisation": unit, "on": f"{on}", "by": by.strip()}]
    complete = {one["organisation"] for one in consents} >= {one.key for one in _units(agreement)}
    with transaction.atomic():
        with change(by=actor, verb=Verb.CONFIRMED, of=agreement, batch=batch):
            agreement.consents = consents
            if complete:
                agreement.state = AgreementState.CONFIRMED
        if complete:
            _write(actor, agreement, batch)
    return complete


def refuse(*, actor: Actor, agreement: Agreement, unit: str, reason: str, batch: str = "") -> None:
    """Note that one unit does not agree: the agreement is closed, nothing else changes.

    Raises:
        PermissionDenied: the actor may not answer for this unit.
        AgreementError: it is closed, the unit is not part of it, or no reason is given.
        LostUpdateError: somebody else answered since it was read.

    """
    _answering(actor, agreement, unit)
    if not reason.strip():
        raise AgreementError("Bitte begründen, warum die Stelle nicht zustimmt.")
    with change(by=actor, verb=Verb.REFUSED, of=agreement, reason=reason.strip(), batch=batch):
        agreement.state = AgreementState.REFUSED


def _seen(actor: Actor, tenant: Tenant) -> QuerySet[Agreement]:
    found = within(actor, May.VIEW, Agreement.objects.filter(tenant=tenant))
    return found.select_related("lead", "tenant", *CELL).prefetch_related("others")


def _own_units(actor: Actor, tenant: Tenant) -> set[str]:
    """Keys of the units for which the actor may answer. One query."""
    units = Organisation.objects.filter(tenant=tenant)
    return set(within(actor, May.EDIT_REGISTER, units).values_list("key", flat=True))


def _units(agreement: Agreement) -> list[Organisation]:
    others = sorted(agreement.others.all(), key=lambda one: one.key)
    return [agreement.lead, *others]


def _line(agreement: Agreement, mine: set[str]) -> AgreementLine:
    given = {one["organisation"]: one for one in agreement.consents}
    return AgreementLine(
        key=agreement.key,
        task=agreement.task.name,
        about=f"{agreement.topic}, {agreement.target_group}, {agreement.territory}",
        lead=agreement.lead.name,
        afterwards=agreement.get_afterwards_display(),
        starts=agreement.starts,
        basis=agreement.get_basis_display(),
        state=AgreementState.of(agreement.state),
        sides=tuple(
            Side(
                unit.key,
                unit.name,
                date.fromisoformat(given[unit.key]["on"]) if unit.key in given else None,
                given[unit.key]["by"] if unit.key in given else "",
                unit.key in mine,
            )
            for unit in _units(agreement)
        ),
    )


def _record(actor: Actor, tenant: Tenant, name: str, key: str) -> Record:
    """Find what a field of an agreement refers to."""
    model: Any = Agreement._meta.get_field(name).related_model
    found: Record | None = within(
        actor, May.VIEW, model._default_manager.filter(tenant=tenant, key=key)
    ).first()
    if found is None:
        label = model._meta.verbose_name
        raise AgreementError(f"{label} „{key}“ gibt es nicht. Bitte aus der Liste wählen.")
    return found


def _refuse_twice(tenant: Tenant, cell: Mapping[str, Record]) -> None:
    waiting = Agreement.objects.filter(tenant=tenant, state=AgreementState.OPEN, **cell)
    if waiting.exists():
        raise AgreementError(
            "Dazu gibt es schon eine offene Vereinbarung. Bitte erst diese bestätigen oder "
            "ablehnen."
        )


def _refuse_forgotten(
    tenant: Tenant, cell: Mapping[str, Record], units: set[int], starts: date
) -> None:
    """Refuse terms under which a unit would go on leading without having been asked."""
    forgotten = (
        Responsibility.objects.filter(tenant=tenant, kind=ResponsibilityKind.LEAD, **cell)
        .filter(Q(ends__isnull=True) | Q(ends__gt=starts))
        .exclude(organisation__in=units)
        .order_by("key")
        .values_list("organisation__name", flat=True)
    )
    if names := ", ".join(dict.fromkeys(forgotten)):
        raise AgreementError(
            f"Auch {names} ist dann federführend. Bitte als Beteiligte ankreuzen, sonst blieben "
            "es mehrere Federführungen."
        )


def _answering(actor: Actor, agreement: Agreement, unit: str) -> Side:
    sides = _line(agreement, _own_units(actor, agreement.tenant)).sides
    side = next((one for one in sides if one.key == unit), None)
    if side is None:
        raise AgreementError("Diese Stelle gehört nicht zur Vereinbarung.")
    if not side.mine:
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])
    if agreement.state != AgreementState.OPEN:
        raise AgreementError(f"Diese Vereinbarung ist {agreement.get_state_display()}.")
    return side


def _write(actor: Actor, agreement: Agreement, batch: str) -> None:
    """End what the units did here by the day and begin what was agreed.

    What would only have begun later falls away. That all units have agreed is the right to it.
    """
    units = {unit.pk: unit for unit in _units(agreement)}
    cell = {name: getattr(agreement, name) for name in CELL}
    running = Responsibility.objects.filter(
        tenant=agreement.tenant, organisation__in=units, kind__in=_TAKING_PART, **cell
    ).filter(Q(ends__isnull=True) | Q(ends__gt=agreement.starts))
    reason = f"Vereinbarung {agreement.key}"
    rows = list(running.order_by("key"))
    kept = {row.organisation_id for row in rows if _is_agreed(row, agreement)}
    wanted = [one for one in _agreed(agreement) if one[0].pk not in kept]
    # Before anything is removed: a key that becomes free must not name another record in the same
    # undertaking, which could then not be taken back.
    keys = free_keys(
        Responsibility,
        agreement.tenant_id,
        [key_of(unit.key, *(one.key for one in cell.values()), kind) for unit, kind in wanted],
    )
    for row in (one for one in rows if not _is_agreed(one, agreement)):
        if row.starts is not None and row.starts >= agreement.starts:
            remove(by=actor, of=row, reason=reason, batch=batch)
        else:
            with change(by=actor, verb=Verb.CHANGED, of=row, reason=reason, batch=batch):
                row.ends = agreement.starts
    for key, (unit, kind) in zip(keys, wanted, strict=True):
        new = Responsibility(tenant=agreement.tenant, key=key, organisation=unit, kind=kind, **cell)
        with change(by=actor, verb=Verb.CREATED, of=new, reason=reason, batch=batch):
            new.basis, new.starts, new.source = agreement.basis, agreement.starts, reason


def _agreed(agreement: Agreement) -> Iterator[tuple[Organisation, ResponsibilityKind]]:
    lead, *others = _units(agreement)
    yield lead, ResponsibilityKind.LEAD
    if agreement.afterwards == Afterwards.PARTICIPATE:
        for unit in others:
            yield unit, ResponsibilityKind.PARTICIPATES


def _is_agreed(row: Responsibility, agreement: Agreement) -> bool:
    """Whether a responsibility is already what was agreed and may stay as it is."""
    wanted = {unit.pk: kind for unit, kind in _agreed(agreement)}
    begun = row.starts is None or row.starts <= agreement.starts
    same = wanted.get(row.organisation_id) == row.kind and row.basis == agreement.basis
    return begun and same and row.ends is None
