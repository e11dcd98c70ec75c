"""What people say is missing becomes a need, a voice of a known one, or is set aside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.editing import get_record, save_record, sheet_of
from gelingen.errors import UserError
from gelingen.needs.voices import add_voice
from gelingen.register.queries import organisations
from gelingen.review.decisions import decide
from gelingen.review.heard import Wish
from gelingen.review.wishes import chosen, proposed
from gelingen.terms.asking import ReviewState

if TYPE_CHECKING:
    from gelingen.needs.models import Need


class IncompleteError(UserError):
    """A need lacks what it cannot do without."""


def accept(  # noqa: PLR0913 - what a decision consists of
    *,
    actor: Actor,
    tenant: Tenant,
    subjects: Sequence[str],
    values: Mapping[str, object] | None = None,
    on: date,
    batch: str,
) -> Record:
    """Make one need of wishes; each stays attached as a voice.

    Args:
        actor: who decides.
        tenant: whose needs.
        subjects: of wishes that wait.
        values: what the need shall say, where it differs from `proposed`.
        on: the day.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.
        IncompleteError: topic, target group or place is missing.
        ValidationError: a value is broken.

    """
    require(actor, May.ASK, tenant)
    wishes = chosen(actor, tenant, subjects)
    return _accept(actor, tenant, wishes, values or {}, on, batch)


def _accept(  # noqa: PLR0913, PLR0917 - as `accept`
    actor: Actor,
    tenant: Tenant,
    wishes: Sequence[Wish],
    values: Mapping[str, object],
    on: date,
    batch: str,
) -> Record:
    made = {**proposed(wishes), **values}
    if lacking := [word for name, word in _NEEDED.items() if not made.get(name)]:
        raise IncompleteError(
            f"Es fehlt: {', '.join(lacking)}. Bitte unter „Als Bedarf aufnehmen“ ergänzen."
        )
    with transaction.atomic():
        need = save_record(
            actor=actor,
            tenant=tenant,
            sheet=sheet_of("need"),
            values={**made, "source": _source(wishes)},
            batch=batch,
        )
        _voice(actor, need, wishes, batch)
        cited = f"need:{need.key}"
        named = _subjects(wishes)
        decide(actor, tenant, named, ReviewState.ACCEPTED, on=on, batch=batch, result=cited)
    return need


def accept_groups(
    *, actor: Actor, tenant: Tenant, groups: Sequence[Sequence[str]], on: date, batch: str
) -> int:
    """Make one need of each group as it is proposed, all or nothing; gives their number.

    Raises: as `accept`.
    """
    require(actor, May.ASK, tenant)
    every = chosen(actor, tenant, [one for subjects in groups for one in subjects])
    wishes = {one.subject: one for one in every}
    with transaction.atomic():
        for subjects in groups:
            _accept(actor, tenant, [wishes[one] for one in subjects], {}, on, batch)
    return len(groups)


_NEEDED = {"topic": "Themenfeld", "target_group": "Zielgruppe", "territory": "Ort"}


def merge(  # noqa: PLR0913 - what a decision consists of
    *, actor: Actor, tenant: Tenant, subjects: Sequence[str], need: str, on: date, batch: str
) -> Record:
    """Add wishes to a need that is known already, as voices.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.
        UnknownRecordError: there is no such need.

    """
    require(actor, May.ASK, tenant)
    wishes = chosen(actor, tenant, subjects)
    known = get_record(actor, tenant, sheet_of("need"), need)
    with transaction.atomic():
        _voice(actor, known, wishes, batch)
        cited = f"need:{known.key}"
        named = _subjects(wishes)
        decide(actor, tenant, named, ReviewState.MERGED, on=on, batch=batch, result=cited)
    return known


def decline(  # noqa: PLR0913 - what a decision consists of
    *, actor: Actor, tenant: Tenant, subjects: Sequence[str], reason: str, on: date, batch: str
) -> int:
    """Set wishes aside, with a reason; gives their number.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.
        IncompleteError: no reason is given.

    """
    require(actor, May.ASK, tenant)
    if not reason.strip():
        raise IncompleteError("Bitte eine Begründung angeben.")
    wishes = chosen(actor, tenant, subjects)
    why = reason.strip()
    decide(actor, tenant, _subjects(wishes), ReviewState.DECLINED, on=on, batch=batch, reason=why)
    return len(wishes)


def _subjects(wishes: Sequence[Wish]) -> list[str]:
    return [one.subject for one in wishes]


def _source(wishes: Sequence[Wish]) -> str:
    return "; ".join(dict.fromkeys(f"Umfrage „{one.said.title}“" for one in wishes))


def _voice(actor: Actor, need: Record, wishes: Sequence[Wish], batch: str) -> None:
    """Attach who said it; an organisation that was deleted since speaks without its name."""
    named = {one.said.speaker for one in wishes}
    there = set(
        organisations(actor, need.tenant).filter(key__in=named).values_list("key", flat=True)
    )
    for one in wishes:
        add_voice(
            actor,
            cast("Need", need),
            group=one.said.group,
            function="",
            day=one.said.day,
            where=f"Umfrage „{one.said.title}“",
            origin=f"survey:{one.said.survey}",
            speaker=one.said.speaker if one.said.speaker in there else "",
            # With what an unnamed answer says is missing, its other answers could be guessed at.
            severity=None if one.said.anonymous else one.severity,
            batch=batch,
        )
