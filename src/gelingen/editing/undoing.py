"""Take back what was done by hand, if one may."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from gelingen.access.models import Tenant, User
from gelingen.access.policy import (
    EDITS,
    Actor,
    May,
    allowed_in,
    ever_allowed,
    seated,
    within,
)
from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.history.queries import get_event
from gelingen.history.recorded import Recorded
from gelingen.history.reversal import model_of_subject
from gelingen.history.undo import undo, undo_batch, undo_field


class UnknownUndertakingError(NotFoundError):
    """There is no such undertaking in this tenant."""


def take_back(*, actor: Actor, tenant: Tenant, batch: str) -> str:
    """Take back one undertaking, all or nothing.

    One may take back what one did oneself, and everything of which one may change every record.

    Args:
        actor: who takes it back.
        tenant: in which tenant it was done.
        batch: number of the undertaking.

    Returns:
        The number under which taking it back can itself be taken back.

    Raises:
        UnknownUndertakingError: there is none.
        PermissionDenied: the actor may not.
        UndoRefusedError: somebody went on from there; the message says what stands in the way.

    """
    done = ChangeEvent.objects.filter(tenant=tenant.pk, batch=batch)
    told = list(done.values_list("subject", "by", "account"))
    if not told:
        raise UnknownUndertakingError("Diesen Vorgang gibt es nicht.")
    own = {(by, account) for _, by, account in told} <= _signs(actor)
    subjects = {subject for subject, *_ in told}
    _require(actor, tenant, subjects, own=own)
    with _reach_kept(actor, tenant, subjects):
        return undo_batch(batch, by=actor, tenant=tenant.pk)


def _signs(actor: Actor) -> set[tuple[str, int | None]]:
    """Name and number under which events tell what an actor did; older ones know the name only."""
    name = str(actor)[:150]
    return {(name, None)} | ({(name, actor.pk)} if isinstance(actor, User) else set())


def _require(actor: Actor, tenant: Tenant, subjects: Iterable[str], *, own: bool) -> None:
    """Refuse whoever may not change every kind of record; what holds no record is nobody's."""
    models = {model_of_subject(subject)[0] for subject in subjects}
    kinds = {one._meta.app_label for one in models if one and issubclass(one, Recorded)}
    may = _ever if own else allowed_in
    if not kinds or not all(may(actor, EDITS[kind], tenant) for kind in kinds):
        raise PermissionDenied("Diesen Vorgang zurücknehmen")


def _ever(actor: Actor, may: May, tenant: Tenant) -> bool:
    """Whether the actor may change some of these records, by a role or from a seat in a body."""
    return ever_allowed(actor, may, tenant) or seated(actor, may, tenant)


def take_back_change(*, actor: Actor, tenant: Tenant, event: int, field: str = "") -> str:
    """Take back one change of one record, or one field of it.

    One may take back what one did oneself, every change of a record that one may change, and
    everything of which one may change every record.

    Args:
        actor: who takes it back.
        tenant: in which tenant it was done.
        event: number of the change, as `history.queries.Change.pk` has it.
        field: name of the field, as `history.saying.FieldChange.name` has it; "": all of them.

    Returns:
        The number under which taking it back can itself be taken back.

    Raises:
        NotFoundError: there is no such change.
        PermissionDenied: the actor may not.
        UndoRefusedError: somebody went on from there; the message says what stands in the way.

    """
    done = get_event(tenant.pk, event)
    if not _may_change(actor, done):
        _require(actor, tenant, [done.subject], own=(done.by, done.account) in _signs(actor))
    with _reach_kept(actor, tenant, [done.subject]):
        return undo_field(done, field, by=actor) if field else undo(done, by=actor)


@contextmanager
def _reach_kept(actor: Actor, tenant: Tenant, subjects: Iterable[str]) -> Iterator[None]:
    """Refuse what would put a record out of the actor's reach, as every other write does.

    No query for those who may change every record of these kinds.
    """
    mine = _reached(actor, tenant, subjects)
    with transaction.atomic():
        yield
        for model, keys in mine.items():
            left = model._default_manager.filter(tenant=tenant, key__in=keys)
            if left.count() != within(actor, EDITS[model._meta.app_label], left).count():
                raise PermissionDenied("Einen Eintrag an andere weitergeben")


def _reached(actor: Actor, tenant: Tenant, subjects: Iterable[str]) -> dict[type[Model], set[str]]:
    """Keys of the records that the actor may change and might not be allowed to any more."""
    wanted: dict[type[Model], set[str]] = {}
    for subject in subjects:
        model, key = model_of_subject(subject)
        right = EDITS.get(model._meta.app_label) if model else None
        if model and right and not allowed_in(actor, right, tenant):
            wanted.setdefault(model, set()).add(key)
    return {
        model: set(
            within(
                actor,
                EDITS[model._meta.app_label],
                model._default_manager.filter(tenant=tenant, key__in=keys),
            ).values_list("key", flat=True)
        )
        for model, keys in wanted.items()
    }


def _may_change(actor: Actor, done: ChangeEvent) -> bool:
    """Whether the record is still there and the actor may change it."""
    model, key = model_of_subject(done.subject)
    right = EDITS.get(model._meta.app_label) if model else None
    if model is None or right is None:
        return False
    found = model._default_manager.filter(tenant=done.tenant, key=key)
    return within(actor, right, found).exists()
