"""Forget what is kept about somebody: in the record, and in everything that was there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.models import Effect
from gelingen.history.recorded import Recorded
from gelingen.history.recording import change, note
from gelingen.history.redaction import redact_record
from gelingen.privacy.held import WHOLE, Way, searched, tenant_path, way_of
from gelingen.terms.vocabulary import Verb

FORGOTTEN = "gelöscht"


class NotForgettableError(UserError):
    """What was chosen is not there, or can only be changed by hand."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten: fields that were blanked, and rows that were deleted."""

    fields: int
    rows: int


def forget(actor: Actor, tenant: Tenant, idents: Sequence[str], *, reason: str) -> Forgotten:
    """Forget what was chosen, all or nothing, for good: it cannot be taken back.

    A blanked field is blanked in all earlier versions and taken out of the history as well. That
    it was done, by whom and why stays as proof, without what stood there.

    Args:
        actor: who does it.
        tenant: in whose data.
        idents: as `Held.ident`.
        reason: why: who asked for it, and when.

    Raises:
        PermissionDenied: the actor may not.
        NotForgettableError: nothing was chosen, something is not there, or no reason is given.

    """
    require(actor, May.PROTECT, tenant)
    if not idents or not reason.strip():
        raise NotForgettableError("Bitte ankreuzen, was gelöscht wird, und sagen, warum.")
    rows: dict[tuple[str, str], list[str]] = {}
    for ident in dict.fromkeys(idents):
        label, _, rest = ident.partition(":")
        pk, _, name = rest.partition(":")
        rows.setdefault((label, pk), []).append(name)
    blanked = deleted = 0
    with transaction.atomic():
        for (label, pk), names in sorted(rows.items()):
            if label in WHOLE:
                _delete(actor, tenant, _found(tenant, label, pk), reason)
                deleted += 1
            else:
                _blank(actor, tenant, _found(tenant, label, pk), names, reason)
                blanked += len(names)
    return Forgotten(blanked, deleted)


def _found(tenant: Tenant, label: str, pk: str) -> Any:  # noqa: ANN401 - a row of any model
    known = {model._meta.label: model for model in searched()}
    if label not in known or not pk.isdecimal():
        raise _missing()
    of_tenant = {tenant_path(known[label]): tenant}
    row = known[label]._default_manager.filter(pk=pk, **of_tenant).first()
    if row is None:
        raise _missing()
    return row


def _missing() -> NotForgettableError:
    return NotForgettableError("Etwas davon ist nicht mehr da. Bitte noch einmal suchen.")


def _delete(actor: Actor, tenant: Tenant, row: Any, reason: str) -> None:  # noqa: ANN401 - as above
    _prove(actor, tenant, row, reason)
    row.delete()


def _blank(
    actor: Actor,
    tenant: Tenant,
    row: Any,  # noqa: ANN401 - as above
    names: Sequence[str],
    reason: str,
) -> None:
    fields = [field for field in row._meta.concrete_fields if field.name in names]
    if len(fields) < len(names) or any(way_of(type(row), one) != Way.BLANK for one in fields):
        raise NotForgettableError("Etwas davon lässt sich nur im Eintrag selbst ändern.")
    empty = {one.name: None if one.null else one.get_default() for one in fields}
    if not isinstance(row, Recorded):
        for one in fields:
            setattr(row, one.name, empty[one.name] if one.blank else FORGOTTEN)
        row.save(update_fields=names)
        _prove(actor, tenant, row, reason)
        return
    with change(by=actor, verb=Verb.REDACTED, of=row, reason=reason):
        for name, value in empty.items():
            setattr(row, name, value)
    redact_record(row, names)


def _prove(actor: Actor, tenant: Tenant, row: Any, reason: str) -> None:  # noqa: ANN401 - as above
    """Keep that it was done; the row's own words may be what had to be forgotten."""
    note(
        tenant,
        by=actor,
        verb=Verb.REDACTED,
        effect=Effect.CHANGED,
        tenant=tenant.pk,
        changed={},
        reason=f"{row._meta.verbose_name}: {reason}",
    )
