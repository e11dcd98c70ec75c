"""Forget what is kept about somebody: in the record, and in everything that was there before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.models import Effect
from gelingen.history.recorded import Recorded
from gelingen.history.recording import change, note, remove
from gelingen.history.redaction import erase_record, redact_record
from gelingen.privacy.earlier import was_there
from gelingen.privacy.held import PAST
from gelingen.privacy.kinds import (
    WHOLE,
    Model,
    Way,
    emptied,
    fields_of,
    searched,
    tenant_path,
    way_of,
)
from gelingen.privacy.lines import is_mark, lines_of, mark_of, without
from gelingen.review.entries import take_back
from gelingen.surveys.answering import withdraw
from gelingen.terms.vocabulary import Verb

_NO_LINES: Mapping[str, set[str]] = {}
# A row of any model: what is searched says itself what it is.
_Row: TypeAlias = Any


class NotForgettableError(UserError):
    """What was chosen is not there, or can only be changed by hand."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten: fields that were blanked, and rows that were deleted."""

    fields: int = 0
    rows: int = 0

    def __add__(self, other: "Forgotten") -> "Forgotten":
        """Add up."""
        return Forgotten(self.fields + other.fields, self.rows + other.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """One row of which something is forgotten."""

    actor: Actor
    tenant: Tenant
    reason: str
    model: Model
    pk: Any  # a number or, of anonymous answers, something random
    # Names of fields: of what stands there now, and of what stood there before.
    present: set[str] = field(default_factory=set)
    past: set[str] = field(default_factory=set)
    # By field the lines of which only these are meant.
    lines: dict[str, set[str]] = field(default_factory=dict)


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
        ValidationError: without it a record would break a rule.

    """
    require(actor, May.PROTECT, tenant)
    if not idents or not reason.strip():
        raise NotForgettableError("Bitte ankreuzen, was gelöscht wird, und sagen, warum.")
    done = Forgotten()
    with transaction.atomic():
        for place in _places(actor, tenant, idents, reason):
            done += _forget(place)
    return done


def _places(actor: Actor, tenant: Tenant, idents: Sequence[str], reason: str) -> list[_Place]:
    """Read what was chosen, by row."""
    models = {model._meta.label: model for model in searched()}
    places: dict[tuple[str, str], _Place] = {}
    for ident in idents:
        label, pk, name, part = (*ident.split(":"), "", "", "")[:4]
        model = models.get(label)
        if model is None or name not in {one.name for one in fields_of(model)}:
            raise _missing()
        made = _Place(actor, tenant, reason, model, _number(model, pk))
        place = places.setdefault((label, pk), made)
        (place.past if part == PAST else place.present).add(name)
        if is_mark(part):
            place.lines.setdefault(name, set()).add(part)
    return [places[of] for of in sorted(places)]


def _number(model: Model, text: str) -> Any:  # noqa: ANN401 - as `_Place.pk`
    key: Any = model._meta.pk
    try:
        return key.to_python(text)
    except ValidationError:
        raise _missing() from None


def _missing() -> NotForgettableError:
    return NotForgettableError("Etwas davon ist nicht mehr da. Bitte noch einmal suchen.")


def _forget(place: _Place) -> Forgotten:
    whole = place.model._meta.label in WHOLE
    of_tenant = {tenant_path(place.model): place.tenant}
    row = place.model._default_manager.filter(pk=place.pk, **of_tenant).first()
    if row is None:
        return _forget_gone(place, whole=whole)
    if whole and place.present:
        _delete(place, row)
        return Forgotten(rows=1)
    if place.present:
        _blank(place, row)
    if only_past := place.past - place.present:
        _redact(place, only_past, latest=False)
    return Forgotten(fields=len(place.past | place.present))


def _forget_gone(place: _Place, *, whole: bool) -> Forgotten:
    """Forget what a record said that is gone."""
    model, tenant, pk = place.model, place.tenant, place.pk
    if not (issubclass(model, Recorded) and was_there(model, tenant, pk)):
        raise _missing()
    if whole:
        _prove(place)
        erase_record(model, tenant=tenant.pk, pk=pk)
        return Forgotten(rows=1)
    names = place.present | place.past
    _redact(place, names, latest=True)
    return Forgotten(fields=len(names))


def _delete(place: _Place, row: _Row) -> None:
    _prove(place)
    if isinstance(row, Recorded):
        remove(by=place.actor, of=row, reason=place.reason, verb=Verb.REDACTED)
        erase_record(type(row), tenant=place.tenant.pk, pk=row.pk)
    elif getattr(row, "invitation", None) is not None:
        # As if the organisation had withdrawn the answer itself.
        take_back(row.invitation)
        withdraw(row.invitation)
    else:
        row.delete()


def _blank(place: _Place, row: _Row) -> None:
    fields = [one for one in fields_of(place.model) if one.name in place.present]
    if any(way_of(place.model, one) != Way.BLANK for one in fields):
        raise NotForgettableError("Etwas davon lässt sich nur im Eintrag selbst ändern.")
    if not isinstance(row, Recorded):
        _empty(row, fields, place.lines)
        row.save(update_fields=sorted(place.present))
        _prove(place)
        return
    with change(by=place.actor, verb=Verb.REDACTED, of=row, reason=place.reason):
        _empty(row, fields)
    blank = {one.attname: emptied(one) for one in fields}
    redact_record(type(row), tenant=place.tenant.pk, pk=row.pk, blank=blank)


def _empty(row: _Row, fields: Sequence[_Row], lines: Mapping[str, set[str]] = _NO_LINES) -> None:
    """Blank fields; of a field of which only some lines are meant these go.

    Raises:
        NotForgettableError: a line is not there any more.

    """
    for one in fields:
        marks = lines.get(one.name)
        value = getattr(row, one.attname)
        if marks and not marks <= {mark_of(line) for line in lines_of(value)}:
            raise _missing()
        setattr(row, one.attname, without(value, marks) if marks else emptied(one))


def _redact(place: _Place, names: set[str], *, latest: bool) -> None:
    """Blank what a record said before; what it says now stays."""
    blank = {one.attname: emptied(one) for one in fields_of(place.model) if one.name in names}
    model: Any = place.model
    redact_record(model, tenant=place.tenant.pk, pk=place.pk, blank=blank, latest=latest)
    _prove(place)


def _prove(place: _Place) -> None:
    """Keep that it was done; the row's own words may be what had to be forgotten."""
    note(
        place.tenant,
        by=place.actor,
        verb=Verb.REDACTED,
        effect=Effect.CHANGED,
        tenant=place.tenant.pk,
        changed={},
        reason=f"{place.model._meta.verbose_name}: {place.reason}",
    )
